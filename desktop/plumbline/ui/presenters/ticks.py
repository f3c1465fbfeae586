"""Where a time axis gets its lines and what it writes there."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import ceil, floor

from plumbline.analysis.days import DayRule
from plumbline.analysis.wording import (
    clock_text,
    month_short,
    short_date,
    week_begin,
    weekday_and_day,
)

Tick = tuple[float, str]
Mark = tuple[date, Callable[[date], str]]
"""A day, and what makes its text: only marks that are chosen get one, as it takes long."""

STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360)


def time_ticks(begin_s: float, end_s: float, rule: DayRule, most: int) -> list[Tick]:
    """At most about `most` ticks at round wall-clock times between two UTC instants.

    A clock change neither shifts the ticks after it nor repeats one; a time that it leaves out has
    none.
    """
    if end_s <= begin_s:
        return []
    step = _step((end_s - begin_s) / 60 / max(most, 1))
    wall = rule.local(begin_s).replace(tzinfo=None, second=0, microsecond=0)
    wall -= timedelta(minutes=(wall.hour * 60 + wall.minute) % step)
    ticks: dict[float, str] = {}
    for _ in range(4 * max(most, 1) + 4):
        utc_s = wall.replace(tzinfo=rule.zone).timestamp()
        if utc_s > end_s:
            break
        local = rule.local(utc_s)
        if utc_s >= begin_s and local.replace(tzinfo=None, fold=0) == wall:
            ticks[utc_s] = clock_text(local)
        wall += timedelta(minutes=step)
    return sorted(ticks.items())


def _step(at_least_min: float) -> int:
    return next((step for step in STEPS_MIN if step >= at_least_min), STEPS_MIN[-1])


def day_ticks(first: float, last: float, most: int) -> list[Tick]:
    """Ticks for an axis of day ordinals: days, weeks, months or years, as they fit."""
    begin, end = _day(ceil(first)), _day(floor(last))
    for candidates in (_days, _other_days, _weeks, _fortnights, _months, _quarters, _half_years):
        marks = candidates(begin, end)
        if len(marks) <= most:
            return _written(marks)
    return _written(_years(begin, end))


def _written(marks: Sequence[Mark]) -> list[Tick]:
    return [(float(day.toordinal()), text(day)) for day, text in marks]


def _day(ordinal: int) -> date:
    return date.fromordinal(max(1, min(date.max.toordinal() - 1, ordinal)))


def _days(begin: date, end: date, every: int = 1) -> list[Mark]:
    count = (end - begin).days + 1
    days = [begin + timedelta(days=n) for n in range(0, min(count, 100), every)]
    return [(day, weekday_and_day) for day in days]


def _other_days(begin: date, end: date) -> list[Mark]:
    """Every second day of a week or two; in longer ranges weeks are better landmarks."""
    return _days(begin, end, every=2 if (end - begin).days < 14 else 1)


def _weeks(begin: date, end: date, every: int = 1) -> list[Mark]:
    first = week_begin(begin + timedelta(days=6))
    weeks = range(0, min((end - first).days // 7 + 1, 100), every)
    days = [first + timedelta(weeks=n) for n in weeks]
    return [(day, short_date) for day in days]


def _fortnights(begin: date, end: date) -> list[Mark]:
    return _weeks(begin, end, every=2)


def _months(begin: date, end: date, every: int = 1) -> list[Mark]:
    marks: list[Mark] = []
    for index in range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month):
        day = date(index // 12, index % 12 + 1, 1)
        if day >= begin and index % every == 0:
            marks.append((day, _month_of_year if day.month == 1 or not marks else month_short))
    return marks


def _month_of_year(day: date) -> str:
    return f"{month_short(day)} {day.year}"


def _quarters(begin: date, end: date) -> list[Mark]:
    return _months(begin, end, every=3)


def _half_years(begin: date, end: date) -> list[Mark]:
    return _months(begin, end, every=6)


def _years(begin: date, end: date) -> list[Mark]:
    years = [date(year, 1, 1) for year in range(begin.year, end.year + 1)]
    return [(day, _year) for day in years if day >= begin]


def _year(day: date) -> str:
    return str(day.year)
