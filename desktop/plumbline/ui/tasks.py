"""The one bridge between threads: slow work off the GUI thread, results back on it.

Work runs in named lanes, one thread each, in the order it was given: "store" reads the
database, "link" talks to the belt. A lane's thread lives as long as the bridge, so what
belongs to a thread (a database connection) can be kept there.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PyQt6.QtCore import QObject, pyqtSignal

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Tasks(QObject):
    """Runs callables in lanes. Create, call `run` and `close` on the GUI thread only."""

    _called = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._closed = False
        self._called.connect(self._call)

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
        self._called.emit(call)

    def close(self, last: Mapping[str, Callable[[], None]] | None = None) -> None:
        """Skip waiting work, run `last[lane]` in the lanes that were used, end their threads."""
        self._closed = True
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

    def _call(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()
