"""The page Coach."""

from typing import TYPE_CHECKING

from plumbline.ui.coach.coach_page import CoachPage
from plumbline.ui.coach.director import CoachDirector
from plumbline.ui.coach.pages import SUB_PAGES
from plumbline.ui.preferences import COACH_PAGE
from plumbline.ui.rooms.rooms import Furnished, Making

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def furnish(window: "MainWindow") -> Making:
    """Make its sub-pages one after the other, and connect it."""
    pages = []
    for kind in SUB_PAGES:
        made = yield from kind.making()
        pages.append(made)
        yield
    page = CoachPage(pages)
    yield
    page.open(window.preferences.text(COACH_PAGE) or "")
    director = CoachDirector(window, page)
    page.opened.connect(lambda _key: window.want_talk())
    return Furnished(page, director)
