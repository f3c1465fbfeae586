"""The language changes without a restart: every text of the window follows."""

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline import i18n
from plumbline.ui.main_window import MainWindow
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import session
from tests.ui.texts import texts

OPEN, CLOSE = "⟦", "⟧"
OWN = {*i18n.LANGUAGES.values(), "Test belt", "qt_spinbox_lineedit"}
"""What no language changes."""


class Marked(gettext.NullTranslations):
    """A language in which every text stands in brackets."""

    def gettext(self, message: str) -> str:
        return OPEN + message + CLOSE

    def ngettext(self, one: str, many: str, count: int) -> str:
        return OPEN + (one if count == 1 else many) + CLOSE

    def pgettext(self, _context: str, message: str) -> str:
        return OPEN + message + CLOSE


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    i18n.use_language("en")


def choose(window: MainWindow, qtbot: QtBot, language: str) -> None:
    with qtbot.waitSignals([window.day_drawn, window.trends_drawn], timeout=WAIT_MS):
        window.choose_language(language)
    answered: list[bool] = []
    window.director.when_done(lambda: answered.append(True))
    qtbot.waitUntil(lambda: bool(answered), timeout=WAIT_MS)


def shown(window: MainWindow) -> set[str]:
    """Every text with a word in it, with the kind of widget that shows it."""
    return {
        f"{type(widget).__name__}: {text}"
        for widget, text in texts(window)
        if sum(c.isalpha() for c in text) > 2 and text not in OWN
    }


def test_every_text_of_the_window_follows(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(window)
    assert len(before) > 100
    monkeypatch.setattr(i18n, "catalogue", lambda _spoken: Marked())
    choose(window, qtbot, "nl")
    assert not before & shown(window)
    monkeypatch.undo()
    choose(window, qtbot, "en")
    assert not [text for text in shown(window) if OPEN in text]


def test_a_text_that_does_not_follow_is_found(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = QLabel("Forgotten", window)
    before = shown(window)
    monkeypatch.setattr(i18n, "catalogue", lambda _spoken: Marked())
    choose(window, qtbot, "nl")
    assert before & shown(window) == {f"QLabel: {label.text()}"}


@pytest.mark.parametrize(
    ("language", "title", "tab"),
    [
        ("de", "Freitag, 20. November 2026", "Verlauf"),
        ("nl", "vrijdag 20 november 2026", "Verloop"),
    ],
)
def test_the_days_are_shown_in_the_language(
    window: MainWindow, qtbot: QtBot, language: str, title: str, tab: str
) -> None:
    shown = window.today.header.title.text()
    choose(window, qtbot, language)
    assert window.today.header.title.text().startswith(title)
    assert tab in [window.tabs.tabText(n) for n in range(window.tabs.count())]
    choose(window, qtbot, "en")
    assert window.today.header.title.text() == shown


def test_the_language_is_remembered(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    awaiter = MainWindowAwaiter(opened, qtbot)
    first = awaiter.open(session(folder))
    choose(first, qtbot, "nl")
    first.close()
    i18n.use_language("en")
    second = awaiter.open(session(folder))
    assert i18n.language() == "nl"
    assert second.today.header.title.text().startswith("vrijdag")
