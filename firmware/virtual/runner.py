"""Runs the unchanged firmware in a simulated world; the outside steps it and owns the time."""

import os
import sys

from virtual import chip_os, clockwork, machine
from virtual.world import Motion, World, enter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Stream


def install() -> None:
    """Put the stand-ins where the firmware imports its platform from."""
    sys.modules["machine"] = machine
    if not hasattr(os, "urandom"):
        sys.modules["os"] = chip_os
    sys.modules["time"] = clockwork


class Runner:
    """One power-on of the belt: `step` lets time pass and gives the firmware a round."""

    def __init__(
        self, board: str, flash: str, motion: Motion, unique_id: bytes, stream: "Stream"
    ) -> None:
        from device.board_table import PINS

        self.world = World(PINS[board], motion, unique_id)
        self.world.stream = stream
        enter(self.world)
        install()
        from device.main import make_belt

        self.belt = make_belt(board, flash)
        self.belt.board.start_watchdog()

    def step(self, ms: int) -> int:
        """`ms` go by, then one round of the main loop; returns the ms until the next is due."""
        self.world.advance(ms)
        return self.belt.tick()
