"""Clocks that jump, records twice over, belts that overlap: numbers stay sane, nothing breaks."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from plumbline.analysis.postures import Minutes
from plumbline.analysis.trends import Measure, summaries, trend
from plumbline.store.rows import MINUTE_DTYPE
from plumbline.ui.presenters.day import present_day

from tests.analysis.build import BERLIN, at, minutes

DAY = date(2026, 11, 18)
MIDNIGHT = at("2026-11-18 00:00")

anywhere = st.lists(
    st.tuples(
        st.integers(-3600, 90_000),
        st.lists(st.integers(0, 255), min_size=10, max_size=10),
        st.integers(-32768, 32767),
        st.integers(0, 255),
    ),
    max_size=40,
)


def disordered(rows: list[tuple[int, list[int], int, int]]) -> Minutes:
    """Minutes at any second, with any content, sorted by time as the store hands them out."""
    made = np.zeros(len(rows), MINUTE_DTYPE)
    for row, (at_s, seconds, angle_cdeg, rest) in zip(made, sorted(rows), strict=True):
        row["utc_s"], row["seconds"] = MIDNIGHT + at_s, seconds
        row["flexion_cdeg"] = row["lateral_cdeg"] = angle_cdeg
        row["bands"] = row["steps"] = row["spread"] = row["flags"] = rest
    return made


@given(anywhere)
def test_any_minutes_make_a_day(rows: list[tuple[int, list[int], int, int]]) -> None:
    view = present_day(DAY, disordered(rows), [], BERLIN)
    begin, end = view.limits
    assert view.sentence
    assert begin <= view.view[0] < view.view[1] <= end
    assert all(part.begin_s <= part.end_s for part in view.segments)
    assert all(
        one.end_s <= other.begin_s
        for one, other in zip(view.segments, view.segments[1:], strict=False)
        if other.begin_s - one.begin_s >= 60
    )
    assert 0 <= view.summary.unknown_share <= 1
    for utc_s in (begin, end, *(part.begin_s for part in view.segments)):
        assert isinstance(view.hover(utc_s), str)


@given(anywhere)
def test_any_minutes_make_a_trend(rows: list[tuple[int, list[int], int, int]]) -> None:
    days = summaries(disordered(rows), [], BERLIN, DAY, date(2026, 11, 20))
    for measure in Measure:
        values = trend(days, measure).values
        assert not (values[~np.isnan(values)] < 0).any()


def test_a_single_minute_in_a_year() -> None:
    rows = minutes("2026-07-01 12:00", "S")
    days = summaries(rows, [], BERLIN, date(2026, 1, 1), date(2026, 12, 31))
    assert [day.day for day in days if day.worn_s] == [date(2026, 7, 1)]
    view = present_day(date(2026, 7, 1), rows, [], BERLIN)
    assert view.sentence == "Longest sitting 1 min, 12:00 to 12:01."
