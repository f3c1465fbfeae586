"""The window's later pages, and what is seldom needed, by name; to ask is to have it made."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

from plumbline.ui.rooms.rooms import BELT, COACH, LIVE, PEOPLE, TRENDS, Rooms

if TYPE_CHECKING:
    from plumbline.ui.belt_director import BeltDirector
    from plumbline.ui.belt_page import BeltPage
    from plumbline.ui.coach.coach_page import CoachPage
    from plumbline.ui.coach.director import CoachDirector
    from plumbline.ui.live_page import LivePage
    from plumbline.ui.main_window import MainWindow
    from plumbline.ui.people_director import PeopleDirector
    from plumbline.ui.people_page import PeoplePage
    from plumbline.ui.saving.director import SavingDirector
    from plumbline.ui.tables.saving import TableSaving
    from plumbline.ui.trends_page import TrendsPage


class Doors:
    """Mixed into the window."""

    rooms: Rooms

    @cached_property
    def saving(self) -> "SavingDirector":
        """Writes exports and backups."""
        from plumbline.ui.saving.director import SavingDirector

        window = cast("MainWindow", self)
        return SavingDirector(window, window)

    @cached_property
    def tables(self) -> "TableSaving":
        """Writes tables into files."""
        from plumbline.ui.tables.saving import TableSaving

        return TableSaving(cast("MainWindow", self))

    @property
    def trends(self) -> "TrendsPage":
        """The page Trends."""
        return cast("TrendsPage", self.rooms.furnish(TRENDS).page)

    @property
    def live(self) -> "LivePage":
        """The page Live."""
        return cast("LivePage", self.rooms.furnish(LIVE).page)

    @property
    def belt_page(self) -> "BeltPage":
        """The page Belt."""
        return cast("BeltPage", self.rooms.furnish(BELT).page)

    @property
    def belt_director(self) -> "BeltDirector":
        """What fills the page Belt."""
        return cast("BeltDirector", self.rooms.furnish(BELT).director)

    @property
    def coach(self) -> "CoachPage":
        """The page Coach."""
        return cast("CoachPage", self.rooms.furnish(COACH).page)

    @property
    def coach_director(self) -> "CoachDirector":
        """What fills the page Coach."""
        return cast("CoachDirector", self.rooms.furnish(COACH).director)

    @property
    def people(self) -> "PeoplePage":
        """The page People."""
        return cast("PeoplePage", self.rooms.furnish(PEOPLE).page)

    @property
    def people_director(self) -> "PeopleDirector":
        """What fills the page People, and does what Today wants."""
        return cast("PeopleDirector", self.rooms.furnish(PEOPLE).director)
