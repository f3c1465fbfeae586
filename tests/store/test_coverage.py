"""Intervals of sequence numbers against a plain set."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from plumbline.store.coverage import Coverage

spans = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 12)), max_size=12)


@given(spans)
def test_it_is_the_set_of_its_numbers(pieces: list[tuple[int, int]]) -> None:
    coverage, numbers = Coverage(), set()
    for first, length in pieces:
        coverage.add(first, first + length)
        numbers.update(range(first, first + length + 1))
    assert {n for n in range(80) if n in coverage} == numbers
    assert coverage.last() == max(numbers, default=0)


@given(spans)
def test_its_intervals_are_apart_and_enough(pieces: list[tuple[int, int]]) -> None:
    coverage = Coverage((first, first + length) for first, length in pieces)
    intervals = coverage.intervals()
    for (_, last), (first, _) in pairwise(intervals):
        assert first > last + 1
    assert Coverage(intervals).intervals() == intervals
