"""The page Live."""

from typing import TYPE_CHECKING

from plumbline.ui.live_page import LivePage
from plumbline.ui.presenters.live import LiveView
from plumbline.ui.rooms.rooms import Furnished, Making

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def furnish(window: "MainWindow") -> Making:
    """Make and connect it."""
    page = LivePage()
    yield

    def show(view: LiveView) -> None:
        page.show_live(view, window.theme)

    window.live_director.live_ready.connect(show)
    show(window.live_director.view)
    return Furnished(page)
