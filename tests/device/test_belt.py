"""The whole belt on the bench: what it logs, what it says, what it does when things break."""

from pathlib import Path

import pytest
from beltwire import codes, decoder, events, messages, settings
from device.store import CALIBRATION_FILE, Kept, save_checked
from virtual.lsm6dso import Lsm6dso
from virtual.world import WatchdogExpired

from tests.device.bench import STILL, Bench, as_sensed, motion_of

# x up, z backward: the default mounting. Leaning forward turns "up" towards +z (backward is up).
LEANING = (3549, 0, 2049, 0, 0, 0)
"""30 degrees forward."""
UPRIGHT_ROWS = [0, 0, -16384, 0, 16384, 0, 16384, 0, 0]


def calibrated(folder: Path) -> None:
    """A calibration on the flash: upright is x up."""
    from device.files import Files

    kept = Kept(UPRIGHT_ROWS, 90, codes.CALIBRATED_ON_BELT, 0)
    save_checked(Files(str(folder)), CALIBRATION_FILE, kept.to_bytes())


def ask(bench: Bench, *requests: messages.Message) -> list[messages.Message | None]:
    """Send requests, run the belt for a moment, give the answers."""
    for tag, request in enumerate(requests):
        bench.wire.to_belt += request.frame(tag + 1)
    for _ in range(20):
        bench.belt.tick()
    frames = decoder.FrameDecoder().feed(bytes(bench.wire.to_host))
    bench.wire.to_host.clear()
    return [messages.unpack(frame) for frame in frames]


HELLO = messages.Hello(min_version=1, max_version=1)


def test_a_boot_is_logged_with_its_cause(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    boot = events.arguments(bench.events(codes.EVENT_BOOT)[0])
    assert boot["reset"] == codes.RESET_POWER_ON
    again = Bench(tmp_path)
    again.world.reset_cause = 3
    again.start()
    boots = again.events(codes.EVENT_BOOT)
    assert events.arguments(boots[1])["reset"] == codes.RESET_WATCHDOG
    assert again.belt.log.boot == 2


def test_minutes_are_logged_with_their_start(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(200)
    minutes = bench.minutes()
    assert [start for start, _ in minutes] == [0, 60, 120]
    assert all(sum(minute.seconds) == 60 for _, minute in minutes)


def test_hello_says_who_the_belt_is(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(5)
    (reply,) = ask(bench, HELLO)
    assert isinstance(reply, messages.HelloReply)
    assert reply.belt_id == bytes([0, 1, 2, 3, 4, 5, 0, 0])
    assert reply.boot == 1
    assert 5000 <= reply.mono_ms < 5200
    assert reply.battery_mv > 4000
    assert reply.flags & codes.HELLO_VIRTUAL
    assert reply.flags & codes.HELLO_UNCALIBRATED


def test_a_calibration_on_the_flash_is_in_force_and_logged(tmp_path: Path) -> None:
    calibrated(tmp_path)
    bench = Bench(tmp_path).start()
    (reply,) = ask(bench, HELLO)
    assert isinstance(reply, messages.HelloReply)
    assert not reply.flags & codes.HELLO_UNCALIBRATED
    found = events.arguments(bench.events(codes.EVENT_CALIBRATION)[0])
    assert (found["quality"], found["source"]) == (90, codes.CALIBRATION_RESTORED)
    bench.run(80)
    assert not bench.minutes()[0][1].flags & codes.FLAG_UNCALIBRATED


def test_the_guided_calibration_ends_with_a_buzz_and_is_kept(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(3)
    answers = ask(bench, HELLO, messages.Calibrate(step=codes.STEP_STAND))
    assert isinstance(answers[1], messages.CalibrateReply)
    assert (answers[1].status, answers[1].quality) == (codes.CALIBRATION_COLLECTING, 0)
    seen = []
    for _ in range(7):
        bench.run(1)
        (reply,) = ask(bench, messages.Calibrate(step=codes.STEP_QUERY))
        assert isinstance(reply, messages.CalibrateReply)
        seen.append((reply.status, reply.quality == 60))
    assert (codes.CALIBRATION_COLLECTING, True) in seen  # three of five seconds
    assert bench.belt.store.calibration is not None
    assert len(bench.events(codes.EVENT_CALIBRATION)) == 1
    (reply,) = ask(bench, messages.Calibrate(step=codes.STEP_QUERY))
    assert isinstance(reply, messages.CalibrateReply)
    assert (reply.status, reply.reason) == (codes.CALIBRATION_DONE, 0)
    assert reply.quality > 0
    (reply,) = ask(bench, messages.Calibrate(step=codes.STEP_SIT))
    assert isinstance(reply, messages.CalibrateReply)
    assert (reply.status, reply.quality) == (codes.CALIBRATION_COLLECTING, 0)
    assert Bench(tmp_path).start().belt.store.calibration is not None


def test_the_time_is_logged_once(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    utc = 1_790_000_000_000
    time = messages.Time(utc_ms=utc, utc_offset_min=120)
    replies = ask(bench, HELLO, time, time)
    assert [reply.logged for reply in replies if isinstance(reply, messages.TimeReply)] == [1, 0]
    (event,) = bench.events(codes.EVENT_CLOCK_SET)
    assert events.arguments(event)["utc_ms"] == utc
    assert bench.belt.store.settings[settings.UTC_OFFSET_MIN] == 120


def test_changed_settings_are_kept_logged_and_in_force(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    pair = (settings.REMINDER_DELAY_S, 30)
    ask(bench, HELLO, messages.SettingsSet(pairs=[pair, (settings.STRENGTH, 70)]))
    (event,) = bench.events(codes.EVENT_SETTINGS)
    assert events.arguments(event) == {"id": pair[0], "value": pair[1]}
    assert bench.belt.pipeline.seconds.reminder.limits.delay_s == 30
    again = Bench(tmp_path).start()
    assert again.belt.pipeline.seconds.reminder.limits.delay_s == 30


def bent_for(bench: Bench, seconds: float) -> int:
    """Run and count the moments in which the motor drives."""
    driven = 0
    for _ in range(round(10 * seconds)):
        bench.run(0.1)
        driven += bench.world.haptic.amplitude > 0
    return driven


def test_a_held_strain_is_reminded_of_by_motor_and_log(tmp_path: Path) -> None:
    calibrated(tmp_path)
    bench = Bench(tmp_path, motion_of(as_sensed([STILL] * 52 * 10 + [LEANING] * 52 * 300))).start()
    assert bent_for(bench, 200) > 0
    reminders = bench.events(codes.EVENT_REMINDER)
    assert reminders
    found = events.arguments(reminders[0])
    assert found["cause"] == codes.CAUSE_FLEXION
    assert 2700 < found["flexion_cdeg"] < 3300


def test_tracking_only_never_drives_the_motor(tmp_path: Path) -> None:
    calibrated(tmp_path)
    bench = Bench(tmp_path, motion_of(as_sensed([STILL] * 52 * 10 + [LEANING] * 52 * 300))).start()
    mode = (settings.REMINDER_MODE, settings.MODE_TRACKING)
    ask(bench, HELLO, messages.SettingsSet(pairs=[mode]))
    assert bent_for(bench, 200) == 0
    assert bench.events(codes.EVENT_REMINDER) == []


def test_a_press_snoozes(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(2)
    bench.world.button_down = True
    bench.run(0.3)
    bench.world.button_down = False
    bench.run(1)
    (event,) = bench.events(codes.EVENT_SNOOZE)
    assert events.arguments(event) == {"minutes": settings.TABLE[settings.SNOOZE_MIN][4]}
    bench.run(80)
    assert bench.minutes()[0][1].flags & codes.FLAG_SNOOZED


def vanish(chip: Lsm6dso) -> None:
    chip.absent = True


def come_back(chip: Lsm6dso) -> None:
    chip.absent = False
    chip.frozen = False


def freeze(chip: Lsm6dso) -> None:
    chip.frozen = True


@pytest.mark.parametrize(
    ("disturb", "fault"),
    [
        (vanish, codes.SENSOR_NO_ANSWER),
        (freeze, codes.SENSOR_STUCK),
        (Lsm6dso.brown_out, codes.SENSOR_RESET),
    ],
)
def test_a_sensor_fault_is_logged_recovered_and_its_seconds_are_missing(
    tmp_path: Path, disturb: object, fault: int
) -> None:
    bench = Bench(tmp_path).start()
    bench.run(20)
    disturb(bench.world.imu)  # type: ignore[operator]
    bench.run(10)
    come_back(bench.world.imu)
    bench.run(160)
    found = [events.arguments(event) for event in bench.events(codes.EVENT_SENSOR_FAULT)]
    assert found[0]["fault"] == fault
    minutes = bench.minutes()
    missing = 60 - sum(minutes[0][1].seconds)
    expected = (2, 4) if disturb is Lsm6dso.brown_out else (9, 14)
    assert expected[0] <= missing <= expected[1]
    assert minutes[0][1].flags & codes.FLAG_SENSOR_GAP
    assert sum(minutes[1][1].seconds) == 60
    assert [start for start, _ in minutes[:2]] == [0, 60]


@pytest.mark.parametrize(
    ("samples", "faults"),
    [
        ([STILL] * 52, {codes.SENSOR_STUCK}),
        (as_sensed([STILL] * 520), set()),
        ([(4098, 0, 32767, 0, 0, 0), (4098, 0, -32768, 0, 0, 30)] * 26, {codes.SENSOR_RAIL}),
    ],
)
def test_values_that_no_working_sensor_gives_are_logged(
    tmp_path: Path, samples: list[tuple[int, ...]], faults: set[int]
) -> None:
    bench = Bench(tmp_path, motion_of(samples)).start()
    bench.run(70)
    found = [events.arguments(event) for event in bench.events(codes.EVENT_SENSOR_FAULT)]
    assert {fault["fault"] for fault in found} == faults
    assert len(found) <= 2


def test_a_sensor_that_is_never_there_leaves_a_talking_belt(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.world.imu.absent = True
    bench.start()
    bench.run(200)
    assert bench.minutes() == []
    faults = bench.events(codes.EVENT_SENSOR_FAULT)
    assert 3 <= len(faults) <= 5
    (reply,) = ask(bench, HELLO)
    assert isinstance(reply, messages.HelloReply)


def test_the_self_test_names_what_fails(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(2)
    reply = ask(bench, HELLO, messages.Selftest())[1]
    assert isinstance(reply, messages.SelftestReply)
    assert (reply.tested & codes.TEST_SENSOR, reply.failed) == (codes.TEST_SENSOR, 0)
    bench.world.imu.absent = True
    bench.world.haptic.absent = True
    bench.world.battery_uv = 800000
    bench.run(3)
    (reply,) = ask(bench, messages.Selftest())
    assert isinstance(reply, messages.SelftestReply)
    assert reply.failed == codes.TEST_SENSOR | codes.TEST_HAPTIC | codes.TEST_BATTERY


def test_charging_is_logged_and_flagged(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(5)
    bench.world.usb_power = True
    bench.run(5)
    bench.world.usb_power = False
    bench.run(100)
    states = [events.arguments(event)["on"] for event in bench.events(codes.EVENT_CHARGE)]
    assert states == [1, 0]
    assert bench.minutes()[0][1].flags & codes.FLAG_CHARGING


def test_a_wipe_forgets_the_log_and_keeps_counting(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(130)
    before = bench.belt.log.next_seq
    ask(bench, HELLO, messages.Wipe(key=messages.WIPE_KEY, what=codes.WIPE_LOG))
    assert bench.belt.log.oldest_seq == before
    assert bench.events() == []


def test_a_wiped_calibration_is_in_force_no_more(tmp_path: Path) -> None:
    calibrated(tmp_path)
    bench = Bench(tmp_path, motion_of(as_sensed([LEANING] * 520))).start()
    bench.run(130)
    assert not bench.minutes()[-1][1].flags & codes.FLAG_UNCALIBRATED
    wish = messages.Wipe(key=messages.WIPE_KEY, what=codes.WIPE_SETTINGS)
    _, _, reply, hello = ask(bench, HELLO, wish, messages.Calibrate(step=codes.STEP_QUERY), HELLO)
    assert reply == messages.CalibrateReply(status=codes.CALIBRATION_IDLE, quality=0, reason=0)
    assert isinstance(hello, messages.HelloReply)
    assert hello.flags & codes.HELLO_UNCALIBRATED
    bench.run(190)
    assert bench.minutes()[-1][1].flags & codes.FLAG_UNCALIBRATED


def test_after_a_wipe_what_is_overwritten_is_told_from_the_beginning(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.belt.log.overwritten = 500
    bench.run(3)
    ask(bench, HELLO, messages.Wipe(key=messages.WIPE_KEY, what=codes.WIPE_LOG))
    bench.run(3)
    bench.belt.log.overwritten = 40
    bench.run(3)
    told = bench.events(codes.EVENT_OVERWRITTEN)
    assert [events.arguments(event)["records"] for event in told] == [40]


@pytest.mark.parametrize("utc_ms", [4_102_444_799_999, 4_102_444_800_000, 2**48 - 1])
def test_no_time_is_too_much_for_the_belt(tmp_path: Path, utc_ms: int) -> None:
    bench = Bench(tmp_path).start()
    _, answer = ask(bench, HELLO, messages.Time(utc_ms=utc_ms, utc_offset_min=840))
    bench.run(5)
    (event,) = bench.events(codes.EVENT_CLOCK_SET) or [None]
    assert isinstance(answer, messages.TimeReply) == (event is not None)
    assert (event is not None) == (utc_ms < 4_102_444_800_000)


def test_a_mounting_that_is_none_is_refused(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    wish = messages.CoreBegin(mount=1, rows=bytes(18), samples=0, pairs=[])
    _, answer = ask(bench, HELLO, wish)
    assert isinstance(answer, messages.RemoteError)
    assert answer.code == codes.REFUSAL_RANGE


def test_a_firmware_that_stalls_meets_the_watchdog(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    bench.run(2)
    with pytest.raises(WatchdogExpired):
        bench.world.advance(9000)


def test_the_time_goes_on_over_the_wrap_of_the_ticks(tmp_path: Path) -> None:
    bench = Bench(tmp_path, start_ms=(1 << 30) - 70_000).start()
    bench.run(200)
    bench.belt.tick()
    assert [start for start, _ in bench.minutes()] == [0, 60, 120]
    assert bench.belt.clock.seconds == 200
