"""Minute records against minutes worked out by hand."""

from beltcore import state
from beltcore.minute import MinuteBuilder
from beltwire import codes
from beltwire.records import Minute, pack_minute, unpack_minute

SIT, STAND, LIE, WALK = codes.SITTING, codes.STANDING, codes.LYING, codes.WALKING


def fill(builder: MinuteBuilder, seconds: int, activity: int, **more: int) -> None:
    for _ in range(seconds):
        builder.add(
            activity,
            more.get("flexion", 0),
            more.get("lateral", 0),
            more.get("band", codes.UPRIGHT),
            more.get("steps", 0),
            more.get("side", codes.SIDE_BACK),
            bool(more.get("slouched", 0)),
        )


def test_a_minute_of_sitting_and_walking() -> None:
    builder = MinuteBuilder()
    fill(builder, 20, SIT, flexion=3000, lateral=-300, band=codes.MODERATE, slouched=1)
    fill(builder, 40, WALK, flexion=0, lateral=300, steps=2)
    builder.flag(codes.FLAG_REMINDER)
    assert builder.finish()
    minute = builder.minute
    assert minute.seconds == [0, 0, 0, 20, 0, 40, 0, 0, 0, 0]
    assert minute.bands == [40, 20, 0, 0, 0]
    assert minute.flexion_cdeg == 1000
    assert minute.lateral_cdeg == 100
    # mean absolute deviation: (20 * 20 + 40 * 10) / 60 = 13.33 degrees = 53.3 quarters
    assert minute.spread == 53
    assert (minute.steps, minute.slouched_s, minute.flags) == (80, 20, codes.FLAG_REMINDER)
    assert minute.lying_side == codes.NO_SIDE
    assert unpack_minute(pack_minute(minute)) == minute


def test_lying_has_a_side_and_no_angle() -> None:
    builder = MinuteBuilder()
    fill(builder, 25, LIE, flexion=-9000, side=codes.SIDE_BACK)
    fill(builder, 30, LIE, flexion=0, side=codes.SIDE_LEFT)
    assert builder.finish()
    assert builder.minute.lying_side == codes.SIDE_LEFT
    assert builder.minute.flexion_cdeg == codes.NO_ANGLE
    assert builder.minute.bands == [0] * 5
    assert sum(builder.minute.seconds) == 55


def test_unknown_and_not_worn_seconds_bear_no_load() -> None:
    builder = MinuteBuilder()
    fill(builder, 10, codes.UNKNOWN, flexion=7000, band=codes.HIGH)
    fill(builder, 10, codes.NOT_WORN, flexion=7000, band=codes.HIGH)
    fill(builder, 10, STAND, flexion=200)
    assert builder.finish()
    assert builder.minute.bands == [10, 0, 0, 0, 0]
    assert builder.minute.flexion_cdeg == 200
    assert builder.minute.spread == 0


def test_a_minute_without_a_second_is_none() -> None:
    builder = MinuteBuilder()
    builder.flag(codes.FLAG_SENSOR_GAP)
    assert not builder.finish()
    fill(builder, 1, SIT)
    assert builder.finish()
    assert builder.minute.flags == 0  # the flags went with their minute


def test_counts_saturate() -> None:
    builder = MinuteBuilder()
    fill(builder, 30, codes.RUNNING, flexion=17000, steps=9)
    fill(builder, 30, codes.RUNNING, flexion=-17000, steps=9)
    assert builder.finish()
    assert builder.minute.steps == 255
    assert builder.minute.spread == 255
    assert pack_minute(builder.minute)


def test_half_a_minute_saved_and_restored_goes_on() -> None:
    one, other = MinuteBuilder(), MinuteBuilder()
    fill(one, 30, SIT, flexion=1234, lateral=-77, band=codes.UPRIGHT)
    state.restore(other, state.save(one))
    for builder in (one, other):
        fill(builder, 20, STAND, flexion=-900, steps=1)
        assert builder.finish()
    assert one.minute == other.minute
    assert isinstance(one.minute, Minute)
