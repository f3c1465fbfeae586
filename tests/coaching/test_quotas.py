"""Graded activity, as Lambeek et al. 2007 (BMC Public Health 7:254, table 2) describe it:
three baseline sessions as far as it goes; the first quota 70 % of their mean; then quotas fixed
in advance; pain is no reason to stop or to alter them; 26 sessions at most."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline.coaching import quotas as q
from plumbline.coaching import records as r
from plumbline.errors import UserError

from tests.coaching.make import answer, day, flare, plan, session

LADDER = (10, 12, 14, 16, 18, 20)


@pytest.mark.parametrize(
    ("baseline", "first"),
    [
        ((10, 10, 10), 7),
        ((12, 15, 18), 10),  # 70 % of 15 is 10.5: never more than 70 %
        ((20, 30, 25), 17),
        ((1, 1, 1), 1),  # something at least
        ((0, 0, 0), 1),
        ((100, 100, 100), 70),
    ],
)
def test_the_first_quota_is_70_percent_of_the_mean(
    baseline: tuple[int, int, int], first: int
) -> None:
    assert q.first_quota(baseline) == first


@pytest.mark.parametrize(
    ("baseline", "target", "sessions", "wanted"),
    [
        ((10, 10, 10), 17, 6, (7, 9, 11, 13, 15, 17)),
        ((10, 10, 10), 8, 3, (7, 7, 8)),
        ((10, 10, 10), 30, 2, (7, 30)),
        ((10, 10, 10), 7, 3, (7, 7, 7)),
        ((20, 30, 25), 40, 5, (17, 22, 28, 34, 40)),
    ],
)
def test_quotas_are_fixed_in_advance_in_even_steps_to_the_target(
    baseline: tuple[int, int, int], target: int, sessions: int, wanted: tuple[int, ...]
) -> None:
    assert q.quotas(baseline, target, sessions) == wanted


@pytest.mark.parametrize(
    ("baseline", "target", "sessions", "says"),
    [
        ((10, 10), 20, 6, "three"),
        ((10, 10, 10, 10), 20, 6, "three"),
        ((10, 10, 10), 6, 6, "below the first"),
        ((10, 10, 10), 20, 24, "26"),
        ((10, 10, 10), 20, 1, "2 to 23"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    baseline: tuple[int, ...], target: int, sessions: int, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        q.quotas(baseline, target, sessions)


def test_a_plan_has_26_sessions_at_most() -> None:
    assert len(q.quotas((10, 10, 10), 40, q.MOST_SESSIONS - 3)) + 3 == 26


def test_the_plan_begins_with_three_baseline_sessions() -> None:
    empty = plan()
    for done in range(3):
        step = q.due(empty, [session(n, 9) for n in range(done)], [], [], day(5))
        assert (step.phase, step.quota, step.number) == (q.Phase.BASELINE, None, done + 1)
    step = q.due(empty, [session(n, 9) for n in range(3)], [], [], day(5))
    assert step.phase is q.Phase.TO_SET


def baselines() -> list[r.Session]:
    return [session(n, 15) for n in range(3)]


@pytest.mark.parametrize(
    ("quota", "amount", "outcome"),
    [
        (10, 9, q.Outcome.UNDER),
        (10, 0, q.Outcome.UNDER),
        (10, 10, q.Outcome.MET),
        (10, 11, q.Outcome.OVER),
        (None, 12, q.Outcome.BASELINE),
    ],
)
def test_what_was_done_is_under_met_or_over(
    quota: int | None, amount: int, outcome: q.Outcome
) -> None:
    assert q.outcome(session(1, amount, quota)) is outcome


@pytest.mark.parametrize(
    "amounts",
    [(10, 12, 14), (3, 2, 1), (99, 99, 99), (0, 0, 0)],
    ids=["met", "less on bad days", "more on good days", "nothing"],
)
def test_quotas_follow_the_plan_whatever_was_done(amounts: tuple[int, ...]) -> None:
    done = baselines()
    seen = []
    for n, amount in enumerate(amounts):
        step = q.due(plan(LADDER), done, [], [], day(3 + n))
        seen.append(step.quota)
        done.append(session(3 + n, amount, step.quota))
    assert seen == [10, 12, 14]
    assert q.due(plan(LADDER), done, [], [], day(9)).quota == 16


def test_a_missed_day_takes_no_step() -> None:
    done = [*baselines(), session(3, 10, 10)]
    assert q.due(plan(LADDER), done, [], [], day(4)).quota == 12
    assert q.due(plan(LADDER), done, [], [], day(30)).quota == 12


def test_the_plan_is_done_at_its_end() -> None:
    done = baselines() + [session(3 + n, quota, quota) for n, quota in enumerate(LADDER)]
    step = q.due(plan(LADDER), done, [], [], day(20))
    assert step.phase is q.Phase.DONE
    stopped = plan(LADDER, stopped=day(5))
    assert q.due(stopped, baselines(), [], [], day(6)).phase is q.Phase.DONE
    assert q.due(stopped, baselines(), [], [], day(4)).phase is q.Phase.QUOTA


FOUR = [*baselines(), session(3, 10, 10), session(4, 12, 12), session(5, 9, 14)]
"""The quotas 10 and 12 were met, 14 was not; 16 would be next."""


@pytest.mark.parametrize(
    ("flares", "answers", "on", "quota", "lock"),
    [
        ([], [], 6, 16, q.Lock.NONE),
        # A flare-up goes back to the last quota met, and stays there.
        ([flare(6)], [], 6, 12, q.Lock.FLARE_UP),
        ([flare(6)], [], 30, 12, q.Lock.FLARE_UP),
        # Leaving it returns to the plan.
        ([flare(6, 10)], [], 10, 12, q.Lock.FLARE_UP),
        ([flare(6, 10)], [], 11, 16, q.Lock.NONE),
        # An open sign: nothing is raised, the last quota stays.
        ([], [answer(6, "fever")], 6, 14, q.Lock.SIGN),
        ([], [answer(6, "fever", looked=9)], 8, 14, q.Lock.SIGN),
        ([], [answer(6, "fever", looked=9)], 9, 16, q.Lock.NONE),
        ([], [answer(6)], 6, 16, q.Lock.NONE),
        # Both: the lower one.
        ([flare(6)], [answer(6, "fever")], 7, 12, q.Lock.SIGN),
        # A sign that is answered later does not reach back.
        ([], [answer(9, "fever")], 6, 16, q.Lock.NONE),
        # Flown west since: it is yesterday again, and the sign still waits, the flare-up goes on.
        ([], [answer(7, "fever")], 6, 14, q.Lock.SIGN),
        ([flare(7)], [], 6, 12, q.Lock.FLARE_UP),
    ],
)
def test_nothing_rises_while_a_sign_is_open_or_a_flare_up_runs(
    flares: list[r.FlareUp],
    answers: list[r.SignAnswer],
    on: int,
    quota: int,
    lock: q.Lock,
) -> None:
    step = q.due(plan(LADDER), FOUR, flares, answers, day(on))
    assert (step.quota, step.lock) == (quota, lock)


def test_sessions_done_while_locked_take_no_step() -> None:
    locked = [*FOUR, session(6, 12, 12), session(7, 12, 12)]
    back = q.due(plan(LADDER), locked, [flare(6, 8)], [], day(9))
    assert back.quota == 16
    assert back.number == 4


def test_a_flare_up_before_anything_was_met_starts_from_the_first_quota() -> None:
    step = q.due(plan(LADDER), baselines(), [flare(3)], [], day(3))
    assert (step.quota, step.lock) == (10, q.Lock.FLARE_UP)


def test_three_quotas_missed_in_a_row_lead_to_a_question_never_to_a_lower_plan() -> None:
    done = baselines() + [session(3 + n, 1, LADDER[n]) for n in range(3)]
    step = q.due(plan(LADDER), done, [], [], day(9))
    assert (step.quota, step.missed_in_a_row) == (16, 3)


AMOUNTS = st.lists(st.integers(0, 80), min_size=3, max_size=30)


@given(AMOUNTS, st.integers(0, 25), st.integers(0, 12), st.integers(0, 25), st.integers(0, 12))
def test_no_quota_is_above_the_plan_and_none_rises_while_locked(
    amounts: list[int], flare_at: int, flare_days: int, sign_at: int, sign_days: int
) -> None:
    ladder = q.quotas(tuple(amounts[:3]), 60, 20)
    ours = plan(ladder, target=60)
    flares = [flare(flare_at, flare_at + flare_days)]
    answers = [answer(sign_at, "fall", looked=sign_at + sign_days)]
    done = [session(n, amount) for n, amount in enumerate(amounts[:3])]
    before = ladder[0]
    steps = 0
    for n, amount in enumerate(amounts[3:], 3):
        told = [each for each in answers if each.day <= day(n)]
        begun = [each for each in flares if each.begin <= day(n)]
        step = q.due(ours, done, begun, told, day(n))
        if step.phase is q.Phase.DONE:
            break
        assert step.quota is not None
        assert step.quota <= ladder[min(steps, len(ladder) - 1)] <= 60
        assert step.quota >= 1
        if step.lock is q.Lock.NONE:
            steps += 1
        else:
            assert step.quota <= max(before, ladder[0])
        before = max(before, step.quota)
        done.append(session(n, amount, step.quota))


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3), st.integers(2, 23), st.data())
def test_quotas_never_fall_and_end_at_the_target(
    baseline: list[int], sessions: int, data: st.DataObject
) -> None:
    first = q.first_quota(tuple(baseline))
    target = data.draw(st.integers(first, first + 400))
    ladder = q.quotas(tuple(baseline), target, sessions)
    assert len(ladder) == sessions
    assert ladder[-1] == target
    assert ladder[0] == first
    assert first == 1 or 10 * first <= 7 * sum(baseline) / 3
    assert list(ladder) == sorted(ladder)
    rises = [b - a for a, b in pairwise(ladder)]
    assert max(rises) - min(rises) <= 1  # even, as far as whole numbers go


@pytest.mark.parametrize(("on", "done"), [(4, False), (5, True), (6, True)])
def test_a_plan_is_over_from_the_day_it_was_ended_on(on: int, done: bool) -> None:
    ours = plan((10, 12), begin=0, stopped=day(5))
    assert (q.due(ours, [], [], [], day(on)).phase is q.Phase.DONE) is done
