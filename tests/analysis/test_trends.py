"""Weeks: values per day, rolling mean, ordinary band."""

from datetime import date

import numpy as np
import pytest
from plumbline.analysis import trends
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import Measure, Trend, summaries, trend

from tests.analysis.build import BERLIN, Office, at, minutes, reminder

NAN = float("nan")
FIRST = date(2026, 11, 2)


def steps_of(values: list[float]) -> Trend:
    """The trend of days with so many steps; NaN is a day without data."""
    parts = []
    for n, steps in enumerate(values):
        if not np.isnan(steps):
            rows = minutes(BERLIN.bounds(FIRST)[0] + n * 86_400 + 36_000, "W" * 240)
            rows["steps"] = 0
            rows["steps"][:] = np.diff(np.linspace(0, steps, 241).astype(int))
            parts.append(rows)
    rows = np.concatenate(parts)
    last = date.fromordinal(FIRST.toordinal() + len(values) - 1)
    return trend(summaries(rows, [], BERLIN, FIRST, last), Measure.STEPS)


def test_values_are_per_day_and_nan_without_data() -> None:
    shown = steps_of([400, NAN, 800])
    assert shown.values.tolist() == pytest.approx([400, NAN, 800], nan_ok=True)


def test_the_mean_is_of_seven_days_with_three_of_data() -> None:
    shown = steps_of([100, 200, NAN, 600, 300, 300, 300, 900])
    means = [NAN, NAN, NAN, 300, 300, 300, 300, 433.33]
    assert shown.mean.tolist() == pytest.approx(means, rel=1e-4, nan_ok=True)


def test_the_band_holds_four_of_five_of_the_days_before() -> None:
    shown = steps_of([100, 200, 300, 400, 500, 5000, 100])
    assert np.isnan(shown.low[:5]).all()
    assert (shown.low[5], shown.high[5]) == pytest.approx((140, 460))
    # the sixth day counts for the seventh only
    assert (shown.low[6], shown.high[6]) == pytest.approx((150, 2750))


def test_nothing_is_foretold_after_the_last_data() -> None:
    inside = steps_of([100, 200, 300, 400, 500, 600, NAN, NAN, NAN, 700])
    assert not np.isnan(inside.mean[5:]).any()
    ended = steps_of([100, 200, 300, 400, 500, 600, NAN, NAN])
    assert not np.isnan(ended.mean[5])
    assert not np.isnan(ended.low[5])
    for column in (ended.mean, ended.low, ended.high):
        assert np.isnan(column[6:]).all()


def worn(hours: list[float]) -> list[DaySummary]:
    """Days from Monday on, sat through; `hours` with the belt on."""
    parts = [
        minutes(BERLIN.bounds(FIRST)[0] + n * 86_400 + 36_000, "S" * round(60 * each))
        for n, each in enumerate(hours)
    ]
    last = date.fromordinal(FIRST.toordinal() + len(hours) - 1)
    return summaries(np.concatenate(parts), [], BERLIN, FIRST, last)


def test_a_day_of_five_minutes_counts_in_no_mean() -> None:
    shown = trend(worn([8, 8, 8, 5 / 60, 8, 8]), Measure.SITTING_H)
    assert shown.values[3] == pytest.approx(5 / 60)  # shown as it was
    assert np.isnan(shown.counted[3])
    assert shown.mean[2:].tolist() == pytest.approx([8, 8, 8, 8])


def test_the_day_that_runs_counts_in_no_mean() -> None:
    days = worn([8, 8, 8, 5])
    today = days[3].day
    assert trend(days, Measure.SITTING_H, today).mean[3] == pytest.approx(8)
    assert trend(days, Measure.SITTING_H).mean[3] == pytest.approx(29 / 4)


def test_a_day_beside_the_belt_counts_in_how_long_it_was_not_worn() -> None:
    rows = minutes("2026-11-02 09:00", "S" * 60 + "N" * 180)
    days = summaries(rows, [], BERLIN, FIRST, FIRST)
    assert trend(days, Measure.NOT_WORN_PERCENT).counted[0] == pytest.approx(75)
    assert np.isnan(trend(days, Measure.UNKNOWN_PERCENT).counted[0])


def test_no_data_at_all() -> None:
    days = summaries(minutes(0, ""), [], BERLIN, FIRST, FIRST)
    assert np.isnan(trend(days, Measure.SITTING_H).values).all()


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        (Measure.SITTING_H, 0.5),
        (Measure.LONGEST_MIN, 20),
        (Measure.STEPS, 70),
        (Measure.UPRIGHT_H, 10 / 60),
        (Measure.BREAKS, 1),
        (Measure.REMINDERS_PER_H, 2 / (45 / 60)),
        (Measure.UNKNOWN_PERCENT, 100 * 5 / 45),
    ],
)
def test_measures(measure: Measure, value: float) -> None:
    rows = minutes("2026-11-02 09:00", "S" * 20 + "W" * 10 + "S" * 10 + "?" * 5)
    rows["steps"][20:30] = 7
    events = [reminder(at("2026-11-02 09:10")), reminder(at("2026-11-02 09:35"))]
    days = summaries(rows, events, BERLIN, FIRST, FIRST)
    assert trend(days, measure).values[0] == pytest.approx(value)


def test_days_over_a_clock_change_get_their_own_minutes() -> None:
    rows = np.concatenate(
        [minutes("2026-10-24 23:30", "S" * 30), minutes("2026-10-25 00:00", "S" * (25 * 60))]
    )
    days = summaries(rows, [], BERLIN, date(2026, 10, 24), date(2026, 10, 26))
    assert [day.sitting_s for day in days] == [1800, 25 * 3600, 0]


def test_weeks_of_an_office() -> None:
    office = Office(date(2026, 11, 20), 4)
    days = summaries(office.minutes, office.events, BERLIN, date(2026, 10, 26), date(2026, 11, 22))
    assert sum(day.worn_s > 0 for day in days) == 20
    assert sum(len(day.reminders) for day in days) == sum(e.code == 4 for e in office.events)
    assert sum(day.recorded_s for day in days) == 60 * len(office.minutes)


def test_the_ordinary_band_is_numpys_percentile_of_the_days_before() -> None:
    random = np.random.default_rng(7)
    values = random.normal(100, 20, 90)
    values[random.random(90) < 0.4] = np.nan
    low, high = trends._ordinary(values)
    mean = trends._rolling_mean(values)
    for day in range(90):
        before = values[max(0, day - 28) : day]
        before = before[~np.isnan(before)]
        wanted = np.percentile(before, (10, 90)) if len(before) >= 5 else (np.nan, np.nan)
        np.testing.assert_allclose((low[day], high[day]), wanted)
        week = values[max(0, day - 6) : day + 1]
        week = week[~np.isnan(week)]
        np.testing.assert_allclose(mean[day], week.mean() if len(week) >= 3 else np.nan)
