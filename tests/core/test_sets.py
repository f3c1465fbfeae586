"""Repetitions in close succession: which set each belongs to, and when it is complete."""

import pytest
from beltcore.sets import Set, Sets
from beltwire import codes

RISE, HINGE = codes.CHAIR_RISE, codes.HIP_HINGE
GAP_S = 20
MOST = 250


def aged(sets: Sets, seconds: int) -> list[int]:
    """What is told as complete in each of so many seconds."""
    told = []
    for _ in range(seconds):
        sets.age()
        told.append(sets.ended)
    return told


def numbers(each: Set) -> tuple[int, int, int, int, int]:
    """All that is kept of a set."""
    return each.count, each.range_sum, each.duration_sum, each.span_s, each.ago_s


@pytest.mark.parametrize("kind", [RISE, HINGE])
def test_a_set_is_complete_after_20_seconds_and_told_once(kind: int) -> None:
    sets = Sets()
    assert not sets.under_way
    sets.add(kind, 3000, 2600, 2)
    aged(sets, 5)
    sets.add(kind, 4000, 1400, 1)
    assert sets.under_way
    assert aged(sets, GAP_S) == [0] * (GAP_S - 2) + [kind, 0]
    assert numbers(sets.last) == (2, 7000, 4000, 3 + 2 + 5 - 1, GAP_S)
    assert sets.last.told() == (2, 3500, 2000, 9, GAP_S)
    assert not sets.under_way


def test_another_of_its_kind_and_no_other_keeps_a_set_open() -> None:
    sets = Sets()
    sets.add(HINGE, 5000, 2000, 0)
    aged(sets, GAP_S - 1)
    sets.add(RISE, 3000, 2000, 0)
    assert aged(sets, 1) == [HINGE]
    assert sets.last.count == 1
    aged(sets, GAP_S - 2)
    sets.add(RISE, 3000, 2000, 0)
    assert aged(sets, GAP_S) == [0] * (GAP_S - 1) + [RISE]
    assert sets.last.count == 2


def test_two_sets_that_end_in_one_second_are_told_in_two() -> None:
    sets = Sets()
    sets.add(HINGE, 5000, 2000, 0)
    sets.add(RISE, 3000, 2000, 0)
    assert aged(sets, GAP_S + 2)[-3:] == [RISE, HINGE, 0]
    assert sets.last.range_sum == 5000


def test_a_long_set_is_told_in_parts() -> None:
    sets = Sets()
    for n in range(MOST):
        assert aged(sets, 1) == [0], n
        sets.add(RISE, 30, 20, 0)
    assert aged(sets, 2) == [RISE, 0]
    assert sets.last.count == MOST
    sets.add(RISE, 3000, 2000, 0)
    assert sets.flush()
    assert numbers(sets.last) == (1, 3000, 2000, 2, 0)


def test_at_the_end_of_a_run_each_set_is_told() -> None:
    sets = Sets()
    sets.add(HINGE, 5000, 2000, 0)
    sets.add(RISE, 3000, 2000, 0)
    told = []
    while sets.flush():
        told.append((sets.ended, sets.last.range_sum))
    assert told == [(RISE, 3000), (HINGE, 5000)]
    assert sets.ended == codes.REPETITION_NONE


@pytest.mark.parametrize(("duration_ms", "span_s"), [(1499, 1), (1500, 2), (2499, 2), (9500, 10)])
def test_one_alone_spans_its_own_seconds(duration_ms: int, span_s: int) -> None:
    one = Set()
    one.add(3000, duration_ms, 4)
    assert numbers(one) == (1, 3000, duration_ms, span_s, 4)


@pytest.mark.parametrize(("ago_s", "told"), [(20, 20), (255, 255), (300, 255)])
def test_the_time_since_its_end_fits_a_byte(ago_s: int, told: int) -> None:
    one = Set()
    one.add(3000, 2000, ago_s)
    assert one.told() == (1, 3000, 2000, 2, told)
