"""Keeps a talk with the belt open while a page wants it, and gives way to syncs."""

from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import Any

from beltwire.messages import HelloReply, LiveRepetition, LiveSample
from PyQt6.QtCore import QObject, pyqtSignal

from plumbline.errors import UserError
from plumbline.ui.belt_talk import Listener, LiveConversation, Wish
from plumbline.ui.link_work import Link
from plumbline.ui.presenters.status import Phase, SyncState
from plumbline.ui.sync_controller import SyncController
from plumbline.ui.talk_state import TalkPhase, TalkState
from plumbline.ui.tasks import Tasks

LANE = "talk"


class Stop:
    """Whether a talk is to end; asked on the window's thread, called on the talk's."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked


class TalkController(QObject):
    """Opens the talk when `want(True)` and a belt is there; a sync pauses it."""

    changed = pyqtSignal(object)
    sampled = pyqtSignal(object, float)
    repeated = pyqtSignal(object)

    def __init__(self, tasks: Tasks, link: Link, sync: SyncController) -> None:
        super().__init__(tasks)
        self._tasks, self._link, self._sync = tasks, link, sync
        self._wanted = self._running = False
        self._stop = Stop()
        self._then: Callable[[], None] | None = None
        self._wishes: SimpleQueue[Wish] = SimpleQueue()
        self.state = TalkState()
        sync.before_sync = self._give_way
        sync.synced.connect(lambda *_outcome: self._resume())
        sync.idle.connect(self._resume)
        sync.changed.connect(self._new_belt)

    def want(self, wanted: bool) -> None:
        """A page that needs the belt was opened (True), or none is open any more."""
        self._wanted = wanted
        if wanted:
            self._resume()
        else:
            self._stop.asked = True

    def try_again(self) -> None:
        """Look for the belt at once, should it not be there."""
        if self.state.phase is TalkPhase.FAILED:
            self._tell(TalkState())
        self._sync.look()
        self._resume()

    def stop(self) -> None:
        """End the talk for good."""
        self._then = None
        self.want(False)

    def ask(
        self,
        work: Callable[[LiveConversation], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Have `work` done in the open talk; the outcome comes on the GUI thread.

        Nothing is called where the talk ends before: the page is told of that by `changed`.
        """
        if self.state.phase is not TalkPhase.OPEN:
            return
        post = self._tasks.post
        self._wishes.put(
            Wish(
                work,
                lambda answer: post(lambda: done(answer)),
                lambda error: post(lambda: failed(error)),
            )
        )

    def _new_belt(self, state: SyncState) -> None:
        if state.phase is Phase.UNPAIRED:
            self._resume()

    def _resume(self) -> None:
        port = self._sync.port
        if self._running or not self._wanted or self._sync.syncing:
            return
        if port is None:
            if self._sync.new_port is not None:
                self._tell(TalkState(TalkPhase.UNPAIRED))
            elif self.state.phase is not TalkPhase.FAILED:
                self._tell(TalkState())
            return
        self._running = True
        self._stop = Stop()
        self._wishes = SimpleQueue()
        if self.state.phase is not TalkPhase.FAILED:
            self._tell(TalkState(TalkPhase.CONNECTING))
        listener = Listener(self._met, self._sample, self._repetition)
        work = partial(self._link.talk, port, self._wishes, listener, self._stop)
        self._tasks.run(LANE, work, self._ended, self._failed)

    def _give_way(self, go: Callable[[], None]) -> None:
        """A sync needs the port: end the talk, then `go`."""
        if not self._running:
            go()
            return
        self._then = go
        self._stop.asked = True

    def _ended(self, _none: None) -> None:
        syncing = self._then is not None
        self._over(TalkState(TalkPhase.SYNCING if syncing else TalkPhase.NO_BELT))

    def _failed(self, error: Exception) -> None:
        text, known = self._sync.told(error), isinstance(error, UserError)
        self._over(TalkState(TalkPhase.FAILED, error=text, goes_on=known))

    def _over(self, state: TalkState) -> None:
        self._running = False
        self._tell(state)
        then, self._then = self._then, None
        if then:
            then()
        elif self._wanted and state.phase is not TalkPhase.FAILED:
            self._resume()

    # The next three are called on the talk's thread.

    def _met(self, hello: HelloReply, rate: int) -> None:
        self._tasks.post(lambda: self._tell(TalkState(TalkPhase.OPEN, hello, rate)))

    def _sample(self, sample: LiveSample, at_s: float) -> None:
        self._tasks.post(lambda: self.sampled.emit(sample, at_s))

    def _repetition(self, repetition: LiveRepetition) -> None:
        self._tasks.post(lambda: self.repeated.emit(repetition))

    def _tell(self, state: TalkState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(self.state)
