"""The belt: its parts, and the loop that joins them to the core."""

from array import array

from beltcore import reminder
from beltcore.params import MINUTE_S
from beltcore.pipeline import Pipeline
from beltwire import codes, events, records, settings
from beltwire.pairing import Guard
from beltwire.session import BeltSession

from device import FIRMWARE_VERSION, board_table, button, corestate, haptic, imu, keep, rest
from device.access import Access
from device.backend import BeltBackend
from device.battery import Battery
from device.clock import Anchor, Clock
from device.faults import FaultCounter
from device.files import Files
from device.flashlog import FlashLog
from device.guide import Guide
from device.keep import Keep
from device.link import Link
from device.live import Live
from device.pairing import KeyKeeper
from device.repeating import tell as tell_repetitions
from device.rest import Rest
from device.sensing import Sensing
from device.store import CALIBRATION_FILE, Kept, Store
from device.update import Updates

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.board import Board

SECOND_MS = 1000
MINUTE_MS = 60_000
BATTERY_S = 600
LOW_BATTERY_S = 60
FULL_STRENGTH = 100
LINE_MS = 100
"""What has been handed to the serial line is out after this."""
STANDS_S = 120
"""A belt that has run so long has not fallen over at its start."""
FALLS = 3
"""So often in a row, and it starts without sensor and motor, so that a host can see to it."""
SAFE_S = 600
"""After so long it tries again in full."""
MINUTES_AHEAD = 4
"""A minute's record is written some seconds after its end; so many starts are remembered."""


class Belt:
    """Everything the belt is. `start` once, then `tick` for ever.

    `board` is a `device.board.Board`, `files` a `device.files.Files` on the flash.
    """

    def __init__(self, board: "Board", files: Files) -> None:
        self.board = board
        self.files = files
        table = board.table
        self.clock = Clock(board.ticks_ms, board.ticks_diff)
        self.anchor = Anchor()
        self.store = Store(files)
        self.log = FlashLog(files, table["log_segments"])
        self.imu = imu.Imu(board.i2c, table["imu_address"], board.sleep_ms)
        self.haptic = haptic.Haptic(board.i2c, table["haptic_address"], board.haptic_enable)
        self.battery = Battery(board.battery_pin_uv, table["battery_ratio_permille"])
        self.button = button.Button()
        self.pipeline = Pipeline()
        self.guide = Guide(self)
        self.live = Live(self)
        self.sensing = Sensing(self)
        self.access = Access(files)
        self.updates = Updates(files, board.texts["name"])
        self.updates.feed = board.feed_watchdog
        self.restart_for = 0
        """SHUTDOWN_* of a restart to come once everything has been answered; 0 = none."""
        self.keeper = KeyKeeper(self)
        self.session = BeltSession(BeltBackend(self), Guard(self.keeper))
        self.link = Link(board.open_stream(), self.session, self.clock)
        self.keep = Keep(board)
        self.rest = Rest(self)
        self.safe = False
        """Started without sensor and motor, because it fell over again and again."""
        self._left_min = corestate.NO_TIME
        """Minute (UTC) from which what is remembered has to age; NO_TIME: not known, or done."""
        self._minute_starts = array("i", bytes(4 * MINUTES_AHEAD))
        self._storage_faults = FaultCounter()
        self._write_faults_seen = 0
        self._damaged_seen = 0
        self._overwritten_seen = 0
        self._battery_s = 0
        self._charging = False

    # --- start

    def start(self) -> None:
        """Recover the log, read the settings, log the boot, start the sensor."""
        self.store.load()
        self.keeper.load()
        self.access.load()
        self.updates.load()
        self.log.start()
        self._overwritten_seen = self.log.overwritten
        self.clock.update()
        cause = self.keep.take_cause(self.board.reset_cause())
        self.log_event(codes.EVENT_BOOT, cause, *FIRMWARE_VERSION)
        self.safe = self.keep.falls >= FALLS
        if self.safe:
            self.log_event(codes.EVENT_SAFE_MODE, self.keep.falls)
        if self.keep.utc_s():
            self.anchor.estimate(self.keep.utc_s() * SECOND_MS, self.clock.now_ms())
        for name in self.store.lost:
            calibration = name == CALIBRATION_FILE
            fault = codes.STORAGE_CALIBRATION_LOST if calibration else codes.STORAGE_SETTINGS_LOST
            self.log_event(codes.EVENT_STORAGE_FAULT, fault, 1)
        self.apply_settings()
        self._restore_calibration()
        self._restore_core()
        if not self.safe:
            self.sensing.start()
        self._measure_battery()

    def _restore_calibration(self) -> None:
        kept = self.store.calibration
        if kept is None:
            return
        try:
            self.guide.restore(kept)
        except ValueError:
            self.store.calibration = None
            fault = codes.STORAGE_CALIBRATION_LOST
            self.log_event(codes.EVENT_STORAGE_FAULT, fault, 1)
        else:
            source = codes.CALIBRATION_RESTORED
            self.log_event(codes.EVENT_CALIBRATION, kept.quality, source, *kept.rows)

    def _restore_core(self) -> None:
        """Go on where the last boot ended, or at least with its reminders."""
        try:
            left_min = corestate.restore(self.files, self.pipeline)
            if left_min == corestate.NOTHING:
                left_min = corestate.restore_reminding(self.files, self.pipeline)
            self._left_min = max(left_min, corestate.NO_TIME)
        except OSError:
            self._storage_faults.note(codes.STORAGE_WRITE_FAILED)
        seconds = self.pipeline.seconds
        seconds.reminder.restarted(seconds.now_s)
        if self.age_reminding():
            seconds.load.strain.clear()  # nobody knows how the wearer was held meanwhile
            seconds.load.slouch.clear()
        self.apply_settings()

    def age_reminding(self) -> bool:
        """What is remembered from before the start is older by what the belt was off; if it is.

        Where the time is known, by the chip's slow clock or by a host. A little less is taken:
        that clock is off by percents, and rather too quiet is better.
        """
        if not self._left_min or not self.anchor.known:
            return False
        off_min = self.anchor.utc_ms(0) // MINUTE_MS - self._left_min - 1
        self._left_min = corestate.NO_TIME
        if off_min <= 0:
            return False
        self.pipeline.seconds.reminder.age(off_min * MINUTE_S * 15 // 16)
        return True

    def _utc_min(self) -> int:
        """The minute (UTC) that it is, NO_TIME where that is not known."""
        if not self.anchor.known:
            return corestate.NO_TIME
        return self.anchor.utc_ms(self.clock.now_ms()) // MINUTE_MS

    def keep_reminding(self) -> None:
        """The budget and a snooze hold over a power cut."""
        try:
            corestate.save_reminding(self.files, self.pipeline, self._utc_min())
        except OSError:
            self._storage_faults.note(codes.STORAGE_WRITE_FAILED)

    def apply_settings(self) -> None:
        """Put the stored settings in force."""
        for number, value in self.store.pairs():
            self.pipeline.configure(number, value)

    def keep_calibration(self, kept: Kept) -> None:
        """Store a calibration and log it, before the minutes it holds for."""
        try:
            self.store.calibrate(kept)
        except OSError:
            self._storage_faults.note(codes.STORAGE_WRITE_FAILED)
        self.log_event(codes.EVENT_CALIBRATION, kept.quality, kept.source, *kept.rows)

    def factory_reset(self) -> None:
        """Forget the wearer: key, log, settings, calibration, name."""
        self.session.reset()
        self.log.wipe()
        self.forget_settings()
        for name in corestate.FILES:
            if name in self.files.listdir(""):
                self.files.remove(name)
        self.access.forget()
        self.keeper.forget()  # last: a belt without a key never has anybody's log

    def forget_settings(self) -> None:
        """Settings and calibration, on the flash and in force."""
        self.store.wipe()
        self.apply_settings()
        self.guide.cancel()
        self.pipeline.forget_calibration()

    def hello_flags(self) -> int:
        """HELLO_* bits."""
        flags = codes.HELLO_DEVELOPER if self.access.is_open else 0
        if self.keeper.key() is not None:
            flags |= codes.HELLO_PAIRED
        if self.store.calibration is None:
            flags |= codes.HELLO_UNCALIBRATED
        if self.board.is_virtual():
            flags |= codes.HELLO_VIRTUAL
        return flags

    def log_event(self, code: int, *values: int) -> None:
        """Log an event of this moment."""
        payload = records.pack_event(events.make(code, *values))
        self.log.append(codes.KIND_EVENT, self.clock.seconds, payload)

    # --- the loop

    def tick(self) -> int:
        """One round of work; returns the milliseconds until there may be more."""
        self.clock.update()
        self.board.feed_watchdog()
        now_ms = self.clock.now_ms()
        self.haptic.tick(now_ms)
        self._heed_button(now_ms)
        if not self.safe:
            self.sensing.tick(now_ms)
        self._keep_house()
        self.rest.tick(self.clock.seconds)
        busy = self.link.poll()
        if busy or self.link.busy:
            return 0
        if self.restart_for:
            self._restart_as_wanted()
        wait = SECOND_MS if self.safe else self.sensing.due_ms(now_ms)
        return self.haptic.next_ms(now_ms, max(1, min(wait, SECOND_MS)))

    def _heed_button(self, now_ms: int) -> None:
        """A short press snoozes, 3 s begin a calibration, 10 s are a factory reset."""
        outcome = self.button.tick(self.board.button_down(), now_ms)
        if outcome == button.NOTHING:
            return
        if outcome == button.ABOUT_TO_RESET:
            self.haptic.play(haptic.WARNING, FULL_STRENGTH, now_ms)
            return
        if outcome == button.PRESSED:
            self.snooze()
            return
        self.buzz(haptic.CONFIRM)
        if outcome == button.HELD:
            self.guide.begin_alone()
        else:
            self.factory_reset()

    def buzz(self, pattern: "tuple[int, ...]") -> None:
        """Play a pattern at the wearer's strength."""
        if self.safe:
            return
        strength = self.store.settings[settings.STRENGTH]
        self.haptic.play(pattern, strength, self.clock.now_ms())

    # --- the end

    def end(self, reason: int) -> None:
        """An orderly end, SHUTDOWN_* `reason`: everything is logged, then deep sleep."""
        kept = self._settle(reason)
        if reason == codes.SHUTDOWN_LOW_BATTERY:
            self._stop_sensor()
            rest.fall_asleep(self.board, kept, keep.FLAT)
        else:
            self.imu.watch_motion()
            rest.fall_asleep(self.board, kept, keep.NOT_WORN)

    def _restart_as_wanted(self) -> None:
        reason, self.restart_for = self.restart_for, 0
        self.board.sleep_ms(LINE_MS)
        update = reason == codes.SHUTDOWN_UPDATE
        self.restart(codes.RESET_UPDATE if update else codes.RESET_SOFTWARE, reason)

    def restart(self, cause: int, reason: int) -> None:
        """Start over because it was asked for: RESET_* for the next BOOT, SHUTDOWN_* for now."""
        kept = self._settle(reason)
        kept.cause = cause
        kept.write()
        self.board.reset()

    def _settle(self, reason: int) -> Keep:
        """Log what is pending, keep what the core has learnt, stand still."""
        try:
            corestate.save(self.files, self.pipeline, self._utc_min())
        except OSError:
            self._storage_faults.note(codes.STORAGE_WRITE_FAILED)
        more = True
        while more:
            more = self.pipeline.flush()
            self._log_minute()
        self.log_event(codes.EVENT_SHUTDOWN, reason)
        self.haptic.stop()
        if self.anchor.known:
            self.keep.note_time(self.anchor.utc_ms(self.clock.now_ms()) // SECOND_MS)
        return self.keep

    def _stop_sensor(self) -> None:
        try:
            self.imu.stop()
        except OSError:
            self.imu.running = False  # nothing is left to be done about it

    # --- the sensor

    def take_second(self, block: "array[int]") -> None:
        """The next second of samples has come."""
        self._begin_minute()
        self.pipeline.second(block, self.haptic.take_ran(), self._minute_of_day())
        self.guide.second(block, imu.SAMPLES_PER_SECOND)
        self._act()

    def take_missing_second(self) -> None:
        """A second has gone by without samples."""
        self._begin_minute()
        self.haptic.take_ran()
        self.pipeline.missing(self._minute_of_day())
        self.live.missing()
        self._act()

    def tapped(self) -> None:
        """The wearer has tapped twice: a snooze. What the motor shakes off is no tap."""
        if not self.haptic.ran:
            self.snooze()

    def snooze(self) -> None:
        """No reminders for the time that is set; the confirming buzz says so."""
        minutes = self.store.settings[settings.SNOOZE_MIN]
        self.pipeline.snooze(minutes)
        self.keep_reminding()
        self.log_event(codes.EVENT_SNOOZE, minutes)
        self.buzz(haptic.CONFIRM)

    def _begin_minute(self) -> None:
        """Where a minute of the core begins: note the belt's time at the start of its second."""
        now_s = self.pipeline.seconds.now_s
        if now_s % MINUTE_S == 0:
            start_s = max(0, (self.sensing.second_ms - SECOND_MS) // SECOND_MS)
            self._minute_starts[now_s // MINUTE_S % MINUTES_AHEAD] = start_s
        if self._charging:
            self.pipeline.flag(codes.FLAG_CHARGING)

    def _minute_of_day(self) -> int:
        offset = self.store.settings[settings.UTC_OFFSET_MIN]
        return self.anchor.minute_of_day(self.clock.now_ms(), offset)

    # --- what follows from a second

    def _act(self) -> None:
        pipeline = self.pipeline
        if pipeline.action == reminder.REMIND:
            self.buzz(haptic.REMINDERS[self.store.settings[settings.PATTERN]])
            angle = pipeline.live.flexion_cdeg
            self.keep_reminding()
            self.log_event(codes.EVENT_REMINDER, pipeline.cause, angle, pipeline.held_s)
        elif pipeline.action != reminder.NOTHING:
            if pipeline.action == reminder.THANK:
                self.buzz(haptic.CORRECTED)
            self.log_event(codes.EVENT_CORRECTED, pipeline.cause)
        tell_repetitions(self)
        self._log_minute()

    def _log_minute(self) -> None:
        pipeline = self.pipeline
        if pipeline.minute is not None:
            start_s = self._minute_starts[pipeline.minute_start_s // MINUTE_S % MINUTES_AHEAD]
            self.log.append(codes.KIND_MINUTE, start_s, records.pack_minute(pipeline.minute))

    # --- the rest

    def _keep_house(self) -> None:
        now_s = self.clock.seconds
        if self.log.write_faults != self._write_faults_seen:
            self._write_faults_seen = self.log.write_faults
            self._storage_faults.note(codes.STORAGE_WRITE_FAILED)
        self._report(self.sensing.faults, codes.EVENT_SENSOR_FAULT, now_s)
        self._report(self._storage_faults, codes.EVENT_STORAGE_FAULT, now_s)
        if self.log.damaged_pages != self._damaged_seen:
            self._damaged_seen = self.log.damaged_pages
            self._storage_faults.note(codes.STORAGE_PAGE_DAMAGED)
        if self.log.overwritten < self._overwritten_seen:
            self._overwritten_seen = 0  # wiped since
        if self.log.overwritten > self._overwritten_seen:
            self.log_event(codes.EVENT_OVERWRITTEN, self.log.overwritten - self._overwritten_seen)
            self._overwritten_seen = self.log.overwritten
        if self.board.on_usb_power() != self._charging:
            self._charging = not self._charging
            if not self._charging:
                self.session.reset()  # the cable is out: whoever comes next proves himself anew
            self.log_event(codes.EVENT_CHARGE, 1 if self._charging else 0)
        if now_s - self._battery_s >= (LOW_BATTERY_S if self.battery.is_low() else BATTERY_S):
            self._measure_battery()
        if self.updates.overdue(now_s):
            self.restart_for = codes.SHUTDOWN_REQUEST
        if now_s >= STANDS_S:
            self.keep.stands()
            if self.safe and now_s >= SAFE_S:
                self.restart(codes.RESET_SOFTWARE, codes.SHUTDOWN_REQUEST)

    def _report(self, faults: FaultCounter, event: int, now_s: int) -> None:
        if faults.due(now_s):
            for kind, count in faults.take(now_s):
                self.log_event(event, kind, count)

    def _measure_battery(self) -> None:
        """Measure; log it at the start and whenever the percentage has changed by a tenth."""
        self._battery_s = self.clock.seconds
        if self.haptic.ran:
            return  # the motor pulls the voltage down
        before = self.battery.percent
        was_low = self.battery.is_low()
        millivolts = self.battery.measure()
        if self.battery.percent // 10 != before // 10:
            self.log_event(codes.EVENT_BATTERY, millivolts, self.battery.percent)
        if self.battery.is_low() and not was_low and not self._charging:
            self.buzz(haptic.LOW_BATTERY)


def main() -> None:
    """The entry point on a board."""
    from device.board import Board
    from device.life import run

    run(Board(board_table.DEFAULT), Files(""))
