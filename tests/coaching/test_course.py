"""The course over three weeks, from KNGF 2013 (it deviates when for three weeks there is no clear
increase in activities and no decrease in participation problems), on invented people."""

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.course import Answer, Course, Reason, course

from tests.coaching.make import day, entry, episode

TODAY = 20
"""Day 0 to day 20 are three weeks."""


def told(today: int, diary: list[r.DiaryEntry], belt: list[BeltDay] = [], **of: int) -> Course:  # noqa: B006
    found = course(episode(**of), diary, belt, day(today))
    assert found is not None
    return found


def line(first: float, last: float, days: range = range(21)) -> list[r.DiaryEntry]:
    """Entries whose scores go evenly from `first` on day 0 to `last` on day 20."""
    scores = [round(first + (last - first) * n / 20) for n in days]
    return [entry(n, score, score) for n, score in zip(days, scores, strict=True)]


def belts(first: float, last: float, days: range = range(21)) -> list[BeltDay]:
    ups = [first + (last - first) * n / 20 for n in days]
    return [
        BeltDay(day(n), 8.0, up / 2 + (n % 2), up / 2 - (n % 2))
        for n, up in zip(days, ups, strict=True)
    ]


WAVERING = [
    BeltDay(day(n), 8.0, minutes, 0.0)
    for n, minutes in enumerate((76, 105, 84, 84, 77, 110, 132, 85, 66, 64, 77, 80, 61, 63, 74))
]
HARDLY_WORN = [BeltDay(day(n), 2.0, 3.0, 2.0) for n in range(12, 21)]


@pytest.mark.parametrize(
    ("diary", "belt", "answer", "reasons"),
    [
        (line(3, 7), [], Answer.INCREASING, {Reason.DIARY_UP, Reason.NO_BELT}),
        (line(3, 7), belts(60, 120), Answer.INCREASING, {Reason.DIARY_UP, Reason.BELT_UP}),
        (line(3, 7), belts(90, 90), Answer.INCREASING, {Reason.DIARY_UP, Reason.BELT_SAME}),
        (line(3, 7), belts(120, 60), Answer.NOT_ENOUGH, {Reason.DISAGREE}),
        (line(4, 4), [], Answer.NO_CLEAR_INCREASE, {Reason.DIARY_SAME, Reason.NO_BELT}),
        # Measured activity alone does not tell recovery.
        (line(4, 4), belts(60, 120), Answer.NO_CLEAR_INCREASE, {Reason.BELT_UP_ALONE}),
        (line(6, 3), [], Answer.NO_CLEAR_INCREASE, {Reason.DIARY_DOWN}),
        (line(4, 5), [], Answer.NO_CLEAR_INCREASE, {Reason.DIARY_SAME}),  # too small to matter
        (line(9, 9), [], Answer.STEADY, {Reason.GOOD_LEVEL}),
        (line(8, 8), [], Answer.STEADY, {Reason.GOOD_LEVEL}),
        (line(7, 7), [], Answer.NO_CLEAR_INCREASE, {Reason.DIARY_SAME}),
        (line(9, 9), belts(120, 50), Answer.NOT_ENOUGH, {Reason.DISAGREE}),
        (line(10, 7), [], Answer.NO_CLEAR_INCREASE, {Reason.DIARY_DOWN}),
        # A clear fall of half a point on a good level is none that matters.
        ([entry(n, 10 if n < 10 else 9, 9) for n in range(21)], [], Answer.STEADY, set()),
        # The belt's days waver by more than a fifth, and no interval leaves zero out.
        (line(3, 7), WAVERING, Answer.INCREASING, {Reason.BELT_SAME}),
        # They go clearly up or down, but by less than a fifth.
        (line(3, 7), belts(90, 105), Answer.INCREASING, {Reason.BELT_SAME}),
        (line(3, 7), belts(105, 90), Answer.INCREASING, {Reason.BELT_SAME}),
        # Days on which it was hardly worn are no days with little walking.
        (line(3, 7), belts(90, 90, range(12)) + HARDLY_WORN, Answer.INCREASING, {Reason.BELT_SAME}),
    ],
)
def test_the_four_answers(
    diary: list[r.DiaryEntry], belt: list[BeltDay], answer: Answer, reasons: set[Reason]
) -> None:
    found = told(TODAY, diary, belt)
    assert found.answer is answer
    assert reasons <= set(found.reasons)


@pytest.mark.parametrize(
    ("today", "answer"), [(18, Answer.NOT_ENOUGH), (19, Answer.NOT_ENOUGH), (20, Answer.INCREASING)]
)
def test_it_takes_three_weeks_exactly(today: int, answer: Answer) -> None:
    found = told(today, line(3, 7, range(today + 1)))
    assert found.answer is answer
    if answer is Answer.NOT_ENOUGH:
        assert found.reasons == (Reason.YOUNG,)


@pytest.mark.parametrize(
    ("days", "answer"),
    [
        ([0, 2, 7, 9, 11, 14, 17, 20], Answer.INCREASING),  # eight, two a week at least
        ([0, 2, 7, 9, 11, 14, 20], Answer.NOT_ENOUGH),  # seven
        ([*range(7), *range(14, 21)], Answer.NOT_ENOUGH),  # none in the middle week
        ([*range(7), 10, *range(14, 21)], Answer.INCREASING),
        ([*range(7)], Answer.NOT_ENOUGH),
        ([], Answer.NOT_ENOUGH),
    ],
)
def test_too_few_entries_and_gaps_say_nothing(days: list[int], answer: Answer) -> None:
    everything = {each.day: each for each in line(3, 7)}
    found = told(TODAY, [everything[day(n)] for n in days])
    assert found.answer is answer
    if answer is Answer.NOT_ENOUGH:
        assert found.reasons == (Reason.FEW_ENTRIES,)


def test_entries_without_scores_do_not_count() -> None:
    diary = [entry(n, pain_now=3) for n in range(21)]
    assert told(TODAY, diary).reasons == (Reason.FEW_ENTRIES,)


def test_months_without_entries_are_months_without_an_answer() -> None:
    found = told(200, line(3, 7))
    assert (found.answer, found.reasons) == (Answer.NOT_ENOUGH, (Reason.FEW_ENTRIES,))


def test_an_episode_that_ended_is_told_up_to_its_end() -> None:
    found = told(300, line(3, 7), end=20)
    assert (found.answer, found.until) == (Answer.INCREASING, day(20))


def test_of_two_episodes_each_has_its_own_entries() -> None:
    earlier = [entry(n - 21, 1, 1) for n in range(21)]
    found = told(TODAY, [*earlier, *line(9, 9)], begin=0)
    assert found.answer is Answer.STEADY
    assert told(10, [*earlier, *line(9, 9)], begin=5).reasons == (Reason.YOUNG,)


def test_prevention_and_no_episode_have_no_course() -> None:
    assert course(None, line(3, 7), [], day(TODAY)) is None
    prevention = r.Episode("e", day(0), complaint=False)
    assert course(prevention, line(3, 7), [], day(TODAY)) is None


def test_an_activity_that_is_added_later_does_not_look_like_a_change() -> None:
    diary = [
        r.DiaryEntry(f"d{n}", day(n), activities={"a1": 3} if n < 10 else {"a1": 3, "a2": 9})
        for n in range(21)
    ]
    assert told(TODAY, diary).answer is Answer.NO_CLEAR_INCREASE


def test_a_date_that_flying_east_skips_changes_no_answer() -> None:
    """Whose dates are whose in which zone is told by test_episodes and test_coach_bad_input."""
    diary = [each for each in line(3, 7) if each.day != day(10)]
    assert told(TODAY, diary).answer is Answer.INCREASING


def test_the_parts_are_told_beside_the_answer() -> None:
    found = told(TODAY, [entry(n, 3 + n // 5, 4, pain_now=7 - n // 5) for n in range(21)])
    assert found.own is not None
    assert found.own.rises
    assert found.participation is not None
    assert not found.participation.rises
    assert found.pain is not None
    assert found.pain.falls
    assert Reason.NO_BELT in found.reasons
    assert found.entries == 21
