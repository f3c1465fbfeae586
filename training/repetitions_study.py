"""How the thresholds of chair rises and hip hinges were chosen: one varied at a time.

usage: python -m training.repetitions_study DATA

Prints for each value what is found (rises of HAPT and of UMAFall's chair files, bows of its bending
files) and what else is told. Then each threshold is chosen on all people but one (most found, less
what else is told; the committed value where that is even) and counted on that one. The state
machine runs with models that have not seen the person.
"""

import argparse
from array import array
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from beltcore import repetitions
from beltcore.features import DELAY
from beltcore.motion import PAIRS, Motion
from beltcore.repetitions import Repetitions
from beltcore.sequence import STANDING
from beltcore.steps import StepCounter

from training import dataset
from training.evaluate import Decoded, leave_people_out
from training.examples import Example, load
from training.repetitions_eval import Outcome, Told, take

VARIED: dict[str, tuple[int, ...]] = {
    "_SWING_CDEG": (1100, 1300, 1500, 1700, 1900),
    "_LEANT_BACK_CDEG": (1000, 1200, 1500, 1800, 2100, 2500, 3000, 3600),
    "_STRIDE_CDEG": (1500, 1800, 2000, 2500, 3000, 3300),
    "_BACK_CDEG": (1100, 1300, 1500, 1700),
    "_BOTH_WAYS": (500, 570, 643, 710, 780),
    "_JOLT": (440, 480, 512, 550, 600),
    "_PACES": (3, 4, 5, 6),
    "_HOLD_S": (6, 8, 10),
}
Score = tuple[int, int]  # found, anything else told


class Kept:
    """What `Repetitions` looks at of a second of `Motion`."""

    def __init__(self, motion: Motion) -> None:
        self.v = motion.v[len(motion.v) - PAIRS :]
        self.px = motion.px[len(motion.px) - PAIRS :]
        self.py = motion.py[len(motion.py) - PAIRS :]
        self.e = array("i", motion.e)


class Recorded:
    """A recording boiled down to what the counting takes."""

    def __init__(self, example: Example, decoded: Decoded) -> None:
        self.example = example
        states = [STANDING] * DELAY + decoded.states.tolist()
        body, up = dataset.body_motion(example.entry)
        motion, steps = Motion(), StepCounter()
        self.seconds = []
        for second in range(len(body)):
            motion.add(dataset.to_block(body[second]), dataset.to_block(up[second]))
            self.seconds.append((Kept(motion), states[second], steps.add(motion.v)))

    def told(self) -> Told:
        """What is counted in it with the thresholds in force."""
        counting = Repetitions()
        found: Told = []
        for second, (motion, state, steps) in enumerate(self.seconds):
            counting.second(motion, state, steps)  # type: ignore[arg-type]  # it looks at no more
            if counting.kind:
                found.append((second - counting.ago_s, counting.kind))
        counting.flush()
        if counting.kind:
            found.append((len(self.seconds), counting.kind))
        return found


def scores(recorded: list[Recorded]) -> dict[str, Score]:
    """Found and else told, by person."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for each in recorded:
        take(outcomes[each.example.entry.person], each.example, each.told())
    return {person: _score(outcome) for person, outcome in outcomes.items()}


def _score(outcome: Outcome) -> Score:
    found = outcome.worn.found + outcome.chair.found + outcome.bending.found
    return found, sum(one.rises + one.hinges for one in outcome.elsewhere.values())


def vary(recorded: list[Recorded], name: str, values: tuple[int, ...]) -> Iterator[str]:
    """The lines of one threshold."""
    committed = getattr(repetitions, name)
    by_value = {}
    for value in values:
        setattr(repetitions, name, value)
        by_value[value] = scores(recorded)
        found, others = _sum(list(by_value[value].values()))
        mark = "  committed" if value == committed else ""
        yield f"{name:17s} {value:5d}  found {found:3d}  else told {others:3d}{mark}"
    setattr(repetitions, name, committed)
    left_out = []
    chosen: dict[int, int] = defaultdict(int)
    for person in by_value[committed]:
        best = max(values, key=lambda v: (_worth(by_value[v], person), -abs(v - committed)))
        chosen[best] += 1
        left_out.append(by_value[best][person])
    found, others = _sum(left_out)
    picks = ", ".join(f"{value} for {count}" for value, count in sorted(chosen.items()))
    yield f"{name:17s}  left out  found {found:3d}  else told {others:3d}  chosen: {picks}"


def _worth(by_person: dict[str, Score], without: str) -> int:
    found, others = _sum([score for person, score in by_person.items() if person != without])
    return found - others


def _sum(all_of_them: list[Score]) -> Score:
    return sum(found for found, _ in all_of_them), sum(others for _, others in all_of_them)


def main() -> None:
    """Print a table per threshold."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    examples = load(parser.parse_args().data)
    decoded = leave_people_out(examples)
    recorded = [Recorded(each, decoded[each.entry.name][0]) for each in examples]
    for name, values in VARIED.items():
        for line in vary(recorded, name, values):
            print(line, flush=True)


if __name__ == "__main__":
    main()
