"""What each second of a recording is called, and how much it counts in training."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from training.recordings import Entry, Stretch
from training.scripted import align

# In the order of the states in beltcore.sequence.
CLASSES = (
    "lying",
    "sitting",
    "standing",
    "walking",
    "stairs_up",
    "stairs_down",
    "running",
    "bow",
    "lying_down",
    "rising_to_sit",
    "rising_to_stand",
    "sitting_down",
    "standing_up",
)
SCORED = CLASSES[:6]
MANOEUVRES = {
    "stand_to_sit": "sitting_down",
    "sit_to_stand": "standing_up",
    "stand_to_lie": "lying_down",
    "sit_to_lie": "lying_down",
    "lie_to_sit": "rising_to_sit",
    "lie_to_stand": "rising_to_stand",
}
# A hop leaves the ground as a running step does; the belt has no name of its own for it.
WHOLE_FILES = {"walking": "walking", "running": "running", "hopping": "running"}
# Seconds of which there are few count for more: UMAFall's, and slow walking on the lower back.
WEIGHTS = {"running": 4.0, "walking": 2.0, "gait": 10.0}
MANOEUVRE_WEIGHT = 2.5  # they are short, and sitting and standing hang on them
UNLABELLED = -1
_STRIDE_S = 1.5  # the longest time from contact to contact in walking
_LULL = 12  # in the v_energy feature: a quarter of a file's median amplitude is no gait

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Labels:
    """Class number (or UNLABELLED) and weight of every second."""

    classes: Numbers
    weights: NDArray[np.float64]


def label(entry: Entry, features: NDArray[np.uint8]) -> Labels:
    """Return the labels of a recording's seconds."""
    classes = np.full(len(features), UNLABELLED)
    weights = np.ones(len(features))
    if entry.source == "hapt":
        for stretch in entry.stretches:
            _mark(classes, stretch)
    elif entry.source == "umafall":
        activity = entry.stretches[0].activity
        if activity in WHOLE_FILES:
            name = WHOLE_FILES[activity]
            classes[_in_motion(features)] = CLASSES.index(name)
            weights[:] = WEIGHTS[name]
        else:
            _mark_script(classes, align(activity, features))
    else:
        _mark_walking(classes, [stretch.start_s for stretch in entry.stretches])
        weights[:] = WEIGHTS["gait"]
    weights[classes >= CLASSES.index("bow")] *= MANOEUVRE_WEIGHT
    return Labels(classes, weights)


def scored_seconds(entry: Entry, seconds: int) -> list[tuple[int, int]]:
    """Return (second, class) of the seconds that tools/score_activity.py counts."""
    found = []
    start, end = entry.upright
    for stretch in entry.stretches:
        if stretch.activity not in SCORED or not entry.scored:
            continue
        for second in range(seconds):
            inside = second >= stretch.start_s and second + 1 <= stretch.end_s
            if inside and not (second + 1 > start and second < end):
                found.append((second, SCORED.index(stretch.activity)))
    return found


def _mark(classes: Numbers, stretch: Stretch) -> None:
    """Name the seconds wholly inside a stretch; of a manoeuvre, those whose middle is inside."""
    slack = 0.5 if stretch.activity in MANOEUVRES else 0.0
    name = MANOEUVRES.get(stretch.activity, stretch.activity)
    for second in range(len(classes)):
        if second + slack >= stretch.start_s and second + 1 - slack <= stretch.end_s:
            classes[second] = CLASSES.index(name)


def _in_motion(features: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return the seconds in full motion, the ones before and after included."""
    energy = features[:, 0].astype(int)
    moving = energy > np.median(energy) - _LULL
    inner = moving.copy()
    inner[1:] &= moving[:-1]
    inner[:-1] &= moving[1:]
    inner[[0, -1]] = False
    result: NDArray[np.bool_] = inner
    return result


def _mark_walking(classes: Numbers, contacts: list[float]) -> None:
    """Name the seconds that lie between initial contacts in close succession."""
    for second in range(len(classes)):
        before = [t for t in contacts if t <= second]
        after = [t for t in contacts if t >= second + 1]
        if not before or not after:
            continue
        inside = [t for t in contacts if max(before) <= t <= min(after)]
        gaps = [b - a for a, b in pairwise(inside)]
        if max(gaps) <= _STRIDE_S:
            classes[second] = CLASSES.index("walking")


def _mark_script(classes: Numbers, names: list[str]) -> None:
    """Name a scripted file's seconds, but not the still ones next to a manoeuvre."""
    for second, name in enumerate(names):
        still = name not in MANOEUVRES and name != "bow"
        near = names[max(0, second - 1) : second + 2]
        if still and any(other != name for other in near):
            continue
        classes[second] = CLASSES.index(MANOEUVRES.get(name, name))
