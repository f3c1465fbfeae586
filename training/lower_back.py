"""HAPT as if worn on the lower back: upright sitting within a few degrees of standing.

On the hip the belt of a seated wearer tilts by 6 to 43 degrees; on the lower back, by a median
of one degree. Labelled recordings of seated wearers with a belt there are not to be had, so these
are made from the hip's: every sitting stretch is turned so that its mean attitude comes to lie a
few degrees from the standing one, fading in and out over the transitions around it. The motion
itself (sway, impact, rise and fall) stays what it was.
"""

import zlib

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from training.recordings import Entry

RATE_HZ = 52
DPS_PER_COUNT = 0.070
TILT_SPREAD_DEG = 5.0

Counts = NDArray[np.int16]
Floats = NDArray[np.float64]


def as_on_the_lower_back(samples: Counts, entry: Entry, share: float = 1.0) -> Counts:
    """Return samples (n, 6) with the sitting stretches turned towards upright.

    share: how much of the way, 1 = as on the lower back; 0.5 lies between it and the hip.
    """
    start, end = (int(t * RATE_HZ) for t in entry.upright)
    upright = samples[start:end, :3].mean(axis=0)
    chance = np.random.default_rng(zlib.crc32(f"{entry.name} {share}".encode()))
    turn = np.zeros((len(samples), 3))
    for at, stretch in enumerate(entry.stretches):
        if stretch.activity != "sitting":
            continue
        first, last = (int(t * RATE_HZ) for t in (stretch.start_s, stretch.end_s))
        seated = samples[first:last, :3].mean(axis=0)
        target = _lean(upright, chance)
        fade_in = max(_touching(entry, at, -1), RATE_HZ // 2)
        fade_out = max(_touching(entry, at, +1), RATE_HZ // 2)
        weight = _fade(len(samples), first, last, fade_in, fade_out)
        turn += share * weight[:, None] * _between(seated, target)
    return _turned(samples, turn)


def _touching(entry: Entry, at: int, step: int) -> int:
    """Return the samples of the transition right before or after a stretch, 0 if there is none."""
    if not 0 <= at + step < len(entry.stretches):
        return 0
    near, own = entry.stretches[at + step], entry.stretches[at]
    gap = own.start_s - near.end_s if step < 0 else near.start_s - own.end_s
    return int((near.end_s - near.start_s + gap) * RATE_HZ) if abs(gap) < 3 else 0


def _lean(upright: Floats, chance: np.random.Generator) -> Floats:
    """Return the upright turned by a few degrees about a random axis."""
    turned: Floats = Rotation.from_rotvec(
        np.deg2rad(chance.normal(0, TILT_SPREAD_DEG / np.sqrt(2), 3))
    ).apply(upright)
    return turned


def _between(one: Floats, other: Floats) -> Floats:
    """Return the rotation vector (radians) that takes one direction to the other."""
    axis = np.cross(one, other)
    sine = np.linalg.norm(axis)
    angle = np.arctan2(sine, one @ other)
    vector: Floats = axis / sine * angle if sine > 0 else np.zeros(3)
    return vector


def _fade(count: int, first: int, last: int, fade_in: int, fade_out: int) -> Floats:
    """Return 1 from first to last, with a smooth rise before and a smooth fall after."""
    at = np.arange(count)
    rise = np.clip((at - first + fade_in) / fade_in, 0, 1)
    fall = np.clip((last + fade_out - at) / fade_out, 0, 1)
    both = np.minimum(rise, fall)
    smooth: Floats = both * both * (3 - 2 * both)
    return smooth


def _turned(samples: Counts, turn: Floats) -> Counts:
    """Turn the sensor in its own axes by rotation vectors (n, 3), its rate included."""
    rotation = Rotation.from_rotvec(turn)
    out = np.empty(samples.shape)
    out[:, :3] = rotation.apply(samples[:, :3])
    step = (rotation[:-1] * rotation[1:].inv()).as_rotvec()
    rate = np.vstack([step, step[-1:]]) * RATE_HZ
    out[:, 3:] = rotation.apply(samples[:, 3:]) + np.rad2deg(rate) / DPS_PER_COUNT
    return np.clip(np.rint(out), -32768, 32767).astype(np.int16)
