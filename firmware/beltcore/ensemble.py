# Plumbline belt core: the tree ensemble
"""Scores of the classes from the features of a window, by boosted trees of depth three.

A tree has seven nodes in heap order (node n leads to 2n + 1 where feature <= limit, else to
2n + 2) and eight leaves; tree t votes for class t % CLASSES. A leaf is stored with an offset of
128; 64 = one unit of log-odds.
"""

from array import array

from . import activity_model as model

CLASSES = model.CLASSES
SCORE_ONE = 64


def score(features: "bytearray", scores: "array[int]") -> None:
    """Fill scores (CLASSES numbers, log-odds in 1/64, the classes' frequencies left out)."""
    nodes = model.FEATURES
    limits = model.LIMITS
    leaves = model.LEAVES
    for k in range(CLASSES):
        scores[k] = 0
    base = 0
    leaf = 0
    k = 0
    for _ in range(model.TREES):
        n = 2 if features[nodes[base]] > limits[base] else 1
        at = base + n
        n = 2 * n + (2 if features[nodes[at]] > limits[at] else 1)
        at = base + n
        n = 2 * n + (2 if features[nodes[at]] > limits[at] else 1)
        scores[k] += leaves[leaf + n - 7] - 128
        base += 7
        leaf += 8
        k += 1
        if k == CLASSES:
            k = 0
