"""What the window asks of the data, answered off the GUI thread. Knows no Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Protocol

from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import Minutes
from plumbline.store.placing import Stretch
from plumbline.store.rows import BeltDrift, BeltInfo, StoredEvent
from plumbline.ui.presenters.belt_state import BeltFacts
from plumbline.ui.presenters.belts import met_last
from plumbline.ui.presenters.day import DayView, present_day
from plumbline.ui.presenters.trends import Period, TrendView, present_trends
from plumbline.ui.summary_cache import SummaryCache

FACTS_S = 14 * 86_400


class Source(Protocol):
    """The part of `plumbline.store.database.Store` that the window reads."""

    def belts(self) -> list[BeltInfo]: ...

    def minutes(self, start_utc_s: int, end_utc_s: int, belt: str | None = None) -> Minutes: ...

    def events(
        self, start_utc_s: int, end_utc_s: int, belt: str | None = None
    ) -> Sequence[StoredEvent]: ...

    def stretches(self, belt: str | None = None) -> Sequence[Stretch]: ...

    def days_with_data(self, tz: tzinfo, belt: str | None = None) -> set[date]: ...

    def drifts(self, belt: str | None = None) -> Sequence[BeltDrift]: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Overview:
    """What there is: belts met, the one that is shown, its days with data."""

    belts: tuple[BeltInfo, ...]
    days: frozenset[date]
    belt: BeltInfo | None = None

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day with data."""
        return (min(self.days), max(self.days)) if self.days else None


class Reader:
    """Opens the source when first asked; one reader belongs to one thread.

    Days and trends are those of the belt that the last `overview` chose: minutes of two
    wearers are never added up.
    """

    def __init__(self, opened: Callable[[], Source], rule: DayRule) -> None:
        self._open = opened
        self._source: Source | None = None
        self._rule = rule
        self._belt: str | None = None
        self._cache = SummaryCache(rule)

    def overview(self, wanted: str | None = None) -> Overview:
        """Choose the belt `wanted`, by default (or where it is not met) the one met last."""
        source = self._ready()
        belts = tuple(source.belts())
        belt = next((each for each in belts if each.id == wanted), met_last(belts))
        self._belt = belt.id if belt else None
        days = source.days_with_data(self._rule.zone, self._belt)
        return Overview(belts, frozenset(days), belt)

    def facts(self, now_utc_s: float) -> BeltFacts:
        """What is known of the belt, with the events of the last 14 days."""
        source, now = self._ready(), round(now_utc_s)
        info = next((each for each in source.belts() if each.id == self._belt), None)
        if info is None:
            return BeltFacts()
        drift = next(iter(source.drifts(info.id)), None)
        events = source.events(now - FACTS_S, now + 1, info.id)
        return BeltFacts(info, drift, tuple(events))

    def day(self, day: date) -> DayView:
        begin, end = self._rule.bounds(day)
        source = self._ready()
        minutes = source.minutes(begin, end, self._belt)
        return present_day(day, minutes, source.events(begin, end, self._belt), self._rule)

    def trends(self, period: Period) -> TrendView:
        days = self._cache.summaries(self._ready(), self._belt, period.lead, period.last)
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
