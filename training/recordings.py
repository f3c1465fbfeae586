"""Recordings on disk -> blocks of integer samples, as the belt's sensor would have given them."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 52
ACC_G_PER_COUNT = 0.000244
GYRO_DPS_PER_COUNT = 0.070

Samples = NDArray[np.int16]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Stretch:
    """One labelled stretch of a recording; times in seconds."""

    activity: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Recording:
    """One recording: samples is (seconds, 52, 6) int16 in sensor axes."""

    source: str
    name: str
    person: str
    samples: Samples
    stretches: tuple[Stretch, ...]
    upright: tuple[float, float]


def load_samples(path: Path) -> Samples:
    """Read a gzip CSV and resample it linearly to 52 Hz; whole seconds only, (seconds, 52, 6)."""
    with gzip.open(path, "rt") as handle:
        table = np.loadtxt(handle, delimiter=",", skiprows=1, usecols=range(7), ndmin=2)
    time = table[:, 0]
    seconds = int((time[-1] - time[0]) // 1)
    at = time[0] + np.arange(seconds * RATE_HZ) / RATE_HZ
    scale = np.array([ACC_G_PER_COUNT] * 3 + [GYRO_DPS_PER_COUNT] * 3)
    columns = [np.interp(at, time, table[:, i + 1]) / scale[i] for i in range(6)]
    counts = np.clip(np.rint(np.stack(columns, axis=1)), -32768, 32767)
    return counts.astype(np.int16).reshape(seconds, RATE_HZ, 6)


def load_hapt(data: Path) -> list[Recording]:
    """HAPT, with the calibration pose the scoring tool uses (2 s of the first long standing)."""
    stretches: dict[str, list[Stretch]] = {}
    people: dict[str, str] = {}
    with (data / "hapt" / "labels.csv").open() as handle:
        for row in csv.DictReader(handle):
            stretch = Stretch(row["activity"], float(row["start_s"]), float(row["end_s"]))
            stretches.setdefault(row["recording"], []).append(stretch)
            people[row["recording"]] = "h" + row["user"]
    found = []
    for name in sorted(stretches):
        pose = _pose(stretches[name])
        samples = load_samples(data / "hapt" / f"{name}.csv.gz")
        found.append(Recording("hapt", name, people[name], samples, tuple(stretches[name]), pose))
    return found


def _pose(stretches: list[Stretch]) -> tuple[float, float]:
    """Return 2 s of the first long standing; the first walking where nobody stands."""
    for stretch in stretches:
        if stretch.activity == "standing" and stretch.end_s - stretch.start_s > 5:
            return stretch.start_s + 0.5, stretch.start_s + 2.5
    walking = next(s for s in stretches if s.activity == "walking")
    return walking.start_s, walking.end_s


def load_umafall(data: Path) -> list[Recording]:
    """UMAFall: one activity a file; the wearer stands still in the first second."""
    found = []
    with (data / "umafall" / "index.csv").open() as handle:
        for row in csv.DictReader(handle):
            name = row["recording"]
            samples = load_samples(data / "umafall" / f"{name}.csv.gz")
            whole = (Stretch(row["activity"], 0.0, float(row["duration_s"])),)
            person = "u" + row["subject"]
            found.append(Recording("umafall", name, person, samples, whole, (0.0, 1.0)))
    return found


def load_gait(data: Path) -> list[Recording]:
    """Lower-back recordings; stretches are the single initial contacts, `contact` at start_s."""
    contacts: dict[str, list[Stretch]] = {}
    with (data / "gait" / "initial_contacts.csv").open() as handle:
        for row in csv.DictReader(handle):
            time = float(row["t_s"])
            contacts.setdefault(row["recording"], []).append(Stretch("contact", time, time))
    found = []
    for path in sorted((data / "gait").glob("*.csv.gz")):
        name = path.name.removesuffix(".csv.gz")
        samples = load_samples(path)
        marks = tuple(contacts.get(name, ()))
        found.append(Recording("gait", name, "g" + name[:5], samples, marks, (0.0, 2.0)))
    return found
