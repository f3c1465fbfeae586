"""Where a recording is played again from its beginning, the belt is taken off and put on."""

from array import array

import numpy as np
from beltcore.pipeline import Pipeline
from beltwire import codes
from plumbline.recording import read_recording
from plumbline.virtual_belt.calibrated import read_stretches
from plumbline.virtual_belt.clips import learn_mounting

from tests.conftest import ROOT

RATE = 52
BEFORE_S, AFTER_S = 40, 70
GOLDEN = [(87, codes.CHAIR_RISE, 56, 2774)]
"""(second, kind, range in degrees, length in ms): the recording's first rise, at 47 s of it."""


def test_a_belt_put_on_and_taken_off_is_no_chair_rise() -> None:
    """The bundled recording ends with the sensor turned by 80 degrees; with its beginning behind
    it that once was a rise of 103 degrees in 10 s."""
    path = ROOT / "data" / "recordings" / "hapt_exp01_user01.csv.gz"
    recording = read_recording(path)
    rows = np.concatenate(
        [recording.counts[-BEFORE_S * RATE :], recording.counts[: AFTER_S * RATE]]
    )
    pipeline = Pipeline()
    pipeline.calibrate(learn_mounting(recording, read_stretches(path)), codes.NO_ANGLE, 90)
    found, told = pipeline.samples.repetitions, []
    for second in range(BEFORE_S + AFTER_S):
        samples = np.ascontiguousarray(rows[second * RATE : (second + 1) * RATE])
        pipeline.samples.second(array("h", samples.tobytes()))
        if found.kind:
            degrees = found.range_cdeg // 100
            told.append((second - found.ago_s, found.kind, degrees, found.duration_ms))
    assert told == GOLDEN
