"""The board the firmware runs on: the only module that imports `machine`, `esp32` and `time`.

The pins come from `board_table.py`, which is generated from `hardware/pins.toml`.
"""

import os
import sys
import time

import esp32
import machine
from beltwire import codes

from device.board_table import PINS, TEXTS
from device.bus import SharedBus

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bus, Bytes, Stream, Wire

WATCHDOG_MS = 8000
UART_BAUD = 921600
"""As the specification has it; the host's end is set to the same."""
UART_BUFFER = 2048
ID_BYTES = 8
RESET_MASK = 0x3F
BROWN_OUT = 15
"""RTCWDT_BROWN_OUT_RESET in the chip's register of reset causes; MicroPython calls it power-on."""
POLL_MS = 20
"""While a host may be on the line it is looked at this often: its answer within 50 ms."""


def take_every_byte() -> None:
    """From here on the byte 3 is data, not Ctrl-C."""
    import micropython

    micropython.kbd_intr(-1)


class UsbStream:
    """The chip's own USB serial port, taken over from the console."""

    def __init__(self) -> None:
        import select

        self._poll = select.poll()
        self._poll.register(sys.stdin, select.POLLIN)

    def readinto(self, buffer: bytearray) -> int:
        """Bytes read into `buffer`, 0 when none wait."""
        view = memoryview(buffer)
        count = 0
        while count < len(buffer) and self._poll.poll(0):
            sys.stdin.buffer.readinto(view[count : count + 1])
            count += 1
        return count

    def write(self, data: "Bytes") -> int:
        """Bytes written."""
        return sys.stdout.buffer.write(data)


class Board:
    """Everything of the hardware that the firmware touches, opened once."""

    def __init__(self, name: str) -> None:
        table = PINS[name]
        self.table = table
        self.texts = TEXTS[name]
        self.i2c = SharedBus(self._open_i2c, self._open_wire, time.sleep_us)
        self._imu_int1 = machine.Pin(table["imu_int1"], machine.Pin.IN)
        self._haptic_enable = machine.Pin(table["haptic_enable"], machine.Pin.OUT, value=0)
        self._button = machine.Pin(table["button"], machine.Pin.IN, machine.Pin.PULL_DOWN)
        self._usb_sense = machine.Pin(table["usb_sense"], machine.Pin.IN)
        self._adc = machine.ADC(machine.Pin(table["battery_adc"]), atten=machine.ADC.ATTN_11DB)
        self._watchdog: "machine.WDT | None" = None
        self._rtc = machine.RTC()
        self._wake_pins = (self._imu_int1, self._button)
        esp32.wake_on_gpio(self._wake_pins, esp32.WAKEUP_ANY_HIGH)
        self.ticks_diff = time.ticks_diff
        self.sleep_ms = time.sleep_ms

    def _open_i2c(self) -> "Bus":
        table = self.table
        return machine.I2C(
            table["i2c_bus"],
            scl=machine.Pin(table["i2c_scl"]),
            sda=machine.Pin(table["i2c_sda"]),
            freq=table["i2c_hz"],
        )

    def _open_wire(self, name: str) -> "Wire":
        return machine.Pin(self.table["i2c_" + name], machine.Pin.OPEN_DRAIN, value=1)

    def ticks_ms(self) -> int:
        """Milliseconds of a counter that wraps after 2**30 of them."""
        return time.ticks_ms()  # type: ignore[return-value]

    def open_stream(self) -> "Stream":
        """The serial line to the host."""
        if not self.is_virtual():
            take_every_byte()
        if self.texts["link"] == "usb":
            return UsbStream()
        return machine.UART(0, UART_BAUD, timeout=0, rxbuf=UART_BUFFER, txbuf=UART_BUFFER)

    def start_watchdog(self) -> None:
        """From here on the chip resets unless `feed_watchdog` comes at least every 8 s."""
        self._watchdog = machine.WDT(timeout=WATCHDOG_MS)

    def feed_watchdog(self) -> None:
        """The main loop is alive."""
        if self._watchdog is not None:
            self._watchdog.feed()

    def imu_ready(self) -> bool:
        """The sensor's INT1 line says that a second is in its FIFO."""
        return self._imu_int1.value() == 1

    def haptic_enable(self, on: int) -> None:
        """Set the haptic driver's enable pin."""
        self._haptic_enable.value(on)

    def button_down(self) -> bool:
        """The button is pressed (to 3.3 V)."""
        return self._button.value() == 1

    def on_usb_power(self) -> bool:
        """A cable brings power, so a host may be listening."""
        return self._usb_sense.value() == 1

    def battery_pin_uv(self) -> int:
        """Microvolts at the divider's pin."""
        return self._adc.read_uv()

    def unique_id(self) -> bytes:
        """Eight bytes that no other belt has: the chip's own address, filled up with zeros."""
        chip = machine.unique_id()[:ID_BYTES]
        return chip + bytes(ID_BYTES - len(chip))

    def random(self, count: int) -> bytes:
        """So many random bytes of the chip's generator."""
        return os.urandom(count)

    def is_virtual(self) -> bool:
        """No board at all, but the virtual belt."""
        return self.texts["mpy_arch"] == "none"

    def reset_cause(self) -> int:
        """Why the chip started: a RESET_* value of `beltwire.codes`."""
        register = self.table["reset_register"]
        if register and machine.mem32[register] & RESET_MASK == BROWN_OUT:
            return codes.RESET_BROWN_OUT
        causes = {
            machine.PWRON_RESET: codes.RESET_POWER_ON,
            machine.WDT_RESET: codes.RESET_WATCHDOG,
            machine.DEEPSLEEP_RESET: codes.RESET_DEEP_SLEEP,
            machine.SOFT_RESET: codes.RESET_SOFTWARE,
        }
        return causes.get(machine.reset_cause(), codes.RESET_UNKNOWN)

    def rtc_memory(self) -> bytes:
        """What `keep_in_rtc` left; empty after a power cut."""
        return self._rtc.memory()

    def keep_in_rtc(self, data: bytes) -> None:
        """Keep some bytes over every reset, but not over a power cut."""
        self._rtc.memory(data)

    def rtc_s(self) -> int:
        """Seconds of the chip's slow clock, which goes on in deep sleep."""
        return int(time.time())

    def idle(self, ms: int) -> None:
        """Wait up to `ms`: on battery in light sleep, from which sensor and button wake; on a
        cable awake for the host."""
        if self.on_usb_power():
            time.sleep_ms(min(ms, POLL_MS))
        else:
            machine.lightsleep(ms)

    def deep_sleep(self, ms: int, on_motion: bool) -> None:
        """Sleep up to `ms`, with `on_motion` until sensor or button wakes; then start over."""
        pins = self._wake_pins if on_motion else ()
        if self.texts["deep_wake"] == "ext1":
            esp32.wake_on_ext1(pins, esp32.WAKEUP_ANY_HIGH)
        else:
            esp32.wake_on_gpio(pins, esp32.WAKEUP_ANY_HIGH)
        machine.deepsleep(ms)

    def reset(self) -> None:
        """Start over."""
        machine.reset()
