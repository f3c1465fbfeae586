"""Which days can be reached from the one shown."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.analysis.wording import long_date


@dataclass(frozen=True)
class DayNavigation:
    """The day shown and its ways out; None closes a way."""

    day: date
    title: str
    before: date | None
    after: date | None
    today: date | None
    latest: date
    nearest: date | None
    """The closest day with data, offered where the day shown has none."""


def navigate(day: date, with_data: Collection[date], today: date) -> DayNavigation:
    """Steps of a day each, from the first day with data to today or the last with data."""
    latest = max(today, max(with_data, default=today))
    first = min(with_data, default=today)
    return DayNavigation(
        day=day,
        title=long_date(day),
        before=day - timedelta(days=1) if day > first else None,
        after=day + timedelta(days=1) if day < latest else None,
        today=today if day != today else None,
        latest=latest,
        nearest=_nearest(day, with_data),
    )


def first_shown(with_data: Collection[date], today: date) -> date:
    """Today if it has data, else the last day that has, else today."""
    past = [day for day in with_data if day <= today]
    return max(past, default=max(with_data, default=today))


def _nearest(day: date, with_data: Collection[date]) -> date | None:
    if day in with_data:
        return None
    return min(with_data, key=lambda each: (abs((each - day).days), each > day), default=None)
