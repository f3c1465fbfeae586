"""Between the Coach page and the store: runs what is wanted, then shows everything anew."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from plumbline.errors import UserError
from plumbline.ui.coach.state import CoachReader, CoachState, Work
from plumbline.ui.director import LANE

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


class CoachDirector(QObject):
    """Create with a window whose pages are there; `drawn` when the page shows what there is."""

    drawn = pyqtSignal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._page, self._tasks = window, window.coach, window.tasks
        session = window.session
        self._reader = CoachReader(window.director.reader, session.rule, session.now_utc_s)
        self.state: CoachState | None = None
        # The days asked for at the same time come first.
        window.director.overview_ready.connect(lambda _o: QTimer.singleShot(0, self.reload))
        self._page.wanted.connect(self._do)

    def reload(self) -> None:
        """Read anew what there is."""
        self._tasks.run(LANE, self._reader.state, self._came, self._failed)

    def show_again(self) -> None:
        """After a change of colours or language."""
        if self.state:
            self._page.show_coaching(self.state, self._window.theme)

    def _do(self, work: Work, done: Callable[[Any], None]) -> None:
        did = partial(self._did, done)
        self._tasks.run(LANE, partial(self._reader.do, work), did, self._failed)

    def _did(self, done: Callable[[Any], None], result: Any) -> None:
        self._page.tell("")
        done(result)
        self.reload()

    def _came(self, state: CoachState) -> None:
        self.state = state
        self.show_again()
        self._window.retranslate()  # the tab's name bears the mark
        self.drawn.emit(state)

    def _failed(self, error: Exception) -> None:
        told = isinstance(error, UserError)
        self._page.tell(str(error) if told else self._window.session.report_bug(error))
