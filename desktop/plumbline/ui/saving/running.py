"""Does what a dialog wants off the GUI thread, tells how far it is, and lets it be cancelled."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from PyQt6.QtCore import QObject, pyqtBoundSignal
from PyQt6.QtWidgets import QWidget

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.ui.director import Director
from plumbline.ui.saving.work_dialog import WorkDialog
from plumbline.ui.session import Session
from plumbline.ui.sync_controller import SyncController
from plumbline.ui.tasks import Tasks

LANE = "saving"
T = TypeVar("T")
Told = Callable[[int, int], None]


class Cancelled(Exception):
    """The user does not want it any more."""


class Window(Protocol):
    """What is needed of the window."""

    session: Session
    tasks: Tasks
    director: Director
    sync: SyncController
    closing: pyqtBoundSignal

    @property
    def unsaved(self) -> bool: ...

    def reopen(self) -> None: ...


def syncing(window: Window, dialog: WorkDialog) -> bool:
    """Whether a belt is being fetched from, which is told then."""
    if window.sync.syncing:
        dialog.fail(_("A sync is under way: wait until it is done, or stop it, then try again."))
    return window.sync.syncing


class Running(QObject):
    """One dialog at a time, and one thing that it wants."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._stopped = window, False
        window.closing.connect(self._stop)

    def open(self, dialog: WorkDialog, act: Callable[[], object]) -> None:
        """Show the dialog; `act` is called when it wants something."""
        dialog.wanted.connect(act)
        dialog.cancel_wanted.connect(self._stop)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def run(
        self,
        dialog: WorkDialog,
        work: Callable[[], T],
        done: Callable[[T], None],
        *,
        lane: str = LANE,
        first: str = "",
        cancelled: str = "",
        failed: Callable[[], object] = lambda: None,
    ) -> None:
        """Do the work in a lane; `first`: what is said at its beginning; `failed`: called where
        it was not done, before that is told."""
        self._stopped = False
        dialog.begin(first)

        def came_to_nothing(error: Exception) -> None:
            failed()
            if isinstance(error, Cancelled):
                dialog.fail(cancelled or _("Cancelled: nothing was written."))
            elif isinstance(error, UserError):
                dialog.fail(str(error))
            else:
                dialog.fail(self._window.session.report_bug(error))

        self._window.tasks.run(lane, work, done, came_to_nothing)

    def tell(self, dialog: WorkDialog, text: str = "") -> Told:
        """Called on the lane's thread; the window hears of every whole percent, and of `text`
        when it begins."""
        reached = -1

        def tell(done: int, total: int) -> None:
            nonlocal reached
            self.go_on()
            percent = 100 * done // total if total else 100
            if percent > reached:
                if reached < 0 and text:
                    self.step(dialog, text)
                reached = percent
                self._window.tasks.post(lambda: dialog.show_progress(percent))

        return tell

    def step(self, dialog: WorkDialog, text: str) -> None:
        """From a lane's thread: what is being done now."""
        self._window.tasks.post(lambda: dialog.show_step(text))

    def go_on(self) -> None:
        """From a lane's thread. Raises Cancelled where it is not wanted any more."""
        if self._stopped:
            raise Cancelled

    def _stop(self) -> None:
        self._stopped = True
