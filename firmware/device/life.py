"""The firmware's whole life from one reset to the next, and how a board lives it.

`life` yields the milliseconds it has nothing to do for. A board sleeps them away; the virtual
belt and the tests let their own time pass. Nothing else tells the two apart.
"""

import sys

from device import keep, rest
from device.files import Files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from device.board import Board

CRASH_FILE = "crash"


def life(board: "Board", files: Files) -> "Iterator[int]":
    """Sleep on, or boot and run for ever."""
    yield from rest.until_wanted(board, keep.Keep(board))
    from device.main import Belt  # not before: a look out of deep sleep is to be short

    belt = Belt(board, files)
    belt.start()
    board.start_watchdog()
    while True:
        yield belt.tick()


def run(board: "Board", files: Files) -> None:
    """Live. What goes wrong is kept in the file `crash`, and the watchdog starts over."""
    try:
        for ms in life(board, files):
            board.idle(ms)
    except Exception as error:
        with files.open(CRASH_FILE, "w") as out:
            sys.print_exception(error, out)  # type: ignore[arg-type]
        raise
