"""Therapies: before and after side by side, and when to ask how it went.

A change after is not a change because of: pain goes up and down by itself, and who seeks help does
so on bad days (regression to the mean). A change of pain that matters is 2 points or 30 % (Ostelo,
Deyo, Stratford and others 2008, Spine 33:90).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.course import CHANGE_THAT_MATTERS, own_series, pain_series
from plumbline.coaching.keys import FOLLOW_UP_WEEKS, PROCEDURES
from plumbline.coaching.records import DiaryEntry, FollowUp, Snapshot, Therapy

WINDOW = timedelta(days=21)
LEAST_DAYS = 3
PAIN_POINTS = 2.0
PAIN_SHARE = 0.3
LAST_OFFER = timedelta(days=28)
"""So long the last follow-up is offered; an earlier one until the next is due."""
SERIES = timedelta(days=28)
"""Treatments of one kind no further apart are a series, asked about once; procedures never are."""


@dataclass(frozen=True)
class BeforeAfter:
    """Three weeks before and after a therapy; `matters`: whose change is of a size that matters;
    `beside`: what else was tried in these weeks."""

    before: Snapshot
    after: Snapshot
    matters: dict[str, bool] = field(default_factory=dict)
    beside: tuple[Therapy, ...] = ()


@dataclass(frozen=True)
class FollowUpDue:
    """The questions of this week after a therapy are due."""

    therapy: Therapy
    week: int


def snapshot(
    diary: Sequence[DiaryEntry], belt: Sequence[BeltDay], first: date, end: date
) -> Snapshot:
    """The medians of the days from `first` until before `end`; None of fewer than three."""
    entries = [each for each in diary if first <= each.day < end]
    worn = [each for each in belt if first <= each.day < end and each.tells]
    return Snapshot(
        pain=_middle(value for _day, value in pain_series(entries)),
        activities=_middle(value for _day, value in own_series(entries)),
        participation=_middle(float(p) for e in entries if (p := e.participation) is not None),
        walking_min=_middle(each.walking_min for each in worn),
        standing_min=_middle(each.standing_min for each in worn),
    )


def _middle(values: Iterable[float]) -> float | None:
    known = list(values)
    return round(median(known), 1) if len(known) >= LEAST_DAYS else None


def before_after(
    therapy: Therapy,
    others: Sequence[Therapy],
    diary: Sequence[DiaryEntry],
    belt: Sequence[BeltDay],
    today: date,
) -> BeforeAfter:
    """The three weeks before the day of the therapy and after it, the day itself left out.

    The state that was kept before a procedure stays its baseline.
    """
    begin, after = therapy.day - WINDOW, therapy.day + timedelta(days=1)
    end = min(after + WINDOW, today + timedelta(days=1))
    before = therapy.before or snapshot(diary, belt, begin, therapy.day)
    then = snapshot(diary, belt, after, end)
    return BeforeAfter(
        before,
        then,
        _matters(before, then),
        tuple(o for o in others if o.id != therapy.id and begin <= o.day < after + WINDOW),
    )


def _matters(before: Snapshot, after: Snapshot) -> dict[str, bool]:
    changes = {
        name: (getattr(before, name), getattr(after, name))
        for name in ("pain", "activities", "participation")
    }
    return {name: _large(name, *pair) for name, pair in changes.items()}


def _large(name: str, before: float | None, after: float | None) -> bool:
    if before is None or after is None:
        return False
    change = abs(after - before)
    if name != "pain":
        return change >= CHANGE_THAT_MATTERS
    return change >= PAIN_POINTS or (before > 0 and change >= PAIN_SHARE * before)


def follow_ups_due(
    therapies: Sequence[Therapy], answered: Sequence[FollowUp], today: date
) -> list[FollowUpDue]:
    """What to ask today, the oldest therapy first; what was missed is not asked later."""
    known = {(each.therapy, each.week) for each in answered}
    due = []
    for therapy in sorted(therapies, key=lambda each: each.day):
        week = _week(therapy, today)
        if week and (therapy.id, week) not in known and not _of_series(therapy, therapies):
            due.append(FollowUpDue(therapy, week))
    return due


def follow_ups_to_come(therapy: Therapy, therapies: Sequence[Therapy], today: date) -> list[date]:
    """When the questions come that are not due yet."""
    if _of_series(therapy, therapies):
        return []
    starts = (therapy.day + timedelta(weeks=week) for week in FOLLOW_UP_WEEKS)
    return [start for start in starts if start > today]


def _week(therapy: Therapy, today: date) -> int | None:
    """The follow-up whose time it is."""
    starts = [therapy.day + timedelta(weeks=week) for week in FOLLOW_UP_WEEKS]
    passed = [week for week, start in zip(FOLLOW_UP_WEEKS, starts, strict=True) if start <= today]
    return passed[-1] if passed and today <= starts[-1] + LAST_OFFER else None


def _of_series(therapy: Therapy, therapies: Iterable[Therapy]) -> bool:
    """Whether one of its kind came shortly before."""
    return therapy.kind not in PROCEDURES and any(
        each.kind == therapy.kind and timedelta() < therapy.day - each.day <= SERIES
        for each in therapies
    )
