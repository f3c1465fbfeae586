"""The recordings to learn from: where they lie, who wore the belt, what was done when."""

import csv
from dataclasses import dataclass
from pathlib import Path

TRANSITIONS = (
    "stand_to_sit",
    "sit_to_stand",
    "stand_to_lie",
    "sit_to_lie",
    "lie_to_sit",
    "lie_to_stand",
)


@dataclass(frozen=True)
class Stretch:
    """One labelled stretch of a recording; times in seconds."""

    activity: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Entry:
    """One recording: `upright` is the calibration pose (start and end, seconds)."""

    source: str
    name: str
    person: str
    path: Path
    stretches: tuple[Stretch, ...]
    upright: tuple[float, float]
    scored: bool = True


def hapt(data: Path) -> list[Entry]:
    """HAPT with the pose the scoring tool calibrates in; unscored where nobody stands."""
    stretches: dict[str, list[Stretch]] = {}
    people: dict[str, str] = {}
    with (data / "hapt" / "labels.csv").open() as handle:
        for row in csv.DictReader(handle):
            stretch = Stretch(row["activity"], float(row["start_s"]), float(row["end_s"]))
            stretches.setdefault(row["recording"], []).append(stretch)
            people[row["recording"]] = "h" + row["user"]
    found = []
    for name in sorted(stretches):
        pose, scored = _pose(stretches[name])
        path = data / "hapt" / f"{name}.csv.gz"
        whole = tuple(stretches[name])
        found.append(Entry("hapt", name, people[name], path, whole, pose, scored))
    return found


def _pose(stretches: list[Stretch]) -> tuple[tuple[float, float], bool]:
    """Return 2 s of the first long standing, or the first walking where nobody stands."""
    for stretch in stretches:
        if stretch.activity == "standing" and stretch.end_s - stretch.start_s > 5:
            return (stretch.start_s + 0.5, stretch.start_s + 2.5), True
    walking = next(s for s in stretches if s.activity == "walking")
    return (walking.start_s, walking.end_s), False


def umafall(data: Path) -> list[Entry]:
    """UMAFall: one activity a file; the wearer stands still in the first second."""
    found: list[Entry] = []
    with (data / "umafall" / "index.csv").open() as handle:
        for row in csv.DictReader(handle):
            name = row["recording"]
            if any(entry.name == name for entry in found):
                continue  # the index names some recordings twice
            path = data / "umafall" / f"{name}.csv.gz"
            whole = (Stretch(row["activity"], 0.0, float(row["duration_s"])),)
            found.append(Entry("umafall", name, "u" + row["subject"], path, whole, (0.0, 1.0)))
    return found


def gait(data: Path) -> list[Entry]:
    """Lower-back recordings; their stretches are the initial contacts, without length."""
    contacts: dict[str, list[Stretch]] = {}
    with (data / "gait" / "initial_contacts.csv").open() as handle:
        for row in csv.DictReader(handle):
            time = float(row["t_s"])
            contacts.setdefault(row["recording"], []).append(Stretch("contact", time, time))
    found = []
    for path in sorted((data / "gait").glob("*.csv.gz")):
        name = path.name.removesuffix(".csv.gz")
        marks = tuple(contacts.get(name, ()))
        found.append(Entry("gait", name, "g" + name[:5], path, marks, (0.0, 2.0)))
    return found


def everything(data: Path) -> list[Entry]:
    """All recordings in a fixed order."""
    return hapt(data) + umafall(data) + gait(data)
