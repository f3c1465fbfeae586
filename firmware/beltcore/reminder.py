# Plumbline belt core: when to buzz
"""When to remind, as one table of states and transitions.

A reminder says "time to vary your position". It is rare: one cause at a time, never twice within
MINIMUM_GAP_S, never above the wearer's hourly budget, and never while walking, in a transition,
lying, not worn, unknown, in quiet hours or snoozed. Without a calibration the trunk's angle is a
guess, so only sitting bouts are reminded of. After a reminder, a change of position
within CORRECTION_WITHIN_S is answered by a thank-you, and only then.

States
    REST      nothing to remind of, or reminding is not allowed
    WATCH     a cause is building up
    ANSWER    a reminder was given; its correction is awaited
    CHANGING  the correction has begun and must last CORRECTION_HOLD_S

Inputs, one a second, the first that holds:
    BARRED    reminding is switched off, or quiet, or snoozed, or the belt is not worn
    UNCLEAR   in a transition, or unknown: no posture to judge
    MOVING    walking, on stairs, running, or lying: no posture is held
    DUE       a cause has used up its time, and gap and budget allow a reminder
    HELD      a cause is building up, or is due but must wait
    EASE      no cause

    state     BARRED  UNCLEAR   MOVING    DUE            HELD    EASE
    REST      REST    REST      REST      ANSWER remind  WATCH   REST
    WATCH     REST    WATCH     REST      ANSWER remind  WATCH   REST
    ANSWER    REST    ANSWER    CHANGING  ANSWER remind  ANSWER  CHANGING
    CHANGING  REST    CHANGING  CHANGING  ANSWER remind  ANSWER  CHANGING

    ANSWER and CHANGING end in REST when CORRECTION_WITHIN_S has passed since the reminder.
    CHANGING counts its seconds of MOVING and EASE; with CORRECTION_HOLD_S of them it ends in
    REST and the correction: THANK where the wearer sits or stands, NOTE (the event without the
    buzz) where not.
"""

from array import array

from beltwire import codes, settings

from . import params
from .ergonomics import Limits, Load, is_still

REST = 0
WATCH = 1
ANSWER = 2
CHANGING = 3

BARRED = 0
UNCLEAR = 1
MOVING = 2
DUE = 3
HELD = 4
EASE = 5

# What a second leads to.
NOTHING = 0
REMIND = 1
THANK = 2
NOTE = 3

# next state by state and input, as drawn above; DUE also reminds.
TABLE = (
    (REST, REST, REST, ANSWER, WATCH, REST),
    (REST, WATCH, REST, ANSWER, WATCH, REST),
    (REST, ANSWER, CHANGING, ANSWER, ANSWER, CHANGING),
    (REST, CHANGING, CHANGING, ANSWER, ANSWER, CHANGING),
)

_NEVER = -(1 << 29)


class Reminder:
    """The state machine; `action`, `cause` and `held_s` tell what the last second led to."""

    def __init__(self) -> None:
        self.limits = Limits()
        self.mode = settings.MODE_TRAINING
        self.sitting_limit_s = 2700
        self.budget = 6
        self.quiet_from = -1
        self.quiet_to = -1
        self.slouch_on = True
        self.calibrated = False
        self.action = NOTHING
        self.cause = codes.CAUSE_NONE
        self.held_s = 0
        self.state = REST
        self._given = array("i", [_NEVER] * params.BUDGET_MAX)
        self._last = 0  # place of the latest reminder in _given
        self._asked = codes.CAUSE_NONE  # cause of the reminder that awaits its correction
        self._changed_s = 0
        self._sat_s = 0  # sitting bout at its last reminder, 0 for none
        self._still_s = 0
        self.snoozed_until = _NEVER
        self._before_s = _NEVER  # until then are those of before the restart
        self._before_until = _NEVER
        for number in settings.TABLE:
            self.configure(number, settings.TABLE[number][4])

    def configure(self, number: int, value: int) -> None:
        """Take over one setting of `beltwire.settings`; those of other parts are passed over."""
        if number == settings.REMINDER_MODE:
            self.mode = value
        elif number == settings.REMINDER_DELAY_S:
            self.limits.delay_s = value
        elif number == settings.FLEXION_LIMIT_DEG:
            self.limits.flexion_cdeg = 100 * value
        elif number == settings.SITTING_LIMIT_MIN:
            self.sitting_limit_s = 60 * value
        elif number == settings.HOURLY_BUDGET:
            self.budget = value
        elif number == settings.QUIET_FROM_MIN:
            self.quiet_from = value
        elif number == settings.QUIET_TO_MIN:
            self.quiet_to = value
        elif number == settings.SLOUCH_ON:
            self.slouch_on = value != 0

    def snooze(self, now_s: int, minutes: int) -> None:
        """No reminders for so many minutes from now_s on; 0 ends a snooze."""
        self.snoozed_until = now_s + 60 * minutes

    def snooze_left(self, now_s: int) -> int:
        """Seconds that a snooze still lasts."""
        return max(0, self.snoozed_until - now_s)

    def given_ages(self, now_s: int) -> "list[int]":
        """How many seconds ago each reminder of the last hour was given."""
        return [now_s - at_s for at_s in self._given if now_s - at_s < params.HOUR_S]

    def remember(self, now_s: int, ages: "list[int]", snooze_left_s: int) -> None:
        """Take over reminders and a snooze of before a restart: the budget holds across it."""
        for age_s in sorted(ages, reverse=True):
            self._last = (self._last + 1) % params.BUDGET_MAX
            self._given[self._last] = now_s - age_s
        self.snoozed_until = now_s + snooze_left_s

    def restarted(self, now_s: int) -> None:
        """The belt was off until now_s: what was given and put off so far may be older."""
        self._before_s = now_s
        self._before_until = self.snoozed_until

    def age(self, passed_s: int) -> None:
        """So long it was off, as is known by now; what came after the restart stays as it is."""
        passed_s = min(passed_s, 24 * params.HOUR_S)
        for k in range(params.BUDGET_MAX):
            if self._given[k] <= self._before_s:
                self._given[k] = max(_NEVER, self._given[k] - passed_s)
        if self.snoozed_until == self._before_until:
            self.snoozed_until = max(_NEVER, self.snoozed_until - passed_s)

    def is_snoozed(self, now_s: int) -> bool:
        """Whether a snooze is running."""
        return now_s < self.snoozed_until

    def is_quiet(self, minute_of_day: int) -> bool:
        """Whether it is a quiet hour; a clock that is not set (-1) knows none."""
        start = self.quiet_from
        end = self.quiet_to
        if start < 0 or end < 0 or minute_of_day < 0:
            return False
        if start <= end:
            return start <= minute_of_day < end
        return minute_of_day >= start or minute_of_day < end

    def second(
        self, now_s: int, activity: int, load: Load, minute_of_day: int, known: bool
    ) -> None:
        """Decide one second. known: the samples of this second count (no gap, motor at rest)."""
        self.action = NOTHING
        self.cause = codes.CAUSE_NONE
        self.held_s = 0
        if not known:
            return
        self._settle(activity, load)
        cause = self._cause(load)
        entry = self._input(now_s, activity, load, minute_of_day, cause)
        if self.state >= ANSWER and now_s - self._given[self._last] > params.CORRECTION_WITHIN_S:
            self._rest()
        self.state = TABLE[self.state][entry]
        if entry == DUE:
            self._remind(now_s, cause, load)
        elif self.state != CHANGING:
            self._changed_s = 0
        elif entry != UNCLEAR:
            self._change(activity)

    def _settle(self, activity: int, load: Load) -> None:
        self._still_s = min(self._still_s + 1, params.SETTLE_S) if is_still(activity) else 0
        if load.bout.seconds < self._sat_s:
            self._sat_s = 0

    def _cause(self, load: Load) -> int:
        """Return the cause whose time is used up, CAUSE_NONE if there is none."""
        if self.calibrated and load.strained and load.strain.full():
            return codes.CAUSE_FLEXION
        if self.calibrated and self.slouch_on and load.slouched and load.slouch.full():
            return codes.CAUSE_SLOUCH
        limit = self.sitting_limit_s
        if limit and self._sat_s:
            limit = self._sat_s + params.SITTING_REPEAT_S
        if limit and load.bout.seconds >= limit:
            return codes.CAUSE_SITTING_BOUT
        return codes.CAUSE_NONE

    def _input(self, now_s: int, activity: int, load: Load, minute_of_day: int, cause: int) -> int:
        if self.mode != settings.MODE_TRAINING or activity == codes.NOT_WORN:
            return BARRED
        if self.is_snoozed(now_s) or self.is_quiet(minute_of_day):
            return BARRED
        if activity == codes.TRANSITION or activity == codes.UNKNOWN:
            return UNCLEAR
        if not is_still(activity):
            return MOVING
        if cause == codes.CAUSE_SITTING_BOUT and activity != codes.SITTING:
            cause = codes.CAUSE_NONE
        if cause != codes.CAUSE_NONE and self._still_s >= params.SETTLE_S and self._allowed(now_s):
            return DUE
        if self.state >= ANSWER:
            return HELD if self._persists(activity, load) else EASE
        if load.strained or load.slouched or cause != codes.CAUSE_NONE:
            return HELD
        return EASE

    def _persists(self, activity: int, load: Load) -> bool:
        """Whether what was reminded of is still there."""
        if self._asked == codes.CAUSE_FLEXION:
            return load.strained
        if self._asked == codes.CAUSE_SLOUCH:
            return load.slouched
        return activity == codes.SITTING

    def _allowed(self, now_s: int) -> bool:
        """Whether the minimum gap and the hourly budget leave room for a reminder at now_s."""
        if self.budget <= 0 or now_s - self._given[self._last] < params.MINIMUM_GAP_S:
            return False
        recent = 0
        for k in range(params.BUDGET_MAX):
            if now_s - self._given[k] < params.HOUR_S:
                recent += 1
        return recent < self.budget

    def _remind(self, now_s: int, cause: int, load: Load) -> None:
        self._last = (self._last + 1) % params.BUDGET_MAX
        self._given[self._last] = now_s
        self._asked = cause
        self._changed_s = 0
        self.action = REMIND
        self.cause = cause
        if cause == codes.CAUSE_FLEXION:
            self.held_s = load.strain.held_s
            load.strain.clear()
        elif cause == codes.CAUSE_SLOUCH:
            self.held_s = load.slouch.held_s
            load.slouch.clear()
        else:
            self.held_s = min(load.bout.seconds, 65535)
            self._sat_s = load.bout.seconds

    def _change(self, activity: int) -> None:
        self._changed_s += 1
        if self._changed_s < params.CORRECTION_HOLD_S:
            return
        self.action = THANK if is_still(activity) else NOTE
        self.cause = self._asked
        self._rest()

    def _rest(self) -> None:
        self.state = REST
        self._asked = codes.CAUSE_NONE
        self._changed_s = 0
