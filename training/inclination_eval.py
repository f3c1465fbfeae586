"""The inclination filter against optical motion capture (BROAD), beside VQF.

usage: python -m training.inclination_eval DATA

Every recording is resampled to 52 Hz, quantised and clipped as the belt's sensor would, fed to
beltcore's Inclination in blocks of one second, and scored as the root-mean-square angle between
the estimated and the measured up vector while the board moves.
"""

import argparse
import csv
import gzip
import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from beltcore.inclination import Inclination
from plumbline.recording import RATE_HZ, read_recording

from training.float_inclination import FloatInclination


def load(path: Path) -> np.ndarray:
    """Return the recording's table (N, 11), blanks as NaN."""
    with gzip.open(path, "rt") as handle:
        rows = list(csv.reader(handle))[1:]
    return np.array([[float(x) if x else np.nan for x in row] for row in rows])


def counts(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return (times in s, counts (M, 6) int): what the belt's sensor would have given."""
    recording = read_recording(path)
    samples = recording.counts.astype(int)
    return recording.t0_s + np.arange(len(samples)) / RATE_HZ, samples


def run(samples: np.ndarray) -> np.ndarray:
    """Return the belt's up vectors (M, 3) for counts (M, 6), fed in blocks of 52."""
    out = np.zeros((len(samples), 3), int)
    core = Inclination()
    ups = array("h", bytes(2 * 52 * 3))
    for start in range(0, len(samples), 52):
        piece = samples[start : start + 52]
        core.update(array("h", piece.ravel().tolist()), len(piece), ups)
        out[start : start + len(piece)] = np.array(ups).reshape(-1, 3)[: len(piece)]
    return out


def rms_angle_deg(est: np.ndarray, t_est: np.ndarray, table: np.ndarray) -> float:
    """Return the RMS angle in degrees while moving, reference interpolated to t_est."""
    t, ref, moving = table[:, 0], table[:, 7:10], table[:, 10] > 0
    known = np.isfinite(ref).all(1)
    at = np.stack([np.interp(t_est, t[known], ref[known, i]) for i in range(3)], 1)
    nearest = np.clip(np.searchsorted(t, t_est), 0, len(t) - 1)
    use = moving[nearest] & known[nearest]
    a, b = est[use].astype(float), at[use]
    angle = np.arctan2(np.linalg.norm(np.cross(a, b), axis=1), (a * b).sum(1))
    return math.degrees(math.sqrt(float(np.mean(angle**2))))


def vqf_up(table: np.ndarray) -> np.ndarray:
    """Return VQF's 6-axis up vectors (N, 3) on the recording as it is."""
    import vqf  # type: ignore[import-untyped]

    acc = np.ascontiguousarray(table[:, 1:4] * 9.81)
    gyro = np.ascontiguousarray(np.radians(table[:, 4:7]))
    step = float(np.median(np.diff(table[:, 0])))
    w, x, y, z = vqf.VQF(step).updateBatch(gyro, acc)["quat6D"].T
    return np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z], 1)


def trials(data: Path) -> list[Path]:
    """The recordings of DATA/broad, or of DATA itself."""
    folder = data / "broad" if (data / "broad").is_dir() else data
    return sorted(folder.glob("*.csv.gz"))


@dataclass(frozen=True)
class Trial:
    """RMSE in degrees while moving: the belt's integers, the same filter in floats, VQF."""

    name: str
    belt: float
    in_floats: float
    vqf: float


def evaluate(data: Path) -> Iterator[Trial]:
    """Every trial of DATA/broad (or DATA), one at a time."""
    for path in trials(data):
        table = load(path)
        at, samples = counts(path)
        yield Trial(
            path.name.removesuffix(".csv.gz"),
            rms_angle_deg(run(samples), at, table),
            rms_angle_deg(FloatInclination().run(samples), at, table),
            rms_angle_deg(vqf_up(table), table[:, 0], table),
        )


def main() -> None:
    """Print the error of every trial and the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "data", type=Path, help="folder with broad/*.csv.gz or the files themselves"
    )
    found = []
    for trial in evaluate(parser.parse_args().data):
        found.append(trial)
        print(
            f"{trial.name:45s} {trial.belt:6.3f}  in floats {trial.in_floats:6.3f}  "
            f"vqf {trial.vqf:6.3f}",
            flush=True,
        )
    print(
        f"mean {np.mean([t.belt for t in found]):.3f}  worst {max(t.belt for t in found):.3f}  "
        f"in floats {np.mean([t.in_floats for t in found]):.3f}  "
        f"vqf {np.mean([t.vqf for t in found]):.3f}"
    )


if __name__ == "__main__":
    main()
