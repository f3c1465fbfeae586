"""Chair rises and hip hinges against what people were asked to do, with models of other people.

HAPT: every labelled rising from a seat, as worn on the hip and turned as on the lower back.
UMAFall: a chair file holds one rise, a bending file one bow; nothing in them says when. False
counts: in everything labelled or named walking or stairs. The state machine that the counting
leans on is run with a model that has not seen the person.
"""

from dataclasses import dataclass, field

import numpy as np
from beltcore.activity import Activity
from beltcore.features import DELAY
from beltcore.motion import Motion
from beltcore.repetitions import Repetitions
from beltcore.sequence import STANDING
from beltcore.steps import StepCounter
from beltwire import codes
from plumbline.recording import RATE_HZ

from training import dataset
from training.evaluate import Decoded
from training.examples import Example
from training.recordings import Stretch

_EARLY_S = 1.0
_LATE_S = 20.0  # a rise may be noticed late where the state machine is slow to know
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
class Outcome:
    """Rises in HAPT as worn and on the lower back, rises and bows in UMAFall, walking."""

    worn: Tally = field(default_factory=Tally)
    back: Tally = field(default_factory=Tally)
    chair: Tally = field(default_factory=Tally)
    bending: Tally = field(default_factory=Tally)
    lying: Tally = field(default_factory=Tally)
    set_of_five_worn: float = 0.0
    set_of_five_back: float = 0.0
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
        if example.entry.source == "hapt":
            found = told(example, worn)
            _tally_risings(outcome.worn, example, found)
            _count_walking(outcome, example, found)
            if back is not None:
                _tally_risings(outcome.back, example, told(example, back, dataset.LOWER_BACK))
        elif example.entry.source == "umafall":
            _take_file(outcome, example, told(example, worn))
    outcome.set_of_five_worn = set_of_five(examples, dataset.AS_WORN)
    outcome.set_of_five_back = set_of_five(examples, dataset.LOWER_BACK)
    return outcome


def set_of_five(examples: list[Example], variant: str) -> float:
    """Rises counted, mean over HAPT, where one's own sitting down and standing up are joined.

    Five times in a row with hardly a pause; after the filter, for the pieces do not quite fit.
    The core is the one that is committed.
    """
    counted = []
    for example in examples:
        stretches = example.entry.stretches
        down = [s for s in stretches if s.activity == "stand_to_sit"]
        up = [s for s in stretches if s.activity == "sit_to_stand"]
        if example.entry.source == "hapt" and down and up:
            counted.append(_run_set(example, variant, down[0], up[0]))
    return sum(counted) / len(counted)


def _run_set(example: Example, variant: str, down: Stretch, up: Stretch) -> int:
    body, ups = dataset.body_motion(example.entry, variant)
    before = np.arange(int((down.start_s - 8) * RATE_HZ), int(down.start_s * RATE_HZ))
    sitting = np.arange(int(down.start_s * RATE_HZ), int(down.end_s * RATE_HZ))
    rising = np.arange(int(up.start_s * RATE_HZ), int((up.end_s + 0.1) * RATE_HZ))
    order = np.concatenate([before, *[sitting, rising] * 5, before])
    blocks, verticals = body.reshape(-1, 6)[order], ups.reshape(-1, 3)[order]
    activity, counting = Activity(), Repetitions()
    for at in range(0, len(order) // RATE_HZ * RATE_HZ, RATE_HZ):
        block = dataset.to_block(blocks[at : at + RATE_HZ])
        activity.second(block, dataset.to_block(verticals[at : at + RATE_HZ]))
        counting.second(activity.motion, activity.state, activity.rises)
    counting.flush()
    return counting.rises


def _tally_risings(tally: Tally, example: Example, found: Told) -> None:
    rises = [second for second, kind in found if kind == codes.CHAIR_RISE]
    for stretch in example.entry.stretches:
        if stretch.activity != "sit_to_stand":
            continue
        tally.there += 1
        fitting = [s for s in rises if _is_of(s, stretch)]
        if fitting:
            tally.found += 1
            rises.remove(fitting[0])
        else:
            tally.missed.append(f"{example.entry.name} at {stretch.start_s:.0f} s")
    labelled = [s for s in example.entry.stretches if s.activity != "sit_to_stand"]
    tally.others += sum(any(s.start_s <= r <= s.end_s for s in labelled) for r in rises)


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
        ("lie_down", outcome.lying, codes.CHAIR_RISE),
    ):
        if activity == name:
            right = sum(k == kind for _, k in found)
            tally.there += 1
            tally.found += min(right, 1)
            tally.others += len(found) - min(right, 1)
            if not right:
                tally.missed.append(example.entry.name)
