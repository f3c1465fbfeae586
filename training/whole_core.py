"""A recording through the belt's whole core: what it decided of every second."""

from array import array
from dataclasses import dataclass

import numpy as np
from beltcore.mounting import Mounting
from beltcore.pipeline import Pipeline
from numpy.typing import NDArray
from plumbline.recording import RATE_HZ

from training.dataset import counts, to_block
from training.recordings import Entry

NO_TIME_OF_DAY = -1


@dataclass(frozen=True)
class Run:
    """Per second: the decided activity's code and the steps begun in it."""

    activity: NDArray[np.int64]
    steps: NDArray[np.int64]

    def steps_between(self, start_s: float, end_s: float) -> int:
        """Steps of the seconds whose middle lies between two times."""
        middle = np.arange(len(self.steps)) + 0.5
        return int(self.steps[(middle >= start_s) & (middle <= end_s)].sum())


def run(entry: Entry) -> Run:
    """Run the committed core over a recording, calibrated in its upright pose."""
    samples = counts(entry)
    start, end = (int(t * RATE_HZ) for t in entry.upright)
    mounting = Mounting()
    mounting.from_upright(array("i", [int(a) for a in samples[start:end, :3].mean(axis=0)]))
    pipeline = Pipeline()
    pipeline.calibrate(mounting.rows)
    found: list[tuple[int, int]] = []
    for second in range(len(samples) // RATE_HZ):
        block = to_block(samples[second * RATE_HZ : (second + 1) * RATE_HZ])
        pipeline.second(block, False, NO_TIME_OF_DAY)
        _note(pipeline, found)
    while pipeline.flush():
        _note(pipeline, found)
    table = np.array(found, np.int64).reshape(-1, 2)
    return Run(table[:, 0], table[:, 1])


def _note(pipeline: Pipeline, found: list[tuple[int, int]]) -> None:
    decided = pipeline.decided
    if decided is not None and decided.index == len(found):
        found.append((decided.activity, decided.steps))
