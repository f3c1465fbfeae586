# Plumbline belt core: where a swing of the trunk begins and ends
"""Cuts the motion of the trunk into swings: from rest, or from where it turns back, to rest.

    pairs of samples --> turning? --> a swing: how far "up" went and where it ended,
                                      the height gained, the hardest jolt

A swing begins when the trunk turns faster than about 15 deg/s about level axes and ends when it
has turned slower than 8 for 0.3 s. Whoever repeats a movement without a rest comes by where the
swing began: it also ends there, at the nearest point. Swings longer than 8 s are no swings.

The height gained between two moments of rest follows from the vertical acceleration alone, as in
`features`: -integral of (t - T/2) a dt, which no constant offset of the sensor can falsify.
"""

from array import array

from .motion import PAIRS, Motion
from .trig import angle_cdeg

LONGEST = 8 * PAIRS  # pairs
_QUICK = 430  # level rate, 1 = 0.035 deg/s: 15 deg/s
_CALM = 228  # 8 deg/s
_TAIL = 8  # pairs of calm that end a swing: 0.3 s
_OUT = 1069 * 1069  # squared chord of 15 degrees, 4096 = 1: a swing that may turn back
_NEAR = 571 * 571  # of 8 degrees: back where it began
_STAYED = 8  # pairs there that end a swing: 0.3 s

# Places in the state array.
_RATE = 0  # smoothed level rate
_LEVEL = 1  # vertical acceleration at rest, Q4
_BASE = 2  # "up" at rest, Q4, 3
_OPEN = 5
_CALM_FOR = 6
_N = 7  # pairs in the swing
_SUM = 8
_MOMENT = 9
_JOLT = 10
_FAR2 = 11  # squared chord to the farthest point
_NEAR_FOR = 12  # pairs near where it began, after it
_FROM = 13  # "up" where it began, 3
_FAR = 16  # farthest point, 3
_LOW = 19  # least and most of x and y against where it began
_HIGH = 21
_NOW = 23  # the last "up", 3
_SWAYED = 26  # how far it had gone to both sides when it was farthest
_NUMBERS = 27


class Swings:
    """Runs over a second's pairs and stops where a swing has ended.

    Then hold, until the next run: `pairs` (its length), `rise_mm`, `jolt` (1024 = 1 g),
    `far_cdeg` (the farthest from where it began), `left_cdeg` (how far from there it ended),
    `both_ways` (how far it went to both sides).
    """

    def __init__(self) -> None:
        self._s = array("i", bytes(4 * _NUMBERS))
        self._a = array("i", (0, 0, 0))
        self._b = array("i", (0, 0, 0))
        self.pairs = 0
        self.rise_mm = 0
        self.jolt = 0

    @property
    def open(self) -> bool:
        """Whether a swing is under way."""
        return self._s[_OPEN] != 0

    def forget(self) -> None:
        """Start afresh after a gap."""
        for k in range(_NUMBERS):
            self._s[k] = 0

    def run(self, motion: Motion, at: int) -> int:
        """Go on from pair `at` of the second; the pair behind a swing's end, -1 when none ended."""
        s = self._s
        first = len(motion.v) - PAIRS
        while at < PAIRS:
            p = abs(motion.px[first + at])
            q = abs(motion.py[first + at])
            p += q >> 1 if p > q else q - (p >> 1)
            s[_RATE] += (p - s[_RATE]) >> 2
            v = motion.v[first + at] >> 3
            if s[_OPEN]:
                ended = self._go_on(motion.e, 3 * at, v)
            else:
                ended = False
                self._wait(motion.e, 3 * at, v)
            at += 1
            if ended:
                self._end()
                return at
        return -1

    def finish(self) -> bool:
        """At the end of a run: end the swing under way; False: there was none."""
        if not self.open:
            return False
        self._s[_CALM_FOR] = 0
        self._end()
        return True

    def far_cdeg(self) -> int:
        """How far the swing went from where it began, centidegrees."""
        return self._angle(_FAR)

    def left_cdeg(self) -> int:
        """How far from where it began it ended, centidegrees."""
        return self._angle(_NOW)

    def so_far(self) -> int:
        """Pairs since the swing under way began."""
        return self._s[_N]

    def rested(self) -> bool:
        """Whether it ended at rest, and not where it began or for want of more samples."""
        return self._s[_CALM_FOR] >= _TAIL

    def both_ways(self) -> int:
        """How far it went to both sides: the lesser of the two, of x or y, 4096 = a sine of 1."""
        s = self._s
        x = min(-s[_LOW], s[_HIGH])
        y = min(-s[_LOW + 1], s[_HIGH + 1])
        return x if x > y else y

    def swayed(self) -> int:
        """The same, up to the moment when it was farthest."""
        return self._s[_SWAYED]

    def reach(self) -> int:
        """From side to side: the greater of x and y, 4096 = a sine of 1."""
        s = self._s
        return max(s[_HIGH] - s[_LOW], s[_HIGH + 1] - s[_LOW + 1])

    def copy_rest(self, out: "array[int]") -> None:
        """Write "up" at rest (3 numbers, 4096 = 1) to `out`."""
        for k in range(3):
            out[k] = self._s[_BASE + k] >> 4

    def copy_from(self, out: "array[int]") -> None:
        """Write "up" where the swing began (3 numbers, 4096 = 1) to `out`."""
        for k in range(3):
            out[k] = self._s[_FROM + k]

    def copy_now(self, out: "array[int]") -> None:
        """Write the last "up" to `out`."""
        for k in range(3):
            out[k] = self._s[_NOW + k]

    def copy_far(self, out: "array[int]") -> None:
        """Write the farthest "up" of the swing to `out`."""
        for k in range(3):
            out[k] = self._s[_FAR + k]

    def _angle(self, place: int) -> int:
        for k in range(3):
            self._a[k] = self._s[_FROM + k]
            self._b[k] = self._s[place + k]
        return angle_cdeg(self._a, self._b)

    def _wait(self, e: "array[int]", at: int, v: int) -> None:
        """Follow the attitude at rest; begin a swing when the trunk turns quickly."""
        s = self._s
        if s[_BASE + 2] == 0 and s[_BASE] == 0 and s[_BASE + 1] == 0:
            for k in range(3):
                s[_BASE + k] = e[at + k] << 4
            s[_LEVEL] = v << 4
        if s[_RATE] <= _QUICK:
            for k in range(3):
                s[_BASE + k] += ((e[at + k] << 4) - s[_BASE + k]) >> 3
            s[_LEVEL] += ((v << 4) - s[_LEVEL]) >> 4
            return
        for k in range(3):
            s[_FROM + k] = s[_BASE + k] >> 4
        self._begin()

    def _begin(self) -> None:
        """Begin a swing where _FROM says."""
        s = self._s
        for k in range(_CALM_FOR, _FROM):
            s[k] = 0
        for k in range(_LOW, _NOW):
            s[k] = 0
        s[_SWAYED] = 0
        s[_OPEN] = 1
        for k in range(3):
            s[_FAR + k] = s[_NOW + k] = s[_FROM + k]

    def _go_on(self, e: "array[int]", at: int, v: int) -> bool:
        """Take a pair into the swing; True when it has ended with it."""
        s = self._s
        if s[_CALM_FOR] < 0:
            self._begin()
        s[_N] += 1
        s[_SUM] += v
        s[_MOMENT] += s[_N] * v
        jolt = v - (s[_LEVEL] >> 4)
        if jolt > s[_JOLT]:
            s[_JOLT] = jolt
        x = e[at] - s[_FROM]
        y = e[at + 1] - s[_FROM + 1]
        z = e[at + 2] - s[_FROM + 2]
        if x < s[_LOW]:
            s[_LOW] = x
        elif x > s[_HIGH]:
            s[_HIGH] = x
        if y < s[_LOW + 1]:
            s[_LOW + 1] = y
        elif y > s[_HIGH + 1]:
            s[_HIGH + 1] = y
        for k in range(3):
            s[_NOW + k] = e[at + k]
        away = x * x + y * y + z * z
        if away > s[_FAR2]:
            s[_FAR2] = away
            s[_NEAR_FOR] = 0
            s[_SWAYED] = self.both_ways()
            for k in range(3):
                s[_FAR + k] = e[at + k]
        elif s[_FAR2] > _OUT and self._is_back(x, y, z, away):
            s[_CALM_FOR] = -1  # no rest: the next one begins where this one did
            return True
        s[_CALM_FOR] = s[_CALM_FOR] + 1 if s[_RATE] < _CALM else 0
        return s[_CALM_FOR] >= _TAIL or s[_N] >= LONGEST

    def _is_back(self, x: int, y: int, z: int, away: int) -> bool:
        """Whether it has stayed where it began, or came by and goes the same way again."""
        s = self._s
        if away < _NEAR:
            s[_NEAR_FOR] += 1
            return s[_NEAR_FOR] >= _STAYED
        if not s[_NEAR_FOR]:
            return False
        along = x * (s[_FAR] - s[_FROM]) + y * (s[_FAR + 1] - s[_FROM + 1])
        along += z * (s[_FAR + 2] - s[_FROM + 2])
        return along > 0

    def _end(self) -> None:
        """Close the swing and say what it was."""
        s = self._s
        n = s[_N]
        s[_OPEN] = 1 if s[_CALM_FOR] < 0 else 0
        self.pairs = n
        self.jolt = s[_JOLT]
        moment = 2 * s[_MOMENT] - (n + 1) * s[_SUM]
        self.rise_mm = -((moment >> 4) * 29 >> 8)
        for k in range(3):
            s[_BASE + k] = s[_NOW + k] << 4
