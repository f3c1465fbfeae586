"""The virtual belt's button on the keyboard: Enter presses it, a number holds it for longer."""

import os
import signal
import sys
import threading
from collections.abc import Callable

from plumbline.i18n import _
from plumbline.virtual_belt.belt import PRESS_S

LONGEST_S = 60.0
READ_BYTES = 256


def offer(press: Callable[[float], None]) -> None:
    """Press the button for each line of standard input, for as long as the program runs."""
    try:
        source = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):  # none, or none that is a file
        return
    if hasattr(signal, "SIGTTIN"):
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)  # in the background nobody presses
    if sys.stdin.isatty():
        print(
            _("Enter presses the belt's button; a number and Enter holds it so many seconds."),
            file=sys.stderr,
        )
    threading.Thread(target=_heed, args=(source, press), daemon=True).start()


def _heed(source: int, press: Callable[[float], None]) -> None:
    """Reads the file itself: a thread in sys.stdin would keep the program from ending."""
    held = b""
    while True:
        try:
            data = os.read(source, READ_BYTES)
        except OSError:
            return
        if not data:
            return
        *lines, held = (held + data).split(b"\n")
        for line in lines:
            seconds = seconds_of(line.decode("utf-8", "replace"))
            if seconds is None:
                print(_("Press Enter alone, or write a number of seconds."), file=sys.stderr)
            else:
                press(seconds)


def seconds_of(line: str) -> float | None:
    """How long the button is held: PRESS_S for an empty line, None where it is no number."""
    if not line.strip():
        return PRESS_S
    try:
        seconds = float(line.replace(",", "."))
    except ValueError:
        return None
    return seconds if 0 < seconds <= LONGEST_S else None
