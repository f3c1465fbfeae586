# Plumbline belt core: what the wearer does, second by second
"""Activity from motion: a window's scores above, and what bodies can do on top.

The ensemble scores each second by itself. Which sequence of activities fits the scores best,
given what each change costs (`_COST`), is found in two places: up to the present second (`live`)
and, with SMOOTHING more seconds known, for the second LAG before the present one (`decided`).

    second t's samples --> window of t-1 whole --> live: up to t-1
                                               --> decided: t-1-SMOOTHING = t-LAG
"""

from array import array

from beltwire import codes

from .ensemble import CLASSES, SCORE_ONE, score
from .features import DELAY, Window
from .steps import StepCounter

STATES = (
    codes.LYING,
    codes.SITTING,
    codes.STANDING,
    codes.WALKING,
    codes.STAIRS_UP,
    codes.STAIRS_DOWN,
    codes.RUNNING,
    codes.TRANSITION,
)
SMOOTHING = 12
LAG = SMOOTHING + DELAY

# Cost of going from the row's state to the column's, in log-odds: sitting and standing exchange
# through a transition, lying is entered and left through one, gait starts and ends standing.
#          ly  si  st  wa  su  sd  ru  tr
_COST = (
    (0, 12, 12, 12, 12, 12, 12, 2),  # lying
    (12, 0, 12, 9, 12, 12, 12, 2),  # sitting
    (12, 12, 0, 3, 3, 3, 3, 2),  # standing
    (12, 12, 3, 0, 4, 4, 3, 2),  # walking
    (12, 12, 3, 4, 0, 5, 3, 2),  # stairs up
    (12, 12, 3, 4, 5, 0, 3, 2),  # stairs down
    (12, 12, 3, 3, 3, 3, 0, 2),  # running
    (2, 2, 2, 2, 2, 2, 2, 0),  # transition
)
_GAIT = (codes.WALKING, codes.STAIRS_UP, codes.STAIRS_DOWN, codes.RUNNING)
_TEMPER = 38  # a window's score counts for 38 / 64: windows overlap

# Chance of being right, percent, against the lead over the next best in 1/8 of log-odds.
_CONFIDENCE = (50, 56, 62, 68, 73, 78, 82, 85, 88, 90, 92, 94, 95, 96, 97, 97, 98, 98, 98, 99, 99)
_UNKNOWN_BELOW = 55  # percent: less is called unknown


class Activity:
    """Takes seconds of body-axes motion; offers `live` and `decided` codes with confidences."""

    def __init__(self) -> None:
        self.live = codes.UNKNOWN
        self.live_confidence = 0
        self.decided = codes.UNKNOWN  # of the second LAG before the last one taken
        self.decided_confidence = 0
        self.steps = 0  # steps begun in the decided second
        self._window = Window()
        self._counter = StepCounter()
        self._counts = bytearray(LAG + 1)  # rises of the last seconds
        self._counted = 0
        self._scores = array("i", bytes(4 * CLASSES))
        self._cost = array("h", bytes(2 * CLASSES * CLASSES))
        for i in range(CLASSES):
            for j in range(CLASSES):
                self._cost[i * CLASSES + j] = _COST[i][j] * SCORE_ONE
        self._ring = array("h", bytes(2 * CLASSES * SMOOTHING))  # scores of the last seconds
        self._at = 0
        self._head = array("i", bytes(4 * CLASSES))  # best path up to the present second
        self._tail = array("i", bytes(4 * CLASSES))  # best path up to the decided second
        self._back = array("i", bytes(4 * CLASSES))  # best path from the decided second on
        self._work = array("i", bytes(4 * CLASSES))
        self._pick = array("h", bytes(4))

    def second(self, block: "array[int]", up: "array[int]") -> None:
        """Take one second: 312 counts and 156 up numbers, both in body axes."""
        known = self._window.add(block, up)
        self._step(known, self._counter.add(self._window.motion.vertical))

    def missing(self) -> None:
        """Take a second without samples; at the end LAG of them bring out what is pending."""
        self._step(self._window.missing(), 0)

    def _step(self, known: bool, rises: int) -> None:
        scores = self._scores
        if known:
            score(self._window.features, scores)
            for k in range(CLASSES):
                scores[k] = scores[k] * _TEMPER >> 6
        else:
            for k in range(CLASSES):
                scores[k] = 0
        self._advance(self._head, scores, 0)
        for k in range(CLASSES):
            self._back[k] = 0
        self._choose(self._head)
        self.live = STATES[self._pick[0]] if known else codes.UNKNOWN
        self.live_confidence = self._pick[1] if known else 0
        self._smooth(rises)

    def _advance(self, path: "array[int]", scores: "array[int]", base: int) -> None:
        """Extend the best paths by one second with the scores from `base`; the best is 0."""
        work = self._work
        cost = self._cost
        best = -(1 << 29)
        for j in range(CLASSES):
            top = -(1 << 29)
            at = j
            for i in range(CLASSES):
                value = path[i] - cost[at]
                if value > top:
                    top = value
                at += CLASSES
            top += scores[base + j]
            work[j] = top
            if top > best:
                best = top
        for j in range(CLASSES):
            path[j] = work[j] - best

    def _smooth(self, rises: int) -> None:
        ring = self._ring
        base = self._at * CLASSES
        self._advance(self._tail, ring, base)
        for k in range(CLASSES):
            ring[base + k] = self._scores[k]
            self._back[k] = 0
        newest = self._at
        self._at = (newest + 1) % SMOOTHING
        slot = newest
        for _ in range(SMOOTHING):
            self._retreat(slot * CLASSES)
            slot = slot - 1 if slot else SMOOTHING - 1
        self._choose(self._tail)
        self.decided_confidence = self._pick[1]
        self.decided = STATES[self._pick[0]]
        if self._pick[1] < _UNKNOWN_BELOW:
            self.decided = codes.UNKNOWN
        self._counts[self._counted] = rises
        self._counted = self._counted + 1 if self._counted < LAG else 0
        self.steps = self._counts[self._counted] if self.decided in _GAIT else 0

    def _retreat(self, base: int) -> None:
        """Extend the best paths after a second backwards over the second scored at `base`."""
        work = self._work
        back = self._back
        cost = self._cost
        ring = self._ring
        for j in range(CLASSES):
            work[j] = back[j] + ring[base + j]
        at = 0
        for i in range(CLASSES):
            top = -(1 << 29)
            for j in range(CLASSES):
                value = work[j] - cost[at]
                if value > top:
                    top = value
                at += 1
            back[i] = top

    def _choose(self, path: "array[int]") -> None:
        """Set _pick to the best state of path + _back and its confidence."""
        best = second = -(1 << 29)
        state = 0
        for k in range(CLASSES):
            value = path[k] + self._back[k]
            if value > best:
                second = best
                best = value
                state = k
            elif value > second:
                second = value
        lead = (best - second) >> 3
        self._pick[0] = state
        self._pick[1] = _CONFIDENCE[lead if lead < len(_CONFIDENCE) else len(_CONFIDENCE) - 1]
