"""A belt under observation: the unchanged firmware, its flash and its motion in our hands.

Everything that is watched is watched at the seams: how a second is decided and a block unpacked is
done with the heap locked, so an allocation per sample ends the story; the flash can be full or
lose its power between two steps of writing.
"""

# This runs in MicroPython, which has no type hints at run time and no pathlib.
# ruff: noqa: PTH123, SIM115
import micropython
from virtual.runner import Runner, pins
from virtual.world import World

LOG_SEGMENTS = 2
NO_SPACE = 28
SECOND_BYTES = 624


class PowerCut(BaseException):
    """The power went in the midst of writing."""


class Scenes:
    """Motion in scenes, each a stretch of seconds of one file that is repeated."""

    def __init__(self, path, scenes):
        self._file = open(path, "rb")
        self._scenes = scenes
        self._buffer = bytearray(SECOND_BYTES)
        self._view = memoryview(self._buffer)
        self._held = -1
        self.name = ""
        self.play("sit")

    def play(self, name):
        """Go over to another scene."""
        self.name = name
        self._first, self._seconds = self._scenes[name]

    @property
    def quiet(self):
        """Nothing moves."""
        return self.name == "table"

    def load(self, index, sample):
        """The 12 bytes of a sample."""
        second = self._first + index // 52 % self._seconds
        if second != self._held:
            self._file.seek(second * SECOND_BYTES)
            self._file.readinto(self._buffer)
            self._held = second
        at = index % 52 * 12
        sample[:] = self._view[at : at + 12]


class Line:
    """The serial line, both ends of it."""

    def __init__(self):
        self.to_belt = bytearray()
        self.to_host = bytearray()

    def readinto(self, buffer):
        """The belt reads."""
        count = min(len(buffer), len(self.to_belt))
        buffer[:count] = self.to_belt[:count]
        self.to_belt = self.to_belt[count:]
        return count

    def write(self, data):
        """The belt writes."""
        self.to_host.extend(data)
        return len(data)

    def take(self):
        """What has come for the host."""
        data = bytes(self.to_host)
        self.to_host = bytearray()
        return data


class Worn(Runner):
    """The belt; `events` are all it logged, as (ms, boot, code, values, scene)."""

    def __init__(self, motion, start_ticks):
        world = World(pins("virtual"), motion, bytes(range(6)))
        world._ticks_from_ms = -start_ticks
        world.stream = self.line = Line()
        self.motion = motion
        self.belt = None
        self.events = []
        self.locked_seconds = 0
        self.flash_full = False
        self.cut_after = -1
        super().__init__("virtual", "/flash", world)

    def step(self, ms, called=False):
        """As `Runner.step`; a power cut in the midst of it is survived like any other."""
        try:
            return super().step(ms, called)
        except PowerCut:
            self.cut_after = -1
            self.cut_power()
            return 0

    def _files(self):
        from device.files import Files

        worn = self

        class Flash(Files):
            """The flash, which may fill up or lose its power at each step of writing."""

            def _step(self):
                if worn.flash_full:
                    raise OSError(NO_SPACE)
                if worn.cut_after >= 0:
                    worn.cut_after -= 1
                    if worn.cut_after < 0:
                        raise PowerCut

            def open(self, name, mode):
                if mode != "rb":
                    self._step()
                return Files.open(self, name, mode)

            def rename(self, old, new):
                self._step()
                Files.rename(self, old, new)

            def remove(self, name):
                if worn.cut_after >= 0:
                    self._step()
                Files.remove(self, name)

        return Flash("/flash")

    def _begin(self):
        life = super()._begin()
        self.belt = None
        from device import rest

        until_wanted = rest.until_wanted

        def then_observe(board, kept):
            yield from until_wanted(board, kept)
            self._observe()

        rest.until_wanted = then_observe
        return life

    def _observe(self):
        """Watch the firmware that has just been imported."""
        from beltcore.pipeline import Pipeline
        from device.board_table import PINS
        from device.imu import Imu
        from device.main import Belt

        PINS["virtual"]["log_segments"] = LOG_SEGMENTS
        worn = self
        second = Pipeline.second
        unpack = Imu._unpack
        start = Belt.start
        log_event = Belt.log_event

        def locked_second(pipeline, block, motor_on, minute_of_day):
            micropython.heap_lock()
            try:
                second(pipeline, block, motor_on, minute_of_day)
            finally:
                micropython.heap_unlock()
            worn.locked_seconds += 1

        def locked_unpack(sensor, block):
            micropython.heap_lock()
            try:
                return unpack(sensor, block)
            finally:
                micropython.heap_unlock()

        def seen_start(belt):
            worn.belt = belt
            start(belt)

        def seen_event(belt, code, *values):
            worn.events.append((worn.world.now_ms, belt.log.boot, code, values, worn.motion.name))
            log_event(belt, code, *values)

        Pipeline.second = locked_second
        Imu._unpack = locked_unpack
        Belt.start = seen_start
        Belt.log_event = seen_event
