"""What becomes of the activities when the belt is worn, mounted or sampled otherwise.

Ten people's first recordings are disturbed before the core sees them and decoded by a model that
has not seen the person, so that each line can be held against the first, undisturbed one.
"""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
from beltcore.features import COUNT, DELAY, Window
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from numpy.typing import NDArray
from plumbline.recording import RATE_HZ
from scipy.signal import resample_poly
from scipy.spatial.transform import Rotation

from training import dataset
from training.evaluate import Count, decode
from training.examples import Example, train

PEOPLE = 10
LEFT_OUT_TOGETHER = 2
Samples = NDArray[np.float64]
Disturb = Callable[[Samples, np.random.Generator], Samples]

_G = 4098  # counts
_DPS = 1 / 0.070  # counts


@dataclass(frozen=True)
class Case:
    """A disturbance: of samples (n, 6) in counts, of the pose, or of the seconds that arrive."""

    name: str
    disturb: Disturb
    pose_deg: float = 0.0
    lost: int = 0  # every so manieth second does not arrive


def none(samples: Samples, chance: np.random.Generator) -> Samples:
    """As recorded."""
    return samples


def turned(samples: Samples, chance: np.random.Generator) -> Samples:
    """The belt worn otherwise, and calibrated so."""
    turn = Rotation.from_euler("xyz", [40, 15, -10], degrees=True)
    return np.hstack([turn.apply(samples[:, :3]), turn.apply(samples[:, 3:])])


def noisy(samples: Samples, chance: np.random.Generator) -> Samples:
    """Noise of 20 mg and 1 deg/s."""
    size = np.array([0.02 * _G] * 3 + [1 * _DPS] * 3)
    return np.asarray(samples + chance.normal(0, 1, samples.shape) * size)


def off(acc_g: float, rate_dps: float) -> Disturb:
    """Offsets of this size on every axis."""
    offset = np.array([acc_g * _G, -acc_g * _G, acc_g * _G])
    turning = np.array([rate_dps * _DPS, -rate_dps * _DPS, rate_dps * _DPS])
    return lambda samples, chance: np.asarray(samples + np.hstack([offset, turning]))


def _halved(samples: Samples, chance: np.random.Generator) -> Samples:
    slow = samples.reshape(-1, 2, 6).mean(axis=1)
    return np.asarray(resample_poly(slow, 2, 1, axis=0))


def times(factor: float) -> Disturb:
    """Everything but gravity smaller or larger: someone lighter, slower, or a softer belt."""

    def disturb(samples: Samples, chance: np.random.Generator) -> Samples:
        window = np.ones(4 * RATE_HZ) / (4 * RATE_HZ)
        slow = np.stack([np.convolve(samples[:, k], window, "same") for k in range(3)], 1)
        return np.hstack([slow + factor * (samples[:, :3] - slow), factor * samples[:, 3:]])

    return disturb


CASES = (
    Case("as recorded", none),
    Case("belt turned by 40 degrees and tilted by 15", turned),
    Case("noise of 20 mg and 1 deg/s added", noisy),
    Case("offsets of 40 mg and 3 deg/s added", off(0.04, 3)),
    Case("only 26 samples a second", _halved),
    Case("a fifth less motion", times(0.8)),
    Case("calibrated 5 degrees off upright", none, pose_deg=5.0),
    Case("every tenth second lost", none, lost=10),
)


def chosen(examples: list[Example]) -> list[Example]:
    """The first recording of PEOPLE people of HAPT, spread over all."""
    first: dict[str, Example] = {}
    for example in examples:
        if example.entry.source == "hapt" and example.entry.scored:
            first.setdefault(example.entry.person, example)
    everyone = list(first.values())
    return [everyone[k * len(everyone) // PEOPLE] for k in range(PEOPLE)]


def evaluate(examples: list[Example]) -> Iterator[tuple[Case, Count]]:
    """Each case with the seconds counted under it."""
    these = chosen(examples)
    counts = {case.name: Count() for case in CASES}
    for at in range(0, len(these), LEFT_OUT_TOGETHER):
        part = these[at : at + LEFT_OUT_TOGETHER]
        tables = train(examples, without=frozenset(e.entry.person for e in part))
        for example in part:
            for case in CASES:
                said = decode(tables, features(example, case)).activity
                counts[case.name].add(example, said)
    for case in CASES:
        yield case, counts[case.name]


def features(example: Example, case: Case) -> dataset.Features:
    """The features of a disturbed recording, (seconds, COUNT); zeros where nothing is known."""
    window = Window()
    rows = []
    for body, ups in chain(played(example, case), repeat((None, None), DELAY)):
        known = window.missing() if body is None or ups is None else window.add(body, ups)
        rows.append(list(window.features) if known else [0] * COUNT)
    return np.array(rows[DELAY:], np.uint8)


Second = tuple["array[int] | None", "array[int] | None"]


def played(example: Example, case: Case) -> Iterator[Second]:
    """A disturbed recording's seconds in body axes: block and up vectors; None where lost.

    Both are overwritten by the next.
    """
    chance = np.random.default_rng(7)
    samples = case.disturb(dataset.counts(example.entry).astype(float), chance)
    belt = np.clip(np.rint(samples), -32768, 32767).astype(np.int16)
    mounting = Mounting()
    mounting.from_upright(_pose(belt, example, case.pose_deg))
    inclination = Inclination()
    ups = array("h", bytes(2 * RATE_HZ * 3))
    body = array("h", bytes(2 * RATE_HZ * 6))
    for second in range(len(belt) // RATE_HZ):
        if case.lost and second % case.lost == 0:
            yield None, None
            continue
        block = dataset.to_block(belt[second * RATE_HZ : (second + 1) * RATE_HZ])
        inclination.update(block, RATE_HZ, ups)
        mounting.rotate(ups, RATE_HZ, ups, 3)
        mounting.rotate(block, RATE_HZ, body, 6)
        yield body, ups


def _pose(belt: NDArray[np.int16], example: Example, off_deg: float) -> "array[int]":
    start, end = (int(t * RATE_HZ) for t in example.entry.upright)
    mean = belt[start:end, :3].mean(axis=0)
    across = np.cross(mean, [0.3, 0.5, 0.8])
    leant = Rotation.from_rotvec(np.radians(off_deg) * across / np.linalg.norm(across))
    return array("i", [int(k) for k in leant.apply(mean)])
