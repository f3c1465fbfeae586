# Plumbline belt core: which way is up
"""Inclination: the up vector in sensor axes, from acceleration and angular rate in counts.

Acceleration low-passed in a frame that does not turn is gravity. The filter's two state vectors
(two cascaded one-pole stages) live in sensor axes and are turned back by each sample's rotation,
so they stand still in the room; then they move towards the new acceleration:

    block --> _rates ----> rotation of each sample (bias off, coning, remainder carried on)
          --> _lead -----> acceleration, turned on to the end of its sample
                            |
                          _stage  v1 <- turned v1 + gain * (acceleration - v1)
                            |
                          _stage  v2 <- turned v2 + gain * (v1 - v2)  --> up
          --> Watch -----> each second: at rest? a rail? a stuck sensor?  --> bias, fault

Formats: acceleration and rate in counts (1 g = 4098, 70 mdps); state vectors Q10 counts, held
within +-2**23 (2 g); bias Q10 counts; rotation in radian, Q20 and then Q14 with what is lost
carried to the next sample; the correction of a large rotation Q18.

Parameters sit on plateaus found on the BROAD recordings (training/inclination_study.py).
"""

from array import array

from . import watch
from .fixed import clamp
from .watch import RATE_MOST, WINDOW, Watch

RATE_HZ = 52
ONE_G = 4098  # counts: 1 g / 0.244 mg
UP_ONE_G = ONE_G * 4  # length of the up vectors given out, Q2 counts

_TOP = 96  # samples: the time constant of a stage, 1.85 s (plateau 1.5 to 2.3 s)
_FIRST = 3  # the first sample counts for three: the gain starts at 1/3 and falls as 1/n
_FAST = 26  # samples: 0.5 s, while the gyro cannot be used
_STATE_MAX = (1 << 23) - 1

# Gain of a sample by age, Q14. The first stage starts as a plain mean; the second one follows it
# at once until the first has seen its time constant.
_GAINS = array("h", [0] * _FIRST + [16384 // n for n in range(_FIRST, _TOP + 1)])
_FOLLOW = array("h", [16384] * _TOP + [16384 // _TOP])
_HOLD = array("h", [0] * (_TOP + 1))

# Places in the state array.
_V1 = 0  # first stage
_V2 = 3  # second stage
_BIAS = 6
_REST = 9  # remainder of the rotation, Q20
_LAST = 12  # rotation of the sample before, Q14
_AGE = 15  # samples since the start, 0 = none yet, at most _TOP
_LEARNT = 16  # rests used for the bias, at most 2
_BLIND = 17  # the gyro is not used in this window
_NUMB = 18  # the acceleration is not used in this window
_OWN = 19
STATE_SIZE = _OWN + watch.STATE_SIZE


class Inclination:
    """The filter; `up` is the last up vector (3 numbers, sensor axes, UP_ONE_G = 1 g)."""

    def __init__(self) -> None:
        self.up = array("h", (0, 0, 0))
        self.watch = Watch()
        self._s = array("i", bytes(4 * _OWN))
        self._w = array("h", bytes(2 * 4 * WINDOW))
        self._x = array("i", bytes(4 * 3 * WINDOW))

    @property
    def fault(self) -> int:
        """FAULT_ bits (of `watch`) of the last complete second, 0 when all is well."""
        return self.watch.fault

    def reset(self) -> None:
        """Start afresh after a gap: the next sample is the first. The bias is kept."""
        for k in range(_OWN):
            if not _BIAS <= k < _REST and k != _LEARNT:
                self._s[k] = 0
        for k in range(3):
            self.up[k] = 0
        self.watch.forget()

    def save(self, out: "array[int]", at: int = 0) -> None:
        """Write the whole state, STATE_SIZE numbers, into out (array("i")) from `at`."""
        for k in range(_OWN):
            out[at + k] = self._s[k]
        for k in range(watch.STATE_SIZE):
            out[at + _OWN + k] = self.watch.state[k]

    def restore(self, saved: "array[int]", at: int = 0) -> None:
        """Go on from what save() wrote: the next update equals the uninterrupted run."""
        for k in range(_OWN):
            self._s[k] = saved[at + k]
        for k in range(watch.STATE_SIZE):
            self.watch.state[k] = saved[at + _OWN + k]
        for k in range(3):
            self.up[k] = self._s[_V2 + k] >> 8

    def update(self, block: "array[int]", count: int, up_out: "array[int]") -> None:
        """Filter `count` samples of block (6 counts each, int16) into up_out (3 numbers each).

        up_out: array("h") or ("i"), Q2 counts (UP_ONE_G = 1 g), only the direction matters.
        Any way of cutting a recording into blocks gives the same numbers.
        """
        done = 0
        while done < count:
            n = min(count - done, self.watch.left())
            self._piece(block, 6 * done, n, up_out, 3 * done)
            done += n
        for k in range(3):
            self.up[k] = self._s[_V2 + k] >> 8

    def _piece(self, block: "array[int]", at: int, n: int, up_out: "array[int]", to: int) -> None:
        """Filter n samples that lie within one window."""
        s = self._s
        w = self._w
        x = self._x
        if s[_AGE] == 0:
            _start(s, block, at)
        self.watch.add(block, at, n)
        if s[_BLIND]:
            for i in range(4 * n):
                w[i] = 0
        else:
            _rates(s, block, at, n, w)
        _lead(block, at, n, w, x)
        self._stage(_V1, n, _HOLD if s[_NUMB] else _GAINS, x, 0, 0)
        self._stage(_V2, n, _FOLLOW, up_out, to, 8)
        s[_AGE] = min(s[_AGE] + n, _TOP)
        if self.watch.left() == 0:
            self._close()

    def _stage(
        self, base: int, n: int, gains: "array[int]", out: "array[int]", to: int, shift: int
    ) -> None:
        """One one-pole stage over n samples: state at `base`, x (Q10) in, state >> shift out.

        The turn is v - sin(t)/t w x v + (1 - cos t)/t**2 w x (w x v), as
        v - p + q / 2 + k (4 p - q) with p = w x v, q = w x p: right to the fourth order.
        """
        s = self._s
        w = self._w
        x = self._x
        age = s[_AGE]
        top = _TOP
        most = _STATE_MAX
        v0 = s[base]
        v1 = s[base + 1]
        v2 = s[base + 2]
        turn = 0
        for at in range(0, 3 * n, 3):
            w0 = w[turn]
            w1 = w[turn + 1]
            w2 = w[turn + 2]
            a = (v0 + 128) >> 8
            b = (v1 + 128) >> 8
            c = (v2 + 128) >> 8
            p0 = (w1 * c - w2 * b + 32) >> 6
            p1 = (w2 * a - w0 * c + 32) >> 6
            p2 = (w0 * b - w1 * a + 32) >> 6
            a = (p0 + 512) >> 10
            b = (p1 + 512) >> 10
            c = (p2 + 512) >> 10
            q0 = (w1 * c - w2 * b + 8) >> 4
            q1 = (w2 * a - w0 * c + 8) >> 4
            q2 = (w0 * b - w1 * a + 8) >> 4
            v0 += (q0 >> 1) - p0
            v1 += (q1 >> 1) - p1
            v2 += (q2 >> 1) - p2
            a = w[turn + 3]
            turn += 4
            if a:
                v0 += ((4 * p0 - q0) >> 12) * a >> 6
                v1 += ((4 * p1 - q1) >> 12) * a >> 6
                v2 += ((4 * p2 - q2) >> 12) * a >> 6
            if age < top:
                age += 1
            a = gains[age]
            v0 += ((x[at] - v0 + 256) >> 9) * a >> 5
            v1 += ((x[at + 1] - v1 + 256) >> 9) * a >> 5
            v2 += ((x[at + 2] - v2 + 256) >> 9) * a >> 5
            if not (-most <= v0 <= most and -most <= v1 <= most and -most <= v2 <= most):
                v0 = clamp(v0, most)
                v1 = clamp(v1, most)
                v2 = clamp(v2, most)
            out[to] = v0 >> shift
            out[to + 1] = v1 >> shift
            out[to + 2] = v2 >> shift
            to += 3
        s[base] = v0
        s[base + 1] = v1
        s[base + 2] = v2

    def _close(self) -> None:
        """End a window: learn the bias, and decide what the next window may trust."""
        s = self._s
        eyes = self.watch
        fault = eyes.close()
        if fault == 0:
            if eyes.still:
                _learn_at_rest(s, eyes)
            elif s[_AGE] == _TOP and eyes.rails == 0 and not s[_BLIND]:
                _learn_in_motion(s)
        blind = 1 if fault & (watch.FAULT_GYRO_RAIL | watch.FAULT_GYRO_STUCK) else 0
        numb = fault & watch.FAULT_ACC_RAIL
        if blind != s[_BLIND] or numb < s[_NUMB]:
            s[_AGE] = _FIRST  # what there is, is not worth much
        elif blind or eyes.rails:
            s[_AGE] = _FAST
        s[_BLIND] = blind
        s[_NUMB] = numb


def _start(s: "array[int]", block: "array[int]", at: int) -> None:
    """Take the first sample as the first guess."""
    for k in range(3):
        s[_V1 + k] = s[_V2 + k] = clamp(block[at + k] << 10, _STATE_MAX)
    s[_AGE] = _FIRST - 1


def _rates(s: "array[int]", block: "array[int]", at: int, n: int, w: "array[int]") -> None:
    """Turn n rates into w, 4 numbers a sample: rotation (radian Q14) and angle**2 / 24 (Q18).

    1 count is 70 mdps / 52 Hz = 24.6365 in Q20; here 8 * (3 + 652 / 8192), 1 in 10**5 off.
    The coning term is 1/12 (171 / 2048) of the cross product of the rotation before and this one,
    exact for a rate that changes evenly (Savage, Journal of Guidance 21(1), 1998).
    """
    b0 = (s[_BIAS] + 64) >> 7
    b1 = (s[_BIAS + 1] + 64) >> 7
    b2 = (s[_BIAS + 2] + 64) >> 7
    r0 = s[_REST]
    r1 = s[_REST + 1]
    r2 = s[_REST + 2]
    l0 = s[_LAST]
    l1 = s[_LAST + 1]
    l2 = s[_LAST + 2]
    for to in range(0, 4 * n, 4):
        x = (block[at + 3] << 3) - b0
        y = (block[at + 4] << 3) - b1
        z = (block[at + 5] << 3) - b2
        at += 6
        x = 3 * x + ((x * 652 + 4096) >> 13)
        y = 3 * y + ((y * 652 + 4096) >> 13)
        z = 3 * z + ((z * 652 + 4096) >> 13)
        r0 += x
        r1 += y
        r2 += z
        x = (x + 32) >> 6
        y = (y + 32) >> 6
        z = (z + 32) >> 6
        r0 += (((l1 * z - l2 * y + 128) >> 8) * 171 + 1024) >> 11
        r1 += (((l2 * x - l0 * z + 128) >> 8) * 171 + 1024) >> 11
        r2 += (((l0 * y - l1 * x + 128) >> 8) * 171 + 1024) >> 11
        l0 = x
        l1 = y
        l2 = z
        x = (r0 + 32) >> 6
        y = (r1 + 32) >> 6
        z = (r2 + 32) >> 6
        r0 -= x << 6
        r1 -= y << 6
        r2 -= z << 6
        w[to] = x
        w[to + 1] = y
        w[to + 2] = z
        # angle**2 (1 - angle**2 / 20) / 24
        x = (x * x + y * y + z * z + 512) >> 10
        w[to + 3] = ((x - (((x >> 4) * (x >> 4)) >> 10) // 20) + 12) // 24
    s[_REST] = r0
    s[_REST + 1] = r1
    s[_REST + 2] = r2
    s[_LAST] = l0
    s[_LAST + 1] = l1
    s[_LAST + 2] = l2


def _lead(block: "array[int]", at: int, n: int, w: "array[int]", x: "array[int]") -> None:
    """Write n accelerations, Q10, turned on to the end of their samples: a - 9/16 w x a.

    A sample is a mean over the time since the one before, so its acceleration belongs to the
    middle of that time and its rotation ends half a sample later (plateau 1/2 to 3/4 of it).
    """
    turn = 0
    for i in range(0, 3 * n, 3):
        a0 = block[at]
        a1 = block[at + 1]
        a2 = block[at + 2]
        at += 6
        w0 = w[turn]
        w1 = w[turn + 1]
        w2 = w[turn + 2]
        turn += 4
        x[i] = (a0 << 10) - ((w1 * a2 - w2 * a1 + 128) >> 8) * 9
        x[i + 1] = (a1 << 10) - ((w2 * a0 - w0 * a2 + 128) >> 8) * 9
        x[i + 2] = (a2 << 10) - ((w0 * a1 - w1 * a0 + 128) >> 8) * 9


def _learn_at_rest(s: "array[int]", eyes: Watch) -> None:
    """Move the bias to the mean rate of a window at rest: wholly, by half, then by quarters."""
    for k in range(3):
        if not -RATE_MOST * WINDOW <= eyes.sum(k) <= RATE_MOST * WINDOW:
            return
    for k in range(3):
        mean = (eyes.sum(k) << 10) // WINDOW
        s[_BIAS + k] += (mean - s[_BIAS + k]) >> s[_LEARNT]
    if s[_LEARNT] < 2:
        s[_LEARNT] += 1


def _learn_in_motion(s: "array[int]") -> None:
    """Move the bias by what the second stage lags behind the first.

    A bias d turns both stages: they end up d * 1.85 s apart about its axis. The bias moves by
    1/400 of that angle per second (a time constant of four minutes), eight times faster before
    the first rest. v1 x v2 in Q1 counts: 1 g * 1 g is 2**26, and 1 rad/s is 838,000.
    """
    shift = 15 if s[_LEARNT] else 12
    a0 = s[_V1] >> 9
    a1 = s[_V1 + 1] >> 9
    a2 = s[_V1 + 2] >> 9
    b0 = s[_V2] >> 9
    b1 = s[_V2 + 1] >> 9
    b2 = s[_V2 + 2] >> 9
    half = 1 << (shift - 1)
    s[_BIAS] = clamp(s[_BIAS] - ((a1 * b2 - a2 * b1 + half) >> shift), RATE_MOST << 10)
    s[_BIAS + 1] = clamp(s[_BIAS + 1] - ((a2 * b0 - a0 * b2 + half) >> shift), RATE_MOST << 10)
    s[_BIAS + 2] = clamp(s[_BIAS + 2] - ((a0 * b1 - a1 * b0 + half) >> shift), RATE_MOST << 10)
