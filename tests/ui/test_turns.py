"""Work is done in pieces: each painted before the next, and nothing painted twice or in vain."""

from collections.abc import Iterator
from pathlib import Path

import pyqtgraph as pg
import pytest
from plumbline.ui.main_window import MainWindow
from plumbline.ui.plot_area import PlotArea
from plumbline.ui.presenters.trends import Range
from plumbline.ui.rooms.rooms import PAGES
from plumbline.ui.tasks import Tasks
from plumbline.ui.trend_plots import TrendPlots
from plumbline.ui.turns import InTurns
from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import session

AXES_OF_A_PLOT = 2
AXES_OF_A_DAY = 4


class Painting:
    """What the painting of an area finds to do."""

    def __init__(self, area: PlotArea, event: QPaintEvent) -> None:
        items = area.scene().items()
        axes = [item for item in items if isinstance(item, pg.AxisItem) and item.isVisible()]
        views = [item for item in items if isinstance(item, pg.ViewBox)]
        self.area, self.rect = type(area), event.rect()
        self.axes = sum(axis.picture is None for axis in axes)
        self.moved = sum(view._matrixNeedsUpdate for view in views)
        self.part = event.rect().height() / area.viewport().height()


@pytest.fixture
def paintings(monkeypatch: pytest.MonkeyPatch) -> list[Painting]:
    found: list[Painting] = []

    def noted(area: PlotArea, event: QPaintEvent) -> None:
        found.append(Painting(area, event))
        pg.GraphicsLayoutWidget.paintEvent(area, event)

    monkeypatch.setattr(PlotArea, "paintEvent", noted)
    return found


@pytest.fixture
def window(opened: Opened, qtbot: QtBot, folder: Path, paintings: list[Painting]) -> MainWindow:
    return MainWindowAwaiter(opened, qtbot).open(session(folder))


def test_a_period_is_painted_plot_by_plot(
    window: MainWindow, qtbot: QtBot, paintings: list[Painting]
) -> None:
    window.tabs.setCurrentWidget(window.trends)
    for kind in (Range.YEAR, Range.WEEK):
        with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
            window.trends.choose(kind)
    paintings.clear()
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.trends.choose(Range.YEAR)
    plots = [window.trends.plots.stack, *window.trends.plots.measures]
    assert {plot.getAxis("bottom").picture is None for plot in plots} == {False}  # all is painted
    assert len([each for each in paintings if each.axes]) >= len(plots)
    assert {each.moved for each in paintings} == {0}  # else it would be painted again
    assert max(each.axes for each in paintings) <= AXES_OF_A_PLOT
    assert max(each.part for each in paintings[1:]) < 0.6


def test_a_day_is_painted_once(window: MainWindow, qtbot: QtBot, paintings: list[Painting]) -> None:
    qtbot.waitUntil(lambda: bool(paintings), timeout=WAIT_MS)
    paintings.clear()
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        window.today.header.go("before")
    answered: list[bool] = []
    window.director.when_done(lambda: answered.append(True))
    qtbot.waitUntil(lambda: bool(answered and paintings), timeout=WAIT_MS)
    assert {each.moved for each in paintings} == {0}
    assert sum(each.axes for each in paintings) <= AXES_OF_A_DAY + 1  # and one without texts


def test_a_window_of_another_size_is_painted_once(
    window: MainWindow, qtbot: QtBot, paintings: list[Painting]
) -> None:
    qtbot.waitUntil(lambda: bool(paintings), timeout=WAIT_MS)
    paintings.clear()
    window.resize(window.width() - 100, window.height() - 100)
    qtbot.waitUntil(lambda: bool(paintings), timeout=WAIT_MS)
    assert {each.moved for each in paintings} == {0}


def test_the_first_look_at_trends_finds_its_axes_painted(
    opened: Opened, qtbot: QtBot, folder: Path, paintings: list[Painting]
) -> None:
    window = opened(session(folder))
    with qtbot.waitSignals([window.trends_drawn, window.rooms.all_made], timeout=WAIT_MS):
        pass
    paintings.clear()
    window.tabs.setCurrentWidget(window.trends)
    qtbot.waitUntil(lambda: bool(paintings), timeout=WAIT_MS)
    assert {each.area for each in paintings} == {TrendPlots}
    assert {(each.axes, each.moved) for each in paintings} == {(0, 0)}


def test_a_page_that_is_made_behind_leaves_the_one_in_front_as_it_is(
    window: MainWindow, qtbot: QtBot
) -> None:
    in_front = window.today.size()
    pages = [page for n in range(len(PAGES)) if (page := window.tabs.widget(n))]
    assert max(page.height() for page in pages[1:]) < in_front.height()
    for n, page in enumerate(pages):  # and each is as large once it is in front
        window.tabs.setCurrentIndex(n)
        qtbot.waitUntil(lambda shown=page: shown.size() == in_front, timeout=WAIT_MS)  # type: ignore[misc]


def test_each_piece_is_painted_before_the_next(qtbot: QtBot) -> None:
    told: list[str] = []

    class Canvas(QWidget):
        def paintEvent(self, event: QPaintEvent | None) -> None:
            if told[-1:] != ["painted"]:
                told.append("painted")

    canvas, tasks = Canvas(), Tasks()
    qtbot.addWidget(canvas)
    canvas.show()
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    told.clear()

    def pieces() -> Iterator[None]:
        for n in range(3):
            told.append(f"piece {n}")
            canvas.update()
            yield

    InTurns(tasks)(pieces(), lambda: told.append("done"))
    assert told == ["piece 0"]
    qtbot.waitUntil(lambda: told[-1] == "done", timeout=WAIT_MS)
    expected = [word for n in range(3) for word in (f"piece {n}", "painted")]
    assert told == [*expected, "done"]
    tasks.close()


def test_what_comes_before_the_end_is_done_instead(qtbot: QtBot) -> None:
    told: list[str] = []
    tasks = Tasks()
    in_turns = InTurns(tasks)

    def pieces(name: str) -> Iterator[None]:
        for _n in range(2):
            told.append(name)
            yield

    in_turns(pieces("old"), lambda: told.append("old done"))
    in_turns(pieces("new"), lambda: told.append("new done"))
    qtbot.waitUntil(lambda: told[-1] == "new done", timeout=WAIT_MS)
    assert told == ["old", "new", "new", "new done"]
    tasks.close()
