"""Hours of the week, on the wearer's clock."""

from datetime import date

import numpy as np
import pytest
from plumbline.analysis.hours import HourPart, hours_of, week_grid, week_sums
from plumbline.analysis.trends import summaries

from tests.analysis.build import BERLIN, minutes

FRIDAY = 4


def test_seconds_fall_into_the_hour_of_the_wearers_clock() -> None:
    rows = minutes("2026-11-20 09:30", "S" * 30 + "W" * 20 + "N" * 10 + "{S20 U40}")
    rows["bands"][:3, 1] = 10
    hours = hours_of(rows, BERLIN)
    assert hours[9] == (1800, 1800, 0, 30)
    assert hours[10] == (1260, 20, 1240, 0)
    assert sum(map(sum, hours)) == sum(hours[9]) + sum(hours[10])
    assert hours_of(rows[:0], BERLIN) == ()


def test_the_clock_change_moves_the_hours() -> None:
    rows = minutes("2026-10-25 00:30", "S" * 300)  # 03:00 becomes 02:00
    hours = hours_of(rows, BERLIN)
    sat = [row[HourPart.SITTING] // 60 for row in hours[:6]]
    assert sat == [30, 60, 120, 60, 30, 0]


def test_shares_are_of_worn_time_and_empty_where_there_is_too_little() -> None:
    rows = np.concatenate(
        (
            minutes("2026-11-13 09:00", "S" * 60),
            minutes("2026-11-20 09:00", "W" * 20 + "N" * 40 + "S" * 29),
        )
    )
    days = summaries(rows, [], BERLIN, date(2026, 11, 10), date(2026, 11, 20))
    sums = week_sums(days)
    grid = week_grid(sums, HourPart.SITTING)
    assert grid.shape == (7, 24)
    assert grid[FRIDAY, 9] == pytest.approx(60 / 80)
    assert np.isnan(grid[FRIDAY, 10])
    assert np.isnan(grid).sum() == 7 * 24 - 1
    assert week_grid(sums, HourPart.UPRIGHT)[FRIDAY, 9] == pytest.approx(20 / 80)
