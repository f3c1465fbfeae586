"""How right the core is, against every target: `python -m training.accuracy DATA`.

Prints one table and writes it, with figures, to docs/accuracy.md. Inclination against optical
motion capture beside VQF; activity leaving one person out, counted as tools/score_activity.py
counts; steps, and that nothing but gait is counted as steps, with the committed core.
"""

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from beltwire import codes

from training import (
    accuracy_text,
    figures,
    identity,
    inclination_eval,
    recordings,
    repetitions_eval,
    repetitions_robust,
    robustness,
    whole_core,
)
from training.accuracy_text import Bout
from training.evaluate import Count, Decoded, leave_people_out, using
from training.examples import Example, load, train
from training.labels import CLASSES, SCORED

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "accuracy.md"
_BOUT_GAP_S = 3.0  # contacts further apart belong to two reference bouts
_RUNNING = CLASSES.index("running")
_STILL = ("sitting", "lying")
IDENTITY_COUNT = 16


@dataclass(frozen=True)
class Line:
    """One row of the table: what was measured, against which target."""

    what: str
    target: str
    measured: str
    met: bool

    def row(self) -> str:
        """The row as Markdown."""
        return f"| {self.what} | {self.target} | {self.measured} | {'yes' if self.met else 'NO'} |"


def inclination_lines(trials: list[inclination_eval.Trial]) -> list[Line]:
    """The targets of the inclination."""
    mean = float(np.mean([t.belt for t in trials]))
    vqf = float(np.mean([t.vqf for t in trials]))
    worst = max(trials, key=lambda t: t.belt)
    return [
        Line("inclination, mean RMSE", "≤ 0.90°", f"{mean:.3f}°", mean <= 0.90),
        Line("inclination, VQF's mean RMSE", "ours below", f"{vqf:.3f}°", mean < vqf),
        Line("inclination, worst trial", "≤ 2.5°", f"{worst.belt:.2f}°", worst.belt <= 2.5),
    ]


def activity_lines(count: Count, where: str) -> list[Line]:
    """The targets of the six activities."""
    found = []
    for what, target, value in (
        ("macro F1 of six activities", 0.95, count.macro_f1()),
        ("macro F1, walking classes merged", 0.98, count.merged_f1()),
        ("sit/stand balanced accuracy", 0.965, count.sit_stand()),
    ):
        found.append(Line(f"{what}, {where}", f"≥ {target}", f"{value:.4f}", value >= target))
    return found


def running_lines(examples: list[Example], decoded: dict[str, Decoded]) -> list[Line]:
    """Running found, and walking never called running, nobody decoded by a model of himself."""
    hit = total = 0
    wrong = []
    for example in examples:
        if example.entry.source != "umafall":
            continue
        said = decoded[example.entry.name].activity
        activity = example.entry.stretches[0].activity
        if activity == "running":
            there = example.labels.classes == _RUNNING
            hit += int((said[there] == codes.RUNNING).sum())
            total += int(there.sum())
        elif activity == "walking" and codes.RUNNING in said:
            wrong.append(example.entry.name)
    recall = hit / total
    return [
        Line("running, recall in motion (UMAFall)", "≥ 0.95", f"{recall:.3f}", recall >= 0.95),
        Line("walking files with a second of running", "0", str(len(wrong)), not wrong),
    ]


def bouts(entry: recordings.Entry, run: whole_core.Run) -> list[Bout]:
    """Contacts and steps of each reference walking bout of a recording."""
    times = [stretch.start_s for stretch in entry.stretches]
    cuts = [0, *(k + 1 for k, (a, b) in enumerate(pairwise(times)) if b - a > _BOUT_GAP_S)]
    found = []
    for first, last in zip(cuts, [*cuts[1:], len(times)], strict=True):
        inside = times[first:last]
        steps = run.steps_between(inside[0] - 0.5, inside[-1] + 0.5)
        found.append(Bout(entry.name, len(inside), steps))
    return found


def step_lines(data: Path) -> tuple[list[Line], list[Bout]]:
    """Steps inside the reference bouts, and none where nobody walks."""
    found = []
    for entry in recordings.gait(data):
        if entry.stretches:
            found += bouts(entry, whole_core.run(entry))
    off, off_left_out = _steps_off(found), _steps_off(left_out_bouts(data))
    still = sum(_steps_at_rest(entry) for entry in recordings.hapt(data))
    bending = sum(
        int(whole_core.run(entry).steps.sum())
        for entry in recordings.umafall(data)
        if entry.stretches[0].activity == "bending" and _is_readable(entry)
    )
    return [
        Line("steps in reference bouts", "within 5 %", f"{off:+.1f} %", abs(off) <= 5),
        Line(
            "steps in reference bouts, each walker left out of the training",
            "within 5 %",
            f"{off_left_out:+.1f} %",
            abs(off_left_out) <= 5,
        ),
        Line("steps in labelled sitting and lying", "0", str(still), still == 0),
        Line("steps from bending", "0", str(bending), bending == 0),
    ], found


def left_out_bouts(data: Path) -> list[Bout]:
    """Bouts counted by a core whose model was trained without their walker."""
    examples = load(data)
    found = []
    walkers = [entry for entry in recordings.gait(data) if entry.stretches]
    for person in sorted({entry.person for entry in walkers}):
        with using(train(examples, without=frozenset([person]))):
            for entry in walkers:
                if entry.person == person:
                    found += bouts(entry, whole_core.run(entry))
    return found


def _steps_off(found: list[Bout]) -> float:
    """Steps against initial contacts, percent too many."""
    contacts = sum(b.contacts for b in found)
    return 100 * (sum(b.steps for b in found) - contacts) / contacts


def _is_readable(entry: recordings.Entry) -> bool:
    """UMAFall has files below the lowest rate that a recording may have."""
    table = np.loadtxt(entry.path, delimiter=",", skiprows=1, usecols=0)
    return bool((len(table) - 1) / (table[-1] - table[0]) >= 20 * 0.98)


def _steps_at_rest(entry: recordings.Entry) -> int:
    run = whole_core.run(entry)
    at_rest = [s for s in entry.stretches if s.activity in _STILL]
    return sum(run.steps_between(s.start_s + 0.5, s.end_s - 0.5) for s in at_rest)


def confusion(count: Count) -> list[str]:
    """The confusion matrix in seconds, as a Markdown table."""
    said = codes.ACTIVITY_NAMES
    used = [k for k in range(len(said)) if said[k] in SCORED or count.matrix[:, k].any()]
    used.sort(key=lambda k: SCORED.index(said[k]) if said[k] in SCORED else 100 + k)
    lines = ["| true \\ said | " + " | ".join(said[k] for k in used) + " |"]
    lines.append("|---" * (len(used) + 1) + "|")
    for row, name in enumerate(SCORED):
        cells = " | ".join(str(count.matrix[row, k]) for k in used)
        lines.append(f"| {name} | {cells} |")
    return lines


def repetition_lines(found: repetitions_eval.Outcome) -> list[Line]:
    """Chair rises, hip hinges, and what walking adds to them."""
    lines = []
    for what, tally in (
        ("chair rises, HAPT's labelled ones, as worn", found.worn),
        ("chair rises, the same turned as on the lower back", found.back),
        ("chair rises, UMAFall's chair files", found.chair),
        ("hip hinges, UMAFall's bending files", found.bending),
    ):
        lines.append(Line(what, "≥ 0.90", tally.text(), tally.recall >= 0.9))
    both = (found.worn.found + found.chair.found) / (found.worn.there + found.chair.there)
    lines.append(
        Line("chair rises, HAPT and UMAFall together", "≥ 0.90", f"{both:.2f}", both >= 0.9)
    )
    false = found.false_in_ten_minutes
    lines.append(
        Line("either, told in 10 min of walking (HAPT, UMAFall)", "≤ 1", f"{false:.2f}", false <= 1)
    )
    return lines


def identity_lines(found: list[identity.Compared]) -> list[Line]:
    """Both runtimes, bit for bit."""
    same = sum(one.same for one in found)
    measured = f"{same} of {len(found)}"
    met = same == len(found) >= 10
    return [Line("whole recordings, CPython and MicroPython bit for bit", "≥ 10", measured, met)]


def measure_activity(data: Path) -> tuple[Count, list[Line], repetitions_eval.Outcome]:
    """Seconds counted as worn, the lines of the table, repetitions."""
    examples = load(data)
    decoded = leave_people_out(examples)
    worn, back = Count(), Count()
    for example in examples:
        if example.entry.source != "hapt":
            continue
        as_worn, on_back = decoded[example.entry.name]
        worn.add(example, as_worn.activity)
        if on_back is not None:
            back.add(example, on_back.activity)
    lines = activity_lines(worn, "as worn")
    lines += activity_lines(back, "turned as on the lower back")
    lines += running_lines(examples, {name: pair[0] for name, pair in decoded.items()})
    found = repetitions_eval.evaluate(examples, decoded)
    return worn, lines + repetition_lines(found), found


def main() -> int:
    """Measure, print, write; status 1 where the data are not there."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with broad/, hapt/, umafall/ and gait/")
    data = parser.parse_args().data
    missing = [name for name in ("broad", "hapt", "umafall", "gait") if not (data / name).is_dir()]
    if missing:
        print(f"{data} holds no {missing[0]}/: name the recordings' folder.", file=sys.stderr)
        return 2
    print("inclination ...", flush=True)
    trials = list(inclination_eval.evaluate(data))
    print("activity, one person left out at a time ...", flush=True)
    worn, lines, repetitions = measure_activity(data)
    print("steps ...", flush=True)
    of_steps, found = step_lines(data)
    print("both runtimes ...", flush=True)
    same = list(identity.run(data, IDENTITY_COUNT))
    lines = inclination_lines(trials) + lines + of_steps + identity_lines(same)
    for line in lines:
        print(
            f"{line.what:62s} {line.target:>11s} {line.measured:>17s}  {'' if line.met else 'NO'}"
        )
    print("worn otherwise ...", flush=True)
    otherwise = list(robustness.evaluate(load(data)))
    DOCUMENT.parent.mkdir(exist_ok=True)
    figures.draw(DOCUMENT.parent, data, trials, worn)
    parts = accuracy_text.Parts(
        [line.row() for line in lines],
        trials,
        confusion(worn),
        found,
        repetitions,
        otherwise,
        list(repetitions_robust.evaluate(load(data))),
    )
    DOCUMENT.write_text(accuracy_text.document(parts), encoding="utf-8")
    print(f"written: {DOCUMENT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
