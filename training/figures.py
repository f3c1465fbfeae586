"""The figures of docs/accuracy.md."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from beltwire import codes
from matplotlib import pyplot as plt

from training import inclination_eval
from training.evaluate import Count
from training.labels import SCORED

mpl.use("Agg")
_BELT, _PEER = "#0072b2", "#e69f00"  # Okabe-Ito
_SHOWN_S = 40.0
_DPI = 110


def draw(folder: Path, data: Path, trials: list[inclination_eval.Trial], activity: Count) -> None:
    """Write the three pictures into a folder."""
    _per_trial(trials, folder / "accuracy-inclination.png")
    _over_time(inclination_eval.trials(data)[0], folder / "accuracy-angle.png")
    _confusion(activity, folder / "accuracy-activity.png")


def _per_trial(trials: list[inclination_eval.Trial], target: Path) -> None:
    figure, axes = plt.subplots(figsize=(9, 4.5), layout="constrained")
    at = np.arange(len(trials))
    axes.bar(at - 0.2, [t.belt for t in trials], 0.4, color=_BELT, label="belt, 31-bit integers")
    axes.bar(at + 0.2, [t.vqf for t in trials], 0.4, color=_PEER, label="VQF, floats")
    axes.set_xticks(at, [t.name[:2] for t in trials])
    axes.set(xlabel="BROAD trial", ylabel="RMSE (degrees)")
    axes.legend()
    figure.savefig(target, dpi=_DPI)
    plt.close(figure)


def _over_time(path: Path, target: Path) -> None:
    """Inclination of the sensor's z axis against the reference, in the middle of a trial."""
    table = inclination_eval.load(path)
    at, samples = inclination_eval.counts(path)
    ups = inclination_eval.run(samples).astype(float)
    angle = np.degrees(np.arccos(ups[:, 2] / np.linalg.norm(ups, axis=1)))
    known = np.isfinite(table[:, 9])
    reference = np.degrees(np.arccos(np.clip(table[known, 9], -1, 1)))
    figure, axes = plt.subplots(figsize=(9, 4), layout="constrained")
    axes.plot(table[known, 0], reference, color="black", lw=2.5, alpha=0.35, label="reference")
    axes.plot(at, angle, color=_BELT, lw=1, label="belt")
    middle = float(np.median(table[table[:, 10] > 0, 0]))
    axes.set_xlim(middle - _SHOWN_S / 2, middle + _SHOWN_S / 2)
    axes.set(xlabel="time (s)", ylabel="inclination of the z axis (degrees)")
    axes.legend()
    figure.savefig(target, dpi=_DPI)
    plt.close(figure)


def _confusion(count: Count, target: Path) -> None:
    columns = [codes.ACTIVITY_NAMES.index(name) for name in SCORED]
    shares = count.matrix[:, columns] / count.matrix.sum(axis=1, keepdims=True)
    figure, axes = plt.subplots(figsize=(6.5, 5.5), layout="constrained")
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    names = [name.replace("_", " ") for name in SCORED]
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="said", ylabel="true")
    for (row, column), share in np.ndenumerate(shares):
        colour = "white" if share > 0.5 else "black"
        axes.text(column, row, f"{100 * share:.1f}", ha="center", va="center", color=colour)
    figure.savefig(target, dpi=_DPI)
    plt.close(figure)
