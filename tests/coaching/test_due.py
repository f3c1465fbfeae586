"""What is due today: a small list, at most one lesson, one diary offer, nothing made up for."""

from dataclasses import replace

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.due import Item, What, due_today, lesson_due
from plumbline.coaching.records import Records

from tests.coaching.make import answer, day, entry, episode, flare, plan, session

LESSONS = (("why", False), ("belt", False), ("safe", False), ("injections", True))
"""(key, calm)"""


def whats(records: Records, on: int = 10, minute: int = 1200, **more: object) -> list[What]:
    return [i.what for i in due_today(records, day(on), minute, LESSONS, **more)]  # type: ignore[arg-type]


def of(**lists: object) -> Records:
    return Records(**{name: tuple(each) for name, each in lists.items()})  # type: ignore[arg-type, call-overload]


SEEN = [r.LessonSeen("l", "why", day(10))]
ASKED = [answer(9)]


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        (of(), [What.LESSON]),
        (of(lessons=SEEN), []),
        (of(episodes=[episode(0)], lessons=SEEN), [What.SIGNS, What.DIARY]),
        (of(episodes=[episode(0)], answers=ASKED, lessons=SEEN), [What.DIARY]),
        (of(episodes=[episode(0)], answers=ASKED, lessons=SEEN, diary=[entry(10, 4)]), []),
        (of(episodes=[episode(0, 5)], lessons=SEEN), []),
        (of(plans=[plan()], lessons=SEEN), [What.SESSION]),
        (of(plans=[plan(weekdays=(0,))], lessons=SEEN), []),  # day 10 is a Friday
        (of(plans=[plan()], sessions=[session(10, 9)], lessons=SEEN), []),
        (of(plans=[plan()], sessions=[session(n, 9) for n in range(3)], lessons=SEEN), [What.SET]),
        (of(plans=[plan((10,), stopped=day(5))], lessons=SEEN), []),
        (of(therapies=[r.Therapy("t", day(3), "massage")], lessons=SEEN), [What.FOLLOW_UP]),
        (of(flares=[flare(9)], lessons=SEEN), [What.FLARE_UP]),
    ],
)
def test_what_is_due(records: Records, wanted: list[What]) -> None:
    assert whats(records) == wanted


def test_the_order_is_signs_diary_session_follow_up_lesson() -> None:
    everything = of(
        episodes=[episode(0)],
        plans=[plan()],
        therapies=[r.Therapy("t", day(3), "massage")],
    )
    wanted = [What.SIGNS, What.DIARY, What.SESSION, What.FOLLOW_UP, What.LESSON]
    assert whats(everything) == wanted


def test_an_open_sign_stands_first() -> None:
    items = due_today(of(episodes=[episode(0)], answers=[answer(9, "fever")]), day(10), 0, LESSONS)
    assert items[0] == Item(What.OPEN_SIGN, "w9")


def test_the_diary_is_offered_from_the_time_the_wearer_chose() -> None:
    records = of(
        episodes=[episode(0)],
        answers=ASKED,
        lessons=SEEN,
        preferences=[r.Preferences("x", diary_from_min=18 * 60)],
    )
    assert whats(records, minute=17 * 60 + 59) == []
    assert whats(records, minute=18 * 60) == [What.DIARY]


def test_missed_days_are_missed_days() -> None:
    """After three months without an entry there is one offer: today's."""
    records = of(episodes=[episode(0)], answers=[answer(95)], lessons=[])
    items = due_today(records, day(100), 1200, ())
    assert items == [Item(What.DIARY, "")]


def test_after_three_weeks_without_a_clear_increase_the_course_is_shown() -> None:
    diary = [entry(n, 4, 4) for n in range(21)]
    records = of(episodes=[episode(0)], answers=[answer(20)], diary=diary, lessons=SEEN)
    assert whats(records, 20)[0] is What.COURSE
    seen = replace(records, preferences=(r.Preferences("p", 0, day(20)),))
    assert What.COURSE not in whats(seen, 20)  # looked at: nobody is nagged
    later = replace(seen, diary=tuple(entry(n, 4, 4) for n in range(28)))
    assert What.COURSE not in whats(later, 26)
    assert What.COURSE in whats(later, 27)


def test_an_episode_of_old_does_not_change_the_lesson_offered() -> None:
    first = [i.of for i in due_today(of(), day(40), 0, LESSONS)]
    begun = due_today(of(episodes=[episode(0)], answers=[answer(40)]), day(40), 0, LESSONS)
    assert first == [i.of for i in begun if i.what is What.LESSON] == ["why"]


@pytest.mark.parametrize(
    ("seen", "on", "wanted"),
    [
        ([], 0, "why"),
        ([("why", 0, True)], 0, None),  # one a day
        ([("why", 0, True)], 1, None),  # a new one every other day
        ([("why", 0, True)], 2, "belt"),
        ([("why", 0, False)], 3, "why"),  # again sooner where its question was not answered
        ([("why", 0, True), ("belt", 2, True)], 7, "why"),  # and again after a week
        ([("why", 0, True), ("belt", 2, True), ("why", 7, True)], 9, "belt"),
        ([("why", 0, True), ("why", 7, True), ("belt", 27, True)], 35, "why"),  # after four weeks
        ([("why", 0, True), ("why", 7, True), ("why", 35, True), ("belt", 36, True)], 42, "safe"),
        ([("old", 0, True)], 8, "why"),  # a lesson that is no more
    ],
)
def test_lessons_come_one_at_a_time_and_again_later(
    seen: list[tuple[str, int, bool]], on: int, wanted: str | None
) -> None:
    read = [r.LessonSeen(f"l{n}", key, day(at), ok) for n, (key, at, ok) in enumerate(seen)]
    assert lesson_due(LESSONS, read, [], day(on)) == wanted


@pytest.mark.parametrize(("pain", "wanted"), [(6, "injections"), (7, None), (None, "injections")])
def test_calm_lessons_never_follow_a_day_of_high_pain(pain: int | None, wanted: str | None) -> None:
    known = [r.LessonSeen(f"l{n}", key, day(24)) for n, (key, _calm) in enumerate(LESSONS[:3])]
    known = [r.LessonSeen(f"k{n}", each.lesson, day(17)) for n, each in enumerate(known)] + known
    diary = [entry(25, 4, pain_average=pain)]
    assert lesson_due(LESSONS, known, diary, day(26)) == wanted
    assert lesson_due(LESSONS, known, diary, day(27)) == "injections"  # two days ago is over


def test_a_lesson_that_stays_unread_makes_room_for_the_next() -> None:
    offered = [lesson_due(LESSONS, [], [], day(n), day(0)) for n in (0, 6, 7, 14, 28)]
    assert offered == ["why", "why", "belt", "safe", "why"]
    # Read twice and resting until the fourth week: it goes round among the unread.
    known = [r.LessonSeen("a", "why", day(0)), r.LessonSeen("b", "why", day(7))]
    found = [lesson_due(LESSONS, known, [], day(n)) for n in (9, 15, 16, 23, 30)]
    assert found == ["belt", "belt", "safe", "injections", "belt"]
