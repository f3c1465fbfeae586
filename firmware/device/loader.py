"""The first code of ours that a board runs: picks the version, and never lets go of the prompt.

It lies outside of both slots, with copies of `files` and `slots` beside it, and is replaced only
when a board is flashed. Whatever ends the firmware, the chip is reset: the prompt is reached in
one way alone, which the firmware opens to its owner (`leave_for_repl`).
"""

import sys

from . import slots  # relative: on a board this is the package `loader`

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from device.parts import Folder

REPL_ONCE = "repl"
CTRL_C = 3


def leave_for_repl(files: "Folder") -> None:
    """At the next start there is the prompt instead of the firmware, that once."""
    with files.open(REPL_ONCE, "wb"):
        pass


def wants_repl(files: "Folder") -> bool:
    """Whether this start is the one with the prompt; asking takes the wish away."""
    if REPL_ONCE not in files.listdir(""):
        return False
    files.remove(REPL_ONCE)
    return True


def run(
    files: "Folder", root: str, keyboard: "Callable[[int], None]", reset: "Callable[[], None]"
) -> None:
    """What main.py does. `keyboard` sets the byte that interrupts, `reset` starts the chip over.

    `root` is where the flash is mounted, without the slash behind.
    """
    if wants_repl(files):
        keyboard(CTRL_C)
        return
    try:
        sys.path.insert(0, root + "/" + slots.choose(files))
        _firmware()
    finally:
        reset()


def _firmware() -> None:
    from device.main import main

    main()
