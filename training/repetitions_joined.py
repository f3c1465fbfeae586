"""Repetitions that nobody was asked for: made by joining what people did, at whole samples.

One after the other: somebody's own sitting down and standing up, five times with hardly a pause.
Walking off: long or short sitting, the rising, and at once the walking. After a walk: somebody's
walking, and at once a chair or a bending file. The pieces do not quite fit where they are joined,
which costs some. The core is the one that is committed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from beltcore.activity import Activity
from beltcore.repetitions import Repetitions
from numpy.typing import NDArray
from plumbline.recording import RATE_HZ

from training import dataset
from training.examples import Example
from training.recordings import Stretch

Order = NDArray[np.int64]
Samples = NDArray[np.int16]
_WALK_S = 12
_SAT_S = 20


@dataclass
class Joined:
    """How many there were, how many of them were told, and how often anything else was."""

    there: int = 0
    found: int = 0
    others: int = 0

    def add(self, right: int, wrong: int) -> None:
        """One more, of which `right` were told where one was."""
        self.there += 1
        self.found += min(right, 1)
        self.others += wrong + max(0, right - 1)


@dataclass
class Joins:
    """What came of each kind of joining."""

    set_of_five_worn: float = 0.0
    set_of_five_back: float = 0.0
    kinds: dict[str, Joined] = field(default_factory=dict)


def evaluate(examples: list[Example]) -> Joins:
    """All joinings that the recordings allow."""
    found = Joins(set_of_five(examples, dataset.AS_WORN), set_of_five(examples, dataset.LOWER_BACK))
    hapt = [example for example in examples if example.entry.source == "hapt"]
    for variant, where in ((dataset.AS_WORN, "as worn"), (dataset.LOWER_BACK, "on the lower back")):
        for long in (True, False):
            sat = "long" if long else "short"
            name = f"rises after {sat} sitting, walking off at once, {where}"
            tally = found.kinds[name] = Joined()
            for example in hapt:
                order = _walking_off(example, long)
                if order is not None:
                    counted = _run(*_motion(example, variant), order)
                    tally.add(counted.rises, counted.hinges)
    for activity, name in (
        ("chair", "chair files straight after the same person's walking"),
        ("bending", "bending files straight after the same person's walking"),
    ):
        tally = found.kinds[name] = Joined()
        for walk, example in _pairs(examples, activity):
            counted = _after(walk, example)
            kinds = counted.rises, counted.hinges
            tally.add(*(kinds if activity == "chair" else kinds[::-1]))
    return found


def set_of_five(examples: list[Example], variant: str) -> float:
    """Rises counted of five in a row, mean over HAPT."""
    counted = []
    for example in examples:
        down, up = _first(example, "stand_to_sit"), _first(example, "sit_to_stand")
        if example.entry.source == "hapt" and down and up:
            before = _span(down.start_s - 8, down.start_s)
            both = [_span(down.start_s, down.end_s), _span(up.start_s, up.end_s + 0.1)]
            order = np.concatenate([before, *both * 5, before])
            counted.append(_run(*_motion(example, variant), order).rises)
    return sum(counted) / len(counted)


def _walking_off(example: Example, long: bool) -> Order | None:
    """The samples of sitting, rising, walking; None where somebody does not do all of it."""
    down, up = _first(example, "stand_to_sit"), _first(example, "sit_to_stand")
    walk = _first(example, "walking")
    if not (down and up and walk):
        return None
    if long:
        sitting = [_span(up.start_s - _SAT_S, up.start_s)]
    else:
        sitting = [_span(down.start_s - 8, down.end_s), _span(up.start_s - 2, up.start_s)]
    walking = _span(walk.start_s + 1, walk.start_s + 1 + _WALK_S)
    return np.concatenate([*sitting, _span(up.start_s, up.end_s + 0.1), walking])


def _pairs(examples: list[Example], activity: str) -> Iterator[tuple[Example, Example]]:
    """Everybody's walking files with each of his files of an activity."""
    files = [example for example in examples if example.entry.source == "umafall"]
    for example in files:
        for walk in files:
            same = walk.entry.person == example.entry.person
            kinds = walk.entry.stretches[0].activity, example.entry.stretches[0].activity
            if same and kinds == ("walking", activity):
                yield walk, example


def _after(walk: Example, example: Example) -> Repetitions:
    body, ups = _motion(walk, dataset.AS_WORN)
    then_body, then_ups = _motion(example, dataset.AS_WORN)
    part = slice(3 * RATE_HZ, 13 * RATE_HZ)
    whole = np.concatenate([body[part], then_body]), np.concatenate([ups[part], then_ups])
    return _run(*whole, np.arange(len(whole[0])))


def _motion(example: Example, variant: str) -> tuple[Samples, Samples]:
    body, ups = dataset.body_motion(example.entry, variant)
    return body.reshape(-1, 6), ups.reshape(-1, 3)


def _first(example: Example, activity: str) -> Stretch | None:
    return next((s for s in example.entry.stretches if s.activity == activity), None)


def _span(start_s: float, end_s: float) -> Order:
    return np.arange(int(start_s * RATE_HZ), int(end_s * RATE_HZ))


def _run(body: Samples, ups: Samples, order: Order) -> Repetitions:
    blocks, verticals = body[order], ups[order]
    activity, counting = Activity(), Repetitions()
    for at in range(0, len(order) // RATE_HZ * RATE_HZ, RATE_HZ):
        block = dataset.to_block(blocks[at : at + RATE_HZ])
        activity.second(block, dataset.to_block(verticals[at : at + RATE_HZ]))
        counting.second(activity.motion, activity.state, activity.rises)
    counting.flush()
    return counting
