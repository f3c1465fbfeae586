"""Stacked bars of the page Trends: a bar a day, or for many days a bar a week."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import numpy as np
import numpy.typing as npt

from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import counts
from plumbline.analysis.wording import week_begin

Values = npt.NDArray[np.float64]

MOST_DAILY_BARS = 120
BAR_PART = 0.8
"""How much of its day or week a bar fills."""


@dataclass(frozen=True)
class Stacks:
    """Bars at `x` (ordinals of days), `width` (bars) days wide; `hours` (bars, postures) a day.

    `weeks`: first and last day of each bar and how many of its days count; none for bars a day.
    """

    title: str
    x: Values
    width: Values
    hours: Values
    weeks: tuple[tuple[date, date, int], ...] = ()

    def week_at(self, x: float) -> int | None:
        """The number of the weekly bar whose days hold the position; None for bars a day."""
        day = round(x)
        for n, (first, last, _count) in enumerate(self.weeks):
            if first.toordinal() <= day <= last.toordinal():
                return n
        return None


def stacks(
    days: Sequence[DaySummary],
    parts: Sequence[int],
    seconds: Callable[[DaySummary], tuple[int, ...]],
    titles: tuple[str, str],
    today: date | None,
) -> Stacks:
    """A bar a day; for many days a bar a calendar week, the mean of its days that count.

    `titles`: of bars a day, of bars a week.
    """
    weekly = len(days) > MOST_DAILY_BARS
    if weekly:
        groups = [list(each) for _week, each in groupby(days, lambda day: week_begin(day.day))]
    else:
        groups = [[day] for day in days]
    used = [[day for day in group if counts(day, today) or not weekly] for group in groups]
    hours = [_hours(group, parts, seconds) for group in used]
    counted = [sum(bool(day.worn_s) for day in group) for group in used]
    spans = [(group[0].day, group[-1].day) for group in groups]
    return Stacks(
        titles[1] if weekly else titles[0],
        np.array([group[0].day.toordinal() + (len(group) - 1) / 2 for group in groups]),
        np.array([len(group) * BAR_PART for group in groups]),
        np.array(hours).reshape(len(groups), len(parts)),
        tuple((*span, n) for span, n in zip(spans, counted, strict=True)) if weekly else (),
    )


def _hours(
    days: Sequence[DaySummary],
    parts: Sequence[int],
    seconds: Callable[[DaySummary], tuple[int, ...]],
) -> list[float]:
    worn = [seconds(day) for day in days if day.worn_s]
    count = max(1, len(worn))
    return [sum(each[part] for each in worn) / 3600 / count for part in parts]
