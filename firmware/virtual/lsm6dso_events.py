"""What ST's LSM6DSO recognises by itself, as DS12140 and AN5192 describe it: taps and motion.

Works on the model's register file. Quirks that are modelled: taps are seen at 416 Hz and above
only; a shock longer than SHOCK is no tap; nothing within QUIET of the first tap counts; a second
one later than DUR begins anew; without INTERRUPTS_ENABLE nothing is recognised; latched sources
stay until they are read and, without INT_CLR_ON_READ, until the end of the sample after that;
pulsed ones last one sample; the first sample after a start has no slope.
"""

CTRL1_XL = 0x10
WAKE_UP_SRC = 0x1B
TAP_SRC = 0x1C
TAP_CFG0 = 0x56
TAP_CFG1 = 0x57
TAP_CFG2 = 0x58
TAP_THS_6D = 0x59
INT_DUR2 = 0x5A
WAKE_UP_THS = 0x5B
WAKE_UP_DUR = 0x5C
MD1_CFG = 0x5E

ODR_416 = 6
LIR = 0x01
INT_CLR_ON_READ = 0x40
FULL_SCALE_MG = (2000, 16000, 4000, 8000)
AXES = (0x08, 0x04, 0x02)
"""Bits of the three axes in TAP_CFG0."""


class Events:
    """Taps and motion of one chip; `registers` is its register file."""

    def __init__(self, registers: bytearray) -> None:
        self._registers = registers
        self._before = [0, 0, 0]
        self.reset()

    def reset(self) -> None:
        """Nothing has been seen."""
        self._tap = 0
        self._wake = 0
        self._first_ms = -1
        self._fresh = True
        self._letting_go = 0

    # --- taps

    def knock(self, now_ms: int, axis: int, milli_g: int, shock_ms: int) -> None:
        """The housing is hit along an axis: so much change within a sample, for so long."""
        registers = self._registers
        rate = registers[CTRL1_XL] >> 4
        if not registers[TAP_CFG2] & 0x80 or not ODR_416 <= rate <= 10:
            return
        if not registers[TAP_CFG0] & AXES[axis] or not self._hard_enough(axis, milli_g):
            return
        times = registers[INT_DUR2]
        if shock_ms > self._ms((times & 3) * 8 or 4):
            return
        quiet = self._ms((times >> 2 & 3) * 4 or 2)
        latest = self._ms((times >> 4) * 32 or 16)
        since = now_ms - self._first_ms
        if self._first_ms >= 0 and since <= quiet + shock_ms:
            return
        second = self._first_ms >= 0 and since <= latest and registers[WAKE_UP_THS] & 0x80
        self._first_ms = -1 if second else now_ms
        self._tap = 0x40 | (0x10 if second else 0x20) | AXES[axis] >> 1

    def _hard_enough(self, axis: int, milli_g: int) -> bool:
        threshold = self._registers[(TAP_CFG1, TAP_CFG2, TAP_THS_6D)[axis]] & 31
        return milli_g * 32 >= threshold * self._full_scale()

    def _full_scale(self) -> int:
        return FULL_SCALE_MG[self._registers[CTRL1_XL] >> 2 & 3]

    def _ms(self, samples: int) -> int:
        return samples * 1000 // 416

    @property
    def busy(self) -> bool:
        """A tap's flag waits for its sample to end."""
        return self._letting_go != 0 or (self._tap != 0 and not self._registers[TAP_CFG0] & LIR)

    # --- motion

    def sample(self, values: "list[int]") -> None:
        """The accelerometer has a new sample: three numbers in mg."""
        registers = self._registers
        if self._letting_go:
            self._tap &= ~self._letting_go
            self._letting_go = 0
        if not registers[TAP_CFG0] & LIR:
            self._tap = self._wake = 0
        before = self._before
        watching = registers[TAP_CFG2] & 0x80 and not self._fresh
        if watching:
            parts = 256 if registers[WAKE_UP_DUR] & 0x10 else 64
            threshold = (registers[WAKE_UP_THS] & 63) * self._full_scale()
            for axis in range(3):
                if abs(values[axis] - before[axis]) * parts > 2 * threshold:
                    self._wake |= 0x08 | 0x04 >> axis
        for axis in range(3):
            before[axis] = values[axis]
        self._fresh = False

    def restart(self) -> None:
        """The accelerometer was switched: there is nothing to compare the next sample with."""
        self._fresh = True

    # --- what is told

    def read(self, register: int) -> int:
        """The two source registers, let go of by being read."""
        at_once = self._registers[TAP_CFG0] & INT_CLR_ON_READ
        if register == WAKE_UP_SRC:
            value = self._wake
            self._wake = 0
            return value
        value = self._tap
        if at_once:
            self._tap = 0
        else:
            self._letting_go = value
        return value

    def line(self) -> bool:
        """These events raise INT1."""
        routed = self._registers[MD1_CFG]
        return bool(
            (routed & 0x08 and self._tap & 0x10)
            or (routed & 0x40 and self._tap & 0x20)
            or (routed & 0x20 and self._wake & 0x08)
        )
