"""The guided calibration on the belt: hold the pose, feel the confirming buzz.

Where a calibration is in force, standing begins a draft, and the old one counts on until the draft
is complete (stand, sit, bow) or finished by the host. Cancelled or broken off, nothing has changed.
Where there is none yet, each step is in force at once: that is better than none. Sitting or bowing
without a draft is that step of the calibration in force, done again.
"""

from array import array

from beltcore import walking
from beltcore.calibration import Calibration
from beltcore.mounting import Mounting
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
        self._in_force = belt.pipeline.samples.calibration
        self._draft = Calibration(Mounting())
        self._at = self._in_force  # which of the two the present step is for
        self._drafted = False  # standing is done in the draft: the later steps are for it

    @property
    def status(self) -> int:
        """CALIBRATION_* of `beltwire.codes`."""
        return self._at.status

    @property
    def quality(self) -> int:
        """0 to 100, of the calibration that the steps are for."""
        return self._at.quality

    @property
    def progress(self) -> int:
        """0 to 100: how much of the step that is being collected has been seen."""
        return self._at.progress

    @property
    def reason(self) -> int:
        """REASON_* of a failed step."""
        return self._at.reason

    def restore(self, kept: Kept) -> None:
        """Put a stored calibration in force; ValueError where its rows are no rotation."""
        self._belt.pipeline.calibrate(kept.rows, kept.seated_cdeg, kept.quality)

    def begin(self, step: int) -> None:
        """Start a STEP_*: the wearer takes the pose from now on. ValueError: no such step."""
        if not self._drafted:
            self._in_force.cancel()
            self._at = self._in_force
            if step == codes.STEP_STAND and self._in_force.calibrated:
                self._draft.take_over(self._in_force)
                self._at = self._draft
        self._at.begin(step)

    def begin_alone(self) -> None:
        """Stand, by the belt's button: there is no host to finish, so it is in force when done."""
        self.cancel()
        self._in_force.begin(codes.STEP_STAND)

    def finish(self) -> None:
        """Put a draft in force as far as it has come; a step under way is given up."""
        self._at.cancel()
        if self._drafted:
            self._take_draft()
        self.drop_draft()

    def cancel(self) -> None:
        """Leave things as they were: what is in force stays, a draft is dropped."""
        self.drop_draft()
        self._in_force.cancel()

    def drop_draft(self) -> None:
        """Back to the calibration in force; a step that is for it goes on."""
        self._at = self._in_force
        self._drafted = False

    def second(self, block: "array[int]", count: int) -> None:
        """Take the second that the pipeline has just had."""
        samples = self._belt.pipeline.samples
        if samples.moved:
            self._keep()
        self._tell(samples.walked, samples.walk.shift_cdeg)
        if self.status != codes.CALIBRATION_COLLECTING:
            return
        if self._at.add(block, count, samples.up) == codes.CALIBRATION_DONE:
            self._finish_step()

    def _tell(self, walked: int, shift_cdeg: int) -> None:
        """Log what walking has shown of a belt that does not sit as it did."""
        if walked == walking.SHIFTED:
            self._belt.log_event(codes.EVENT_SHIFT, shift_cdeg)
        elif walked == walking.UPSIDE_DOWN:
            self._belt.log_event(codes.EVENT_BELT_UPSIDE_DOWN)

    def _finish_step(self) -> None:
        """A step is done: put in force what is complete, let the wearer feel it."""
        found = self._at
        self._drafted = found is self._draft
        if not self._drafted:
            self._put_in_force()
        elif found.complete:
            self._take_draft()
        if found.upside_down:
            self._belt.log_event(codes.EVENT_BELT_UPSIDE_DOWN)
        self._belt.buzz(haptic.CONFIRM)

    def _take_draft(self) -> None:
        self._in_force.take_over(self._draft)
        self.drop_draft()
        self._put_in_force()

    def _put_in_force(self) -> None:
        self._belt.pipeline.take_guided()
        self._keep()

    def _keep(self) -> None:
        found = self._in_force
        rows = array("h", found.mounting.rows)
        source = codes.CALIBRATED_ON_BELT
        self._belt.keep_calibration(Kept(rows, found.quality, source, found.seated_cdeg))
