"""What the window asks of the data, answered off the GUI thread. Knows no Qt."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from plumbline.analysis.days import DayRule
from plumbline.analysis.summary import DaySummary
from plumbline.people.changes import Writable
from plumbline.people.erasing import erase_wearer
from plumbline.people.reading import Cut, cuts, days_with_data, read
from plumbline.people.records import BOOKMARK, NEVER_S, NOTE, WORN
from plumbline.people.subjects import Subject, named, subject_of_belt, subjects
from plumbline.store.entries import Entry
from plumbline.store.rows import BeltDrift, BeltInfo, BootPlace
from plumbline.ui.presenters.belt_state import BeltFacts
from plumbline.ui.presenters.belts import met_last
from plumbline.ui.presenters.comparison import ComparisonView, Spans, present_comparison
from plumbline.ui.presenters.day import DayView, present_day
from plumbline.ui.presenters.remarks import Remarks
from plumbline.ui.presenters.trends import Period, TrendView, present_trends
from plumbline.ui.summary_cache import Keeping, SummaryCache

FACTS_S = 14 * 86_400
T = TypeVar("T")
NEAR_S = 3 * 24 * 3600
"""A sync so near to a day was in the zone in which the day was lived, more likely than not."""


class Source(Keeping, Writable, Protocol):
    """The part of `plumbline.store.database.Store` that the window uses."""

    @property
    def is_made_up(self) -> bool: ...

    def belts(self) -> list[BeltInfo]: ...

    def drifts(self, belt: str | None = None) -> Sequence[BeltDrift]: ...

    def boots(self, belt: str | None = None) -> list[BootPlace]: ...

    def nearest_sync(self, belt: str, utc_s: int, within_s: int) -> tuple[int, int] | None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Overview:
    """What there is: belts met, whose numbers are shown, that one's belt and days with data."""

    belts: tuple[BeltInfo, ...]
    days: frozenset[date]
    belt: BeltInfo | None = None
    subjects: tuple[Subject, ...] = ()
    subject: Subject | None = None

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day with data."""
        return (min(self.days), max(self.days)) if self.days else None


@dataclass(frozen=True)
class PeopleFacts:
    """What the page People shows: everybody, and what was entered about the one shown."""

    overview: Overview
    assignments: tuple[Entry, ...] = ()
    notes: tuple[Entry, ...] = ()
    bookmarks: tuple[Entry, ...] = ()
    cuts: tuple[Cut, ...] = ()


class Reader:
    """Opens the source when first asked; one reader belongs to one thread.

    Days and trends are those of the subject that the last `overview` chose: minutes of two
    wearers are never added up.
    """

    def __init__(
        self,
        opened: Callable[[], Source],
        rule: DayRule,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._now = now
        self._open = opened
        self._source: Source | None = None
        self._rule = rule
        self._overview: Overview | None = None
        self._cache = SummaryCache(rule)

    def overview(self, wanted: str | None = None) -> Overview:
        """Choose the subject with the key `wanted`, by default whose belt was met last."""
        source = self._ready()
        belts = tuple(source.belts())
        found = tuple(subjects(source, [belt.id for belt in belts]))
        subject = next((each for each in found if each.key == wanted), None)
        subject = subject or _of_belt_met_last(found, belts)
        days = days_with_data(source, subject, self._rule) if subject else frozenset()
        own = [belt for belt in belts if subject and belt.id in subject.belts]
        self._overview = Overview(belts, days, met_last(own), found, subject)
        return self._overview

    def named(self, name: str) -> Subject:
        """The wearer of this name. Raises UserError."""
        source = self._ready()
        return named(source, [belt.id for belt in source.belts()], name)

    def facts(self, now_utc_s: float) -> BeltFacts:
        """What is known of the belt, with the events of the last 14 days."""
        source, now = self._ready(), round(now_utc_s)
        shown = self._shown().belt
        info = next((each for each in source.belts() if shown and each.id == shown.id), None)
        if info is None:
            return BeltFacts()
        drift = next(iter(source.drifts(info.id)), None)
        events = source.events(now - FACTS_S, now + 1, info.id)
        return BeltFacts(info, drift, tuple(events))

    def people(self) -> PeopleFacts:
        """What was entered."""
        source, overview = self._ready(), self._shown()
        subject = overview.subject
        if subject is None:
            return PeopleFacts(overview, tuple(source.entries(WORN)))
        return PeopleFacts(
            overview,
            tuple(source.entries(WORN)),
            tuple(note for note in source.entries(NOTE) if subject.owns(note)),
            tuple(mark for mark in source.entries(BOOKMARK) if subject.owns(mark)),
            tuple(cuts(source, subject)),
        )

    def day(self, day: date) -> DayView:
        """A day of the subject."""
        begin, end = self._rule.bounds(day)
        source, subject = self._ready(), self._subject()
        reading = read(source, subject, begin, end)
        remarks = Remarks(
            beltless=not subject.worn,
            cuts=reading.cuts,
            left_out=reading.left_out,
            notes=tuple(
                note.fields["text"]
                for note in source.entries(NOTE)
                if subject.owns(note) and note.fields["day"] == day.isoformat()
            ),
            bookmarks=tuple(
                (mark.fields["begin_utc_s"], mark.fields["name"], mark.fields["end_utc_s"])
                for mark in source.entries(BOOKMARK)
                if subject.owns(mark) and begin <= mark.fields["begin_utc_s"] < end
            ),
            boots=tuple(boot for belt in subject.belts for boot in source.boots(belt)),
            synced=tuple(
                filter(None, (source.nearest_sync(belt, end, NEAR_S) for belt in subject.belts))
            ),
        )
        return present_day(day, reading.minutes, reading.events, self._rule, remarks)

    def trends(self, period: Period) -> TrendView:
        """A period of the subject."""
        return present_trends(period, self.summaries(period.lead, period.last), self._today())

    def warm(self, first: date, last: date) -> None:
        """Have the days' summaries ready, and of each what takes long among thousands."""
        for day in self._cache.summaries(self._ready(), self._subject(), first, last):
            _ = day.hour_table

    def comparison(self, spans: Spans) -> ComparisonView:
        """Two periods of the subject side by side."""
        return present_comparison(spans, self.summaries(*spans.reading), self._today())

    def _today(self) -> date:
        """The day that is not over."""
        return self._rule.day_of(self._now())

    def summaries(self, first: date, last: date) -> list[DaySummary]:
        """The subject's days from `first` to `last`, both included."""
        return self._cache.summaries(self._ready(), self._subject(), first, last)

    def change(self, make: Callable[[Source, Subject], T]) -> T:
        """Change what was entered about the subject that is shown."""
        return make(self._ready(), self._subject())

    def erase(self, folder: Path, wearer: str) -> None:
        """Erase a wearer for good; what was computed is forgotten, too."""
        self._cache = SummaryCache(self._rule)  # nothing of it is kept again
        self.close()
        self._overview = None
        erase_wearer(folder, wearer)

    @property
    def cache(self) -> SummaryCache:
        """Every subject's summaries."""
        return self._cache

    def close(self) -> None:
        """Give the source back."""
        if self._source:
            self._cache.keep_all(self._source)
            self._source.close()
            self._source = None

    def _ready(self) -> Source:
        if self._source is None:
            self._source = self._open()
        return self._source

    def _shown(self) -> Overview:
        return self._overview or self.overview()

    def _subject(self) -> Subject:
        return self._shown().subject or Subject("nobody")


def _of_belt_met_last(found: Sequence[Subject], belts: Sequence[BeltInfo]) -> Subject | None:
    """Whose belt was met last; of several who wore it, the one who does so now."""
    belt = met_last(belts)
    if belt is None:
        return found[0] if found else None
    for subject in found:
        if any(part.belt == belt.id and part.end_utc_s == NEVER_S for part in subject.worn):
            return subject
    return subject_of_belt(belt.id)
