"""Pages that are made later: blank at first, made on demand or when nothing else is to do."""

import sys
from importlib import import_module
from pathlib import Path

import pyqtgraph as pg
import pytest
from plumbline.ui.axes import QuietPlot
from plumbline.ui.coach.coach_page import CoachPage
from plumbline.ui.language import tell
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.trends import Range
from plumbline.ui.rooms.recent import Recent
from plumbline.ui.rooms.rooms import COACH, PAGES, PEOPLE, TRENDS
from PyQt6 import sip
from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget, QWidgetAction
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import EndlessBelt, session

MOST_PLOTS = 1
"""That a page makes between two answers to the user."""
NAMES = ["Today", "Trends", "Live", "Belt", "Coach", "People"]


def drawn(opened: Opened, qtbot: QtBot, folder: Path) -> MainWindow:
    """A window with its day and nothing else."""
    window = opened(session(folder))
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        pass
    return window


def names(window: MainWindow) -> list[str]:
    return [window.tabs.tabText(n) for n in range(window.tabs.count())]


def test_the_day_is_drawn_before_any_other_page_is_made(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = drawn(opened, qtbot, folder)
    assert not [key for key in PAGES if window.rooms.made(key)]
    assert names(window) == NAMES


def test_all_pages_are_made_when_nothing_else_is_to_do(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = drawn(opened, qtbot, folder)
    with qtbot.waitSignal(window.rooms.all_made, timeout=WAIT_MS):
        pass
    assert window.tabs.currentWidget() is window.today
    assert names(window) == NAMES
    assert window.tabs.widget(1) is window.trends
    assert window.tabs.widget(4) is window.coach


def test_a_page_chosen_early_comes_with_what_there_is_to_show(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = drawn(opened, qtbot, folder)
    window.rooms.want_all()
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.rooms.in_front == PEOPLE
    with qtbot.waitSignal(window.rooms.furnished, timeout=WAIT_MS) as first:
        pass
    assert first.args == [PEOPLE]  # before those that nobody waits for
    assert window.tabs.currentWidget() is window.people
    qtbot.waitUntil(lambda: bool(window.people.title.text()), timeout=WAIT_MS)
    since = window.people.since.date().toPyDate()
    assert since == window.director.day  # told before the page was there


def test_trends_that_come_while_another_page_is_in_front_are_drawn_when_theirs_is(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = opened(session(folder))
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        pass
    assert "Sitting" in window.trends.legend.text()  # made now, with what came before
    window.trends.legend.clear()
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.choose_range(Range.WEEK)
    assert window.trends.title.text() == "16 Nov to 22 Nov 2026"
    assert not window.trends.legend.text()
    window.tabs.setCurrentWidget(window.trends)
    assert "Sitting" in window.trends.legend.text()


def test_a_page_is_made_at_once_for_who_cannot_wait(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = drawn(opened, qtbot, folder)
    assert isinstance(window.coach, CoachPage)
    assert window.rooms.furnish(COACH).page is window.coach
    assert window.tabs.indexOf(window.coach) == PAGES.index(COACH)
    qtbot.waitUntil(lambda: window.coach_director.state is not None, timeout=WAIT_MS)


def test_the_page_in_front_at_the_last_end_is_made_first(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    first = drawn(opened, qtbot, folder)
    first.tabs.setCurrentIndex(PAGES.index(TRENDS))
    first.close()
    second = opened(session(folder))
    with qtbot.waitSignal(second.rooms.furnished, timeout=WAIT_MS) as made:
        pass
    assert made.args == [TRENDS]
    assert second.tabs.currentWidget() is second.trends


def test_while_a_sync_runs_only_a_page_that_is_chosen_is_made(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = opened(session(folder, EndlessBelt()))
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        pass
    assert window.sync.syncing
    window.rooms.want_all()
    with qtbot.waitSignal(window.rooms.furnished, timeout=WAIT_MS) as made:
        window.tabs.setCurrentIndex(PAGES.index(PEOPLE))
    assert made.args == [PEOPLE]
    idle: list[bool] = []
    window.director.when_done(lambda: idle.append(True))
    qtbot.waitUntil(lambda: bool(idle), timeout=WAIT_MS)
    assert window.sync.syncing
    assert [key for key in PAGES if window.rooms.made(key)] == [PEOPLE]
    with qtbot.waitSignal(window.rooms.all_made, timeout=WAIT_MS):
        window.sync.cancel()


def test_a_window_closed_early_makes_no_more_pages(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    """Neither the page that is half made, nor those behind it, nor one whose module comes later."""
    window = drawn(opened, qtbot, folder)
    rooms = window.rooms
    rooms._begin(COACH, import_module("plumbline.ui.rooms.coach"))
    rooms._advance(COACH)
    rooms.want_all()
    rooms.want(COACH)
    assert rooms._step.isActive()
    window.close()
    assert not rooms._step.isActive()
    idle: list[bool] = []
    rooms._imported(TRENDS, import_module("plumbline.ui.rooms.trends"))  # it was under way
    rooms.want_all()  # the timer after the day
    QTimer.singleShot(0, lambda: idle.append(True))
    qtbot.waitUntil(lambda: bool(idle), timeout=WAIT_MS)
    assert not rooms._step.isActive()
    assert not [key for key in PAGES if rooms.made(key)]


class Teller(QObject):
    told = pyqtSignal(int)


def test_who_comes_late_is_told_the_newest() -> None:
    teller, heard = Teller(), []
    recent = Recent(teller.told)
    recent.follow(lambda n: heard.append(("early", n)))
    teller.told.emit(1)
    teller.told.emit(2)
    recent.follow(lambda n: heard.append(("late", n)))
    teller.told.emit(3)
    assert heard == [("early", 1), ("early", 2), ("late", 2), ("early", 3), ("late", 3)]


def test_a_page_half_made_when_the_language_is_switched_speaks_the_new_one(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    window = drawn(opened, qtbot, folder)
    window.rooms._begin(COACH, import_module("plumbline.ui.rooms.coach"))
    for _sub_page in range(3):
        window.rooms._advance(COACH)
    window.choose_language("de")
    page = window.rooms.furnish(COACH).page
    spoken = {button.text() for button in page.findChildren(QPushButton)}
    window.choose_language("en")
    english = {button.text() for button in page.findChildren(QPushButton)}
    assert len(english) > 10
    assert not {text for text in spoken & english if " " in text}


@pytest.mark.parametrize("key", PAGES[1:])
def test_a_page_is_made_in_small_pieces(
    opened: Opened, qtbot: QtBot, folder: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = drawn(opened, qtbot, folder)
    made: list[object] = []
    make = pg.PlotItem.__init__

    def counted(plot: pg.PlotItem, *args: object, **options: object) -> None:
        made.append(plot)
        make(plot, *args, **options)

    monkeypatch.setattr(pg.PlotItem, "__init__", counted)
    window.rooms._begin(key, import_module(f"plumbline.ui.rooms.{key}"))
    pieces = []
    while not window.rooms.made(key):
        before = len(made)
        window.rooms._advance(key)
        pieces.append(len(made) - before)
    assert max(pieces) <= MOST_PLOTS, pieces
    assert len(pieces) >= {TRENDS: 6, COACH: 9}.get(key, 2), pieces


def test_no_plot_makes_the_form_that_nobody_sees(
    opened: Opened, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms: list[object] = []
    module = sys.modules[pg.PlotItem.__module__].ui_template
    monkeypatch.setattr(module.Ui_Form, "setupUi", lambda form, _widget: forms.append(form))
    window = drawn(opened, qtbot, folder)
    for key in PAGES[1:]:
        window.rooms.furnish(key)
    assert window.trends.map
    assert window.trends.compare
    assert forms == []


def test_a_plot_keeps_no_menu(qtbot: QtBot) -> None:
    before = QApplication.allWidgets()
    plot = QuietPlot()
    plot.showGrid(y=True, alpha=0.2)
    assert plot.getAxis("left").grid == 51
    assert not plot.getAxis("bottom").grid
    assert plot.findChildren(QWidgetAction) == []
    assert [type(each) for each in QApplication.allWidgets() if each not in before] == []


def test_what_is_gone_when_its_turn_comes_is_not_spoken_to(qtbot: QtBot) -> None:
    told: list[str] = []
    root = QWidget()
    qtbot.addWidget(root)
    first, second = QWidget(root), QWidget(root)
    first.retranslate = lambda: sip.delete(second)  # type: ignore[attr-defined]
    second.retranslate = lambda: told.append("second")  # type: ignore[attr-defined]
    tell(root)
    assert told == []
