"""The pipeline over made-up motion: lag, gaps, the motor, minutes, flushing."""

from array import array

import pytest
from beltcore import reminder
from beltcore.activity import LAG
from beltcore.pipeline import BLOCK, Pipeline
from beltwire import codes, settings

G = 4098


def block_leaning(ax: int = G, ay: int = 0, az: int = 0) -> "array[int]":
    """A second at rest: specific force in counts, a little noise, no rotation."""
    block = array("h", bytes(2 * BLOCK))
    for at in range(0, BLOCK, 6):
        block[at] = ax + at % 7 - 3
        block[at + 1] = ay + at % 5 - 2
        block[at + 2] = az + at % 11 - 5
        block[at + 3] = at % 3
    return block


UPRIGHT = block_leaning()  # the default mounting: sensor x up, z backward
BENT = block_leaning(ax=3548, az=2049)  # 30 degrees forward: forward is -z, so up gets +z


def feed(pipeline: Pipeline, block: "array[int]", seconds: int, motor_on: bool = False) -> None:
    for _ in range(seconds):
        pipeline.second(block, motor_on, -1)


def flushed(pipeline: Pipeline) -> int:
    """Flush to the end; how many seconds were decided by it."""
    count = 0
    while pipeline.flush():
        count += pipeline.decided is not None
    return count


@pytest.mark.parametrize("seconds", [0, 1, 5, LAG, LAG + 1, 40])
def test_every_second_is_decided_once_and_in_order(seconds: int) -> None:
    pipeline = Pipeline()
    order = []
    for _ in range(seconds):
        pipeline.second(UPRIGHT, False, -1)
        if pipeline.decided is not None:
            order.append(pipeline.decided.index)
    while pipeline.flush():
        if pipeline.decided is not None:
            order.append(pipeline.decided.index)
    assert order == list(range(seconds))
    assert not pipeline.flush()


def test_angles_are_of_the_present_second_and_known_at_once() -> None:
    pipeline = Pipeline()
    feed(pipeline, UPRIGHT, 20)
    assert abs(pipeline.live.flexion_cdeg) < 20
    assert pipeline.live.band == codes.UPRIGHT
    pipeline = Pipeline()
    feed(pipeline, BENT, 3)
    assert abs(pipeline.live.flexion_cdeg - 3000) < 20
    assert pipeline.live.band == codes.MODERATE


def test_missing_seconds_are_missing_and_nothing_is_made_up() -> None:
    pipeline = Pipeline()
    minutes = []
    for second in range(60 + LAG):
        if 10 <= second < 25:
            pipeline.missing()
            assert pipeline.live.gap
            assert pipeline.live.flexion_cdeg == codes.NO_ANGLE
        else:
            pipeline.second(UPRIGHT, False, -1)
        decided = pipeline.decided
        if decided is not None and decided.gap:
            assert (decided.activity, decided.steps) == (codes.UNKNOWN, 0)
            assert not decided.known
        if pipeline.minute is not None:
            minutes.append(sum(pipeline.minute.seconds))
            assert pipeline.minute.flags & codes.FLAG_SENSOR_GAP
    assert minutes == [45]


def test_after_a_gap_the_angle_is_right_at_once_and_then_steady() -> None:
    pipeline = Pipeline()
    feed(pipeline, UPRIGHT, 20)
    for _ in range(5):
        pipeline.missing()
    feed(pipeline, BENT, 2)
    assert abs(pipeline.live.flexion_cdeg - 3000) < 50
    feed(pipeline, BENT, 20)
    feed(pipeline, UPRIGHT, 1)  # no gap, no rotation: not believed at once
    assert pipeline.live.flexion_cdeg > 2000


def test_a_short_gap_does_not_start_the_angle_afresh() -> None:
    pipeline = Pipeline()
    feed(pipeline, UPRIGHT, 20)
    pipeline.missing()
    feed(pipeline, BENT, 1)  # without rotation: the filter does not believe it at once
    assert abs(pipeline.live.flexion_cdeg) < 1000


def test_time_without_samples_makes_no_minute() -> None:
    pipeline = Pipeline()
    for _ in range(600):
        pipeline.missing()
        assert pipeline.minute is None
    assert flushed(pipeline) == LAG
    assert pipeline.minute is None


def test_seconds_with_the_motor_on_count_in_no_minute() -> None:
    pipeline = Pipeline()
    feed(pipeline, UPRIGHT, 30)
    feed(pipeline, BENT, 2, motor_on=True)
    assert not pipeline.live.known
    assert not pipeline.live.gap
    feed(pipeline, UPRIGHT, 28 + LAG)
    assert pipeline.minute is not None
    assert sum(pipeline.minute.seconds) == 58
    assert pipeline.minute.bands[codes.MODERATE] == 0
    assert not pipeline.minute.flags & codes.FLAG_SENSOR_GAP


def test_the_inclination_follows_the_wearer_while_the_motor_runs() -> None:
    pipeline = Pipeline()
    feed(pipeline, UPRIGHT, 30)
    bending = block_leaning()
    for at in range(0, BLOCK, 6):
        bending[at + 4] = 428 + at % 5  # 30 degrees forward in the second
    feed(pipeline, bending, 1, motor_on=True)
    feed(pipeline, BENT, 1)
    assert 2600 < pipeline.live.flexion_cdeg < 3200


def test_minutes_begin_at_multiples_of_sixty_seconds_and_come_a_lag_late() -> None:
    pipeline = Pipeline()
    seen = []
    for second in range(200):
        pipeline.second(UPRIGHT, False, -1)
        if pipeline.minute is not None:
            seen.append((second, pipeline.minute_start_s, sum(pipeline.minute.seconds)))
    assert seen == [(59 + LAG, 0, 60), (119 + LAG, 60, 60), (179 + LAG, 120, 60)]
    last = []
    while pipeline.flush():
        if pipeline.minute is not None:
            last.append((pipeline.minute_start_s, sum(pipeline.minute.seconds)))
            assert pipeline.minute.flags & codes.FLAG_PARTIAL
    assert last == [(180, 20)]


def test_flags_fall_into_the_minute_they_were_set_in() -> None:
    pipeline = Pipeline()
    pipeline.configure(settings.QUIET_FROM_MIN, 600)
    pipeline.configure(settings.QUIET_TO_MIN, 601)
    found = {}
    for second in range(540 + LAG):
        if second == 125:
            pipeline.flag(codes.FLAG_CHARGING)
        if second == 30:
            pipeline.snooze(1)
        pipeline.second(UPRIGHT, False, 600 if 180 <= second < 240 else 700)
        if pipeline.minute is not None:
            found[pipeline.minute_start_s] = pipeline.minute.flags & ~codes.FLAG_UNCALIBRATED
    assert found == {
        0: codes.FLAG_SNOOZED,
        60: codes.FLAG_SNOOZED,
        120: codes.FLAG_CHARGING,
        180: codes.FLAG_QUIET,
        240: 0,
        300: 0,
        360: 0,
        420: 0,
        480: 0,
    }


def test_calibrating_ends_the_flag_and_a_bad_mounting_changes_nothing() -> None:
    pipeline = Pipeline()
    with pytest.raises(ValueError, match="rotation"):
        pipeline.calibrate(array("h", (16384, 0, 0, 16384, 0, 0, 0, 0, 16384)))
    assert not pipeline.seconds.calibrated
    pipeline.calibrate(array("h", (16384, 0, 0, 0, 16384, 0, 0, 0, 16384)), -300)
    feed(pipeline, block_leaning(ax=0, az=G), 60 + LAG)
    assert pipeline.minute is not None
    assert not pipeline.minute.flags & codes.FLAG_UNCALIBRATED
    assert abs(pipeline.minute.flexion_cdeg) < 30 or pipeline.minute.flexion_cdeg == codes.NO_ANGLE


def test_a_reminder_reaches_the_wearer_through_the_pipeline() -> None:
    pipeline = Pipeline()
    pipeline.seconds.calibrated = True
    live = pipeline.samples.live
    live.known, live.activity, live.flexion_cdeg = True, codes.SITTING, 2500
    live.lateral_cdeg = 0
    for second in range(200):
        pipeline.seconds.live(live, -1)
        if pipeline.seconds.action:
            assert pipeline.seconds.action == reminder.REMIND
            assert pipeline.seconds.cause == codes.CAUSE_FLEXION
            assert 100 < second < 120
            return
    pytest.fail("nobody was reminded")


@pytest.mark.parametrize(
    ("up", "side"),
    [
        ((0, 0, -1), codes.SIDE_BACK),  # forward (-z) points up
        ((0, 0, 1), codes.SIDE_BELLY),
        ((0, 1, 0), codes.SIDE_RIGHT),  # left points up
        ((0, -1, 0), codes.SIDE_LEFT),
    ],
)
def test_the_side_one_lies_on(up: tuple[int, int, int], side: int) -> None:
    pipeline = Pipeline()
    feed(pipeline, block_leaning(*(G * part for part in up)), 5)
    assert pipeline.live.side == side
