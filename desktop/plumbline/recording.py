"""Recordings of motion: read, checked, and brought to what the belt's own sensor would give.

A recording is CSV, plain or gzip, with at least the columns of `COLUMNS` in any order
(time in seconds, specific force in g, angular rate in degrees per second, right-handed
axes); other columns are ignored. Its rate may be anything from 20 to 400 Hz.

The way to the belt's samples, each step as the sensor (ST LSM6DSO, datasheet DS12140) has it:

1. An even grid at the recording's own mean rate. Time stamps that only wobble by rounding
   (less than a tenth of an interval) count as even; others are interpolated linearly.
2. Sample k of the belt is the motion at t0 + k / 52 s, by a Kaiser-windowed sinc (12 zero
   crossings to each side, beta 6). Its cut-off is half of the lower of the two rates, so it
   is an interpolator below 52 Hz and the anti-alias low-pass above. No phase is added.
   On hand-held motion to 1400 deg/s at 57 Hz the inclination from these samples is as good
   as from the original ones; linear interpolation costs 4 %.
3. Counts of 0.244 mg and 70 mdps, rounded and clipped to 16 bits: +-8 g, +-2000 deg/s
   nominal (the sensor's words end at +-7.995 g and +-2293 deg/s).
"""

import gzip
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plumbline.errors import UserError

COLUMNS = ("t_s", "ax_g", "ay_g", "az_g", "gx_dps", "gy_dps", "gz_dps")
RATE_HZ = 52
AXES = 6
BLOCK = RATE_HZ * AXES
G_PER_COUNT = 0.000244
DPS_PER_COUNT = 0.070

LOWEST_HZ = 20.0
HIGHEST_HZ = 400.0
RATE_TOLERANCE = 0.02  # time stamps are rounded: 20 Hz in a short file reads as 19.9 or 20.1
LONGEST_GAP_S = 0.5  # half a stride: what lies in a longer gap would be invented, not interpolated
EVEN_WITHIN = 0.1  # of an interval

ZERO_CROSSINGS = 12
KAISER_BETA = 6.0
NONSENSE = 1e6  # g and deg/s: keeps absurd input finite until it is clipped as the sensor would
CHUNK = 4096  # output samples at a time, which bounds the memory

FloatArray = NDArray[np.float64]
CountArray = NDArray[np.int16]


@dataclass(frozen=True)
class Motion:
    """A recording as it was written: `t_s` (N,) rising, `values` (N, 6) in g and deg/s."""

    t_s: FloatArray
    values: FloatArray

    @property
    def rate_hz(self) -> float:
        """The mean sample rate."""
        return float((len(self.t_s) - 1) / (self.t_s[-1] - self.t_s[0]))


@dataclass(frozen=True)
class Recording:
    """A recording as the belt's sensor gives it: `counts` (N, 6) int16 at 52 Hz from `t0_s` on."""

    path: Path
    t0_s: float
    counts: CountArray

    @property
    def seconds(self) -> int:
        """Whole seconds; a last part of a second is not a block and is left out."""
        return len(self.counts) // RATE_HZ

    def blocks(self) -> Iterator["array[int]"]:
        """Each whole second as array('h') of 312: ax, ay, az, gx, gy, gz interleaved."""
        for second in range(self.seconds):
            block = array("h")
            rows = self.counts[second * RATE_HZ : (second + 1) * RATE_HZ]
            block.frombytes(np.ascontiguousarray(rows).tobytes())
            yield block


def read_recording(path: Path) -> Recording:
    """The recording in `path` at the belt's rate, in its counts; UserError says what is wrong."""
    motion = read_motion(path)
    recording = Recording(path, float(motion.t_s[0]), to_counts(resample(motion)))
    if recording.seconds < 1:
        raise UserError(f"{path} is shorter than one second: give a longer recording.")
    return recording


def read_motion(path: Path) -> Motion:
    """The recording as written, checked; UserError names file, row and reason.

    Rows are counted as an editor counts lines: the header is row 1.
    """
    lines = _lines(path)
    start, order = _header(path, lines)
    table = _table(path, lines[start:], start, order)
    _check_finite(path, lines, start, table)
    _check_time(path, lines, start, table[:, 0])
    motion = Motion(table[:, 0].copy(), table[:, 1:].copy())
    _check_rate(path, motion)
    return motion


def resample(motion: Motion) -> FloatArray:
    """The motion at 52 Hz from its first sample on, (M, 6) in g and deg/s.

    A sample stands for one interval, so N of them last N intervals; what lies behind the
    last sample (less than one interval) is held.
    """
    interval = 1 / motion.rate_hz
    values = np.clip(_even(motion, interval), -NONSENSE, NONSENSE)
    cut_off = min(1.0, RATE_HZ * interval)  # of the recording's Nyquist frequency
    reach = int(np.ceil(ZERO_CROSSINGS / cut_off))
    count = int(np.floor(len(values) * interval * RATE_HZ + 1e-6))
    taps = np.arange(1 - reach, reach + 1)
    result = np.empty((count, AXES))
    for at in range(0, count, CHUNK):
        place = np.arange(at, min(at + CHUNK, count)) / (RATE_HZ * interval)
        index = np.floor(place).astype(np.int64)[:, None] + taps
        away = place[:, None] - index
        weights = np.sinc(cut_off * away) * _kaiser(away / reach)
        weights /= weights.sum(axis=1, keepdims=True)
        near = values[np.clip(index, 0, len(values) - 1)]
        result[at : at + CHUNK] = np.einsum("kt,kta->ka", weights, near)
    return result


def to_counts(values: FloatArray) -> CountArray:
    """Values (N, 6) in g and deg/s as the sensor's words: rounded, clipped to 16 bits."""
    scale = np.array([G_PER_COUNT] * 3 + [DPS_PER_COUNT] * 3)
    counts: CountArray = np.clip(np.rint(values / scale), -32768, 32767).astype(np.int16)
    return counts


def _even(motion: Motion, interval: float) -> FloatArray:
    """The values on an even grid of `interval` s from the first time on."""
    grid = motion.t_s[0] + interval * np.arange(len(motion.t_s))
    if np.abs(motion.t_s - grid).max() < EVEN_WITHIN * interval:
        return motion.values
    axes = [np.interp(grid, motion.t_s, motion.values[:, axis]) for axis in range(AXES)]
    return np.stack(axes, axis=1)


def _kaiser(x: FloatArray) -> FloatArray:
    """The Kaiser window over -1..1, 0 outside."""
    inside = np.maximum(0.0, 1.0 - x * x)
    window: FloatArray = np.where(np.abs(x) < 1, np.i0(KAISER_BETA * np.sqrt(inside)), 0.0)
    return window


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise UserError(f"{path} is a folder: name a recording in it.") from None
    except FileNotFoundError:
        raise UserError(f"There is no recording {path}: check the name.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}).") from None
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            raise UserError(f"{path} is a damaged gzip file: fetch it again.") from None
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UserError(f"{path} is not a CSV file (it is not text).") from None
    if not any(line.strip() for line in lines):
        raise UserError(f"{path} is empty: a recording needs a header and samples.")
    return lines


def _header(path: Path, lines: list[str]) -> tuple[int, list[int]]:
    """The number of lines up to the data, and where each of COLUMNS stands."""
    row = next(i for i, line in enumerate(lines) if line.strip())
    names = [name.strip(' "') for name in lines[row].split(",")]
    for name in COLUMNS:
        if name not in names:
            raise UserError(
                f"{path} row {row + 1}: the column {name} is missing; "
                f"the header must name {','.join(COLUMNS)}."
            )
        if names.count(name) > 1:
            raise UserError(f"{path} row {row + 1}: the column {name} is there twice.")
    return row + 1, [names.index(name) for name in COLUMNS]


def _table(path: Path, lines: list[str], start: int, order: list[int]) -> FloatArray:
    """The samples as numbers, (N, 7) in the order of COLUMNS."""
    if sum(1 for line in lines if line.strip()) < 2:
        raise UserError(f"{path} holds fewer than two samples: give a longer recording.")
    try:
        return np.loadtxt(lines, delimiter=",", usecols=order, comments=None, ndmin=2)
    except (ValueError, IndexError):
        raise _bad_number(path, lines, start, order) from None


def _bad_number(path: Path, lines: list[str], start: int, order: list[int]) -> UserError:
    """Which cell it was that is no number."""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        cells = line.split(",")
        for name, column in zip(COLUMNS, order, strict=True):
            where = f"{path} row {start + at + 1}"
            if column >= len(cells):
                return UserError(f"{where}: the value of {name} is missing.")
            try:
                float(cells[column])
            except ValueError:
                return UserError(f"{where}: {name} is {cells[column].strip()!r}, not a number.")
    return UserError(f"{path} is not a CSV file of numbers.")


def _file_row(lines: list[str], start: int, sample: int) -> int:
    """The row, counted from 1, in which sample number `sample` stands."""
    full = [at for at, line in enumerate(lines) if at >= start and line.strip()]
    return full[sample] + 1


def _check_finite(path: Path, lines: list[str], start: int, table: FloatArray) -> None:
    finite = np.isfinite(table)
    if finite.all():
        return
    sample, column = np.argwhere(~finite)[0]
    row = _file_row(lines, start, int(sample))
    value = table[sample, column]
    raise UserError(f"{path} row {row}: {COLUMNS[column]} is {value}, not a finite number.")


def _check_time(path: Path, lines: list[str], start: int, t_s: FloatArray) -> None:
    step = np.diff(t_s)
    for wrong, reason in (
        (step < 0, "time runs backwards"),
        (step == 0, "time stands still"),
        (step > LONGEST_GAP_S, f"a gap longer than {LONGEST_GAP_S} s"),
    ):
        if wrong.any():
            sample = int(np.argmax(wrong)) + 1
            row = _file_row(lines, start, sample)
            before, after = t_s[sample - 1], t_s[sample]
            raise UserError(f"{path} row {row}: {reason} (from {before:g} s to {after:g} s).")


def _check_rate(path: Path, motion: Motion) -> None:
    rate = motion.rate_hz
    low, high = LOWEST_HZ * (1 - RATE_TOLERANCE), HIGHEST_HZ * (1 + RATE_TOLERANCE)
    if not low <= rate <= high:
        raise UserError(
            f"{path} rows 2 to the end: {rate:.1f} samples a second; "
            f"a recording has {LOWEST_HZ:g} to {HIGHEST_HZ:g}."
        )
