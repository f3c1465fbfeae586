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

from beltcore import rehearsal
from beltcore.pipeline import BLOCK, RATE_HZ
from beltcore.rehearsal import CALIBRATED, FIDGETED, NOT_UPRIGHT, Rehearsal
from beltwire import codes

try:
    from collections.abc import Callable, Sequence
    from typing import Any, Protocol
except ImportError:  # MicroPython needs neither
    Protocol = object  # type: ignore[assignment]

__all__ = ["CALIBRATED", "FIDGETED", "NOT_UPRIGHT"]

OUTPUTS = ("seconds", "actions", "minutes", "ups")
SECOND_FIELDS = 7
ACTION_FIELDS = 4
MINUTE_FIELDS = 1 + 10 + 5 + 7
SAMPLE_BYTES = 12
INT_BYTES = 4


class Steps(Protocol):
    """Where the core runs: `beltcore.rehearsal.Rehearsal`, or a board's over the wire."""

    rows: bytes

    def step(self, what: int, data: bytes) -> int:
        """See `beltcore.rehearsal`."""


def run(
    plan: "dict[str, Any]",
    counts: "io.BufferedIOBase",
    outputs: "Sequence[io.BufferedIOBase]",
    progress: "Callable[[int, int], None]",
) -> int:
    """Replay `counts` (a binary file of int16, six a sample); CALIBRATED, FIDGETED, NOT_UPRIGHT.

    progress(done, total) is called every ten seconds of the recording.
    """
    pairs = [(pair[0], pair[1]) for pair in plan["settings"]]
    mount = array("h", plan["mount"]) if plan["mount"] else None
    core = Rehearsal(mount, pairs, plan["samples"])
    return play(core, plan, counts, outputs, progress)


def play(
    core: "Steps",
    plan: "dict[str, Any]",
    counts: "io.BufferedIOBase",
    outputs: "Sequence[io.BufferedIOBase]",
    progress: "Callable[[int, int], None]",
) -> int:
    """As `run`, with the core wherever it is."""
    outcome = calibrate_from(plan, counts, core)
    if outcome == NOT_UPRIGHT:
        return outcome
    counts.seek(0)
    total = plan["count"] // RATE_HZ
    for done in range(total):
        status = core.step(rehearsal.SECOND, counts.read(2 * BLOCK))
        _sort(status, core.rows, outputs)
        if done % 10 == 0:
            progress(done, total)
    status = rehearsal.MORE
    while status & rehearsal.MORE:
        status = core.step(rehearsal.FLUSH, b"")
        if status & rehearsal.MORE:
            _sort(status, core.rows, outputs)
    return outcome


def _sort(status: int, rows: bytes, outputs: "Sequence[io.BufferedIOBase]") -> None:
    """Put the rows of a step where they belong."""
    seconds, actions, minutes, ups = outputs
    at = 0
    for bit, size, output in (
        (rehearsal.HAS_ACTION, INT_BYTES * ACTION_FIELDS, actions),
        (rehearsal.HAS_UPS, BLOCK, ups),
        (rehearsal.HAS_DECIDED, INT_BYTES * SECOND_FIELDS, seconds),
        (rehearsal.HAS_MINUTE, INT_BYTES * MINUTE_FIELDS, minutes),
    ):
        if status & bit:
            output.write(rows[at : at + size])
            at += size


def calibrate_from(plan: "dict[str, Any]", counts: "io.BufferedIOBase", core: "Steps") -> int:
    """Put the calibration in force that the plan asks for; CALIBRATED, FIDGETED, NOT_UPRIGHT."""
    outcome = CALIBRATED
    if plan["upright"]:
        outcome = _pose(counts, plan["upright"], core, codes.STEP_STAND)
        if outcome == NOT_UPRIGHT:
            return outcome
        if plan["seated"]:
            _pose(counts, plan["seated"], core, codes.STEP_SIT)
    if plan["upright"] or plan["mount"]:
        core.step(rehearsal.CALIBRATE, b"")
    return outcome


def _pose(counts: "io.BufferedIOBase", span: "list[int]", core: "Steps", pose: int) -> int:
    """Let the belt's calibration run over the samples of `span`."""
    core.step(rehearsal.BEGIN_POSE, bytes((pose,)))
    counts.seek(0)
    before = span[0] % RATE_HZ
    if before:
        core.step(rehearsal.WARM, counts.read(SAMPLE_BYTES * before))
    for _ in range(span[0] // RATE_HZ):
        core.step(rehearsal.WARM, counts.read(2 * BLOCK))
    for _ in range((span[1] - span[0]) // RATE_HZ):
        if core.step(rehearsal.POSE, counts.read(2 * BLOCK)):
            break
    return core.step(rehearsal.END_POSE, b"")


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
