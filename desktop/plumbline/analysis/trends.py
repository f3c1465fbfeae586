"""Weeks and months: one value per day, its rolling mean, and what is ordinary.

The band of ordinary variation holds four of five days of the 28 before: their 10th and 90th
percentile, which assumes nothing about how the values are spread. A day outside it differs
from the wearer's own recent days, no more.

Mean and band take only the days that count: worn long enough (`summary.LEAST_WORN_S`), and over.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from plumbline.analysis.days import DayRule, days_between
from plumbline.analysis.postures import Minutes
from plumbline.analysis.summary import DaySummary, summarise
from plumbline.store.rows import StoredEvent

MEAN_DAYS = 7
MEAN_LEAST = 3
BAND_DAYS = 28
BAND_LEAST = 5
BAND_PERCENT = (10, 90)

Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Measure(Enum):
    """What a trend can follow; the unit is part of the name."""

    SITTING_H = "sitting_h"
    LONGEST_MIN = "longest_min"
    STEPS = "steps"
    UPRIGHT_H = "upright_h"
    BREAKS = "breaks"
    REMINDERS_PER_H = "reminders_per_h"
    BENT_MIN = "bent_min"
    UNKNOWN_PERCENT = "unknown_percent"
    NOT_WORN_PERCENT = "not_worn_percent"


_VALUE: dict[Measure, Callable[[DaySummary], float]] = {
    Measure.SITTING_H: lambda day: day.sitting_s / 3600,
    Measure.LONGEST_MIN: lambda day: day.longest_min,
    Measure.STEPS: lambda day: day.steps,
    Measure.UPRIGHT_H: lambda day: day.upright_s / 3600,
    Measure.BREAKS: lambda day: len(day.breaks),
    Measure.REMINDERS_PER_H: lambda day: day.reminders_per_worn_hour,
    Measure.BENT_MIN: lambda day: day.bent_s / 60,
    Measure.UNKNOWN_PERCENT: lambda day: 100 * day.unknown_share,
    Measure.NOT_WORN_PERCENT: lambda day: 100 * day.not_worn_share,
}


@dataclass(frozen=True)
class Trend:
    """One measure over days. Days without worn time are NaN; so is a mean or band of too few,
    and both after the last day with data. `counted`: the values, NaN where a day does not count."""

    values: Values
    counted: Values
    mean: Values
    low: Values
    high: Values


class Counting(NamedTuple):
    """Of each day whether it is over, and whether it was worn long enough, too."""

    over: Flags
    telling: Flags


def summaries(
    minutes: Minutes, events: Sequence[StoredEvent], rule: DayRule, first: date, last: date
) -> list[DaySummary]:
    """A summary for every day from `first` to `last`, both included; `minutes` sorted."""
    days = days_between(first, last)
    edges = [rule.bounds(day)[0] for day in days] + [rule.bounds(last)[1]]
    rows = np.searchsorted(np.ascontiguousarray(minutes["utc_s"]), edges)
    placed = sorted((e for e in events if e.utc_s is not None), key=_instant)
    marks = [bisect_left(placed, edge, key=_instant) for edge in edges]
    return [
        summarise(day, minutes[rows[n] : rows[n + 1]], placed[marks[n] : marks[n + 1]], rule)
        for n, day in enumerate(days)
    ]


def _instant(event: StoredEvent) -> int:
    return event.utc_s or 0


def values_of(days: Sequence[DaySummary], measure: Measure) -> Values:
    """`measure` of each day, NaN for days without worn time."""
    value = _VALUE[measure]
    return np.array([value(day) if day.worn_s else np.nan for day in days], np.float64)


def counting(days: Sequence[DaySummary], today: date | None) -> Counting:
    """Which days belong into means."""
    over = np.array([today is None or day.day < today for day in days], np.bool_)
    return Counting(over, over & np.array([day.tells for day in days], np.bool_))


def counts(day: DaySummary, today: date | None) -> bool:
    """Whether a day belongs into means: worn long enough, and over (`today`: the running one)."""
    return day.tells and (today is None or day.day < today)


def counted_of(days: Sequence[DaySummary], measure: Measure, today: date | None = None) -> Values:
    """`measure` of each day that counts, NaN for the others.

    Days that the belt lay beside its wearer count in how long it was not worn.
    """
    return _counted(values_of(days, measure), measure, counting(days, today))


def _counted(values: Values, measure: Measure, among: Counting) -> Values:
    enough = among.over if measure is Measure.NOT_WORN_PERCENT else among.telling
    return np.where(enough, values, np.nan)


def trend(
    days: Sequence[DaySummary],
    measure: Measure,
    today: date | None = None,
    among: Counting | None = None,
) -> Trend:
    """`measure` over `days`, one value per day in their order; `today`: the day that runs.

    `among`: the days' `counting` where it is known; it is the same for every measure.
    """
    values = values_of(days, measure)
    counted = _counted(values, measure, among or counting(days, today))
    mean, (low, high) = _rolling_mean(counted), _ordinary(counted)
    known = np.flatnonzero(~np.isnan(values))
    after = known[-1] + 1 if len(known) else 0
    for column in (mean, low, high):
        column[after:] = np.nan
    return Trend(values, counted, mean, low, high)


def _rolling_mean(values: Values) -> Values:
    """Mean of the day and the 6 before; NaN where fewer than 3 of them have data."""
    parts = _windows(values, MEAN_DAYS, 0)
    count = (~np.isnan(parts)).sum(axis=1)
    sums = np.nansum(parts, axis=1)
    return np.where(count >= MEAN_LEAST, sums / np.maximum(count, 1), np.nan)


def _ordinary(values: Values) -> tuple[Values, Values]:
    """10th and 90th percentile of the 28 days before each; NaN where fewer than 5 have data."""
    parts = np.sort(_windows(values, BAND_DAYS, 1), axis=1)  # NaN come last
    count = (~np.isnan(parts)).sum(axis=1)
    low, high = (_quantile(parts, count, percent / 100) for percent in BAND_PERCENT)
    return low, high


def _quantile(ordered: Values, count: npt.NDArray[np.int64], part: float) -> Values:
    """Of the first `count` values of each row, interpolated as numpy's default does."""
    place = part * np.maximum(count - 1, 0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    rows = np.arange(len(ordered))
    low, high = ordered[rows, below], ordered[rows, above]
    return np.where(count >= BAND_LEAST, low + (high - low) * (place - below), np.nan)


def _windows(values: Values, width: int, lag: int) -> Values:
    """For each day the values of the `width` days that end `lag` days before it, (days, width)."""
    padded = np.concatenate((np.full(width - 1 + lag, np.nan), values))[: len(values) + width - 1]
    return np.lib.stride_tricks.sliding_window_view(padded, width)
