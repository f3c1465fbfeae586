"""Sums and features: what they measure, what they do not depend on, and gaps."""

import math
from array import array

import numpy as np
import pytest
from beltcore import motion
from beltcore.features import COUNT, DELAY, NAMES, Window, byte, cosine, cosine_square, log8, tilt
from beltcore.motion import PAIRS, Motion

from tests.core import played
from tests.core.played import Floats

G = 4098
UPRIGHT = array("h", [0, 0, 4 * G] * 52)


def block(acc: Floats, rate: Floats | None = None) -> "array[int]":
    """52 samples of acceleration and rate (52, 3), counts."""
    rates = np.zeros((52, 3)) if rate is None else rate
    return played.block(np.hstack([acc, rates]).round().astype(np.int64))


def still() -> Floats:
    return np.tile([0.0, 0.0, G], (52, 1))


def described(blocks: list["array[int]"]) -> dict[str, int]:
    """The features of the second DELAY before the last, by name."""
    window = Window()
    for samples in blocks:
        known = window.add(samples, UPRIGHT)
    assert known
    return dict(zip(NAMES, window.features, strict=True))


@pytest.mark.parametrize("value", [0, 1, 2, 3, 7, 100, 4097, 10**6, (1 << 29) + 5, (1 << 30) - 2])
def test_log8_is_eight_logarithms(value: int) -> None:
    assert abs(log8(value) - 8 * math.log2(value + 1)) < 1.7


def test_log8_never_falls() -> None:
    steps = [log8(value) for value in range(5000)]
    assert steps == sorted(steps)
    assert steps[0] == 0


def test_cosines() -> None:
    assert cosine(10**6, 10**6, 10**6) > 250
    assert cosine(0, 10**6, 10**6) == 128
    assert cosine(-(10**6), 10**6, 10**6) < 8
    assert cosine_square(10**6, 0, 10**6, 10**6) > 250
    assert cosine_square(0, 0, 0, 0) == 0
    assert byte(-5) == 0
    assert byte(300) == 255


@pytest.mark.parametrize(("degrees", "expected"), [(0, 0), (30, 63), (90, 126), (150, 255 - 63)])
def test_tilt(degrees: int, expected: int) -> None:
    x, z = (round(26 * 4096 * f(math.radians(degrees))) for f in (math.sin, math.cos))
    assert abs(tilt(x, 0, z) - expected) <= 1
    assert tilt(0, x, z) == tilt(x, 0, z)


def test_a_swing_up_and_down_is_vertical_energy_alone() -> None:
    swing = still()
    swing[:, 2] += np.rint(800 * np.sin(np.arange(52) * 2 * np.pi * 2 / 52))
    core = Motion()
    core.add(block(swing), UPRIGHT)
    assert core.row[motion.VV] == pytest.approx(PAIRS * (800 / 4) ** 2 / 2, rel=0.05)
    assert core.row[motion.HH] == core.row[motion.PP] == core.row[motion.WW] == 0
    assert core.row[motion.EZ] == pytest.approx(PAIRS * 4096, abs=PAIRS * 4)


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_the_belts_turn_about_the_body_changes_nothing(quarter: int) -> None:
    samples = played.counts(played.WALK)[52 * 60 : 52 * 72, [2, 1, 0, 5, 4, 3]]
    samples[:, [2, 5]] *= -1  # any right-handed axes with the third one up
    turn = np.linalg.matrix_power(np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]]), quarter)
    turned = np.hstack([samples[:, :3] @ turn.T, samples[:, 3:] @ turn.T])
    one, other = Window(), Window()
    ups = array("h", [1000, -400, 4 * G] * 52)
    x, y, _ = turn @ np.array([1000, -400, 0])
    turned_ups = array("h", [int(x), int(y), 4 * G] * 52)
    for at in range(0, len(samples), 52):
        known = one.add(played.block(samples[at : at + 52]), ups)
        other.add(played.block(turned[at : at + 52]), turned_ups)
        if known:
            apart = np.array(list(one.features)) - np.array(list(other.features))
            assert abs(apart).max() <= 2


@pytest.mark.parametrize(
    ("metres", "name"), [(0.35, "rise_5s"), (-0.35, "rise_5s"), (-0.3, "rise_3s")]
)
def test_a_rise_is_told_in_metres(metres: float, name: str) -> None:
    seconds = 1.5  # of a smooth rise, in the middle of five seconds
    t = np.arange(5 * 52) / 52 - 2.5
    inside = abs(t) < seconds / 2
    g = metres * 2 * np.pi / seconds**2 * np.sin(2 * np.pi * (t / seconds + 0.5)) * inside / 9.81
    acc = np.zeros((5 * 52, 3))
    acc[:, 2] = G * (1 + g)
    told = described([block(acc[at : at + 52]) for at in range(0, 260, 52)])
    assert (told[name] - 128) * 0.0073 == pytest.approx(metres, rel=0.1)


def test_a_bow_is_a_hump_of_tilt() -> None:
    window = Window()
    for degrees in (0, 20, 60, 20, 0):
        up = [round(4 * G * f(math.radians(degrees))) for f in (math.sin, math.sin, math.cos)]
        up[1] = 0
        window.add(block(still()), array("h", up * 52))
    told = dict(zip(NAMES, window.features, strict=True))
    assert told["tilt_before"] == told["tilt_after"] == 0
    assert told["tilt_hump"] > 100
    assert told["tilt_change_wide"] < 30


def test_a_gap_is_not_described_and_not_bridged() -> None:
    window = Window()
    calm = block(still())
    told = [window.add(calm, UPRIGHT) for _ in range(5)]
    told += [window.missing(), window.missing()]
    for _ in range(5):
        told.append(window.add(calm, UPRIGHT))
    assert told == [False] * DELAY + [True] * 5 + [False] * 2 + [True] * 3
    assert window.features[NAMES.index("v_jerk")] == 0


def test_after_a_gap_no_difference_reaches_back() -> None:
    shaken = np.random.default_rng(1).normal(0, 3000, (52, 3))
    core, fresh = Motion(), Motion()
    core.add(block(shaken), UPRIGHT)
    core.forget()
    core.add(block(still()), UPRIGHT)
    fresh.add(block(still()), UPRIGHT)
    assert core.row == fresh.row


def test_every_feature_has_a_name() -> None:
    assert len(set(NAMES)) == len(NAMES) == COUNT
