"""Everything there is to learn from: features, labels and weights of all people."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from plumbline.errors import UserError

from training import dataset, recordings
from training.labels import SCORED, UNLABELLED, Labels, label
from training.model import Tables, fit

_GAITS = [SCORED.index(name) for name in ("walking", "stairs_up", "stairs_down")]


@dataclass(frozen=True)
class Example:
    """One recording: features as worn, and (HAPT) as if on the lower back."""

    entry: recordings.Entry
    features: dataset.Features
    on_back: dataset.Features | None
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
        on_back = dataset.features(entry, dataset.LOWER_BACK) if entry.source == "hapt" else None
        found.append(Example(entry, features, on_back, label(entry, features)))
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
        if example.on_back is not None:  # walking is the same on either: once is enough
            classes = example.labels.classes
            x.append(example.on_back)
            y.append(np.where(np.isin(classes, _GAITS), UNLABELLED, classes))
            weights.append(example.labels.weights)
    known: NDArray[np.bool_] = np.concatenate(y) != UNLABELLED
    return fit(np.concatenate(x)[known], np.concatenate(y)[known], np.concatenate(weights)[known])
