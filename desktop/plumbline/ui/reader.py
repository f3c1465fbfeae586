"""What the window asks of the data, answered off the GUI thread. Knows no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Protocol

from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import Minutes
from plumbline.analysis.trends import summaries
from plumbline.store.rows import BeltInfo, StoredEvent
from plumbline.ui.presenters.day import DayView, present_day
from plumbline.ui.presenters.trends import Period, TrendView, present_trends


class Source(Protocol):
    """The part of `plumbline.store.database.Store` that the window reads."""

    def belts(self) -> list[BeltInfo]: ...

    def minutes(self, start_utc_s: int, end_utc_s: int, belt: str | None = None) -> Minutes: ...

    def events(
        self, start_utc_s: int, end_utc_s: int, belt: str | None = None
    ) -> Sequence[StoredEvent]: ...

    def days_with_data(self, tz: tzinfo) -> set[date]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Overview:
    """What there is: belts met and days with data."""

    belts: tuple[BeltInfo, ...]
    days: frozenset[date]

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day with data."""
        return (min(self.days), max(self.days)) if self.days else None


class Reader:
    """Opens the source when first asked; one reader belongs to one thread."""

    def __init__(self, opened: Callable[[], Source], rule: DayRule) -> None:
        self._open = opened
        self._source: Source | None = None
        self._rule = rule

    def overview(self) -> Overview:
        source = self._ready()
        return Overview(tuple(source.belts()), frozenset(source.days_with_data(self._rule.zone)))

    def day(self, day: date) -> DayView:
        begin, end = self._rule.bounds(day)
        source = self._ready()
        return present_day(day, source.minutes(begin, end), source.events(begin, end), self._rule)

    def trends(self, period: Period) -> TrendView:
        begin = self._rule.bounds(period.lead)[0]
        end = self._rule.bounds(period.last)[1]
        source = self._ready()
        minutes, events = source.minutes(begin, end), source.events(begin, end)
        days = summaries(minutes, events, self._rule, period.lead, period.last)
        return present_trends(period, days)

    def close(self) -> None:
        """Give the source back."""
        if self._source:
            self._source.close()
            self._source = None

    def _ready(self) -> Source:
        if self._source is None:
            self._source = self._open()
        return self._source
