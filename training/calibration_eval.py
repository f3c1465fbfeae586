"""How well the calibration and "forward from walking" work on recordings of people.

usage: python -m training.calibration_eval DATA

HAPT: every recording is calibrated from its first still standing; forward from walking is held
against the direction in which "up" lies while the wearer lies on the back (a guess that people
turn to, not a truth: some lie half on a side). GAIT: forward is the sensor's z axis. UMAFall:
forward from the bow of every "bending" file against forward from the same person's walking.
"""

import argparse
import csv
from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from beltcore.calibration import Calibration
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from beltcore.walking import FORWARD_FOUND, NOTHING, Walk
from beltwire import codes
from numpy.typing import NDArray
from plumbline.recording import Recording, read_recording

Floats = NDArray[np.float64]
Label = tuple[str, float, float]


class Played:
    """One recording through the filter: its seconds and the up vectors of each."""

    def __init__(self, path: Path) -> None:
        recording: Recording = read_recording(path)
        self.t0_s = recording.t0_s
        self.blocks = list(recording.blocks())
        self.ups: list[array[int]] = []
        core = Inclination()
        for block in self.blocks:
            up = array("h", bytes(2 * 156))
            core.update(block, 52, up)
            self.ups.append(up)

    def mean_up(self, seconds: list[int]) -> Floats:
        """The mean up unit vector (3,) over whole seconds."""
        mean = np.concatenate([np.array(self.ups[k]).reshape(-1, 3) for k in seconds]).mean(0)
        return np.asarray(mean / np.linalg.norm(mean))

    def inside(self, labels: list[Label], activity: str) -> list[int]:
        """Numbers of the whole seconds inside an activity, half a second off its ends."""
        found: list[int] = []
        for name, start, end in labels:
            if name == activity:
                first = int(np.ceil(start + 0.5 - self.t0_s))
                found += range(max(first, 0), int(end - 0.5 - self.t0_s))
        return [k for k in found if k < len(self.blocks)]


def calibrate(played: Played, seconds: list[int]) -> Calibration:
    """Guide a calibration over seconds of standing."""
    calibration = Calibration(Mounting())
    calibration.begin(codes.STEP_STAND)
    for k in seconds:
        if calibration.add(played.blocks[k], 52, played.ups[k]) != codes.CALIBRATION_COLLECTING:
            break
    return calibration


def walk(played: Played, seconds: list[int], mounting: Mounting) -> tuple[Walk, list[int]]:
    """Walk over the given seconds; return the walk and all its events."""
    finder = Walk()
    events = []
    chosen = set(seconds)
    for k, block in enumerate(played.blocks):
        event = finder.add(block, 52, played.ups[k], k in chosen, mounting, False)
        if event != NOTHING:
            events.append(event)
    return finder, events


def level_angle_deg(a: Floats, b: Floats, up: Floats) -> float:
    """The signed angle from a to b about up, in degrees."""
    first, second = a - (a @ up) * up, b - (b @ up) * up
    return float(np.degrees(np.arctan2(np.cross(first, second) @ up, first @ second)))


def read_labels(path: Path) -> dict[str, list[Label]]:
    """HAPT's labels by recording."""
    found: dict[str, list[Label]] = {}
    with path.open() as handle:
        for row in csv.DictReader(handle):
            label = (row["activity"], float(row["start_s"]), float(row["end_s"]))
            found.setdefault(row["recording"], []).append(label)
    return found


def report_hapt(folder: Path) -> Iterator[float]:
    """Print a line per recording; yield the angle between forward and lying "up"."""
    for name, labels in sorted(read_labels(folder / "labels.csv").items()):
        played = Played(folder / f"{name}.csv.gz")
        standing, lying = (played.inside(labels, a) for a in ("standing", "lying"))
        calibration = calibrate(played, standing)
        found, events = walk(played, played.inside(labels, "walking"), calibration.mounting)
        if FORWARD_FOUND not in events or not lying:
            print(f"{name}: quality {calibration.quality}, no forward or no lying to compare")
            continue
        up = played.mean_up(standing)
        off = level_angle_deg(played.mean_up(lying), np.array(found.forward, float), up)
        print(f"{name}: standing {calibration.quality}, walk {found.quality}, off {off:6.1f} deg")
        yield off


def report_gait(folder: Path) -> None:
    """Print a line per recording with reference steps."""
    steps: dict[str, list[float]] = {}
    with (folder / "initial_contacts.csv").open() as handle:
        for row in csv.DictReader(handle):
            steps.setdefault(row["recording"], []).append(float(row["t_s"]))
    for name, times in sorted(steps.items()):
        played = Played(folder / f"{name}.csv.gz")
        seconds = sorted({int(t - played.t0_s) for t in times})
        found, events = walk(played, seconds, Mounting())
        up = played.mean_up(seconds)
        forward = np.array(found.forward, float)
        off = level_angle_deg(np.array([0.0, 0.0, 1.0]), forward, up) if forward.any() else np.nan
        print(f"{name}: {len(seconds)} s, walk {found.quality}, off z {off:6.1f} deg, {events}")


def report_umafall(folder: Path) -> None:
    """Print, per bending file, the bow's forward against the same person's walking."""
    with (folder / "index.csv").open() as handle:
        rows = [(r["recording"], r["subject"], r["activity"]) for r in csv.DictReader(handle)]
    walks: dict[str, Walk] = {}
    for name, subject, activity in sorted(set(rows)):
        if activity != "walking":
            continue
        played = Played(folder / f"{name}.csv.gz")
        finder = walks.setdefault(subject, Walk())
        for block, up in zip(played.blocks, played.ups, strict=True):
            finder.add(block, 52, up, True, Mounting(), False)
    for name, subject, activity in sorted(set(rows)):
        if activity != "bending":
            continue
        played = Played(folder / f"{name}.csv.gz")
        calibration = calibrate(played, list(range(len(played.blocks))))
        standing = calibration.status, calibration.reason
        calibration.begin(codes.STEP_BOW)
        for block, up in zip(played.blocks, played.ups, strict=True):
            calibration.add(block, 52, up)
        forward = np.array(calibration.mounting.rows[0:3], float)
        up_axis = np.array(calibration.mounting.rows[6:9], float) / 16384
        ahead = np.array(walks[subject].forward, float) if subject in walks else np.zeros(3)
        off = level_angle_deg(ahead, forward, up_axis) if ahead.any() else np.nan
        print(
            f"{name}: standing {standing}, bow {calibration.status, calibration.reason}, "
            f"quality {calibration.quality}, forward {np.round(forward / 16384, 2)}, "
            f"off walking {off:.0f} deg"
        )


def main() -> None:
    """Print all reports and a summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    off = np.array(list(report_hapt(data / "hapt")))
    spread = np.abs(off - np.median(off))
    print(
        f"HAPT, {len(off)} recordings: median {np.median(off):.0f} deg, spread "
        f"{np.median(spread):.0f} (half) {np.percentile(spread, 90):.0f} (90 %) "
        f"{spread.max():.0f} (worst)"
    )
    report_gait(data / "gait")
    report_umafall(data / "umafall")


if __name__ == "__main__":
    main()
