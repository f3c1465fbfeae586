"""The page Trends."""

from typing import TYPE_CHECKING

from plumbline.ui.rooms.rooms import Furnished, Making
from plumbline.ui.trends_page import TrendsPage

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def furnish(window: "MainWindow") -> Making:
    """Make and connect it."""
    page, director = TrendsPage(), window.director
    yield
    page.mark_range(director.range)
    page.range_chosen.connect(director.choose_range)
    page.step_chosen.connect(director.step_period)
    page.comparison_wanted.connect(director.compare)
    director.comparison_ready.connect(lambda view: page.show_comparison(view, window.theme))
    if window.trend_view:
        page.show_trends(window.trend_view, window.theme)
    return Furnished(page)
