"""The one bridge between threads: slow work off the GUI thread, results back on it.

Work runs in named lanes, one thread each, in the order it was given: "store" reads the
database, "link" talks to the belt. A lane's thread lives as long as the bridge, so what
belongs to a thread (a database connection) can be kept there.

Python runs one thread at a time. So a lane whose result is being shown waits for that before it
goes on (`give_way`), and results that come together are shown one after the other, each in a turn
of its own and painted before the next: in between the user is answered.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, Lock
from typing import Any, TypeVar

from PyQt6.QtCore import QObject, Qt, pyqtSignal

T = TypeVar("T")
Failed = Callable[[Exception], None]
MOST_WAITING = 3
LONGEST_S = 0.2
"""A window that is busy for longer is not waited for: it may be closing."""
LOOK_S = 0.05


class Turn:
    """Keeps what two lanes do to the data one after the other."""

    def __init__(self) -> None:
        self._lock = Lock()

    @contextmanager
    def taken(self, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait for one's turn; `waiting` is called meanwhile, and what it raises ends that."""
        while not self._lock.acquire(timeout=LOOK_S):
            waiting()
        try:
            yield
        finally:
            self._lock.release()


class Tasks(QObject):
    """Runs callables in lanes. Create, call `run` and `close` on the GUI thread only."""

    _came = pyqtSignal()
    _turn_over = pyqtSignal()
    _painted = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._closed = False
        self._calls: deque[Callable[[], None]] = deque()
        self._under_way = False  # a call, or the painting of it
        self._waiting: set[Event] = set()
        _queue(self._came, self._begin)
        _queue(self._turn_over, self._painted)
        _queue(self._painted, self._next)

    def run(
        self, lane: str, work: Callable[[], T], done: Callable[[T], None], failed: Failed
    ) -> None:
        """Run `work` in the lane's thread, then `done(result)` or `failed(error)` on the GUI's."""
        if self._closed:
            return
        if lane not in self._lanes:
            self._lanes[lane] = ThreadPoolExecutor(1, f"plumbline-{lane}")
        self._lanes[lane].submit(self._work, work, done, failed)

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: run `call` on the GUI thread soon, in order; dropped after `close`."""
        self._calls.append(call)
        self._came.emit()

    def give_way(self) -> None:
        """From a lane's thread: wait until the window has shown what came so far."""
        if not self._closed:
            shown = Event()
            self._waiting.add(shown)
            self.post(shown.set)
            shown.wait(LONGEST_S)
            self._waiting.discard(shown)

    def close(self, last: Mapping[str, Callable[[], None]] | None = None) -> None:
        """Skip waiting work, run `last[lane]` in the lanes that were used, end their threads."""
        self._closed = True
        for shown in tuple(self._waiting):
            shown.set()
        for name, executor in self._lanes.items():
            if last and name in last:
                executor.submit(last[name])
            executor.shutdown(wait=True)

    def _work(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        if self._closed:
            return
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - carried to the GUI thread, shown there
            caught = error
            self.post(lambda: failed(caught))
        else:
            self.post(lambda: done(result))
        self.give_way()

    def _begin(self) -> None:
        """Something came; if nothing else is being shown, it is its turn."""
        if not self._under_way:
            self._next()

    def _next(self) -> None:
        """One call, more where too many wait: a window that paints slowly must not lag behind.

        What comes then is asked for first: the call may have an event loop inside.
        """
        self._under_way = bool(self._calls) and not self._closed
        if self._under_way:
            self._turn_over.emit()
            for _call in range(max(1, len(self._calls) - MOST_WAITING)):
                if self._calls:
                    self._calls.popleft()()


def _queue(signal: Any, slot: Any) -> None:
    """Connect for a later turn of the event loop, also on one thread."""
    signal.connect(slot, Qt.ConnectionType.QueuedConnection)
