"""Where the axes get their lines, by hand and over clock changes."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline.ui.presenters.bands import angle_ticks
from plumbline.ui.presenters.ticks import day_ticks, time_ticks

from tests.analysis.build import BERLIN, at


@pytest.mark.parametrize(
    ("begin", "end", "most", "texts"),
    [
        ("2026-11-18 08:00", "2026-11-18 12:00", 5, "08:00 09:00 10:00 11:00 12:00"),
        ("2026-11-18 08:10", "2026-11-18 12:00", 5, "09:00 10:00 11:00 12:00"),
        ("2026-11-18 08:10", "2026-11-18 08:20", 6, "08:10 08:12 08:14 08:16 08:18 08:20"),
        ("2026-11-18 00:00", "2026-11-19 00:00", 5, "00:00 06:00 12:00 18:00 00:00"),
        # spring: 02:00 to 03:00 does not exist; 03:00 comes once
        ("2026-03-29 00:30", "2026-03-29 05:30", 6, "01:00 03:00 04:00 05:00"),
        ("2026-03-29 00:00", "2026-03-29 10:00", 6, "00:00 04:00 06:00 08:00 10:00"),
        # autumn: 02:00 comes twice on the clock, the axis names the first
        ("2026-10-25 00:30", "2026-10-25 04:30", 8, "01:00 02:00 03:00 04:00"),
        ("2026-11-18 09:00", "2026-11-18 09:00", 5, ""),
    ],
)
def test_time_ticks(begin: str, end: str, most: int, texts: str) -> None:
    ticks = time_ticks(at(begin), at(end), BERLIN, most)
    assert [text for _utc_s, text in ticks] == texts.split()


@given(st.integers(1_790_000_000, 1_800_000_000), st.integers(60, 90_000), st.integers(2, 20))
def test_time_ticks_are_true_in_order_and_few(begin: int, length: int, most: int) -> None:
    ticks = time_ticks(begin, begin + length, BERLIN, most)
    assert len(ticks) <= most + 2
    assert all(a < b for (a, _), (b, _) in pairwise(ticks))
    for utc_s, text in ticks:
        assert begin <= utc_s <= begin + length
        assert f"{BERLIN.local(utc_s):%H:%M}" == text


@pytest.mark.parametrize(
    ("first", "last", "most", "texts"),
    [
        (date(2026, 11, 16), date(2026, 11, 20), 7, "Mon 16|Tue 17|Wed 18|Thu 19|Fri 20"),
        (date(2026, 11, 16), date(2026, 11, 22), 5, "Mon 16|Wed 18|Fri 20|Sun 22"),
        (date(2026, 11, 1), date(2026, 11, 30), 8, "2 Nov|9 Nov|16 Nov|23 Nov|30 Nov"),
        (date(2026, 11, 1), date(2026, 11, 30), 4, "2 Nov|16 Nov|30 Nov"),
        (date(2026, 9, 1), date(2027, 2, 28), 8, "Sept 2026|Oct|Nov|Dec|Jan 2027|Feb"),
        (date(2026, 1, 1), date(2026, 12, 31), 6, "Jan 2026|Apr|Jul|Oct"),
        (date(2025, 1, 1), date(2026, 11, 30), 5, "Jan 2025|Jul|Jan 2026|Jul"),
        (date(2022, 3, 1), date(2026, 11, 30), 6, "2023|2024|2025|2026"),
    ],
)
def test_day_ticks(first: date, last: date, most: int, texts: str) -> None:
    ticks = day_ticks(first.toordinal(), last.toordinal(), most)
    assert "|".join(text for _x, text in ticks) == texts


def test_a_week_with_margins_names_its_own_days() -> None:
    monday = date(2026, 11, 16).toordinal()
    texts = [text for _x, text in day_ticks(monday - 0.6, monday + 6.6, 7)]
    assert texts == ["Mon 16", "Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22"]


def test_day_ticks_far_outside_the_calendar() -> None:
    assert isinstance(day_ticks(-1e6, 1e9, 8), list)


@pytest.mark.parametrize(
    ("low", "high", "most", "texts"),
    [
        (-15, 40, 7, "−10° 0° 10° 20° 30° 40°"),
        (-15, 90, 6, "0° 20° 40° 60° 80°"),
        (-5, 10, 4, "−5° 0° 5° 10°"),
    ],
)
def test_angle_ticks(low: float, high: float, most: int, texts: str) -> None:
    assert " ".join(text for _y, text in angle_ticks(low, high, most)) == texts
