# Plumbline belt core: whether a wearer keeps a pose
"""Whether a wearer keeps a pose: where "up" is, second after second.

    moving | quiet | quiet | quiet |        three seconds in a row, each "up" within 1 degree of the
             rest    `------pose---'        first and of the one before: the first shows that the
                                            wearer is at rest, the last two are the pose
    moving | quiet | turns | quiet | ...    the row begins anew: `moved`

No second of its own tells a slow turn: 10 degrees in two seconds pass every limit of movement. The
filter's "up" turns with the gyroscope and cannot be shaken by a push, so that where it goes from
one second to the next is the turn itself; turning about the vertical is none. So a step that begins
in the midst of a slow turn does not measure the wearer half-way.

Who has not moved at all since the step began may not have begun to: then the row is five seconds.

Who cannot keep that still is taken at the quietest three seconds when patience ends, if they are
within 3 degrees; they are forgotten once the wearer has gone elsewhere.

The limits are ours, chosen on HAPT: 20 people who stand and sit unguided, and who change between
the two (`python -m training.stillness_study DATA`). 90 % of their times of three seconds are quiet;
in those "up" goes 0.41 / 0.75 / 1.28 degrees at 50 / 75 / 90 %. Of steps begun anywhere in a pose
98.0 % find rest, half of them within 6 s, 0.7 % take the quietest seconds, 1.3 % fail. Of steps
begun within a transition 97.8 / 1.6 / 0.6 %; half are within 0.7 degrees of the pose kept later.
"""

from array import array

from .fixed import mean_of, unit_q14
from .trig import angle_cdeg

SECONDS = 3  # in a row: rest, and the two of the pose
UNSTIRRED_SECONDS = 5  # in a row, where the wearer has not moved since the step began
AT_REST_CDEG = 100  # from the first second in a row, and from the one before
MOST_CDEG = 300  # within three seconds of who never comes to rest, and between named ones
_QUIET_RATE = 286  # counts: 20 deg/s
_QUIET_ACC = 820  # counts, largest minus smallest: 0.2 g


class Stillness:
    """Takes seconds until the wearer has kept still.

    row     quiet seconds that agree, up to the last one; `needed` of them are enough
    moved   a row has been given up, and the present one is no longer than a second
    drift   centidegrees that `pose` leaves open, once `add` or `settle` has said True
    pose    "up" of the pose, sensor axes, Q14
    """

    def __init__(self) -> None:
        self.row = 0
        self.moved = False
        self.drift = 0
        self.pose = array("i", (0, 0, 0))
        self._known = False
        self._stirred = False
        self._quiet = 0  # quiet seconds in a row, whether they agree or not
        self._step = 0  # angle between the last two of them
        self._before = array("i", (0, 0, 0))  # "up" one second ago, and two
        self._earlier = array("i", (0, 0, 0))
        self._first = array("i", (0, 0, 0))  # "up" of the row's first second
        self._mean = array("i", (0, 0, 0))
        self._best = array("i", (0, 0, 0))
        self._best_drift = MOST_CDEG + 1

    @property
    def needed(self) -> int:
        """How long a row has to become."""
        return SECONDS if self._stirred else UNSTIRRED_SECONDS

    def begin(self, known: bool = False) -> None:
        """Forget everything; `known`: the seconds to come are named ones, the wearer is at rest."""
        self.row = self._quiet = self._step = 0
        self.moved = self._stirred = False
        self._known = known
        self._best_drift = MOST_CDEG + 1

    def lose(self) -> None:
        """A second that tells nothing: what comes next begins a row."""
        self.moved = self.moved or self.row > 0
        self.row = self._quiet = 0
        self._stirred = True

    def add(self, block: "array[int]", count: int, ups: "array[int]") -> bool:
        """Take a second, sensor axes: block 6 counts a sample, ups 3; True: `pose` is known."""
        mean = self._mean
        mean_of(ups, count, mean)
        if not unit_q14(mean):
            self.lose()
            return False
        if self._best_drift <= MOST_CDEG and angle_cdeg(self._best, mean) > MOST_CDEG:
            self._best_drift = MOST_CDEG + 1
        if not is_quiet(block, count):
            self.lose()
            return False
        return self._add_quiet(mean)

    def settle(self) -> bool:
        """Patience has ended: whether there is a pose all the same, the quietest one seen."""
        if self._best_drift > MOST_CDEG:
            return False
        self._take(self._best, self._best_drift)
        return True

    def _add_quiet(self, mean: "array[int]") -> bool:
        """Lengthen the row, or begin it anew; keep the quietest pose seen."""
        self._quiet = min(self._quiet + 1, SECONDS)
        step = angle_cdeg(self._before, mean) if self._quiet > 1 else 0
        far = angle_cdeg(self._earlier, mean) if self._quiet == SECONDS else 0
        spread = max(step, far, self._step)
        self._note_row(step, mean)
        named = self._known and self._quiet > 1 and step <= MOST_CDEG
        found = named or self.row >= self.needed
        if found or (self._quiet == SECONDS and spread < self._best_drift):
            for k in range(3):
                self._best[k] = self._before[k] + mean[k]
            unit_q14(self._best)
            self._best_drift = spread
        for k in range(3):
            self._earlier[k] = self._before[k]
            self._before[k] = mean[k]
        self._step = step
        if found:
            self._take(self._best, step)
        return found

    def _note_row(self, step: int, mean: "array[int]") -> None:
        """How many seconds agree, each with the one before it and with the first of the row."""
        before = self.row
        if self._quiet == 1 or step > AT_REST_CDEG:
            self._begin_row(1, mean)
        elif angle_cdeg(self._first, mean) > AT_REST_CDEG:
            self._begin_row(2, self._before)
        else:
            self.row = before + 1
        if self.row <= before:
            self.moved = self._stirred = True
        elif self.row > 1:
            self.moved = False

    def _begin_row(self, row: int, first: "array[int]") -> None:
        self.row = row
        for k in range(3):
            self._first[k] = first[k]

    def _take(self, pose: "array[int]", drift: int) -> None:
        for k in range(3):
            self.pose[k] = pose[k]
        self.drift = drift


def is_quiet(block: "array[int]", count: int) -> bool:
    """True when a second (6 counts a sample) holds no more movement than quiet standing.

    Wide enough for who stands (88 % of HAPT's unguided pairs of seconds), narrow enough for no
    walking.
    """
    for axis in range(6):
        low = high = block[axis]
        for at in range(axis, 6 * count, 6):
            value = block[at]
            if value < low:
                low = value
            if value > high:
                high = value
        if axis < 3:
            if high - low > _QUIET_ACC:
                return False
        elif low < -_QUIET_RATE or high > _QUIET_RATE:
            return False
    return True
