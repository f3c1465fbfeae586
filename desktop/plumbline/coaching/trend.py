"""A robust trend over a few weeks of days, some missing: slope and its interval.

The slope is the median of all slopes between two days (Theil 1950, Sen 1968: one odd day hardly
moves it); its interval comes from Kendall's statistic (Sen 1968), whose variance counts ties and
is widened for days that resemble the day before (Hamed and Rao 1998, with an autocorrelation of
first order from the residuals, its small-sample bias taken out: Marriott and Pope 1954).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

LEAST_DAYS = 5
Z = 1.96
"""Of an interval of 95 %."""
MOST_CORRELATION = 0.9


@dataclass(frozen=True)
class Slope:
    """Change over the whole span asked for, with its interval of 95 %.

    `rises`, `falls`: the interval excludes zero. Where many days have the same score its end may
    be zero itself, which then does not belong to it.
    """

    change: float
    low: float
    high: float
    days: int
    rises: bool = False
    falls: bool = False


def slope(series: Sequence[tuple[date, float]], span_days: int) -> Slope | None:
    """The trend of (day, value), scaled to `span_days`; None with fewer than 5 days."""
    if len(series) < LEAST_DAYS:
        return None
    ordered = sorted(series)
    days = np.array([day.toordinal() for day, _value in ordered], np.float64)
    values = np.array([value for _day, value in ordered], np.float64)
    first, second = np.triu_indices(len(days), 1)
    differences = values[second] - values[first]
    slopes = np.sort(differences / (days[second] - days[first]))
    middle = float(np.median(slopes))
    spread = Z * np.sqrt(_variance(values) * _widening(days, values - middle * days))
    low, high = _between(slopes, spread)
    statistic = float(np.sign(differences).sum())
    rises, falls = statistic > spread, statistic < -spread
    low, high = max(low, 0.0) if rises else low, min(high, 0.0) if falls else high
    ends = (middle * span_days, low * span_days, high * span_days)
    return Slope(*ends, len(days), rises, falls)


def _between(slopes: Values, spread: float) -> tuple[float, float]:
    """Sen's interval: the slopes at ranks (N - C) / 2 and (N + C) / 2 + 1, C being `spread`."""
    count = len(slopes)
    low, high = (count - spread) / 2 - 1, (count + spread) / 2
    ranks = np.arange(count)
    lowest = -np.inf if low < 0 else float(np.interp(low, ranks, slopes))
    highest = np.inf if high > count - 1 else float(np.interp(high, ranks, slopes))
    return lowest, highest


def _variance(values: Values) -> float:
    """Of Kendall's statistic under no trend, ties counted (Kendall 1975)."""
    n = len(values)
    ties = np.unique(values, return_counts=True)[1].astype(np.float64)
    taken = float(np.sum(ties * (ties - 1) * (2 * ties + 5)))
    return (n * (n - 1) * (2 * n + 5) - taken) / 18


def _widening(days: Values, residuals: Values) -> float:
    """How much more the statistic varies because days resemble the day before; 1 or more."""
    n = len(days)
    likeness = _correlation(days, residuals)
    lags = np.arange(1, n)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    mean_gap = (days[-1] - days[0]) / (n - 1)
    correlations = likeness ** (lags * mean_gap)
    return 1 + float(2 * np.sum(weights * correlations)) / (n * (n - 1) * (n - 2))


def _correlation(days: Values, residuals: Values) -> float:
    """Of the residuals' ranks of a day with those of the day before, from 0 to 0.9."""
    ranks = np.argsort(np.argsort(residuals)).astype(np.float64)
    centred = ranks - ranks.mean()
    whole = float(np.mean(centred**2))
    follows = np.flatnonzero(np.diff(days) == 1)
    if len(np.unique(residuals)) < 2 or len(follows) < LEAST_DAYS:
        return 0.0
    found = float(np.mean(centred[follows] * centred[follows + 1])) / whole
    n = len(days)
    unbiased = (n * found + 1) / (n - 4) if n > 4 else found
    return min(MOST_CORRELATION, max(0.0, unbiased))
