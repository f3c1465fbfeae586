"""The same bits on CPython and MicroPython: `python -m training.identity DATA [--count N]`.

Replays N whole recordings, spread over the four sources, in both runtimes and compares every byte
of what the core gave: seconds, reminders, minutes and the vertical of every sample.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from plumbline.errors import UserError
from plumbline.recording import Recording, read_recording
from plumbline.replay import Result, as_result, make_plan, run_in_cpython
from plumbline.replay_guest import run_in_micropython

SOURCES = ("hapt", "broad", "umafall", "gait")
SETTINGS = [(2, 3), (5, 30)]  # short delays and a large budget: many reminders


@dataclass(frozen=True)
class Compared:
    """One recording: how long it is, and whether both runtimes gave the same."""

    name: str
    seconds: int
    same: bool


def pick(data: Path, count: int) -> list[Path]:
    """`count` recordings, evenly spread over each source."""
    chosen: list[Path] = []
    for k, source in enumerate(SOURCES):
        files = sorted((data / source).glob("*.csv.gz"))
        share = min((count + k) // len(SOURCES), len(files))
        chosen += [files[i * len(files) // share] for i in range(share)]
    return chosen


def compare(path: Path) -> Compared:
    """Replay one recording in both runtimes."""
    recording = read_recording(path)
    plan = make_plan(
        recording, [0, 0, -16384, 0, 16384, 0, 16384, 0, 0], None, None, SETTINGS, True
    )
    here = run_in_cpython(plan, recording, lambda done, total: None)
    there = _micropython(plan, recording)
    parts = ("seconds", "actions", "minutes", "ups")
    same = here.outcome == there.outcome and all(
        np.array_equal(getattr(here, part), getattr(there, part)) for part in parts
    )
    return Compared(path.name.removesuffix(".csv.gz"), recording.seconds, same)


def _micropython(plan: dict[str, object], recording: Recording) -> Result:
    return as_result(*run_in_micropython(plan, recording.counts, lambda done, total: None))


def run(data: Path, count: int) -> Iterator[Compared]:
    """Compare `count` recordings that the belt could take, one at a time."""
    for path in pick(data, count):
        try:
            yield compare(path)
        except UserError as refused:
            print(f"left out: {refused}", file=sys.stderr)


def main() -> int:
    """Print a line a recording; status 1 where any differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="folder with hapt/, broad/, umafall/ and gait/")
    parser.add_argument("--count", type=int, default=16, help="recordings (16)")
    args = parser.parse_args()
    if not any((args.data / source).is_dir() for source in SOURCES):
        print(f"{args.data} holds no recordings: name their folder.", file=sys.stderr)
        return 2
    found = []
    for one in run(args.data, args.count):
        found.append(one)
        print(
            f"{one.name:45s} {one.seconds:5d} s  {'same' if one.same else 'DIFFERENT'}", flush=True
        )
    same = sum(one.same for one in found)
    print(f"{same} of {len(found)} recordings bit for bit the same")
    return 0 if found and same == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
