"""The page People."""

from typing import TYPE_CHECKING

from plumbline.ui.people_director import PeopleDirector
from plumbline.ui.people_page import PeoplePage
from plumbline.ui.rooms.rooms import Furnished, Making

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def furnish(window: "MainWindow") -> Making:
    """Make and connect it."""
    page = PeoplePage()
    yield
    return Furnished(page, PeopleDirector(window, page))
