"""Goals: a baseline from data, steps set in advance, where one stands; adherence per week."""

from datetime import timedelta

import pytest
from beltwire import settings
from hypothesis import given
from hypothesis import strategies as st
from plumbline.coaching import goals as g
from plumbline.coaching import records as r
from plumbline.coaching.adherence import planned_on, weeks
from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.keys import MEASURES
from plumbline.errors import UserError

from tests.coaching.make import answer, day, entry, flare, plan, session


def belt(n: int, **values: float) -> BeltDay:
    """The n-th day, worn for eight hours."""
    return BeltDay(day(n), **({"worn_h": 8.0} | values))


def fortnight(values: list[int], first: int = 0) -> list[BeltDay]:
    return [belt(first + n, steps=value, walking_min=value / 100) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        (fortnight([4000, 5000, 6000, 5500, 4500], 15), 5000),
        (fortnight([4000, 5000, 6000, 5500], 15), None),  # four days say too little
        (fortnight([4000, 5000, 6095, 6150, 90000], 15), 6100),  # the median, in hundreds
        (fortnight([1] * 5, 0) + fortnight([4000, 5000, 6000, 5500, 4500], 15), 5000),
        ([belt(15 + n, steps=5000, worn_h=3.0) for n in range(5)], None),  # hardly worn
        (fortnight([4000, 5000, 6000, 5500, 4500, 9000], 15), 5000),  # today is not over
    ],
)
def test_the_baseline_is_the_median_of_the_last_two_weeks(
    days: list[BeltDay], wanted: float | None
) -> None:
    assert g.baseline("steps", days, [], [], day(20)) == wanted


def test_every_measure_has_a_baseline_from_its_own_data() -> None:
    days = [
        belt(10 + n, walking_min=40.0, steps=5000.0, sitting_h=6.0, breaks=9.0, longest_min=95.0)
        for n in range(6)
    ]
    diary = [entry(10 + n, 4) for n in range(6)]
    done = [session(n, 10) for n in (8, 10, 13, 17)]
    found = {
        measure: g.baseline(measure, days, diary, done, day(20), own="a1")
        for measure in (
            "walking_min",
            "steps",
            "breaks_per_hour",
            "longest_sitting_min",
            "sessions",
        )
    }
    assert found == {
        "walking_min": 40,
        "steps": 5000,
        "breaks_per_hour": 1.5,
        "longest_sitting_min": 95,
        "sessions": 2,
    }
    assert g.baseline("own_activity", days, diary, done, day(20), own="a1") == 4
    assert g.baseline("own_activity", days, diary, done, day(20), own="a2") is None


def test_the_steps_on_the_way_are_set_in_advance_a_week_each() -> None:
    assert g.steps_on_the_way("steps", 4000, 6000, day(0), day(28)) == (4500, 5000, 5500, 6000)
    assert g.steps_on_the_way("longest_sitting_min", 90, 45, day(0), day(21)) == (75, 60, 45)
    assert g.steps_on_the_way("breaks_per_hour", 1.0, 2.0, day(0), day(21)) == (1.0, 1.5, 2.0)
    assert g.steps_on_the_way("steps", 5160, 6450, day(0), day(28)) == (5400, 5800, 6100, 6450)
    assert g.steps_on_the_way("steps", 4000, 6000, day(0), day(6)) == (6000,)


@given(
    measure=st.sampled_from(MEASURES),
    start=st.floats(0, 20_000),
    target=st.floats(0, 20_000),
    weeks=st.integers(1, 52),
)
def test_rounded_steps_never_ask_for_more_than_the_even_ones_and_never_stand_still(
    measure: str, start: float, target: float, weeks: int
) -> None:
    steps = g.steps_on_the_way(measure, start, target, day(0), day(7 * weeks))
    grain, sign = g.GRAIN.get(measure, 1.0), 1 if target >= start else -1
    assert len(steps) == weeks
    assert steps[-1] == target
    before = start
    for n, step in enumerate(steps, 1):
        even = start + (target - start) * n / weeks
        assert sign * (step - even) <= 1e-6  # never more than the plan
        assert abs(even - step) < grain + 1e-6  # never a whole grain behind it
        assert sign * (step - before) >= 0  # never back
        before = step
    inner = [step for step in steps[:-1] if step != start]
    assert all(step == g.figure(measure, step) for step in inner)


@pytest.mark.parametrize(
    ("measure", "start", "target"),
    [
        ("steps", 6100, 7600),
        ("steps", 100, 200),
        ("steps", 0, 0),  # nothing is known: nothing is suggested
        ("walking_min", 42, 53),
        ("breaks_per_hour", 1.3, 2.0),
        ("breaks_per_hour", 2.0, 2.5),
        ("longest_sitting_min", 58, 41),
        ("longest_sitting_min", 1, 0),
        ("sessions", 2, 3),
        ("sessions", 7, 7),
        ("own_activity", 4.5, 6),
        ("own_activity", 9.5, 10),
    ],
)
def test_a_suggested_target_is_a_figure_and_leads_somewhere(
    measure: str, start: float, target: float
) -> None:
    assert g.suggestion(measure, start) == target


@pytest.mark.parametrize(
    ("on", "step"), [(0, 4500), (6, 4500), (7, 5000), (27, 6000), (28, 6000), (90, 6000)]
)
def test_the_step_of_a_week(on: int, step: float) -> None:
    steps = (4500.0, 5000.0, 5500.0, 6000.0)
    goal = r.Goal("g", "steps", 4000, 6000, day(0), day(28), steps)
    assert g.step_now(goal, day(on)).value == step


@pytest.mark.parametrize(
    ("flares", "answers", "on", "step", "held"),
    [
        ([], [answer(6, "fever")], 6, 4500, 0),  # raised on the last day of the first week
        ([], [answer(6, "fever")], 7, 4500, 1),
        ([], [answer(6, "fever")], 90, 4500, 12),  # nobody looked: nothing rises, ever
        ([], [answer(6, "fever", looked=10)], 14, 5000, 1),  # goes on with the next week
        ([], [answer(8, "fever", looked=13)], 14, 5500, 0),  # between two weeks: none is held
        ([flare(5, 20)], [], 20, 4500, 2),
        ([flare(5, 20)], [], 21, 5000, 2),
        ([flare(5, 20)], [], 90, 6000, 2),
        ([flare(0)], [], 3, 4000, 1),  # set in a flare-up: what is done now
        ([flare(6, 8)], [answer(6, "fever")], 7, 4500, 1),
    ],
)
def test_a_week_that_begins_locked_takes_no_step(
    flares: list[r.FlareUp], answers: list[r.SignAnswer], on: int, step: float, held: int
) -> None:
    goal = r.Goal("g", "steps", 4000, 6000, day(0), day(28), (4500.0, 5000.0, 5500.0, 6000.0))
    assert g.step_now(goal, day(on), flares, answers) == g.WeekStep(step, held)
    stand = g.standing(goal, [], [], [], day(on), flares, answers)
    assert (stand.step, stand.held) == (step, held)


@pytest.mark.parametrize(
    ("goal", "says"),
    [
        (r.Goal("g", "steps", 4000, 6000, day(0), day(28)), None),
        (r.Goal("g", "swimming", 4000, 6000, day(0), day(28)), "not known"),
        (r.Goal("g", "steps", 4000, 6000, day(0), day(0)), "week"),
        (r.Goal("g", "steps", 4000, 6000, day(0), day(400)), "year"),
        (r.Goal("g", "steps", 4000, 4000, day(0), day(28)), "differ"),
        (r.Goal("g", "steps", 4000, 3000, day(0), day(28)), "more"),
        (r.Goal("g", "longest_sitting_min", 90, 100, day(0), day(28)), "less"),
        (r.Goal("g", "longest_sitting_min", 90, 45, day(0), day(28)), None),
        (r.Goal("g", "own_activity", 4, 11, day(0), day(28), own="a1"), "10"),
        (r.Goal("g", "own_activity", 4, 8, day(0), day(28)), "which"),
        (r.Goal("g", "sessions", 0, 8, day(0), day(28)), "seven"),
    ],
)
def test_a_goal_is_taken_or_refused_in_a_sentence(goal: r.Goal, says: str | None) -> None:
    if says is None:
        g.check_goal(goal)
        return
    with pytest.raises(UserError, match=says):
        g.check_goal(goal)


@pytest.mark.parametrize(
    ("measure", "target", "wanted"),
    [
        ("longest_sitting_min", 45, (settings.SITTING_LIMIT_MIN, 45)),
        ("longest_sitting_min", 90, (settings.SITTING_LIMIT_MIN, 60)),
        ("longest_sitting_min", 10, (settings.SITTING_LIMIT_MIN, 20)),
        ("breaks_per_hour", 2, (settings.SITTING_LIMIT_MIN, 30)),
        ("breaks_per_hour", 1.3, (settings.SITTING_LIMIT_MIN, 46)),
        ("steps", 6000, None),
        ("walking_min", 30, None),
    ],
)
def test_goals_on_sitting_and_breaks_set_the_reminder(
    measure: str, target: float, wanted: tuple[int, int] | None
) -> None:
    found = g.reminder_setting(r.Goal("g", measure, 1, target, day(0), day(28)))
    assert found == wanted
    if found:
        settings.check(*found)


def test_where_a_goal_stands_is_the_median_of_the_last_seven_days() -> None:
    goal = r.Goal("g", "steps", 4000, 6000, day(0), day(28), (4500, 5000, 5500, 6000))
    days = fortnight([4000] * 7 + [5200, 5300, 5100], 0)
    stand = g.standing(goal, days, [], [], day(9))
    assert stand == g.Standing(4000.0, 5000.0, reached=False)
    stand = g.standing(goal, days[7:], [], [], day(9))
    assert stand == g.Standing(5200.0, 5000.0, reached=True)
    assert g.standing(goal, [], [], [], day(9)) == g.Standing(None, 5000.0, reached=False)
    less = r.Goal("g", "longest_sitting_min", 90, 45, day(0), day(21), (75, 60, 45))
    sat = [belt(n, longest_min=55.0) for n in (5, 6, 7)]
    assert g.standing(less, sat, [], [], day(8)) == g.Standing(55.0, 60.0, reached=True)


def test_adherence_is_done_against_planned_per_week() -> None:
    """1 September is a Tuesday; the plan is for Mondays, Wednesdays and Fridays."""
    ours = plan(begin=0, weekdays=(0, 2, 4))
    done = [session(n, 9) for n in (1, 3, 3, 6, 7)]  # Wed, Fri twice, Mon, Tue
    found = weeks(ours, done, day(9))
    assert [(w.begin, w.planned, w.done) for w in found] == [
        (day(0) - timedelta(days=1), 2, 2),
        (day(6), 2, 2),
    ]
    # Planned is what was planned until today; a Sunday, day 12, has the whole week.
    assert weeks(ours, done, day(12))[-1].planned == 3
    stopped = plan(begin=0, weekdays=(0, 2, 4), stopped=day(3))
    assert [w.planned for w in weeks(stopped, done, day(30))] == [1]


def test_a_plan_plans_from_its_first_day_to_before_its_last() -> None:
    ours = plan(begin=3, stopped=day(6))
    assert [planned_on(ours, day(n)) for n in range(2, 8)] == [False, *[True] * 3, False, False]


def test_days_of_a_flare_up_are_planned_as_others_are() -> None:
    """Keep moving in a flare-up: its plan is smaller, not empty."""
    ours = plan((10, 12), begin=0, weekdays=(0, 2, 4))
    assert flare(0, 20)
    assert [w.planned for w in weeks(ours, [], day(12))] == [2, 3]


def test_what_the_belt_saw_of_a_day_comes_from_its_summary() -> None:
    from plumbline.analysis.summary import summarise

    from tests.analysis.build import BERLIN, minutes

    letters = "S" * 60 + "W" * 10 + "S" * 30 + "U" * 20 + "S" * 20 + "^" * 2
    summary = summarise(day(0), minutes("2026-09-01 09:00", letters), [], BERLIN)
    seen = BeltDay.of(summary)
    assert (seen.day, seen.walking_min, seen.standing_min, seen.breaks) == (day(0), 12, 20, 3)
    assert seen.sitting_h == pytest.approx(110 / 60)
    assert seen.longest_min == 60
    assert seen.worn_h == pytest.approx(142 / 60)
