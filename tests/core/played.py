"""Recordings as the belt gets them, and the angle between directions; for the core's tests."""

import gzip
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from beltcore.inclination import Inclination
from numpy.typing import NDArray
from plumbline.recording import RATE_HZ, read_recording

ROOT = Path(__file__).resolve().parents[2]
FAST = "tests/data/broad_21_undisturbed_fast_combined.csv.gz"
MAGNET = "tests/data/broad_35_disturbed_attached_magnet_4cm.csv.gz"
WALK = "tests/data/gait_HA002_Test11_Trial1.csv.gz"
PEOPLE = ("hapt_exp01_user01", "hapt_exp13_user07", "hapt_exp23_user11", "hapt_exp32_user16")

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Truth:
    """The measured up vector (N, 3) at each sample, and whether the sample is scored (N,)."""

    up: Floats
    scored: NDArray[np.bool_]


def person(name: str) -> str:
    """The path of a bundled recording of everyday activities."""
    return f"data/recordings/{name}.csv.gz"


def beginning_of(recording: Path, seconds: int, target: Path) -> Path:
    """Write the first so many seconds of a packed recording to `target`."""
    last = 1 + 50 * seconds  # behind the header
    with gzip.open(recording, "rt") as whole, gzip.open(target, "wt") as start:
        start.writelines(islice(whole, last))
    return target


@cache
def counts(name: str) -> Counts:
    """A recording (path from the root) as counts (N, 6), whole seconds."""
    recording = read_recording(ROOT / name)
    return np.asarray(recording.counts[: recording.seconds * RATE_HZ], np.int64)


@cache
def truth(name: str) -> Truth:
    """The reference of a BROAD recording at the belt's samples."""
    table = np.genfromtxt(ROOT / name, delimiter=",", skip_header=1)
    t, ref, moving = table[:, 0], table[:, 7:10], table[:, 10] > 0
    known = np.isfinite(ref).all(1)
    at = t[0] + np.arange(len(counts(name))) / RATE_HZ
    up = np.stack([np.interp(at, t[known], ref[known, k]) for k in range(3)], 1)
    near = np.clip(np.searchsorted(t, at), 0, len(t) - 1)
    return Truth(up, moving[near] & known[near])


def block(samples: Counts) -> "array[int]":
    """Counts (N, 6) as the interleaved array the core takes."""
    return array("h", samples.ravel().tolist())


def filtered(core: Inclination, samples: Counts, size: int = RATE_HZ) -> Counts:
    """Up vectors (N, 3) for counts (N, 6), fed in blocks of `size` samples."""
    found = np.zeros((len(samples), 3), np.int64)
    for at in range(0, len(samples), size):
        piece = samples[at : at + size]
        ups = array("h", bytes(6 * len(piece)))
        core.update(block(piece), len(piece), ups)
        found[at : at + size] = np.array(ups).reshape(-1, 3)
    return found


def angle_deg(a: Counts | Floats, b: Counts | Floats) -> Floats:
    """The angle between directions (N, 3) or (3,), in degrees."""
    cross = np.linalg.norm(np.cross(a, b), axis=-1)
    return np.asarray(np.degrees(np.arctan2(cross, (np.asarray(a) * b).sum(-1))))


def still(
    seconds: int,
    up: tuple[int, int, int] = (4098, 0, 0),
    rate: tuple[int, int, int] = (0, 0, 0),
    seed: int = 1,
) -> Counts:
    """A sensor at rest, with the noise that a working one always has: counts (N, 6)."""
    rng = np.random.default_rng(seed)
    noise = np.hstack(
        [rng.integers(-3, 4, (52 * seconds, 3)), rng.integers(-1, 2, (52 * seconds, 3))]
    )
    return np.asarray(np.array([*up, *rate]) + noise, np.int64)


def tilting(seconds: int, amplitude_deg: float, period_s: float, gyro: bool = True) -> Counts:
    """A sensor (x up) that swings about its y axis: counts (N, 6)."""
    t = np.arange(52 * seconds) / 52
    angle = np.radians(amplitude_deg) * np.sin(2 * np.pi * t / period_s)
    rate = np.degrees(np.gradient(angle, t)) / 0.070
    zero = np.zeros_like(t)
    acc = [4098 * np.cos(angle), zero, 4098 * np.sin(angle)]
    moved = np.stack([*acc, zero, rate if gyro else zero, zero], 1)
    return np.asarray(np.rint(moved), np.int64) + still(seconds, up=(0, 0, 0))
