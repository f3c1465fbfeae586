"""Stands in for MicroPython's `machine`: the calls the firmware makes, onto the current world."""

from virtual.world import DeepSleep, MachineReset, current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bytes, Stream

PWRON_RESET = 1
HARD_RESET = 2
WDT_RESET = 3
DEEPSLEEP_RESET = 4
SOFT_RESET = 5


class Pin:
    """A pin by its number."""

    IN = 0
    OUT = 1
    OPEN_DRAIN = 7
    PULL_UP = 2
    PULL_DOWN = 1

    def __init__(self, number: int, mode: int = IN, pull: int = 0, value: int = 0) -> None:
        self.number = number
        if mode in (Pin.OUT, Pin.OPEN_DRAIN):
            current().drive(number, value)

    def value(self, level: "int | None" = None) -> int:
        """Read the pin, or set it."""
        if level is not None:
            current().drive(self.number, level)
        return current().pin(self.number)


class I2C:
    """The bus all chips are on."""

    def __init__(self, bus: int, scl: Pin, sda: Pin, freq: int) -> None:
        self.bus = bus

    def readfrom_mem_into(self, address: int, register: int, buffer: "Bytes") -> None:
        """Read registers into `buffer`. OSError: no acknowledge."""
        current().device_on_bus(address).read(register, buffer)

    def writeto_mem(self, address: int, register: int, data: "Bytes") -> None:
        """Write registers. OSError: no acknowledge."""
        current().device_on_bus(address).write(register, data)


class ADC:
    """The battery's pin."""

    ATTN_11DB = 3

    def __init__(self, pin: Pin, atten: int) -> None:
        self.pin = pin

    def read_uv(self) -> int:
        """Microvolts."""
        return current().read_uv()


class UART:
    """The serial line: the world's stream, which never blocks."""

    def __init__(self, number: int, baud: int, timeout: int, rxbuf: int, txbuf: int) -> None:
        stream = current().stream
        if stream is None:
            raise OSError(19)
        self._stream: "Stream" = stream

    def readinto(self, buffer: bytearray) -> "int | None":
        """Bytes read; None when none wait."""
        return self._stream.readinto(buffer)

    def write(self, data: "Bytes") -> "int | None":
        """Bytes taken; None when there is no room."""
        return self._stream.write(data)


class WDT:
    """The watchdog, counting the world's time."""

    def __init__(self, timeout: int) -> None:
        current().watchdog_ms = timeout
        current().feed()

    def feed(self) -> None:
        """The firmware is alive."""
        current().feed()


class RTC:
    """The clock's memory, which outlives resets."""

    def memory(self, data: "bytes | None" = None) -> bytes:
        """Read it, or put `data` in its place."""
        if data is not None:
            current().rtc_memory = bytes(data)
        return current().rtc_memory


class Registers:
    """Memory by address: only the register of reset causes is there."""

    def __getitem__(self, address: int) -> int:
        return current().register(address)


mem32 = Registers()


def unique_id() -> bytes:
    """The chip's own address."""
    return current().unique_id


def reset_cause() -> int:
    """Why the chip started."""
    return current().reset_cause


def lightsleep(ms: int) -> None:
    """Sleep: the world goes on."""
    current().advance(ms)


def deepsleep(ms: int) -> None:
    """Everything but the clock's memory is lost; the firmware starts over when it ends."""
    raise DeepSleep(ms)


def reset() -> None:
    """Start over."""
    raise MachineReset("the firmware asked for a reset")
