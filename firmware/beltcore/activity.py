# Plumbline belt core: what the wearer does, second by second
"""Activity from motion: a window's scores above, and what bodies can do on top.

    second t's samples --> described: t-2 --> ensemble's scores --> sequence --> live:    t-2
                                                                             --> decided: t-LAG

`live` is the best guess there is now and serves reminders; `decided` waits for what comes after
and goes into the log. The belt's wearer is also looked for (wear.py), and steps are counted
(steps.py) in the decided second when its activity is one of walking.

Sitting and standing still look alike on the lower back, and what tilt there is stays the same
through a whole bout: so a second's score between the two counts for less than a score between
others (_TEMPER_STILL), and the manoeuvre before and after decides.
"""

from array import array

from beltwire import codes

from . import features, steps, wear
from .ensemble import CLASSES, SCORE_ONE, score
from .motion import Motion
from .sequence import (
    BOW,
    CODES,
    LYING_DOWN,
    RISING_TO_STAND,
    SITTING,
    SITTING_DOWN,
    SMOOTHING,
    STANDING,
    STANDING_UP,
    Sequence,
)

LAG = SMOOTHING + features.DELAY  # seconds
_KEPT = LAG + 2  # seconds whose steps are kept: to the one before the decided

_FLOOR = -8 * SCORE_ONE  # one window alone says no more than this against a state
_TEMPER = 45  # of 64: windows overlap, so a second adds less than its score
_TEMPER_STILL = 19  # of 64, between sitting and standing
_GAITS = (codes.WALKING, codes.STAIRS_UP, codes.STAIRS_DOWN, codes.RUNNING)

# Some steps about the kitchen are no walk yet. In these states a second's rises count as steps when
# its own scores put a gait not far behind, and when the second before or after has such rises too.
_STEPPING = (STANDING, BOW, SITTING_DOWN, STANDING_UP, LYING_DOWN, RISING_TO_STAND)
_STEP_MARGIN = -4 * SCORE_ONE
_LIKE_GAIT = 128  # bit of a second's steps: its scores allow them

# Percent of seconds decided rightly, against the lead over the next best activity in quarters of
# log-odds: measured on people left out of the training (training/evaluate.py).
CONFIDENCE = bytes(
    [42, 55, 62, 65, 67, 68, 74, 77, 79, 82, 85, 87, 90, 91, 92, 92]
    + [93, 93, 93, 93, 93, 93, 94, 94, 95, 95, 95, 95, 96, 96, 97, 98, 99]
)
UNKNOWN_BELOW = 50  # percent: less is called unknown


def temper(scores: "array[int]") -> None:
    """Weigh scores (CLASSES numbers, 64 = one unit of log-odds) for the sequence, in place."""
    best = scores[0]
    for k in range(1, CLASSES):
        if scores[k] > best:
            best = scores[k]
    for k in range(CLASSES):
        value = scores[k] - best
        scores[k] = (value if value > _FLOOR else _FLOOR) * _TEMPER >> 6
    middle = scores[SITTING] + scores[STANDING] >> 1
    apart = (scores[SITTING] - scores[STANDING]) * _TEMPER_STILL // (2 * _TEMPER)
    scores[SITTING] = middle + apart
    scores[STANDING] = middle - apart


def may_step(scores: "array[int]") -> bool:
    """Tell from a second's scores whether its rises may be steps though it is not called a gait."""
    gait = other = -(1 << 29)
    for k in range(CLASSES):
        if CODES[k] in _GAITS:
            if scores[k] > gait:
                gait = scores[k]
        elif scores[k] > other:
            other = scores[k]
    return gait - other >= _STEP_MARGIN


def confidence(lead: int) -> int:
    """Return the percent of right answers at a lead in 1/64 of log-odds."""
    place = lead >> 4
    return CONFIDENCE[place if place < len(CONFIDENCE) else len(CONFIDENCE) - 1]


class Decoder:
    """Scores of seconds to codes with confidences, `live` and SMOOTHING seconds later `decided`."""

    def __init__(self) -> None:
        self.live = codes.UNKNOWN
        self.live_confidence = 0
        self.decided = codes.UNKNOWN
        self.decided_confidence = 0
        self.sequence = Sequence()

    def add(self, scores: "array[int]", known: bool) -> None:
        """Take the scores of a second (they are tempered in place); not known: any will do."""
        if known:
            temper(scores)
        else:
            for k in range(CLASSES):
                scores[k] = 0
        found = self.sequence
        found.add(scores)
        self.live_confidence = confidence(found.newest_lead) if known else 0
        self.live = CODES[found.newest]
        if self.live_confidence < UNKNOWN_BELOW:
            self.live = codes.UNKNOWN
        self.decided_confidence = confidence(found.settled_lead)
        self.decided = CODES[found.settled]
        if self.decided_confidence < UNKNOWN_BELOW:
            self.decided = codes.UNKNOWN


class Activity:
    """Takes seconds of body-axes motion; offers codes with confidences and steps.

    live, live_confidence (percent): of the last second taken, as far as it is known;
    decided, decided_confidence, steps: of the second LAG before it;
    rises: of the trunk in the last second, steps perhaps.
    """

    def __init__(self, wear_minutes: int = wear.MINUTES) -> None:
        self.live = codes.UNKNOWN
        self.live_confidence = 0
        self.decided = codes.UNKNOWN
        self.decided_confidence = 0
        self.steps = 0
        self._window = features.Window()
        self._decoder = Decoder()
        self._counter = steps.StepCounter()
        self._wear = wear.Wear(wear_minutes)
        self._scores = array("i", bytes(4 * CLASSES))
        self._counts = bytearray(_KEPT)  # steps of the last seconds
        self._at = 0
        self.rises = 0

    @property
    def motion(self) -> "Motion":
        """The last second's motion."""
        return self._window.motion

    @property
    def state(self) -> int:
        """The state (of `sequence`) that the last second described is in, as far as is known."""
        return self._decoder.sequence.newest

    def second(self, block: "array[int]", up: "array[int]") -> None:
        """Take one second: 312 counts and 156 numbers of "up" vectors, both in body axes."""
        known = self._window.add(block, up)
        self._wear.add(self._window.motion.row)
        self.rises = self._counter.add(self._window.motion.v)
        self._take(known, self.rises)

    def missing(self) -> None:
        """Take a second without samples; at the end LAG of them bring out what is pending."""
        self._take(self._window.missing(), 0)

    def _take(self, known: bool, rises: int) -> None:
        stepping = False
        if known:
            score(self._window.features, self._scores)
            stepping = may_step(self._scores)
        decoder = self._decoder
        decoder.add(self._scores, known)
        self.live = decoder.live
        self.live_confidence = decoder.live_confidence
        self.decided = decoder.decided
        self.decided_confidence = decoder.decided_confidence
        self.steps = self._count_steps(rises, stepping)
        if self._wear.not_worn:
            self.live = self.decided = codes.NOT_WORN
            self.live_confidence = self.decided_confidence = 99
            self.steps = 0

    def _count_steps(self, rises: int, stepping: bool) -> int:
        """Note the newest second's rises, and whether the described one is like a gait.

        Returns the steps of the decided second.
        """
        counts = self._counts
        counts[self._at] = rises
        if stepping:
            described = self._at - features.DELAY
            counts[described if described >= 0 else described + _KEPT] |= _LIKE_GAIT
        before = (self._at + 1) % _KEPT
        decided = (before + 1) % _KEPT
        after = (decided + 1) % _KEPT
        self._at = before
        count = counts[decided]
        settled = self._decoder.sequence.settled
        if CODES[settled] in _GAITS:  # too unsure to be told as one still has its steps
            return count & ~_LIKE_GAIT
        if settled not in _STEPPING or count <= _LIKE_GAIT:
            return 0
        if counts[before] <= _LIKE_GAIT and counts[after] <= _LIKE_GAIT:
            return 0
        return count & ~_LIKE_GAIT
