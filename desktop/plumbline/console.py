"""The terminal: progress (a bar that stays in its line, else a few lines), and a passphrase."""

import getpass
import sys
import time
from collections.abc import Callable
from typing import TextIO

from plumbline.closing import Closing
from plumbline.i18n import _

QUIET_S = 1.0  # what takes less needs no progress
BAR_STEP_S = 0.1
LINE_STEP_S = 5.0
WIDTH = 30


class ProgressText(Closing):
    """Shows how far something is, once it has taken longer than a second; `with` ends the bar."""

    def __init__(
        self,
        label: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = label
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._tty = self._stream.isatty()
        self._start = clock()
        self._next = self._start + QUIET_S
        self._bar_shown = False
        self._reached = 0.0  # the part told last

    def show(self, done: int, total: int, detail: str = "") -> None:
        """`done` of `total` units of any kind; `detail` stands behind the percentage."""
        now = self._clock()
        ends = done >= total and 0 < self._reached < 1  # what began to be told is told to its end
        if total <= 0 or (now < self._next and not ends):
            return
        self._reached = done / total
        self._next = now + (BAR_STEP_S if self._tty else LINE_STEP_S)
        text = f"{self._label} {100 * done // total:3d} %{detail}{self._left(done, total, now)}"
        if self._tty:
            full = WIDTH * done // total
            self._stream.write(f"\r[{'#' * full}{'.' * (WIDTH - full)}] {text}\x1b[K")
            self._bar_shown = True
        else:
            self._stream.write(text + "\n")
        self._stream.flush()

    def close(self) -> None:
        """End the bar's line."""
        if self._bar_shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._bar_shown = False

    def _left(self, done: int, total: int, now: float) -> str:
        if not 0 < done < total:
            return ""
        left = (now - self._start) * (total - done) / done
        return ", " + _("{n} s left").format(n=round(left))


def ask_on_terminal(question: str) -> str | None:
    """A passphrase typed on a terminal, unseen; None where there is none."""
    if not sys.stdin.isatty():
        return None
    try:
        return getpass.getpass(question)
    except EOFError:
        return None
