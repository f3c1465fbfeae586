"""Driver for the DRV2605L haptic driver (TI data sheet SLOS854) and the patterns it plays.

An ERM motor in open loop, driven through real-time playback: the amplitude is written, the time
is ours, so a pattern means the same on every motor. The driver sleeps between patterns.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bus, Lever

STATUS = 0x00
MODE = 0x01
RTP_INPUT = 0x02
RATED_VOLTAGE = 0x16
OVERDRIVE_CLAMP = 0x17
FEEDBACK_CONTROL = 0x1A
CONTROL3 = 0x1D

MODE_RTP = 0x05
MODE_STANDBY = 0x40
DEVICE_ID = 7
FULL_AMPLITUDE = 127
"""Signed real-time playback format: 127 is full drive."""
RATED_3_V = 0x8C
CLAMP_3V6 = 0xA8
ERM_OPEN_LOOP = 0xA0
ERM_FEEDBACK = 0x36

# Milliseconds on, off, on, off ... The first four are the reminders a wearer can choose from.
SINGLE = (400,)
DOUBLE = (250, 150, 250)
RISING = (120, 120, 200, 120, 320)
LONG = (900,)
CORRECTED = (80, 80, 80)
LOW_BATTERY = (300, 300, 100, 300, 100)
CONFIRM = (60, 60, 60, 60, 200)
WARNING = (700, 200, 700, 200, 700)
REMINDERS = (DOUBLE, SINGLE, RISING, LONG)


class Haptic:
    """One DRV2605L at `address` on `bus`; `enable` is its EN pin (called with 0 or 1)."""

    def __init__(self, bus: "Bus", address: int, enable: "Lever") -> None:
        self._bus = bus
        self._address = address
        self._enable = enable
        self._byte = bytearray(1)
        self._pattern: "tuple[int, ...]" = ()
        self._step = 0
        self._until_ms = 0
        self._amplitude = 0
        self._ran = False
        self.faults = 0

    @property
    def playing(self) -> bool:
        """A pattern is under way, its pauses included."""
        return self._step < len(self._pattern)

    def present(self) -> bool:
        """A DRV2605L answers and its status register bears its id. OSError: nothing answers."""
        self._enable(1)
        self._bus.readfrom_mem_into(self._address, STATUS, self._byte)
        self._enable(1 if self.playing else 0)
        return self._byte[0] >> 5 == DEVICE_ID

    def play(self, pattern: "tuple[int, ...]", strength_percent: int, now_ms: int) -> None:
        """Begin `pattern` at 0 to 100 % strength; a running one is replaced."""
        self._amplitude = strength_percent * FULL_AMPLITUDE // 100
        self._pattern = pattern
        self._step = 0
        self._until_ms = now_ms + pattern[0]
        self._ran = True
        try:
            self._enable(1)
            self._write(MODE, MODE_RTP)
            self._write(RATED_VOLTAGE, RATED_3_V)
            self._write(OVERDRIVE_CLAMP, CLAMP_3V6)
            self._write(FEEDBACK_CONTROL, ERM_FEEDBACK)
            self._write(CONTROL3, ERM_OPEN_LOOP)
            self._write(RTP_INPUT, self._amplitude)
        except OSError:
            self._give_up()

    def tick(self, now_ms: int) -> None:
        """Go on with the pattern; call at least at `next_ms`."""
        try:
            while self.playing and now_ms >= self._until_ms:
                self._next_step()
        except OSError:
            self._give_up()

    def stop(self) -> None:
        """End the pattern now."""
        if self.playing:
            self._step = len(self._pattern)
            try:
                self._next_step()
            except OSError:
                self._give_up()

    def next_ms(self, now_ms: int, otherwise: int) -> int:
        """Milliseconds until the next step of the pattern, at most `otherwise`."""
        if not self.playing:
            return otherwise
        return max(0, min(otherwise, self._until_ms - now_ms))

    @property
    def ran(self) -> bool:
        """The motor ran since `take_ran` was called last."""
        return self._ran

    def take_ran(self) -> bool:
        """Whether the motor ran since the last call: samples of that time are not to be used."""
        ran = self._ran
        self._ran = self.playing
        return ran

    def _next_step(self) -> None:
        self._step += 1
        if not self.playing:
            self._write(RTP_INPUT, 0)
            self._write(MODE, MODE_STANDBY)
            self._enable(0)
            return
        self._until_ms += self._pattern[self._step]
        self._write(RTP_INPUT, 0 if self._step % 2 else self._amplitude)

    def _give_up(self) -> None:
        """The bus failed: switch the motor off by its enable pin and count it."""
        self._step = len(self._pattern)
        self._enable(0)
        self.faults += 1

    def _write(self, register: int, value: int) -> None:
        self._byte[0] = value
        self._bus.writeto_mem(self._address, register, self._byte)
