"""For the consultant: who may need a look this week, with the reason in words and no score.

What counts as a reason, and that groups under five people show no numbers, so that nobody can be
recognised in them, is our own choice; the reasons rest on the rules beside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from plumbline.coaching import quotas
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.course import Answer, course
from plumbline.coaching.episodes import running
from plumbline.coaching.records import Records
from plumbline.coaching.signs import open_answers, tells_side_effects

LONG_FLARE = timedelta(days=7)
"""A flare-up that has not begun to ease by then is a reason to call (see the lesson on them)."""
SILENT = timedelta(days=14)
RECENT = timedelta(days=7)
UNDER_IN_A_ROW = 3
LEAST_GROUP = 5


class Why(Enum):
    """Reasons, in the order they are told of one person."""

    OPEN_SIGN = "open_sign"
    NO_CLEAR_INCREASE = "no_clear_increase"
    LONG_FLARE = "long_flare"
    SIDE_EFFECTS = "side_effects"
    UNDER = "under"
    SILENT = "silent"


@dataclass(frozen=True)
class Reason:
    """Why, since when, and what it is about: ids of signs, of an exercise or of a therapy."""

    why: Why
    since: date
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Someone who is accompanied, with what was entered and measured."""

    name: str
    records: Records
    belt: Sequence[BeltDay] = ()


@dataclass(frozen=True)
class Look:
    """Someone who may need a look, and why."""

    name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Group:
    """Numbers of a group: people, those in an episode, those who may need a look."""

    people: int
    in_episode: int
    to_look: int


def looks(people: Sequence[Person], today: date) -> list[Look]:
    """Those with a reason, by name: the order says nothing of how they are."""
    found = [Look(each.name, reasons(each.records, each.belt, today)) for each in people]
    return sorted((look for look in found if look.reasons), key=lambda look: look.name.casefold())


def group(people: Sequence[Person], today: date) -> Group | None:
    """The group's numbers; None for fewer than five people."""
    if len(people) < LEAST_GROUP:
        return None
    inside = sum(running(each.records.episodes, today) is not None for each in people)
    return Group(len(people), inside, len(looks(people, today)))


def reasons(records: Records, belt: Sequence[BeltDay], today: date) -> tuple[Reason, ...]:
    """Every reason there is today, each once, in the order of `Why`."""
    return tuple(
        reason
        for found in (
            _open_sign(records, today),
            _course(records, belt, today),
            _long_flare(records, today),
            _side_effects(records, today),
            _under(records, today),
            _silent(records, today),
        )
        if (reason := found) is not None
    )


def _open_sign(records: Records, today: date) -> Reason | None:
    there = open_answers(records.answers, today)
    if not there:
        return None
    return Reason(Why.OPEN_SIGN, min(each.day for each in there), there[0].yes)


def _course(records: Records, belt: Sequence[BeltDay], today: date) -> Reason | None:
    told = course(running(records.episodes, today), records.diary, belt, today)
    if told is None or told.answer is not Answer.NO_CLEAR_INCREASE:
        return None
    return Reason(Why.NO_CLEAR_INCREASE, told.since)


def _long_flare(records: Records, today: date) -> Reason | None:
    flare = quotas.flare_now(today, records.flares)
    if flare is None or today - flare.begin < LONG_FLARE:
        return None
    return Reason(Why.LONG_FLARE, flare.begin)


def _side_effects(records: Records, today: date) -> Reason | None:
    told = [
        each
        for each in records.follow_ups
        if tells_side_effects(each) and timedelta() <= today - each.day < RECENT
    ]
    if not told:
        return None
    kinds = {each.id: each.kind for each in records.therapies}
    return Reason(Why.SIDE_EFFECTS, told[-1].day, (kinds.get(told[-1].therapy, ""),))


def _under(records: Records, today: date) -> Reason | None:
    """Three quotas in a row were not met, in a plan that runs."""
    for plan in records.plans:
        step = quotas.due(plan, records.sessions, records.flares, records.answers, today)
        if step.phase is quotas.Phase.QUOTA and step.missed_in_a_row >= UNDER_IN_A_ROW:
            since = quotas.sessions_of(plan, records.sessions)[-step.missed_in_a_row].day
            return Reason(Why.UNDER, since, (plan.exercise,))
    return None


def _silent(records: Records, today: date) -> Reason | None:
    """No entry for two weeks of an episode with a complaint; it may well be that all is fine."""
    episode = running(records.episodes, today)
    if episode is None or not episode.complaint:
        return None
    last = max((each.day for each in records.diary if each.day <= today), default=episode.begin)
    last = max(last, episode.begin)
    return Reason(Why.SILENT, last) if today - last >= SILENT else None
