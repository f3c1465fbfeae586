# Plumbline belt core: chair rises and hip hinges
"""Counts what people repeat: risings from a seat, and bows of the trunk.

    swings of the trunk (swing.py) --+--> a repetition: kind, range, duration
    sitting, standing (sequence.py) -+--> a set of them: count, means, span

Who sits down leans forward, then back onto the seat: "up" goes to both sides of where it was, and
the seat gives a jolt. Who bows goes to one side and comes back. So a swing out of upright is

    to both sides, or with a jolt, or down without a deep bow --> a seat is taken
    out, then back again but not upright                      --> a seat, tilted itself
    out to one side, and back or held there                   --> a bow

(sitting down ends in a backward rotation of the trunk: Zijlstra et al., J NeuroEng Rehabil 9:75,
2012), and the swing that ends near upright again completes it: a chair rise, or a hip hinge.
Whoever sits long enough for the state machine to know is counted from that: a swing, and then
standing. Whoever walks off at once is upright within the swing, which goes on in the strides.

    FREE   nothing under way
    OUT    leant out of upright: a bow, or a seat that is tilted
    SEAT   sat down upright: the next swing is the rise

On an upright seat both halves of a repetition look alike. So what is complete is held back for
some seconds, until the state machine says whether the wearer stands or sits, or the next is done:
sitting before it was the sitting down, sitting and then standing up makes a rise of it.
"""

from array import array

from beltwire import codes

from . import sequence
from .features import DELAY
from .motion import PAIRS, Motion
from .sets import Set, Sets
from .swing import LONGEST, Swings
from .trig import angle_cdeg

FREE = 0
OUT = 1
SEAT = 2

# Chosen on HAPT's 82 labelled sittings-down and risings and on UMAFall's chair and bending files.
_SWING_CDEG = 1500  # less is a shuffle; the flattest rising in HAPT leans 22 degrees
_BOW_CDEG = 2000  # what the calibration takes for a bow, too
_FAR_CDEG = 10000  # a lean that far which took
_FAR_MS = 8000  # so long is no rise: lain down, or the belt put on or taken off
_BACK_CDEG = 1500  # near upright again
_LEANT_BACK_CDEG = _SWING_CDEG  # back from the farthest, onto a tilted seat; bows go up to 11
_STRIDE_CDEG = _BOW_CDEG  # strides do not come to rest so far out
_REST_CDEG = 1000  # the same at rest; a seat may be as near as 14 degrees
_BOTH_WAYS = 643  # 9 degrees, 4096 = a sine of 1; bows sway by up to 8
_JOLT = 512  # 0.5 g: a seat is met; the hardest bow has 0.46
_DOWN_MM = -120  # height lost on the way to a seat that is upright itself
_DOWN_MOST_CDEG = 5000  # nobody leans further to sit down like that
_LEVEL_MM = -60  # no height lost: a seat taken and left again in one swing,
_LEVEL_REACH = 3000  # x or y from side to side, 4096 = a sine of 1
_OPEN_S = 15  # s that a seat or a bow may take; longer sitting is for the state machine
_SEATED_S = 4  # s of sitting in a row that count as knowledge
_LONG_SEATED_S = 30  # s of it after which even a deep, level bow is a seated one
_WAIT_S = 20  # s from a seated wearer's swing until the state machine knows of standing
_LYING_S = 3  # s of lying in a row: neither
_PACES = 4  # steps in 4 s of a gait: these swings are strides
_SURE_CDEG = 6000  # a lean after which nobody turns out to have sat down,
_SURE_LEVEL_CDEG = 4500  # and one that came back to where it began
_SURE_LEVEL_MM = 100  # without height lost or gained
_HOLD_S = 8  # s in which the wearer may turn out to have sat down

_SEATED = (sequence.SITTING, sequence.BOW_SEATED)
_UPRIGHT = (
    sequence.STANDING,
    sequence.WALKING,
    sequence.STAIRS_UP,
    sequence.STAIRS_DOWN,
    sequence.RUNNING,
)
_GAITS = _UPRIGHT[1:]
_PAIR_MS = 38  # 1000 / 26


class Repetitions:
    """Takes seconds; offers the repetition that ended in one, and the set that did.

    kind           codes.CHAIR_RISE or HIP_HINGE when one was completed in this second, else 0
    range_cdeg     how far the trunk leaned; duration_ms; ago_s: since it ended
    rises, hinges  counted so far
    ended          the kind whose set is complete with this second, else 0: take it with `set_of`
    """

    def __init__(self) -> None:
        self.kind = codes.REPETITION_NONE
        self.range_cdeg = 0
        self.duration_ms = 0
        self.ago_s = 0
        self.rises = 0
        self.hinges = 0
        self.sets = Sets()
        self._swings = Swings()
        self._stage = FREE
        self._stage_s = 0
        self._pairs = 0  # of the swings since upright
        self._up_at = 0  # pairs of the swing under way when it came near upright
        self._sat = False
        self._range = 0
        self._upright = array("i", (0, 0, 0))
        self._work = array("i", (0, 0, 0))
        self._walks = False  # or runs
        self._runs = False
        self._paces = 0
        self._lying_s = 0
        self._seated_s = 0
        self._bent = False  # held out of where a swing began that only a bow can be
        self._bent_s = 0
        self._wait_s = 0  # left for the state machine to know of standing
        self._wait_range = 0
        self._wait_ms = 0
        self._held = codes.REPETITION_NONE  # complete unless the wearer turns out to be seated
        self._held_seated = False  # the state machine thought so when it was complete
        self._held_range = 0
        self._held_ms = 0

    def second(self, motion: Motion, state: int, steps: int) -> None:
        """Take one second of motion, with the rises in it that may be steps.

        state: the one that the newest second of the sequence is in, DELAY seconds before.
        """
        self.kind = codes.REPETITION_NONE
        self._age()
        self._know(state)
        paces = self._paces = (self._paces << 3 | min(steps, 7)) & 4095  # 3 bits a second
        paces = (paces & 7) + (paces >> 3 & 7) + (paces >> 6 & 7) + (paces >> 9)
        self._walks = state in _GAITS and paces >= _PACES
        self._runs = self._walks and state == sequence.RUNNING
        at = 0
        while at >= 0:
            at = self._swings.run(motion, at)
            if at >= 0:
                self._swung()
        self._look()

    def missing(self) -> None:
        """Pass over a second without samples."""
        self.kind = codes.REPETITION_NONE
        self._age()
        self._swings.forget()
        self._stage = FREE
        self._bent = False
        self._seated_s = self._wait_s = self._paces = 0

    @property
    def ended(self) -> int:
        """The kind whose set is complete with this second, else 0."""
        return self.sets.ended

    def set_of(self) -> Set:
        """The set that `ended` speaks of."""
        return self.sets.last

    def flush(self) -> bool:
        """At the end of a run: complete the sets under way, one a call; False: there was none."""
        self.kind = codes.REPETITION_NONE
        if self._swings.finish():
            self._swung()
        self._release()
        return self.sets.flush()

    def _age(self) -> None:
        if self._stage != FREE:
            self._stage_s += 1
            if self._stage_s > _OPEN_S:
                self._stage = FREE
        if self._bent:
            self._bent_s += 1
            self._bent = self._bent_s <= _OPEN_S
        if self._wait_s:
            self._wait_s -= 1
        if self._held:
            self.ago_s += 1
            if self.ago_s >= _HOLD_S:
                self._release()
        self.sets.age()

    def _know(self, state: int) -> None:
        """Heed what the state machine knows of sitting, standing and lying."""
        self._lying_s = self._lying_s + 1 if state == sequence.LYING else 0
        if self._lying_s >= _LYING_S:
            self._stage = FREE
            self._held = codes.REPETITION_NONE
            self._bent = False
            self._seated_s = self._wait_s = 0
        if state in _SEATED:
            self._seated_s = min(self._seated_s + 1, _LONG_SEATED_S)
            if self._seated_s >= _SEATED_S:
                self._held = codes.REPETITION_NONE
                if self._stage == OUT and not self._sat and self._range < _SURE_CDEG:
                    self._stage = FREE  # no bow lasts that long
        elif state == sequence.STANDING_UP:
            if self._held and (self._held_seated or self._seated_s):
                self._held = codes.CHAIR_RISE  # what looked like a bow
        elif state in _UPRIGHT:
            if self._held and self.ago_s > DELAY:
                self._release()
            if self._wait_s:
                self.ago_s = _WAIT_S - self._wait_s
                self._count(codes.CHAIR_RISE, self._wait_range, self._wait_ms)
                self._wait_s = 0
            elif self._seated_s >= _SEATED_S and self._swings.open:
                self._walk_off()
            self._seated_s = 0

    def _walk_off(self) -> None:
        """The state machine has seen the wearer get up, and the swing goes on in the strides."""
        swing = self._swings
        if self._stage == FREE and swing.far_cdeg() >= _SWING_CDEG:
            self.ago_s = DELAY
            pairs = max(PAIRS, swing.so_far() - DELAY * PAIRS)
            self._count(codes.CHAIR_RISE, swing.far_cdeg(), pairs * _PAIR_MS)
            swing.forget()

    def _swung(self) -> None:
        """A swing has ended."""
        self._up_at = 0
        swing = self._swings
        if swing.pairs >= LONGEST or self._is_stride():
            self._stage = FREE
        elif self._stage != FREE:
            self._next()
        elif self._bent and self._is_back():
            self._bent = False
            self._seated_s = self._wait_s = 0
            self._count(codes.HIP_HINGE, self._range, (self._pairs + swing.pairs) * _PAIR_MS)
        elif swing.far_cdeg() >= _SWING_CDEG:
            self._bent = False
            long_seated = self._seated_s >= _LONG_SEATED_S
            if self._seated_s >= _SEATED_S and (long_seated or not self._is_level_bow()):
                self._wait_s = _WAIT_S
                self._wait_range = swing.far_cdeg()
                self._wait_ms = swing.pairs * _PAIR_MS
                self._hold()
            else:
                self._first()

    def _is_stride(self) -> bool:
        """Whether a swing is one of a gait: who walks does not come to rest in it, and leant."""
        if self._runs:
            return True
        swing = self._swings
        return self._walks and not (swing.rested() and swing.left_cdeg() > _STRIDE_CDEG)

    def _is_level_bow(self) -> bool:
        """Whether a swing can only be a bow, whatever the state machine thinks of it."""
        swing = self._swings
        return (
            swing.far_cdeg() >= _SURE_LEVEL_CDEG
            and swing.left_cdeg() <= _BACK_CDEG
            and self._is_level()
        )

    def _is_level(self) -> bool:
        """Whether a swing went to one side, without height lost or gained, and met no seat."""
        swing = self._swings
        return (
            -_SURE_LEVEL_MM < swing.rise_mm < _SURE_LEVEL_MM
            and swing.both_ways() < _BOTH_WAYS
            and swing.jolt < _JOLT
        )

    def _hold(self) -> None:
        """The same bow, held at its lowest: out in one swing, and back in another.

        Between two bows of a series the state machine takes the wearer for seated, but not for
        long: each that is counted says otherwise.
        """
        swing = self._swings
        far_out = swing.rested() and swing.left_cdeg() >= _SURE_LEVEL_CDEG
        self._bent = self._seated_s < _LONG_SEATED_S and far_out and self._is_level()
        self._bent_s = 0
        self._range = swing.far_cdeg()
        self._pairs = swing.pairs
        swing.copy_from(self._upright)

    def _is_back(self) -> bool:
        """Whether a swing brought the wearer back from such a bow."""
        swing = self._swings
        swing.copy_now(self._work)
        return self._is_level() and angle_cdeg(self._upright, self._work) <= _BACK_CDEG

    def _first(self) -> None:
        """The first swing out of upright."""
        swing = self._swings
        jolted = swing.jolt >= _JOLT and not self._walks  # or it was a footfall
        self._sat = jolted or swing.both_ways() >= _BOTH_WAYS
        self._stage_s = 0
        self._pairs = swing.pairs
        self._range = swing.far_cdeg()
        swing.copy_from(self._upright)
        if swing.left_cdeg() > _BACK_CDEG:
            self._stage = OUT
            if self._range - swing.left_cdeg() >= _LEANT_BACK_CDEG:
                self._sat = True  # leant back onto a seat that is tilted itself
        elif self._sat or (swing.rise_mm < _DOWN_MM and self._range < _DOWN_MOST_CDEG):
            self._sat = True
            level = swing.reach() >= _LEVEL_REACH and swing.rise_mm > _LEVEL_MM
            if level or swing.swayed() >= _BOTH_WAYS:
                self._complete()
            else:
                self._stage = SEAT
                self._range = self._pairs = 0
        else:
            self._complete()

    def _next(self) -> None:
        """Another swing, while leant out of upright or on a seat."""
        swing = self._swings
        if self._stage == SEAT:
            if swing.far_cdeg() < _SWING_CDEG or swing.rise_mm < _DOWN_MM:
                return
            self._stage = OUT
        self._pairs += swing.pairs
        swing.copy_far(self._work)
        self._range = max(self._range, angle_cdeg(self._upright, self._work))
        swing.copy_now(self._work)
        if angle_cdeg(self._upright, self._work) <= _BACK_CDEG:
            self._complete()

    def _look(self) -> None:
        """Who comes upright slowly does so without a swing, and who walks off, within one."""
        if self._stage != OUT:
            return
        swing = self._swings
        if swing.open:
            swing.copy_now(self._work)
            if angle_cdeg(self._upright, self._work) > _BACK_CDEG:
                self._up_at = 0
                return
            if not self._up_at:
                self._up_at = swing.so_far()
            if self._walks and not self._runs:
                self._pairs += self._up_at
                self._complete((swing.so_far() - self._up_at) // PAIRS)
                swing.forget()
        else:
            swing.copy_rest(self._work)
            if angle_cdeg(self._upright, self._work) <= _REST_CDEG:
                self._complete()

    def _complete(self, ago_s: int = 0) -> None:
        """Upright again since ago_s."""
        self._stage = FREE
        if self._seated_s:
            self._held = codes.REPETITION_NONE  # the sitting down
        self._release()
        kind = codes.CHAIR_RISE if self._sat else codes.HIP_HINGE
        if self._sat or self._range >= _BOW_CDEG:
            self.ago_s = ago_s
            self._held_seated = self._seated_s > 0
            self._seated_s = self._wait_s = 0
            if self._range >= _SURE_CDEG or (not self._sat and self._is_level_bow()):
                self._count(kind, self._range, self._pairs * _PAIR_MS)
            else:
                self._held = kind
                self._held_range = self._range
                self._held_ms = self._pairs * _PAIR_MS

    def _release(self) -> None:
        """Count what was held back."""
        if self._held:
            self._count(self._held, self._held_range, self._held_ms)
            self._held = codes.REPETITION_NONE

    def _count(self, kind: int, range_cdeg: int, duration_ms: int) -> None:
        """A repetition is complete."""
        if kind == codes.CHAIR_RISE and range_cdeg >= _FAR_CDEG and duration_ms >= _FAR_MS:
            return  # neither
        self.kind = kind
        self.range_cdeg = range_cdeg
        self.duration_ms = duration_ms
        self.sets.add(kind, range_cdeg, duration_ms, self.ago_s)
        if kind == codes.CHAIR_RISE:
            self.rises = self.rises + 1 & 65535
        else:
            self.hinges = self.hinges + 1 & 65535
