"""Clips: stretches of recorded motion, each as the seconds that the core made of it.

The core's costly half (`SampleStage`) runs once over every stretch; days are then made by
stringing its seconds together. In the bundled recordings the sensor hangs on the front of a belt,
where sitting down tips it back by 10 to 35 degrees, and nobody leans over a desk. So sitting and
standing are also worn leaning: after a few seconds the samples are turned about the body's left
axis until the mean flexion is the one wanted, the turn itself included in the angular rate.
What comes out is what the core says of such samples; a clip whose activity it does not confirm
is left out.

Chair rises and hip hinges are those that the core counts in the recording. One that ends as its
stretch does, or within REACH_S after it, belongs to the stretch's last second.
"""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from beltcore.activity import LAG
from beltcore.pipeline import Pipeline, Second
from beltcore.repetitions import Repetitions
from beltwire import codes
from numpy.typing import NDArray

from plumbline.recording import DPS_PER_COUNT, RATE_HZ, Recording, read_recording
from plumbline.virtual_belt.calibrated import Stretch, calibrated_pipeline, pose, read_stretches

Counts = NDArray[np.int16]
Rows = NDArray[np.int16]

SITTING_DEG = (*range(-18, 17, 2), 20, 24, 28, 34, 42)
STANDING_DEG = (0, 4, 8, 14, 24, 32)
MAKERS = 4  # one in so many stretches gives a certain lean
CONTEXT_S = 5
RAMP_S = 3
SETTLED_S = 5  # the first seconds after the ramp are left out
SHORTEST_S = 5
TRANSITIONS = ("stand_to_sit", "sit_to_stand")
MOVING = ("walking", "stairs_up", "stairs_down", *TRANSITIONS)
KNOWN_FORWARD = 90  # quality of a calibration that walking has confirmed
LONGEST_MS = 32767  # a row holds 16 bits
REACH_S = 3  # a swing ends some calm after the label does

# Fields of a row: the live second, then what is decided later, then the repetition it ends.
ACTIVITY, CONFIDENCE, FLEXION, LATERAL, BAND, STEPS, SIDE, KNOWN, DECIDED, SURE, STEPPED = range(11)
REPEATED, RANGE, DURATION = range(11, 14)
FIELDS = 14


@dataclass(frozen=True)
class Clip:
    """`count` rows from row `first` on: one posture ("sitting", "walking" ...) at a mean lean."""

    posture: str
    lean_deg: float
    first: int
    count: int


@dataclass(frozen=True)
class Library:
    """All clips; `rows` (N, FIELDS) are the seconds they are made of."""

    rows: Rows
    clips: list[Clip]


def make_library(recordings: list[Path], progress: Callable[[int, int], None]) -> Library:
    """The clips of labelled recordings; `progress(done, total)` counts recordings."""
    parts: list[Rows] = []
    clips: list[Clip] = []
    at = 0
    for done, path in enumerate(recordings):
        progress(done, len(recordings))
        for posture, rows in _clips_of(read_recording(path), read_stretches(path), done):
            lean = float(np.mean(rows[:, FLEXION])) / 100
            clips.append(Clip(posture, lean, at, len(rows)))
            parts.append(rows)
            at += len(rows)
    return Library(np.concatenate(parts), clips)


def _clips_of(
    recording: Recording, stretches: list[Stretch], number: int
) -> Iterator[tuple[str, Rows]]:
    mounting = learn_mounting(recording, stretches)
    rows = seconds_of(recording.counts, mounting)
    for stretch in stretches:
        if stretch.activity in MOVING:
            yield stretch.activity, _moving(rows, stretch)
    for posture, leans in (("sitting", SITTING_DEG), ("standing", STANDING_DEG)):
        mine = [stretch for stretch in stretches if stretch.activity == posture]
        for place, stretch in enumerate(mine):
            upright_deg = float(np.mean(rows[_whole(stretch), FLEXION])) / 100
            turn = number * len(mine) + place
            for lean in leans[turn % MAKERS :: MAKERS]:
                found = _leaning(recording.counts, mounting, stretch, lean - upright_deg)
                if len(found) >= SHORTEST_S:
                    yield posture, found


def _moving(rows: Rows, stretch: Stretch) -> Rows:
    """The seconds of a stretch of motion; what is repeated just behind its end is its own."""
    whole = _whole(stretch)
    found = rows[whole].copy()
    behind = rows[whole.stop : whole.stop + REACH_S]
    for row in behind[behind[:, REPEATED] != codes.REPETITION_NONE]:
        if stretch.activity in TRANSITIONS and found[-1, REPEATED] == codes.REPETITION_NONE:
            found[-1, REPEATED:] = row[REPEATED:]
    return found


def _whole(stretch: Stretch) -> slice:
    """The seconds that lie wholly in a stretch."""
    return slice(int(np.ceil(stretch.start_s)), int(stretch.end_s))


def learn_mounting(recording: Recording, stretches: list[Stretch]) -> "array[int]":
    """The mounting after the wearer has walked, which tells the belt where forward is."""
    upright = pose(stretches, "standing")
    if upright is None:
        raise ValueError(f"{recording.path} has no labelled standing")
    pipeline = calibrated_pipeline(recording, upright, None)
    for block in recording.blocks():
        pipeline.samples.second(block)
        if pipeline.samples.moved:
            break
    return array("h", pipeline.samples.mounting.rows)


def _leaning(counts: Counts, mounting: "array[int]", stretch: Stretch, turn_deg: float) -> Rows:
    """The settled seconds of a stretch worn with the trunk turned forward by `turn_deg`."""
    begin = max(0, int(stretch.start_s) - CONTEXT_S)
    piece = counts[begin * RATE_HZ : int(stretch.end_s) * RATE_HZ]
    lean_from = int(np.ceil(stretch.start_s)) + 1 - begin
    rows = seconds_of(leaned(piece, mounting, turn_deg, lean_from), mounting)
    wanted = codes.ACTIVITY_NAMES.index(stretch.activity)
    rows = rows[lean_from + RAMP_S + SETTLED_S :]
    confirmed: Rows = rows[rows[:, DECIDED] == wanted]
    return confirmed


def leaned(counts: Counts, mounting: "array[int]", turn_deg: float, from_s: int) -> Counts:
    """Counts (N, 6) with the trunk turned forward by `turn_deg`, reached RAMP_S after `from_s`."""
    at = np.arange(len(counts)) / RATE_HZ - from_s
    return turned_forward(counts, mounting, turn_deg * np.clip(at / RAMP_S, 0, 1))


def turned_forward(
    counts: Counts, mounting: "array[int]", angle_deg: NDArray[np.float64]
) -> Counts:
    """Counts (N, 6) with the trunk turned forward by an angle (N,) a sample, in degrees.

    Leaning forward turns the body about its left axis y, so a vector that stays in the world
    goes (x, z) -> (x cos - z sin, x sin + z cos) in body axes.
    """
    angle = np.radians(angle_deg)
    to_body = np.array(mounting, dtype=np.float64).reshape(3, 3) / 16384
    turned = np.empty(counts.shape)
    for half in (slice(0, 3), slice(3, 6)):
        x, y, z = to_body @ counts[:, half].T.astype(np.float64)
        body = np.stack(
            [x * np.cos(angle) - z * np.sin(angle), y, x * np.sin(angle) + z * np.cos(angle)]
        )
        if half.start == 3:
            body[1] += np.degrees(np.gradient(angle)) * RATE_HZ / DPS_PER_COUNT
        turned[:, half] = (to_body.T @ body).T
    result: Counts = np.clip(np.rint(turned), -32768, 32767).astype(np.int16)
    return result


def seconds_of(counts: Counts, mounting: "array[int]") -> Rows:
    """What the core makes of counts (N, 6): one row of FIELDS a whole second."""
    pipeline = Pipeline()
    pipeline.calibrate(mounting, codes.NO_ANGLE, KNOWN_FORWARD)
    stage = pipeline.samples
    total = len(counts) // RATE_HZ
    rows = np.zeros((total, FIELDS), np.int16)
    block = array("h", bytes(12 * RATE_HZ))
    for index in range(total):
        part = np.ascontiguousarray(counts[index * RATE_HZ : (index + 1) * RATE_HZ])
        block[:] = array("h", part.tobytes())
        stage.second(block)
        rows[index, :DECIDED] = _live_fields(stage.live)
        if stage.decided is not None:
            rows[index - LAG, DECIDED:REPEATED] = _decided_fields(stage.decided)
        _note_repetition(rows, index, stage.repetitions)
    index = total - LAG
    while stage.flush():
        if stage.decided is not None:
            rows[index, DECIDED:REPEATED] = _decided_fields(stage.decided)
        index += 1
    stage.repetitions.flush()
    _note_repetition(rows, total - 1, stage.repetitions)
    return rows


def _note_repetition(rows: Rows, index: int, found: Repetitions) -> None:
    """Note what was counted in second `index` at the second in which it ended."""
    if found.kind and index >= found.ago_s:
        told = (found.kind, found.range_cdeg, min(found.duration_ms, LONGEST_MS))
        rows[index - found.ago_s, REPEATED:] = told


def _live_fields(second: Second) -> tuple[int, ...]:
    return (
        second.activity,
        second.confidence,
        second.flexion_cdeg,
        second.lateral_cdeg,
        second.band,
        0,
        second.side,
        int(second.known),
    )


def _decided_fields(second: Second) -> tuple[int, int, int]:
    return second.activity, second.confidence, second.steps
