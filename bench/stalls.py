"""How long a window's thread does not answer: a clock that ticks on it."""

import time

from PyQt6.QtCore import QObject, Qt, QTimer

TICK_MS = 2


class Stalls(QObject):
    """Since the last `reset`: the longest time between two ticks, less one tick, and the longest
    time the thread itself was at work between two. The rest of the first is other threads and
    other programs, of which a busy machine has many."""

    def __init__(self) -> None:
        super().__init__()
        self.reset()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def reset(self) -> None:
        """Begin anew."""
        self.worst_ms = self.work_ms = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.worst_ms = max(self.worst_ms, (now - self._last) * 1000 - TICK_MS)
        self.work_ms = max(self.work_ms, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked
