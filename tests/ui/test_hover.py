"""What is said under the mouse: where it can be read, and never of what is no longer drawn."""

from datetime import date

import pyqtgraph as pg
import pytest
from plumbline.ui.coach.days_plot import DaysPlot
from plumbline.ui.coach.reps_plot import RepsPlot
from plumbline.ui.hover import Hover
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.coach_course import Measure, Trace
from plumbline.ui.presenters.trends import Range
from plumbline.ui.theme import LIGHT
from plumbline.ui.trend_plots import TrendPlots
from plumbline.ui.trends_page import COMPARE, MAP
from PyQt6.QtCore import QEvent, QPointF, Qt
from PyQt6.QtWidgets import QApplication, QWidget
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


def _click(plots: TrendPlots, plot: pg.PlotItem, x: float, qtbot: QtBot) -> None:
    """With the mouse, on the middle of the plot's height at this place."""
    low, high = plot.viewRange()[1]
    scene = plot.getViewBox().mapViewToScene(QPointF(x, (low + high) / 2))
    place = plots.mapFromScene(scene)
    qtbot.mouseMove(plots.viewport(), place)
    qtbot.mouseClick(plots.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_day_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    plots, day = window.trends.plots, date(2026, 11, 12)
    for plot in (plots.stack, plots.measures[1]):
        window.tabs.setCurrentWidget(window.trends)
        with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS) as drawn:
            _click(plots, plot, day.toordinal(), qtbot)
        assert drawn.args[0].day == day
        assert window.on_today


def test_a_click_on_a_bar_of_a_week_opens_the_week(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    plots = window.trends.plots
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.trends.choose(Range.YEAR)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        _click(plots, plots.stack, date(2026, 11, 12).toordinal(), qtbot)
    assert plots.hover.text == ""
    assert window.trends.title.text() == "9 Nov to 15 Nov 2026"
    assert window.director.range is Range.WEEK
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.step(-1)
    assert window.trends.title.text() == "2 Nov to 8 Nov 2026"


def test_the_words_over_a_week_s_bar_are_the_week_s(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    plots = window.trends.plots
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.trends.choose(Range.YEAR)
    wednesday = date(2026, 11, 18).toordinal()
    plots.hover.move_to(plots.stack.getViewBox().mapViewToScene(QPointF(wednesday, 1)))
    assert plots.hover.text.startswith("16 Nov to 22 Nov 2026\nmean of ")
    assert plots.hover.text.endswith("\nClick: show this week")
    first = plots.measures[0]
    plots.hover.move_to(first.getViewBox().mapViewToScene(QPointF(wednesday, 1)))
    assert plots.hover.text.startswith("Wednesday, 18 November 2026\nworn ")
    assert plots.hover.text.endswith("\nClick: show this day")


def test_a_day_of_the_course_tells_its_values_and_its_therapy(qtbot: QtBot) -> None:
    window, plot = QWidget(), DaysPlot(200)  # pyqtgraph's own `close` leaves half a plot behind
    qtbot.addWidget(window)
    plot.setParent(window)
    plot.resize(600, 200)
    first, last, then = date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 9)
    pain = Trace(Measure.PAIN, "Pain", ((first, 6.0), (then, 4.0)))
    own = Trace(Measure.OWN, "Own activities", ((then, 5.5),))
    marks = [(then, "Massage"), (last, "Exercise class")]
    plot.show_days("Pain", (own, pain), (first, last), LIGHT, plot.font(), marks=marks, top=10.0)
    window.show()
    view = plot.plot.getViewBox()
    seen = []
    for day in (then, first, last, date(2026, 11, 3)):
        plot.hover.move_to(view.mapViewToScene(QPointF(day.toordinal() + 0.2, 5)))
        seen.append(plot.hover.text)
    assert seen == [
        "Monday, 9 November 2026\nOwn activities: 5.5\nPain: 4\nMassage",
        "Sunday, 1 November 2026\nPain: 6",
        "Friday, 20 November 2026\nExercise class",
        "",
    ]
    plot.hover.move_to(view.mapViewToScene(QPointF(then.toordinal(), 5)))
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert _gone(plot.hover)


def test_each_repetition_tells_its_values(qtbot: QtBot) -> None:
    holder, plot = QWidget(), RepsPlot()  # pyqtgraph's own `close` leaves half a plot behind
    plot.setParent(holder)
    qtbot.addWidget(holder)
    plot.show_reps([(60.0, 2.0), (64.4, 3.25)], LIGHT, holder.font())
    view = plot.tempo_plot.getViewBox()
    plot.hover.move_to(view.mapViewToScene(QPointF(2.2, 1)))
    assert plot.hover.text == "Repetition 2\nrange 64°\n3.2 seconds long"
    plot.hover.move_to(view.mapViewToScene(QPointF(3, 1)))
    assert _gone(plot.hover)


def test_a_difference_is_told_where_it_is_drawn(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(COMPARE)
    compare = window.trends.compare
    qtbot.waitUntil(lambda: compare.view is not None, timeout=WAIT_MS)
    view = compare.plot.getViewBox()
    compare.hover.move_to(view.mapViewToScene(QPointF(0, -1)))
    drawn = [row for row in compare.view.rows if row.percent] if compare.view else []
    assert compare.hover.text.splitlines()[0] == drawn[1].name
    assert drawn[1].difference in compare.hover.text
    assert drawn[1].interval in compare.hover.text


def test_the_map_is_read_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    """From the hour with the most, by arrows; the period stays, and words go with the focus."""
    window.tabs.setCurrentWidget(window.trends)
    window.trends.choose_kind(MAP)
    shown, period = window.trends.map, window.trends.title.text()
    plots = shown.plots
    window.activateWindow()
    plots.setFocus()
    qtbot.waitUntil(plots.hasFocus, timeout=WAIT_MS)

    def told(key: Qt.Key) -> str:
        qtbot.keyClick(plots, key)
        return plots.accessibleDescription()

    first = told(Qt.Key.Key_Right)
    assert first.startswith(shown.text.text().split(" on ")[1].split(" ")[0])  # the weekday
    begin = int(first.split(", ")[1][:2])
    assert told(Qt.Key.Key_Right).split(", ")[1].startswith(f"{begin + 1:02d}:00")
    down = told(Qt.Key.Key_Down)
    assert down.split(", ")[0] != first.split(", ")[0]
    assert down.split(", ")[1].startswith(f"{begin + 1:02d}:00")
    for _hour in range(25):
        qtbot.keyClick(plots, Qt.Key.Key_Left)
    assert ", 00:00 to 01:00" in plots.accessibleDescription()
    assert shown._cell.isVisible()
    assert window.trends.title.text() == period
    shown.chooser.setFocus()
    assert _gone(shown.hover)
    assert not shown._cell.isVisible()
    assert plots.accessibleDescription() == shown.text.text()
