"""Bows held at their lowest, or slow ones, in a series: people's standing, turned as by a bow."""

from array import array

import numpy as np
import pytest
from beltcore.pipeline import Pipeline
from beltwire import codes
from plumbline.recording import read_recording
from plumbline.virtual_belt.calibrated import read_stretches
from plumbline.virtual_belt.clips import learn_mounting, turned_forward

from tests.conftest import ROOT

RATE = 52
EVERY_S = 6
DEPTHS = (55, 62, 58, 66, 60) * 2
STRIDE = 6 * RATE


def angles(moving_s: float, held_s: float) -> np.ndarray:
    """Degrees forward of ten bows, one every EVERY_S."""
    half = int(moving_s / 2 * RATE)
    ramp = (1 - np.cos(np.pi * (np.arange(half) + 1) / half)) / 2
    parts = []
    for depth in DEPTHS:
        held = np.full(int(held_s * RATE), depth)
        bow = np.concatenate([np.zeros(RATE // 2), depth * ramp, held, depth * (1 - ramp)])
        parts += [bow, np.zeros(max(0, EVERY_S * RATE - len(bow)))]
    return np.concatenate(parts)


@pytest.mark.parametrize(
    ("name", "moving_s", "held_s", "least"),
    [
        ("hapt_exp01_user01", 3.0, 0.5, 9),
        ("hapt_exp01_user01", 3.0, 2.0, 7),
        ("hapt_exp01_user01", 6.0, 0.0, 7),
    ],
)
def test_bows_are_counted_however_long_they_are_held(
    name: str, moving_s: float, held_s: float, least: int
) -> None:
    path = ROOT / "data" / "recordings" / f"{name}.csv.gz"
    recording, stretches = read_recording(path), read_stretches(path)
    mounting = learn_mounting(recording, stretches)

    def longest(activity: str) -> np.ndarray:
        found = max(
            (each for each in stretches if each.activity == activity),
            key=lambda each: each.end_s - each.start_s,
        )
        begin, end = int((found.start_s + 2) * RATE), int((found.end_s - 1) * RATE)
        return recording.counts[begin:end]

    standing = longest("standing")
    still = np.concatenate([standing, standing[::-1]])
    bent = angles(moving_s, held_s)
    bows = turned_forward(still[np.arange(len(bent)) % len(still)], mounting, bent)
    rows = np.concatenate([longest("walking")[-STRIDE:], still[: 4 * RATE], bows, still])
    pipeline = Pipeline()
    pipeline.calibrate(mounting, codes.NO_ANGLE, 90)
    for second in np.split(rows[: len(rows) // RATE * RATE], len(rows) // RATE):
        pipeline.samples.second(array("h", np.ascontiguousarray(second).tobytes()))
    counted = pipeline.samples.repetitions
    while counted.flush():
        pass
    assert counted.hinges >= least
    assert counted.hinges <= len(DEPTHS)
    assert counted.rises == 0
