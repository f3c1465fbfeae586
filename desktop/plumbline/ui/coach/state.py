"""What the Coach page shows, read and computed off the GUI thread. Knows no Qt."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from beltwire import codes
from beltwire.errors import WireError
from beltwire.events import arguments
from beltwire.records import Event

from plumbline.analysis.days import DayRule
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.book import CoachBook
from plumbline.coaching.course import Course, course
from plumbline.coaching.due import Item, Lessons, due_today
from plumbline.coaching.episodes import running
from plumbline.coaching.looks import Group, Look, Person, group, looks
from plumbline.coaching.records import Episode, Records, SignAnswer
from plumbline.coaching.signs import open_answers
from plumbline.coaching.spans import Span, client_spans, judged, own_spans
from plumbline.lessons.files import common
from plumbline.people.changes import Done
from plumbline.people.reading import read
from plumbline.people.subjects import Subject, subjects
from plumbline.ui.reader import Reader, Source
from plumbline.ui.summary_cache import SummaryCache

KIND_OF_EVENT = {
    codes.EVENT_CHAIR_RISES: codes.CHAIR_RISE,
    codes.EVENT_HIP_HINGES: codes.HIP_HINGE,
}

Work = Callable[[CoachBook], Any]


class Told(NamedTuple):
    """Given by a work that has a sentence of its own for what it did, and for taking it back."""

    text: Callable[[], str]


class Did(NamedTuple):
    """What a work gave, and the changes it made."""

    result: Any
    done: tuple[Done, ...]


@dataclass(frozen=True)
class CoachState:
    """Everything the sub-pages show of one wearer today.

    `subject`: whose they are; `is_made_up`: nobody's, but a demo's. `counted_today`: repetitions
    in the belt's log of today by kind (codes.CHAIR_RISE, HIP_HINGE). `loose`: entries made before
    anybody had a name, where this wearer has none.
    """

    records: Records
    today: date
    minute_of_day: int = field(default=0, compare=False)
    belt_days: tuple[BeltDay, ...] = ()
    due: tuple[Item, ...] = ()
    course: Course | None = None
    wearer: str = ""
    subject: str = ""
    counted_today: Mapping[int, int] = field(default_factory=dict)
    is_made_up: bool = False
    loose: int = 0

    @property
    def episode(self) -> Episode | None:
        """Today's episode."""
        return running(self.records.episodes, self.today)

    @property
    def open_signs(self) -> list[SignAnswer]:
        """Warning signs nobody has looked at yet, the most urgent first."""
        return open_answers(self.records.answers, self.today)


@dataclass(frozen=True)
class Clients:
    """What a consultant sees of those accompanied: how many, who may need a look, the group, and
    how it stands with each, by name."""

    people: int
    looks: tuple[Look, ...] = ()
    group: Group | None = None
    each: tuple[CoachState, ...] = ()


def lesson_order() -> Lessons:
    """The lessons in the order they are offered: (id, calm)."""
    return [(each["id"], bool(each.get("calm"))) for each in common("lessons")["lesson"]]


def state_of(
    records: Records,
    today: date,
    minute_of_day: int = 0,
    belt_days: Sequence[BeltDay] = (),
    wearer: str = "",
) -> CoachState:
    """The state with what follows from the records."""
    episode = judged(records.episodes, today)
    return CoachState(
        records,
        today,
        minute_of_day,
        tuple(belt_days),
        tuple(due_today(records, today, minute_of_day, lesson_order(), belt_days)),
        course(episode, records.diary, belt_days, today),
        wearer,
    )


@dataclass(frozen=True)
class Seen:
    """What the belt saw, of whom, today, and on which days."""

    of: tuple[str, date, tuple[Span, ...]]
    days: tuple[BeltDay, ...]
    counted: dict[int, int]


class CoachReader:
    """Reads and changes through the window's reader, so on its thread and of its wearer."""

    def __init__(self, reader: Reader, rule: DayRule, now_utc_s: Callable[[], float]) -> None:
        self._reader, self._rule, self._now = reader, rule, now_utc_s
        self._seen: Seen | None = None

    def state(self, *, belt: bool = True) -> CoachState:
        """What there is now; without `belt` its days are those read last, where they are of the
        same wearer and day."""
        if belt:
            self._seen = None
        return self._reader.change(self._state)

    def do(self, work: Work) -> Did:
        """What `work` gives for the book of the wearer shown, and what it changed."""
        return self._reader.change(lambda source, subject: _did(work, self._book(source, subject)))

    def clients(self) -> Clients:
        """Everybody with a name, and who of them may need a look this week."""
        return self._reader.change(self._clients)

    def _clients(self, source: Source, _shown: Subject) -> Clients:
        today, cache = self._today(), SummaryCache(self._rule)
        people = []
        for each in subjects(source, [belt.id for belt in source.belts()]):
            if each.wearer is not None:
                records = self._book(source, each).records()
                spans = client_spans(records, today)
                belt = tuple(d for span in spans for d in _days(cache, source, each, *span))
                people.append(Person(each.name, records, belt))
        ordered = sorted(people, key=lambda person: person.name.casefold())
        states = tuple(state_of(p.records, today, 0, p.belt, p.name) for p in ordered)
        return Clients(len(people), tuple(looks(people, today)), group(people, today), states)

    def _today(self) -> date:
        return self._rule.day_of(self._now())

    def _book(self, source: Source, subject: Subject) -> CoachBook:
        days = partial(_days, self._reader.cache, source, subject)
        return CoachBook(source, self._today, subject.wearer, days, self._rule.day_of)

    def _state(self, source: Source, subject: Subject) -> CoachState:
        today, local = self._today(), self._rule.local(self._now())
        book = self._book(source, subject)
        records = book.records()
        of = (subject.key, today, tuple(own_spans(records, today)))
        if self._seen is None or self._seen.of != of:
            cache = self._reader.cache
            days = tuple(d for span in of[2] for d in _days(cache, source, subject, *span))
            self._seen = Seen(of, days, self._counted(source, subject, today))
        belt, minute = self._seen.days, local.hour * 60 + local.minute
        found = state_of(records, today, minute, belt, subject.name)
        return replace(
            found,
            subject=subject.key,
            counted_today=self._seen.counted,
            is_made_up=source.is_made_up,
            loose=book.loose(),
        )

    def _counted(self, source: Source, subject: Subject, day: date) -> dict[int, int]:
        counts = {codes.CHAIR_RISE: 0, codes.HIP_HINGE: 0}
        for each in read(source, subject, *self._rule.bounds(day)).events:
            kind = KIND_OF_EVENT.get(each.code)
            if kind:
                with suppress(WireError):  # cut short: its number is not known
                    counts[kind] += arguments(Event(each.code, each.args))["count"]
        return counts


def _days(
    cache: SummaryCache, source: Source, subject: Subject, first: date, last: date
) -> list[BeltDay]:
    """The days with records between two days, both included."""
    return [BeltDay.of(day) for day in cache.summaries(source, subject, first, last) if day.worn_s]


def _did(work: Work, book: CoachBook) -> Did:
    return Did(work(book), tuple(book.done))
