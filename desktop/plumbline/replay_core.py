"""Runs a recording through the belt's core; the same file in CPython and in MicroPython.

Everything that goes in and comes out is integers in files (or file-like objects), so the host
formats the same numbers whichever runtime computed them. `plan` is a dict:

    count      samples in the recording
    mount      nine Q14 numbers (rows forward, left, up in sensor axes) or None for the default
    upright    [first, last + 1] sample of the upright pose, or None
    seated     the same of sitting upright, or None
    settings   [[number, value], ...] of beltwire.settings
    samples    whether the up vectors are wanted

outputs: four files in this order, rows of int32 in the machine's byte order (little-endian):

    seconds    SECOND_FIELDS numbers a second, in order, without holes
    actions    second, action (beltcore.reminder), cause, held_s
    minutes    start_s and the fields of a minute record, MINUTE_FIELDS numbers
    ups        int16: three numbers a sample, the vertical in sensor axes

This file keeps to what MicroPython knows: no dataclasses, types only in quotes.
"""

import io
import json
import sys
from array import array

from beltcore.calibration import Calibration
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from beltcore.pipeline import BLOCK, RATE_HZ, Pipeline
from beltcore.reminder import NOTHING, REMIND, THANK
from beltwire import codes

try:
    from collections.abc import Callable, Sequence
    from typing import Any
except ImportError:  # MicroPython needs neither
    pass

OUTPUTS = ("seconds", "actions", "minutes", "ups")
SECOND_FIELDS = 7
ACTION_FIELDS = 4
MINUTE_FIELDS = 1 + 10 + 5 + 7

# How the calibration went, returned by run().
CALIBRATED = 0
FIDGETED = 1  # the wearer moved in the pose; its mean was taken all the same
NOT_UPRIGHT = 2  # the belt could not take up from it


def run(
    plan: "dict[str, Any]",
    counts: "io.BufferedIOBase",
    outputs: "Sequence[io.BufferedIOBase]",
    progress: "Callable[[int, int], None]",
) -> int:
    """Replay `counts` (a binary file of int16, six a sample); CALIBRATED, FIDGETED, NOT_UPRIGHT.

    The second after a buzz is one in which the motor runs, as on the belt: its samples are not
    used. progress(done, total) is called every ten seconds of the recording.
    """
    seconds, actions, minutes, ups = outputs
    pipeline = Pipeline()
    for number, value in plan["settings"]:
        pipeline.configure(number, value)
    outcome = calibrate_from(plan, counts, pipeline)
    if outcome == NOT_UPRIGHT:
        return outcome
    counts.seek(0)
    block = array("h", bytes(2 * BLOCK))
    total = plan["count"] // RATE_HZ
    for done in range(total):
        counts.readinto(block)
        motor_on = pipeline.action == REMIND or pipeline.action == THANK
        pipeline.second(block, motor_on, -1)
        if pipeline.action != NOTHING:
            row = (done, pipeline.action, pipeline.cause, pipeline.held_s)
            actions.write(array("i", row))
        if plan["samples"]:
            ups.write(pipeline.samples.up)
        _note(pipeline, seconds, minutes)
        if done % 10 == 0:
            progress(done, total)
    while pipeline.flush():
        _note(pipeline, seconds, minutes)
    return outcome


def _note(pipeline: Pipeline, seconds: "io.BufferedIOBase", minutes: "io.BufferedIOBase") -> None:
    second = pipeline.decided
    if second is not None:
        seen = [second.activity, second.confidence, second.flexion_cdeg, second.lateral_cdeg]
        seen += [second.band, second.steps, 1 if second.known else 0]
        seconds.write(array("i", seen))
    minute = pipeline.minute
    if minute is not None:
        row = [pipeline.minute_start_s]
        row += list(minute.seconds) + list(minute.bands)
        row += [minute.flexion_cdeg, minute.lateral_cdeg, minute.spread, minute.steps]
        row += [minute.slouched_s, minute.flags, minute.lying_side]
        minutes.write(array("i", row))


def calibrate_from(plan: "dict[str, Any]", counts: "io.BufferedIOBase", pipeline: Pipeline) -> int:
    """Put the calibration in force that the plan asks for; CALIBRATED, FIDGETED, NOT_UPRIGHT."""
    mounting = Mounting()
    if plan["mount"]:
        mounting.set_rows(plan["mount"])
    if not plan["upright"]:
        if plan["mount"]:
            pipeline.calibrate(mounting.rows, codes.NO_ANGLE, 100)
        return CALIBRATED
    calibration = Calibration(mounting)
    outcome = _pose(counts, plan["upright"], calibration, codes.STEP_STAND)
    if outcome != NOT_UPRIGHT:
        seated = codes.NO_ANGLE
        if plan["seated"]:
            _pose(counts, plan["seated"], calibration, codes.STEP_SIT)
            seated = calibration.seated_cdeg
        pipeline.calibrate(mounting.rows, seated, 100 if plan["mount"] else calibration.quality)
    return outcome


def _pose(
    counts: "io.BufferedIOBase", span: "list[int]", calibration: Calibration, step: int
) -> int:
    """Let the belt's calibration run over the samples of `span`."""
    inclination = Inclination()
    block = array("h", bytes(2 * BLOCK))
    ups = array("h", bytes(BLOCK))
    counts.seek(0)
    before = span[0] % RATE_HZ
    if before:
        counts.readinto(memoryview(block)[: 6 * before])
        inclination.update(block, before, ups)
    for _ in range(span[0] // RATE_HZ):
        counts.readinto(block)
        inclination.update(block, RATE_HZ, ups)
    mean = array("i", (0, 0, 0))
    calibration.begin(step)
    for _ in range((span[1] - span[0]) // RATE_HZ):
        counts.readinto(block)
        inclination.update(block, RATE_HZ, ups)
        for at in range(0, 3 * RATE_HZ, 3):
            for k in range(3):
                mean[k] += ups[at + k] >> 4
        if calibration.add(block, RATE_HZ, ups) == codes.CALIBRATION_DONE:
            return CALIBRATED
    if step != codes.STEP_STAND:
        return FIDGETED
    return FIDGETED if calibration.mounting.from_upright(mean) else NOT_UPRIGHT


def _guest() -> None:
    """In MicroPython: replay the files in /replay and say how it went."""
    folder = "/replay/"
    with open(folder + "plan.json") as file:  # noqa: PTH123 - MicroPython has no pathlib
        plan = json.load(file)
    with open(folder + "counts.bin", "rb") as counts:  # noqa: PTH123
        outputs = [open(folder + name + ".bin", "wb") for name in OUTPUTS]  # noqa: PTH123, SIM115
        outcome = run(plan, counts, outputs, _say)
    for output in outputs:
        output.close()
    print("outcome", outcome)


def _say(done: int, total: int) -> None:
    print("progress", done, total)


if __name__ == "__main__" and sys.implementation.name == "micropython":
    _guest()
