"""A belt on the test bench: the firmware in CPython, around it a simulated world."""

import io
import random
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path

from beltwire.records import Event, Minute, unpack_event, unpack_minute
from device.board_table import PINS
from device.files import Files
from virtual import clockwork, esp32, machine
from virtual.world import Motion, World, enter

from tests.device.logs import all_records

STILL = (4098, 0, 0, 0, 0, 0)  # x up, at rest, in counts


def _import_board() -> None:
    """Import `device.board` onto the stand-ins, leaving Python's own `time` where it was."""
    if "device.board" in sys.modules:
        return
    real = sys.modules["time"]
    sys.modules["machine"] = machine  # type: ignore[assignment]
    sys.modules["esp32"] = esp32  # type: ignore[assignment]
    sys.modules["time"] = clockwork  # type: ignore[assignment]
    try:
        import device.board  # noqa: F401
    finally:
        sys.modules["time"] = real
        del sys.modules["machine"], sys.modules["esp32"]


def motion_of(samples: Sequence[Sequence[int]]) -> Motion:
    """A recording of these samples (six int16 counts each, a whole number of seconds)."""
    data = array("h", [value for sample in samples for value in sample]).tobytes()
    return Motion(io.BufferedReader(io.BytesIO(data)), len(samples) // 52)  # type: ignore[arg-type]


def as_sensed(samples: Sequence[Sequence[int]], seed: int = 1) -> list[list[int]]:
    """The samples with a sensor's noise (2 mg, 0.1 deg/s): none that works says the same twice."""
    chance = random.Random(seed)
    spread = (8, 8, 8, 1.5, 1.5, 1.5)
    return [
        [round(value + chance.gauss(0, s)) for value, s in zip(sample, spread, strict=True)]
        for sample in samples
    ]


class Wire:
    """The host's end of the serial line, and the belt's stream in one."""

    def __init__(self) -> None:
        self.to_belt = bytearray()
        self.to_host = bytearray()
        self.room = 1 << 30

    def readinto(self, buffer: bytearray) -> int | None:
        count = min(len(buffer), len(self.to_belt))
        buffer[:count] = self.to_belt[:count]
        del self.to_belt[:count]
        return count or None

    def write(self, data: bytes | bytearray | memoryview) -> int | None:
        count = min(len(data), self.room)
        self.to_host += data[:count]
        self.room -= count
        return count or None


class Bench:
    """One power-on of a belt with its flash in `folder`; without a `guard` any host may ask."""

    def __init__(
        self,
        folder: Path,
        motion: Motion | None = None,
        start_ms: int = 0,
        *,
        guarded: bool = False,
    ) -> None:
        _import_board()
        from device.board import Board
        from device.main import Belt

        self.wire = Wire()
        self.world = World(
            PINS["virtual"],
            motion or motion_of(as_sensed([STILL] * 520)),
            bytes(range(6)),
            start_ms,
        )
        self.world.stream = self.wire
        enter(self.world)
        self.belt = Belt(Board("virtual"), Files(str(folder)))
        if not guarded:
            self.belt.session.guard = None

    def start(self) -> "Bench":
        """Boot."""
        self.belt.start()
        self.belt.board.start_watchdog()
        return self

    def run(self, seconds: float) -> None:
        """Let the main loop go on for so long."""
        end = self.world.now_ms + round(1000 * seconds)
        wait = self.belt.tick()
        while self.world.now_ms + wait <= end:
            self.world.advance(wait)
            wait = self.belt.tick()
        self.world.advance(end - self.world.now_ms)

    def events(self, code: int | None = None) -> list[Event]:
        """What the log holds of events, of one code or all."""
        found = [unpack_event(r.payload) for r in all_records(self.belt.log) if r.kind == 2]
        return [event for event in found if code is None or event.code == code]

    def minutes(self) -> list[tuple[int, Minute]]:
        """Start in seconds since boot and contents of the minutes of this boot."""
        log = self.belt.log
        records = [r for r in all_records(log) if r.kind == 1 and r.boot == log.boot]
        return [(record.t_s, unpack_minute(record.payload)) for record in records]
