"""Sleep, resets and the battery: what the belt does, what it keeps, what its log says."""

from pathlib import Path

import pytest
from beltcore.activity import Activity
from beltwire import codes, events, settings
from device import battery, haptic, keep
from device.backend import BeltBackend
from virtual import machine
from virtual.world import WatchdogExpired

from tests.device.bench import as_sensed, motion_of
from tests.device.lives import Lives
from tests.device.test_belt import calibrated

LYING_ON_A_TABLE = as_sensed([[0, 0, 4098, 0, 0, 0]] * 520)
CARRIED = [[4098 - 60 * (n % 52), 80 * (n % 52), 0, 900, 0, 0] for n in range(520)]
STILL_MINUTES = 3
"""In these tests; `beltcore.wear` wants an hour."""
PUT_AWAY_S = 60 * STILL_MINUTES + 120
TOUCHED_S = 1800
MV = 1000 // 2
"""Microvolts at the pin for a millivolt of the cell."""


@pytest.fixture
def soon_not_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Activity.__init__, "__defaults__", (STILL_MINUTES,))


def causes(lives: Lives) -> list[int]:
    return [events.arguments(event)["reset"] for event in lives.events(codes.EVENT_BOOT)]


def put_away(folder: Path, wake_with: list[list[int]] = CARRIED) -> Lives:
    """A belt that has been left on a table until it sleeps; half an hour on it is touched."""
    quiet = 52 * TOUCHED_S // len(LYING_ON_A_TABLE)
    lives = Lives(folder, motion_of(LYING_ON_A_TABLE * quiet + wake_with * 12))
    lives.run(PUT_AWAY_S)
    return lives


@pytest.mark.usefixtures("soon_not_worn")
class TestNotWorn:
    def test_a_belt_left_on_a_table_sleeps_deeply(self, tmp_path: Path) -> None:
        lives = put_away(tmp_path)
        assert lives.world.is_asleep
        assert lives.world.watchdog_ms == 0
        lives.run(1300)
        assert lives.world.is_asleep
        assert lives.starts > 2  # it looks at battery and cable now and then ...
        lives.world.button_down = True
        lives.run(5)
        lives.world.button_down = False
        lives.run(5)
        assert causes(lives) == [codes.RESET_POWER_ON, codes.RESET_DEEP_SLEEP]  # ... unlogged
        (end,) = lives.events(codes.EVENT_SHUTDOWN)
        assert events.arguments(end)["reason"] == codes.SHUTDOWN_NOT_WORN

    def test_motion_wakes_it_and_it_knows_that_it_was_not_worn(self, tmp_path: Path) -> None:
        lives = put_away(tmp_path)
        lives.run(TOUCHED_S - PUT_AWAY_S + 60)
        assert not lives.world.is_asleep
        assert lives.belt.clock.seconds >= 30
        assert causes(lives)[-1] == codes.RESET_DEEP_SLEEP

    def test_a_knock_alone_does_not_boot_it(self, tmp_path: Path) -> None:
        bump = LYING_ON_A_TABLE[:260] + CARRIED[:26] + LYING_ON_A_TABLE[:234]
        lives = put_away(tmp_path, [*bump, *LYING_ON_A_TABLE * 10])
        before = lives.starts
        lives.run(TOUCHED_S - PUT_AWAY_S + 60)
        assert lives.starts > before
        assert lives.world.is_asleep

    def test_every_minute_before_the_sleep_is_logged(self, tmp_path: Path) -> None:
        lives = put_away(tmp_path)
        lives.world.usb_power = True
        lives.run(700)
        minutes = [r for r in lives.records() if r.kind == codes.KIND_MINUTE and r.boot == 1]
        assert [record.t_s for record in minutes] == [60 * n for n in range(len(minutes))]
        (end,) = [
            r
            for r in lives.records()
            if r.kind == 2 and r.boot == 1 and r.payload[0] == codes.EVENT_SHUTDOWN
        ]
        assert minutes[-1].t_s + 60 > end.t_s - 60

    def test_a_cable_or_a_host_keeps_it_awake(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path, motion_of(LYING_ON_A_TABLE))
        lives.world.usb_power = True
        lives.run(PUT_AWAY_S)
        assert not lives.world.is_asleep
        lives.world.usb_power = False
        lives.run(50)
        lives.wire.to_belt += b"\0"
        lives.run(100)
        assert not lives.world.is_asleep
        lives.run(60)
        assert lives.world.is_asleep

    def test_quiet_hours_hold_after_the_night(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path, motion_of(LYING_ON_A_TABLE))
        lives.run(5)
        lives.belt.session.backend.set_time(1_790_000_000_000, 0)
        minute = lives.belt._minute_of_day()
        lives.run(PUT_AWAY_S + 3600)
        assert lives.world.is_asleep
        lives.world.usb_power = True
        lives.run(630)
        gone = lives.world.now_ms // 60_000
        assert lives.belt.anchor.known
        assert abs(lives.belt._minute_of_day() - (minute + gone) % 1440) <= 1
        assert len(lives.events(codes.EVENT_CLOCK_SET)) == 1
        assert lives.belt.anchor.set(1_790_000_000_000 + lives.world.now_ms, 630_000)


class TestResets:
    @pytest.mark.parametrize(
        ("by_machine", "logged"),
        [
            (machine.WDT_RESET, codes.RESET_WATCHDOG),
            (machine.SOFT_RESET, codes.RESET_SOFTWARE),
            (machine.HARD_RESET, codes.RESET_UNKNOWN),
        ],
    )
    def test_a_reset_is_in_the_log_with_its_cause(
        self, tmp_path: Path, by_machine: int, logged: int
    ) -> None:
        lives = Lives(tmp_path)
        lives.run(70)
        lives.restart(by_machine)
        lives.run(70)
        assert causes(lives) == [codes.RESET_POWER_ON, logged]

    def test_a_brown_out_is_told_from_a_power_on(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path)
        lives.run(5)
        lives.cut_power(brown_out=True)
        lives.run(5)
        lives.cut_power()
        lives.run(5)
        power_on, brown_out = codes.RESET_POWER_ON, codes.RESET_BROWN_OUT
        assert causes(lives) == [power_on, brown_out, power_on]

    def test_a_restart_that_was_asked_for_says_so_and_goes_on(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path)
        lives.run(100)
        with pytest.raises(BaseException, match="asked for a reset"):
            lives.belt.restart(codes.RESET_UPDATE, codes.SHUTDOWN_UPDATE)
        sat = lives.belt.pipeline.seconds.load.bout.seconds
        bias = list(lives.belt.pipeline.samples.inclination._s[6:9])
        lives.restart(machine.HARD_RESET)
        lives.run(1)
        assert causes(lives)[-1] == codes.RESET_UPDATE
        assert not (tmp_path / "core").exists()
        assert lives.belt.pipeline.seconds.load.bout.seconds >= sat
        assert list(lives.belt.pipeline.samples.inclination._s[6:9]) == bias
        lives.run(200)
        starts = [r.t_s for r in lives.records() if r.kind == codes.KIND_MINUTE and r.boot == 2]
        assert starts == [0, 60, 120]

    def test_a_state_of_another_firmware_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "core").write_bytes(b"\x00" * 9000)
        lives = Lives(tmp_path)
        lives.run(70)
        assert causes(lives) == [codes.RESET_POWER_ON]

    def test_after_three_falls_it_runs_without_sensor_until_it_tries_again(
        self, tmp_path: Path
    ) -> None:
        lives = Lives(tmp_path)
        for _ in range(3):
            lives.run(30)
            lives.restart(machine.WDT_RESET)
        lives.run(100)
        assert lives.belt.safe
        assert not lives.belt.imu.running
        (event,) = lives.events(codes.EVENT_SAFE_MODE)
        assert events.arguments(event)["falls"] == 3
        lives.run(600)
        assert not lives.belt.safe
        assert lives.belt.imu.running

    def test_falls_with_a_long_life_between_them_are_no_loop(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path)
        for _ in range(4):
            lives.run(130)
            lives.restart(machine.WDT_RESET)
        lives.run(5)
        assert not lives.belt.safe

    def test_a_firmware_that_hangs_meets_the_watchdog(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path)
        lives.run(5)
        with pytest.raises(WatchdogExpired):
            lives.world.advance(9000)


class TestPolicyOverResets:
    def test_the_budget_and_the_gap_hold_over_a_power_cut(self, tmp_path: Path) -> None:
        calibrated(tmp_path)
        leaning = motion_of(as_sensed([[3549, 0, 2049, 0, 0, 0]] * 520))
        lives = Lives(tmp_path, leaning)
        for _ in range(6):
            lives.run(240)
            lives.cut_power()
        lives.run(1)
        given = len(lives.events(codes.EVENT_REMINDER))
        budget = settings.TABLE[settings.HOURLY_BUDGET][4]
        assert 1 <= given <= budget

    def test_a_snooze_holds_over_a_reset(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path)
        lives.run(5)
        lives.belt.snooze()
        lives.run(60)
        lives.restart(machine.WDT_RESET)
        lives.run(1)
        stage = lives.belt.pipeline.seconds
        assert 1700 <= stage.reminder.snooze_left(stage.now_s) <= 1800


NOON_MS = 1_790_000_000_000
HOUR_S = 3600


def reminded(folder: Path, told_the_time: bool = True) -> Lives:
    """A belt that has just reminded its wearer and was snoozed then."""
    calibrated(folder)
    lives = Lives(folder, motion_of(as_sensed([[3549, 0, 2049, 0, 0, 0]] * 520)))
    lives.run(5)
    lives.belt.pipeline.configure(settings.REMINDER_DELAY_S, 5)
    if told_the_time:
        tell_time(lives)
    while not lives.events(codes.EVENT_REMINDER):
        lives.run(5)
    lives.belt.snooze()
    lives.run(10)
    return lives


def tell_time(lives: Lives) -> None:
    """What a host does when it syncs."""
    BeltBackend(lives.belt).set_time(NOON_MS + lives.world.now_ms, 0)


def remembered(lives: Lives) -> tuple[list[int], int]:
    """Seconds since each reminder of the last hour, and left of the snooze."""
    stage = lives.belt.pipeline.seconds
    return stage.reminder.given_ages(stage.now_s), stage.reminder.snooze_left(stage.now_s)


class TestWhatIsRememberedAges:
    @pytest.mark.parametrize("orderly", [False, True])
    @pytest.mark.parametrize("off_s", [600, 2 * HOUR_S])
    def test_over_a_reset_by_the_chips_slow_clock(
        self, tmp_path: Path, off_s: int, orderly: bool
    ) -> None:
        lives = reminded(tmp_path)
        ((age_s,), left_s) = remembered(lives)
        if orderly:
            lives.belt._settle(codes.SHUTDOWN_REQUEST)
        lives.world.now_ms += 1000 * off_s
        lives.restart(machine.WDT_RESET)
        lives.run(2)
        ages, left = remembered(lives)
        if off_s > HOUR_S:
            assert (ages, left) == ([], 0)
        else:
            assert age_s + off_s * 15 // 16 - 150 <= ages[0] <= age_s + off_s + 70
            assert left_s - off_s - 70 <= left <= left_s - off_s * 15 // 16 + 150

    def test_over_a_power_cut_as_soon_as_a_host_says_the_time(self, tmp_path: Path) -> None:
        lives = reminded(tmp_path)
        lives.world.now_ms += 2000 * HOUR_S
        lives.cut_power()
        lives.run(2)
        ages, left_s = remembered(lives)
        assert len(ages) == 1
        assert left_s > 1700
        tell_time(lives)
        assert remembered(lives) == ([], 0)
        tell_time(lives)
        lives.belt.snooze()
        assert remembered(lives)[1] == 1800

    def test_what_came_since_the_start_does_not(self, tmp_path: Path) -> None:
        lives = reminded(tmp_path)
        lives.world.now_ms += 2000 * HOUR_S
        lives.cut_power()
        lives.run(2)
        lives.belt.snooze()
        tell_time(lives)
        ages, left_s = remembered(lives)
        assert ages == []
        assert left_s == 1800

    def test_not_while_nobody_knows_the_time(self, tmp_path: Path) -> None:
        lives = reminded(tmp_path, told_the_time=False)
        lives.world.now_ms += 2000 * HOUR_S
        lives.restart(machine.WDT_RESET)
        lives.run(2)
        tell_time(lives)
        ages, left_s = remembered(lives)
        assert len(ages) == 1
        assert left_s > 1700

    def test_not_backwards_where_a_clock_was_wrong(self, tmp_path: Path) -> None:
        lives = reminded(tmp_path)
        (before, _) = remembered(lives)
        lives.cut_power()
        lives.run(2)
        BeltBackend(lives.belt).set_time(NOON_MS - 1000 * 86_400_000, 0)
        ages, _ = remembered(lives)
        assert ages[0] <= before[0] + 3


class TestBattery:
    def test_the_wearer_is_warned_once_when_it_runs_low(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path)
        lives.world.battery_uv = 3700 * MV
        lives.run(5)
        lives.world.battery_uv = 3590 * MV
        played: list[tuple[int, ...]] = []
        lives.belt.buzz = played.append
        lives.run(800)
        assert played == [haptic.LOW_BATTERY]
        percents = [events.arguments(e)["percent"] for e in lives.events(codes.EVENT_BATTERY)]
        assert percents[-1] < battery.LOW_PERCENT

    def test_an_empty_battery_ends_in_order_and_waits_for_power(self, tmp_path: Path) -> None:
        lives = Lives(tmp_path)
        lives.run(100)
        lives.world.battery_uv = 3290 * MV
        lives.run(700)
        assert lives.world.is_asleep
        lives.world.imu.knock()
        lives.run(1300)
        assert lives.world.is_asleep
        lives.world.battery_uv = 3450 * MV  # it recovers without its load, but is empty still
        lives.run(700)
        assert lives.world.is_asleep
        lives.world.usb_power = True
        lives.world.battery_uv = 3700 * MV
        lives.run(700)
        assert not lives.world.is_asleep
        (end,) = lives.events(codes.EVENT_SHUTDOWN)
        assert events.arguments(end)["reason"] == codes.SHUTDOWN_LOW_BATTERY
        minutes = [r for r in lives.records() if r.kind == codes.KIND_MINUTE and r.boot == 1]
        assert len(minutes) >= 11
        assert causes(lives) == [codes.RESET_POWER_ON, codes.RESET_DEEP_SLEEP]

    def test_switched_on_with_an_empty_battery_it_does_not_begin_to_boot(
        self, tmp_path: Path
    ) -> None:
        lives = Lives(tmp_path)
        lives.world.battery_uv = 3200 * MV
        lives.run(100)
        assert lives.world.is_asleep
        assert not (tmp_path / "log").exists()


class TestKeep:
    class Memory:
        """The clock's memory and nothing else of a board."""

        def __init__(self) -> None:
            self.data = b""
            self.now_s = 0

        def rtc_memory(self) -> bytes:
            return self.data

        def keep_in_rtc(self, data: bytes) -> None:
            self.data = data

        def rtc_s(self) -> int:
            return self.now_s

    def test_the_time_goes_on(self) -> None:
        memory = self.Memory()
        keep.Keep(memory).note_time(1_790_000_000)  # type: ignore[arg-type]
        memory.now_s = 4000
        assert keep.Keep(memory).utc_s() == 1_790_004_000  # type: ignore[arg-type]

    def test_damaged_memory_counts_as_empty(self) -> None:
        memory = self.Memory()
        kept = keep.Keep(memory)  # type: ignore[arg-type]
        kept.note_time(1_790_000_000)
        for at in range(len(memory.data)):
            damaged = bytearray(memory.data)
            damaged[at] ^= 4
            other = self.Memory()
            other.data = bytes(damaged)
            assert keep.Keep(other).utc_s() == 0  # type: ignore[arg-type]
