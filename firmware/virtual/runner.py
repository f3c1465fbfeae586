"""Runs the unchanged firmware in a simulated world; the outside steps it and owns the time."""

import os
import sys

from virtual import chip_os, clockwork, esp32, machine
from virtual.world import DeepSleep, MachineReset, Motion, World, enter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from device.files import Files
    from device.parts import Stream

FIRMWARE = ("beltcore", "beltwire", "device")


def forget_firmware() -> None:
    """What a reset does to the firmware: nothing of it is left, the next import starts afresh."""
    for name in list(sys.modules):
        if name.split(".")[0] in FIRMWARE:
            del sys.modules[name]


def pins(board: str) -> "dict[str, int]":
    """A board's entry of the table."""
    from device.board_table import PINS

    return PINS[board]


def install() -> None:
    """Put the stand-ins where the firmware imports its platform from."""
    sys.modules["machine"] = machine
    sys.modules["esp32"] = esp32
    if not hasattr(os, "urandom"):
        sys.modules["os"] = chip_os
    sys.modules["time"] = clockwork


class Runner:
    """A belt with its power on: `step` lets time pass and gives the firmware a round.

    A reset and the end of a deep sleep start the firmware over, its memory gone. An exception
    that the firmware does not catch comes out of `step`.
    """

    def __init__(self, board: str, flash: str, world: World) -> None:
        self.world = world
        self._board = board
        self._flash = flash
        self.starts = 0
        self.look_ms = 1000
        """In deep sleep the world is looked at this often."""
        self._on_trial = False
        enter(world)
        self._life = self._begin()

    def _begin(self) -> "Iterator[int]":
        """The firmware from its first line, as after any reset."""
        install()
        self._enter_slot()
        self.starts += 1
        try:
            return self._load()
        except Exception as error:  # noqa: BLE001 - raised again unless an update is on trial
            self._give_up(error)
            return self._begin()

    def _load(self) -> "Iterator[int]":
        from device.board import Board
        from device.life import life

        return life(Board(self._board), self._files())

    def _give_up(self, error: Exception) -> None:
        """An update on trial may fall over, and is rolled back; nothing else may."""
        if not self._on_trial:
            raise error
        print("the update on trial fell over:", repr(error))

    def _files(self) -> "Files":
        from device.files import Files

        return Files(self._flash)

    def _enter_slot(self) -> None:
        """As the loader on a board: the chosen slot comes before the firmware that is built in."""
        built_in = [path for path in sys.path if not path.startswith(self._flash + "/")]
        sys.path[:] = built_in  # the slot that ran so far may hold nothing that can choose
        forget_firmware()
        from device import slots

        files = self._files()
        chosen = slots.choose(files)
        self._on_trial = slots.read_state(files).trial == slots.TRYING
        forget_firmware()
        sys.path[:] = [self._flash + "/" + chosen] + built_in

    def restart(self, cause: int) -> None:
        """The chip is reset, for a cause as `machine` numbers them."""
        self.world.restart(cause)
        self._life = self._begin()

    def cut_power(self, brown_out: bool = False) -> None:
        """The power fails, and comes back at once."""
        self.world.cut_power(brown_out)
        self._life = self._begin()

    def step(self, ms: int, called: bool = False) -> int:
        """`ms` go by, then one round of the firmware; returns the ms until the next is due.

        `called`: a host speaks. It has plugged in a cable, which wakes a belt that sleeps.
        """
        world = self.world
        world.advance(ms)
        if world.is_asleep:
            if called:
                world.usb_power = True
            left = world.asleep_ms
            if left and not called:
                return min(left, self.look_ms)
            self.restart(machine.DEEPSLEEP_RESET)
        try:
            return next(self._life)
        except DeepSleep as sleep:
            world.fall_asleep(sleep.args[0])
        except MachineReset:
            self.restart(machine.HARD_RESET)
        except Exception as error:  # noqa: BLE001 - as above
            self._give_up(error)
            self.restart(machine.WDT_RESET)
        return 0


def belt(
    board: str, flash: str, motion: Motion, unique_id: bytes, stream: "Stream | None"
) -> Runner:
    """A belt that is switched on for the first time."""
    world = World(pins(board), motion, unique_id)
    world.stream = stream
    return Runner(board, flash, world)
