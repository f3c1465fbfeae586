"""Several belts in one folder: every number is one belt's."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from plumbline.store.database import Store
from plumbline.ui.main_window import MainWindow
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, at, minutes, reminder
from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import fill, session

ANNA, BEN = bytes([1] * 8), bytes([2] * 8)
DAY = date(2026, 11, 20)


@pytest.fixture
def two_belts(tmp_path: Path) -> Path:
    """On one day Anna sat for an hour and Ben, who was synced later, for two."""
    reminded = reminder(at("2026-11-20 09:30"))
    fill(tmp_path, minutes("2026-11-20 09:00", "S" * 60), [reminded], "Anna", ANNA)
    days = minutes("2026-11-19 09:00", "S" * 60), minutes("2026-11-20 09:00", "S" * 120)
    fill(tmp_path, np.concatenate(days), [], "Ben", BEN)
    return tmp_path


def chosen(window: MainWindow, qtbot: QtBot, belt: bytes) -> list[tuple[str, str]]:
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.chooser.setCurrentIndex(window.chooser.findData(f"belt:{belt.hex()}"))
        window.chooser.activated.emit(window.chooser.currentIndex())
    return window.today.tiles.texts()


def test_each_belt_has_its_own_numbers(opened: Opened, qtbot: QtBot, two_belts: Path) -> None:
    window = MainWindowAwaiter(opened, qtbot).open(session(two_belts))
    assert window.chooser.isVisible()
    assert window.chooser.currentText() == "Ben"
    assert dict(window.today.tiles.texts())["Sitting"] == "2 h 0 min"
    assert dict(window.today.tiles.texts())["Reminders"] == "0"
    anna = dict(chosen(window, qtbot, ANNA))
    assert (anna["Sitting"], anna["Reminders"]) == ("1 h 0 min", "1")
    assert window.belt.text().startswith("Anna ")
    assert window.director.overview.days == {DAY}
    assert window.trends.sentence.text().startswith("1 day counts in no mean")
    assert dict(chosen(window, qtbot, BEN))["Sitting"] == "2 h 0 min"
    assert window.director.overview.days == {DAY, date(2026, 11, 19)}


def test_the_belt_the_user_chose_stays(opened: Opened, qtbot: QtBot, two_belts: Path) -> None:
    window = MainWindowAwaiter(opened, qtbot).open(session(two_belts))
    chosen(window, qtbot, ANNA)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.reload()
    assert window.chooser.currentText() == "Anna"


def test_one_belt_leaves_nothing_to_choose(window: MainWindow) -> None:
    assert window.chooser.isHidden()


def test_the_store_knows_days_of_a_belt(two_belts: Path) -> None:
    with Store.open(two_belts) as store:
        assert store.days_with_data(BERLIN.zone, ANNA.hex()) == {DAY}
        assert len(store.days_with_data(BERLIN.zone)) == 2
        assert not store.stretches("ff" * 8)
