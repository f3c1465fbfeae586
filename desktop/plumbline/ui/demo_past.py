"""Gives the demo's coach a past, once, as soon as the virtual belt's days are there."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer

from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.records import KINDS
from plumbline.demo_story import story
from plumbline.people.subjects import Subject
from plumbline.store.database import Store
from plumbline.ui.director import LANE
from plumbline.ui.reader import Overview, Source
from plumbline.ui.rooms.rooms import COACH

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


class DemoPast(QObject):
    """Create with the demo's window. Whoever has entered anything there already keeps to that."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._asked = False
        window.overviews.follow(self._look)

    def _look(self, overview: Overview) -> None:
        today = self._window.session.today()
        days = [day for day in overview.days if day < today]
        if days and not self._asked:
            self._asked = True
            # The day asked for at the same time comes first.
            QTimer.singleShot(0, partial(self._tell, min(days), max(days), today))

    def _tell(self, first: date, last: date, today: date) -> None:
        window, reader = self._window, self._window.director.reader
        rule = window.session.rule

        def write(source: Source, subject: Subject) -> bool:
            """Whether there is something new."""
            if not isinstance(source, Store) or subject.wearer is not None:
                return False
            if any(each.kind in KINDS for each in source.all_changes()):
                return False
            belt = [BeltDay.of(each) for each in reader.summaries(first, last) if each.worn_s]
            return source.bring_in_changes(story(belt, last, today, rule)) > 0

        work = partial(reader.change, write)
        window.tasks.run(LANE, work, self._told, window.director.failed.emit)

    def _told(self, is_new: bool) -> None:
        if is_new and self._window.rooms.made(COACH):
            self._window.coach_director.reload()
