"""The reminder over a restart, and by the settings: what was given stays given."""

import pytest
from beltcore import params
from beltcore.reminder import REMIND, THANK, Reminder
from beltwire import codes, settings

from tests.core.test_reminder import SIT, STAND, Wearer

BENT = 4000


def first_reminder(wearer: Wearer) -> int:
    """The second of the first reminder in an hour of strain."""
    wearer.spend(3600, SIT, BENT)
    return next(done.second for done in wearer.done if done.action == REMIND)


def restarted(ages: list[int], snooze_left_s: int = 0, budget: int = 6) -> Wearer:
    """A belt that starts at second 0 with what it remembers."""
    wearer = Wearer(reminder_delay_s=10, hourly_budget=budget)
    wearer.reminder.remember(0, ages, snooze_left_s)
    wearer.reminder.restarted(0)
    return wearer


def test_what_was_given_is_remembered() -> None:
    reminder = restarted([200, 3000, 1000], 60).reminder
    assert sorted(reminder.given_ages(0)) == [200, 1000, 3000]
    assert sorted(reminder.given_ages(700)) == [900, 1700]
    assert [reminder.snooze_left(at) for at in (0, 30, 60, 90)] == [60, 30, 0, 0]


def test_the_gap_holds_over_a_restart() -> None:
    assert first_reminder(restarted([200, 3000, 1000])) == params.MINIMUM_GAP_S - 200


def test_the_budget_holds_over_a_restart() -> None:
    assert first_reminder(restarted([1000, 400, 3000], budget=3)) == params.HOUR_S - 3000


def test_a_snooze_holds_over_a_restart() -> None:
    assert first_reminder(restarted([], 600)) == 600


@pytest.mark.parametrize("age_s", [0, 200])
def test_what_is_remembered_grows_older_by_the_time_off(age_s: int) -> None:
    reminder = restarted([age_s], 600).reminder
    reminder.age(100)
    assert reminder.given_ages(0) == [age_s + 100]
    assert reminder.snooze_left(0) == 500


def test_after_long_enough_nothing_of_it_counts() -> None:
    reminder = restarted([0, 200], 600).reminder
    reminder.age(10**8)
    assert reminder.given_ages(0) == []
    assert reminder.snooze_left(0) == 0


def test_what_came_after_the_restart_does_not() -> None:
    wearer = restarted([])
    given = first_reminder(wearer)
    before = wearer.reminder.given_ages(wearer.now)
    wearer.reminder.snooze(wearer.now, 30)
    wearer.reminder.age(1000)
    assert given < 60
    assert wearer.reminder.given_ages(wearer.now) == before
    assert wearer.reminder.snooze_left(wearer.now) == 1800


def test_it_begins_with_the_default_settings() -> None:
    reminder = Reminder()
    default = {number: settings.TABLE[number][4] for number in settings.TABLE}
    assert reminder.mode == default[settings.REMINDER_MODE]
    assert reminder.budget == default[settings.HOURLY_BUDGET]
    assert reminder.sitting_limit_s == 60 * default[settings.SITTING_LIMIT_MIN]
    assert reminder.limits.delay_s == default[settings.REMINDER_DELAY_S]
    assert reminder.limits.flexion_cdeg == 100 * default[settings.FLEXION_LIMIT_DEG]
    assert (reminder.quiet_from, reminder.quiet_to) == (-1, -1)
    assert reminder.slouch_on
    assert not reminder.calibrated


@pytest.mark.parametrize(("flexion_cdeg", "reminded"), [(2900, False), (3100, True)])
def test_the_limit_is_in_degrees(flexion_cdeg: int, reminded: bool) -> None:
    wearer = Wearer(flexion_limit_deg=30).spend(600, STAND, flexion_cdeg)
    assert bool(wearer.done) is reminded


@pytest.mark.parametrize(
    ("start", "end", "quiet", "loud"),
    [
        (600, 660, (600, 659), (599, 660, -1)),
        (1380, 420, (1380, 1439, 0, 419), (420, 1379, -1)),
        (600, 600, (), (599, 600, 601)),
        (-1, 420, (), (0, 419)),
        (600, -1, (), (600, 1439)),
    ],
)
def test_quiet_hours_from_the_first_minute_to_the_last(
    start: int, end: int, quiet: tuple[int, ...], loud: tuple[int, ...]
) -> None:
    reminder = Reminder()
    reminder.configure(settings.QUIET_FROM_MIN, start)
    reminder.configure(settings.QUIET_TO_MIN, end)
    assert all(reminder.is_quiet(minute) for minute in quiet)
    assert not any(reminder.is_quiet(minute) for minute in loud)


def test_a_correction_lasts_in_one_go() -> None:
    wearer = Wearer(reminder_delay_s=10).spend(15, SIT, BENT)
    for _ in range(2):
        wearer.spend(params.CORRECTION_HOLD_S - 1, SIT).spend(2, SIT, BENT)
    assert [done.action for done in wearer.done] == [REMIND]
    wearer.spend(params.CORRECTION_HOLD_S, SIT)
    assert [done.action for done in wearer.done] == [REMIND, THANK]


def test_a_second_without_an_action_says_nothing() -> None:
    wearer = Wearer(reminder_delay_s=10)
    first_reminder(wearer)
    wearer.spend(1, SIT)
    assert (wearer.reminder.cause, wearer.reminder.held_s) == (codes.CAUSE_NONE, 0)
