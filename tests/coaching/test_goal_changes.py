"""A goal that is changed: what was set stays, what comes is set anew, and nothing jumps."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline.coaching import goals as g
from plumbline.coaching import records as r
from plumbline.errors import UserError

from tests.coaching.make import answer, day, flare

STEPS = r.Goal("g", "steps", 4000, 6000, day(0), day(28), (4500.0, 5000.0, 5500.0, 6000.0))
SITTING = r.Goal("g", "longest_sitting_min", 90, 45, day(0), day(21), (75.0, 60.0, 45.0))
SIGN = [answer(6, "fever")]


@pytest.mark.parametrize(
    ("goal", "on", "target", "by", "steps"),
    [
        (STEPS, 0, 6000, 28, (4500, 5000, 5500, 6000)),  # nothing is changed
        (STEPS, 0, 8000, 28, (4500, 5600, 6800, 8000)),  # this week's was set in advance
        (STEPS, 8, 8000, 28, (4500, 5000, 6500, 8000)),
        (STEPS, 8, 6000, 42, (4500, 5000, 5200, 5500, 5700, 6000)),  # more time
        (STEPS, 8, 6000, 21, (4500, 5000, 6000)),  # less
        (STEPS, 15, 5000, 28, (4500, 5000, 5000, 5000)),  # less than this week asked for
        (STEPS, 22, 5800, 28, (4500, 5000, 5500, 5800)),  # in the last week, less
        (STEPS, 50, 7000, 70, (4500, 5000, 5500, *[6000] * 5, 6500, 7000)),  # long reached
        (SITTING, 8, 30, 28, (75, 60, 45, 30)),
        (SITTING, 15, 60, 21, (75, 60, 60)),
    ],
)
def test_what_was_set_stays_and_what_comes_is_set_anew(
    goal: r.Goal, on: int, target: float, by: int, steps: tuple[float, ...]
) -> None:
    found = g.changed(goal, target, day(by), day(on))
    assert found.steps == steps
    assert (found.target, found.by, found.begin, found.baseline) == (
        target,
        day(by),
        goal.begin,
        goal.baseline,
    )
    asked = g.step_now(goal, day(on)).value
    assert g.step_now(found, day(on)).value == g._within(goal, asked, target)


@pytest.mark.parametrize(
    ("on", "target", "by", "says"),
    [
        (8, 4000, 28, "differ"),
        (8, 3000, 28, "more"),
        (8, 7000, 400, "year"),
        (8, 6000, 14, "a week or more"),  # no week is left to get there
        (22, 8000, 28, "a week or more"),
        (22, 8000, 34, "a week or more"),
        (50, 6000, 30, "a week or more"),  # a date that is over
    ],
)
def test_a_change_is_refused_in_a_sentence(on: int, target: float, by: int, says: str) -> None:
    with pytest.raises(UserError, match=says):
        g.changed(STEPS, target, day(by), day(on))


@pytest.mark.parametrize(
    ("flares", "answers", "target", "by", "taken"),
    [
        ([], SIGN, 7000, 28, False),
        ([], SIGN, 6000, 21, False),  # the same, but sooner
        ([], SIGN, 5000, 28, True),
        ([], SIGN, 6000, 42, True),
        ([flare(6)], [], 7000, 28, False),
        ([flare(6)], [], 5500, 28, True),
        ([flare(1, 5)], [answer(2, "fever", looked=4)], 7000, 28, True),  # both are over
    ],
)
def test_while_locked_a_goal_is_only_made_easier(
    flares: list[r.FlareUp], answers: list[r.SignAnswer], target: float, by: int, taken: bool
) -> None:
    if not taken:
        with pytest.raises(UserError, match="raised"):
            g.changed(STEPS, target, day(by), day(8), flares, answers)
        return
    found = g.changed(STEPS, target, day(by), day(8), flares, answers)
    before = g.step_now(STEPS, day(8), flares, answers)
    assert g.step_now(found, day(8), flares, answers) == before


def test_weeks_that_were_held_are_not_caught_up() -> None:
    """Open in the first two weeks: the first step comes in the third, after the change too."""
    looked = [answer(0, "fever", looked=14)]
    assert g.step_now(STEPS, day(15), [], looked) == g.WeekStep(4500, 2)
    found = g.changed(STEPS, 7000, day(42), day(15), [], looked)
    assert found.steps == (4500, 5300, 6100, 7000)
    values = [g.step_now(found, day(7 * n), [], looked).value for n in range(2, 7)]
    assert values == [4500, 5300, 6100, 7000, 7000]


@given(
    measure=st.sampled_from(["steps", "longest_sitting_min", "breaks_per_hour"]),
    start=st.integers(10, 100),
    first=st.integers(1, 40),
    target=st.integers(1, 60),
    weeks=st.integers(1, 12),
    on=st.integers(0, 120),
    by=st.integers(7, 200),
    locks=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=3),
)
def test_a_change_never_raises_this_week_nor_goes_beyond_the_target(
    measure: str,
    start: int,
    first: int,
    target: int,
    weeks: int,
    on: int,
    by: int,
    locks: list[tuple[int, int]],
) -> None:
    sign = -1 if measure in g.LESS_IS_MORE else 1
    begin, end = day(0), day(7 * weeks)
    goal = r.Goal("g", measure, start, max(0, start + sign * first), begin, end)
    way = (measure, goal.baseline, goal.target, begin, end)
    goal = r.Goal("g", measure, start, goal.target, begin, end, g.steps_on_the_way(*way))
    answers = [answer(n, "fever", looked=n + length) for n, length in locks]
    wanted = float(max(0, start + sign * target))
    try:
        found = g.changed(goal, wanted, day(by), day(on), [], answers)
    except UserError:
        return
    before, after = (g.step_now(each, day(on), [], answers) for each in (goal, found))
    assert sign * after.value <= sign * before.value
    assert all(sign * step <= sign * wanted for step in found.steps)
    assert found.steps[-1] == wanted
    coming = [g.step_now(found, day(on + 7 * n), [], answers).value for n in range(30)]
    ways = [sign * (b - a) for a, b in pairwise(coming)]
    assert min(ways) >= 0
    if any(each.day <= day(on) < (each.looked or date.max) for each in answers):
        old = [g.step_now(goal, day(on + 7 * n), [], answers).value for n in range(30)]
        assert all(sign * new <= sign * was for new, was in zip(coming, old, strict=True))
