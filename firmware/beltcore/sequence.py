# Plumbline belt core: what bodies can do from one second to the next
"""The most likely sequence of states, given each second's scores and the cost of each change.

Max-sum over a small graph (Viterbi's algorithm), in integers: up to the newest second, and, with
SMOOTHING more seconds known, for the second SMOOTHING before it.

      bow      the manoeuvres have states of their own: whoever stands gets to sitting only
       |       through sitting_down, and whoever lies gets to sitting only through rising_to_sit.
    standing --sitting_down--> sitting --lying_down--> lying --rising_to_sit--> sitting
       |     <--standing_up--                                --rising_to_stand--> standing
    walking, stairs_up, stairs_down, running

A bow is scored alike for all, but who bows seated is seated afterwards. A manoeuvre that is begun
may be taken back (a turn on the chair, a look under the table). Any other change costs _ANY: it is
taken only when much speaks for it. Costs and scores: 64 = one unit of log-odds, so that a change
that costs 2 happens once in 7 of the cases where the scores are even.
"""

from array import array

from beltwire import codes

from .activity_model import CLASSES
from .ensemble import SCORE_ONE

SMOOTHING = 12  # seconds
_BLOCK = 4  # seconds settled together
_RING = SMOOTHING + 1

(
    LYING,
    SITTING,
    STANDING,
    WALKING,
    STAIRS_UP,
    STAIRS_DOWN,
    RUNNING,
    BOW,
    LYING_DOWN,
    RISING_TO_SIT,
    RISING_TO_STAND,
    SITTING_DOWN,
    STANDING_UP,
    BOW_SEATED,
) = range(CLASSES + 1)
STATES = CLASSES + 1

CODES = (
    codes.LYING,
    codes.SITTING,
    codes.STANDING,
    codes.WALKING,
    codes.STAIRS_UP,
    codes.STAIRS_DOWN,
    codes.RUNNING,
    codes.TRANSITION,
    codes.TRANSITION,
    codes.TRANSITION,
    codes.TRANSITION,
    codes.TRANSITION,
    codes.TRANSITION,
    codes.TRANSITION,
)

_ANY = 12
_GAITS = (WALKING, STAIRS_UP, STAIRS_DOWN, RUNNING)
_UPRIGHT = (STANDING,) + _GAITS
_MOVE = 2  # to begin or end a manoeuvre
_BACK = 4  # to take one back, or to change one's mind within it
_START = 3  # to start or stop walking
_GAIT = 4  # to change from one gait to another
_DWELL = 32  # 1/64: for every second in a manoeuvre; they last some seconds, not a minute


def _arcs() -> "list[tuple[int, int, int]]":
    """Return (from, to, cost) of every change that costs less than _ANY."""
    arcs = [
        (SITTING_DOWN, SITTING, _MOVE),
        (SITTING, STANDING_UP, _MOVE),
        (SITTING, LYING_DOWN, _MOVE),
        (SITTING, BOW_SEATED, _MOVE),
        (BOW_SEATED, SITTING, _MOVE),
        (LYING_DOWN, LYING, _MOVE),
        (LYING, RISING_TO_SIT, _MOVE),
        (LYING, RISING_TO_STAND, _MOVE),
        (RISING_TO_SIT, SITTING, _MOVE),
        (SITTING, SITTING_DOWN, _BACK),
        (STANDING_UP, SITTING, _BACK),
        (SITTING_DOWN, STANDING_UP, _BACK),
        (STANDING_UP, SITTING_DOWN, _BACK),
        (RISING_TO_SIT, RISING_TO_STAND, _BACK),
        (RISING_TO_STAND, RISING_TO_SIT, _BACK),
        (LYING_DOWN, RISING_TO_SIT, _BACK),
        (LYING_DOWN, RISING_TO_STAND, _BACK),
        (SITTING_DOWN, LYING_DOWN, _BACK),
        (RISING_TO_SIT, STANDING_UP, _BACK),
        (BOW, SITTING_DOWN, _BACK),
        (SITTING_DOWN, BOW, _BACK),
        (BOW, LYING_DOWN, _BACK),
        (BOW_SEATED, STANDING_UP, _BACK),
        (STANDING_UP, BOW_SEATED, _BACK),
        (STAIRS_UP, STAIRS_DOWN, _GAIT + 1),
        (STAIRS_DOWN, STAIRS_UP, _GAIT + 1),
    ]
    for one in _UPRIGHT:
        move = _MOVE if one == STANDING else _MOVE + 1
        for manoeuvre in (SITTING_DOWN, LYING_DOWN, BOW):
            arcs.append((one, manoeuvre, move))
        for manoeuvre in (STANDING_UP, RISING_TO_STAND, BOW):
            arcs.append((manoeuvre, one, move))
        arcs.append((one, STANDING_UP, _BACK + 2))
        arcs.append((SITTING_DOWN, one, _BACK + 2))
    for gait in _GAITS:
        arcs.append((STANDING, gait, _START))
        arcs.append((gait, STANDING, _START))
    for one in (WALKING, RUNNING):
        for gait in _GAITS:
            if gait != one:
                arcs.append((one, gait, _GAIT))
                if gait != WALKING and gait != RUNNING:
                    arcs.append((gait, one, _GAIT))
    return arcs


_ARCS = _arcs()
_FROM = bytes([arc[0] for arc in _ARCS])
_TO = bytes([arc[1] for arc in _ARCS])
_COST = array("h", [arc[2] * SCORE_ONE for arc in _ARCS])


class Sequence:
    """Takes a second's scores at a time.

    After add(): `newest` and `settled` are states (of the newest second, and of the one SMOOTHING
    before it), `newest_lead` and `settled_lead` how far they lead over the best state of another
    activity, in units of 1/64 log-odds. Seconds are settled _BLOCK at a time, which makes one way
    back serve them all: the oldest has seen SMOOTHING seconds more, the youngest 3 fewer.
    """

    def __init__(self) -> None:
        self._ring = array("h", bytes(2 * STATES * _RING))  # scores of the last seconds
        self._head = array("i", bytes(4 * STATES))  # best path to the newest second
        self._tail = array("i", bytes(4 * STATES))  # best path to the last settled second
        self._paths = array("i", bytes(4 * STATES * _BLOCK))  # to each second of the block
        self._after = array("i", bytes(4 * STATES))  # best path from a second on
        self._work = array("i", bytes(4 * STATES))
        self._states = bytearray([STANDING] * _BLOCK)
        self._leads = array("i", bytes(4 * _BLOCK))
        self._at = 0
        self._phase = 0
        self._lead = 0
        self.newest = self.settled = STANDING
        self.newest_lead = self.settled_lead = 0

    def add(self, scores: "array[int]") -> None:
        """Take the scores of the newest second (CLASSES numbers, int16)."""
        base = self._at * STATES
        for k in range(STATES):
            value = scores[k if k != BOW_SEATED else BOW]
            self._ring[base + k] = value if k < BOW else value - _DWELL
            self._after[k] = 0
        self._forward(self._head, base)
        self.newest = self._best(self._head, 0)
        self.newest_lead = self._lead
        self._phase += 1
        if self._phase == _BLOCK:
            self._phase = 0
            self._settle()
        self._at = (self._at + 1) % _RING
        self.settled = self._states[self._phase]
        self.settled_lead = self._leads[self._phase]

    def _settle(self) -> None:
        """Settle the _BLOCK oldest seconds of the ring; the newest is at _at."""
        for k in range(_BLOCK):
            self._forward(self._tail, (self._at + 1 + k) % _RING * STATES)
            for j in range(STATES):
                self._paths[k * STATES + j] = self._tail[j]
        for seen in range(1, SMOOTHING + 1):
            self._backward((self._at + 1 - seen) % _RING * STATES)
            place = SMOOTHING - seen
            if place < _BLOCK:
                self._states[place] = self._best(self._paths, place * STATES)
                self._leads[place] = self._lead

    def _forward(self, path: "array[int]", base: int) -> None:
        """Extend best paths by the second whose scores are at `base`; the best is then 0."""
        scores = self._ring
        work = self._work
        for k in range(STATES):
            value = path[k]
            work[k] = value if value > -_ANY * SCORE_ONE else -_ANY * SCORE_ONE
        to = _TO
        cost = _COST
        at = 0
        for state in _FROM:
            value = path[state] - cost[at]
            if value > work[to[at]]:
                work[to[at]] = value
            at += 1
        best = -(1 << 29)
        for k in range(STATES):
            work[k] += scores[base + k]
            if work[k] > best:
                best = work[k]
        for k in range(STATES):
            path[k] = work[k] - best

    def _backward(self, base: int) -> None:
        """Extend the best paths after a second back over the second whose scores are at `base`."""
        work = self._work
        after = self._after
        ring = self._ring
        best = -(1 << 29)
        for k in range(STATES):
            value = after[k] + ring[base + k]
            work[k] = value
            if value > best:
                best = value
        best -= _ANY * SCORE_ONE
        for k in range(STATES):
            after[k] = work[k] if work[k] > best else best
        to = _TO
        cost = _COST
        at = 0
        for state in _FROM:
            value = work[to[at]] - cost[at]
            if value > after[state]:
                after[state] = value
            at += 1

    def _best(self, before: "array[int]", base: int) -> int:
        """Return the state of the best path before[base:] + _after; _lead is its lead."""
        after = self._after
        best = -(1 << 29)
        state = 0
        for k in range(STATES):
            value = before[base + k] + after[k]
            if value > best:
                best = value
                state = k
        second = -(1 << 29)
        for k in range(STATES):
            if CODES[k] != CODES[state]:
                value = before[base + k] + after[k]
                if value > second:
                    second = value
        self._lead = best - second
        return state
