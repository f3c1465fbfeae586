"""The guided calibration on the belt: hold the pose, feel the confirming buzz."""

from array import array

from beltcore.calibration import Calibration
from beltwire import codes

from device import haptic
from device.store import Kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.main import Belt

CONFIRM_STRENGTH = 70


class Guide:
    """Runs `beltcore.calibration` on the seconds of `belt` and keeps what it finds."""

    def __init__(self, belt: "Belt") -> None:
        self._belt = belt
        self._calibration = Calibration(belt.pipeline.samples.mounting)

    @property
    def status(self) -> int:
        """CALIBRATION_* of `beltwire.codes`."""
        return self._calibration.status

    @property
    def quality(self) -> int:
        """0 to 100."""
        return self._calibration.quality

    @property
    def reason(self) -> int:
        """REASON_* of a failed step."""
        return self._calibration.reason

    def restore(self, kept: Kept) -> None:
        """Put a stored calibration in force; ValueError where its rows are no rotation."""
        self._calibration.restore(kept.rows, kept.quality, kept.seated_cdeg)
        self._apply()

    def begin(self, step: int) -> None:
        """Start a STEP_*: the wearer takes the pose from now on. ValueError: no such step."""
        self._calibration.begin(step)

    def cancel(self) -> None:
        """Leave things as they were."""
        self._calibration.cancel()

    def second(self, block: "array[int]", count: int) -> None:
        """Take the second that the pipeline has just had."""
        calibration = self._calibration
        if calibration.status != codes.CALIBRATION_COLLECTING:
            return
        if calibration.add(block, count, self._belt.pipeline.samples.up) == codes.CALIBRATION_DONE:
            self._apply()
            self._keep()

    def _apply(self) -> None:
        samples = self._belt.pipeline.samples
        self._belt.pipeline.calibrate(samples.mounting.rows, self._calibration.seated_cdeg)

    def _keep(self) -> None:
        belt = self._belt
        rows = array("h", belt.pipeline.samples.mounting.rows)
        seated = self._calibration.seated_cdeg
        kept = Kept(rows, self.quality, codes.CALIBRATED_ON_BELT, seated)
        belt.keep_calibration(kept)
        if self._calibration.upside_down:
            belt.log_event(codes.EVENT_BELT_UPSIDE_DOWN)
        belt.haptic.play(haptic.CONFIRM, CONFIRM_STRENGTH, belt.clock.now_ms())
