"""Inclination against optical motion capture, against its float twin, and when sensors fail."""

from array import array

import numpy as np
import pytest
from beltcore.inclination import STATE_SIZE, UP_ONE_G, Inclination
from beltcore.watch import (
    FAULT_ACC_RAIL,
    FAULT_ACC_STUCK,
    FAULT_GYRO_RAIL,
    FAULT_GYRO_STUCK,
)

from tests.core import played
from tests.core.played import FAST, MAGNET, angle_deg, counts, filtered, still, tilting, truth
from training.float_inclination import FloatInclination

X_UP = np.array([1, 0, 0])


def by_second(core: Inclination, samples: played.Counts) -> tuple[list[float], list[int]]:
    """The angle to x-up at the end of each second, and the fault then."""
    angles, faults = [], []
    for at in range(0, len(samples), 52):
        ups = filtered(core, samples[at : at + 52])
        angles.append(float(angle_deg(ups[-1], X_UP)))
        faults.append(core.fault)
    return angles, faults


@pytest.mark.parametrize(("name", "most_deg"), [(FAST, 1.15), (MAGNET, 0.55)])
def test_error_against_motion_capture(name: str, most_deg: float) -> None:
    """VQF: 3.34 and 1.12 degrees on the same recordings."""
    ups = filtered(Inclination(), counts(name))
    error = angle_deg(ups, truth(name).up)[truth(name).scored]
    assert np.sqrt(np.mean(error**2)) < most_deg


@pytest.mark.parametrize("name", [FAST, MAGNET])
def test_integers_follow_the_float_twin(name: str) -> None:
    off = angle_deg(filtered(Inclination(), counts(name)), FloatInclination().run(counts(name)))
    assert np.sqrt(np.mean(off**2)) < 0.02
    assert off.max() < 0.05


def test_the_rotation_is_exact_at_the_fastest_turn() -> None:
    """Thrown into the air (no acceleration) at 2000 deg/s: four turns on the gyro alone."""
    n = 39
    angle = np.radians(2000) / 52 * np.arange(1, n + 1)
    thrown = np.zeros((n, 6), np.int64)
    thrown[:, 4] = 28570
    ups = filtered(Inclination(), np.vstack([still(6), thrown]))[-n:]
    true = np.stack([np.cos(angle), 0 * angle, np.sin(angle)], 1)
    assert angle_deg(ups, true).max() < 0.7, "of 1500 degrees"


def test_up_vectors_have_the_length_of_one_g() -> None:
    core = Inclination()
    ups = filtered(core, still(5))
    assert abs(np.linalg.norm(ups[-1]) - UP_ONE_G) < 20
    assert list(core.up) == ups[-1].tolist()


@pytest.mark.parametrize("size", [1, 7, 51, 53, 312])
def test_any_cut_into_blocks_gives_the_same(size: int) -> None:
    samples = counts(FAST)[: 52 * 40]
    assert np.array_equal(
        filtered(Inclination(), samples, size), filtered(Inclination(), samples, 52)
    )


@pytest.mark.parametrize("cut", [1, 52, 52 * 20 + 17, 52 * 55 + 40])
def test_save_and_restore_goes_on(cut: int) -> None:
    """A belt that resets within a second, at rest or in motion, loses nothing."""
    samples = counts(FAST)[: 52 * 60]
    whole = Inclination()
    expected = filtered(whole, samples)
    first = Inclination()
    filtered(first, samples[:cut])
    saved = array("i", bytes(4 * (STATE_SIZE + 2)))
    first.save(saved, 2)
    second = Inclination()
    second.restore(saved, 2)
    assert list(second.up) == list(first.up)
    assert np.array_equal(filtered(second, samples[cut:]), expected[cut:])
    assert list(second.up) == list(whole.up)


@pytest.mark.parametrize("cut", [52 * 6, 52 * 6 + 20, 52 * 7])
def test_save_and_restore_goes_on_while_the_sensor_fails(cut: int) -> None:
    """Rails and a stuck gyro are remembered too."""
    broken = still(2)
    broken[:, :3] = (32767, -32768, 32767)
    broken[:, 3:] = 20000
    samples = np.vstack([still(5), broken, tilting(10, 40.0, 3.0)])
    expected = filtered(Inclination(), samples)
    first, second = Inclination(), Inclination()
    filtered(first, samples[:cut])
    saved = array("i", bytes(4 * STATE_SIZE))
    first.save(saved)
    second.restore(saved)
    assert second.fault == first.fault
    assert np.array_equal(filtered(second, samples[cut:]), expected[cut:])


def test_a_start_in_the_middle_of_fast_motion_finds_up_within_two_seconds() -> None:
    """Wherever the filter starts in 120 s of fast motion (0.7 g, 400 deg/s rms)."""
    samples, up = counts(FAST), truth(FAST).up
    moving = np.flatnonzero(truth(FAST).scored)
    errors = []
    for start in moving[: -52 * 5 : 52 * 4]:
        ups = filtered(Inclination(), samples[start : start + 104])
        errors.append(angle_deg(ups[-1], up[start + 103]))
    assert np.median(errors) < 5.0
    assert max(errors) < 15.0


def test_a_start_at_rest_is_right_at_once() -> None:
    ups = filtered(Inclination(), still(2, up=(-1200, 3000, 2500)))
    assert angle_deg(ups[0], np.array([-1200, 3000, 2500])) < 0.2
    assert angle_deg(ups[-1], np.array([-1200, 3000, 2500])) < 0.05


def test_the_bias_is_learnt_at_rest() -> None:
    """4 deg/s about each axis; the first second of rest removes nearly all of it."""
    bias = (57, -57, 57)
    angles, _ = by_second(Inclination(), still(20, rate=bias))
    assert angles[0] > 1.5
    assert max(angles[8:]) < 0.7
    assert max(angles[14:]) < 0.1


def test_the_bias_is_learnt_without_rest() -> None:
    """1 deg/s on a belt that never rests: 40 degrees to and fro every three seconds."""
    samples = tilting(400, 40.0, 3.0)
    samples[:, 3] += 14
    samples[:, 5] -= 14
    ups = filtered(Inclination(), samples)
    t = np.arange(len(ups)) / 52
    angle = np.radians(40) * np.sin(2 * np.pi * t / 3.0)
    error = angle_deg(ups, np.stack([np.cos(angle), 0 * t, np.sin(angle)], 1))
    assert error[52 * 8 : 52 * 12].mean() > 2.0
    assert error[-52 * 30 :].mean() < 1.0


def test_a_reset_keeps_the_bias() -> None:
    core = Inclination()
    by_second(core, still(20, rate=(57, -57, 57)))
    core.reset()
    assert list(core.up) == [0, 0, 0]
    angles, _ = by_second(core, still(3, rate=(57, -57, 57), seed=2))
    assert max(angles) < 0.2


def test_a_slow_steady_turn_is_no_bias() -> None:
    """On a turntable at 6 deg/s, as still as at rest but too fast for any sensor's bias."""
    core = Inclination()
    filtered(core, still(20, rate=(86, 0, 0)))
    core.reset()
    angles = angle_deg(filtered(core, still(3, up=(0, 4098, 0))), np.array([0, 1, 0]))
    assert angles.max() < 0.2


@pytest.mark.parametrize("stuck", [(2857, 1000, 0), (-32768, -32768, -32768), (0, -30000, 5)])
def test_a_stuck_gyro_is_noticed_and_left_out(stuck: tuple[int, int, int]) -> None:
    """Ten seconds of the same word; up is back within two seconds and stays."""
    broken = still(10)
    broken[:, 3:] = stuck
    angles, faults = by_second(Inclination(), np.vstack([still(10), broken, still(10)]))
    assert faults[9] == 0
    assert all(fault & FAULT_GYRO_STUCK for fault in faults[10:20])
    assert faults[20:] == [0] * 10
    assert max(angles[11:]) < 2.0
    assert max(angles[13:]) < 0.5


def test_a_dead_gyro_on_a_swinging_belt_is_noticed() -> None:
    dead = tilting(10, 40.0, 3.0)
    dead[:, 3:] = 0
    _, faults = by_second(Inclination(), np.vstack([still(5), dead]))
    assert faults[:5] == [0] * 5
    assert all(fault == FAULT_GYRO_STUCK for fault in faults[5:])


def test_a_silent_gyro_on_a_belt_at_rest_is_no_fault() -> None:
    samples = still(10)
    samples[:, 3:] = 0
    _, faults = by_second(Inclination(), samples)
    assert faults == [0] * 10


def test_a_saturated_gyro_is_recovered_from() -> None:
    spun = still(1)
    spun[:, 3:] = 28571
    angles, faults = by_second(Inclination(), np.vstack([still(10), spun, still(10)]))
    assert faults[10] & FAULT_GYRO_RAIL
    assert faults[11:] == [0] * 10
    assert angles[10] > 10
    assert max(angles[12:]) < 1.0


def test_a_saturated_accelerometer_is_recovered_from() -> None:
    struck = still(2)
    struck[:, :3] = (32767, -32768, 32767)
    angles, faults = by_second(Inclination(), np.vstack([still(10), struck, still(12)]))
    assert [fault & FAULT_ACC_RAIL for fault in faults[10:13]] == [1, 1, 0]
    assert angles[11] > 20
    assert max(angles[15:]) < 6.0
    assert max(angles[20:]) < 1.0


def test_a_knock_is_no_fault() -> None:
    """Twelve samples at the rails, there and back, as a hard landing gives."""
    knocked = still(20)
    knocked[525:531, :3] = 32767
    knocked[531:537, :3] = -32768
    angles, faults = by_second(Inclination(), knocked)
    assert faults == [0] * 20
    assert max(angles[18:]) < 1.0


def test_a_stuck_accelerometer_is_noticed() -> None:
    broken = still(5)
    broken[:, :3] = (4000, 30, -7)
    _, faults = by_second(Inclination(), np.vstack([still(5), broken, still(2)]))
    assert faults == [0] * 5 + [FAULT_ACC_STUCK] * 5 + [0] * 2


def test_free_fall_leaves_up_where_it_was() -> None:
    falling = still(1, up=(0, 0, 0))
    angles, _ = by_second(Inclination(), np.vstack([still(10), falling, still(3)]))
    assert max(angles[10:]) < 1.0
