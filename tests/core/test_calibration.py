"""The guided calibration, with a wearer of formulas at many mountings and with people."""

from array import array

import numpy as np
import pytest
from beltcore.calibration import BOW_PATIENCE_S, PATIENCE_S, Calibration
from beltcore.mounting import DEFAULT, Mounting
from beltcore.stillness import SECONDS, UNSTIRRED_SECONDS, is_quiet
from beltwire import codes
from scipy.spatial.transform import Rotation

from tests.core import played
from tests.core.wearer import Wearer, turn_of

DONE, FAILED = codes.CALIBRATION_DONE, codes.CALIBRATION_FAILED
STAND, BOW, SIT = codes.STEP_STAND, codes.STEP_BOW, codes.STEP_SIT
MOUNTINGS = [*Rotation.create_group("O").as_matrix(), *Rotation.random(12, rng=9).as_matrix()]
ENOUGH = 1 + UNSTIRRED_SECONDS
"""Seconds of standing still from the beginning: the first is under way when the step begins."""
ONE = Rotation.from_euler("zyx", [20, 80, 15], degrees=True).as_matrix()


def sit(wearer: Wearer, calibration: Calibration, flexion_deg: float) -> int:
    """Move to this flexion and keep it."""
    samples = np.vstack([wearer.move(0.0, flexion_deg), wearer.hold(4, flexion_deg)])
    return wearer.guide(calibration, SIT, samples)


def calibrated(wearer: Wearer) -> Calibration:
    """Through all three steps."""
    calibration = Calibration(Mounting())
    assert wearer.guide(calibration, STAND, wearer.hold(ENOUGH)) == DONE
    assert wearer.guide(calibration, BOW, np.vstack([wearer.bow(), wearer.hold(1)])) == DONE
    assert sit(wearer, calibration, -8.0) == DONE
    wearer.seconds(wearer.move(-8.0, 0.0))
    return calibration


@pytest.mark.parametrize("matrix", MOUNTINGS)
def test_any_mounting_is_found(matrix: np.ndarray) -> None:
    """All 24 right-angled ones and arbitrary ones: within a quarter of a degree."""
    calibration = calibrated(Wearer(matrix))
    assert turn_of(calibration, matrix) < 0.25
    assert abs(calibration.seated_cdeg + 800) < 30
    assert abs(calibration.seated_lateral_cdeg) < 30
    assert calibration.quality > 85


@pytest.mark.parametrize("matrix", MOUNTINGS[::5])
def test_sitting_may_come_before_the_bow(matrix: np.ndarray) -> None:
    """The seat is measured again once forward is known: by the bow, or by walking."""
    wearer = Wearer(matrix)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    assert sit(wearer, calibration, -8.0) == DONE
    wearer.seconds(wearer.move(-8.0, 0.0))
    assert wearer.guide(calibration, BOW, np.vstack([wearer.bow(), wearer.hold(1)])) == DONE
    assert abs(calibration.seated_cdeg + 800) < 30
    assert abs(calibration.seated_lateral_cdeg) < 30
    assert calibration.quality > 85
    assert turn_of(calibration, matrix) < 0.25


def test_the_seat_follows_the_forward_of_walking() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    sit(wearer, calibration, -8.0)
    calibration.found_forward(array("i", np.rint(16384 * ONE[0]).astype(int).tolist()), 90)
    assert abs(calibration.seated_cdeg + 800) < 30


def test_progress_is_what_has_been_seen_of_a_step() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    calibration.begin(STAND)
    seen = []
    for words, ups in wearer.seconds(np.vstack([wearer.move(40.0, 0.0), wearer.hold(4)])):
        seen.append(calibration.progress)
        calibration.add(words, 52, ups)
    assert seen == [0, 0, 0, 33, 66, 100]
    calibration.begin(BOW)
    assert calibration.progress == 0
    for words, ups in wearer.seconds(wearer.move(0.0, 12.0)):
        calibration.add(words, 52, ups)
    assert 30 < calibration.progress < 60
    for words, ups in wearer.seconds(wearer.move(12.0, 40.0)):
        calibration.add(words, 52, ups)
    assert calibration.progress == 80  # what is left is to come up again


def test_standing_alone_gives_up_but_no_forward() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    assert wearer.guide(calibration, STAND, wearer.hold(ENOUGH)) == DONE
    assert 50 <= calibration.quality <= 60
    assert np.abs(np.array(calibration.mounting.rows[6:9]) / 16384 - ONE[2]).max() < 0.005
    assert calibration.seated_cdeg == codes.NO_ANGLE


def test_a_wearer_who_moves_is_refused_and_told_why() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    swaying = wearer.lean(15 * np.sin(np.arange(52 * 20) / 9))
    assert wearer.guide(calibration, STAND, swaying) == FAILED
    assert calibration.reason == codes.REASON_MOVED
    assert not calibration.calibrated
    assert list(calibration.mounting.rows) == list(DEFAULT)


def test_a_wearer_may_first_come_to_rest() -> None:
    wearer = Wearer(ONE)
    swaying = wearer.lean(15 * np.sin(np.arange(52 * (PATIENCE_S - 3)) / 9))
    calibration = Calibration(Mounting())
    assert wearer.guide(calibration, STAND, np.vstack([swaying, wearer.hold(SECONDS)])) == DONE


def test_a_slow_drift_is_movement() -> None:
    """6 degrees a second passes every limit of a single second."""
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    drifting = wearer.lean(np.arange(52 * PATIENCE_S) * 6 / 52)
    assert is_quiet(played.block(drifting[:52]), 52)
    assert wearer.guide(calibration, STAND, drifting) == FAILED
    assert calibration.reason == codes.REASON_MOVED


def test_turning_on_the_spot_is_movement() -> None:
    """30 deg/s about the vertical, which no accelerometer feels."""
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    turning = wearer.hold(PATIENCE_S)
    turning[:, 3:] += np.rint(ONE[2] * 30 / 0.070).astype(int)
    assert wearer.guide(calibration, STAND, turning) == FAILED
    assert calibration.reason == codes.REASON_MOVED


def test_no_gravity_is_a_sensor_fault() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    dead = wearer.hold(PATIENCE_S)
    dead[:, :3] = 0
    assert wearer.guide(calibration, STAND, dead) == FAILED
    assert calibration.reason == codes.REASON_NO_SENSOR


@pytest.mark.parametrize("step", [BOW, SIT])
def test_the_other_steps_come_after_standing(step: int) -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    assert wearer.guide(calibration, step, wearer.hold(2)) == FAILED
    assert calibration.reason == codes.REASON_NOT_UPRIGHT


@pytest.mark.parametrize("depth_deg", [0.0, 12.0, 17.5])
def test_no_bow_is_told(depth_deg: float) -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    before = list(calibration.mounting.rows)
    nodding = np.vstack([wearer.bow(depth_deg) for _ in range(6)])
    assert wearer.guide(calibration, BOW, nodding) == FAILED
    assert calibration.reason == codes.REASON_NO_BOW
    assert list(calibration.mounting.rows) == before


def test_who_is_never_as_upright_as_when_standing_is_told_that_and_not_of_the_bow() -> None:
    """The standing was measured in another pose, or the wearer has not stood up."""
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    wearer.seconds(np.vstack([wearer.move(0.0, 25.0), wearer.hold(6, 25.0)]))
    assert wearer.guide(calibration, BOW, wearer.hold(BOW_PATIENCE_S, 25.0)) == FAILED
    assert calibration.reason == codes.REASON_NOT_UPRIGHT


def test_a_bow_counts_only_when_upright_again() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    down = wearer.bow()[:104]
    assert wearer.guide(calibration, BOW, down) == codes.CALIBRATION_COLLECTING


def test_rising_from_a_seat_that_tips_the_belt_back_is_no_bow() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    sit(wearer, calibration, -30.0)
    rising = np.vstack([wearer.hold(2, -30.0), wearer.move(-30.0, 0.0), wearer.hold(2)])
    assert wearer.guide(calibration, BOW, rising) == codes.CALIBRATION_COLLECTING
    bowing = wearer.seconds(np.vstack([wearer.bow(), wearer.hold(1)]))
    assert [calibration.add(words, 52, ups) for words, ups in bowing][-1] == DONE
    assert turn_of(calibration, ONE) < 0.5


def test_a_crooked_bow_is_worth_less() -> None:
    straight = calibrated(Wearer(ONE))
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    phase = np.arange(208) / 208
    round_about = wearer.lean(25 * (1 - np.cos(2 * np.pi * phase)), 30 * np.sin(2 * np.pi * phase))
    assert wearer.guide(calibration, BOW, np.vstack([round_about, wearer.hold(1)])) == DONE
    sit(wearer, calibration, -8.0)
    assert calibration.quality < straight.quality - 10


def test_lying_down_is_no_seat() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    assert sit(wearer, calibration, -85.0) == FAILED
    assert calibration.reason == codes.REASON_NOT_UPRIGHT
    assert calibration.seated_cdeg == codes.NO_ANGLE


def test_a_belt_upside_down_is_recognised_and_still_right() -> None:
    """Turned by half about the forward axis, the board's face still outward."""
    calibration = calibrated(Wearer(ONE))
    assert not calibration.upside_down
    over = np.diag([1.0, -1.0, -1.0]) @ ONE
    wearer = Wearer(over)
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    assert calibration.upside_down
    assert turn_of(calibration, over) < 0.5


def test_a_belt_turned_round_is_recognised_by_the_bow() -> None:
    calibration = calibrated(Wearer(ONE))
    round_ = np.diag([-1.0, -1.0, 1.0]) @ ONE
    wearer = Wearer(round_)
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    assert not calibration.upside_down
    wearer.guide(calibration, BOW, np.vstack([wearer.bow(), wearer.hold(1)]))
    assert calibration.turned
    assert turn_of(calibration, round_) < 0.5


def test_walking_gives_forward_where_there_was_no_bow() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    wearer.guide(calibration, STAND, wearer.hold(ENOUGH))
    forward = array("i", np.rint(16384 * ONE[0]).astype(int).tolist())
    assert calibration.found_forward(forward, 90)
    assert turn_of(calibration, ONE) < 0.3
    assert calibration.quality > 80


def test_walking_confirms_a_bow_and_overrules_a_crouch() -> None:
    wearer = Wearer(ONE)
    forward = array("i", np.rint(16384 * ONE[0]).astype(int).tolist())
    calibration = calibrated(wearer)
    before = calibration.quality
    assert not calibration.found_forward(forward, 100)
    assert calibration.quality > before
    crouched = Calibration(Mounting())
    wearer.guide(crouched, STAND, wearer.hold(ENOUGH))
    wearer.guide(crouched, BOW, np.vstack([wearer.bow(-50.0), wearer.hold(1)]))
    assert turn_of(crouched, ONE) > 170
    assert crouched.found_forward(forward, 90)
    assert crouched.turned
    assert turn_of(crouched, ONE) < 0.3


def test_walking_means_nothing_to_an_uncalibrated_belt() -> None:
    calibration = Calibration(Mounting())
    assert not calibration.found_forward(array("i", [0, 16384, 0]), 90)
    assert list(calibration.mounting.rows) == list(DEFAULT)


@pytest.mark.parametrize("quality", [0, 37, 60, 74, 90, 100])
def test_a_stored_calibration_comes_back(quality: int) -> None:
    first = calibrated(Wearer(ONE))
    second = Calibration(Mounting())
    second.restore(first.mounting.rows, quality, first.seated_cdeg)
    assert second.calibrated
    assert list(second.mounting.rows) == list(first.mounting.rows)
    assert second.seated_cdeg == first.seated_cdeg
    assert abs(second.quality - quality) <= 1


def test_cancelling_stops_collecting() -> None:
    wearer = Wearer(ONE)
    calibration = Calibration(Mounting())
    calibration.begin(STAND)
    calibration.cancel()
    for words, ups in wearer.seconds(wearer.hold(3)):
        assert calibration.add(words, 52, ups) == codes.CALIBRATION_IDLE
    assert not calibration.calibrated


def test_an_unknown_step_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="step"):
        Calibration(Mounting()).begin(9)


@pytest.mark.parametrize("name", played.PEOPLE)
def test_people_who_stand_pass_and_people_who_walk_do_not(name: str, root: object) -> None:
    """Two-second windows of labelled standing and walking."""
    samples = played.counts(played.person(name))
    labels = np.genfromtxt(
        played.ROOT / "data/recordings/labels.csv",
        delimiter=",",
        names=True,
        dtype=None,
        encoding="utf-8",
    )
    passed: dict[str, list[bool]] = {"standing": [], "walking": []}
    for row in labels[labels["recording"] == name]:
        if row["activity"] in passed:
            for at in range(int(52 * (row["start_s"] + 1)), int(52 * (row["end_s"] - 3)), 104):
                halves = (samples[at : at + 52], samples[at + 52 : at + 104])
                still = all(is_quiet(played.block(half), 52) for half in halves)
                passed[row["activity"]].append(still)
    assert np.mean(passed["standing"]) > 0.6
    assert not any(passed["walking"])
