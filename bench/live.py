"""The live view on the virtual belt: how many samples a second are drawn, and how late.

The belt's clock is placed on ours by its greeting: it lies between our question and the answer,
half of whose way is the error. Late is from the end of a sample, by the belt's clock, to the end
of the painting that shows it.
"""

import time
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from plumbline.ui.link_work import SerialLink
from plumbline.virtual_belt import VirtualBelt
from PyQt6.QtCore import QEvent, QObject, QTimer

from bench.stalls import Stalls

WARM_S = 3.0


class OnePort(SerialLink):
    """The virtual belt's port."""

    def __init__(self, folder: Path, port: str) -> None:
        super().__init__(folder)
        self.port, self.plugged_in = port, True

    def ports(self) -> list[str]:
        """The one."""
        return [self.port] if self.plugged_in else []


class Paintings(QObject):
    """When each sample was on the screen: by the belt's clock, and by ours."""

    def __init__(self, window) -> None:
        super().__init__()
        self.seen: list[tuple[int, float]] = []
        self._newest: int | None = None
        window.talk.sampled.connect(lambda sample, _at: self._take(sample.mono_ms))
        window.live.figure.installEventFilter(self)

    def _take(self, mono_ms: int) -> None:
        self._newest = mono_ms

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        """After each painting of the figure note what it showed."""
        if event is not None and event.type() == QEvent.Type.Paint and self._newest is not None:
            shown, self._newest = self._newest, None
            QTimer.singleShot(0, lambda: self.seen.append((shown, time.monotonic())))
        return False


def clock_offset(port: str) -> tuple[float, float]:
    """Seconds to add to the belt's clock for ours, and how far that may be off."""
    from plumbline.errors import LinkError
    from plumbline.link.conversation import Conversation
    from plumbline.link.port import Port

    best = (0.0, float("inf"))
    with Port(port) as opened:
        for _try in range(5):
            talk = Conversation(opened)
            asked = time.monotonic()
            try:
                hello = talk.greet()
            except LinkError:  # a busy machine: the belt is not up yet
                continue
            came = time.monotonic()
            half = (came - asked) / 2
            if half < best[1]:
                best = (asked + half - hello.mono_ms / 1000, half)
    return best


def measure(_folder: Path, seconds: float) -> dict[str, float]:
    """Look at the page Live for so long."""
    from bench.window import opened, settle, shut

    with TemporaryDirectory() as scratch, VirtualBelt(Path(scratch) / "belt") as belt:
        offset, error = clock_offset(belt.port)
        data = Path(scratch) / "data"
        data.mkdir()
        _app, window = opened(data, OnePort(data, belt.port))
        window.show()
        window.start()
        while not window.tabs.isVisible():
            settle(0.1)
        window.tabs.setCurrentWidget(window.live)
        paintings = Paintings(window)
        while not paintings.seen:
            settle(0.1)
        settle(WARM_S)
        paintings.seen.clear()
        stalls = Stalls()
        settle(seconds)
        seen = list(paintings.seen)
        shut(window)
    late = [(at - (mono_ms / 1000 + offset)) * 1000 for mono_ms, at in seen]
    return {
        "rate": (len(seen) - 1) / (seen[-1][1] - seen[0][1]),
        "late_ms": median(late),
        "late_worst_twentieth_ms": quantiles(late, n=20)[-1],
        "clock_error_ms": error * 1000,
        "stall_ms": stalls.worst_ms,
    }
