"""What the sensor sees by itself, and what is done when the bus or the sensor lets one down."""

from collections.abc import Callable
from pathlib import Path

import pytest
from beltwire import codes, events, messages, settings
from device import imu
from virtual.lines import HELD_FOR_GOOD
from virtual.lsm6dso import Lsm6dso

from tests.device.bench import STILL, Bench, as_sensed, motion_of
from tests.device.test_belt import HELLO, ask
from tests.device.test_imu import Rig


def faults(bench: Bench) -> dict[int, int]:
    """Every kind of sensor fault in the log with its count."""
    found: dict[int, int] = {}
    for event in bench.events(codes.EVENT_SENSOR_FAULT):
        seen = events.arguments(event)
        found[seen["fault"]] = found.get(seen["fault"], 0) + seen["count"]
    return found


# --- taps


def tap_twice(bench: Bench, apart_s: float = 0.2) -> None:
    for _ in range(2):
        bench.world.imu.knock()
        bench.run(apart_s)


def test_a_double_tap_snoozes_and_is_confirmed(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(5)
    tap_twice(bench)
    bench.run(1)
    (event,) = bench.events(codes.EVENT_SNOOZE)
    assert events.arguments(event) == {"minutes": settings.TABLE[settings.SNOOZE_MIN][4]}
    assert bench.belt.pipeline.seconds.reminder.is_snoozed(bench.belt.pipeline.seconds.now_s)
    bench.run(80)
    assert len(bench.events(codes.EVENT_SNOOZE)) == 1
    assert sum(bench.minutes()[0][1].seconds) >= 58


@pytest.mark.parametrize("apart_s", [0.03, 2.0])
def test_other_knocks_are_no_double_tap(tmp_path: Path, apart_s: float) -> None:
    bench = Bench(tmp_path).start()
    bench.run(5)
    tap_twice(bench, apart_s)
    bench.run(3)
    assert bench.events(codes.EVENT_SNOOZE) == []


def test_what_the_motor_shakes_off_is_no_tap(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(5)
    bench.belt.tick()
    bench.belt.buzz((900,))
    tap_twice(bench)
    bench.run(3)
    assert bench.events(codes.EVENT_SNOOZE) == []


# --- asleep


def at_rest_then_moved(seconds: int) -> list[list[int]]:
    """So many still seconds, then ten in which the belt is picked up."""
    carried = [[4098 - 40 * (n % 52), 60 * (n % 52), 0, 0, 0, 0] for n in range(520)]
    return as_sensed([STILL] * 52 * seconds) + carried


def test_asleep_the_line_rises_on_motion_alone() -> None:
    rig = Rig()
    rig.chip = Lsm6dso(motion_of(at_rest_then_moved(60)))
    rig.bus.chip = rig.chip
    rig.driver = imu.Imu(rig.bus, 0x6A, rig.chip.advance)
    assert rig.driver.start() == imu.READY
    assert rig.driver.watch_motion()
    rig.chip.advance(50_000)
    assert (rig.chip.int1(), rig.driver.moved()) == (0, False)
    rig.chip.advance(15_000)
    assert rig.chip.int1() == 1
    assert rig.driver.moved()
    assert rig.chip.int1() == 0


def test_asleep_the_gyro_is_off_and_the_accelerometer_in_low_power() -> None:
    rig = Rig().started()
    rig.driver.watch_motion()
    value = bytearray(1)
    for register, wanted in {0x0A: 0, 0x10: 0x20, 0x11: 0, 0x15: 0x10, 0x5E: 0x20}.items():
        rig.chip.read(register, value)
        assert value[0] == wanted, hex(register)


# --- the data sheet's self-test


def weak_accelerometer(chip: Lsm6dso) -> None:
    chip.accel_test_mg = 40


def strong_accelerometer(chip: Lsm6dso) -> None:
    chip.accel_test_mg = 1800


def dead_gyro(chip: Lsm6dso) -> None:
    chip.gyro_test_dps = 0


def strong_gyro(chip: Lsm6dso) -> None:
    chip.gyro_test_dps = 720


def absent(chip: Lsm6dso) -> None:
    chip.absent = True


def frozen(chip: Lsm6dso) -> None:
    chip.frozen = True


def sound(chip: Lsm6dso) -> None:
    pass


@pytest.mark.parametrize(
    ("disturb", "passes"),
    [
        (sound, True),
        (weak_accelerometer, False),
        (strong_accelerometer, False),
        (dead_gyro, False),
        (strong_gyro, False),
        (absent, False),
        (frozen, False),
    ],
)
def test_the_self_test_keeps_to_the_limits(
    disturb: Callable[[Lsm6dso], None], passes: bool
) -> None:
    rig = Rig()
    rig.chip = Lsm6dso(motion_of(as_sensed([STILL] * 520)))
    rig.bus.chip = rig.chip
    rig.driver = imu.Imu(rig.bus, 0x6A, rig.chip.advance)
    disturb(rig.chip)
    assert rig.driver.self_test() is passes


def test_after_the_self_test_the_belt_goes_on(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(20)
    reply = ask(bench, HELLO, messages.Selftest())[1]
    assert isinstance(reply, messages.SelftestReply)
    assert reply.failed == 0
    bench.run(160)
    minutes = bench.minutes()
    assert 56 <= sum(minutes[0][1].seconds) <= 59
    assert sum(minutes[1][1].seconds) == 60
    assert faults(bench) == {}


# --- the bus


def test_a_bus_held_low_is_freed_by_clocks(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(20)
    bench.world.lines.held = 7
    bench.run(160)
    assert faults(bench) == {codes.SENSOR_BUS_STUCK: 1}
    assert bench.world.lines.held == 0
    assert bench.belt.board.i2c.freed == 1
    minutes = bench.minutes()
    assert 2 <= 60 - sum(minutes[0][1].seconds) <= 4
    assert minutes[0][1].flags & codes.FLAG_SENSOR_GAP


def test_a_bus_that_stays_held_leaves_a_talking_belt_until_it_is_free(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(20)
    bench.world.lines.held = HELD_FOR_GOOD
    bench.run(100)
    (reply,) = ask(bench, HELLO)
    assert isinstance(reply, messages.HelloReply)
    bench.world.lines.held = 9
    bench.run(200)
    assert faults(bench)[codes.SENSOR_BUS_STUCK] >= 1
    assert sum(bench.minutes()[-1][1].seconds) == 60


def test_a_transfer_that_nobody_hears_costs_seconds_and_is_counted(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(20)
    bench.world.lines.unheard = 1
    bench.run(160)
    assert faults(bench) == {codes.SENSOR_NO_ANSWER: 1}
    assert 2 <= 60 - sum(bench.minutes()[0][1].seconds) <= 4


def test_every_kind_of_fault_in_a_minute_is_counted(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(5)
    bench.world.lines.unheard = 1
    bench.run(5)
    bench.world.imu.brown_out()
    bench.run(5)
    bench.world.imu.chip_id = 0x69
    bench.world.imu.brown_out()
    bench.run(5)
    bench.world.imu.chip_id = 0x6C
    bench.run(120)
    found = faults(bench)
    assert found[codes.SENSOR_NO_ANSWER] == 1
    assert found[codes.SENSOR_RESET] == 1
    assert found[codes.SENSOR_WRONG_CHIP] >= 2
