# Plumbline belt core: steps
"""Steps from the vertical acceleration: one rise of its slow part above a threshold is a step.

The vertical (26 Hz) is smoothed by two running means of 0.15 s and freed from its mean over the
last 0.85 s, which leaves about 0.8 to 3 Hz: the rise and fall of the trunk, once a step. A
step is counted where this rises above a quarter of its recent amplitude (25 mg at least), not
before it has fallen below minus half that threshold, and 0.27 s after the last one at the earliest.
Whether a rise was a step or a bow is for the activity to say: see activity.py.
"""

from array import array

from .motion import PAIRS

SMOOTH = 4  # pairs in each of the two running means
MEAN = 22  # pairs in the mean that is taken away
_LEAST = 25  # 1024 = 1 g
_SHORTEST = 7  # pairs from step to step: 0.27 s
_SLOT_FIRST = 0
_SLOT_SECOND = SMOOTH
_SLOT_MEAN = 2 * SMOOTH
_SLOTS = 2 * SMOOTH + MEAN
_NUMBERS = 9

# _s: 0-2 places in the three rings, 3-5 their sums, 6 envelope (Q4), 7 armed, 8 pairs since step


class StepCounter:
    """Counts rises second by second; `add` returns how many steps began in the second."""

    def __init__(self) -> None:
        self._rings = array("h", bytes(2 * _SLOTS))
        self._s = array("i", bytes(4 * _NUMBERS))

    def add(self, vertical: "array[int]") -> int:
        """Take one second of vertical acceleration: the last PAIRS numbers of it, 8196 = 1 g."""
        s = self._s
        steps = 0
        for k in range(len(vertical) - PAIRS, len(vertical)):
            slow = self._mean(0, _SLOT_FIRST, SMOOTH, vertical[k] >> 3)
            slow = self._mean(1, _SLOT_SECOND, SMOOTH, slow)
            slow -= self._mean(2, _SLOT_MEAN, MEAN, slow)
            size = (slow if slow >= 0 else -slow) << 4
            envelope = s[6] - (s[6] >> 5)
            s[6] = envelope if envelope > size else size
            least = s[6] >> 6
            if least < _LEAST:
                least = _LEAST
            if s[8] < _SHORTEST:
                s[8] += 1
            if s[7]:
                if slow > least and s[8] >= _SHORTEST:
                    s[7] = 0
                    s[8] = 0
                    steps += 1
            elif slow < -(least >> 1):
                s[7] = 1
        return steps

    def _mean(self, which: int, first: int, size: int, value: int) -> int:
        """Put value into a ring and return the mean of the ring."""
        s = self._s
        at = first + s[which]
        s[3 + which] += value - self._rings[at]
        self._rings[at] = value
        s[which] = s[which] + 1 if s[which] + 1 < size else 0
        return s[3 + which] // size
