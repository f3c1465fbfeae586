"""Boosted trees -> the integer tables of beltcore.activity_model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.labels import CLASSES

SCORE_ONE = 64
ROUNDS = 30
SEED = 1
NODES = 7
LEAVES = 8

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Tables:
    """features, limits: (trees, 7); leaves: (trees, 8) with an offset of 128; all uint8."""

    features: Bytes
    limits: Bytes
    leaves: Bytes

    @property
    def size(self) -> int:
        """Bytes the tables take on the belt."""
        return self.features.size + self.limits.size + self.leaves.size


def fit(x: Bytes, y: NDArray[np.int64], weights: NDArray[np.float64]) -> Tables:
    """Train on features x (samples, features), class numbers y (every class occurs), weights.

    scikit-learn is needed here alone, so only here it is imported.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    booster = HistGradientBoostingClassifier(
        max_iter=ROUNDS,
        learning_rate=0.18,
        max_depth=3,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=20,
        l2_regularization=1.0,
        max_features=0.5,
        early_stopping=False,
        random_state=SEED,
    )
    booster.fit(x, y, weights)
    grown = [tree for one_round in booster._predictors for tree in one_round]
    shape = (len(grown), NODES)
    features = np.zeros(shape, np.uint8)
    limits = np.full(shape, 255, np.uint8)
    leaves = np.zeros((len(grown), LEAVES))
    for k, tree in enumerate(grown):
        _fill(tree.nodes, 0, 0, 0, features[k], limits[k], leaves[k])
    scaled = np.clip(np.rint(leaves * SCORE_ONE) + 128, 0, 255)
    return Tables(features, limits, scaled.astype(np.uint8))


def _fill(
    nodes: NDArray[np.void],
    node: int,
    place: int,
    depth: int,
    features: Bytes,
    limits: Bytes,
    leaves: NDArray[np.float64],
) -> None:
    """Copy a subtree to its heap place; a leaf above the last level fills all below it."""
    if nodes[node]["is_leaf"]:
        width = LEAVES >> depth
        first = (place - ((1 << depth) - 1)) * width
        leaves[first : first + width] = nodes[node]["value"]
        return
    features[place] = nodes[node]["feature_idx"]
    limits[place] = int(np.floor(nodes[node]["num_threshold"]))
    _fill(nodes, nodes[node]["left"], 2 * place + 1, depth + 1, features, limits, leaves)
    _fill(nodes, nodes[node]["right"], 2 * place + 2, depth + 1, features, limits, leaves)


def scores(tables: Tables, x: Bytes) -> NDArray[np.int64]:
    """Return what beltcore.ensemble.score gives, for many windows: (samples, classes)."""
    total = np.zeros((len(x), len(CLASSES)), np.int64)
    for k in range(len(tables.features)):
        place = np.zeros(len(x), np.int64)
        for _ in range(3):
            above = x[np.arange(len(x)), tables.features[k][place]] > tables.limits[k][place]
            place = 2 * place + 1 + above
        total[:, k % len(CLASSES)] += tables.leaves[k][place - NODES].astype(np.int64) - 128
    return total


def source(tables: Tables) -> str:
    """Return the text of beltcore/activity_model.py."""
    lines = [
        "# Plumbline belt core: trained tables; written by `make train`, not by hand",
        '"""The activity model: see ensemble.py for the layout and training/ for its making."""',
        "",
        f"CLASSES = {len(CLASSES)}",
        f"TREES = {len(tables.features)}",
    ]
    named = (("FEATURES", tables.features), ("LIMITS", tables.limits), ("LEAVES", tables.leaves))
    for name, values in named:
        lines += [f"{name} = (", *_literal(values.tobytes()), ")"]
    return "\n".join(lines) + "\n"


def _literal(data: bytes) -> list[str]:
    lines = []
    at = 0
    while at < len(data):
        width = 90
        while len(_quoted(data[at : at + width])) > 94:
            width -= 1
        lines.append("    " + _quoted(data[at : at + width]))
        at += width
    return lines


def _quoted(data: bytes) -> str:
    text = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\x{b:02x}" for b in data)
    return f'b"{text}"'
