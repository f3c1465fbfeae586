"""How long a window's thread does not answer: a clock that ticks on it, and notes where it did not."""

import time

from PyQt6.QtCore import QObject, Qt, QTimer

TICK_MS = 2


class Stalls(QObject):
    """`worst_ms` since the last `reset`: the longest time between two ticks, less one tick."""

    def __init__(self) -> None:
        super().__init__()
        self.worst_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def reset(self) -> None:
        """Begin anew."""
        self.worst_ms = 0.0
        self._last = time.perf_counter()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.worst_ms = max(self.worst_ms, (now - self._last) * 1000 - TICK_MS)
        self._last = now
