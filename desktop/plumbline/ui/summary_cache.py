"""Summaries of days that were asked for before, as long as what they are made of is the same."""

from collections.abc import Sequence
from datetime import date

from plumbline.analysis.days import DayRule, days_between
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import summaries
from plumbline.people.reading import Print, Records, prints, read
from plumbline.people.subjects import Subject


class SummaryCache:
    """Years of summaries in memory: only days that have changed are read again."""

    def __init__(self, rule: DayRule) -> None:
        self._rule = rule
        self._kept: dict[tuple[str, date], tuple[Print, DaySummary]] = {}

    def summaries(
        self, records: Records, subject: Subject, first: date, last: date
    ) -> list[DaySummary]:
        """A summary for every day from `first` to `last`, both included."""
        found = prints(records, subject, self._rule, first, last)
        days = days_between(first, last)
        stale = [day for day in days if not self._fresh(subject, day, found)]
        if stale:
            self._read(records, subject, stale, found)
        return [self._kept[subject.key, day][1] for day in days]

    def _fresh(self, subject: Subject, day: date, found: dict[date, Print]) -> bool:
        kept = self._kept.get((subject.key, day))
        return kept is not None and kept[0] == found.get(day, ())

    def _read(
        self, records: Records, subject: Subject, stale: Sequence[date], found: dict[date, Print]
    ) -> None:
        """One reading from the first to the last stale day: gaps between them are rare."""
        begin, end = self._rule.bounds(stale[0])[0], self._rule.bounds(stale[-1])[1]
        reading = read(records, subject, begin, end)
        days = summaries(reading.minutes, reading.events, self._rule, stale[0], stale[-1])
        for day in days:
            self._kept[subject.key, day.day] = (found.get(day.day, ()), day)
