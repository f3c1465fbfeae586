"""Seconds from the sensor: read in time, explained and told as missing where they do not come."""

from array import array

from beltcore import watch
from beltwire import codes

from device import imu
from device.faults import FaultCounter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.main import Belt

SECOND_MS = 1000
LATE_MS = 1500
"""A second of samples is missing when it has not come half a second after its time."""
AGAIN_MS = 20


class Sensing:
    """Drives the sensor of `belt` (a `device.main.Belt`) and hands it its seconds."""

    def __init__(self, belt: "Belt") -> None:
        self._belt = belt
        self.faults = FaultCounter()
        self.second_ms = 0
        """The belt's time at which the second under way began."""
        self._heard_ms = 0
        self._block = array("h", bytes(2 * imu.BLOCK_VALUES))

    def start(self) -> None:
        """Start the sensor; it then has as long as any second for its first one.

        A bus that a chip holds low is freed first.
        """
        belt = self._belt
        self._heard_ms = belt.clock.now_ms()
        if belt.board.i2c.is_held() and not belt.board.i2c.free():
            return
        if belt.imu.start() == imu.FAULT:
            self._note(belt.imu.fault)

    def self_test(self) -> bool:
        """The sensor's own test, half a second without samples; the sensor then starts anew."""
        passed = self._belt.imu.self_test()
        self._belt.clock.update()
        self._heard_ms = self._belt.clock.now_ms()
        return passed

    def due_ms(self, now_ms: int) -> int:
        """Milliseconds until there may be something to read; INT1 ends a light sleep before."""
        sensor = self._belt.imu
        if not sensor.running:
            return self.second_ms + LATE_MS + 1 - now_ms
        wait = self.second_ms + sensor.due_ms() - now_ms
        return wait if wait > 0 else AGAIN_MS

    def tick(self, now_ms: int) -> None:
        """Take the next second from the sensor, or find out why there is none."""
        late = now_ms - self.second_ms > LATE_MS
        sensor = self._belt.imu
        if sensor.running and (late or self._belt.board.imu_ready()):
            outcome = sensor.read_block(self._block)
            if sensor.tapped():
                self._belt.tapped()
            if outcome == imu.PART or outcome == imu.READY:
                self._take(outcome, now_ms)
                return
            if outcome == imu.PENDING and now_ms - self._heard_ms > LATE_MS:
                outcome = sensor.diagnose_silence()
            if outcome == imu.FAULT:
                self._note(sensor.fault)
        if late:
            self.second_ms += SECOND_MS
            self._belt.take_missing_second()
            if not sensor.running:
                self.start()

    def _take(self, outcome: int, now_ms: int) -> None:
        belt = self._belt
        self._heard_ms = now_ms
        belt.live.part(self._block, self.second_ms)
        if outcome == imu.READY:
            self.second_ms = now_ms
            belt.take_second(self._block)
            self._heed_values(belt.pipeline.samples.inclination.fault)

    def _heed_values(self, fault: int) -> None:
        """Note a sensor that answers with values no working sensor gives."""
        if fault & (watch.FAULT_ACC_STUCK | watch.FAULT_GYRO_STUCK):
            self.faults.note(codes.SENSOR_STUCK)
        elif fault:
            self.faults.note(codes.SENSOR_RAIL)

    def _note(self, fault: int) -> None:
        """Count a fault; where nobody answers because a chip holds the bus, say that."""
        if fault == codes.SENSOR_NO_ANSWER and self._belt.board.i2c.is_held():
            fault = codes.SENSOR_BUS_STUCK
        self.faults.note(fault)
