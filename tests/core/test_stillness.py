"""Whether a pose is kept: slow turns, late and early ones, who fidgets, and people who sit down."""

from array import array
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from beltcore.calibration import PATIENCE_S, Calibration
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from beltcore.stillness import AT_REST_CDEG, MOST_CDEG, Stillness, is_quiet
from beltwire import codes

from tests.core import played
from tests.core.wearer import Wearer

MOVED, NONE = codes.REASON_MOVED, codes.REASON_NONE
DONE, STAND = codes.CALIBRATION_DONE, codes.STEP_STAND
RATE = 52
LATE_S = 3
"""So long a wearer may think before he moves."""


def guided(samples: played.Counts, begin_s: float) -> tuple[Calibration, float]:
    """Standing, begun at a moment of a motion as the belt takes it: whole seconds; when it ended.

    The second under way when the step begins is the first that the calibration gets.
    """
    calibration, core = Calibration(Mounting()), Inclination()
    for at in range(len(samples) // RATE):
        words = played.block(samples[RATE * at : RATE * (at + 1)])
        ups = array("h", bytes(2 * 3 * RATE))
        core.update(words, RATE, ups)
        if at == int(begin_s):
            calibration.begin(STAND)
        if at >= begin_s - 1 and calibration.add(words, RATE, ups) == DONE:
            return calibration, at + 1
    return calibration, at + 1


def off_deg(calibration: Calibration, up: np.ndarray) -> float:
    """How far the measured "up" is from this one."""
    return float(played.angle_deg(np.array(calibration.mounting.rows[6:9]), up))


@pytest.mark.parametrize("turn_deg", [4.0, 10.0, 30.0])
@pytest.mark.parametrize("lasts_s", [2, 4, 7])
def test_a_slow_turn_is_never_measured_half_way(turn_deg: float, lasts_s: int) -> None:
    """Begun before the turn, within it or after it: the pose is where it ends.

    Slower than the body sways, a turn is no turn: its last bit may be left out.
    """
    fast = turn_deg / lasts_s > 1.5
    wearer = Wearer(np.eye(3))
    turn = wearer.move(0.0, turn_deg, lasts_s)
    samples = np.vstack([wearer.hold(9), turn, wearer.hold(20, turn_deg)])
    end = wearer.lean(np.array([turn_deg, turn_deg]))[0, :3]
    for begin_s in np.arange(9 - LATE_S, 9 + lasts_s + 2, 0.5):
        calibration, _ended = guided(samples, begin_s)
        assert calibration.status == DONE
        assert off_deg(calibration, end) < (0.5 if fast else 1.8), begin_s
        assert calibration.quality >= 48


def test_who_stands_still_from_the_beginning_waits_for_five_seconds() -> None:
    """And one who has just arrived for three: he has moved, so he is where he wants to be."""
    wearer = Wearer(np.eye(3))
    assert guided(wearer.hold(20), 4)[1] == 4 + 1 + 5
    arriving = np.vstack([wearer.hold(5), wearer.move(0.0, 20.0), wearer.hold(13, 20.0)])
    assert guided(arriving, 4)[1] == 7 + 3
    jolted = wearer.hold(20)
    jolted[RATE * 6 + 20 : RATE * 6 + 24, :3] += 1500  # back where it was
    assert guided(jolted, 4)[1] == 7 + 3


def test_what_has_been_seen_is_thrown_away_and_said_so() -> None:
    wearer = Wearer(np.eye(3))
    calibration = Calibration(Mounting())
    calibration.begin(STAND)
    seen = []
    motion = [wearer.hold(3), wearer.move(0.0, 8.0, 2), wearer.hold(4, 8.0)]
    for words, ups in wearer.seconds(np.vstack(motion)):
        calibration.add(words, RATE, ups)
        seen.append((calibration.progress, calibration.reason))
    assert seen[:3] == [(0, NONE), (20, NONE), (40, NONE)]
    assert [each for _progress, each in seen[3:5]] == [MOVED, MOVED]
    assert seen[5:8] == [(33, MOVED), (66, NONE), (100, NONE)]
    assert calibration.status == DONE


def test_who_never_keeps_still_is_taken_at_the_quietest_and_told_by_the_quality() -> None:
    """Three degrees there and back in 4 s: no row is ever long enough."""
    wearer = Wearer(np.eye(3))
    calibration = Calibration(Mounting())
    fidgeting = wearer.lean(1.5 * np.sin(2 * np.pi * np.arange(RATE * PATIENCE_S) / RATE / 4))
    assert wearer.guide(calibration, STAND, fidgeting[: RATE * (PATIENCE_S - 1)]) != DONE
    for words, ups in wearer.seconds(fidgeting[-RATE:]):
        calibration.add(words, RATE, ups)
    assert (calibration.status, calibration.reason) == (DONE, NONE)
    assert off_deg(calibration, np.array([0.0, 0.0, 1.0])) < 1.5
    assert 36 < calibration.quality < 48


def test_the_quietest_pose_is_forgotten_when_the_wearer_has_gone_elsewhere() -> None:
    found, wearer = Stillness(), Wearer(np.eye(3))
    found.begin()
    swaying = wearer.lean(1.0 * np.sin(2 * np.pi * np.arange(RATE * 4) / RATE / 4))
    for words, ups in wearer.seconds(swaying):
        assert not found.add(words, RATE, ups)
    assert found.settle()
    quietest = found.drift
    assert AT_REST_CDEG < quietest <= MOST_CDEG
    swaying = wearer.lean(1.4 * np.sin(2 * np.pi * np.arange(RATE * 8) / RATE / 4))
    for words, ups in wearer.seconds(swaying):
        assert not found.add(words, RATE, ups)
    assert found.settle()
    assert found.drift == quietest
    for words, ups in wearer.seconds(wearer.move(0.0, 40.0, 2)):
        assert not found.add(words, RATE, ups)
    assert not found.settle()


def test_named_seconds_need_no_arriving() -> None:
    """Two of them, as `replay --upright` names them: nobody has to come to rest first."""
    wearer = Wearer(np.eye(3))
    calibration = Calibration(Mounting())
    calibration.begin(STAND, known=True)
    for words, ups in wearer.seconds(wearer.hold(2)):
        calibration.add(words, RATE, ups)
    assert calibration.status == DONE


def labelled() -> Iterator[tuple[str, str, float, float, float]]:
    """Each transition between sitting and standing with how long the pose behind it is kept."""
    rows = np.genfromtxt(
        played.ROOT / "data/recordings/labels.csv",
        delimiter=",",
        names=True,
        dtype=None,
        encoding="utf-8",
    )
    for row, after in pairwise(rows):
        if row["activity"] in ("stand_to_sit", "sit_to_stand"):
            assert after["recording"] == row["recording"]
            yield (row["recording"], row["activity"], row["start_s"], row["end_s"], after["end_s"])


@pytest.mark.parametrize("name", played.PEOPLE)
def test_people_who_sit_down_or_rise_are_measured_when_they_have(name: str) -> None:
    """A step that begins anywhere within: the pose is where gravity is, and it was kept."""
    samples = played.counts(played.person(name))
    taken = 0
    for recording, _activity, start_s, end_s, until_s in labelled():
        if recording != name or until_s - end_s < 8:
            continue
        for begin_s in range(int(start_s), int(end_s) + 1):
            first = begin_s - 6  # for the filter to know what is up
            part = samples[RATE * first : RATE * int(until_s)]
            calibration, ended = guided(part, begin_s - first)
            assert calibration.status == DONE
            for at in range(int(ended) - 2, int(ended)):
                gravity = part[RATE * at : RATE * (at + 1), :3].mean(0)
                assert off_deg(calibration, gravity) < 1.8
            assert first + ended - 3 > end_s - 1.5  # not before the transition was over
            taken += 1
    assert taken >= 4


def test_walking_is_never_quiet_and_standing_often_is() -> None:
    assert is_quiet(played.block(Wearer(np.eye(3)).hold(1)), RATE)
    assert not is_quiet(played.block(Wearer(np.eye(3)).walk(1)), RATE)
