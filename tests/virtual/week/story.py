"""The story of the week: seven days, their faults, and what is looked at in the end."""

# This runs in MicroPython: no type hints at run time.
import json

from beltwire import codes, settings
from virtual.lines import HELD_FOR_GOOD
from virtual.machine import SOFT_RESET, WDT_RESET

from week.host import EPOCH_MS, Host
from week.worn import Scenes, Worn

DAY_MS = 86_400_000
WRAP = 1 << 30
STEPS_A_TURN = 50
FULL_UV = 2_080_000
LOW_UV = 1_790_000
EMPTY_UV = 1_645_000
UPRIGHT_ROWS = (0, 0, -16384, 0, 16384, 0, 16384, 0, 0)
SNOOZE_MS = 30 * 60_000
LONGER_THAN_GAP_S = 150
"""With what the day had before it, from its first reminder on."""
QUIET_MIN = 3
CALM_MORNINGS = (3, 5)
"""Days on which nothing is reminded of before their story does it."""


def _calibrate():
    """A calibration on the flash: upright is x up."""
    from device.files import Files
    from device.store import CALIBRATION_FILE, Kept, save_checked

    kept = Kept(UPRIGHT_ROWS, 90, codes.CALIBRATED_ON_BELT, 0)
    save_checked(Files("/flash"), CALIBRATION_FILE, kept.to_bytes())


class Story:
    """Tells itself in turns; with `hours` above 0 each day is worn so long instead of minutes."""

    def __init__(self, motion, scenes, hours):
        self._motion = Scenes(motion, scenes)
        self._hours = hours
        _calibrate()
        self.worn = Worn(self._motion, WRAP - 120_000)
        self.host = Host(self.worn)
        self._barred = []  # stretches of (from ms, to ms, why) without reminders
        self._marks = {}
        self._random = 12345
        self._plot = self._week()

    def turn(self):
        """Tell a little; False at the end."""
        for _ in self._plot:
            return True
        return False

    # --- what a storyteller needs

    def _run(self, seconds, scene=None):
        """Time goes by."""
        worn = self.worn
        if scene:
            self._motion.play(scene)
        end = worn.world.now_ms + int(1000 * seconds)
        wait = worn.step(0)
        steps = 0
        while worn.world.now_ms + wait <= end:
            wait = worn.step(wait)
            steps += 1
            if steps % STEPS_A_TURN == 0:
                yield
        worn.world.advance(end - worn.world.now_ms)

    def _chance(self, below):
        self._random = (self._random * 69069 + 1) & 0x3FFFFFFF
        return (self._random >> 8) % below

    def _worn_on(self):
        """The rest of a day by hand: worn for hours, in all scenes."""
        for _ in range(self._hours * 6):
            yield from self._run(240, "life")
            yield from self._run(240, "lean")
            yield from self._run(120, "sit")

    def _off_until(self, day):
        """Switched off until the morning of a day."""
        world = self.worn.world
        world.now_ms = max(world.now_ms, day * DAY_MS)
        world.battery_uv = FULL_UV
        world._charged_ms = world.now_ms
        self.worn.cut_power()

    def _cell(self, uv):
        world = self.worn.world
        world.battery_uv = uv
        world._charged_ms = world.now_ms

    def _bar(self, ms, why):
        now = self.worn.world.now_ms
        self._barred.append((now, now + ms, why))

    def _mark(self, name, value):
        self._marks[name] = value

    # --- the days

    def _week(self):
        for day, told in enumerate(
            (
                self._wrap_of_the_ticks,
                self._bus_and_sensor,
                self._full_flash_and_flat_battery,
                self._hanging_firmware,
                self._sensor_gone,
                self._brown_outs,
                self._everything_at_random,
            )
        ):
            if self.worn.world.now_ms < day * DAY_MS:
                self._off_until(day)
            if day:
                yield from self._morning(0 if day in CALM_MORNINGS else 60)
            yield from told()
            yield from self._worn_on()
        self._off_until(7)
        self._tell()

    def _morning(self, strained_s):
        """A host says the time, so what was given yesterday is over; then a strain is held."""
        yield from self._run(5, "sit")
        self.host.connect()
        self.host.tell_time()
        self.host.leave()
        yield from self._run(strained_s, "lean")

    def _wrap_of_the_ticks(self):
        yield from self._run(10, "sit")
        self.host.connect()
        self.host.tell_time()
        self.host.change((settings.REMINDER_DELAY_S, 30))
        self.host.leave()
        yield from self._run(90, "lean")
        before = self.worn.belt.clock.seconds
        yield from self._run(60, "lean")
        self._mark("over_the_wrap_s", self.worn.belt.clock.seconds - before)
        yield from self._run(60, "life")
        self.host.sync()

    def _bus_and_sensor(self):
        worn = self.worn
        world = worn.world
        yield from self._run(40, "lean")
        world.lines.unheard = 2
        yield from self._run(20)
        world.lines.held = 7
        yield from self._run(20)
        world.imu.brown_out()
        yield from self._run(20)
        world.advance(5500)  # the firmware is kept busy: the FIFO overruns
        yield from self._run(20)
        world.lines.held = HELD_FOR_GOOD
        yield from self._run(12)
        world.lines.held = 9
        yield from self._run(20)
        world.imu.absent = True
        yield from self._run(8)
        world.imu.absent = False
        world.imu.chip_id = 0x69
        world.imu.brown_out()
        yield from self._run(8)
        world.imu.chip_id = 0x6C
        world.imu.frozen = True
        yield from self._run(8)
        world.imu.frozen = False
        yield from self._run(40)
        for _ in range(5):
            worn.cut_after = self._chance(8)
            yield from self._run(45)
        worn.cut_after = -1
        self.host.sync()
        yield from self._night_on_a_table()

    def _night_on_a_table(self):
        """Put down; with minutes to spend, as if 59 minutes of the hour's had gone by."""
        worn = self.worn
        yield from self._run(5, "sit")
        self._motion.play("table")
        yield from self._run(60)
        if not self._hours:
            worn.belt.pipeline.samples.activity._wear._s[8] = 59
        yield from self._run(4000 if self._hours else 200)
        self._mark("asleep_not_worn", worn.world.is_asleep)
        starts = worn.starts
        worn.look_ms = 60000
        yield from self._run(6 * 3600)
        self._mark("looks_in_the_night", worn.starts - starts)
        self._mark("slept_through", worn.world.is_asleep)
        worn.look_ms = 1000
        worn.world.now_ms = max(worn.world.now_ms, 2 * DAY_MS)
        yield from self._run(40, "carried")
        self._mark("woken_by_motion", worn.belt is not None and worn.belt.imu.running)

    def _full_flash_and_flat_battery(self):
        worn = self.worn
        yield from self._run(30, "life")
        yield from self._run(30, "lean")
        worn.flash_full = True
        yield from self._run(70)
        worn.flash_full = False
        yield from self._run(70)
        for _ in range(2):
            worn.world.imu.knock()
            yield from self._run(0.2)
        yield from self._run(1.2)
        self._mark("snoozed", worn.belt.pipeline.seconds.reminder.snoozed_until > 0)
        self._bar(SNOOZE_MS - 5000, "snoozed")
        yield from self._run(LONGER_THAN_GAP_S)
        self._cell(LOW_UV)
        worn.cut_power(brown_out=True)
        yield from self._run(60)
        self.host.sync()
        self._cell(EMPTY_UV)
        yield from self._run(200)
        self._mark("asleep_flat", worn.world.is_asleep)
        worn.look_ms = 60000
        yield from self._run(6 * 3600, "table")
        worn.look_ms = 1000
        self._mark("still_flat", worn.world.is_asleep)
        worn.world.now_ms = 3 * DAY_MS
        self._cell(FULL_UV)
        worn.world.usb_power = True
        yield from self._run(60, "table")
        worn.world.usb_power = False
        self._mark("back_with_power", not worn.world.is_asleep)

    def _hanging_firmware(self):
        worn = self.worn
        yield from self._quiet_hours()
        for _ in range(3):
            worn.restart(WDT_RESET)
            yield from self._run(20)
        self._mark("safe", worn.belt.safe)
        yield from self._run(640)
        self._mark("safe_no_more", not worn.belt.safe and worn.belt.imu.running)
        self.host.connect()
        self.host.change((settings.QUIET_FROM_MIN, -1), (settings.QUIET_TO_MIN, -1))
        self.host.leave()
        self.host.sync()

    def _quiet_hours(self):
        """The day's first strain, and only the hour forbids to say so; then the hour is over."""
        self.host.connect()
        self.host.tell_time()
        now_min = (EPOCH_MS + self.worn.world.now_ms) // 60000 % 1440
        over_min = (now_min + QUIET_MIN) % 1440
        self.host.change((settings.QUIET_FROM_MIN, now_min), (settings.QUIET_TO_MIN, over_min))
        self.host.leave()
        self._bar(60_000 * (QUIET_MIN - 1), "quiet")
        yield from self._run(60 * (QUIET_MIN - 1), "lean")
        told = len(self._reminders())
        yield from self._run(70, "lean")
        self._mark("told_when_quiet_was_over", len(self._reminders()) > told)

    def _reminders(self):
        return [event for event in self.worn.events if event[2] == codes.EVENT_REMINDER]

    def _sensor_gone(self):
        world = self.worn.world
        world.imu.absent = True
        yield from self._run(130)
        self._mark("talks_without_sensor", self.host.connect().boot > 0)
        self.host.leave()
        world.imu.absent = False
        yield from self._run(70, "lean")
        self.host.sync()

    def _brown_outs(self):
        """The day's first strain, which the mode forbids to speak of until it is changed."""
        worn = self.worn
        yield from self._run(20, "lean")
        self.host.connect()
        self.host.change((settings.REMINDER_MODE, settings.MODE_TRACKING))
        self.host.leave()
        self._bar(300_000, "tracking only")
        for _ in range(2):
            yield from self._run(60)
            worn.cut_power(brown_out=True)
        self.host.connect()
        self.host.change((settings.REMINDER_MODE, settings.MODE_TRAINING))
        self.host.leave()
        self._barred[-1] = (self._barred[-1][0], worn.world.now_ms, self._barred[-1][2])
        self.host.sync()
        told = len(self._reminders())
        yield from self._run(70, "lean")
        self._mark("told_when_it_may_train", len(self._reminders()) > told)

    def _everything_at_random(self):
        worn = self.worn
        world = worn.world
        for _ in range(12):
            yield from self._run(20 + self._chance(20), ("lean", "life", "sit")[self._chance(3)])
            what = self._chance(8)
            if what == 0:
                world.lines.unheard = 1 + self._chance(5)
            elif what == 1:
                world.lines.held = 1 + self._chance(9)
            elif what == 2:
                world.imu.brown_out()
            elif what == 3:
                worn.flash_full = not worn.flash_full
            elif what == 4:
                worn.cut_power(brown_out=bool(self._chance(2)))
            elif what == 5:
                worn.restart(SOFT_RESET)
            elif what == 6:
                worn.cut_after = self._chance(6)
            else:
                world.haptic.absent = not world.haptic.absent
        worn.flash_full = world.haptic.absent = False
        worn.cut_after = -1
        yield from self._run(70, "lean")
        self.host.sync()

    # --- the end

    def _tell(self):
        """Print everything a judge wants to know."""
        state, records = self.host.whole_log()
        copy = self.host.copy
        there = {}
        doubled = []
        for record in records:
            if record.seq in there:
                doubled.append(record.seq)
            there[record.seq] = (record.boot, record.t_s, record.kind, record.payload)
        acked = self.host.acked
        gone = [n for n in copy if state.oldest_seq <= n <= acked and n not in there]
        altered = [n for n in copy if n in there and there[n] != copy[n]]
        missing = [n for n in range(1, acked + 1) if n not in copy]
        events = self.worn.events
        faults = {}
        for _, _, code, values, _ in events:
            if code == codes.EVENT_SENSOR_FAULT:
                faults[values[0]] = faults.get(values[0], 0) + values[1]
        findings = {
            "days": self.worn.world.now_ms / DAY_MS,
            "starts": self.worn.starts,
            "marks": self._marks,
            "records": len(copy),
            "minutes": len([each for each in copy.values() if each[2] == codes.KIND_MINUTE]),
            "oldest": state.oldest_seq,
            "acked": acked,
            "acked_gone": gone,
            "altered": altered + self.host.altered,
            "doubled": doubled,
            "missing": missing,
            "overwritten": state.overwritten,
            "boots": [values[0] for _, _, code, values, _ in events if code == codes.EVENT_BOOT],
            "ends": [values[0] for _, _, code, values, _ in events if code == codes.EVENT_SHUTDOWN],
            "faults": faults,
            "storage": [v[0] for _, _, code, v, _ in events if code == codes.EVENT_STORAGE_FAULT],
            "reminders": [
                [ms, values[0], scene]
                for ms, _, code, values, scene in events
                if code == codes.EVENT_REMINDER
            ],
            "snoozes": len([1 for event in events if event[2] == codes.EVENT_SNOOZE]),
            "barred": self._barred,
            "locked_seconds": self.worn.locked_seconds,
        }
        print(json.dumps(findings))
