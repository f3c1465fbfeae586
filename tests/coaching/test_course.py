"""The course over three weeks, from KNGF 2013 (it deviates when for three weeks there is no clear
increase in activities and no decrease in participation problems), on invented people."""

from datetime import timedelta

import numpy as np
import pytest
from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.course import Answer, Belt, Course, Reason, course
from plumbline.coaching.trend import slope

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
        ([0, 2, 4, 7, 9, 11, 14, 17, 20], Answer.INCREASING),  # nine, three a week
        ([0, 2, 7, 9, 11, 14, 17, 20], Answer.NOT_ENOUGH),  # eight
        ([*range(7), 7, *range(14, 21)], Answer.NOT_ENOUGH),  # one in the middle week
        ([*range(7), 7, 13, *range(14, 21)], Answer.INCREASING),
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


def test_a_change_of_time_zone_moves_no_entry() -> None:
    """Flying west repeats a date, flying east skips one: the answer is the dates'."""
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
    assert found.belt_says is Belt.UNKNOWN
    assert found.entries == 21


# Invented people: everything random comes from a seed.


def wavering(rng: np.random.Generator, sd: float, likeness: float) -> "np.ndarray":
    """21 days around zero, each like the day before to a degree."""
    noise = rng.normal(0, sd, 21)
    for n in range(1, 21):
        noise[n] = likeness * noise[n - 1] + noise[n] * np.sqrt(1 - likeness**2)
    return noise


def person(rng: np.random.Generator, gain: float, sd: float, likeness: float) -> list[r.DiaryEntry]:
    """Three activities and participation from 4 on, `gain` points more after three weeks; good
    and bad days are partly common to all four. Four of five days have an entry."""
    common = wavering(rng, sd, likeness)
    rise = 4 + gain * np.arange(21) / 20
    scores = [
        np.clip(np.round(rise + 0.6 * common + 0.8 * wavering(rng, sd, likeness)), 0, 10)
        for _n in range(4)
    ]
    written = np.flatnonzero(rng.random(21) < 0.8)
    return [
        r.DiaryEntry(
            f"d{n}",
            day(int(n)),
            activities={f"a{k}": int(scores[k][n]) for k in range(3)},
            participation=int(scores[3][n]),
        )
        for n in written
    ]


def increasing(gain: float, sd: float, likeness: float, people: int = 100) -> float:
    """How many of 100 people are told "increasing"."""
    rng = np.random.default_rng(2007)
    told_so = sum(
        told(TODAY, person(rng, gain, sd, likeness)).answer is Answer.INCREASING
        for _n in range(people)
    )
    return 100 * told_so / people


@pytest.mark.parametrize(
    ("sd", "likeness", "people"), [(1.0, 0.0, 100), (2.5, 0.0, 100), (1.5, 0.3, 300)]
)
def test_random_noise_is_called_increasing_in_5_of_100_people_at_most(
    sd: float, likeness: float, people: int
) -> None:
    assert increasing(0.0, sd, likeness, people) <= 5


@pytest.mark.parametrize(("sd", "likeness"), [(0.8, 0.0), (0.6, 0.3)])
def test_two_points_in_three_weeks_are_found_in_80_of_100_people(
    sd: float, likeness: float
) -> None:
    assert increasing(2.0, sd, likeness) >= 80


def test_a_slope_is_the_median_of_slopes_and_one_odd_day_hardly_moves_it() -> None:
    series = [(day(n), float(n)) for n in range(21)]
    found = slope(series, 21)
    assert found is not None
    assert (found.change, found.low, found.high, found.days) == (21, 21, 21, 21)
    assert found.rises
    odd = slope([*series[:10], (day(10), 500.0), *series[11:]], 21)
    assert odd is not None
    assert odd.change == 21
    assert slope(series[:4], 21) is None
    flat = slope([(each + timedelta(days=0), 4.0) for each, _value in series], 21)
    assert flat is not None
    assert not flat.rises
    assert not flat.falls


def test_the_slope_and_its_interval_are_scipys() -> None:
    """`scipy.stats.theilslopes` as another's reckoning of Sen 1968, on days without likeness."""
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(3)
    for _n in range(20):
        values = rng.normal(5, 1, 15)
        days = np.sort(rng.choice(28, 15, replace=False))  # too few neighbours for likeness
        days = days * 2
        series = [(day(int(d)), float(v)) for d, v in zip(days, values, strict=True)]
        ours = slope(series, 1)
        theirs = stats.theilslopes(values, days, alpha=0.95)
        assert ours is not None
        assert ours.change == pytest.approx(theirs.slope)
        assert ours.low == pytest.approx(theirs.low_slope, abs=0.02)
        assert ours.high == pytest.approx(theirs.high_slope, abs=0.02)
