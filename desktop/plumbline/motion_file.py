"""Files of recorded motion: read and checked, row by row where something is wrong.

A recording is CSV, plain or gzip, with at least the columns of `COLUMNS` in any order
(time in seconds, specific force in g, angular rate in degrees per second, right-handed
axes); other columns are ignored. Its rate may be anything from 20 to 400 Hz. Rows are counted
as an editor counts lines: the header is row 1.
"""

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plumbline.errors import UserError
from plumbline.i18n import _, number

COLUMNS = ("t_s", "ax_g", "ay_g", "az_g", "gx_dps", "gy_dps", "gz_dps")
LOWEST_HZ = 20.0
HIGHEST_HZ = 400.0
RATE_TOLERANCE = 0.02  # time stamps are rounded: 20 Hz in a short file reads as 19.9 or 20.1
LONGEST_GAP_S = 0.5  # half a stride: what lies in a longer gap would be invented, not interpolated

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Motion:
    """A recording as it was written: `t_s` (N,) rising, `values` (N, 6) in g and deg/s."""

    t_s: FloatArray
    values: FloatArray

    @property
    def rate_hz(self) -> float:
        """The mean sample rate."""
        return float((len(self.t_s) - 1) / (self.t_s[-1] - self.t_s[0]))


def read_motion(path: Path) -> Motion:
    """The recording as written, checked; UserError names file, row and reason."""
    lines = _lines(path, _data(path))
    start, order = _header(path, lines)
    table = _table(path, lines[start:], start, order)
    _check_finite(path, lines, start, table)
    _check_time(path, lines, start, table[:, 0])
    motion = Motion(table[:, 0].copy(), table[:, 1:].copy())
    _check_rate(path, motion)
    return motion


def _data(path: Path) -> bytes:
    """The file's bytes, unpacked."""
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise UserError(
            _("{path} is a folder: name a recording in it.").format(path=path)
        ) from None
    except FileNotFoundError:
        raise UserError(
            _("There is no recording {path}: check the name.").format(path=path)
        ) from None
    except OSError as error:
        raise UserError(
            _("{path} cannot be read ({reason}).").format(path=path, reason=error.strerror)
        ) from None
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        raise UserError(
            _("{path} is not a whole gzip file: fetch it again.").format(path=path)
        ) from None


def _lines(path: Path, data: bytes) -> list[str]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UserError(_("{path} is not a CSV file (it is not text).").format(path=path)) from None
    if not any(line.strip() for line in lines):
        raise UserError(
            _("{path} is empty: a recording needs a header and samples.").format(path=path)
        )
    return lines


def _header(path: Path, lines: list[str]) -> tuple[int, list[int]]:
    """The number of lines up to the data, and where each of COLUMNS stands."""
    row = next(i for i, line in enumerate(lines) if line.strip())
    names = [name.strip(' "') for name in lines[row].split(",")]
    for name in COLUMNS:
        if name not in names:
            text = _("{path} row {row}: the column {name} is missing; the header must name {all}.")
        elif names.count(name) > 1:
            text = _("{path} row {row}: the column {name} is there twice.")
        else:
            continue
        raise UserError(text.format(path=path, row=row + 1, name=name, all=",".join(COLUMNS)))
    return row + 1, [names.index(name) for name in COLUMNS]


def _table(path: Path, lines: list[str], start: int, order: list[int]) -> FloatArray:
    """The samples as numbers, (N, 7) in the order of COLUMNS."""
    if sum(1 for line in lines if line.strip()) < 2:
        raise UserError(
            _("{path} holds fewer than two samples: give a longer recording.").format(path=path)
        )
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
            value = cells[column].strip() if column < len(cells) else ""
            if column >= len(cells):
                text = _("{path} row {row}: the value of {name} is missing.")
            elif not _is_number(value):
                text = _("{path} row {row}: {name} is {value!r}, not a number.")
            else:
                continue
            return UserError(text.format(path=path, row=start + at + 1, name=name, value=value))
    return UserError(_("{path} is not a CSV file of numbers.").format(path=path))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _file_row(lines: list[str], start: int, sample: int) -> int:
    """The row, counted from 1, in which sample number `sample` stands."""
    full = [at for at, line in enumerate(lines) if at >= start and line.strip()]
    return full[sample] + 1


def _check_finite(path: Path, lines: list[str], start: int, table: FloatArray) -> None:
    finite = np.isfinite(table)
    if finite.all():
        return
    sample, column = np.argwhere(~finite)[0]
    raise UserError(
        _("{path} row {row}: {name} is {value}, not a finite number.").format(
            path=path,
            row=_file_row(lines, start, int(sample)),
            name=COLUMNS[column],
            value=table[sample, column],
        )
    )


def _check_time(path: Path, lines: list[str], start: int, t_s: FloatArray) -> None:
    step = np.diff(t_s)
    for wrong, text in (
        (step < 0, _("{path} row {row}: time runs backwards (from {before:g} s to {after:g} s).")),
        (step == 0, _("{path} row {row}: time stands still (at {after:g} s).")),
        (
            step > LONGEST_GAP_S,
            _("{path} row {row}: a gap longer than {gap} s (from {before:g} s to {after:g} s)."),
        ),
    ):
        if wrong.any():
            sample = int(np.argmax(wrong)) + 1
            raise UserError(
                text.format(
                    path=path,
                    row=_file_row(lines, start, sample),
                    before=t_s[sample - 1],
                    after=t_s[sample],
                    gap=LONGEST_GAP_S,
                )
            )


def _check_rate(path: Path, motion: Motion) -> None:
    rate = motion.rate_hz
    low, high = LOWEST_HZ * (1 - RATE_TOLERANCE), HIGHEST_HZ * (1 + RATE_TOLERANCE)
    if not low <= rate <= high:
        raise UserError(
            _(
                "{path} rows 2 to the end: {rate} samples a second; "
                "a recording has {low} to {high}."
            ).format(
                path=path, rate=number(rate, 1), low=number(LOWEST_HZ), high=number(HIGHEST_HZ)
            )
        )
