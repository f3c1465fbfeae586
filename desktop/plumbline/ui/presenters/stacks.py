"""Stacked bars of the page Trends: a bar a day, or for many days a bar a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import Flags
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
    seconds: Sequence[tuple[int, ...]],
    titles: tuple[str, str],
    telling: Flags,
) -> Stacks:
    """A bar a day; for many days a bar a calendar week, the mean of its days that count.

    `seconds`: of each day by part. `titles`: of bars a day, of bars a week. `telling`: which days
    count.
    """
    weekly = len(days) > MOST_DAILY_BARS
    bar = [week_begin(day.day) if weekly else day.day for day in days]
    firsts = np.flatnonzero([n == 0 or bar[n] != bar[n - 1] for n in range(len(bar))])
    count = np.diff(firsts, append=len(days))
    worn = np.array([bool(day.worn_s) for day in days])
    used = worn & telling if weekly else worn
    counted = np.add.reduceat(used.astype(np.int64), firsts)
    table = np.array(seconds, np.float64)[:, np.array(parts, np.int64)] * used[:, np.newaxis]
    hours = np.add.reduceat(table, firsts) / 3600 / np.maximum(counted, 1)[:, np.newaxis]
    begun, long = firsts.tolist(), count.tolist()
    spans = [(days[n].day, days[n + by - 1].day) for n, by in zip(begun, long, strict=True)]
    return Stacks(
        titles[1] if weekly else titles[0],
        np.array([first.toordinal() for first, _last in spans]) + (count - 1) / 2,
        count * BAR_PART,
        hours,
        tuple((*span, int(n)) for span, n in zip(spans, counted, strict=True)) if weekly else (),
    )
