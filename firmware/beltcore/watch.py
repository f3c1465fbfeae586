# Plumbline belt core: what the sensor is doing
"""The sensor second by second: is it at rest, at the end of its range, stuck?

    samples --> add() --> 52 of them --> close(): `fault`, `still`, `sums`; the next window opens

Rest means that no rate strayed 1.4 deg/s and no acceleration 0.024 g from the window's first
sample. A sensor that works is never silent: its noise alone moves an acceleration by some counts
from sample to sample, and a gyro that says the same while the belt swings cannot be right.
"""

from array import array

WINDOW = 52  # samples: one second

# Bits of `fault`: what the last complete window showed.
FAULT_ACC_RAIL = 1  # acceleration at the end of its range in a quarter of the window
FAULT_GYRO_RAIL = 2  # angular rate at the end of its range in a quarter of the window
FAULT_ACC_STUCK = 4  # all accelerations alike
FAULT_GYRO_STUCK = 8  # all rates alike while the acceleration swings or the rate is large

RATE_MOST = 71  # counts: 5 deg/s, five times the sensor's typical zero-rate level
REST_RATE = 20  # counts: 1.4 deg/s
REST_ACC = 100  # counts: 0.024 g
SWING = 410  # counts: 0.1 g, a movement the gyro must feel
ACC_RAIL = 32700
RATE_RAIL = 28571  # 2000 deg/s
RAILED = 13  # samples of a window

# Places in the state array.
_COUNT = 0
_FIRST = 1  # the window's first sample, 6
_SUMS = 7  # sums of the rates, 3
_STILL = 10
_RATES_ALIKE = 11
_ACC_ALIKE = 12
_SWUNG = 13
_ACC_RAILS = 14
_RATE_RAILS = 15
_FAULT = 16
STATE_SIZE = 17


class Watch:
    """The account of one window of WINDOW samples; integers in one array, `state`."""

    def __init__(self) -> None:
        self.state = array("i", bytes(4 * STATE_SIZE))

    @property
    def fault(self) -> int:
        """FAULT_ bits of the last complete window, 0 when all is well."""
        return self.state[_FAULT]

    @property
    def still(self) -> bool:
        """True after close() when the window was one of rest."""
        return self.state[_STILL] != 0

    @property
    def rails(self) -> int:
        """Samples of the window in which a rate was at the end of its range."""
        return self.state[_RATE_RAILS]

    def left(self) -> int:
        """Samples until the window is complete; 0 asks for close()."""
        return WINDOW - self.state[_COUNT]

    def forget(self) -> None:
        """Start afresh."""
        for k in range(STATE_SIZE):
            self.state[k] = 0

    def sum(self, axis: int) -> int:
        """The sum of the rates of a window of rest, counts; axis 0, 1, 2."""
        return self.state[_SUMS + axis]

    def add(self, block: "array[int]", at: int, n: int) -> None:
        """Take n samples (6 counts each) from block[at]; n at most left()."""
        s = self.state
        if s[_COUNT] == 0:
            for k in range(6):
                s[_FIRST + k] = block[at + k]
            for k in range(_SUMS, _FAULT):
                s[k] = 0
            s[_STILL] = s[_RATES_ALIKE] = s[_ACC_ALIKE] = 1
        s[_COUNT] += n
        if s[_STILL]:
            _look_for_movement(s, block, at, n)
        if s[_RATES_ALIKE] or s[_ACC_ALIKE]:
            _look_for_sameness(s, block, at, n)
        if not s[_STILL] or _near_rail(s):
            _count_rails(s, block, at, n)

    def close(self) -> int:
        """End a complete window; return its `fault`. `still` and `sum` hold until the next add."""
        s = self.state
        fault = 0
        if s[_ACC_RAILS] >= RAILED:
            fault |= FAULT_ACC_RAIL
        if s[_RATE_RAILS] >= RAILED:
            fault |= FAULT_GYRO_RAIL
        if s[_ACC_ALIKE]:
            fault |= FAULT_ACC_STUCK
        if s[_RATES_ALIKE]:
            for k in range(3):
                if not -2 * RATE_MOST <= s[_FIRST + 3 + k] <= 2 * RATE_MOST:
                    s[_SWUNG] = 1
            if s[_SWUNG]:
                fault |= FAULT_GYRO_STUCK
        s[_FAULT] = fault
        s[_COUNT] = 0
        return fault


def _look_for_movement(s: "array[int]", block: "array[int]", at: int, n: int) -> None:
    """Add up the rates as long as nothing strays from the window's first sample."""
    for k in range(6):
        first = s[_FIRST + k]
        most = REST_ACC if k < 3 else REST_RATE
        low = first - most
        high = first + most
        total = 0
        for i in range(at + k, at + k + 6 * n, 6):
            value = block[i]
            if not low <= value <= high:
                s[_STILL] = 0
                return
            total += value
        if k >= 3:
            s[_SUMS + k - 3] += total


def _look_for_sameness(s: "array[int]", block: "array[int]", at: int, n: int) -> None:
    """Note what differs from the window's first sample.

    Rates first: only as long as they are alike does it matter how far the acceleration swings.
    """
    for k in (3, 4, 5, 0, 1, 2):
        first = s[_FIRST + k]
        for i in range(at + k, at + k + 6 * n, 6):
            off = block[i] - first
            if off:
                s[_ACC_ALIKE if k < 3 else _RATES_ALIKE] = 0
                if not -SWING <= off <= SWING:
                    s[_SWUNG] = 1
                if not s[_RATES_ALIKE] or s[_SWUNG]:
                    break


def _near_rail(s: "array[int]") -> bool:
    """True when even a window of rest could hold rails: its first sample is close to one."""
    for k in range(6):
        value = s[_FIRST + k]
        most = (ACC_RAIL if k < 3 else RATE_RAIL) - REST_ACC
        if not -most < value < most:
            return True
    return False


def _count_rails(s: "array[int]", block: "array[int]", at: int, n: int) -> None:
    """Count the samples with an acceleration or a rate at the end of its range.

    x ^ (x >> 15) is x or, below zero, -x - 1: three of them or-ed reach the rail's highest bit
    only when one comes near it, which spares most samples the close look.
    """
    for i in range(at, at + 6 * n, 6):
        x = block[i]
        y = block[i + 1]
        z = block[i + 2]
        if (x ^ (x >> 15)) | (y ^ (y >> 15)) | (z ^ (z >> 15)) >= 16384:
            for k in range(i, i + 3):
                if not -ACC_RAIL < block[k] < ACC_RAIL:
                    s[_ACC_RAILS] += 1
                    break
        x = block[i + 3]
        y = block[i + 4]
        z = block[i + 5]
        if (x ^ (x >> 15)) | (y ^ (y >> 15)) | (z ^ (z >> 15)) >= 16384:
            for k in range(i + 3, i + 6):
                if not -RATE_RAIL < block[k] < RATE_RAIL:
                    s[_RATE_RAILS] += 1
                    break
