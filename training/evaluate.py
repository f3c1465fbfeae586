"""Leave-one-person-out: train on all others, decode with the belt's own decoder, count seconds."""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from beltcore import activity_model
from beltcore.activity import LAG, Decoder
from beltcore.features import DELAY
from beltwire import codes
from numpy.typing import NDArray

from training.examples import Example, train
from training.labels import SCORED, scored_seconds
from training.model import Tables, scores

LAG_IN_DECODER = LAG - DELAY
SAID = codes.ACTIVITY_NAMES
_TABLES = ("TREES", "FEATURES", "LIMITS", "LEAVES")


@dataclass
class Decoded:
    """Codes and confidences (percent) of a recording's seconds, decided by a model without them.

    live, states: code and state of each second when it was the newest.
    """

    activity: NDArray[np.int64]
    confidence: NDArray[np.int64]
    live: NDArray[np.int64]
    states: NDArray[np.int64]


@dataclass
class Count:
    """Seconds by truth (row, SCORED) and answer (column, ACTIVITY_NAMES)."""

    matrix: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros((len(SCORED), len(SAID)), np.int64)
    )

    def add(self, example: Example, said: NDArray[np.int64]) -> None:
        """Count a recording's scored seconds."""
        for second, truth in scored_seconds(example.entry, len(said)):
            self.matrix[truth, said[second]] += 1

    def macro_f1(self) -> float:
        """Return the mean F1 of the six activities."""
        return float(np.mean(self._f1([[k] for k in range(len(SCORED))])))

    def merged_f1(self) -> float:
        """Return the mean F1 with the three walking classes taken as one."""
        return float(np.mean(self._f1([[0], [1], [2], [3, 4, 5]])))

    def sit_stand(self) -> float:
        """Return the mean of the recalls of sitting and standing."""
        return float((self.recall("sitting") + self.recall("standing")) / 2)

    def recall(self, name: str) -> float:
        """Return the share of a class's seconds that were called by its name."""
        row = self.matrix[SCORED.index(name)]
        return float(row[SAID.index(name)] / row.sum())

    def _f1(self, groups: list[list[int]]) -> list[float]:
        found = []
        for group in groups:
            said = [SAID.index(SCORED[k]) for k in group]
            hit = self.matrix[np.ix_(group, said)].sum()
            all_of_them = self.matrix[group].sum() + self.matrix[:, said].sum()
            found.append(2 * float(hit) / float(all_of_them) if all_of_them else 0.0)
        return found


def decode(tables: Tables, features: NDArray[np.uint8]) -> Decoded:
    """Run the belt's decoder over a recording's features."""
    rows = scores(tables, features)
    decoder = Decoder()
    told, sure, live, states = [], [], [], []
    work = array("i", bytes(4 * rows.shape[1]))
    for second in range(len(rows) + LAG_IN_DECODER):
        known = second < len(rows)
        for k in range(len(work)):
            work[k] = int(rows[second, k]) if known else 0
        decoder.add(work, known)
        if known:
            live.append(decoder.live)
            states.append(decoder.sequence.newest)
        if second >= LAG_IN_DECODER:
            told.append(decoder.decided)
            sure.append(decoder.decided_confidence)
    return Decoded(np.array(told), np.array(sure), np.array(live), np.array(states))


@contextmanager
def using(tables: Tables) -> Iterator[None]:
    """Let the core work with these tables instead of the committed ones."""
    kept = {name: getattr(activity_model, name) for name in _TABLES}
    ours = (tables.features.tobytes(), tables.limits.tobytes(), tables.leaves.tobytes())
    for name, value in zip(_TABLES, (len(tables.features), *ours), strict=True):
        setattr(activity_model, name, value)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(activity_model, name, value)


def leave_people_out(
    examples: list[Example], groups: int | None = None
) -> dict[str, tuple[Decoded, Decoded | None]]:
    """Return each recording decoded without its wearer: as worn, and as on the lower back.

    groups: None leaves out one person at a time; a number leaves out that many groups in turn,
    which is quicker and harder.
    """
    people = sorted({example.entry.person for example in examples})
    parts = [[p] for p in people] if groups is None else [people[k::groups] for k in range(groups)]
    found: dict[str, tuple[Decoded, Decoded | None]] = {}
    for part in parts:
        tables = train(examples, without=frozenset(part))
        for example in examples:
            if example.entry.person not in part:
                continue
            back = None if example.on_back is None else decode(tables, example.on_back)
            found[example.entry.name] = (decode(tables, example.features), back)
    return found
