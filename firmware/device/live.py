"""The live view: the trunk's angles as it moves, for a host that watches.

While it runs the sensor is read in parts of a second, and each part gives a sample. The parts go
through a filter of their own, which takes over the core's state at every second's beginning and
then gives the same numbers; the core gets the same whole seconds with a live view and without.
"""

from array import array

from beltcore.ergonomics import band_of
from beltcore.inclination import STATE_SIZE, Inclination
from beltcore.trig import flexion_cdeg, lateral_cdeg
from beltwire import codes
from beltwire.messages import LiveSample

from device import imu

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.main import Belt

SECOND_MS = 1000


class Live:
    """The live view of `belt` (a `device.main.Belt`)."""

    def __init__(self, belt: "Belt") -> None:
        self._belt = belt
        self._filter: "Inclination | None" = None
        self._state = array("i", bytes(4 * STATE_SIZE))
        self._samples = array("h", bytes(2 * imu.BLOCK_VALUES))
        self._up = array("h", bytes(2 * 3 * imu.SAMPLES_PER_SECOND))
        self._body_up = array("h", bytes(6))
        self._band = codes.NO_BAND
        self._flexion = codes.NO_ANGLE
        self._lateral = codes.NO_ANGLE

    def begin(self, rate: int) -> int:
        """Read the sensor at least `rate` times a second where it can; returns how often.

        0 ends it. The filter takes its room only while somebody watches.
        """
        if not rate:
            self._filter = None
            self._belt.imu.read_by(imu.SAMPLES_PER_SECOND)
            return 0
        step = imu.STEPS[-1]
        for each in imu.STEPS:
            if imu.SAMPLES_PER_SECOND // each >= rate:
                step = each
                break
        if self._filter is None:
            self._filter = Inclination()
            self._take_over(self._filter)
        self._belt.imu.read_by(step)
        return imu.SAMPLES_PER_SECOND // step

    def part(self, block: "array[int]", second_ms: int) -> None:
        """Show the samples last read into `block`, whose second began at `second_ms`."""
        known = self._filter
        if known is None:
            return
        sensor = self._belt.imu
        end = sensor.filled or imu.SAMPLES_PER_SECOND
        start = end - sensor.step
        if start == 0:
            self._take_over(known)
        for at in range(imu.VALUES_PER_SAMPLE * sensor.step):
            self._samples[at] = block[imu.VALUES_PER_SAMPLE * start + at]
        known.update(self._samples, sensor.step, self._up)
        self._measure(known.up)
        self._send(second_ms + end * SECOND_MS // imu.SAMPLES_PER_SECOND, 0)

    def missing(self) -> None:
        """Tell of a second without samples."""
        if self._filter is not None:
            self._flexion = self._lateral = codes.NO_ANGLE
            self._send(self._belt.clock.now_ms(), codes.LIVE_SENSOR_GAP)

    def _take_over(self, known: Inclination) -> None:
        self._belt.pipeline.samples.inclination.save(self._state)
        known.restore(self._state)

    def _measure(self, up: "array[int]") -> None:
        body = self._body_up
        self._belt.pipeline.samples.mounting.rotate(up, 1, body, 3)
        x = body[0]
        y = body[1]
        z = body[2]
        self._flexion = flexion_cdeg(x, z, abs(x) + abs(y) + abs(z))
        self._lateral = lateral_cdeg(x, y, z)
        self._band = band_of(self._flexion, self._lateral, self._band)

    def _send(self, mono_ms: int, flags: int) -> None:
        belt = self._belt
        if belt.haptic.playing:
            flags |= codes.LIVE_MOTOR_ON
        if belt.store.calibration is None:
            flags |= codes.LIVE_UNCALIBRATED
        second = belt.pipeline.live
        belt.session.offer_sample(
            LiveSample(
                mono_ms=mono_ms,
                flexion_cdeg=self._flexion,
                lateral_cdeg=self._lateral,
                activity=second.activity,
                confidence=second.confidence,
                band=self._band,
                flags=flags,
            )
        )
