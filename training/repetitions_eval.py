"""Chair rises and hip hinges against what people were asked to do, with models of other people.

HAPT: every labelled rising from a seat, as worn on the hip and turned as on the lower back.
UMAFall: a chair file holds one rise, a bending file one bow; nothing in them says when. False
counts: in everything labelled or named walking or stairs. The state machine that the counting
leans on is run with a model that has not seen the person.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from beltcore.features import DELAY
from beltcore.motion import Motion
from beltcore.repetitions import Repetitions
from beltcore.sequence import STANDING
from beltcore.steps import StepCounter
from beltwire import codes

from training import dataset, repetitions_joined
from training.evaluate import Decoded
from training.examples import Example
from training.recordings import Stretch
from training.repetitions_joined import Joins

_EARLY_S = 1.0
_LATE_S = 20.0  # a rise may be noticed late where the state machine is slow to know
BOUTS = "walking bouts (Mobilise-D)"
_BOUT_GAP_S = 3.0  # contacts further apart belong to two reference bouts
_GAITS = ("walking", "stairs_up", "stairs_down")
Told = list[tuple[int, int]]


@dataclass
class Tally:
    """How many there were, how many of them were counted, and what else was."""

    there: int = 0
    found: int = 0
    others: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of those that were there."""
        return self.found / self.there

    def text(self) -> str:
        """Such as "0.95 (39 of 41)"."""
        return f"{self.recall:.2f} ({self.found} of {self.there})"


@dataclass
class Elsewhere:
    """Time spent on something in which nobody repeats anything, and what was told in it."""

    seconds: float = 0.0
    rises: int = 0
    hinges: int = 0


@dataclass
class Outcome:
    """Rises in HAPT as worn and on the lower back, rises and bows in UMAFall, walking."""

    worn: Tally = field(default_factory=Tally)
    back: Tally = field(default_factory=Tally)
    chair: Tally = field(default_factory=Tally)
    bending: Tally = field(default_factory=Tally)
    elsewhere: dict[str, Elsewhere] = field(default_factory=dict)
    joined: Joins = field(default_factory=Joins)
    walking_s: float = 0.0
    in_walking: int = 0

    @property
    def false_in_ten_minutes(self) -> float:
        """Repetitions told in ten minutes of walking."""
        return 600 * self.in_walking / self.walking_s


def told(example: Example, decoded: Decoded, variant: str = dataset.AS_WORN) -> Told:
    """(second, kind) of the repetitions counted in a recording, late by what they were held."""
    body, up = dataset.body_motion(example.entry, variant)
    motion, steps, counting = Motion(), StepCounter(), Repetitions()
    found: Told = []
    for second in range(len(body)):
        motion.add(dataset.to_block(body[second]), dataset.to_block(up[second]))
        known = second - DELAY
        state = int(decoded.states[known]) if known >= 0 else STANDING
        counting.second(motion, state, steps.add(motion.v))
        if counting.kind:
            found.append((second - counting.ago_s, counting.kind))
    counting.flush()
    if counting.kind:
        found.append((len(body), counting.kind))
    return found


def evaluate(
    examples: list[Example], decoded: dict[str, tuple[Decoded, Decoded | None]]
) -> Outcome:
    """All recordings."""
    outcome = Outcome()
    for example in examples:
        worn, back = decoded[example.entry.name]
        take(outcome, example, told(example, worn))
        if back is not None:
            _tally_risings(outcome.back, example, told(example, back, dataset.LOWER_BACK))
    outcome.joined = repetitions_joined.evaluate(examples)
    return outcome


def take(outcome: Outcome, example: Example, found: Told) -> None:
    """Add what was told in a recording as it was worn."""
    if example.entry.source == "hapt":
        right = _tally_risings(outcome.worn, example, found)
        _count_walking(outcome, example, found)
        _take_elsewhere(outcome, example, [each for each in found if each not in right])
    elif example.entry.source == "umafall":
        _take_file(outcome, example, found)
    else:
        _take_bouts(outcome, example, found)


def _take_elsewhere(outcome: Outcome, example: Example, others: Told) -> None:
    """Everything told that was no labelled rising, by what the wearer did then."""
    labelled = 0.0
    for stretch in example.entry.stretches:
        inside = [each for each in others if stretch.start_s <= each[0] <= stretch.end_s]
        others = [each for each in others if each not in inside]
        _note(outcome, f"{stretch.activity} (HAPT)", stretch.end_s - stretch.start_s, inside)
        labelled += stretch.end_s - stretch.start_s
    _note(outcome, "not labelled (HAPT)", len(example.features) - labelled, others)


def _take_bouts(outcome: Outcome, example: Example, found: Told) -> None:
    """Reference walking bouts on the lower back: from contact to contact."""
    times = [stretch.start_s for stretch in example.entry.stretches]
    for start, end in pairwise(times):
        if end - start <= _BOUT_GAP_S:
            inside = [each for each in found if start <= each[0] < end]
            _note(outcome, BOUTS, end - start, inside)


def _note(outcome: Outcome, what: str, seconds: float, told_in_it: Told) -> None:
    one = outcome.elsewhere.setdefault(what, Elsewhere())
    one.seconds += seconds
    one.rises += sum(kind == codes.CHAIR_RISE for _, kind in told_in_it)
    one.hinges += sum(kind == codes.HIP_HINGE for _, kind in told_in_it)


def _tally_risings(tally: Tally, example: Example, found: Told) -> Told:
    """Find each labelled rising among what was told; those found."""
    right: Told = []
    rises = [second for second, kind in found if kind == codes.CHAIR_RISE]
    for stretch in example.entry.stretches:
        if stretch.activity != "sit_to_stand":
            continue
        tally.there += 1
        fitting = [s for s in rises if _is_of(s, stretch)]
        if fitting:
            tally.found += 1
            rises.remove(fitting[0])
            right.append((fitting[0], codes.CHAIR_RISE))
        else:
            tally.missed.append(f"{example.entry.name} at {stretch.start_s:.0f} s")
    labelled = [s for s in example.entry.stretches if s.activity != "sit_to_stand"]
    tally.others += sum(any(s.start_s <= r <= s.end_s for s in labelled) for r in rises)
    return right


def _is_of(second: int, rising: Stretch) -> bool:
    return rising.start_s - _EARLY_S <= second <= rising.end_s + _LATE_S


def _count_walking(outcome: Outcome, example: Example, found: Told) -> None:
    for stretch in example.entry.stretches:
        if stretch.activity in _GAITS:
            outcome.walking_s += stretch.end_s - stretch.start_s
            outcome.in_walking += sum(stretch.start_s <= s <= stretch.end_s for s, _ in found)


def _take_file(outcome: Outcome, example: Example, found: Told) -> None:
    activity = example.entry.stretches[0].activity
    if activity == "walking":
        outcome.walking_s += len(example.features)
        outcome.in_walking += len(found)
    for name, tally, kind in (
        ("chair", outcome.chair, codes.CHAIR_RISE),
        ("bending", outcome.bending, codes.HIP_HINGE),
    ):
        if activity == name:
            right = sum(k == kind for _, k in found)
            tally.there += 1
            tally.found += min(right, 1)
            tally.others += len(found) - min(right, 1)
            if not right:
                tally.missed.append(example.entry.name)
            found = _without_one(found, kind)
    _note(outcome, f"{activity} (UMAFall)", len(example.features), found)


def _without_one(found: Told, kind: int) -> Told:
    """What is told beside the one that was to be."""
    right = [each for each in found if each[1] == kind]
    return [each for each in found if each not in right[:1]]
