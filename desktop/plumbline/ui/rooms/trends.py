"""The page Trends."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect
from PyQt6.QtWidgets import QWidget

from plumbline.ui.measure_plot import MeasurePlot
from plumbline.ui.preferences import VIEW
from plumbline.ui.presenters.people import subject_names
from plumbline.ui.presenters.trends import Range
from plumbline.ui.rooms.rooms import PAGES, TODAY, TRENDS, Furnished, Making
from plumbline.ui.trend_plots import MEASURES, TrendPlots
from plumbline.ui.trends_page import VIEWS, TrendsPage
from plumbline.ui.turns import InTurns

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def furnish(window: "MainWindow") -> Making:
    """Make its plots one after the other, and connect it."""
    measures = []
    for _n in range(MEASURES):
        measures.append(MeasurePlot())
        yield
    plots = TrendPlots(measures)
    yield
    yield from plots.arranging()
    yield
    page, director = TrendsPage(plots), window.director
    page.in_turns = InTurns(window.tasks)
    yield
    page.mark_range(director.range)
    kind = window.preferences.text(VIEW) or ""
    if kind in map(str, VIEWS):
        page.choose_kind(int(kind))
    page.range_chosen.connect(director.choose_range)
    page.step_chosen.connect(director.step_period)
    page.day_wanted.connect(lambda day: _show_day(window, day))
    page.week_wanted.connect(lambda day: _show_week(window, page, day))
    page.comparison_wanted.connect(director.compare)
    page.newest = lambda: (director.overview.span or (None, None))[1]
    page.whose = lambda: _whose(window)
    page.said.connect(lambda text: window.passing.say(text, False))
    page.save_wanted.connect(lambda sheet: window.tables.open(sheet))
    director.comparison_ready.connect(lambda view: page.show_comparison(view, window.theme))
    if window.trend_view:
        page.show_trends(window.trend_view, window.theme)
        yield
        yield from page.catching_up()
        yield
        if window.rooms.in_front != TRENDS:
            yield from _painted_ahead(page, window.tabs.currentWidget())
    return Furnished(page)


def _painted_ahead(page: TrendsPage, other: QWidget | None) -> Iterator[None]:
    """As large as the page in front: so the first look at it finds its axes drawn."""
    if other:
        page.resize(other.size())
    page.grab(QRect(0, 0, 1, 1))  # lays it out
    for plot in (page.plots.stack, *page.plots.measures):
        yield
        place = page.plots.mapFromScene(plot.sceneBoundingRect()).boundingRect()
        page.plots.grab(place)
    yield


def _show_day(window: "MainWindow", day: date) -> None:
    window.director.choose_day(day)
    window.tabs.setCurrentIndex(PAGES.index(TODAY))


def _show_week(window: "MainWindow", page: TrendsPage, day: date) -> None:
    window.director.choose_week(day)
    page.mark_range(Range.WEEK)


def _whose(window: "MainWindow") -> str:
    overview = window.director.overview
    if overview.subject is None or len(overview.subjects) < 2:
        return ""
    return subject_names([overview.subject], overview.belts)[0]
