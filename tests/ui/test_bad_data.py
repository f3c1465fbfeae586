"""A database that is locked, damaged or newer; a long note; a clock that jumps: a sentence each."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from plumbline.errors import LOG_NAME
from plumbline.people import records
from plumbline.store import sqlite
from plumbline.store.database import Store
from plumbline.store.failures import full as disk_full
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.people import LONGEST_LINE
from pytestqt.qtbot import QtBot

from tests.analysis.build import at
from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import LAST_DAY, BrokenLink, session

HOLD = """
import sys
from plumbline.store import sqlite
held = sqlite.engine.connect(sys.argv[1], isolation_level=None)
held.execute("PRAGMA locking_mode = EXCLUSIVE")
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def database(folder: Path) -> Path:
    """The database of a data folder."""
    return folder / "plumbline.sqlite3"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another program has the database to itself."""
    command = [sys.executable, "-c", HOLD, str(database(folder))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield
        other.communicate()


def told(window: MainWindow, qtbot: QtBot, words: str) -> str:
    """The sentence at the top, once it is there; no bug was met."""
    qtbot.waitUntil(lambda: words in window.banner.label.text(), timeout=3 * WAIT_MS)
    assert window.banner.isVisible()
    assert not (window.session.folder / LOG_NAME).exists()
    text = window.banner.label.text()
    assert "\n" not in text
    return text


def test_a_database_that_another_program_holds(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    with held(folder):
        impatient = replace(session(folder), open_source=lambda: Store.open(folder, wait_s=0.5))
        window = opened(impatient)
        told(window, qtbot, "is in use by another program")
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        window.director.reload()
    assert not window.banner.isVisible()
    assert window.director.day == LAST_DAY


def test_a_database_of_a_newer_plumbline_is_left_as_it_is(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    connection = sqlite.engine.connect(str(database(folder)))
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = database(folder).read_bytes()
    window = opened(session(folder))
    told(window, qtbot, "newer Plumbline")
    window.close()
    assert database(folder).read_bytes() == before


def test_a_damaged_database_is_built_anew_and_nothing_is_lost(
    opened: Opened, qtbot: QtBot, folder: Path, window: MainWindow
) -> None:
    shown = window.today.tiles.texts()
    window.close()
    file = database(folder)
    data = bytearray(file.read_bytes())
    data[4096 : 4096 * 40] = bytes(4096 * 39)
    file.write_bytes(data)
    again = MainWindowAwaiter(opened, qtbot).open(session(folder))
    assert again.today.tiles.texts() == shown
    assert not (folder / LOG_NAME).exists()


def test_a_note_of_ten_thousand_characters(
    window: MainWindow, qtbot: QtBot, artefacts: Path
) -> None:
    text = "Langer Tag im Auto. שלום „quoted“ " * 400
    text = text[: records.LONGEST_TEXT]
    size = window.size()
    window.people.note_wanted.emit(text)
    qtbot.waitUntil(lambda: bool(window.people.notes.texts()), timeout=WAIT_MS)
    assert window.size() == size
    window.tabs.setCurrentWidget(window.people)
    (line,) = window.people.notes.texts()
    assert len(line) < LONGEST_LINE + 20
    assert window.grab().save(str(artefacts / "people-long-note.png"))
    window.tabs.setCurrentWidget(window.today)
    assert window.today.remarks.height() < window.height() / 3
    assert window.today.plots.height() > window.height() / 3
    assert window.grab().save(str(artefacts / "today-long-note.png"))
    window.people.notes.button("edit").click()
    assert window.people.note.toPlainText() == text.strip()
    assert window.size() == size


@pytest.mark.parametrize("jump", ["back", "ahead"])
def test_a_clock_that_jumps_while_the_window_is_open(
    opened: Opened, qtbot: QtBot, folder: Path, jump: str
) -> None:
    """The computer's clock is set while Plumbline runs: the days stay, and can be walked."""
    now = [at("2026-11-20 19:30")]
    made = replace(session(folder), now_utc_s=lambda: now[0])
    window = MainWindowAwaiter(opened, qtbot).open(made)
    shown = window.today.tiles.texts()
    now[0] = at("1999-12-31 23:59") if jump == "back" else at("2038-01-20 03:00")
    with qtbot.waitSignal(window.director.people_ready, timeout=WAIT_MS):
        window.director.reload(follow=False)
    window.tabs.setCurrentWidget(window.trends)
    window.tabs.setCurrentWidget(window.people)
    window.tabs.setCurrentWidget(window.today)
    assert window.today.tiles.texts() == shown
    window.today.header.go("before")
    qtbot.waitUntil(lambda: window.today.tiles.texts() != shown, timeout=WAIT_MS)
    assert not window.banner.isVisible()
    assert not (folder / LOG_NAME).exists()


def test_a_full_disk_is_told_of_the_note_and_one_press_tries_everything_again(
    opened: Opened, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = disk_full(folder)
    link = BrokenLink(full, 1)
    window = MainWindowAwaiter(opened, qtbot).open(session(folder, link))
    told(window, qtbot, "There is no room left")
    page = window.people
    page.note.setPlainText("new chair")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "put", lambda *_args, **_more: raise_(full))
        page.keep_note.click()
        assert told(window, qtbot, "not saved").startswith("This is not saved. There is no room")
    assert page.note.toPlainText() == "new chair"
    window.banner.action.click()
    qtbot.waitUntil(lambda: link.tries == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.banner.isVisible(), timeout=WAIT_MS)
    page.keep_note.click()
    qtbot.waitUntil(lambda: len(page.notes.texts()) == 1, timeout=WAIT_MS)


def raise_(error: Exception) -> None:
    raise error
