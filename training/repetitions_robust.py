"""What becomes of chair rises and hip hinges when the belt is worn or built otherwise.

Every chair, bending and walking file of UMAFall and ten people's recordings of HAPT, up to half a
minute after the rising, are disturbed before the core sees them; the state machine runs with models
that have not seen the person.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from beltcore.activity import Activity
from beltcore.repetitions import Repetitions

from training.evaluate import using
from training.examples import Example, train
from training.repetitions_eval import Outcome, Told, take
from training.robustness import Case, chosen, noisy, none, off, played, times, turned

GROUPS = 2  # of people left out together: quicker and harder than one by one
_AFTER_S = 30
_FILES = ("chair", "bending", "walking")

CASES = (
    Case("as recorded", none),
    Case("a tenth less motion", times(0.9)),
    Case("a tenth more motion", times(1.1)),
    Case("belt turned by 40 degrees and tilted by 15", turned),
    Case("belt tilted by 10 degrees since it was calibrated", none, pose_deg=10.0),
    Case("noise of 20 mg and 1 deg/s added", noisy),
    Case("offsets of 20 mg added", off(0.02, 0)),
)


@dataclass
class Disturbed:
    """A case and what came of it."""

    case: Case
    outcome: Outcome = field(default_factory=Outcome)


def evaluate(examples: list[Example]) -> Iterator[Disturbed]:
    """Each case with what was told under it."""
    these = chosen(examples) + [e for e in examples if _is_wanted(e)]
    people = sorted({example.entry.person for example in these})
    found = [Disturbed(case) for case in CASES]
    for k in range(GROUPS):
        part = people[k::GROUPS]
        with using(train(examples, without=frozenset(part))):
            for example in these:
                if example.entry.person in part:
                    for one in found:
                        take(one.outcome, example, told(example, one.case))
    yield from found


def told(example: Example, case: Case) -> Told:
    """(second, kind) of the repetitions counted in a disturbed recording."""
    activity, counting = Activity(), Repetitions()
    found: Told = []
    second = 0
    for second, (body, ups) in enumerate(islice(played(example, case), _end(example))):
        if body is None or ups is None:
            activity.missing()
            counting.missing()
        else:
            activity.second(body, ups)
            counting.second(activity.motion, activity.state, activity.rises)
        if counting.kind:
            found.append((second - counting.ago_s, counting.kind))
    counting.flush()
    if counting.kind:
        found.append((second + 1, counting.kind))
    return found


def _end(example: Example) -> int:
    """So many seconds of it are looked at."""
    rising = [s.end_s for s in example.entry.stretches if s.activity == "sit_to_stand"]
    return int(rising[-1]) + _AFTER_S if rising else len(example.features)


def _is_wanted(example: Example) -> bool:
    entry = example.entry
    return entry.source == "umafall" and entry.stretches[0].activity in _FILES
