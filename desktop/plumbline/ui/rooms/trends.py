"""The page Trends."""

from typing import TYPE_CHECKING

from plumbline.ui.measure_plot import MeasurePlot
from plumbline.ui.rooms.rooms import Furnished, Making
from plumbline.ui.trend_plots import MEASURES, TrendPlots
from plumbline.ui.trends_page import TrendsPage

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
    page, director = TrendsPage(plots), window.director
    yield
    page.mark_range(director.range)
    page.range_chosen.connect(director.choose_range)
    page.step_chosen.connect(director.step_period)
    page.comparison_wanted.connect(director.compare)
    director.comparison_ready.connect(lambda view: page.show_comparison(view, window.theme))
    if window.trend_view:
        page.show_trends(window.trend_view, window.theme)
        yield
        page.catch_up()
        yield
    return Furnished(page)
