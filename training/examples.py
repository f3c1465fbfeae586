"""Everything there is to learn from: features, labels and weights of all people."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from beltcore.features import NAMES
from numpy.typing import NDArray
from plumbline.errors import UserError

from training import dataset, recordings
from training.labels import CLASSES, SCORED, UNLABELLED, Labels, label
from training.model import Tables, fit

# Five runners at one speed are few: of each running second there are copies that run as high but
# with less level motion and turning (eighths of octaves of energy), and less weight.
_GENTLER = (10, 20)
_GENTLER_WEIGHT = 0.5
_LEVEL_ENERGIES = ("h_energy", "p_energy", "w_energy", "p_max", "p_energy_1s")
_LEVEL_LENGTHS = ("h_jerk", "w_jerk")  # of amplitudes: half an energy's logarithm
_AGAINST_LEVEL = ("v_over_h",)

_GAITS = [SCORED.index(name) for name in ("walking", "stairs_up", "stairs_down")]
_RUNNING = CLASSES.index("running")


@dataclass(frozen=True)
class Example:
    """One recording: features as worn, and (HAPT) as if on the lower back and half way there."""

    entry: recordings.Entry
    features: dataset.Features
    on_back: dataset.Features | None
    half_way: dataset.Features | None
    labels: Labels


def load(data: Path) -> list[Example]:
    """Return all recordings the belt could take; those it refuses are named."""
    found = []
    for entry in recordings.everything(data):
        try:
            features = dataset.features(entry)
        except UserError as refused:
            print(f"left out: {refused}")
            continue
        on_back = half_way = None
        if entry.source == "hapt":
            on_back = dataset.features(entry, dataset.LOWER_BACK)
            half_way = dataset.features(entry, dataset.HALF_WAY)
        found.append(Example(entry, features, on_back, half_way, label(entry, features)))
    return found


def train(examples: list[Example], without: frozenset[str] = frozenset()) -> Tables:
    """Train on everyone but the people in `without`."""
    x, y, weights = [], [], []
    for example in examples:
        if example.entry.person in without:
            continue
        x.append(example.features)
        y.append(example.labels.classes)
        weights.append(example.labels.weights)
        running = example.labels.classes == _RUNNING
        for less in _GENTLER:
            x.append(_gentler(example.features[running], less))
            y.append(example.labels.classes[running])
            weights.append(example.labels.weights[running] * _GENTLER_WEIGHT)
        for turned in (example.on_back, example.half_way):
            if turned is None:
                continue
            classes = example.labels.classes
            x.append(turned)  # walking is the same wherever the belt sits: once is enough
            y.append(np.where(np.isin(classes, _GAITS), UNLABELLED, classes))
            weights.append(example.labels.weights)
    known: NDArray[np.bool_] = np.concatenate(y) != UNLABELLED
    return fit(np.concatenate(x)[known], np.concatenate(y)[known], np.concatenate(weights)[known])


def _gentler(features: dataset.Features, less: int) -> dataset.Features:
    """Return features as of the same vertical motion with less level motion."""
    changed = features.astype(np.int64)
    for name in _LEVEL_ENERGIES:
        changed[:, NAMES.index(name)] -= less
    for name in _LEVEL_LENGTHS:
        changed[:, NAMES.index(name)] -= less // 2
    for name in _AGAINST_LEVEL:
        changed[:, NAMES.index(name)] += less
    result: dataset.Features = np.clip(changed, 0, 255).astype(np.uint8)
    return result
