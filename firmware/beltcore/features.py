# Plumbline belt core: features of a window of motion
"""Features of a second and what lies around it, one byte each.

    seconds   -2   -1    0   +1   +2     0 is the second described, +2 the one just taken
                   [  window  ]          energies, shape, rhythm
              [      reach       ]       tilt before and after, rise of the trunk

Energies and lengths are given as eight times their binary logarithm (one step = 9 % of an
energy), products as cosines; nothing depends on the belt's turn about the body's long axis.
NAMES says what each byte holds.

The rise (metres gained between two seconds of rest) follows from the vertical acceleration
alone: displacement = integral of (T - t) a dt, and with the mean of a taken away, so that the
velocity ends where it began, = -integral of (t - T/2) a dt. Sitting down gives about -0.35 m.
"""

from array import array

from . import motion
from .fixed import isqrt
from .motion import EX, EY, EZ, LAG_P, LAG_V, LAGS_P, LAGS_V, PAIRS, SUMS, Motion

DELAY = 2  # seconds from a second's end until it can be described
_ROWS = 8  # seconds of sums kept, a power of two
_NEWEST = DELAY - 1  # the window's newest and oldest second, seconds ago
_OLDEST = DELAY + 1
_FIRST = 2 * DELAY  # the oldest second in reach

NAMES = (
    "v_energy",
    "h_energy",
    "w_energy",
    "p_energy",
    "v_jerk",
    "h_jerk",
    "w_jerk",
    "p_max",
    "h_p_inner",
    "h_p_outer",
    "h_v_ago",
    "v_over_h",
    "p_over_h",
    "w_over_p",
    "v_roughness",
    "h_roughness",
    "p_roughness",
    "v_max",
    "v_min",
    "v_jerk_third",
    "turn",
    "v_energy_1s",
    "p_energy_1s",
    "tilt",
    "tilt_before",
    "tilt_after",
    "tilt_change",
    "tilt_change_wide",
    "tilt_hump",
    "tilt_path",
    "rise_3s",
    "rise_5s",
    "lag_mean",
    "lag_depth",
) + tuple(["v_lag_%d" % lag for lag in LAGS_V] + ["p_lag_%d" % lag for lag in LAGS_P])
COUNT = len(NAMES)

_MAXIMA = (motion.V_MAX, motion.V_MIN, motion.P_MAX)
_TURN = NAMES.index("turn")
_TILT = NAMES.index("tilt")
_RHYTHM = NAMES.index("lag_mean")


def log8(value: int) -> int:
    """Return 8 * log2(value + 1), 0..240, for value in 0..LIMIT-1; linear between octaves."""
    value += 1
    octave = 0
    rest = value
    while rest > 1:
        rest >>= 1
        octave += 1
    low = value - (1 << octave)
    part = low << 3 >> octave if octave < 26 else low >> (octave - 3)
    return (octave << 3) + part


def cosine(product: int, first: int, second: int) -> int:
    """Return 128 + 127 * product / sqrt(first * second), 0..255, for energies below 2**30."""
    return byte(128 + product // ((isqrt(first) * isqrt(second) >> 7) + 1))


def cosine_square(x: int, y: int, first: int, second: int) -> int:
    """Return 255 * (x * x + y * y) / (first * second), 0..255, for energies below 2**30."""
    scale = (isqrt(first) * isqrt(second) >> 8) + 1
    x = min(abs(x) // scale, 256)
    y = min(abs(y) // scale, 256)
    return byte(x * x + y * y >> 8)


def byte(value: int) -> int:
    """Return value held within 0..255."""
    if value < 0:
        return 0
    return value if value < 255 else 255


class Window:
    """Takes a second at a time and describes the second DELAY before it in `features`."""

    def __init__(self) -> None:
        self.features = bytearray(COUNT)
        self.motion = Motion()
        self._rows = array("i", bytes(4 * SUMS * _ROWS))
        self._held = bytearray(_ROWS)  # 1 where a row holds a second
        self._sum = array("i", bytes(4 * SUMS))
        self._at = 0

    def add(self, block: "array[int]", up: "array[int]") -> bool:
        """Add one second (as Motion.add). True when `features` holds the second DELAY before."""
        self.motion.add(block, up)
        self._next(1)
        base = self._at * SUMS
        row = self.motion.row
        rows = self._rows
        for k in range(SUMS):
            rows[base + k] = row[k]
        return self._describe()

    def missing(self) -> bool:
        """Pass over a second without samples. True when `features` holds the one DELAY before."""
        self.motion.forget()
        self._next(0)
        return self._describe()

    def _next(self, held: int) -> None:
        self._at = (self._at + 1) & (_ROWS - 1)
        self._held[self._at] = held

    def _row(self, back: int) -> int:
        """Return the place of the row `back` seconds ago; of the next towards 0 if it is missing.

        Seconds before the described one are looked for forwards, those after it backwards.
        """
        step = -1 if back > DELAY else 1
        while back != DELAY and not self._held[(self._at - back) & (_ROWS - 1)]:
            back += step
        return ((self._at - back) & (_ROWS - 1)) * SUMS

    def _describe(self) -> bool:
        if not self._held[(self._at - DELAY) & (_ROWS - 1)]:
            return False
        count = self._add_up()
        self._energies(count)
        self._shape(count)
        self._tilts()
        self._rhythm()
        return True

    def _add_up(self) -> int:
        """Join the window's rows in _sum; return the number of pairs in it."""
        total = self._sum
        rows = self._rows
        count = 0
        for back in range(_NEWEST, _OLDEST + 1):
            slot = (self._at - back) & (_ROWS - 1)
            if not self._held[slot]:
                continue
            base = slot * SUMS
            if not count:
                for k in range(SUMS):
                    total[k] = rows[base + k]
            else:
                for k in range(SUMS):
                    if k not in _MAXIMA:
                        total[k] += rows[base + k]
                    elif rows[base + k] > total[k]:
                        total[k] = rows[base + k]
            count += PAIRS
        return count

    def _about_mean(self, product: int, first: int, second: int, count: int) -> int:
        """Return the sum of (a - mean a) * (b - mean b) from plain sums."""
        total = self._sum
        a = total[first]
        b = total[second]
        mean_a = a // count
        mean_b = b // count
        return total[product] - mean_a * b - mean_b * (a - count * mean_a)

    def _mean_part(self, which: int, count: int) -> int:
        """Return what the mean contributes to a sum of squares: count * mean * mean."""
        total = self._sum[which]
        mean = total // count
        return mean * (2 * total - count * mean)

    def _energies(self, count: int) -> None:
        out = self.features
        total = self._sum
        vv = max(0, total[motion.VV] - self._mean_part(motion.V, count))
        hh = total[motion.HH] - self._mean_part(motion.HX, count)
        hh = max(0, hh - self._mean_part(motion.HY, count))
        ww = max(0, total[motion.WW] - self._mean_part(motion.W, count))
        pp = total[motion.PP] - self._mean_part(motion.PX, count)
        pp = max(0, pp - self._mean_part(motion.PY, count))
        v = out[0] = log8(vv)
        h = out[1] = log8(hh)
        w = out[2] = log8(ww)
        p = out[3] = log8(pp)
        out[4] = log8(total[motion.V_JERK])
        out[5] = log8(total[motion.H_JERK])
        out[6] = log8(total[motion.W_JERK])
        out[7] = log8(total[motion.P_MAX])
        out[8] = cosine(total[motion.INNER], hh, pp)
        out[9] = cosine(total[motion.OUTER], hh, pp)
        x = self._about_mean(motion.HX_V_AGO, motion.HX, motion.V, count)
        y = self._about_mean(motion.HY_V_AGO, motion.HY, motion.V, count)
        out[10] = cosine_square(x, y, vv, hh)
        out[11] = byte(128 + v - h)
        out[12] = byte(128 + p - h)
        out[13] = byte(128 + w - p)
        out[14] = byte(128 + 2 * out[4] - v)
        out[15] = byte(128 + 2 * out[5] - h)
        out[16] = byte(128 + 2 * log8(total[motion.P_JERK]) - p)

    def _shape(self, count: int) -> None:
        out = self.features
        total = self._sum
        mean = total[motion.V] // count
        out[17] = log8(max(0, total[motion.V_MAX] - mean) << 4)
        out[18] = log8(max(0, total[motion.V_MIN] + mean) << 4)
        spread = (total[motion.V_JERK] // count >> 7) + 1
        third = total[motion.V_JERK_THIRD] // count
        out[19] = byte(128 + 8 * third // (spread * spread * spread))
        out[_TURN] = log8(abs(total[motion.W]))
        now = self._row(DELAY)
        rows = self._rows
        mean = rows[now + motion.V] // PAIRS
        energy = rows[now + motion.VV] - mean * (2 * rows[now + motion.V] - PAIRS * mean)
        out[_TURN + 1] = log8(max(0, energy))
        out[_TURN + 2] = log8(rows[now + motion.PP])

    def _tilts(self) -> None:
        out = self.features
        rows = self._rows
        first = self._row(_FIRST)
        before = self._row(_OLDEST)
        now = self._row(DELAY)
        after = self._row(_NEWEST)
        last = self._row(0)
        out[_TILT] = tilt(self._sum[EX], self._sum[EY], self._sum[EZ])
        out[_TILT + 1] = tilt(rows[first + EX], rows[first + EY], rows[first + EZ])
        out[_TILT + 2] = tilt(rows[last + EX], rows[last + EY], rows[last + EZ])
        near = far = hump = path = 0
        for k in range(EX, EZ + 1):
            near += abs(rows[after + k] - rows[before + k])
            far += abs(rows[last + k] - rows[first + k])
            hump += abs(2 * rows[now + k] - rows[first + k] - rows[last + k])
            path += abs(rows[first + k] - rows[before + k]) + abs(rows[before + k] - rows[now + k])
            path += abs(rows[now + k] - rows[after + k]) + abs(rows[after + k] - rows[last + k])
        out[_TILT + 3] = log8(near)
        out[_TILT + 4] = log8(far)
        out[_TILT + 5] = log8(hump)
        out[_TILT + 6] = log8(path)
        out[_TILT + 7] = self._rise(1)
        out[_TILT + 8] = self._rise(2)

    def _rise(self, reach: int) -> int:
        """Return the height gained over 2 * reach + 1 seconds in 7.3 mm, 128 = none."""
        moment = 0
        rows = self._rows
        for back in range(DELAY - reach, DELAY + reach + 1):
            row = self._row(back)
            moment += rows[row + motion.V_MOMENT]
            moment += 2 * PAIRS * (DELAY - back) * rows[row + motion.V]
        return byte(128 - (moment >> 10))

    def _rhythm(self) -> None:
        out = self.features
        total = self._sum
        mean = 0
        least = total[LAG_V + 1]
        for k in range(LAG_V, LAG_P):
            mean += total[k]
            if k > LAG_V + 1 and total[k] < least:
                least = total[k]
        mean //= len(LAGS_V)
        scale = (mean >> 7) + 1
        out[_RHYTHM] = log8(mean)
        out[_RHYTHM + 1] = byte(least // scale)
        at = _RHYTHM + 2
        for k in range(LAG_V, LAG_P):
            out[at] = byte(total[k] // scale)
            at += 1
        mean = 0
        for k in range(LAG_P, SUMS):
            mean += total[k]
        scale = (mean >> 8) + 1
        for k in range(LAG_P, SUMS):
            out[at] = byte(total[k] // scale)
            at += 1


def tilt(x: int, y: int, z: int) -> int:
    """Return the tilt of a sum of up vectors: 127 * sine, and 255 - that when upside down."""
    longest = max(abs(x), abs(y), abs(z))
    while longest > 8191:
        longest >>= 1
        x >>= 1
        y >>= 1
        z >>= 1
    length = isqrt(x * x + y * y + z * z) + 1
    sine = isqrt(x * x + y * y) * 127 // length
    return sine if z >= 0 else 255 - sine
