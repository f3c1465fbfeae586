"""The one way from the store to the numbers: of one subject, without what does not count.

Every day, trend, comparison and report is made of what `read` gives. A minute that touches an
excluded or deleted stretch does not count, nor does an event in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np
import numpy.typing as npt

from plumbline.analysis.days import DayRule, days_between
from plumbline.analysis.postures import MINUTE_S, Minutes
from plumbline.people.records import DELETED, EXCLUDED, NEVER_S
from plumbline.people.subjects import Entries, Subject, Worn
from plumbline.store.entries import EVERYBODY, Entry, Wearer
from plumbline.store.placing import Stretch
from plumbline.store.rows import MINUTE_DTYPE, StoredEvent

NOT_WORN = 1  # `beltwire.codes`: the column of `seconds` that tells a belt on the table
Flags = npt.NDArray[np.bool_]


class Records(Entries, Protocol):
    """The part of the store that this module reads."""

    def minutes(self, start_utc_s: int, end_utc_s: int, belt: str | None = None) -> Minutes: ...

    def events(
        self, start_utc_s: int, end_utc_s: int, belt: str | None = None
    ) -> Sequence[StoredEvent]: ...

    def stretches(self, belt: str | None = None) -> Sequence[Stretch]: ...

    def entries(self, kind: str, *, wearer: Wearer = EVERYBODY) -> list[Entry]: ...


@dataclass(frozen=True)
class Cut:
    """A stretch that does not count; `hidden`: it was deleted and is not drawn either."""

    id: str
    belts: tuple[str, ...]
    begin_utc_s: int
    end_utc_s: int
    reason: str = ""
    hidden: bool = False

    def touches(self, begin_utc_s: int, end_utc_s: int) -> bool:
        """Whether any of it lies in [begin, end)."""
        return self.begin_utc_s < end_utc_s and self.end_utc_s > begin_utc_s


@dataclass(frozen=True)
class Reading:
    """What counts, sorted by time; `cuts` and `left_out` tell what does not and can be seen."""

    minutes: Minutes
    events: list[StoredEvent]
    cuts: tuple[Cut, ...] = ()
    left_out: Minutes | None = None


def cuts(entries: Entries, subject: Subject | None = None) -> list[Cut]:
    """All stretches that do not count, by time; of the subject's belts where one is given."""
    found = []
    for kind in (EXCLUDED, DELETED):
        for entry in entries.entries(kind):
            f = entry.fields
            if subject is None or set(f["belts"]) & set(subject.belts):
                found.append(
                    Cut(
                        entry.id,
                        tuple(f["belts"]),
                        f["begin_utc_s"],
                        f["end_utc_s"],
                        f["reason"],
                        kind == DELETED,
                    )
                )
    return sorted(found, key=lambda cut: (cut.begin_utc_s, cut.end_utc_s))


def read(records: Records, subject: Subject, begin_utc_s: int, end_utc_s: int) -> Reading:
    """What counts of the subject in [begin, end), and what was left out."""
    found = [cut for cut in cuts(records, subject) if cut.touches(begin_utc_s, end_utc_s)]
    kept, out, events = [], [], []
    for part in subject.worn:
        begin, end = max(begin_utc_s, part.begin_utc_s), min(end_utc_s, part.end_utc_s)
        if begin >= end:
            continue
        own = [cut for cut in found if part.belt in cut.belts]
        minutes = records.minutes(begin, end, part.belt)
        hidden = _in_cuts(minutes, (cut for cut in own if cut.hidden))
        gone = _in_cuts(minutes, own)
        kept.append(minutes[~gone])
        out.append(minutes[gone & ~hidden])
        events += [e for e in records.events(begin, end, part.belt) if not _is_cut(e, own)]
    return Reading(
        _merged(kept),
        sorted(events, key=lambda event: (event.utc_s or 0, event.seq)),
        tuple(cut for cut in found if not _is_hidden(cut, found)),
        _merged(out),
    )


def days_with_data(records: Records, subject: Subject, rule: DayRule) -> frozenset[date]:
    """The days on which the subject has minutes; a day that was deleted whole is none of them."""
    days: set[date] = set()
    held = _Days(rule)
    for part in _parts(records, subject, -NEVER_S, NEVER_S):
        days.update(held.between(part.first_utc_s, part.last_utc_s))
    for cut in cuts(records, subject):
        if cut.hidden and set(subject.belts) <= set(cut.belts):
            touched = days_between(rule.day_of(cut.begin_utc_s), rule.day_of(cut.end_utc_s - 1))
            days -= {day for day in touched if _covers(cut, rule.bounds(day))}
    return frozenset(days)


Print = tuple[object, ...]
"""All that a day's numbers are made of: where one is as it was, so are they. A sync that brings
minutes, or a clock that moves them, changes a stretch; an exclusion is a cut; every event that
counts lies in a minute with a record of its own."""


def prints(
    records: Records, subject: Subject, rule: DayRule, first: date, last: date
) -> dict[date, Print]:
    """By day, from `first` to `last`, the print of what is there; days without anything have
    none. Days around them may be in it."""
    found: dict[date, list[object]] = defaultdict(list)
    days = _Days(rule)
    begin, end = rule.bounds(first)[0], rule.bounds(last)[1]
    for part in _parts(records, subject, begin, end):
        for day in days.between(part.first_utc_s, part.last_utc_s):
            found[day].append(part)
    for cut in cuts(records, subject):
        if not cut.touches(begin, end):
            continue
        for day in days.between(cut.begin_utc_s, cut.end_utc_s - 1):
            if day in found:
                found[day].append((cut.belts, cut.begin_utc_s, cut.end_utc_s))
    return {day: tuple(parts) for day, parts in found.items()}


class _Days:
    """Which day holds an instant, remembering the last one asked for: stretches come in order."""

    def __init__(self, rule: DayRule) -> None:
        self._rule = rule
        self._day, self._bounds = date.min, (0, 0)

    def between(self, first_utc_s: int, last_utc_s: int) -> list[date]:
        first, last = self._of(first_utc_s), self._of(last_utc_s)
        return [first] if first == last else days_between(first, last)

    def _of(self, utc_s: int) -> date:
        if not self._bounds[0] <= utc_s < self._bounds[1]:
            self._next()
        if not self._bounds[0] <= utc_s < self._bounds[1]:
            self._take(self._rule.day_of(utc_s))
        return self._day

    def _next(self) -> None:
        if self._day is not date.min:
            self._take(self._day + timedelta(days=1))

    def _take(self, day: date) -> None:
        self._day, self._bounds = day, self._rule.bounds(day)


def _parts(records: Records, subject: Subject, begin_utc_s: int, end_utc_s: int) -> list[Stretch]:
    """The subject's stretches of minutes that touch [begin, end), each cut to when the belt was
    worn by it."""
    by_belt: dict[str, list[Worn]] = defaultdict(list)
    for part in subject.worn:
        by_belt[part.belt].append(part)
    return [
        _worn_part(stretch, part)
        for belt, parts in by_belt.items()
        for stretch in records.stretches(belt)
        if stretch.first_utc_s < end_utc_s and stretch.last_utc_s >= begin_utc_s
        for part in parts
        if stretch.first_utc_s < part.end_utc_s and stretch.last_utc_s >= part.begin_utc_s
    ]


def _worn_part(stretch: Stretch, part: Worn) -> Stretch:
    """The same stretch where all of it was worn: thousands are."""
    if stretch.first_utc_s >= part.begin_utc_s and stretch.last_utc_s < part.end_utc_s:
        return stretch
    return stretch._replace(
        first_utc_s=max(stretch.first_utc_s, part.begin_utc_s),
        last_utc_s=min(stretch.last_utc_s, part.end_utc_s - 1),
    )


def _covers(cut: Cut, bounds: tuple[int, int]) -> bool:
    return cut.begin_utc_s <= bounds[0] and cut.end_utc_s >= bounds[1]


def _is_hidden(cut: Cut, found: Iterable[Cut]) -> bool:
    """Whether all of the stretch was deleted, or an exclusion lies in what was."""
    return cut.hidden or any(
        other.hidden
        and set(cut.belts) <= set(other.belts)
        and _covers(other, (cut.begin_utc_s, cut.end_utc_s))
        for other in found
    )


def _in_cuts(minutes: Minutes, found: Iterable[Cut]) -> Flags:
    """Which minutes touch one of the stretches."""
    inside = np.zeros(len(minutes), np.bool_)
    start = minutes["utc_s"]
    for cut in found:
        inside |= (start + MINUTE_S > cut.begin_utc_s) & (start < cut.end_utc_s)
    return inside


def _is_cut(event: StoredEvent, found: Iterable[Cut]) -> bool:
    at = event.utc_s
    return at is not None and any(cut.begin_utc_s <= at < cut.end_utc_s for cut in found)


def _merged(parts: list[Minutes]) -> Minutes:
    """All minutes by time; where two belts were worn at once, a minute counts once.

    Of two that begin in the same minute of the clock the one on the body wins.
    """
    parts = sorted((part for part in parts if len(part)), key=lambda part: int(part["utc_s"][0]))
    if not parts:
        return np.zeros(0, MINUTE_DTYPE)
    if len(parts) == 1:
        return parts[0]
    rows = np.concatenate(parts)
    if np.all(np.diff(rows["utc_s"]) >= 0):
        return rows
    minute, off = rows["utc_s"] // MINUTE_S, rows["seconds"][:, NOT_WORN]
    order = np.lexsort((off, minute))
    first = np.concatenate(([True], np.diff(minute[order]) != 0))
    kept = rows[order[first]]
    return kept[np.argsort(kept["utc_s"], kind="stable")]
