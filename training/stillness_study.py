"""Where the limits of `beltcore.stillness` lie: standing and sitting people, and people on the way.

usage: python -m training.stillness_study DATA

HAPT, 20 people. First: how far "up" goes from second to second while people stand and sit,
unguided. Then: a step of the calibration that begins anywhere in their standing and sitting, and
anywhere in a transition between the two, at four cuts of the samples into seconds; how it ends,
how long it takes, and how far from the pose of the seconds 2 to 12 after the transition.
"""

import argparse
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from beltcore.calibration import PATIENCE_S, Calibration
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from beltcore.stillness import AT_REST_CDEG, SECONDS, is_quiet
from beltcore.trig import angle_cdeg
from beltwire import codes
from numpy.typing import NDArray
from plumbline.recording import RATE_HZ, read_recording

from training.calibration_eval import Label, read_labels

Floats = NDArray[np.float64]
CUTS = (0, 13, 26, 39)  # samples before the first second
POSES = ("standing", "sitting")
TURNS = ("stand_to_sit", "sit_to_stand")
AT_REST, SETTLED, MOVED = "at rest", "quietest", "moved"


class Cut:
    """A recording's whole seconds from one sample on: blocks and up vectors."""

    def __init__(self, path: Path, first: int) -> None:
        recording = read_recording(path)
        self.t0_s = recording.t0_s + first / RATE_HZ
        counts = recording.counts[first:]
        core = Inclination()
        self.blocks: list[array[int]] = []
        self.ups: list[array[int]] = []
        for at in range(0, len(counts) - RATE_HZ, RATE_HZ):
            block = array("h", counts[at : at + RATE_HZ].tobytes())
            up = array("h", bytes(2 * 3 * RATE_HZ))
            core.update(block, RATE_HZ, up)
            self.blocks.append(block)
            self.ups.append(up)

    def whole(self, start_s: float, end_s: float) -> range:
        """The seconds that lie wholly in a span of the recording's time."""
        last = min(int(end_s - self.t0_s), len(self.blocks))
        return range(max(0, int(np.ceil(start_s - self.t0_s))), last)

    def gravity(self, seconds: range) -> Floats:
        """The mean acceleration (3,) of whole seconds."""
        samples = np.concatenate([np.array(self.blocks[k]).reshape(-1, 6) for k in seconds])
        return np.asarray(samples[:, :3].mean(axis=0))

    def guided(self, first: int) -> tuple[str, int, Floats]:
        """A step begun in second `first`: how it ended, seconds taken, "up" in sensor axes."""
        calibration = Calibration(Mounting())
        calibration.begin(codes.STEP_STAND)
        for taken, k in enumerate(range(first, len(self.blocks)), 1):
            if calibration.add(self.blocks[k], RATE_HZ, self.ups[k]) == codes.CALIBRATION_DONE:
                up = np.array(calibration.mounting.rows[6:9], float)
                return SETTLED if taken == PATIENCE_S else AT_REST, taken, up
            if calibration.status == codes.CALIBRATION_FAILED:
                break
        return MOVED, PATIENCE_S, np.zeros(3)


def sway(cut: Cut, labels: list[Label]) -> Iterator[int]:
    """Centidegrees between the first and the last of SECONDS quiet seconds in a row; -1: not."""
    for name, start, end in labels:
        if name in POSES:
            seconds = cut.whole(start + 1, end - 1)
            for k in seconds[: -SECONDS + 1]:
                row = range(k, k + SECONDS)
                if all(is_quiet(cut.blocks[each], RATE_HZ) for each in row):
                    yield angle_cdeg(_mean(cut.ups[row[0]]), _mean(cut.ups[row[-1]]))
                else:
                    yield -1


def _mean(ups: "array[int]") -> "array[int]":
    return array("i", np.array(ups).reshape(-1, 3).mean(axis=0).astype(int).tolist())


def in_poses(cut: Cut, labels: list[Label]) -> Iterator[tuple[str, int]]:
    """How steps begun in a pose end, and how long they take; with room for their patience."""
    for name, start, end in labels:
        if name in POSES:
            for first in cut.whole(start + 1, end - PATIENCE_S):
                yield cut.guided(first)[:2]


def on_the_way(cut: Cut, labels: list[Label]) -> Iterator[tuple[str, int, float]]:
    """Steps begun within a transition: how they end, seconds, degrees from the pose after it."""
    for (name, start, end), (after, _start, until) in pairwise(labels):
        if name in TURNS and after in POSES and until - end > PATIENCE_S:
            pose = cut.gravity(cut.whole(end + 2, min(end + 12, until - 1)))
            for first in cut.whole(start - 1, end + 1):
                ended, taken, up = cut.guided(first)
                cross = np.linalg.norm(np.cross(up, pose))
                yield ended, taken, float(np.degrees(np.arctan2(cross, up @ pose)))


def report(data: Path) -> None:
    """Print all three parts."""
    swayed: list[int] = []
    posed: list[tuple[str, int]] = []
    turned: list[tuple[str, int, float]] = []
    for name, labels in sorted(read_labels(data / "hapt" / "labels.csv").items()):
        for first in CUTS:
            cut = Cut(data / "hapt" / f"{name}.csv.gz", first)
            swayed += sway(cut, labels)
            posed += in_poses(cut, labels)
            turned += on_the_way(cut, labels)
    drift = np.array(swayed)
    quiet = drift[drift >= 0]
    print(f"{len(drift)} times {SECONDS} s of standing and sitting: {_share(drift >= 0)} quiet;")
    spread = " / ".join(f"{np.percentile(quiet, part) / 100:.2f}" for part in (50, 75, 90, 95))
    print(f'  of these "up" goes {spread} degrees (50 / 75 / 90 / 95 %),')
    print(f"  {_share(quiet <= AT_REST_CDEG)} at most {AT_REST_CDEG / 100:g}")
    _tell("begun in a pose", [each[0] for each in posed], [each[1] for each in posed])
    _tell("begun in a transition", [each[0] for each in turned], [each[1] for each in turned])
    off = np.array([each[2] for each in turned if each[0] != MOVED])
    print(f"  off by {np.median(off):.1f} degrees (median), {np.percentile(off, 90):.1f} (90 %),")
    print(f"  {_share(off > 3)} more than 3, which is people who shift on the seat later")


def _tell(what: str, ended: list[str], taken: list[int]) -> None:
    shares = ", ".join(
        f"{how} {_share(np.array(ended) == how)}" for how in (AT_REST, SETTLED, MOVED)
    )
    times = " / ".join(f"{np.percentile(taken, part):.0f}" for part in (50, 90))
    print(f"{len(ended)} steps {what}: {shares}; after {times} s (50 / 90 %)")


def _share(found: NDArray[np.bool_]) -> str:
    return f"{100 * np.mean(found):.1f} %"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    report(parser.parse_args().data)
