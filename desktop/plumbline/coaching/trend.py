"""A robust trend over a few weeks of days, some missing: slope and its interval.

The slope lies halfway between the median of all slopes between two days (Theil 1950; Sen 1968),
which is too flat where few whole numbers leave few slopes, and that of a line fitted by generalised
least squares, which is too steep where a score makes one step: halfway is our own choice. The line
is fitted for days that resemble the day before by some degree (an autocorrelation of first order,
over gaps its power). The degree is not known from three weeks, so every one from 0 to 0.9 counts
by its restricted likelihood: with it the test of a trend in a short series is more accurate than
with maximum likelihood (Cheang and Reinsel 2000, J Am Stat Assoc 95:1173). Where several scores
were written on the same days, all of them tell how much days resemble each other. Before the data
speak a degree weighs 1 - degree: likeness is likelier small (our own choice). For the line a day
further from the median line than 2.5 spreads counts as standing there (Huber 1964), so one odd day
hardly moves either.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from plumbline.coaching.student import TINY, far_off

Values = npt.NDArray[np.float64]

LEAST_DAYS = 5
ALPHA = 0.04
"""At either end: an interval of 92 %, each end alone a one-sided limit of 96 %."""
LIKENESS = np.arange(10) / 10
ODD = 2.5
"""Spreads from the median line; further out a day is odd."""
ALIKE = 0.05
"""Of a column's scatter: what it must tell beyond the others."""


@dataclass(frozen=True)
class Slope:
    """Change over the whole span asked for, with its interval of 92 %.

    `rises`, `falls`: the interval excludes zero.
    """

    change: float
    low: float
    high: float
    days: int

    @property
    def rises(self) -> bool:
        """Whether all of the interval is above zero."""
        return self.low > 0

    @property
    def falls(self) -> bool:
        """Whether all of it is below zero."""
        return self.high < 0


def slope(
    series: Sequence[tuple[date, float]],
    span_days: int,
    columns: Sequence[Sequence[float]] = (),
) -> Slope | None:
    """The trend of (day, value), scaled to `span_days`; None with fewer than 5 days.

    `columns`: the scores that the values are the mean of, each in the order of `series`; they
    help to tell how much days resemble each other.
    """
    if len(series) < LEAST_DAYS:
        return None
    order = sorted(range(len(series)), key=lambda n: series[n][0])
    days = np.array([series[n][0].toordinal() for n in order], np.float64)
    days -= days.mean()
    values = np.array([series[n][1] for n in order], np.float64)
    told = [np.array(column, np.float64)[order] for column in columns]
    beyond, errors, weights = _line(days, values, told or [values])
    middle = _steep(days, values) + float(weights @ beyond) / 2
    off = far_off(errors, weights, len(days) - 2, ALPHA)
    ends = (middle * span_days, (middle - off) * span_days, (middle + off) * span_days)
    return Slope(*ends, len(days))


def _steep(days: Values, values: Values) -> float:
    """The median of all slopes between two days."""
    first, second = np.triu_indices(len(days), 1)
    return float(np.median((values[second] - values[first]) / (days[second] - days[first])))


def _without_odd(days: Values, values: Values) -> Values:
    """How far each day is from the median line, odd ones moved to where they are odd no longer."""
    off = values - _steep(days, values) * days
    off -= np.median(off)
    # Both are the standard deviation where days are normal; whole numbers can make the first 0.
    spread = max(1.4826 * np.median(np.abs(off)), 1.2533 * np.mean(np.abs(off)))
    return np.clip(off, -ODD * spread, ODD * spread)


def _line(days: Values, values: Values, told: list[Values]) -> tuple[Values, Values, Values]:
    """For each degree of likeness how much steeper the fitted line is than the median line, its
    standard error, and the degree's weight."""
    line = np.stack([np.ones_like(days), days], axis=1)
    offs = [_without_odd(days, each) for each in (values, *told)]
    columns = np.stack([offs[0], *_independent(line, offs[1:])], axis=1)
    ratios = LIKENESS[:, None] ** np.diff(days)
    design, seen = _whitened(line, ratios), _whitened(columns, ratios)
    inner = np.linalg.inv(design.swapaxes(1, 2) @ design)
    lines = inner @ (design.swapaxes(1, 2) @ seen)
    left = seen - design @ lines
    scatter = left.swapaxes(1, 2) @ left
    errors: Values = np.sqrt(scatter[:, 0, 0] / (len(days) - 2) * inner[:, 1, 1])
    logs = _likelihoods(ratios, inner, scatter, len(days))
    weights = np.exp(logs - logs.max()) * (1 - LIKENESS)
    return lines[:, 1, 0], errors, weights / weights.sum()


def _likelihoods(ratios: Values, inner: Any, scatter: Any, days: int) -> Values:
    """The logarithms of the restricted likelihood of columns (all but the first, which is their
    mean) that share one likeness."""
    scatter = scatter[:, 1:, 1:]
    columns = scatter.shape[1]
    if not columns:
        return np.zeros(len(ratios))
    share = np.linalg.slogdet(inner)[1] - np.sum(np.log(1 - ratios**2), axis=1)
    found = columns * share - (days - 2) * np.linalg.slogdet(scatter)[1]
    return np.asarray(found / 2, np.float64)


def _whitened(columns: Values, ratios: Values) -> Values:
    """The columns as if no day resembled the one before it to `ratios`, for each row of them."""
    off = columns[1:] - ratios[:, :, None] * columns[:-1]
    first = np.broadcast_to(columns[:1], (len(ratios), 1, columns.shape[1]))
    return np.concatenate([first, off / np.sqrt(1 - ratios**2)[:, :, None]], axis=1)


def _independent(line: Values, told: list[Values]) -> list[Values]:
    """The columns that tell something of their own about how days scatter around a line."""
    known = list(np.linalg.qr(line)[0].T)
    kept = []
    for column in told:
        lone = _beyond(column, known[:2])
        own = _beyond(column, known)
        if float(own @ own) > max(ALIKE * float(lone @ lone), TINY):
            kept.append(column)
            known.append(own / np.sqrt(own @ own))
    return kept


def _beyond(column: Values, known: list[Values]) -> Values:
    """What is left of a column without its parts along some of length one, at right angles."""
    for each in known:
        column = column - (column @ each) * each
    return column
