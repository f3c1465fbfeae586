"""The guided calibration on the belt: hold the pose, feel the confirming buzz."""

from array import array

from beltcore import walking
from beltwire import codes

from device import haptic
from device.store import Kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.main import Belt


class Guide:
    """Runs the calibration of the core's `SampleStage` and keeps what it finds."""

    def __init__(self, belt: "Belt") -> None:
        self._belt = belt
        self._calibration = belt.pipeline.samples.calibration

    @property
    def status(self) -> int:
        """CALIBRATION_* of `beltwire.codes`."""
        return self._calibration.status

    @property
    def quality(self) -> int:
        """0 to 100."""
        return self._calibration.quality

    @property
    def progress(self) -> int:
        """0 to 100: how much of the step that is being collected has been seen."""
        return self._calibration.progress

    @property
    def reason(self) -> int:
        """REASON_* of a failed step."""
        return self._calibration.reason

    def restore(self, kept: Kept) -> None:
        """Put a stored calibration in force; ValueError where its rows are no rotation."""
        self._belt.pipeline.calibrate(kept.rows, kept.seated_cdeg, kept.quality)

    def begin(self, step: int) -> None:
        """Start a STEP_*: the wearer takes the pose from now on. ValueError: no such step."""
        self._calibration.begin(step)

    def cancel(self) -> None:
        """Leave things as they were."""
        self._calibration.cancel()

    def second(self, block: "array[int]", count: int) -> None:
        """Take the second that the pipeline has just had."""
        samples = self._belt.pipeline.samples
        if samples.moved:
            self._keep()
        self._tell(samples.walked, samples.walk.shift_cdeg)
        if self.status != codes.CALIBRATION_COLLECTING:
            return
        if self._calibration.add(block, count, samples.up) == codes.CALIBRATION_DONE:
            self._finish_step()

    def _tell(self, walked: int, shift_cdeg: int) -> None:
        """Log what walking has shown of a belt that does not sit as it did."""
        if walked == walking.SHIFTED:
            self._belt.log_event(codes.EVENT_SHIFT, shift_cdeg)
        elif walked == walking.UPSIDE_DOWN:
            self._belt.log_event(codes.EVENT_BELT_UPSIDE_DOWN)

    def _finish_step(self) -> None:
        """A step is done: put it in force, keep it, let the wearer feel it."""
        found = self._calibration
        self._belt.pipeline.take_guided()
        self._keep()
        if found.upside_down:
            self._belt.log_event(codes.EVENT_BELT_UPSIDE_DOWN)
        self._belt.buzz(haptic.CONFIRM)

    def _keep(self) -> None:
        found = self._calibration
        rows = array("h", found.mounting.rows)
        source = codes.CALIBRATED_ON_BELT
        self._belt.keep_calibration(Kept(rows, found.quality, source, found.seated_cdeg))
