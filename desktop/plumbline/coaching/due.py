"""What is due today: a small list, never a reproach. Missed days are missed days.

Reviews that lie apart keep more than reviews in a row (Latimier, Peyre, Ramus 2021, g = 0.74).
That lessons come again after a week and after four weeks, and new ones every other day, is our own
choice; so is the limit of 7 of 10 for a day of high pain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from plumbline.coaching import quotas
from plumbline.coaching.adherence import planned_on
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.course import Answer, course, pain_series
from plumbline.coaching.episodes import running
from plumbline.coaching.records import DiaryEntry, LessonSeen, Plan, Records
from plumbline.coaching.signs import asked, open_answers
from plumbline.coaching.therapies import follow_ups_due

COURSE_AGAIN = timedelta(days=7)
NEW_LESSON = timedelta(days=2)
OFFERED = timedelta(days=7)
AGAIN = (timedelta(days=7), timedelta(days=28))
AGAIN_SOON = timedelta(days=3)
HIGH_PAIN = 7

Lessons = Sequence[tuple[str, bool]]
"""(key, calm) in the order they are offered."""


class What(Enum):
    """Kinds of items, in the order they are shown."""

    OPEN_SIGN = "open_sign"
    SIGNS = "signs"
    COURSE = "course"
    FLARE_UP = "flare_up"
    DIARY = "diary"
    SESSION = "session"
    SET = "set"
    FOLLOW_UP = "follow_up"
    LESSON = "lesson"
    LOOSE = "loose"
    """Entries that are nobody's: not due, but told of first."""


@dataclass(frozen=True)
class Item:
    """Something due; `of` is the id or key of what it is about, `week` that of a follow-up."""

    what: What
    of: str
    week: int = 0


def due_today(
    records: Records,
    today: date,
    minute_of_day: int,
    lessons: Lessons,
    belt: Sequence[BeltDay] = (),
) -> list[Item]:
    """Today's list, the most important first; at most one lesson."""
    episode = running(records.episodes, today)
    items = [Item(What.OPEN_SIGN, a.id) for a in open_answers(records.answers, today)[:1]]
    signs = asked(
        episode, records.diary, records.therapies, records.answers, today, records.follow_ups
    )
    items += [Item(What.SIGNS, signs.why.value)] if signs else []
    told = course(episode, records.diary, belt, today)
    seen = records.preference.course_seen
    rested = seen is None or today - seen >= COURSE_AGAIN
    if told and told.answer is Answer.NO_CLEAR_INCREASE and rested:
        items.append(Item(What.COURSE, told.answer.value))
    flare = quotas.flare_now(today, records.flares)
    items += [Item(What.FLARE_UP, flare.id)] if flare and flare.end is None else []
    written = any(entry.day == today for entry in records.diary)
    if episode and not written and minute_of_day >= records.preference.diary_from_min:
        items.append(Item(What.DIARY, ""))
    items += [item for plan in records.plans if (item := _session(plan, records, today))]
    answered = follow_ups_due(records.therapies, records.follow_ups, today)
    items += [Item(What.FOLLOW_UP, each.therapy.id, each.week) for each in answered]
    # What can only be entered on its own day tells since when lessons can have been offered.
    known = [each.day for each in records.answers] + [each.day for each in records.sessions]
    begin = min(known, default=None)
    lesson = lesson_due(lessons, records.lessons, records.diary, today, begin)
    return items + ([Item(What.LESSON, lesson)] if lesson else [])


def _session(plan: Plan, records: Records, today: date) -> Item | None:
    step = quotas.due(plan, records.sessions, records.flares, records.answers, today)
    if step.phase is quotas.Phase.TO_SET:
        return Item(What.SET, plan.id)
    done = any(each.plan == plan.id and each.day == today for each in records.sessions)
    if step.phase is quotas.Phase.DONE or done or not planned_on(plan, today):
        return None
    return Item(What.SESSION, plan.id)


def lesson_due(
    lessons: Lessons,
    seen: Sequence[LessonSeen],
    diary: Iterable[DiaryEntry],
    today: date,
    begin: date | None = None,
) -> str | None:
    """The one lesson of today: first what comes again, then what is new; None on other days.

    A lesson comes again a week after the first reading and four weeks after the second, three
    days after one whose question was not answered. Calm ones never follow a day of high pain.
    `begin`: since when lessons are offered, where none was read yet.
    """
    last = max((each.day for each in seen), default=None)
    if last is not None and last >= today:
        return None
    upset = _high_pain(diary, today)
    open_ = [key for key, calm in lessons if not (calm and upset)]
    again = [key for key in open_ if _comes_again(key, seen, today)]
    if again:
        return again[0]
    known = {each.lesson for each in seen}
    fresh = [key for key in open_ if key not in known]
    rested = last is None or today - last >= NEW_LESSON
    if not fresh or not rested:
        return None
    # One that stays unread makes room for the next after a week, and comes round again.
    offered = last + NEW_LESSON if last else begin
    weeks = max(0, (today - offered) // OFFERED) if offered else 0
    return fresh[weeks % len(fresh)]


def _comes_again(key: str, seen: Iterable[LessonSeen], today: date) -> bool:
    readings = sorted((each for each in seen if each.lesson == key), key=lambda each: each.day)
    if not readings:
        return False
    since = today - readings[-1].day
    if readings[-1].correct is False:
        return since >= AGAIN_SOON
    return len(readings) <= len(AGAIN) and since >= AGAIN[len(readings) - 1]


def _high_pain(diary: Iterable[DiaryEntry], today: date) -> bool:
    """Whether today or yesterday was a day of high pain."""
    near = [entry for entry in diary if today - timedelta(days=1) <= entry.day <= today]
    return any(value >= HIGH_PAIN for _day, value in pain_series(near))
