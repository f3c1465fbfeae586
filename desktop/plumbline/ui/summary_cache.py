"""Summaries of days that were asked for before, as long as what they are made of is the same.

They are kept in memory and, a year of a subject in each, in files: five years open at once.
"""

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Protocol

import numpy as np

from plumbline import __version__
from plumbline.analysis.days import DayRule, days_between
from plumbline.analysis.plain import VERSION, from_plain, to_plain
from plumbline.analysis.summary import DaySummary, summarise
from plumbline.analysis.trends import summaries
from plumbline.people.reading import Print, Records, prints, read
from plumbline.people.subjects import Subject
from plumbline.store.rows import MINUTE_DTYPE

Digest = str
NO_MINUTES = np.zeros(0, MINUTE_DTYPE)
MANY = 120
"""So many days computed anew are kept at once, fewer when all is closed."""


class Keeping(Records, Protocol):
    """Records beside which something can be kept."""

    def take_kept(self, name: str) -> bytes | None: ...

    def keep(self, name: str, data: bytes) -> None: ...


class SummaryCache:
    """Years of summaries: only days that have changed are read again."""

    def __init__(self, rule: DayRule) -> None:
        self._rule = rule
        self._days: dict[tuple[str, date], tuple[Digest, DaySummary]] = {}
        self._found: dict[tuple[str, date], Print] = {}  # for which it was fresh
        self._years: set[tuple[str, int]] = set()  # whose files were looked at
        self._unkept: dict[tuple[str, int], int] = defaultdict(int)  # days computed since

    def summaries(
        self, records: Keeping, subject: Subject, first: date, last: date
    ) -> list[DaySummary]:
        """A summary for every day from `first` to `last`, both included."""
        found = prints(records, subject, self._rule, first, last)
        days = days_between(first, last)
        self._take_years(records, subject, first.year, last.year)
        stale = [day for day in days if not self._fresh(subject, day, found)]
        if stale:
            self._read(records, subject, stale, found)
            self._keep_years(records, MANY)
        return [self._days[subject.key, day][1] for day in days]

    def keep_all(self, records: Keeping) -> None:
        """Keep what was computed since it was last kept."""
        self._keep_years(records, 1)

    def _fresh(self, subject: Subject, day: date, found: dict[date, Print]) -> bool:
        key, there = (subject.key, day), found.get(day, ())
        if self._found.get(key) == there:
            return True
        digest = _digest(there)
        if not there and self._days.get(key, ("",))[0] != digest:
            self._days[key] = (digest, summarise(day, NO_MINUTES, (), self._rule))
        kept = self._days.get(key)
        fresh = kept is not None and kept[0] == digest
        if fresh:
            self._found[key] = there
        return fresh

    def _read(
        self, records: Keeping, subject: Subject, stale: Sequence[date], found: dict[date, Print]
    ) -> None:
        """One reading from the first to the last stale day: gaps between them are rare."""
        begin, end = self._rule.bounds(stale[0])[0], self._rule.bounds(stale[-1])[1]
        reading = read(records, subject, begin, end)
        days = summaries(reading.minutes, reading.events, self._rule, stale[0], stale[-1])
        for day in days:
            key, there = (subject.key, day.day), found.get(day.day, ())
            self._days[key], self._found[key] = (_digest(there), day), there
            if there:
                self._unkept[subject.key, day.day.year] += 1

    def _take_years(self, records: Keeping, subject: Subject, first: int, last: int) -> None:
        for year in range(first, last + 1):
            if (subject.key, year) in self._years:
                continue
            self._years.add((subject.key, year))
            data = records.take_kept(self._name(subject.key, year))
            for digest, day in _unpacked(data) if data else ():
                self._days.setdefault((subject.key, day.day), (digest, day))

    def _keep_years(self, records: Keeping, least: int) -> None:
        for (key, year), count in list(self._unkept.items()):
            if count >= least:
                del self._unkept[key, year]
                held = [
                    kept
                    for (of, day), kept in self._days.items()
                    if of == key and day.year == year and kept[1].recorded_s
                ]
                records.keep(self._name(key, year), _packed(held))

    def _name(self, key: str, year: int) -> str:
        """Of the file; another zone or begin of days, another program: another file."""
        about = f"{key} {self._rule!r} {VERSION} {__version__}"
        return f"days-{hashlib.blake2b(about.encode(), digest_size=8).hexdigest()}-{year}"


def _digest(found: Print) -> Digest:
    return hashlib.blake2b(repr(found).encode(), digest_size=12).hexdigest() if found else "none"


def _packed(days: Sequence[tuple[Digest, DaySummary]]) -> bytes:
    text = json.dumps([[digest, to_plain(day)] for digest, day in days], separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def _unpacked(data: bytes) -> list[tuple[Digest, DaySummary]]:
    """What was kept; nothing where it cannot be read."""
    try:
        return [(digest, from_plain(plain)) for digest, plain in json.loads(zlib.decompress(data))]
    except (ValueError, TypeError, IndexError, zlib.error):
        return []
