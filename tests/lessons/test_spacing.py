"""Which lesson is offered: table of cases, and a year of reading."""

from datetime import date, timedelta

import pytest
from plumbline.lessons.library import lessons
from plumbline.lessons.spacing import REVIEWS, Seen, due_on, lesson_today

ALL = lessons("en")
DAY = date(2026, 3, 2)
FIRST, SECOND = ALL[0].id, ALL[1].id
CALM = {lesson.id for lesson in ALL if lesson.calm}


def offered(seen: list[Seen], today: date = DAY, pain: int | None = None) -> str | None:
    lesson = lesson_today(ALL, seen, today, pain)
    return lesson.id if lesson else None


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_the_first_day_offers_the_first_lesson() -> None:
    assert offered([]) == FIRST


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([Seen(FIRST, DAY, True)], None),
        ([Seen(FIRST, ago(1), True)], None),
        ([Seen(FIRST, ago(2), True)], SECOND),
        ([Seen(FIRST, ago(2), False)], SECOND),
        ([Seen(FIRST, ago(3), False)], FIRST),
        ([Seen(FIRST, ago(3), None)], FIRST),
        ([Seen(FIRST, ago(6), True)], SECOND),
        ([Seen(FIRST, ago(7), True)], FIRST),
        ([Seen(FIRST, ago(28), True), Seen(FIRST, ago(21), True)], FIRST),
        ([Seen(FIRST, ago(27), True), Seen(FIRST, ago(20), True)], SECOND),
        ([Seen(FIRST, ago(17), True), Seen(FIRST, ago(7), False)], FIRST),
        ([Seen(FIRST, ago(10), True), Seen(SECOND, ago(8), True)], FIRST),
        ([Seen("from-a-newer-version", ago(2), True)], FIRST),
        ([Seen(FIRST, DAY + timedelta(days=1), True)], FIRST),
    ],
)
def test_what_is_offered_after(seen: list[Seen], expected: str | None) -> None:
    assert offered(seen) == expected
    assert offered(seen[::-1]) == expected


def test_a_lesson_that_was_known_each_time_rests() -> None:
    days = [ago(200), ago(190), ago(160), ago(90)]
    assert due_on(FIRST, [Seen(FIRST, day, True) for day in days]) is None
    assert due_on(FIRST, [Seen(FIRST, day, True) for day in days[:3]]) == days[2] + REVIEWS[2]


@pytest.mark.parametrize(
    ("pain", "calm_waits"), [(None, False), (0, False), (6, False), (7, True), (10, True)]
)
def test_after_a_day_of_high_pain_lessons_for_calm_days_wait(
    pain: int | None, calm_waits: bool
) -> None:
    others = [Seen(lesson.id, ago(2), True) for lesson in ALL if not lesson.calm]
    found = offered(others, pain=pain)
    assert (found is None) if calm_waits else (found in CALM)
    review = [Seen("warning-signs", ago(9), False), Seen(FIRST, ago(1), True)]
    assert offered(review, pain=pain) == (None if calm_waits else "warning-signs")


def test_every_lesson_is_offered_within_two_months_and_rests_within_a_year() -> None:
    seen: list[Seen] = []
    for days in range(365):
        found = lesson_today(ALL, seen, DAY + timedelta(days=days))
        if found:
            seen.append(Seen(found.id, DAY + timedelta(days=days), True))
    assert len({each.day for each in seen}) == len(seen)
    new = {each.lesson for each in seen if each.day < DAY + timedelta(days=60)}
    assert new == {lesson.id for lesson in ALL}
    assert all(due_on(lesson.id, seen) is None for lesson in ALL)
    assert len(seen) == 4 * len(ALL)
