# Plumbline belt core: from samples to seconds, reminders and minutes
"""The whole way from a block of samples to minute records, in two stages.

    block (1 s, sensor axes)
      --> SampleStage: inclination, mounting, angles, activity, steps  --> live, decided: Second
      --> SecondStage: load, reminder (live); minute records (decided) --> action, minute

`live` is the present second as far as it is known now; reminders act on it. `decided` is the
second LAG s ago, with the activity that a look at the LAG s after it confirms; the log is made
of decided seconds. A second without samples is told with missing() and is never invented: its
Second has known = False and counts in no minute. So does a second in which the motor ran; only
the inclination goes on through it, because the wearer moves just then.

Nothing allocates from the first second on: what `live`, `decided` and `minute` offer is
overwritten by the next, so take what you need before.
"""

from array import array

from beltwire import codes
from beltwire.records import Minute

from . import state
from .reminder import NOTHING
from .sample_stage import BLOCK, RATE_HZ, SampleStage
from .second import Second
from .second_stage import SecondStage

__all__ = ["BLOCK", "RATE_HZ", "Pipeline", "SampleStage", "Second", "SecondStage"]


class Pipeline:
    """Both stages: what the belt, the virtual belt and replay run.

    Each second call second() or missing(), then look at `live`, `action` (with `cause` and
    `held_s`), `decided` and `minute` (with `minute_start_s`). At the end call flush() until it
    says False, and look at `decided` and `minute` after each. `samples.repetitions` tells of chair
    rises and hip hinges, `samples.calibration` and `samples.walked` of how the belt sits.
    """

    VIEWS = ("live", "decided", "minute")

    def __init__(self) -> None:
        self.samples = SampleStage()
        self.seconds = SecondStage()
        self.live = self.samples.live
        self.decided: "Second | None" = None
        self.action = NOTHING
        self.cause = codes.CAUSE_NONE
        self.held_s = 0
        self.minute: "Minute | None" = None
        self.minute_start_s = 0

    def configure(self, number: int, value: int) -> None:
        """Put one setting (number and value as in `beltwire.settings`) in force."""
        self.seconds.reminder.configure(number, value)

    def calibrate(
        self, rows: "array[int]", seated_cdeg: int = codes.NO_ANGLE, quality: int = 60
    ) -> None:
        """Take over a calibration: nine Q14 numbers, the wearer's upright sitting, the quality.

        quality: as `Calibration.quality`; up to 60 forward is unknown and learnt from walking.
        ValueError where the rows are no rotation; then nothing has changed.
        """
        self.samples.calibration.restore(rows, quality, seated_cdeg)
        self.take_guided()

    def take_guided(self) -> None:
        """Put in force what the guided calibration, `samples.calibration`, has found."""
        self.samples.walk.rebase()
        self.seconds.reminder.limits.seated_cdeg = self.samples.calibration.seated_cdeg
        self.seconds.calibrated = True

    def forget_calibration(self) -> None:
        """Go on uncalibrated, and let nothing learnt from the old calibration come back."""
        self.samples.calibration.forget()
        self.take_guided()
        self.seconds.calibrated = False

    def snooze(self, minutes: int) -> None:
        """No reminders for so many minutes; 0 ends a snooze."""
        self.seconds.reminder.snooze(self.seconds.now_s, minutes)

    def flag(self, flags: int) -> None:
        """Set FLAG_* of `beltwire.codes` in the present minute, such as FLAG_CHARGING."""
        self.seconds.flag(flags)

    def save(self) -> "array[int]":
        """The whole state, settings and calibration included; it fits this firmware only."""
        return state.save(self)

    def restore(self, saved: "array[int]") -> None:
        """Go on from what save() gave: the next second is as in the uninterrupted run.

        ValueError where it does not fit.
        """
        state.restore(self, saved)
        self.samples.relink()
        self.live = self.samples.live
        self.decided = self.samples.decided
        self.minute = None
        self.seconds.minute = None

    def second(self, block: "array[int]", motor_on: bool, minute_of_day: int) -> None:
        """Take one second of samples, 312 int16 counts in sensor axes.

        motor_on: the motor ran in it; minute_of_day: local time 0-1439, -1 where not known.
        """
        self.samples.second(block, motor_on)
        if self.samples.moved:  # the seat leans otherwise, seen from the new forward
            self.seconds.reminder.limits.seated_cdeg = self.samples.calibration.seated_cdeg
        self._second(minute_of_day)

    def missing(self, minute_of_day: int = -1) -> None:
        """Take one second without samples."""
        self.samples.missing()
        self._second(minute_of_day)

    def flush(self) -> bool:
        """Bring out what is pending: one decided second a call, then the last, partial minute."""
        self.action = NOTHING
        more = self.samples.flush()
        self.decided = self.samples.decided
        if more:
            self.seconds.decide(self.decided)
        else:
            more = self.seconds.flush()
        self._take_minute()
        return more

    def _second(self, minute_of_day: int) -> None:
        seconds = self.seconds
        self.live = self.samples.live
        seconds.live(self.live, minute_of_day)
        self.action = seconds.action
        self.cause = seconds.cause
        self.held_s = seconds.held_s
        self.decided = self.samples.decided
        seconds.decide(self.decided)
        self._take_minute()

    def _take_minute(self) -> None:
        self.minute = self.seconds.minute
        self.minute_start_s = self.seconds.minute_start_s
