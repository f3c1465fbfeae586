"""Between the Coach page and the store: runs what is wanted, then shows everything anew."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from plumbline.errors import UserError
from plumbline.ui.coach.coach_page import CoachPage
from plumbline.ui.coach.state import CoachReader, CoachState, Work
from plumbline.ui.director import LANE, Director
from plumbline.ui.session import Session
from plumbline.ui.tasks import Tasks
from plumbline.ui.theme import Theme


class CoachDirector(QObject):
    """Asks the reader on the store's thread; `drawn` when the page shows the answer."""

    drawn = pyqtSignal(object)

    def __init__(
        self,
        tasks: Tasks,
        session: Session,
        director: Director,
        page: CoachPage,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(tasks)
        self._tasks, self._page, self._theme = tasks, page, theme
        self._report = session.report_bug
        self._reader = CoachReader(director.reader, session.rule, session.now_utc_s)
        self.state: CoachState | None = None
        director.overview_ready.connect(lambda _overview: self.reload())
        page.wanted.connect(self._do)

    def reload(self) -> None:
        """Read anew what there is."""
        self._tasks.run(LANE, self._reader.state, self._came, self._failed)

    def show_again(self) -> None:
        """After a change of colours or language."""
        if self.state:
            self._page.show_coaching(self.state, self._theme())

    def _do(self, work: Work, done: Callable[[Any], None]) -> None:
        self._tasks.run(
            LANE, partial(self._reader.do, work), partial(self._did, done), self._failed
        )

    def _did(self, done: Callable[[Any], None], result: Any) -> None:
        self._page.tell("")
        done(result)
        self.reload()

    def _came(self, state: CoachState) -> None:
        self.state = state
        self.show_again()
        self.drawn.emit(state)

    def _failed(self, error: Exception) -> None:
        self._page.tell(str(error) if isinstance(error, UserError) else self._report(error))
