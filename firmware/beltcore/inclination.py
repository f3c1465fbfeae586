# Plumbline belt core: which way is up
"""Inclination: the up vector in sensor axes, from acceleration and angular rate in counts.

Method: acceleration low-passed in a frame that does not turn is gravity. The filter's two state
vectors (two cascaded one-pole stages) live in sensor axes and are turned back by each sample's
rotation, so they stand still in the room; then they move towards the new acceleration.

Formats: acceleration in counts (1 g = 4098), state vectors Q10 counts, held within +-2**23 (2 g);
rotation per sample in Q20, then Q14 radian with the remainder carried to the next sample.
"""

from array import array

from .fixed import clamp

ONE_G = 4098  # counts: 1 g / 0.244 mg
UP_ONE_G = ONE_G * 4  # the length of the up vectors given out: Q2 counts

FAULT_NONE = 0
FAULT_RAIL = 1  # acceleration or rate at the end of its range
FAULT_STUCK = 2  # the gyro repeats itself, or stays silent while the acceleration turns

STATE_SIZE = 24

_STATE_MAX = (1 << 23) - 1
_GAIN = 210  # Q14: one sample's share, 1 / 78 (1.5 s at 52 Hz)
_GAIN_FIRST = 2048
_REST_SAMPLES = 52
_REST_GYRO = 40  # counts, largest minus smallest of an axis at rest: 2.8 deg/s
_REST_ACC = 160  # counts: 0.04 g
_BIAS_MAX = 143 << 8  # Q8 counts: 10 deg/s

# state: 0-2 first stage, 3-5 second stage, 6-8 bias Q8, 9-11 remainder Q20, 12 gain,
# 13 rest samples, 14-16 sum of rate, 17-22 least and largest rate ... see _rest
_ANCHOR = 17


class Inclination:
    """The filter; `up` is the last up vector (array of 3, sensor axes, UP_ONE_G = 1 g)."""

    def __init__(self) -> None:
        self.up = array("h", (0, 0, 0))
        self.fault = FAULT_NONE
        self._s = array("i", bytes(4 * STATE_SIZE))

    def reset(self) -> None:
        """Forget everything: the next sample is the first."""
        for k in range(STATE_SIZE):
            self._s[k] = 0
        for k in range(3):
            self.up[k] = 0
        self.fault = FAULT_NONE

    def save(self, out: "array[int]", at: int = 0) -> None:
        """Write the whole state, STATE_SIZE numbers, into out (array("i")) from `at`."""
        for k in range(STATE_SIZE):
            out[at + k] = self._s[k]

    def restore(self, saved: "array[int]", at: int = 0) -> None:
        """Go on from what save() wrote: the next update equals the uninterrupted run."""
        for k in range(STATE_SIZE):
            self._s[k] = saved[at + k]
        for k in range(3):
            self.up[k] = self._s[3 + k] >> 8

    def update(self, block: "array[int]", count: int, up_out: "array[int]") -> None:
        """Filter `count` samples of block (6 counts each) into up_out (3 numbers each).

        up_out: array("h") or ("i"); UP_ONE_G is 1 g, only the direction matters.
        """
        s = self._s
        start = 0
        if s[12] == 0:
            for k in range(3):
                s[k] = s[3 + k] = clamp(block[k] << 10, _STATE_MAX)
            s[12] = _GAIN_FIRST
        v0 = s[0]
        v1 = s[1]
        v2 = s[2]
        u0 = s[3]
        u1 = s[4]
        u2 = s[5]
        b0 = s[6]
        b1 = s[7]
        b2 = s[8]
        r0 = s[9]
        r1 = s[10]
        r2 = s[11]
        gain = s[12]
        out = 0
        for at in range(start, 6 * count, 6):
            # rotation in this sample, Q20 radian: 24.636 per count
            x = (block[at + 3] << 3) - ((b0 + 16) >> 5)
            r0 += 3 * x + ((x * 652) >> 13)
            x = (block[at + 4] << 3) - ((b1 + 16) >> 5)
            r1 += 3 * x + ((x * 652) >> 13)
            x = (block[at + 5] << 3) - ((b2 + 16) >> 5)
            r2 += 3 * x + ((x * 652) >> 13)
            w0 = (r0 + 32) >> 6
            w1 = (r1 + 32) >> 6
            w2 = (r2 + 32) >> 6
            r0 -= w0 << 6
            r1 -= w1 << 6
            r2 -= w2 << 6
            # first stage: v <- v - w x v + w x (w x v) / 2
            x = (v0 + 128) >> 8
            y = (v1 + 128) >> 8
            z = (v2 + 128) >> 8
            p = (w1 * z - w2 * y + 32) >> 6
            q = (w2 * x - w0 * z + 32) >> 6
            r = (w0 * y - w1 * x + 32) >> 6
            x = (p + 256) >> 9
            y = (q + 256) >> 9
            z = (r + 256) >> 9
            v0 += ((w1 * z - w2 * y + 32) >> 6) - p
            v1 += ((w2 * x - w0 * z + 32) >> 6) - q
            v2 += ((w0 * y - w1 * x + 32) >> 6) - r
            v0 += ((((block[at] << 10) - v0 + 128) >> 8) * gain + 32) >> 6
            v1 += ((((block[at + 1] << 10) - v1 + 128) >> 8) * gain + 32) >> 6
            v2 += ((((block[at + 2] << 10) - v2 + 128) >> 8) * gain + 32) >> 6
            if not -8388607 <= v0 <= 8388607:
                v0 = 8388607 if v0 > 0 else -8388607
            if not -8388607 <= v1 <= 8388607:
                v1 = 8388607 if v1 > 0 else -8388607
            if not -8388607 <= v2 <= 8388607:
                v2 = 8388607 if v2 > 0 else -8388607
            # second stage
            x = (u0 + 128) >> 8
            y = (u1 + 128) >> 8
            z = (u2 + 128) >> 8
            p = (w1 * z - w2 * y + 32) >> 6
            q = (w2 * x - w0 * z + 32) >> 6
            r = (w0 * y - w1 * x + 32) >> 6
            x = (p + 256) >> 9
            y = (q + 256) >> 9
            z = (r + 256) >> 9
            u0 += ((w1 * z - w2 * y + 32) >> 6) - p
            u1 += ((w2 * x - w0 * z + 32) >> 6) - q
            u2 += ((w0 * y - w1 * x + 32) >> 6) - r
            u0 += (((v0 - u0 + 128) >> 8) * gain + 32) >> 6
            u1 += (((v1 - u1 + 128) >> 8) * gain + 32) >> 6
            u2 += (((v2 - u2 + 128) >> 8) * gain + 32) >> 6
            if not -8388607 <= u0 <= 8388607:
                u0 = 8388607 if u0 > 0 else -8388607
            if not -8388607 <= u1 <= 8388607:
                u1 = 8388607 if u1 > 0 else -8388607
            if not -8388607 <= u2 <= 8388607:
                u2 = 8388607 if u2 > 0 else -8388607
            up_out[out] = u0 >> 8
            up_out[out + 1] = u1 >> 8
            up_out[out + 2] = u2 >> 8
            out += 3
            if gain > _GAIN:
                gain -= 32
                if gain < _GAIN:
                    gain = _GAIN
        s[0] = v0
        s[1] = v1
        s[2] = v2
        s[3] = u0
        s[4] = u1
        s[5] = u2
        s[9] = r0
        s[10] = r1
        s[11] = r2
        s[12] = gain
        self.up[0] = u0 >> 8
        self.up[1] = u1 >> 8
        self.up[2] = u2 >> 8
