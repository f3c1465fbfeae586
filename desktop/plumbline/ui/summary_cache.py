"""Summaries of days that were asked for before, as long as their minutes are the same."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from plumbline.analysis.days import DayRule, days_between
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import summaries
from plumbline.store.placing import Stretch

if TYPE_CHECKING:
    from plumbline.ui.reader import Source

Print = tuple[Stretch, ...]
"""The stretches of minutes that touch a day. A sync that brings minutes, or a clock that moves
them, changes them; every event that counts lies in a minute with a record of its own."""


class SummaryCache:
    """Years of summaries in memory: only days that have changed are read again."""

    def __init__(self, rule: DayRule) -> None:
        self._rule = rule
        self._kept: dict[tuple[str | None, date], tuple[Print, DaySummary]] = {}

    def summaries(
        self, source: "Source", belt: str | None, first: date, last: date
    ) -> list[DaySummary]:
        """A summary for every day from `first` to `last`, both included."""
        prints = self._prints(source.stretches(belt))
        days = days_between(first, last)
        stale = [day for day in days if not self._fresh(belt, day, prints)]
        if stale:
            self._read(source, belt, stale, prints)
        return [self._kept[belt, day][1] for day in days]

    def _fresh(self, belt: str | None, day: date, prints: dict[date, Print]) -> bool:
        kept = self._kept.get((belt, day))
        return kept is not None and kept[0] == prints.get(day, ())

    def _read(
        self, source: "Source", belt: str | None, stale: Sequence[date], prints: dict[date, Print]
    ) -> None:
        """One reading from the first to the last stale day: gaps between them are rare."""
        begin, end = self._rule.bounds(stale[0])[0], self._rule.bounds(stale[-1])[1]
        minutes, events = source.minutes(begin, end, belt), source.events(begin, end, belt)
        for day in summaries(minutes, events, self._rule, stale[0], stale[-1]):
            self._kept[belt, day.day] = (prints.get(day.day, ()), day)

    def _prints(self, stretches: Iterable[Stretch]) -> dict[date, Print]:
        found: dict[date, list[Stretch]] = defaultdict(list)
        for part in stretches:
            ends = (self._rule.day_of(part.first_utc_s), self._rule.day_of(part.last_utc_s))
            for day in days_between(*ends):
                found[day].append(part)
        return {day: tuple(parts) for day, parts in found.items()}
