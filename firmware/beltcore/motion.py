# Plumbline belt core: one second of motion boiled down to sums
"""Sums over one second of motion, the raw material of the activity features.

Everything is independent of the belt's turn about the body's long axis: vectors are split into
their part along the estimated vertical and the level rest, and of the rest only lengths and
inner and outer products are used. Samples are added in pairs first (26 Hz), which halves the
cost and removes what lies above 13 Hz.

A row holds SUMS numbers of one second:

    v     vertical acceleration against 1 g        1024 = 1 g, held within +-2047
    h     level acceleration (2 components)        1024 = 1 g, held within +-2047
    w     angular rate about the vertical          1 = 0.14 degrees/s, held within +-2047
    p     angular rate about level axes (2)        1 = 0.14 degrees/s, held within +-2047
    e     unit vector up in body axes              4096 = 1
"""

from array import array

from .fixed import norm3

PAIRS = 26  # pairs of samples a second
HISTORY = 32  # pairs of v kept for differences over a lag, a power of two
LAGS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 17, 20, 24, 28)  # in pairs: 0.04 s to 1.08 s

(
    V,
    HX,
    HY,
    W,
    PX,
    PY,
    VV,
    HXX,
    HYY,
    HXY,
    WW,
    PXX,
    PYY,
    PXY,
    VHX,
    VHY,
    VPX,
    VPY,
    DOT,
    CROSS,
    VVV,
    JERK_V,
    JERK_H,
    JERK_P,
    JERK_W,
    EX,
    EY,
    EZ,
    V_MAX,
    V_MIN,
    H_MAX,
    P_MAX,
    LAG,
) = range(33)
SUMS = LAG + len(LAGS)


def _hold(value: int) -> int:
    if value > 2047:
        return 2047
    if value < -2047:
        return -2047
    return value


class Motion:
    """Boils seconds down: `row` (array("i"), SUMS numbers) after each add()."""

    def __init__(self) -> None:
        self.row = array("i", bytes(4 * SUMS))
        self.vertical = array("h", bytes(2 * PAIRS))  # v of the second, one per pair
        self._past = array("h", bytes(2 * HISTORY))
        self._last = array("i", bytes(24))  # last pair's v, hx, hy, w, px, py at full resolution
        self._at = 0
        self._warm = False

    def forget(self) -> None:
        """Start afresh after a gap: no difference reaches back over it."""
        self._warm = False

    def add(self, block: "array[int]", up: "array[int]") -> None:
        """Boil one second down.

        block: 312 int16 counts in body axes; up: 156 numbers, the vertical in body axes, any
        scale within int16 (a vector shorter than 64 counts as upright).
        """
        row = self.row
        for k in range(SUMS):
            row[k] = 0
        row[V_MAX] = row[V_MIN] = -4096
        length = norm3(up[75], up[76], up[77])
        scale = (4096 << 14) // length if length >= 64 else 0
        for pair in range(PAIRS):
            self._add_pair(block, pair * 12, up, pair * 6 + 3, scale, pair)
        self._warm = True

    def _add_pair(
        self, block: "array[int]", i: int, up: "array[int]", j: int, scale: int, pair: int
    ) -> None:
        row = self.row
        ex = ey = 0
        ez = 4096
        if scale:
            ex = _hold_unit(up[j] * scale >> 14)
            ey = _hold_unit(up[j + 1] * scale >> 14)
            ez = _hold_unit(up[j + 2] * scale >> 14)
        row[EX] += ex
        row[EY] += ey
        row[EZ] += ez
        # Acceleration: 8196 counts = 1 g in a pair.
        x = block[i] + block[i + 6]
        y = block[i + 1] + block[i + 7]
        z = block[i + 2] + block[i + 8]
        a = (x * ex >> 12) + (y * ey >> 12) + (z * ez >> 12)
        v = a - 8196
        hx = x - (a * ex >> 12)
        hy = y - (a * ey >> 12)
        x = block[i + 3] + block[i + 9]
        y = block[i + 4] + block[i + 10]
        z = block[i + 5] + block[i + 11]
        w = (x * ex >> 12) + (y * ey >> 12) + (z * ez >> 12)
        self._sum(pair, v, hx, hy, w, x - (w * ex >> 12), y - (w * ey >> 12))

    def _sum(self, pair: int, v: int, hx: int, hy: int, w: int, px: int, py: int) -> None:
        row = self.row
        last = self._last
        if self._warm or pair:
            row[JERK_V] += min(abs(v - last[0]), 65535)
            row[JERK_H] += min(abs(hx - last[1]) + abs(hy - last[2]), 65535)
            row[JERK_W] += min(abs(w - last[3]), 65535)
            row[JERK_P] += min(abs(px - last[4]) + abs(py - last[5]), 65535)
        last[0] = v
        last[1] = hx
        last[2] = hy
        last[3] = w
        last[4] = px
        last[5] = py
        v = _hold(v >> 3)
        hx = _hold(hx >> 3)
        hy = _hold(hy >> 3)
        w = _hold(w >> 2)
        px = _hold(px >> 2)
        py = _hold(py >> 2)
        row[V] += v
        row[HX] += hx
        row[HY] += hy
        row[W] += w
        row[PX] += px
        row[PY] += py
        row[VV] += v * v
        h2 = hx * hx
        row[HXX] += h2
        y2 = hy * hy
        row[HYY] += y2
        h2 += y2
        row[HXY] += hx * hy
        row[WW] += w * w
        p2 = px * px
        row[PXX] += p2
        y2 = py * py
        row[PYY] += y2
        p2 += y2
        row[PXY] += px * py
        row[VHX] += v * hx
        row[VHY] += v * hy
        row[VPX] += v * px
        row[VPY] += v * py
        row[DOT] += hx * px + hy * py
        row[CROSS] += hx * py - hy * px
        third = v >> 4 if -2032 < v < 2032 else (127 if v > 0 else -127)
        row[VVV] += third * third * third
        if v > row[V_MAX]:
            row[V_MAX] = v
        if -v > row[V_MIN]:
            row[V_MIN] = -v
        if h2 > row[H_MAX]:
            row[H_MAX] = h2
        if p2 > row[P_MAX]:
            row[P_MAX] = p2
        self._differ(pair, v)

    def _differ(self, pair: int, v: int) -> None:
        past = self._past
        row = self.row
        at = (self._at + 1) & (HISTORY - 1)
        self._at = at
        past[at] = v
        self.vertical[pair] = v
        k = LAG
        for lag in LAGS:
            if self._warm or lag <= pair:
                row[k] += abs(v - past[(at - lag) & (HISTORY - 1)])
            k += 1


def _hold_unit(value: int) -> int:
    if value > 4300:
        return 4300
    if value < -4300:
        return -4300
    return value
