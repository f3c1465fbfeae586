"""What walking tells: forward, a belt the wrong way round, a shift; by formulas and by people."""

from array import array

import numpy as np
import pytest
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from beltcore.walking import (
    FORWARD_FOUND,
    NOTHING,
    SHIFTED,
    STATE_SIZE,
    TURNED,
    UPSIDE_DOWN,
    Walk,
)
from scipy.spatial.transform import Rotation

from tests.core import played
from tests.core.wearer import Wearer

ONE = Rotation.from_euler("zyx", [20, 80, 15], degrees=True).as_matrix()
UPSIDE = np.diag([1.0, -1.0, -1.0]) @ ONE
ROUND = np.diag([-1.0, -1.0, 1.0]) @ ONE


def mounted(matrix: np.ndarray) -> Mounting:
    mounting = Mounting()
    mounting.set_rows(array("h", np.rint(16384 * matrix).astype(int).ravel().tolist()))
    return mounting


def events(
    walk: Walk, wearer: Wearer, samples: played.Counts, mounting: Mounting, calibrated: bool = True
) -> list[int]:
    """Everything told while walking."""
    told = [
        walk.add(words, 52, ups, True, mounting, calibrated)
        for words, ups in wearer.seconds(samples)
    ]
    return [event for event in told if event != NOTHING]


@pytest.mark.parametrize("matrix", Rotation.random(10, rng=11).as_matrix())
def test_forward_is_found_at_any_mounting(matrix: np.ndarray) -> None:
    walk = Walk()
    wearer = Wearer(matrix)
    assert events(walk, wearer, wearer.walk(30), Mounting(), False) == [FORWARD_FOUND]
    level = matrix[0] * np.cos(np.radians(3)) + matrix[2] * np.sin(np.radians(3))
    assert played.angle_deg(np.array(walk.forward), level) < 12
    assert walk.quality > 60


def test_twenty_steady_seconds_are_enough_and_needed() -> None:
    wearer = Wearer(ONE)
    walk = Walk()
    assert events(walk, wearer, wearer.walk(22), mounted(ONE)) == []
    assert events(walk, wearer, wearer.walk(1), mounted(ONE)) == [FORWARD_FOUND]


def test_standing_still_and_fidgeting_tell_nothing() -> None:
    """Even when they are called walking."""
    wearer = Wearer(ONE)
    walk = Walk()
    swaying = wearer.lean(10 * np.sin(np.arange(52 * 60) / 11), 8 * np.sin(np.arange(52 * 60) / 7))
    assert events(walk, wearer, wearer.hold(60), mounted(ONE)) == []
    assert events(walk, wearer, swaying, mounted(ONE)) == []
    assert walk.quality == 0


def test_only_walking_counts() -> None:
    wearer = Wearer(ONE)
    walk = Walk()
    for words, ups in wearer.seconds(wearer.walk(60)):
        assert walk.add(words, 52, ups, False, mounted(ONE)) == NOTHING
    assert walk.quality == 0


def test_a_belt_upside_down_is_told_once() -> None:
    wearer = Wearer(UPSIDE)
    told = events(Walk(), wearer, wearer.walk(200), mounted(ONE))
    assert told.count(UPSIDE_DOWN) == 1
    assert SHIFTED not in told


def test_a_belt_turned_round_is_told_once() -> None:
    wearer = Wearer(ROUND)
    assert events(Walk(), wearer, wearer.walk(200), mounted(ONE)) == [TURNED, FORWARD_FOUND]


def test_a_belt_that_sits_well_is_told_nothing() -> None:
    wearer = Wearer(ONE)
    assert events(Walk(), wearer, wearer.walk(300), mounted(ONE)) == [FORWARD_FOUND]


@pytest.mark.parametrize(("angle_deg", "shifted"), [(5.0, False), (12.0, True), (-25.0, True)])
def test_a_shift_is_told_once_by_its_angle(angle_deg: float, shifted: bool) -> None:
    walk = Walk()
    before = Wearer(ONE)
    events(walk, before, before.walk(100), mounted(ONE))
    tilt = Rotation.from_rotvec(np.radians(angle_deg) * np.array([0.0, 1.0, 0.0])).as_matrix()
    after = Wearer(tilt @ ONE)
    told = events(walk, after, after.walk(300), mounted(ONE))
    assert told == ([SHIFTED] if shifted else [])
    assert abs(walk.shift_cdeg - 100 * abs(angle_deg)) < 60


def test_one_odd_walk_is_no_shift() -> None:
    """Thirty seconds uphill, then as before."""
    wearer = Wearer(ONE)
    walk = Walk()
    events(walk, wearer, wearer.walk(40), mounted(ONE))
    assert events(walk, wearer, wearer.walk(30, pitch_deg=15.0), mounted(ONE)) == []
    assert events(walk, wearer, wearer.walk(200), mounted(ONE)) == []


def test_a_calibration_starts_a_new_reference() -> None:
    walk = Walk()
    wearer = Wearer(ONE)
    events(walk, wearer, wearer.walk(100), mounted(ONE))
    walk.rebase()
    assert walk.quality == 0
    assert events(walk, wearer, wearer.walk(200, pitch_deg=15.0), mounted(ONE)) == [FORWARD_FOUND]


@pytest.mark.parametrize("cut", [5, 47, 90])
def test_save_and_restore_goes_on(cut: int) -> None:
    wearer = Wearer(ONE)
    seconds = wearer.seconds(np.vstack([wearer.walk(80), wearer.walk(90, pitch_deg=20.0)]))
    whole, first, second = Walk(), Walk(), Walk()
    expected = [whole.add(words, 52, ups, True, mounted(ONE)) for words, ups in seconds]
    for words, ups in seconds[:cut]:
        first.add(words, 52, ups, True, mounted(ONE))
    saved = array("i", bytes(4 * (STATE_SIZE + 5)))
    first.save(saved, 2)
    second.restore(saved, 2)
    told = [second.add(words, 52, ups, True, mounted(ONE)) for words, ups in seconds[cut:]]
    assert told == expected[cut:]
    assert SHIFTED in told
    assert list(second.forward) == list(whole.forward)


@pytest.mark.parametrize("name", played.PEOPLE)
def test_people_walk_towards_where_they_look_when_they_lie(name: str) -> None:
    """On the back "up" is ahead: the sense is right, the direction within 25 degrees."""
    samples = played.counts(played.person(name))
    labels = np.genfromtxt(
        played.ROOT / "data/recordings/labels.csv",
        delimiter=",",
        names=True,
        dtype=None,
        encoding="utf-8",
    )
    doing = np.full(len(samples) // 52, "", dtype=object)
    for row in labels[labels["recording"] == name]:
        doing[int(np.ceil(row["start_s"])) : int(row["end_s"])] = row["activity"]
    core, walk = Inclination(), Walk()
    sums = {"lying": np.zeros(3), "standing": np.zeros(3)}
    for second, activity in enumerate(doing):
        words = played.block(samples[52 * second : 52 * second + 52])
        ups = array("h", bytes(2 * 156))
        core.update(words, 52, ups)
        walk.add(words, 52, ups, activity == "walking", Mounting(), False)
        if activity in sums:
            sums[activity] += np.array(ups).reshape(-1, 3).mean(0)
    up = sums["standing"] / np.linalg.norm(sums["standing"])
    ahead = sums["lying"] - (sums["lying"] @ up) * up
    assert walk.quality > 40
    assert played.angle_deg(np.array(walk.forward), ahead) < 25
