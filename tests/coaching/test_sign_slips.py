"""An answer about warning signs that was given by a slip: taken back openly, and nothing jumps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline.coaching import quotas
from plumbline.coaching import records as r
from plumbline.coaching.keys import SIGNS
from plumbline.coaching.signs import Outcome, corrected, is_open, open_answers, outcome

from tests.coaching.make import answer, day, plan, session

ALL = [key for keys in SIGNS.values() for key in keys]


@pytest.mark.parametrize(
    ("yes", "meant", "wanted", "slips"),
    [
        (("fever",), (), Outcome.NONE, ("fever",)),
        (("fever", "leg-weakness"), ("fever",), Outcome.DAYS, ("leg-weakness",)),
        (("inflammation",), ("leg-weakness",), Outcome.AT_ONCE, ("inflammation",)),
        (("inflammation",), ("inflammation", "fall"), Outcome.DAYS, ()),  # forgotten at first
        (("fever",), ("fever",), Outcome.DAYS, ()),
    ],
)
def test_the_outcome_follows_from_what_was_meant(
    yes: tuple[str, ...], meant: tuple[str, ...], wanted: Outcome, slips: tuple[str, ...]
) -> None:
    found = corrected(answer(3, *yes), meant, day(5))
    assert outcome(found.yes) is wanted
    assert found.slips == slips
    assert found.corrected == (day(5) if slips else None)
    assert bool(open_answers([found], day(5))) is bool(meant)
    assert [is_open(found, day(n)) for n in (2, 3, 4, 5)] == [False, True, True, bool(meant)]


def test_a_slip_that_was_taken_back_can_be_put_back() -> None:
    once = corrected(answer(3, "fever"), (), day(5))
    again = corrected(once, ("fever",), day(6))
    assert (again.yes, again.slips, again.corrected) == (("fever",), (), None)
    assert is_open(again, day(6))
    twice = corrected(corrected(answer(3, "fever", "fall"), ("fall",), day(5)), (), day(7))
    assert (twice.slips, twice.corrected) == (("fever", "fall"), day(7))
    assert [is_open(twice, day(n)) for n in (6, 7)] == [True, False]


def test_what_was_looked_at_stays_looked_at() -> None:
    found = corrected(answer(3, "fever", "fall", looked=5), ("fall",), day(8))
    assert [is_open(found, day(n)) for n in (4, 5, 6, 9)] == [True, False, False, False]


def test_sessions_done_while_it_was_open_are_not_caught_up() -> None:
    """Three sessions at the stage that was held; the stage after it comes next, not the fifth."""
    ours = plan((10, 12, 14, 16, 18), begin=0, target=18)
    done = [session(1, 10, 10), session(4, 10, 10), session(5, 10, 10), session(6, 10, 10)]
    open_one = answer(3, "fever")
    step = quotas.due(ours, done, [], [open_one], day(7))
    assert (step.quota, step.lock) == (10, quotas.Lock.SIGN)
    taken_back = corrected(open_one, (), day(7))
    step = quotas.due(ours, done, [], [taken_back], day(7))
    assert (step.quota, step.number, step.lock) == (12, 2, quotas.Lock.NONE)


@given(
    yes=st.lists(st.sampled_from(ALL), unique=True),
    meant=st.lists(st.lists(st.sampled_from(ALL), unique=True), min_size=1, max_size=4),
)
def test_nothing_that_was_said_is_lost_and_what_is_meant_now_counts(
    yes: list[str], meant: list[list[str]]
) -> None:
    found, said = answer(3, *yes), set(yes)
    for n, each in enumerate(meant):
        found = corrected(found, each, day(4 + n))
        said |= set(each)
        assert set(found.yes) == set(each)
        assert {*found.yes, *found.slips} == said
        assert not set(found.yes) & set(found.slips)
        assert is_open(found, day(4 + n)) is bool(each)
        assert r.SignAnswer.read(found.id, found.fields()) == found
