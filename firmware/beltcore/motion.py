# Plumbline belt core: one second of motion boiled down to sums
"""Sums over one second of motion, the raw material of the activity features.

Everything is independent of the belt's turn about the body's long axis: vectors are split into
their part along the estimated vertical and the level rest, and of the rest only lengths and
inner and outer products are used. Samples are added in pairs first (26 Hz), which halves the
cost and removes what lies above 13 Hz.

    v  vertical acceleration against 1 g   8196 = 1 g, held within 1 g: harder impacts tell
                                           the surface and the sensor's range, not the activity
    h  level acceleration (x, y)           8196 = 1 g, held within 2 g
    w  angular rate about the vertical     1 = 0.035 degrees/s, held within 287 degrees/s
    p  angular rate about level axes (x, y)  the same
    e  unit vector up in body axes         4096 = 1

A row holds SUMS numbers of one second; energies and products are those of v / 8, h / 8 (1024 =
1 g), w / 4 and p / 4 (1 = 0.14 degrees/s). Three rows added stay within 31 bits.
"""

from array import array

from .fixed import norm3

PAIRS = 26  # pairs of samples a second
LAGS_V = (5, 10, 12, 14, 17)  # pairs; half a step to a step
LAGS_P = (4, 8, 13)
AGO = 3  # pairs from v to h in H_V_AGO: a sixth of a step

_HISTORY = 17  # pairs kept from the second before: the longest lag
_KEPT = _HISTORY + PAIRS
_FULL = 8196  # limits of v, h, w and p
_H_FULL = 16376
_RATE_FULL = 8188

(
    V,
    HX,
    HY,
    W,
    PX,
    PY,
    VV,
    HH,
    WW,
    PP,
    INNER,  # h . p
    OUTER,  # h x p
    V_MOMENT,  # v times twice the pairs since the middle of the second
    V_JERK,
    H_JERK,
    W_JERK,
    P_JERK,
    V_JERK_THIRD,
    HX_V_AGO,
    HY_V_AGO,
    EX,
    EY,
    EZ,
    V_MAX,
    V_MIN,  # of -v
    P_MAX,
    LAG_V,
) = range(27)
LAG_P = LAG_V + len(LAGS_V)
SUMS = LAG_P + len(LAGS_P)


class Motion:
    """Boils seconds down: `row` (array("i"), SUMS numbers) and the pairs after each add().

    `v`, `px` and `py` hold the second's vertical acceleration and level rates in their last PAIRS
    places; `e` holds its PAIRS unit vectors "up" in body axes, 3 numbers each.
    """

    def __init__(self) -> None:
        self.row = array("i", bytes(4 * SUMS))
        self.v = array("h", bytes(2 * _KEPT))
        self._hx = array("h", bytes(2 * _KEPT))
        self._hy = array("h", bytes(2 * _KEPT))
        self._w = array("h", bytes(2 * _KEPT))
        self.px = array("h", bytes(2 * _KEPT))
        self.py = array("h", bytes(2 * _KEPT))
        self.e = array("h", bytes(2 * 3 * PAIRS))
        self._warm = False

    def forget(self) -> None:
        """Start afresh after a gap: no difference reaches back over it."""
        self._warm = False

    def add(self, block: "array[int]", up: "array[int]") -> None:
        """Boil one second down.

        block: 312 int16 counts in body axes; up: 156 numbers, the vertical in body axes, any
        scale within int16 (a second whose middle vector is shorter than 64 counts as upright).
        """
        row = self.row
        for k in range(SUMS):
            row[k] = 0
        self._shift(PAIRS, 1)
        self._project(block, up)
        if not self._warm:
            self._shift(_HISTORY, 0)
            self._warm = True
        self._sum_vertical()
        self._sum_level()
        self._sum_rates()
        self._sum_lags()

    def _shift(self, first: int, step: int) -> None:
        """Fill the history: from place `first` on (step 1), or with what is there (step 0)."""
        for k in range(_HISTORY):
            self.v[k] = self.v[first]
            self._hx[k] = self._hx[first]
            self._hy[k] = self._hy[first]
            self._w[k] = self._w[first]
            self.px[k] = self.px[first]
            self.py[k] = self.py[first]
            first += step

    def _project(self, block: "array[int]", up: "array[int]") -> None:
        """Split acceleration and rate of each pair into vertical and level parts."""
        vs = self.v
        hxs = self._hx
        hys = self._hy
        ws = self._w
        pxs = self.px
        pys = self.py
        length = norm3(up[75], up[76], up[77])
        scale = (4096 << 14) // length if length >= 64 else 0
        es = self.e
        i = 0
        j = 3
        to = 0
        ex = ey = ex_sum = ey_sum = ez_sum = 0
        ez = 4096
        for k in range(_HISTORY, _KEPT):
            if scale:
                ex = _hold(up[j] * scale >> 14, 4200)
                ey = _hold(up[j + 1] * scale >> 14, 4200)
                ez = _hold(up[j + 2] * scale >> 14, 4200)
            ex_sum += ex
            ey_sum += ey
            ez_sum += ez
            es[to] = ex
            es[to + 1] = ey
            es[to + 2] = ez
            to += 3
            x = block[i] + block[i + 6]
            y = block[i + 1] + block[i + 7]
            a = (x * ex + y * ey >> 12) + ((block[i + 2] + block[i + 8]) * ez >> 12)
            x -= a * ex >> 12
            y -= a * ey >> 12
            a -= _FULL
            vs[k] = a if -_FULL < a < _FULL else _hold(a, _FULL)
            hxs[k] = x if -_H_FULL < x < _H_FULL else _hold(x, _H_FULL)
            hys[k] = y if -_H_FULL < y < _H_FULL else _hold(y, _H_FULL)
            x = block[i + 3] + block[i + 9]
            y = block[i + 4] + block[i + 10]
            a = (x * ex + y * ey >> 12) + ((block[i + 5] + block[i + 11]) * ez >> 12)
            x -= a * ex >> 12
            y -= a * ey >> 12
            ws[k] = a if -_RATE_FULL < a < _RATE_FULL else _hold(a, _RATE_FULL)
            pxs[k] = x if -_RATE_FULL < x < _RATE_FULL else _hold(x, _RATE_FULL)
            pys[k] = y if -_RATE_FULL < y < _RATE_FULL else _hold(y, _RATE_FULL)
            i += 12
            j += 6
        self.row[EX] = ex_sum
        self.row[EY] = ey_sum
        self.row[EZ] = ez_sum

    def _sum_vertical(self) -> None:
        row = self.row
        vs = self.v
        last = vs[_HISTORY - 1]
        total = energy = moment = jerk = jerk_third = 0
        most = least = 0
        at = 1 - PAIRS
        for k in range(_HISTORY, _KEPT):
            v = vs[k]
            step = v - last
            last = v
            jerk += step if step >= 0 else -step
            step >>= 7
            jerk_third += step * step * step
            v >>= 3
            total += v
            energy += v * v
            moment += at * v
            at += 2
            if v > most:
                most = v
            elif v < least:
                least = v
        row[V] = total
        row[VV] = energy
        row[V_MOMENT] = moment
        row[V_JERK] = jerk
        row[V_JERK_THIRD] = jerk_third
        row[V_MAX] = most
        row[V_MIN] = -least

    def _sum_level(self) -> None:
        row = self.row
        vs = self.v
        hxs = self._hx
        hys = self._hy
        last_x = hxs[_HISTORY - 1]
        last_y = hys[_HISTORY - 1]
        x_total = y_total = energy = x_ago = y_ago = jerk = 0
        for k in range(_HISTORY, _KEPT):
            x = hxs[k]
            y = hys[k]
            jerk += abs(x - last_x) + abs(y - last_y)
            last_x = x
            last_y = y
            x >>= 3
            y >>= 3
            ago = vs[k - AGO] >> 3
            x_total += x
            y_total += y
            energy += x * x + y * y
            x_ago += x * ago
            y_ago += y * ago
        row[HX] = x_total
        row[HY] = y_total
        row[HH] = energy
        row[H_JERK] = jerk
        row[HX_V_AGO] = x_ago
        row[HY_V_AGO] = y_ago

    def _sum_rates(self) -> None:
        row = self.row
        ws = self._w
        pxs = self.px
        pys = self.py
        hxs = self._hx
        hys = self._hy
        last = ws[_HISTORY - 1]
        last_x = pxs[_HISTORY - 1]
        last_y = pys[_HISTORY - 1]
        w_total = w_energy = w_jerk = x_total = y_total = energy = jerk = most = 0
        inner = outer = 0
        for k in range(_HISTORY, _KEPT):
            w = ws[k]
            x = pxs[k]
            y = pys[k]
            w_jerk += abs(w - last)
            jerk += abs(x - last_x) + abs(y - last_y)
            last = w
            last_x = x
            last_y = y
            w >>= 2
            x >>= 2
            y >>= 2
            w_total += w
            w_energy += w * w
            x_total += x
            y_total += y
            hx = hxs[k] >> 3
            hy = hys[k] >> 3
            inner += hx * x + hy * y
            outer += hx * y - hy * x
            x = x * x + y * y
            energy += x
            if x > most:
                most = x
        row[W] = w_total
        row[WW] = w_energy
        row[W_JERK] = w_jerk
        row[PX] = x_total
        row[PY] = y_total
        row[PP] = energy
        row[P_JERK] = jerk
        row[P_MAX] = most
        row[INNER] = inner
        row[OUTER] = outer

    def _sum_lags(self) -> None:
        """Sum up differences over lags: small where the motion repeats itself."""
        row = self.row
        values = self.v
        at = LAG_V
        for lag in LAGS_V:
            total = 0
            for k in range(_HISTORY, _KEPT):
                total += abs(values[k] - values[k - lag])
            row[at] = total
            at += 1
        xs = self.px
        ys = self.py
        for lag in LAGS_P:
            total = 0
            for k in range(_HISTORY, _KEPT):
                x = xs[k] - xs[k - lag] >> 4
                y = ys[k] - ys[k - lag] >> 4
                total += x * x + y * y
            row[at] = total
            at += 1


def _hold(value: int, limit: int) -> int:
    if value > limit:
        return limit
    if value < -limit:
        return -limit
    return value
