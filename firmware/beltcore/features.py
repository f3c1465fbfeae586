# Plumbline belt core: features of a window of motion
"""Features of a window of three seconds around the second before last, one byte each.

Energies and lengths are given as eight times their binary logarithm (one step = 9 % of an
energy), products as cosines or squared cosines; nothing depends on the belt's turn about the
body's long axis. `NAMES` says what each byte holds.
"""

from array import array

from .fixed import isqrt
from .motion import (
    CROSS,
    DOT,
    EX,
    EY,
    EZ,
    H_MAX,
    HX,
    HXX,
    HXY,
    HY,
    HYY,
    JERK_H,
    JERK_P,
    JERK_V,
    JERK_W,
    LAG,
    LAGS,
    P_MAX,
    PAIRS,
    PX,
    PXX,
    PXY,
    PY,
    PYY,
    SUMS,
    V_MAX,
    V_MIN,
    VHX,
    VHY,
    VPX,
    VPY,
    VV,
    VVV,
    WW,
    Motion,
    V,
    W,
)

ROWS = 8  # seconds of sums kept, a power of two
WINDOW = 3  # seconds in a window
DELAY = 1  # seconds from a second's end until its window is whole

NAMES = (
    "v_energy",
    "h_energy",
    "w_energy",
    "p_energy",
    "h_round",
    "p_round",
    "v_h_link",
    "v_p_link",
    "h_p_inner",
    "h_p_outer",
    "v_jerk",
    "h_jerk",
    "w_jerk",
    "p_jerk",
    "v_max",
    "v_min",
    "h_max",
    "p_max",
    "v_skew",
    "v_third",
    "v_over_h",
    "p_over_h",
    "w_over_p",
    "v_roughness",
    "h_roughness",
    "p_roughness",
    "tilt",
    "tilt_change",
    "tilt_change_wide",
    "turn",
    "v_energy_1s",
    "v_jerk_1s",
    "p_energy_1s",
    "lag_best",
    "lag_depth",
    "lag_mean",
) + tuple("lag_%d" % lag for lag in LAGS)
COUNT = len(NAMES)


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
    scale = (isqrt(first) * isqrt(second) >> 7) + 1
    value = 128 + product // scale
    if value < 0:
        return 0
    return value if value < 255 else 255


def squared_cosine(x: int, y: int, first: int, second: int) -> int:
    """Return 255 * (x * x + y * y) / (first * second), 0..255, for energies below 2**30."""
    scale = (isqrt(first) * isqrt(second) >> 8) + 1
    x //= scale
    y //= scale
    value = x * x + y * y >> 8
    return value if value < 255 else 255


def roundness(xx: int, yy: int, xy: int) -> int:
    """Return 255 * 4 det / trace**2 of a 2 x 2 energy matrix: 255 = round, 0 = one line."""
    trace = xx + yy
    while trace > 16383:
        trace >>= 1
        xx >>= 1
        yy >>= 1
        xy >>= 1
    value = (4 * (xx * yy - xy * xy)) // ((trace * trace >> 8) + 1)
    if value < 0:
        return 0
    return value if value < 255 else 255


class Window:
    """Takes a second at a time and offers the features of the second DELAY before it."""

    def __init__(self) -> None:
        self.features = bytearray(COUNT)
        self.motion = Motion()
        self._rows = array("i", bytes(4 * SUMS * ROWS))
        self._held = bytearray(ROWS)  # 1 where a row holds a second
        self._sum = array("i", bytes(4 * SUMS))
        self._at = 0

    def add(self, block: "array[int]", up: "array[int]") -> bool:
        """Add one second (as Motion.add). True when `features` holds the second DELAY before."""
        self.motion.add(block, up)
        self._next(1)
        base = self._at * SUMS
        row = self.motion.row
        for k in range(SUMS):
            self._rows[base + k] = row[k]
        return self._describe()

    def missing(self) -> bool:
        """Pass over a second without samples. True when `features` holds the one DELAY before."""
        self.motion.forget()
        self._next(0)
        return self._describe()

    def _next(self, held: int) -> None:
        self._at = (self._at + 1) & (ROWS - 1)
        self._held[self._at] = held

    def _row(self, back: int) -> int:
        """Return the place of the row `back` seconds ago, or of the nearest held one after it."""
        while back > 0 and not self._held[(self._at - back) & (ROWS - 1)]:
            back -= 1
        return ((self._at - back) & (ROWS - 1)) * SUMS

    def _describe(self) -> bool:
        if not self._held[(self._at - DELAY) & (ROWS - 1)]:
            return False
        count = self._add_up()
        self._energies(count)
        self._shape(count)
        self._tilts(count)
        self._rhythm()
        return True

    def _add_up(self) -> int:
        """Join the window's rows in _sum; return the number of pairs in it."""
        total = self._sum
        rows = self._rows
        count = 0
        for back in range(WINDOW):
            slot = (self._at - back) & (ROWS - 1)
            if not self._held[slot]:
                continue
            base = slot * SUMS
            for k in range(SUMS):
                value = rows[base + k]
                if V_MAX <= k <= P_MAX:
                    if not count or value > total[k]:
                        total[k] = value
                else:
                    total[k] = value + total[k] if count else value
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

    def _energies(self, count: int) -> None:
        out = self.features
        total = self._sum
        vv = max(0, self._about_mean(VV, V, V, count))
        hxx = max(0, self._about_mean(HXX, HX, HX, count))
        hyy = max(0, self._about_mean(HYY, HY, HY, count))
        ww = max(0, self._about_mean(WW, W, W, count))
        pxx = max(0, self._about_mean(PXX, PX, PX, count))
        pyy = max(0, self._about_mean(PYY, PY, PY, count))
        hh = hxx + hyy
        pp = pxx + pyy
        out[0] = log8(vv)
        out[1] = log8(hh)
        out[2] = log8(ww)
        out[3] = log8(pp)
        out[4] = roundness(hxx, hyy, self._about_mean(HXY, HX, HY, count))
        out[5] = roundness(pxx, pyy, self._about_mean(PXY, PX, PY, count))
        x = self._about_mean(VHX, V, HX, count)
        y = self._about_mean(VHY, V, HY, count)
        out[6] = squared_cosine(x, y, vv, hh)
        x = self._about_mean(VPX, V, PX, count)
        y = self._about_mean(VPY, V, PY, count)
        out[7] = squared_cosine(x, y, vv, pp)
        out[8] = cosine(total[DOT], hh, pp)
        out[9] = cosine(total[CROSS], hh, pp)
        out[10] = log8(total[JERK_V])
        out[11] = log8(total[JERK_H])
        out[12] = log8(total[JERK_W])
        out[13] = log8(total[JERK_P])
        out[20] = _apart(out[0], out[1])
        out[21] = _apart(out[3], out[1])
        out[22] = _apart(out[2], out[3])
        out[23] = _apart(2 * out[10], out[0])
        out[24] = _apart(2 * out[11], out[1])
        out[25] = _apart(2 * out[13], out[3])

    def _shape(self, count: int) -> None:
        out = self.features
        total = self._sum
        mean = total[V] // count
        high = max(0, total[V_MAX] - mean)
        low = max(0, total[V_MIN] + mean)
        out[14] = log8(high << 4)
        out[15] = log8(low << 4)
        out[16] = log8(total[H_MAX])
        out[17] = log8(total[P_MAX])
        out[18] = (high << 8) // (high + low + 1)
        energy = isqrt(total[VV] // count) >> 4
        third = total[VVV] // count
        out[19] = _within(128 + 32 * third // (energy * energy * energy + 8))
        slot = ((self._at - DELAY) & (ROWS - 1)) * SUMS
        rows = self._rows
        mean = rows[slot + V] // PAIRS
        out[30] = log8(max(0, rows[slot + VV] - mean * (2 * rows[slot + V] - PAIRS * mean)))
        out[31] = log8(rows[slot + JERK_V])
        out[32] = log8(rows[slot + PXX] + rows[slot + PYY])

    def _tilts(self, count: int) -> None:
        out = self.features
        total = self._sum
        x = total[EX] // count
        y = total[EY] // count
        level = isqrt(x * x + y * y) >> 5
        level = level if level < 127 else 127
        out[26] = level if total[EZ] >= 0 else 255 - level
        out[27] = self._tilt_change(self._row(DELAY + 1), self._row(DELAY - 1))
        out[28] = self._tilt_change(self._row(DELAY + 3), self._row(0))
        out[29] = log8(abs(total[W]))

    def _tilt_change(self, before: int, after: int) -> int:
        rows = self._rows
        change = 0
        for k in range(EX, EZ + 1):
            change += abs(rows[after + k] - rows[before + k])
        return log8(change)

    def _rhythm(self) -> None:
        out = self.features
        total = self._sum
        mean = 0
        best = 6
        for k in range(len(LAGS)):
            mean += total[LAG + k]
            if k >= 6 and total[LAG + k] < total[LAG + best]:
                best = k
        mean //= len(LAGS)
        scale = (mean >> 7) + 1
        for k in range(len(LAGS)):
            out[36 + k] = _within(total[LAG + k] // scale)
        out[33] = LAGS[best]
        out[34] = _within(total[LAG + best] // scale)
        out[35] = log8(mean)


def _within(value: int) -> int:
    if value < 0:
        return 0
    return value if value < 255 else 255


def _apart(first: int, second: int) -> int:
    return _within(128 + first - second)
