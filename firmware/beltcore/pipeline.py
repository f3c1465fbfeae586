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
overwritten later, so take what you need before the next call.
"""

from array import array

from beltwire import codes
from beltwire.records import Minute

from . import params, state, walking
from .activity import LAG, Activity
from .calibration import Calibration
from .ergonomics import Load, band_of, is_slouched
from .inclination import Inclination
from .minute import MinuteBuilder
from .mounting import Mounting
from .reminder import NOTHING, REMIND, Reminder
from .trig import flexion_cdeg, lateral_cdeg

RATE_HZ = 52
BLOCK = 6 * RATE_HZ
_UP = 3 * RATE_HZ
_RING = LAG + 1
_GAP_RESET_S = 2  # s without samples after which the inclination starts afresh


class Second:
    """What is known of one second; all integers.

    index: seconds since the start; activity: code; confidence: percent; flexion_cdeg,
    lateral_cdeg: centidegrees, NO_ANGLE where not known; band: of these angles, whatever the
    activity; steps: begun in it; side: the side that is down, meaningful while lying;
    known: samples were there and the motor was at rest; gap: there were no samples.
    """

    def __init__(self) -> None:
        self.index = -1
        self.activity = codes.UNKNOWN
        self.confidence = 0
        self.flexion_cdeg = codes.NO_ANGLE
        self.lateral_cdeg = codes.NO_ANGLE
        self.band = codes.NO_BAND
        self.steps = 0
        self.side = codes.NO_SIDE
        self.known = False
        self.gap = False

    def clear(self, index: int) -> None:
        """Make this the unknown second number `index`."""
        self.index = index
        self.activity = codes.UNKNOWN
        self.confidence = 0
        self.flexion_cdeg = codes.NO_ANGLE
        self.lateral_cdeg = codes.NO_ANGLE
        self.band = codes.NO_BAND
        self.steps = 0
        self.side = codes.NO_SIDE
        self.known = False
        self.gap = False


class SampleStage:
    """Samples to seconds.

    `up` holds the last block's up vectors in sensor axes (156 numbers). `walked` says what
    walking has shown in this second of how the belt sits (codes of `walking`); `moved` says that
    it has turned the mounting about "up", which the belt may want to keep.
    """

    VIEWS = ("live", "decided")

    def __init__(self) -> None:
        self.mounting = Mounting()
        self.calibration = Calibration(self.mounting)
        self.walk = walking.Walk()
        self.walked = walking.NOTHING
        self.moved = False
        self.inclination = Inclination()
        self.activity = Activity()
        self.up = array("h", bytes(2 * _UP))
        self.count = 0
        self.live = Second()
        self.decided: "Second | None" = None
        self._body = array("h", bytes(2 * BLOCK))
        self._body_up = array("h", bytes(2 * _UP))
        self._ring = [Second() for _ in range(_RING)]
        self._band = codes.NO_BAND
        self._gap_s = 0
        self._flushed = 0

    def second(self, block: "array[int]", motor_on: bool = False) -> None:
        """Take one second of samples: 312 int16 counts in sensor axes (ax ay az gx gy gz)."""
        live = self._begin()
        if self._gap_s >= _GAP_RESET_S:
            self.inclination.reset()
        self._gap_s = 0
        self.inclination.update(block, RATE_HZ, self.up)
        if motor_on:
            self.activity.missing()
        else:
            self.mounting.rotate(block, RATE_HZ, self._body)
            self.mounting.rotate(self.up, RATE_HZ, self._body_up, 3)
            self._measure(live)
            self.activity.second(self._body, self._body_up)
            live.activity = self.activity.live
            live.confidence = self.activity.live_confidence
            self._learn(block, live.activity == codes.WALKING)
        self._decide(self.count)

    def missing(self) -> None:
        """Take one second without samples."""
        live = self._begin()
        live.gap = True
        self._gap_s = min(self._gap_s + 1, _GAP_RESET_S)
        self.activity.missing()
        self._decide(self.count)

    def flush(self) -> bool:
        """Decide one more second without waiting for what comes after it; False: none is left.

        For the end of a run. Only flush() may follow.
        """
        if self._flushed >= LAG or not self.count:
            self.decided = None
            return False
        self._flushed += 1
        self.activity.missing()
        while self.count + self._flushed <= LAG:
            self._flushed += 1
            self.activity.missing()
        self._decide(self.count + self._flushed)
        return True

    def relink(self) -> None:
        """After restoring: find the present and the decided second in the ring again."""
        self.live = self._ring[(self.count - 1) % _RING]
        index = self.count - 1 - LAG
        self.decided = self._ring[index % _RING] if index >= 0 else None

    def _begin(self) -> Second:
        live = self._ring[self.count % _RING]
        live.clear(self.count)
        self.live = live
        self.walked = walking.NOTHING
        self.moved = False
        self.count += 1
        return live

    def _learn(self, block: "array[int]", walking_now: bool) -> None:
        """Learn from walking how the belt sits."""
        known = self.calibration
        self.walked = self.walk.add(
            block, RATE_HZ, self.up, walking_now, self.mounting, known.calibrated
        )
        if self.walked == walking.FORWARD_FOUND or self.walked == walking.TURNED:
            self.moved = known.found_forward(self.walk.forward, self.walk.quality)

    def _measure(self, live: Second) -> None:
        """Fill in angles, band and side from the mean up vector of the second."""
        x = y = z = 0
        up = self._body_up
        for at in range(0, _UP, 3):
            x += up[at]
            y += up[at + 1]
            z += up[at + 2]
        x //= RATE_HZ
        y //= RATE_HZ
        z //= RATE_HZ
        live.flexion_cdeg = flexion_cdeg(x, z, abs(x) + abs(y) + abs(z))
        live.lateral_cdeg = lateral_cdeg(x, y, z)
        self._band = band_of(live.flexion_cdeg, live.lateral_cdeg, self._band)
        live.band = self._band
        if abs(x) >= abs(y):
            live.side = codes.SIDE_BACK if x >= 0 else codes.SIDE_BELLY
        else:
            live.side = codes.SIDE_RIGHT if y >= 0 else codes.SIDE_LEFT
        live.known = True

    def _decide(self, taken: int) -> None:
        """Fill in what `taken` seconds tell of the second LAG before the last of them."""
        index = taken - 1 - LAG
        if index < 0:
            self.decided = None
            return
        decided = self._ring[index % _RING]
        if not decided.gap:
            decided.activity = self.activity.decided
            decided.confidence = self.activity.decided_confidence
            decided.steps = self.activity.steps
        self.decided = decided


class SecondStage:
    """Seconds to reminders and minutes. Keeps its own count of seconds, `now_s`.

    After live(): `action` (NOTHING, REMIND, THANK, NOTE of `reminder`), `cause`, `held_s`.
    After decide(): `minute` is the record just finished or None; it began at `minute_start_s`.
    """

    VIEWS = ("minute",)

    def __init__(self) -> None:
        self.load = Load()
        self.reminder = Reminder()
        self.builder = MinuteBuilder()
        self.calibrated = False
        self.now_s = 0
        self.action = NOTHING
        self.cause = codes.CAUSE_NONE
        self.held_s = 0
        self.minute: "Minute | None" = None
        self.minute_start_s = 0
        self._decided_s = 0
        self._slouched = False
        self._flags = array("i", bytes(16))  # of the minutes not finished yet, by number

    def live(self, second: Second, minute_of_day: int) -> None:
        """Take the present second; minute_of_day: local time, -1 where it is not known."""
        reminder = self.reminder
        known = second.known
        self.load.second(
            second.activity, second.flexion_cdeg, second.lateral_cdeg, reminder.limits, known
        )
        reminder.second(self.now_s, second.activity, self.load, minute_of_day, known)
        self.action = reminder.action
        self.cause = reminder.cause
        self.held_s = reminder.held_s
        self._flag_second(second, minute_of_day)
        self.now_s += 1

    def flag(self, flags: int) -> None:
        """Set FLAG_* in the present minute."""
        self._flags[self.now_s // params.MINUTE_S & 3] |= flags

    def decide(self, second: "Second | None") -> None:
        """Take the next decided second, None where there is none yet."""
        self.minute = None
        if second is None:
            return
        if second.known:
            self._slouched = is_slouched(
                second.activity,
                second.flexion_cdeg,
                self.reminder.limits.seated_cdeg,
                self._slouched,
            )
            self.builder.add(
                second.activity,
                second.flexion_cdeg,
                second.lateral_cdeg,
                second.band,
                second.steps,
                second.side,
                self._slouched,
            )
        self._decided_s += 1
        if self._decided_s % params.MINUTE_S == 0:
            self._finish(self._decided_s - params.MINUTE_S, 0)

    def flush(self) -> bool:
        """Finish the minute under way as a partial one; False: there was none."""
        self.minute = None
        begun = self._decided_s % params.MINUTE_S
        if begun:
            start = self._decided_s - begun
            self._decided_s = start + params.MINUTE_S
            self._finish(start, codes.FLAG_PARTIAL)
        return begun != 0

    def _flag_second(self, second: Second, minute_of_day: int) -> None:
        flags = 0
        if self.action == REMIND:
            flags |= codes.FLAG_REMINDER
        if self.reminder.is_snoozed(self.now_s):
            flags |= codes.FLAG_SNOOZED
        if self.reminder.is_quiet(minute_of_day):
            flags |= codes.FLAG_QUIET
        if second.gap:
            flags |= codes.FLAG_SENSOR_GAP
        if not self.calibrated:
            flags |= codes.FLAG_UNCALIBRATED
        self.flag(flags)

    def _finish(self, start_s: int, flags: int) -> None:
        slot = start_s // params.MINUTE_S & 3
        self.builder.flag(self._flags[slot] | flags)
        self._flags[slot] = 0
        if self.builder.finish():
            self.minute = self.builder.minute
            self.minute_start_s = start_s


class Pipeline:
    """Both stages: what the belt, the virtual belt and replay run.

    Each second call second() or missing(), then look at `live`, `action` (with `cause` and
    `held_s`), `decided` and `minute` (with `minute_start_s`). At the end call flush() until it
    says False, and look at `decided` and `minute` after each.
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
        self.samples.walk.rebase()
        self.seconds.reminder.limits.seated_cdeg = seated_cdeg
        self.seconds.calibrated = True

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
