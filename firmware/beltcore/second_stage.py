# Plumbline belt core: from seconds to reminders and minutes
"""The second stage of the pipeline: present seconds to reminders, decided ones to the log."""

from array import array

from beltwire import codes
from beltwire.records import Minute

from . import params
from .ergonomics import Load, is_slouched
from .minute import MinuteBuilder
from .reminder import NOTHING, REMIND, Reminder
from .second import Second


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
        reminder.calibrated = self.calibrated
        reminder.second(self.now_s, second.activity, self.load, minute_of_day, known)
        self.action = reminder.action
        self.cause = reminder.cause
        self.held_s = reminder.held_s
        self._flag_second(second, minute_of_day)
        self.now_s += 1

    def resume(self, now_s: int) -> None:
        """Count on from second `now_s`, a full minute: for a belt that goes on after a restart."""
        self.now_s = self._decided_s = now_s

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
