"""The belt: its parts, and the loop that joins them to the core."""

from array import array

from beltwire import codes, events, records
from beltwire.session import BeltSession

from device import FIRMWARE_VERSION, board_table, imu
from device.backend import BeltBackend
from device.battery import Battery
from device.button import Button
from device.clock import Anchor, Clock
from device.files import Files
from device.flashlog import FlashLog
from device.guide import Guide
from device.haptic import Haptic
from device.link import Link
from device.store import CALIBRATION_FILE, Store

LATE_MS = 1500
"""A second of samples is missing when it has not come half a second after its time."""
IDLE_MS = 1000
FAULT_REPORT_S = 60
"""A fault that goes on is logged once a minute with its count, not every second."""
BATTERY_S = 600


class FaultCounter:
    """Counts faults of one kind of event and says when the log should hear of them."""

    def __init__(self) -> None:
        self.kind = 0
        self.count = 0
        self._reported_s = -FAULT_REPORT_S

    def note(self, kind: int) -> None:
        """One more; `kind` is the fault's number."""
        self.kind = kind
        self.count = min(self.count + 1, 65535)

    def due(self, now_s: int) -> bool:
        """There is something to report, and the last report is old enough."""
        return self.count > 0 and now_s - self._reported_s >= FAULT_REPORT_S

    def reported(self, now_s: int) -> None:
        """It has been logged."""
        self.count = 0
        self._reported_s = now_s


class Belt:
    """Everything the belt is. `start` once, then `tick` for ever.

    `board` is a `device.board.Board`, `files` a `device.files.Files` on the flash.
    """

    def __init__(self, board, files) -> None:
        self.board = board
        self.files = files
        table = board.table
        self.clock = Clock(board.ticks_ms, board.ticks_diff)
        self.anchor = Anchor()
        self.store = Store(files)
        self.log = FlashLog(files, table["log_segments"])
        self.imu = imu.Imu(board.i2c, table["imu_address"], board.sleep_ms)
        self.haptic = Haptic(board.i2c, table["haptic_address"], board.haptic_enable)
        self.battery = Battery(board.battery_pin_uv, table["battery_ratio_permille"])
        self.button = Button()
        self.guide = Guide(self)
        self.session = BeltSession(BeltBackend(self))
        self.link = Link(board.open_stream(), self.session)
        self.seconds_of_motion = 0
        self._block = array("h", [0] * imu.BLOCK_VALUES)
        self._sensor_faults = FaultCounter()
        self._storage_faults = FaultCounter()
        self._write_faults_seen = 0
        self._second_ms = 0
        self._battery_s = 0
        self._charging = -1

    # --- start

    def start(self) -> None:
        """Recover the log, read the settings, log the boot, start the sensor."""
        self.store.load()
        self.log.start()
        self.clock.update()
        self.log_event(codes.EVENT_BOOT, self.board.reset_cause(), *FIRMWARE_VERSION)
        for name in self.store.lost:
            calibration = name == CALIBRATION_FILE
            fault = codes.STORAGE_CALIBRATION_LOST if calibration else codes.STORAGE_SETTINGS_LOST
            self.log_event(codes.EVENT_STORAGE_FAULT, fault, 1)
        self.apply_settings()
        self._start_sensor()
        self._measure_battery()

    def apply_settings(self) -> None:
        """Put the stored settings and calibration in force."""

    def hello_flags(self) -> int:
        """HELLO_* bits."""
        flags = codes.HELLO_DEVELOPER
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
        busy = self.link.poll()
        now_ms = self.clock.now_ms()
        self.haptic.tick(now_ms)
        self.button.tick(self.board.button_down(), now_ms)
        self._sense(now_ms)
        self._housekeeping()
        if busy or self.link.busy:
            return 0
        wait = self._second_ms + IDLE_MS - now_ms
        return self.haptic.next_ms(now_ms, max(1, min(wait, IDLE_MS)))

    def _sense(self, now_ms: int) -> None:
        """Take the next second from the sensor, or find out why there is none."""
        late = now_ms - self._second_ms > LATE_MS
        if self.imu.running and (late or self.board.imu_ready()):
            outcome = self.imu.read_block(self._block)
            if outcome == imu.READY:
                self._second_ms = now_ms
                self._second()
                return
            if outcome == imu.PENDING and late:
                self.imu.diagnose_silence()
        if not self.imu.running:
            if late or self.imu.fault:
                self._sensor_failed()
            if not self.imu.running and late:
                self._start_sensor()
        if late:
            self._second_ms += 1000
            self._missing()

    def _start_sensor(self) -> None:
        if self.imu.start() == imu.FAULT:
            self._sensor_failed()

    def _sensor_failed(self) -> None:
        if self.imu.fault:
            self._sensor_faults.note(self.imu.fault)
            self.imu.fault = 0

    def _second(self) -> None:
        self.seconds_of_motion += 1

    def _missing(self) -> None:
        """A second went by without samples."""

    # --- the rest

    def _housekeeping(self) -> None:
        now_s = self.clock.seconds
        if self.log.write_faults != self._write_faults_seen:
            self._write_faults_seen = self.log.write_faults
            self._storage_faults.note(codes.STORAGE_WRITE_FAILED)
        self._report(self._sensor_faults, codes.EVENT_SENSOR_FAULT, now_s)
        self._report(self._storage_faults, codes.EVENT_STORAGE_FAULT, now_s)
        if now_s - self._battery_s >= BATTERY_S:
            self._measure_battery()

    def _report(self, faults: FaultCounter, event: int, now_s: int) -> None:
        if faults.due(now_s):
            kind, count = faults.kind, faults.count
            faults.reported(now_s)
            self.log_event(event, kind, count)

    def _measure_battery(self) -> None:
        self._battery_s = self.clock.seconds
        millivolts = self.battery.measure()
        self.log_event(codes.EVENT_BATTERY, millivolts, self.battery.percent)


def make_belt(board_name: str, flash_root: str) -> Belt:
    """The belt on the board `board_name`, its flash mounted at `flash_root`, started."""
    from device.board import Board

    belt = Belt(Board(board_name), Files(flash_root))
    belt.start()
    return belt


def main() -> None:
    """On a board: run for ever. What goes wrong is printed, and the watchdog starts over."""
    belt = make_belt(board_table.DEFAULT, "")
    belt.board.start_watchdog()
    while True:
        belt.board.idle(belt.tick())
