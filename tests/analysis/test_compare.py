"""Two periods: the interval is Welch's, holds what it promises, and widens for days alike."""

import numpy as np
import pytest
from plumbline.analysis.compare import autocorrelation, difference, student_t
from scipy import stats

NAN = np.nan


def test_quantiles_of_student_are_scipys() -> None:
    for freedom in (1, 2, 3, 4, 5.5, 8, 12.3, 30, 200):
        for p in (0.9, 0.95, 0.975):
            assert student_t(p, freedom) == pytest.approx(stats.t.ppf(p, freedom), rel=0.005)
    assert student_t(0.975, 2.9) >= stats.t.ppf(0.975, 2.9)
    assert student_t(0.975, 1.5) >= stats.t.ppf(0.975, 1.5)


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_is_welchs_where_days_are_independent(seed: int) -> None:
    random = np.random.default_rng(seed)
    first, second = random.normal(6, 1, 25), random.normal(5, 2, 12)
    first[3::5] = NAN
    kept = first[~np.isnan(first)]
    # Far apart, no day follows another: the autocorrelation is none.
    spread = [np.full(len(values) * 5, NAN) for values in (first, second)]
    for wide, values in zip(spread, (first, second), strict=True):
        wide[::5] = values
    found = difference(*spread)
    welch = stats.ttest_ind(second, kept, equal_var=False).confidence_interval(0.95)
    assert found.autocorrelation == 0
    assert (found.low, found.high) == pytest.approx((welch.low, welch.high), rel=0.005)
    assert found.means == pytest.approx((kept.mean(), second.mean()))
    assert found.days == (20, 12)


def test_nineteen_of_twenty_intervals_hold_the_truth_also_of_days_alike() -> None:
    random = np.random.default_rng(7)
    held = plain = 0
    for _n in range(600):
        noise = random.normal(0, 1, (2, 60))
        for n in range(1, 60):
            noise[:, n] += 0.5 * noise[:, n - 1]
        found = difference(noise[0, 20:], noise[1, 20:] + 1)
        held += found.low <= 1 <= found.high
        welch = stats.ttest_ind(noise[1, 20:] + 1, noise[0, 20:], equal_var=False)
        interval = welch.confidence_interval(0.95)
        plain += interval.low <= 1 <= interval.high
    assert held / 600 > 0.91
    assert plain / 600 < 0.8  # what it would be without the correction


def test_other_days_help_to_tell_how_much_days_are_alike() -> None:
    first = np.array([0.0, 1.0, 0.5, 1.0, 0.0])
    second = first + 3
    alike = np.repeat([0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0], 20)
    apart = np.tile([0.0, 1.0], 80)
    wide, narrow = (difference(first, second, others) for others in (alike, apart))
    assert narrow.autocorrelation == 0 < wide.autocorrelation
    assert wide.low < narrow.low < narrow.high < wide.high


def test_a_shift_is_told_from_chance() -> None:
    first = np.tile([5.0, 6.0, 5.5, 6.5, 5.2], 4)
    assert difference(first, first + 1).clear
    assert difference(first, first + 1).value == pytest.approx(1)
    assert not difference(first, first + 0.01).clear


def test_too_few_days_have_means_and_no_interval() -> None:
    found = difference(np.array([1.0, NAN, 3.0]), np.array([4.0, 4.0, 4.0]))
    assert found.value == 2
    assert np.isnan([found.low, found.high]).all()
    assert not found.clear
    nothing = difference(np.array([NAN]), np.array([]))
    assert np.isnan(nothing.value)
    assert nothing.days == (0, 0)


def test_days_that_do_not_vary() -> None:
    found = difference(np.full(5, 2.0), np.full(5, 3.0))
    assert (found.low, found.value, found.high) == (1, 1, 1)


def test_autocorrelation_passes_over_weekends_and_never_falls_below_none() -> None:
    line = np.arange(20.0)
    weeks = np.where(np.arange(20) % 7 < 5, line, NAN)
    assert autocorrelation([line]) > 0.7
    assert autocorrelation([weeks]) > 0.6
    assert autocorrelation([np.tile([0.0, 1.0], 10)]) == 0
    assert autocorrelation([np.full(9, 2.0)]) == 0
    assert autocorrelation([np.array([NAN, 1.0])]) == 0
