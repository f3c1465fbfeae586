"""The arithmetic of the whole pipeline: within small integers, and without allocation.

Every array and integer of the state is replaced by checked ones (`checked_int`), so that any
intermediate outside +-(2**30 - 1) raises, over a real recording and over input no body makes.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from beltcore.pipeline import Pipeline
from numpy.typing import NDArray
from plumbline.recording import read_recording

from tests.conftest import MicroPython
from tests.core.checked_int import CheckedArray, CheckedInt, check_state

Counts = NDArray[np.int64]
LOW, HIGH = -32768, 32767


def rails(k: Counts, rng: np.random.Generator) -> Counts:
    """Everything at one end of its range, then at the other, for seconds."""
    return np.where((k // 150) % 2 == 0, HIGH, LOW)[:, None].repeat(6, axis=1)


def flips(k: Counts, rng: np.random.Generator) -> Counts:
    """Every axis changes its sign with every sample."""
    signs = np.where((k[:, None] + np.arange(6)) % 2 == 0, 1, -1)
    return np.where(signs > 0, HIGH, LOW)


def square(k: Counts, rng: np.random.Generator) -> Counts:
    """+-8 g square waves of every length, the gyro at full scale the other way."""
    period = 1 + (k // 52) % 26
    wave = np.where((k // period) % 2 == 0, HIGH, LOW)
    return np.stack([wave, -wave - 1, wave, -wave - 1, wave, wave], axis=1)


def stuck(k: Counts, rng: np.random.Generator) -> Counts:
    """One word for ever: 0x8000, which some sensors give for "no data"."""
    return np.full((len(k), 6), LOW)


def silence(k: Counts, rng: np.random.Generator) -> Counts:
    """Zeros: no gravity at all."""
    return np.zeros((len(k), 6), dtype=np.int64)


def noise(k: Counts, rng: np.random.Generator) -> Counts:
    """White noise over the whole range."""
    return rng.integers(LOW, HIGH, (len(k), 6), endpoint=True)


def spin(k: Counts, rng: np.random.Generator) -> Counts:
    """A belt thrown in a tumble dryer: 2000 deg/s about all axes, gravity going round."""
    angle = k / 52 * 35
    gravity = np.stack([np.cos(angle), np.sin(angle), np.cos(angle * 0.7)], axis=1) * 4098
    return np.concatenate([gravity, np.full((len(k), 3), 28571)], axis=1).astype(np.int64)


ADVERSARIAL = [rails, flips, square, stuck, silence, noise, spin]


def checked_run(counts: Counts) -> Pipeline:
    """Run the pipeline on checked integers over whole seconds of counts."""
    pipeline = Pipeline()
    check_state(pipeline, depth=9)
    for second in range(len(counts) // 52):
        values = counts[52 * second : 52 * second + 52].ravel().tolist()
        pipeline.second(CheckedArray("h", values), CheckedInt(second % 9 == 8), CheckedInt(600))  # type: ignore[arg-type]
    while pipeline.flush():
        pass
    return pipeline


@pytest.mark.parametrize("motion", ADVERSARIAL, ids=lambda motion: motion.__name__)
def test_no_intermediate_leaves_31_bits_on_input_no_body_makes(
    motion: Callable[[Counts, np.random.Generator], Counts],
) -> None:
    counts = motion(np.arange(52 * 24), np.random.default_rng(11))
    pipeline = checked_run(np.clip(counts, LOW, HIGH))
    assert pipeline.samples.count == 24


def test_no_intermediate_leaves_31_bits_on_recorded_motion(recordings: list[Path]) -> None:
    counts = read_recording(recordings[1]).counts.astype(np.int64)
    walking = counts[52 * 150 : 52 * 200]
    pipeline = checked_run(np.concatenate([counts[: 52 * 30], walking]))
    assert isinstance(pipeline.live.flexion_cdeg, CheckedInt)


def test_the_check_would_notice(recordings: list[Path]) -> None:
    pipeline = Pipeline()
    check_state(pipeline, depth=9)
    pipeline.seconds.now_s = CheckedInt((1 << 30) - 1)
    block = CheckedArray("h", read_recording(recordings[0]).counts[:52].ravel().tolist())
    with pytest.raises(OverflowError):
        pipeline.second(block, False, -1)  # type: ignore[arg-type]


def test_the_steady_state_allocates_nothing(
    micropython: MicroPython, recordings: list[Path], tmp_path: Path
) -> None:
    counts = tmp_path / "counts.bin"
    recording = read_recording(recordings[3]).counts
    counts.write_bytes(recording[52 * 170 : 52 * 300].tobytes())
    script = '''
import micropython
from array import array
from beltcore.pipeline import Pipeline
data = open("/counts.bin", "rb").read()
blocks = [array("h", data[624 * k : 624 * k + 624]) for k in range(130)]
pipeline = Pipeline()
pipeline.configure(2, 3)
pipeline.calibrate(array("h", (0, 0, -16384, 0, 16384, 0, 16384, 0, 0)), 0)
for k in range(3):
    pipeline.second(blocks[k], False, -1)

def run():
    """Number of the second that allocated, -1 if none did. The heap is freed in any case."""
    at = 0
    micropython.heap_lock()
    try:
        while at < 127:
            if at % 60 == 59:
                pipeline.missing(600)
            else:
                pipeline.second(blocks[3 + at], at % 31 == 30, 600)
            at += 1
        at = -1
    except MemoryError:
        pass
    finally:
        micropython.heap_unlock()
    return at

print(run(), pipeline.samples.count)
'''
    assert micropython(script, put=[(counts, "/counts.bin")]).split() == ["-1", "130"]
