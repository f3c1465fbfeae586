"""Finds the belt and fetches from it without being asked."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.link.conversation import NotPaired
from plumbline.ui.link_work import Link, SyncOutcome
from plumbline.ui.presenters import troubles
from plumbline.ui.presenters.status import Phase, SyncPlan, SyncState
from plumbline.ui.tasks import Tasks

POLL_MS = 2000
GIVE_WAY_S = 0.005
"""A sync works for so long, then waits until the window has done what it had to do."""
LANE = "link"
T = TypeVar("T")


class SyncController(QObject):
    """Looks at the ports every two seconds, syncs what is due, tells the state.

    `port` leads to the belt that is connected, or None; `new_port` to one that has to be paired
    first. Whoever holds a port open sets
    `before_sync`, which is called with what begins the sync once the port is free.
    `called(name)` is what sentences call a belt.
    """

    changed = pyqtSignal(object)
    synced = pyqtSignal(object, bool)
    """What came, and whether it was the first sync since the belt was connected."""
    asked = pyqtSignal()
    """Somebody wants a sync at once."""
    idle = pyqtSignal()
    """Looked, and nothing is due: what could be fetched has been fetched, or why not is told."""

    def __init__(self, tasks: Tasks, link: Link, report: Callable[[Exception], str]) -> None:
        super().__init__(tasks)
        self._tasks, self._link, self._report = tasks, link, report
        self._plan = SyncPlan()
        self._busy = False
        self._cancelled = self._held = False
        self._gave_way = 0.0  # on the link's thread
        self.syncing = False
        self.port: str | None = None
        self.new_port: str | None = None
        self._waiting: Callable[[], None] | None = None
        self.before_sync: Callable[[Callable[[], None]], None] = lambda go: go()
        self.called: Callable[[str], str] = lambda name: troubles.called(name, (), (), 0)
        self.state = SyncState()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, at once and then every two seconds."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more and ask a running sync to end; what it has fetched is kept."""
        self._timer.stop()
        self._cancelled = True

    def cancel(self) -> None:
        """End the running sync; the next one goes on from there."""
        self._cancelled = True

    def ask_now(self) -> None:
        """Sync what is connected at once."""
        self._plan.ask_now()
        self.asked.emit()
        if self.state.phase is Phase.FAILED:  # should it fail again, that is to be seen
            self._tell(SyncState(belt=self.state.belt))
        self.look()

    def told(self, error: Exception) -> str:
        """The sentence to show: the user's to mend, or a bug."""
        if isinstance(error, UserError):
            return troubles.told(error, self.called(self.state.belt))
        return self._report(error)

    def hold(self, held: bool) -> None:
        """Leave the belt that is connected alone for a while; one that appears is synced."""
        self._held = held

    def borrow(
        self,
        work: Callable[[str], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> bool:
        """Have `work(port)` done on the link's thread while nothing else talks with the belt.

        A look at the ports that is under way comes first. False where no belt is there, or
        something is under way with it.
        """
        return self._borrow(self.port, work, done, failed)

    def borrow_new(
        self,
        work: Callable[[str], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> bool:
        """As `borrow`, with the port of a belt that is not paired yet."""
        return self._borrow(self.new_port, work, done, failed)

    def _borrow(
        self,
        port: str | None,
        work: Callable[[str], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> bool:
        if port is None or self.syncing or self._waiting:
            return False
        begin = partial(self._lend, partial(work, port), done, failed)
        if self._busy:
            self._waiting = begin
        else:
            begin()
        return True

    def _lend(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        self._busy = self.syncing = True

        def over(then: Callable[[Any], None], outcome: Any) -> None:
            self._busy = self.syncing = False
            then(outcome)
            self.idle.emit()

        def go() -> None:
            self._tasks.run(LANE, work, partial(over, done), partial(over, failed))

        self.before_sync(go)

    def _lend_if_waited_for(self) -> bool:
        """Whether somebody has waited for the belt, who has it now."""
        begin, self._waiting = self._waiting, None
        if begin:
            begin()
        return begin is not None

    def look(self) -> None:
        """Ask for the ports, unless something is under way."""
        if not self._busy:
            self._busy = True
            self._tasks.run(LANE, self._link.ports, self._seen, partial(self._failed, None))

    def _seen(self, ports: list[str]) -> None:
        if self._lend_if_waited_for():
            return
        port = self._plan.next_port(ports, time.monotonic())
        if self.port not in ports:
            self.port = None
        if self.new_port and self.new_port not in ports:
            self.new_port = None
            self._tell(SyncState())
        if port is None or (self._held and not self._plan.is_new(port)):
            self._rest(connected=self._plan.connected)
            return
        self.syncing = True
        self.before_sync(partial(self._sync, port))

    def _sync(self, port: str) -> None:
        self._cancelled = False
        work = partial(self._link.sync, port, self._began, self._progressed, self._is_cancelled)
        self._tasks.run(LANE, work, partial(self._done, port), partial(self._failed, port))

    def _rest(self, connected: bool) -> None:
        self._busy = False
        if self.state.phase is Phase.CONNECTED and not connected:
            self._tell(SyncState())
        self.idle.emit()

    def _done(self, port: str, outcome: SyncOutcome) -> None:
        self._busy = self.syncing = False
        now = time.monotonic()
        if not outcome.is_belt:
            self._plan.leave_alone(port)
            return
        self.port, self.new_port = port, None
        first = self._plan.is_new(port)
        if outcome.cancelled:
            self._plan.leave_alone(port)
            error = _("The sync was stopped: press F5 or connect the belt anew to go on.")
            self._tell(SyncState(Phase.FAILED, outcome.name, error=error, stopped=True))
        else:
            self._plan.synced(port, now)
            state = SyncState(Phase.CONNECTED, outcome.name, new_minutes=outcome.new_minutes)
            self._tell(state)
        self.synced.emit(outcome, first)

    def _failed(self, port: str | None, error: Exception) -> None:
        self._busy = self.syncing = False
        if port is not None:
            self._plan.failed(port, time.monotonic())
        text = self.told(error)
        new = isinstance(error, NotPaired)
        self.new_port = port if new else None
        phase = Phase.UNPAIRED if new else Phase.FAILED
        self._tell(SyncState(phase, self.state.belt, error=text))
        if port is None and not self._lend_if_waited_for():
            self.idle.emit()

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: run `call` on the GUI thread."""
        self._tasks.post(call)

    # The next four are called on other threads.

    def tell_preparing(self, done: int, total: int) -> None:
        """What is looked for is still being made ready: a virtual belt's past."""
        self._tasks.post(lambda: self._tell(SyncState(done=done, total=total)))

    def _began(self, name: str) -> None:
        self._tasks.post(lambda: self._tell(SyncState(Phase.SYNCING, name)))

    def _progressed(self, done: int, total: int) -> None:
        self._tasks.post(lambda: self._tell(SyncState(Phase.SYNCING, self.state.belt, done, total)))

    def _is_cancelled(self) -> bool:
        """Asked with every page or so: while it is at work, the window is let through."""
        now = time.monotonic()
        if now - self._gave_way >= GIVE_WAY_S and not self._cancelled:
            self._tasks.give_way()
            self._gave_way = time.monotonic()
        return self._cancelled

    def _tell(self, state: SyncState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)
