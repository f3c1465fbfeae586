"""The exercises that the virtual belt's wearer does while a session counts them.

A chair rise is the recording's own: its labelled sitting down and standing up, one behind the
other with a short standing between. Nobody in the bundled recordings bows, so a hip hinge is the
standing, turned about the body's left axis and back. Both begin with some steps and a standing,
as of somebody who comes to the chair, and both are only motion: the belt counts what it sees.
"""

from array import array

import numpy as np
from beltwire import codes
from numpy.typing import NDArray

from plumbline.recording import RATE_HZ, Recording
from plumbline.virtual_belt.calibrated import Stretch
from plumbline.virtual_belt.clips import Counts, turned_forward

TIMES = 10
HINGE_DEG = (56.0, 62.0, 58.0, 66.0, 60.0)
HINGE_S = 3.6
HINGE_EVERY_S = 6
STEPS_S = 6
CALM_S = 2
"""Standing behind them."""
BETWEEN_S = 2.0
"""Standing between two rises."""
SAT_S, RISING_S, RISEN_S = 0.6, 0.3, 0.2
"""Of the seat: after its label, before the rise's, and the rise's end that is standing."""
FADE = RATE_HZ // 2
"""Samples in which one piece becomes the next."""


def exercises(
    recording: Recording, stretches: list[Stretch], mounting: "array[int]"
) -> dict[int, tuple[Counts, list[int]]]:
    """By kind of repetition: whole seconds of counts, and the order to live through them.

    Before and behind each repetition comes the last second of the order: the wearer stands.
    """
    standing = _longest(recording, stretches, "standing")
    if len(standing) < (CALM_S + 1) * RATE_HZ:
        return {}
    lead = _lead(_longest(recording, stretches, "walking"), standing)
    repeated = {codes.HIP_HINGE: [_hinge(standing, mounting, deg) for deg in HINGE_DEG]}
    rise = _rise(recording, stretches, standing)
    if rise is not None:
        repeated[codes.CHAIR_RISE] = [rise]
    return {kind: _ordered(lead, each, standing) for kind, each in repeated.items()}


def _ordered(lead: Counts, repeated: list[Counts], standing: Counts) -> tuple[Counts, list[int]]:
    """The lead, then TIMES the repetitions in turn, each with the same second behind it."""
    parts = [lead, *repeated, standing[:RATE_HZ]]
    spans: list[range] = []
    for part in parts:
        first = spans[-1].stop if spans else 0
        spans.append(range(first, first + len(part) // RATE_HZ))
    *moves, calm = spans
    order = [*moves[0], *calm]
    for n in range(TIMES):
        order += [*moves[1 + n % len(repeated)], *calm]
    return np.concatenate(parts), order


def _lead(walking: Counts, standing: Counts) -> Counts:
    """Some steps, where there are any, and a standing."""
    calm = standing[: CALM_S * RATE_HZ]
    if len(walking) < STEPS_S * RATE_HZ:
        return calm
    begin = (len(walking) - STEPS_S * RATE_HZ) // 2
    return _joined([walking[begin : begin + STEPS_S * RATE_HZ], calm], standing)


def _hinge(standing: Counts, mounting: "array[int]", deg: float) -> Counts:
    """Down and up again; who rested at the bottom would have made two movements of it."""
    samples = (HINGE_EVERY_S - 1) * RATE_HZ
    phase = np.clip(np.arange(samples) / (HINGE_S * RATE_HZ), 0, 1)
    angle = deg * (1 - np.cos(2 * np.pi * phase)) / 2
    return turned_forward(standing[np.arange(samples) % len(standing)], mounting, angle)


def _rise(recording: Recording, stretches: list[Stretch], standing: Counts) -> Counts | None:
    """Sits down, is seated for a moment, stands up, stands; None without both labels."""
    down = next((one for one in stretches if one.activity == "stand_to_sit"), None)
    up = next((one for one in stretches if one.activity == "sit_to_stand"), None)
    if down is None or up is None:
        return None
    pieces = [
        _cut(recording, down.start_s, down.end_s + SAT_S),
        _cut(recording, up.start_s - RISING_S, up.end_s - RISEN_S),
        standing[: round((BETWEEN_S - 1) * RATE_HZ) + FADE],
    ]
    return _joined(pieces, standing)


def _joined(pieces: list[Counts], standing: Counts) -> Counts:
    """One piece fading into the next, filled up with standing to whole seconds."""
    share = ((1 - np.cos(np.pi * (np.arange(FADE) + 0.5) / FADE)) / 2)[:, np.newaxis]
    joined: NDArray[np.float64] = pieces[0].astype(np.float64)
    for piece in pieces[1:]:
        between = joined[-FADE:] * (1 - share) + piece[:FADE] * share
        joined = np.concatenate([joined[:-FADE], between, piece[FADE:]])
    missing = -len(joined) % RATE_HZ
    return np.concatenate([np.rint(joined).astype(np.int16), standing[:missing]])


def _longest(recording: Recording, stretches: list[Stretch], activity: str) -> Counts:
    """The longest stretch without its first and last second; nothing where there is none."""
    found = [one for one in stretches if one.activity == activity]
    one = max(found, key=lambda each: each.end_s - each.start_s, default=None)
    return recording.counts[:0] if one is None else _cut(recording, one.start_s + 2, one.end_s - 1)


def _cut(recording: Recording, start_s: float, end_s: float) -> Counts:
    return recording.counts[round(max(0.0, start_s) * RATE_HZ) : round(end_s * RATE_HZ)]
