"""What surrounds the firmware: time that only moves when told to, chips, pins and a battery."""

import struct

from virtual.drv2605l import Drv2605l
from virtual.lines import Lines
from virtual.lsm6dso import RATE_HZ, SAMPLE_BYTES, Lsm6dso

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import BufferedReader

    from device.parts import Bytes, Stream

SECOND_BYTES = RATE_HZ * SAMPLE_BYTES
TICKS_MASK = 0x3FFFFFFF
FULL_UV = 2080000
EMPTY_UV = 1600000
UV_PER_HOUR = 3000
"""At the divider's pin: 160 hours from a full cell to an empty one."""


class Motion:
    """A recording as whole seconds of 52 samples of six int16 in a binary file; it loops.

    `quiet`: nothing moves at all, so that samples nobody batches need not be looked at.
    """

    quiet = False

    def __init__(self, source: "BufferedReader", seconds: int) -> None:
        self._source = source
        self._seconds = seconds
        self._held = -1
        self._buffer = bytearray(SECOND_BYTES)
        self._view = memoryview(self._buffer)

    def load(self, index: int, sample: "Bytes") -> None:
        """Put the 12 bytes of sample `index` into `sample`."""
        self._read(index)
        at = index % RATE_HZ * SAMPLE_BYTES
        sample[:] = self._view[at : at + SAMPLE_BYTES]

    def up(self, index: int) -> "list[float]":
        """The mean acceleration, in counts, of the second that sample `index` lies in."""
        self._read(index)
        return mean_up(self._buffer)

    def _read(self, index: int) -> None:
        second = index // RATE_HZ % self._seconds
        if second != self._held:
            self._source.seek(second * SECOND_BYTES)
            self._source.readinto(self._buffer)
            self._held = second


def mean_up(second: "Bytes") -> "list[float]":
    """The mean acceleration of a second of samples, in counts."""
    total = [0.0, 0.0, 0.0]
    for at in range(0, SECOND_BYTES, SAMPLE_BYTES):
        words = struct.unpack_from("<3h", second, at)
        for k in range(3):
            total[k] += words[k] / RATE_HZ
    return total


class WatchdogExpired(Exception):
    """The firmware did not feed its watchdog in time; a board would have reset."""


class MachineReset(BaseException):
    """The firmware asked for a reset; whoever runs it starts it anew."""


class DeepSleep(BaseException):
    """The firmware went to sleep for `args[0]` ms; it starts anew when it is woken."""


class World:
    """One belt's surroundings; `table` is its board's entry of hardware/pins.toml."""

    def __init__(
        self, table: "dict[str, int]", motion: Motion, unique_id: bytes, start_ms: int = 0
    ) -> None:
        self.table = table
        self.now_ms = start_ms
        self._charged_ms = start_ms
        self.unique_id = unique_id
        self.imu = Lsm6dso(motion)
        self.haptic = Drv2605l()
        self.devices: "dict[int, Lsm6dso | Drv2605l]" = {
            table["imu_address"]: self.imu,
            table["haptic_address"]: self.haptic,
        }
        self.lines = Lines()
        self.outputs: "dict[int, int]" = {}
        self.usb_power = False
        self.button_down = False
        self.battery_uv = FULL_UV
        self.reset_cause = 1
        self.browned_out = False
        self.rtc_memory = b""
        self._rtc_from_ms = 0
        self._ticks_from_ms = 0
        self._wake_pins: "list[int]" = []
        self._wake_level = True
        self._asleep_until_ms = -1
        self.stream: "Stream | None" = None
        self.watchdog_ms = 0
        self._fed_ms = start_ms

    def advance(self, ms: int) -> None:
        """Let `ms` go by. WatchdogExpired where the firmware has been silent too long."""
        self.now_ms += ms
        self.imu.advance(ms)
        self.haptic.advance(ms)
        if self.watchdog_ms and self.now_ms - self._fed_ms > self.watchdog_ms:
            raise WatchdogExpired("not fed for {} ms".format(self.now_ms - self._fed_ms))

    def feed(self) -> None:
        """The firmware is alive."""
        self._fed_ms = self.now_ms

    def ticks_ms(self) -> int:
        """The platform's counter, which wraps after 2**30 ms."""
        return (self.now_ms - self._ticks_from_ms) & TICKS_MASK

    def rtc_s(self) -> int:
        """Seconds since the power came, by the clock that resets leave alone."""
        return (self.now_ms - self._rtc_from_ms) // 1000

    # --- sleep and resets

    def wake_on(self, pins: "list[int]", level: bool) -> None:
        """The chip wakes on any of these pins."""
        self._wake_pins = pins
        self._wake_level = level

    def fall_asleep(self, ms: int) -> None:
        """Deep sleep begins."""
        self._asleep_until_ms = self.now_ms + ms
        self.watchdog_ms = 0

    @property
    def asleep_ms(self) -> int:
        """What is left of a deep sleep; 0 when the chip is awake, or is woken now by a pin."""
        if self._asleep_until_ms < 0:
            return 0
        for number in self._wake_pins:
            if bool(self.pin(number)) == self._wake_level:
                return 0
        return max(0, self._asleep_until_ms - self.now_ms)

    @property
    def is_asleep(self) -> bool:
        """In deep sleep, or just woken from it."""
        return self._asleep_until_ms >= 0

    def restart(self, cause: int) -> None:
        """The chip is reset, for a cause as `machine` numbers them; the other chips are not."""
        self.reset_cause = cause
        self.browned_out = False
        self.watchdog_ms = 0
        self._ticks_from_ms = self.now_ms
        self._asleep_until_ms = -1
        self._wake_pins = []
        self.outputs.clear()
        self.haptic.enabled = False

    def cut_power(self, brown_out: bool = False) -> None:
        """Everything loses its power for a moment; a brown-out leaves the clock's memory."""
        self.restart(1)
        self.browned_out = brown_out
        self.imu.brown_out()
        self.haptic.reset()
        if not brown_out:
            self.rtc_memory = b""
            self._rtc_from_ms = self.now_ms

    def register(self, address: int) -> int:
        """A register of the chip: its reset cause by the chip's own numbers."""
        if address != self.table["reset_register"]:
            return 0
        return 15 if self.browned_out else 1

    def device_on_bus(self, address: int) -> "Lsm6dso | Drv2605l":
        """The chip a transfer is for. OSError where there is none or the bus does not work."""
        self.lines.transfer()
        if address not in self.devices:
            raise OSError(19)
        return self.devices[address]

    def pin(self, number: int) -> int:
        """The level of an input pin."""
        table = self.table
        if number == table["imu_int1"]:
            return self.imu.int1()
        if number == table["button"]:
            return 1 if self.button_down else 0
        if number == table["i2c_sda"]:
            return self.lines.sda()
        if number == table["usb_sense"]:
            return 1 if self.usb_power else 0
        return self.outputs.get(number, 0)

    def drive(self, number: int, level: int) -> None:
        """The firmware sets an output pin."""
        self.outputs[number] = level
        if number == self.table["i2c_scl"]:
            self.lines.drive_scl(level)
        if number == self.table["haptic_enable"]:
            self.haptic.enabled = bool(level)

    def read_uv(self) -> int:
        """Microvolts at the battery divider's pin: falling with time, down to an empty cell."""
        used = (self.now_ms - self._charged_ms) // 1000 * UV_PER_HOUR // 3600
        return max(min(EMPTY_UV, self.battery_uv), self.battery_uv - used)


class Current:
    """The world that the platform modules speak to, one at a time."""

    world: "World | None" = None


def enter(world: World) -> None:
    """Make `world` the one that `machine` and `time` belong to."""
    Current.world = world


def current() -> World:
    """The world entered last."""
    if Current.world is None:
        raise RuntimeError("no world has been entered")
    return Current.world
