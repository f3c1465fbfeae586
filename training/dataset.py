"""Recordings -> the core's own features, cached under build/ by what they were made with."""

import hashlib
from array import array
from pathlib import Path

import numpy as np
from beltcore.features import COUNT, DELAY, Window
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from numpy.typing import NDArray
from plumbline.recording import read_recording

from training.lower_back import as_on_the_lower_back
from training.recordings import Entry

RATE_HZ = 52
AS_WORN = ""
LOWER_BACK = "_back"  # seated wearers turned upright: see lower_back.py
HALF_WAY = "_half"
_SHARES = {LOWER_BACK: 1.0, HALF_WAY: 0.5}
CACHE = Path("build") / "training"
CORE = Path(__file__).resolve().parent.parent / "firmware" / "beltcore"

Counts = NDArray[np.int16]
Features = NDArray[np.uint8]


def counts(entry: Entry, variant: str = AS_WORN) -> Counts:
    """Return the belt's samples of a recording, (samples, 6), whole seconds only."""
    recording = read_recording(entry.path)
    whole = recording.counts[: recording.seconds * RATE_HZ]
    if variant in _SHARES:
        return as_on_the_lower_back(whole, entry, _SHARES[variant])
    return whole


def body_motion(entry: Entry, variant: str = AS_WORN) -> tuple[Counts, Counts]:
    """Return samples (seconds, 52, 6) and up vectors (seconds, 52, 3) in body axes."""
    name = f"{entry.name}{variant}-{_version(_MOTION_PARTS)}.npz"
    path = CACHE / "motion" / name
    if path.exists():
        with np.load(path) as saved:
            return saved["body"], saved["up"]
    samples = counts(entry, variant)
    start, end = (int(t * RATE_HZ) for t in entry.upright)
    mounting = Mounting()
    mounting.from_upright(array("i", [int(a) for a in samples[start:end, :3].mean(axis=0)]))
    inclination = Inclination()
    seconds = len(samples) // RATE_HZ
    body = np.empty((seconds, RATE_HZ, 6), np.int16)
    up = np.empty((seconds, RATE_HZ, 3), np.int16)
    turned = array("h", bytes(2 * RATE_HZ * 6))
    ups = array("h", bytes(2 * RATE_HZ * 3))
    for second in range(seconds):
        block = to_block(samples[second * RATE_HZ : (second + 1) * RATE_HZ])
        inclination.update(block, RATE_HZ, ups)
        mounting.rotate(ups, RATE_HZ, ups, 3)
        mounting.rotate(block, RATE_HZ, turned, 6)
        body[second] = np.array(turned, np.int16).reshape(RATE_HZ, 6)
        up[second] = np.array(ups, np.int16).reshape(RATE_HZ, 3)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, body=body, up=up)
    return body, up


def features(entry: Entry, variant: str = AS_WORN) -> Features:
    """Return the features of every second, (seconds, COUNT)."""
    version = _version(_MOTION_PARTS + _FEATURE_PARTS)
    path = CACHE / "features" / f"{entry.name}{variant}-{version}.npy"
    if path.exists():
        saved: Features = np.load(path)
        return saved
    body, up = body_motion(entry, variant)
    window = Window()
    rows = np.zeros((len(body), COUNT), np.uint8)
    for second in range(len(body) + DELAY):
        if second < len(body):
            known = window.add(to_block(body[second]), to_block(up[second]))
        else:
            known = window.missing()
        if second >= DELAY and known:
            rows[second - DELAY] = list(window.features)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, rows)
    return rows


def to_block(rows: NDArray[np.int16]) -> "array[int]":
    """Return numbers as the array("h") the core takes."""
    block = array("h")
    block.frombytes(np.ascontiguousarray(rows, np.int16).tobytes())
    return block


_MOTION_PARTS = (
    CORE / "inclination.py",
    CORE / "mounting.py",
    CORE / "fixed.py",
    Path(__file__).with_name("lower_back.py"),
    Path(__file__).with_name("recordings.py"),
)
_FEATURE_PARTS = (CORE / "motion.py", CORE / "features.py")


def _version(parts: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes())
    return digest.hexdigest()[:12]
