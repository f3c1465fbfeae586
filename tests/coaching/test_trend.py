"""The trend of some days: its slope, its interval, and what an odd day does to it."""

import numpy as np
import pytest
from plumbline.coaching.student import student_above
from plumbline.coaching.trend import ALPHA, slope

from tests.coaching.make import day


def dated(values: "list[float] | np.ndarray") -> list[tuple[object, float]]:
    return [(day(n), float(value)) for n, value in enumerate(values)]


def test_one_odd_day_hardly_moves_a_slope() -> None:
    series = dated(list(range(21)))
    found = slope(series, 21)
    assert found is not None
    assert (found.change, found.days) == (pytest.approx(21), 21)
    assert found.low == pytest.approx(21)
    assert found.rises
    odd = slope([*series[:10], (day(10), 50.0), *series[11:]], 21)
    assert odd is not None
    assert odd.change == pytest.approx(21, abs=0.5)
    assert odd.rises
    assert slope(series[:4], 21) is None
    flat = slope(dated([4.0] * 21), 21)
    assert flat is not None
    assert not flat.rises
    assert not flat.falls


def test_an_odd_last_day_makes_no_trend() -> None:
    found = slope(dated([4.0, 5.0] * 10 + [10.0]), 21)
    assert found is not None
    assert not found.rises


def test_where_days_are_far_apart_the_slope_and_its_interval_are_between_scipys() -> None:
    """Another's reckoning: `theilslopes` (Sen 1968) and `linregress` (least squares)."""
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(3)
    for _n in range(3):
        values, days = rng.normal(5, 1, 30), np.arange(30) * 40
        series = [(day(int(d)), float(v)) for d, v in zip(days, values, strict=True)]
        ours = slope(series, 1)
        assert ours is not None
        line = stats.linregress(days, values)
        slopes = [stats.theilslopes(values, days).slope, line.slope]
        assert ours.change == pytest.approx(sum(slopes) / 2, abs=0.3 * line.stderr)
        far = stats.t.isf(ALPHA, 28) * line.stderr
        assert ours.high - ours.change == pytest.approx(far, rel=0.25)
        assert ours.change - ours.low == pytest.approx(far, rel=0.25)


def test_days_like_the_day_before_widen_the_interval() -> None:
    rng = np.random.default_rng(5)
    noise = rng.normal(0, 1, 21)
    alike = [noise[0]]
    for each in noise[1:]:
        alike.append(0.9 * alike[-1] + each)
    found, other = slope(dated(np.sort(noise)[rng.permutation(21)]), 21), slope(dated(alike), 21)
    assert found is not None
    assert other is not None
    wide = (other.high - other.low) / np.std(np.array(alike))
    assert wide > 1.5 * (found.high - found.low) / np.std(noise)


def test_scores_that_are_the_same_tell_once() -> None:
    values = list(np.random.default_rng(7).integers(3, 7, 21).astype(float))
    once, twice = slope(dated(values), 21, [values]), slope(dated(values), 21, [values, values])
    assert once == twice == slope(dated(values), 21)


def test_students_distribution_is_scipys() -> None:
    stats = pytest.importorskip("scipy.stats")
    t = np.linspace(-8, 8, 33)
    for df in (1, 2, 3, 4, 7, 19):
        assert student_above(t, df) == pytest.approx(stats.t.sf(t, df))


def test_one_step_of_a_point_is_a_change_of_a_point() -> None:
    """The fitted line alone would make one and a half of it."""
    found = slope(dated([4.0] * 10 + [5.0] * 11), 21)
    assert found is not None
    assert 1.0 <= found.change < 1.3
