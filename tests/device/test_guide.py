"""When a guided calibration comes into force: as a whole, or not at all."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from beltwire import codes, events, messages
from scipy.spatial.transform import Rotation

from tests.core.wearer import Wearer
from tests.device.bench import Bench, as_sensed, motion_of
from tests.device.test_belt import HELLO, UPRIGHT_ROWS, ask, calibrated

DONE, IDLE = codes.CALIBRATION_DONE, codes.CALIBRATION_IDLE
STAND, SIT, BOW = codes.STEP_STAND, codes.STEP_SIT, codes.STEP_BOW
HELD_S = 8
"""Enough for a wearer who stands still from the beginning, and for the buzz."""
AS_CALIBRATED = np.array(UPRIGHT_ROWS).reshape(3, 3) / 16384
SHIFTED = AS_CALIBRATED @ Rotation.from_euler("y", 30, degrees=True).as_matrix()
"""The belt has slid round by 30 degrees since."""


def worn(folder: Path, *, before: bool = True) -> Bench:
    """A belt that has slid since its calibration, if there was one; its wearer bows at 25 s."""
    if before:
        calibrated(folder)
    wearer = Wearer(SHIFTED)
    parts = [wearer.hold(25), wearer.bow(), wearer.hold(60)]
    bench = Bench(folder, motion_of(as_sensed(np.vstack(parts).tolist()))).start()
    bench.run(3)
    ask(bench, HELLO)
    return bench


def calibrate(bench: Bench, step: int) -> tuple[int, int]:
    """Status and quality that the belt answers."""
    (reply,) = ask(bench, messages.Calibrate(step=step))
    assert isinstance(reply, messages.CalibrateReply)
    return reply.status, reply.quality


def go_through(bench: Bench, *steps: int) -> list[int]:
    """Steps until each is done; the quality after each."""
    found = []
    for step in steps:
        calibrate(bench, step)
        bench.run(25 if step == BOW else HELD_S)
        status, quality = calibrate(bench, codes.STEP_QUERY)
        assert status == DONE
        found.append(quality)
    return found


def in_force(bench: Bench) -> tuple[list[int], int, int]:
    """Rows, quality and the seat that measure the wearer now; as they are stored."""
    found = bench.belt.pipeline.samples.calibration
    kept = bench.belt.store.calibration
    assert kept is not None
    assert list(kept.rows) == list(found.mounting.rows)
    assert (kept.quality, kept.seated_cdeg) == (found.quality, found.seated_cdeg)
    assert bench.belt.pipeline.seconds.reminder.limits.seated_cdeg == found.seated_cdeg
    return list(found.mounting.rows), found.quality, found.seated_cdeg


def made(bench: Bench) -> int:
    """How many calibrations the belt has logged that it made itself."""
    logged = [events.arguments(one) for one in bench.events(codes.EVENT_CALIBRATION)]
    return sum(one["source"] == codes.CALIBRATED_ON_BELT for one in logged)


def leans(bench: Bench) -> int:
    """Degrees of flexion of the present second."""
    return round(bench.belt.pipeline.live.flexion_cdeg / 100)


def cancelled(bench: Bench) -> None:
    assert calibrate(bench, codes.STEP_CANCEL) == (IDLE, 90)


def left(bench: Bench) -> None:
    """The cable is out; somebody else says hello."""
    ask(bench, HELLO)
    assert calibrate(bench, codes.STEP_QUERY) == (IDLE, 90)


@pytest.mark.parametrize("end", [cancelled, left])
@pytest.mark.parametrize("steps", [(STAND,), (STAND, SIT)])
def test_broken_off_the_one_from_before_stays(
    tmp_path: Path, end: Callable[[Bench], None], steps: tuple[int, ...]
) -> None:
    bench = worn(tmp_path)
    before, leant = in_force(bench), leans(bench)
    go_through(bench, *steps)
    assert in_force(bench) == before
    end(bench)
    calibrate(bench, codes.STEP_FINISH)  # there is nothing left to be finished
    bench.run(2)
    assert (in_force(bench), leans(bench), made(bench)) == (before, leant, 0)
    assert abs(leant) == 30
    assert in_force(Bench(tmp_path).start()) == before


def test_complete_it_comes_into_force_once_and_a_step_can_be_repeated(tmp_path: Path) -> None:
    bench = worn(tmp_path)
    before = in_force(bench)
    stood, sat, bowed = go_through(bench, STAND, SIT, BOW)
    assert stood < sat < bowed
    rows, quality, _seat = in_force(bench)
    assert (rows != before[0], quality, leans(bench), made(bench)) == (True, bowed, 0, 1)
    calibrate(bench, SIT)
    bench.run(HELD_S)
    assert (made(bench), in_force(bench)[0], leans(bench)) == (2, rows, 0)
    cancel_status, _quality = calibrate(bench, codes.STEP_CANCEL)
    assert (cancel_status, in_force(bench)[0]) == (IDLE, rows)


@pytest.mark.parametrize("steps", [(STAND,), (STAND, SIT)])
def test_finished_it_counts_without_the_steps_left_out(
    tmp_path: Path, steps: tuple[int, ...]
) -> None:
    bench = worn(tmp_path)
    quality = go_through(bench, *steps)[-1]
    calibrate(bench, BOW)  # given up
    for _twice in range(2):
        assert calibrate(bench, codes.STEP_FINISH) == (IDLE, quality)
    bench.run(2)
    assert (in_force(bench)[1], leans(bench), made(bench)) == (quality, 0, 1)


def test_finishing_a_first_step_that_is_not_done_changes_nothing(tmp_path: Path) -> None:
    bench = worn(tmp_path)
    before = in_force(bench)
    calibrate(bench, STAND)
    bench.run(0.5)
    assert calibrate(bench, codes.STEP_FINISH) == (IDLE, 90)
    bench.run(5)
    assert (in_force(bench), made(bench)) == (before, 0)


def test_without_one_before_each_step_is_in_force_at_once(tmp_path: Path) -> None:
    bench = worn(tmp_path, before=False)
    (stood,) = go_through(bench, STAND)
    assert (in_force(bench)[1], leans(bench), made(bench)) == (stood, 0, 1)
    (sat,) = go_through(bench, SIT)
    ask(bench, HELLO)
    assert (in_force(bench)[1], made(bench)) == (sat, 2)


def test_standing_by_the_button_is_in_force_at_once(tmp_path: Path) -> None:
    bench = worn(tmp_path)
    go_through(bench, STAND)
    bench.world.button_down = True
    bench.run(3.5)
    bench.world.button_down = False
    bench.run(HELD_S)
    assert (calibrate(bench, codes.STEP_QUERY)[0], leans(bench), made(bench)) == (DONE, 0, 1)
    assert in_force(bench)[1] <= 60


def test_a_wipe_takes_the_draft_too(tmp_path: Path) -> None:
    bench = worn(tmp_path)
    go_through(bench, STAND, SIT)
    ask(bench, messages.Wipe(key=messages.WIPE_KEY, what=codes.WIPE_SETTINGS))
    assert calibrate(bench, codes.STEP_FINISH) == (IDLE, 0)
    assert bench.belt.store.calibration is None
