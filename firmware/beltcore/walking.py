# Plumbline belt core: what walking tells about how the belt sits
"""Walking as a guided calibration that needs no guide.

Forward. Over each step the trunk goes up and down like an inverted pendulum: it is slowest
forward at the top (mid stance) and fastest at the bottom (double support), so the level
acceleration runs opposite to the vertical velocity (Cavagna et al., Journal of Physiology 262,
1976). The sum of (level acceleration) * (vertical velocity) over some steps therefore points
straight backward; sideways motion, at half the pace, sums up to nothing:

    forward = - sum of a_level * v_up

Attitude. The mean "up" of steady walking is a fixed point of a body: between bouts of one
recording it moves by 0.6 degrees (median; 2.1 at most) in HAPT. A belt that has shifted moves it.

In HAPT every one of 122 stretches of 10 s gives the right sense, and whole recordings agree with
the direction of lying on the back within 6 degrees (median) and 14 (90 %), after 6 degrees that
all have in common; in UMAFall and GAIT the sense is right for all seven who can be compared.
Shuffling among furniture is not coherent enough and gives no answer (training/calibration_eval.py).
"""

from array import array

from .fixed import ONE_Q14, clamp, isqrt, mean_of, norm3, unit_q14
from .inclination import ONE_G
from .mounting import Mounting
from .trig import angle_cdeg

NOTHING = 0
FORWARD_FOUND = 1  # `forward` and `quality` are new
UPSIDE_DOWN = 2
TURNED = 3  # the belt's forward points to where the wearer comes from
SHIFTED = 4  # by `shift_cdeg` against the first walk after the calibration

STATE_SIZE = 21

_SETTLE_S = 3  # seconds of walking in a row before one counts: steady
_FORWARD_S = 20  # walking seconds summed for one answer
_COHERENT = 25  # percent; shuffling gives about 10, walking 30 to 60
_LEVEL_LEAST = 15000  # energies of _FORWARD_S: 0.03 g and 0.04 m/s rms, less than any walk has
_VERTICAL_LEAST = 30000
_BASE_S = 30  # walking seconds in one mean attitude
_SHIFT_CDEG = 800  # 8 degrees; between bouts and days of the same belt up to 5 were seen
_OVER_CDEG = 12000

# Places in the state array.
_Q = 0  # vertical velocity (leaky), counts * samples
_QM = 1  # its slow mean
_RUN = 2  # walking seconds in a row
_S = 3  # sum of level acceleration * velocity, 3
_EA = 6  # energy of the level acceleration
_EQ = 7  # energy of the velocity
_N = 8  # walking seconds in the sums
_U = 9  # sum of unit up vectors, 3
_UN = 12
_BASE = 13  # mean attitude of the first walk, Q14 unit, 3
_HAVE = 16  # the attitude is known
_OFF = 17  # attitudes in a row that were off
_TOLD = 18  # events told since the last rebase: a bit each
_QUALITY = 19
_SHIFT = 20


class Walk:
    """Collects walking seconds; `forward` (3 numbers, Q14, sensor axes) once it is known."""

    def __init__(self) -> None:
        self.forward = array("i", (0, 0, 0))
        self._s = array("i", bytes(4 * STATE_SIZE))
        self._up = array("i", (0, 0, 0))
        self._base = array("i", (0, 0, 0))

    @property
    def quality(self) -> int:
        """How sure `forward` is, 0-100; 0 = not known."""
        return self._s[_QUALITY]

    @property
    def shift_cdeg(self) -> int:
        """The angle between the last mean attitude and the first one, centidegrees."""
        return self._s[_SHIFT]

    def rebase(self) -> None:
        """Forget everything: the next walk after a calibration is the reference."""
        for k in range(STATE_SIZE):
            self._s[k] = 0
        for k in range(3):
            self.forward[k] = 0

    def save(self, out: "array[int]", at: int = 0) -> None:
        """Write STATE_SIZE + 3 numbers into out (array("i")) from `at`."""
        for k in range(STATE_SIZE):
            out[at + k] = self._s[k]
        for k in range(3):
            out[at + STATE_SIZE + k] = self.forward[k]

    def restore(self, saved: "array[int]", at: int = 0) -> None:
        """Go on from what save() wrote."""
        for k in range(STATE_SIZE):
            self._s[k] = saved[at + k]
        for k in range(3):
            self.forward[k] = saved[at + STATE_SIZE + k]

    def add(
        self,
        block: "array[int]",
        count: int,
        ups: "array[int]",
        walking: bool,
        mounting: Mounting,
        calibrated: bool = True,
    ) -> int:
        """Take one second (sensor axes: block 6 counts a sample, ups 3); return what it showed.

        walking: level walking, not stairs nor running. mounting, calibrated: what is in force;
        an uncalibrated belt is told its forward, but nothing about shifts.
        """
        s = self._s
        if not walking:
            s[_RUN] = 0
            return NOTHING
        mean_of(ups, count, self._up)
        if not unit_q14(self._up):
            return NOTHING
        _account(s, block, count, self._up, s[_RUN] >= _SETTLE_S)
        s[_RUN] = min(s[_RUN] + 1, _SETTLE_S)
        found = NOTHING
        if s[_N] >= _FORWARD_S:
            found = self._answer_forward(mounting, calibrated)
        if found == NOTHING and s[_UN] >= _BASE_S:
            found = self._answer_attitude(mounting, calibrated)
        return found

    def _answer_forward(self, mounting: Mounting, calibrated: bool) -> int:
        """Close the sums of forward."""
        s = self._s
        energy = (isqrt(s[_EA]) * isqrt(s[_EQ])) // 100 + 1
        lively = s[_EA] >= _LEVEL_LEAST and s[_EQ] >= _VERTICAL_LEAST
        coherence = norm3(s[_S], s[_S + 1], s[_S + 2]) // energy
        work = self._up
        for k in range(3):
            work[k] = -s[_S + k]
            s[_S + k] = 0
        s[_EA] = s[_EQ] = s[_N] = 0
        if not lively or coherence < _COHERENT or not unit_q14(work):
            return NOTHING
        for k in range(3):
            self.forward[k] = work[k]
        s[_QUALITY] = clamp(coherence * 2, 100)
        if calibrated and self._tell(TURNED, angle_cdeg(work, mounting.rows)):
            return TURNED
        if s[_TOLD] & 1 << FORWARD_FOUND:
            return NOTHING
        s[_TOLD] |= 1 << FORWARD_FOUND
        return FORWARD_FOUND

    def _answer_attitude(self, mounting: Mounting, calibrated: bool) -> int:
        """Close one mean attitude and hold it against the first."""
        s = self._s
        work = self._up
        for k in range(3):
            work[k] = s[_U + k]
            s[_U + k] = 0
        s[_UN] = 0
        if not calibrated or not unit_q14(work):
            return NOTHING
        along = work[0] * mounting.rows[6] + work[1] * mounting.rows[7] + work[2] * mounting.rows[8]
        if self._tell(UPSIDE_DOWN, _OVER_CDEG if along < -(ONE_Q14 << 13) else 0):
            return UPSIDE_DOWN
        if not s[_HAVE]:
            for k in range(3):
                s[_BASE + k] = work[k]
            s[_HAVE] = 1
            return NOTHING
        for k in range(3):
            self._base[k] = s[_BASE + k]
        s[_SHIFT] = angle_cdeg(work, self._base)
        s[_OFF] = s[_OFF] + 1 if s[_SHIFT] > _SHIFT_CDEG else 0
        if s[_OFF] >= 2 and not s[_TOLD] & 1 << SHIFTED:
            s[_TOLD] |= 1 << SHIFTED
            return SHIFTED
        return NOTHING

    def _tell(self, event: int, angle: int) -> bool:
        """True once when the angle says the belt sits the other way round."""
        if angle < _OVER_CDEG or self._s[_TOLD] & 1 << event:
            return False
        self._s[_TOLD] |= 1 << event
        return True


def _account(
    s: "array[int]", block: "array[int]", count: int, up: "array[int]", steady: bool
) -> None:
    """Run the velocity over a second and, when steady, add to the sums.

    Level accelerations count in units of 4 counts (0.001 g), velocities in 16 counts * samples,
    both held within +-2047: a second's sums stay below 2**28.
    """
    u0 = up[0]
    u1 = up[1]
    u2 = up[2]
    q = s[_Q]
    mean = s[_QM]
    s0 = s1 = s2 = ea = eq = 0
    for at in range(0, 6 * count, 6):
        x = block[at]
        y = block[at + 1]
        z = block[at + 2]
        v = clamp((x * u0 + y * u1 + z * u2) >> 14, 32767)
        q += v - ONE_G - (q >> 5)
        mean += (q - mean) >> 5
        rate = clamp((q - mean) >> 4, 2047)
        x = clamp((x - (v * u0 >> 14)) >> 2, 2047)
        y = clamp((y - (v * u1 >> 14)) >> 2, 2047)
        z = clamp((z - (v * u2 >> 14)) >> 2, 2047)
        s0 += x * rate
        s1 += y * rate
        s2 += z * rate
        ea += x * x + y * y + z * z
        eq += rate * rate
    s[_Q] = q
    s[_QM] = mean
    if not steady:
        return
    s[_S] += s0 >> 6
    s[_S + 1] += s1 >> 6
    s[_S + 2] += s2 >> 6
    s[_EA] += ea >> 6
    s[_EQ] += eq >> 6
    s[_N] += 1
    s[_U] += u0
    s[_U + 1] += u1
    s[_U + 2] += u2
    s[_UN] += 1
