"""The reminder's table, walked by hand, and what must hold whatever the wearer does."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from beltcore import params, reminder
from beltcore.ergonomics import Load
from beltcore.reminder import NOTE, REMIND, THANK, Reminder
from beltwire import codes, settings
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as some

SIT, STAND, WALK = codes.SITTING, codes.STANDING, codes.WALKING
SHIFT = codes.TRANSITION


@dataclass
class Done:
    """One action and everything that held when it was taken."""

    second: int
    action: int
    cause: int
    activity: int
    held_s: int


class Wearer:
    """A load and a reminder, one second at a time."""

    def __init__(self, seated_cdeg: int = codes.NO_ANGLE, **chosen: int) -> None:
        self.load = Load()
        self.reminder = Reminder()
        numbers = {settings.TABLE[number][0]: number for number in settings.TABLE}
        for name, value in chosen.items():
            settings.check(numbers[name], value)
            self.reminder.configure(numbers[name], value)
        self.reminder.limits.seated_cdeg = seated_cdeg
        self.reminder.calibrated = True
        self.now = 0
        self.done: list[Done] = []

    def spend(
        self, seconds: int, activity: int, flexion: int = 0, minute: int = -1, known: bool = True
    ) -> "Wearer":
        for _ in range(seconds):
            self.load.second(activity, flexion, 0, self.reminder.limits, known)
            self.reminder.second(self.now, activity, self.load, minute, known)
            if self.reminder.action:
                what = self.reminder
                self.done.append(Done(self.now, what.action, what.cause, activity, what.held_s))
            self.now += 1
        return self

    def actions(self) -> list[tuple[int, int]]:
        return [(done.second, done.action) for done in self.done]


def test_a_held_bend_is_reminded_of_after_the_delay() -> None:
    wearer = Wearer().spend(10, SIT).spend(119, SIT, 2000)
    assert wearer.done == []
    wearer.spend(1, SIT, 2000)
    assert wearer.done == [Done(129, REMIND, codes.CAUSE_FLEXION, SIT, 120)]


def test_a_deeper_bend_is_reminded_of_sooner() -> None:
    assert Wearer().spend(30, STAND, 6000).done[0].second == 29
    assert Wearer().spend(75, STAND, 4000).done[0].second == 74


def test_a_correction_is_thanked_for_once() -> None:
    wearer = Wearer().spend(120, SIT, 2500).spend(4, SIT, 2500).spend(600, SIT, 0)
    first = wearer.done[0].second
    assert [done.action for done in wearer.done] == [REMIND, THANK]
    assert wearer.done[1].cause == codes.CAUSE_FLEXION
    asked = 120 - 1 - first + 4
    assert wearer.done[1].second == first + asked + params.CORRECTION_HOLD_S


def test_a_sway_is_no_correction() -> None:
    wearer = Wearer().spend(120, SIT, 2500)
    for _ in range(8):
        wearer.spend(2, SIT, 0).spend(4, SIT, 2500)
    assert THANK not in [done.action for done in wearer.done]


def test_a_late_change_is_no_correction() -> None:
    wearer = Wearer(hourly_budget=1).spend(120, SIT, 2500)
    wearer.spend(params.CORRECTION_WITHIN_S, SIT, 2500).spend(60, SIT, 0)
    assert [done.action for done in wearer.done] == [REMIND]


def test_walking_off_is_a_correction_without_a_buzz() -> None:
    wearer = Wearer().spend(120, SIT, 2500).spend(2, SHIFT, 2000).spend(20, WALK, 500)
    assert [done.action for done in wearer.done] == [REMIND, NOTE]
    assert wearer.done[1].activity == WALK


def test_a_long_sitting_bout_is_reminded_of_and_standing_up_thanked_for() -> None:
    wearer = Wearer(sitting_limit_min=20).spend(1200, SIT)
    assert wearer.done == [Done(1199, REMIND, codes.CAUSE_SITTING_BOUT, SIT, 1200)]
    wearer.spend(3, SHIFT).spend(10, STAND)
    assert [done.action for done in wearer.done] == [REMIND, THANK]


def test_who_sits_on_is_reminded_a_quarter_of_an_hour_later() -> None:
    wearer = Wearer(sitting_limit_min=20).spend(3000, SIT)
    seconds = [done.second for done in wearer.done if done.action == REMIND]
    assert seconds == [1199, 1199 + 900, 1199 + 1800]


def test_slouching_is_reminded_of_only_where_wanted() -> None:
    wearer = Wearer(seated_cdeg=-500).spend(200, SIT, -2000)
    assert wearer.done[0].cause == codes.CAUSE_SLOUCH
    assert Wearer(seated_cdeg=-500, slouch_on=0).spend(900, SIT, -2000).done == []
    assert Wearer().spend(900, SIT, -2000).done == []


def test_an_uncalibrated_belt_speaks_of_sitting_only() -> None:
    wearer = Wearer(seated_cdeg=-500, sitting_limit_min=20)
    wearer.reminder.calibrated = False
    assert wearer.spend(600, SIT, 4000).spend(599, SIT, -3000).done == []
    assert wearer.spend(1, SIT, 4000).done[0].cause == codes.CAUSE_SITTING_BOUT


@pytest.mark.parametrize("mode", [settings.MODE_OFF, settings.MODE_TRACKING])
def test_only_training_reminds(mode: int) -> None:
    assert Wearer(reminder_mode=mode).spend(4000, SIT, 4000).done == []


def test_a_snooze_holds_until_it_ends() -> None:
    wearer = Wearer(sitting_limit_min=0)
    wearer.reminder.snooze(0, 30)
    wearer.spend(1800, SIT, 4000)
    assert wearer.done == []
    assert wearer.spend(1, SIT, 4000).actions() == [(1800, REMIND)]


@pytest.mark.parametrize(
    ("start", "end", "minute", "quiet"),
    [
        (1320, 420, 1320, True),
        (1320, 420, 1319, False),
        (1320, 420, 0, True),
        (1320, 420, 419, True),
        (1320, 420, 420, False),
        (720, 780, 750, True),
        (720, 780, 780, False),
        (-1, -1, 750, False),
        (600, -1, 650, False),
        (600, 600, 600, False),
        (0, 1439, -1, False),  # a clock that is not set knows no quiet hour
    ],
)
def test_quiet_hours(start: int, end: int, minute: int, quiet: bool) -> None:
    wearer = Wearer()
    wearer.reminder.quiet_from, wearer.reminder.quiet_to = start, end
    assert wearer.reminder.is_quiet(minute) is quiet


def test_who_stays_bent_is_reminded_again_after_the_whole_delay() -> None:
    wearer = Wearer(reminder_delay_s=360, sitting_limit_min=0).spend(1200, SIT, 2000)
    assert [done.second for done in wearer.done] == [359, 719, 1079]


def test_however_short_the_delay_reminders_are_five_minutes_apart() -> None:
    wearer = Wearer(reminder_delay_s=3, hourly_budget=30).spend(1000, SIT, 2000)
    assert [done.second for done in wearer.done] == [2, 302, 602, 902]


def test_the_hour_of_the_budget_slides() -> None:
    wearer = Wearer(reminder_delay_s=60, hourly_budget=2, sitting_limit_min=0)
    wearer.spend(2 * params.HOUR_S, SIT, 2000)
    assert [done.second for done in wearer.done] == [59, 359, 3659, 3959]


def test_a_posture_is_not_judged_before_it_is_one() -> None:
    wearer = Wearer(sitting_limit_min=20).spend(1199, SIT).spend(3, SHIFT).spend(1, SIT)
    assert wearer.load.bout.seconds == 1200
    assert wearer.done == []
    assert wearer.spend(5, SIT).done[0].second == 1199 + 3 + 1


def test_seconds_with_the_motor_on_change_nothing() -> None:
    wearer = Wearer().spend(119, SIT, 2000).spend(50, SIT, 0, known=False)
    assert wearer.done == []
    assert wearer.spend(1, SIT, 2000).actions() == [(169, REMIND)]


def test_a_trunk_at_the_threshold_does_not_chatter() -> None:
    wearer = Wearer(hourly_budget=30, reminder_delay_s=3, sitting_limit_min=0)
    for _ in range(1800):
        wearer.spend(1, SIT, 2040).spend(1, SIT, 1960)
    reminders = [done for done in wearer.done if done.action == REMIND]
    assert THANK not in [done.action for done in wearer.done]
    assert len(reminders) == 12


def test_the_table_is_complete_and_only_due_asks_for_an_answer() -> None:
    assert len(reminder.TABLE) == 4
    for state, row in enumerate(reminder.TABLE):
        assert len(row) == 6
        assert row[reminder.BARRED] == reminder.REST
        assert row[reminder.DUE] == reminder.ANSWER
        if state in (reminder.REST, reminder.WATCH):
            others = [to for entry, to in enumerate(row) if entry != reminder.DUE]
            assert reminder.ANSWER not in others
            assert reminder.CHANGING not in others


STRETCH = some.tuples(
    some.integers(1, 400),
    some.sampled_from([SIT, SIT, SIT, STAND, STAND, *range(10)]),
    some.sampled_from([-3000, -1200, 0, 1700, 1850, 2000, 2100, 4000, 6500]),
    some.sampled_from([-1, 0, 500, 501, 1300]),
    some.booleans(),
)
CHOSEN = some.fixed_dictionaries(
    {
        "reminder_mode": some.sampled_from([0, 1, 2, 2, 2, 2]),
        "reminder_delay_s": some.sampled_from([3, 10, 60, 120, 600]),
        "flexion_limit_deg": some.sampled_from([5, 20, 60]),
        "sitting_limit_min": some.sampled_from([0, 20, 45]),
        "hourly_budget": some.sampled_from([0, 1, 2, 6, 30]),
        "quiet_from_min": some.sampled_from([-1, 480, 1290]),
        "quiet_to_min": some.sampled_from([-1, 501, 60]),
    }
)


@tries(max_examples=80)
@given(CHOSEN, some.lists(STRETCH, min_size=3, max_size=25), some.integers(0, 240))
def test_reminders_stay_rare_and_apart_whatever_happens(
    chosen: dict[str, int], day: list[tuple[int, int, int, int, bool]], snooze: int
) -> None:
    wearer = Wearer(seated_cdeg=-200, **chosen)
    told: list[tuple[int, int, bool]] = []
    for place, (seconds, activity, flexion, minute, known) in enumerate(day):
        if place == 1 and snooze:
            wearer.reminder.snooze(wearer.now, snooze)
        known = known or place % 3 > 0
        before = len(wearer.done)
        wearer.spend(seconds, activity, flexion, minute, known)
        told += [(minute, done.second, known) for done in wearer.done[before:]]
    reminders = [done for done in wearer.done if done.action == REMIND]
    check_spacing([done.second for done in reminders], chosen["hourly_budget"])
    check_states(wearer, reminders, told)
    check_corrections(wearer.done)


def check_spacing(seconds: list[int], budget: int) -> None:
    for earlier, later in pairwise(seconds):
        assert later - earlier >= params.MINIMUM_GAP_S
    for at in seconds:
        assert sum(at - params.HOUR_S < other <= at for other in seconds) <= budget


def check_states(wearer: Wearer, reminders: list[Done], told: list[tuple[int, int, bool]]) -> None:
    for done in wearer.done:
        if done.action in (REMIND, THANK):
            assert done.activity in (SIT, STAND)
        if done.action == REMIND and done.cause == codes.CAUSE_SITTING_BOUT:
            assert done.activity == SIT
    for minute, _, known in told:
        assert known
        assert not wearer.reminder.is_quiet(minute)
    if wearer.reminder.mode != settings.MODE_TRAINING:
        assert wearer.done == []
    for done in reminders:
        assert done.cause != codes.CAUSE_NONE


def check_corrections(done: list[Done]) -> None:
    """Every correction answers the latest reminder, in time, and each is answered once at most."""
    open_since = None
    cause = codes.CAUSE_NONE
    for one in done:
        if one.action == REMIND:
            open_since, cause = one.second, one.cause
            continue
        assert open_since is not None
        assert one.second - open_since <= params.CORRECTION_WITHIN_S
        assert one.cause == cause
        open_since = None


@tries(max_examples=30)
@given(some.integers(0, 2000), some.integers(1, 240))
def test_nothing_is_told_while_snoozed(start: int, minutes: int) -> None:
    wearer = Wearer(reminder_delay_s=3, hourly_budget=30).spend(start, SIT, 3000)
    before = len(wearer.done)
    wearer.reminder.snooze(wearer.now, minutes)
    wearer.spend(60 * minutes, SIT, 3000)
    assert len(wearer.done) == before
