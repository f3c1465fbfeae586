"""Keys of the window: where they lead to, and Return on a button."""

from pathlib import Path

import pytest
from plumbline.ui.main_window import MainWindow
from plumbline.ui.rooms.rooms import LIVE, PAGES, TODAY, TRENDS
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import session

CONTROL = Qt.KeyboardModifier.ControlModifier
NUMBERS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)


def active(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)


@pytest.mark.parametrize("key", [TODAY, TRENDS])
def test_the_key_of_a_page_leads_onto_it(window: MainWindow, qtbot: QtBot, key: str) -> None:
    active(window, qtbot)
    window.rooms.furnish(TRENDS)
    window.tabs.setCurrentIndex(PAGES.index(TRENDS) - PAGES.index(key))  # the other of the two
    qtbot.keyClick(window, NUMBERS[PAGES.index(key)], CONTROL)
    page, focus = window.tabs.currentWidget(), QApplication.focusWidget()
    assert page is not None
    assert focus is not None
    assert page.isAncestorOf(focus)
    assert focus.isVisible()


def test_on_a_page_without_anything_to_press_the_tab_has_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    active(window, qtbot)
    window.rooms.furnish(LIVE)
    qtbot.keyClick(window, NUMBERS[PAGES.index(LIVE)], CONTROL)
    assert QApplication.focusWidget() is window.tabs.tabBar()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_a_button(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    active(window, qtbot)
    button = window.today.header.stretch
    button.setFocus()
    assert not window.today.panel.isVisible()
    qtbot.keyClick(button, key)
    assert window.today.panel.isVisible()


def test_return_where_no_button_has_the_focus_presses_none(
    window: MainWindow, qtbot: QtBot
) -> None:
    active(window, qtbot)
    bar = window.tabs.tabBar()
    assert bar is not None
    bar.setFocus()
    pressed: list[bool] = []
    window.today.header.stretch.clicked.connect(pressed.append)
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert pressed == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_at_the_first_start_a_key_presses_what_is_first(
    opened: Opened, qtbot: QtBot, tmp_path: Path, key: Qt.Key
) -> None:
    window = opened(session(tmp_path / "nothing"))
    qtbot.waitUntil(window.empty.isVisible, timeout=WAIT_MS)
    active(window, qtbot)
    qtbot.keyClick(window, NUMBERS[1], CONTROL)  # a page about days, which is not there yet
    focus = QApplication.focusWidget()
    assert focus is window.empty.demo_button
    with qtbot.waitSignal(window.demo_wanted, timeout=WAIT_MS):
        qtbot.keyClick(focus, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_return_in_a_time_of_a_stretch_excludes_it_and_escape_leaves_it(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    active(window, qtbot)
    panel = window.today.panel
    wanted: list[object] = []
    panel.exclude_wanted.connect(lambda *stretch: wanted.append(stretch))
    window.today.header.stretch.click()
    qtbot.keyClicks(panel.begin, "12")
    qtbot.keyClick(panel.end, key)
    assert bool(wanted) == (key == Qt.Key.Key_Return)
    assert not panel.isVisible()
