"""Which lesson is offered today: one at a time, and again later.

Reviews that lie apart keep more than reviews in a row (Latimier, Peyre, Ramus 2021, g = 0.74);
whether the gaps grow made no difference there, so they grow, to ask for less.
How long the gaps are, and what a day of high pain is, are choices of the product.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.lessons.library import Lesson

REVIEWS = (timedelta(days=7), timedelta(days=21), timedelta(days=60))
"""After how long a lesson is offered again; after the last it is known and rests."""

AGAIN_SOON = timedelta(days=3)
"""After how long, when another answer would have fitted better or none was given."""

NEW_EVERY = timedelta(days=2)
"""A new lesson comes this long after the one before at the earliest."""

HIGH_PAIN = 7
"""From this pain (0 to 10) on, the day after is for calm lessons only."""


@dataclass(frozen=True)
class Seen:
    """A lesson that was read on this day; `fitted`: the answer did, None: none was given."""

    lesson: str
    day: date
    fitted: bool | None = None


def lesson_today(
    lessons: Sequence[Lesson],
    seen: Iterable[Seen],
    today: date,
    pain_yesterday: int | None = None,
) -> Lesson | None:
    """The one lesson to offer, or None: one was read today, or nothing is due.

    A lesson that is due again goes before a new one. After a day of high pain (`HIGH_PAIN`)
    lessons that are for calm days wait; with no entry for yesterday they do not.
    """
    past = sorted((each for each in seen if each.day <= today), key=lambda each: each.day)
    if past and past[-1].day == today:
        return None
    high = pain_yesterday is not None and pain_yesterday >= HIGH_PAIN
    fit = [lesson for lesson in lessons if not (lesson.calm and high)]
    due = [(when, lesson) for lesson in fit if (when := due_on(lesson.id, past)) is not None]
    again = [(when, lesson) for when, lesson in due if when <= today]
    if again:
        return min(again, key=lambda each: each[0])[1]
    return next((new for new in fit if _is_new(new, past)), None) if _new_may(past, today) else None


def due_on(lesson: str, seen: Iterable[Seen]) -> date | None:
    """When a lesson is to be offered again; None: never read, or known by now."""
    reads = sorted((each for each in seen if each.lesson == lesson), key=lambda each: each.day)
    if not reads:
        return None
    last = reads[-1]
    if not last.fitted:
        return last.day + AGAIN_SOON
    row = 0
    for each in reversed(reads):
        if not each.fitted:
            break
        row += 1
    return last.day + REVIEWS[row - 1] if row <= len(REVIEWS) else None


def _is_new(lesson: Lesson, past: Sequence[Seen]) -> bool:
    return all(each.lesson != lesson.id for each in past)


def _new_may(past: Sequence[Seen], today: date) -> bool:
    firsts: dict[str, date] = {}
    for each in past:
        firsts.setdefault(each.lesson, each.day)
    return not firsts or today - max(firsts.values()) >= NEW_EVERY
