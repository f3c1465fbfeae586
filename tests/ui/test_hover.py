"""What is said under the mouse: where it can be read, and never of what is no longer drawn."""

import pyqtgraph as pg
import pytest
from plumbline.ui.hover import Hover
from plumbline.ui.main_window import MainWindow
from plumbline.ui.trends_page import MAP
from PyQt6.QtCore import QEvent, QPointF
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS


def _point(hover: Hover, plot: pg.PlotItem) -> None:
    """Put the mouse on the middle of the plot."""
    hover.move_to(plot.getViewBox().sceneBoundingRect().center())
    assert hover.text
    assert any(box.isVisible() for box in hover._boxes)


def _gone(hover: Hover) -> bool:
    return not hover.text and not any(i.isVisible() for i in (*hover._lines, *hover._boxes))


def test_another_day_takes_the_words_of_the_last_away(window: MainWindow, qtbot: QtBot) -> None:
    plots = window.today.plots
    _point(plots.hover, plots.angle)
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        window.step(-1)
    assert _gone(plots.hover)


def test_another_period_takes_the_words_of_the_last_away(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    plots = window.trends.plots
    low, high = plots.stack.viewRange()[0]
    view = plots.stack.getViewBox()
    plots.hover.move_to(view.mapViewToScene(QPointF((low + high) / 2, 1)))
    assert plots.hover.text
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.step_period(-1)
    assert _gone(plots.hover)


@pytest.mark.parametrize("page", ["today", "trends"])
def test_the_words_go_with_the_mouse(window: MainWindow, page: str) -> None:
    window.tabs.setCurrentWidget(getattr(window, page))
    plots = getattr(window, page).plots
    _point(plots.hover, plots.angle if page == "today" else plots.stack)
    QApplication.sendEvent(plots, QEvent(QEvent.Type.Leave))
    assert _gone(plots.hover)


def test_the_words_on_the_map_are_within_the_map(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.trends)
    window.trends.choose_kind(MAP)
    shown = window.trends.map
    _point(shown.hover, shown.plot)
    box = shown.hover._boxes[0]
    there = box.mapRectToScene(box.boundingRect())
    assert shown.plot.getViewBox().sceneBoundingRect().adjusted(-1, -1, 1, 1).contains(there)
