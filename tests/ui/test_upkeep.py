"""The day's check runs behind the first picture; what it mended is said, and shown anew."""

from dataclasses import replace
from pathlib import Path

import pytest
from plumbline.store.database import Store
from plumbline.store.opening import database_path
from plumbline.store.sqlite import PAGE_SIZE
from plumbline.store.upkeep import Kept, keep_up
from plumbline.ui import director
from plumbline.ui.link_work import SyncOutcome
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import BeltThatBrings, session

MENDED = "The database was rebuilt."


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(director, "CHECK_MS", 0)


def test_what_was_mended_is_said_and_read_anew(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    found = session(folder)
    times = 0

    def open_source() -> object:
        nonlocal times
        times += 1
        return found.open_source()

    mended = replace(found, open_source=open_source, keep_up=lambda: Kept(False, [MENDED]))
    window = opened(mended)
    qtbot.waitUntil(lambda: times == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.passing.label.text() == MENDED, timeout=WAIT_MS)


def test_it_is_done_once_a_day(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    found = session(folder)
    days = [found.today()]
    kept: list[int] = []

    def keep_up() -> Kept:
        kept.append(len(days))
        return Kept(True, [])

    class Days(type(found)):  # type: ignore[misc]
        def today(self) -> object:
            return days[-1]

    window = opened(Days(**vars(replace(found, keep_up=keep_up))))
    qtbot.waitUntil(lambda: kept == [1], timeout=WAIT_MS)
    with qtbot.waitSignal(window.director.day_ready, timeout=WAIT_MS):
        window.director.reload()
    days.append(days[0].replace(day=days[0].day + 1))
    with qtbot.waitSignal(window.director.day_ready, timeout=WAIT_MS):
        window.director.reload()
    qtbot.waitUntil(lambda: kept == [1, 2], timeout=WAIT_MS)


class Telling(BeltThatBrings):
    """A belt whose sync had something to mend."""

    def sync(self, *how: object) -> SyncOutcome:
        return replace(super().sync(*how), notices=(MENDED,))  # type: ignore[arg-type]


def test_what_a_sync_mended_is_said(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    window = opened(session(folder, Telling()))
    qtbot.waitUntil(lambda: window.passing.label.text() == MENDED, timeout=WAIT_MS)
    assert window.passing.isVisible()


def test_a_database_that_cannot_be_read_is_built_anew(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    """Met when the day is read, at a start that reads nothing through first."""
    data = bytearray(database_path(folder).read_bytes())
    for page in range(PAGE_SIZE, len(data), PAGE_SIZE):
        if data[page] == 0x0D:  # a table's leaf: rows
            data[page + 100 : page + PAGE_SIZE] = bytes(PAGE_SIZE - 100)
    database_path(folder).write_bytes(data)
    real = replace(session(folder), open_source=lambda: Store.open(folder, check=False))
    window = opened(replace(real, keep_up=lambda: keep_up(folder)))
    with qtbot.waitSignal(window.director.day_ready, timeout=WAIT_MS):
        pass
    assert list((folder / "quarantine").glob("*.sqlite3"))
