"""The language changes without a restart: every text of the window follows."""

import gettext
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from plumbline import i18n
from plumbline.i18n import _
from plumbline.ui.axes import QuietAxis
from plumbline.ui.coach.days_plot import DaysPlot
from plumbline.ui.compare_view import CompareView
from plumbline.ui.language import speak
from plumbline.ui.main_window import MainWindow
from plumbline.ui.people_page import PeoplePage
from plumbline.ui.theme import LIGHT
from PyQt6.QtCore import QDate, QTime
from PyQt6.QtWidgets import QDateEdit, QLabel, QTimeEdit
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
    window.trends.catch_up()  # as when its page comes to the front


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


def test_dates_and_times_of_open_fields_follow(window: MainWindow, qtbot: QtBot) -> None:
    edit, hours = QDateEdit(QDate(2026, 10, 3), window), QTimeEdit(QTime(15, 5), window)
    hours.setDisplayFormat("h:mm AP")
    choose(window, qtbot, "de")
    assert edit.text() == "03.10.2026"
    assert hours.text() == "15:05"
    choose(window, qtbot, "nl")
    assert edit.text() == "03-10-2026"


def test_ticks_of_a_plot_that_did_not_change_follow(window: MainWindow, qtbot: QtBot) -> None:
    plot = DaysPlot(120)
    plot.setParent(window)
    plot.resize(600, 160)
    days = date(2026, 10, 1), date(2026, 10, 30)

    def show() -> set[str]:
        plot.show_days("Pain", (), days, LIGHT, window.font())
        plot.grab()
        axis = plot.plot.getAxis("bottom")
        assert axis.picture is not None
        return set(axis.tickStrings(list(axis._texts), 1, 1))

    assert any("Oct" in text for text in show())
    choose(window, qtbot, "de")
    assert plot.plot.getAxis("bottom").picture is None
    assert any("Okt" in text for text in show())


def test_numbers_of_an_axis_follow(window: MainWindow, qtbot: QtBot) -> None:
    axis = QuietAxis("left")
    assert axis.tickStrings([-0.5, -0.0, 1.5], 1, 0.5) == ["−0.5", "0.0", "1.5"]
    choose(window, qtbot, "nl")
    assert axis.tickStrings([-0.5, -0.0, 1.5], 1, 0.5) == ["−0,5", "0,0", "1,5"]
    assert axis.tickStrings([2000.0], 1, 2000) == ["2.000"]


def test_the_sentence_of_what_was_done_goes_with_its_language(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.passing.say("The note is saved.", True)
    choose(window, qtbot, "de")
    assert window.passing.isHidden()
    assert not window.passing.label.text()


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
        ("de", "Freitag, 20. November 2026", "Personen"),
        ("nl", "vrijdag 20 november 2026", "Trends"),
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


@pytest.mark.parametrize(
    ("language", "step", "save", "kept"),
    [("de", "Stufe", "Speichern", "Gespeichert."), ("nl", "trede", "Opslaan", "Opgeslagen.")],
)
def test_steps_of_a_plan_are_no_steps_on_foot(
    language: str, step: str, save: str, kept: str
) -> None:
    i18n.use_language(language)
    of_plans = (
        _("Stages of the plan"),
        _("Set the stages"),
        _("Stage {n} of {all} to {target}."),
    )
    assert all(step.lower() in text.lower() for text in of_plans)
    assert step.lower() not in _("Steps a day").lower()
    assert (_("Save"), _("Saved.")) == (save, kept)
    assert save.lower() in _("Save plan").lower()
    assert save.lower() not in _("Keep everything").lower()
    assert "10" not in _("mostly around {n} in these three weeks")


def test_a_flare_up_has_one_name() -> None:
    i18n.use_language("de")
    about = (_("Flare-up"), _("When it flares up"), _("My plan for a flare-up"))
    assert all("Schmerzspitze" in text for text in about)


def test_fields_have_whole_years_from_the_start(qtbot: QtBot) -> None:
    speak("de")
    try:
        compare, people = CompareView(), PeoplePage()
        for each in (compare, people):
            qtbot.addWidget(each)
        formats = {edit.displayFormat() for edit in (*compare.edits, compare.turn, people.since)}
        assert formats == {"dd.MM.yyyy"}
    finally:
        speak("en")
