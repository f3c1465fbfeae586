"""A belt over many resets in CPython: the firmware's whole life, the world going on around it."""

from collections.abc import Iterator
from pathlib import Path

from beltwire.pages import Record
from beltwire.records import Event, unpack_event
from virtual.runner import Runner
from virtual.world import Motion, World

from tests.device.bench import PINS, STILL, Wire, _import_board, as_sensed, motion_of
from tests.device.logs import all_records


class Lives(Runner):
    """`run` lets time pass; `belt` is the belt of the present life, None while it sleeps."""

    def __init__(self, folder: Path, motion: Motion | None = None) -> None:
        self.wire = Wire()
        world = World(
            PINS["virtual"], motion or motion_of(as_sensed([STILL] * 520)), bytes(range(6))
        )
        world.stream = self.wire
        super().__init__("virtual", str(folder), world)

    def _begin(self) -> Iterator[int]:
        _import_board()
        from device.board import Board
        from device.files import Files
        from device.life import life

        self.starts += 1
        return life(Board("virtual"), Files(self._flash))

    @property
    def belt(self):  # type: ignore[no-untyped-def]
        """The `device.main.Belt` that lives now."""
        frame = self._life.gi_frame  # type: ignore[attr-defined]
        return frame.f_locals.get("belt") if frame else None

    def run(self, seconds: float) -> None:
        """Let the belt live for so long."""
        end = self.world.now_ms + round(1000 * seconds)
        wait = self.step(0)
        while self.world.now_ms + wait <= end:
            wait = self.step(wait)
        self.world.advance(end - self.world.now_ms)

    def records(self) -> list[Record]:
        """The log as the present life knows it."""
        return all_records(self.belt.log)

    def events(self, code: int) -> list[Event]:
        """The events of one code."""
        found = [unpack_event(record.payload) for record in self.records() if record.kind == 2]
        return [event for event in found if event.code == code]
