"""Goals: a measure, a baseline from data, a target, a date, and steps set in advance.

Setting a goal with the person, from what is done now, in small steps fixed beforehand, is the
operant side of graded activity (Lambeek 2007). Medians of two weeks stand for what is done now.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from statistics import median

from beltwire import settings

from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.keys import MEASURES
from plumbline.coaching.quotas import Lock, lock_now, lock_on
from plumbline.coaching.records import DiaryEntry, FlareUp, Goal, Session, SignAnswer
from plumbline.errors import UserError
from plumbline.i18n import _

BASELINE_DAYS = 14
LEAST_DAYS = 5
NOW_DAYS = 7
LEAST_NOW = 3
WEEK = timedelta(days=7)
MOST_WEEKS = 52
LESS_IS_MORE = ("longest_sitting_min",)
DECIMALS = {"breaks_per_hour": 1, "own_activity": 1, "sessions": 0}
"""What is measured is told in so many decimals."""
GRAIN = {"steps": 100.0, "breaks_per_hour": 0.5}
"""What is suggested and set for a week is a whole multiple of this, else a whole number: nobody
plans 6,453 steps or 2.1 breaks. Our own choice."""
GAINS = {"longest_sitting_min": 0.7, "sessions": 1.5}
ORDINARY_GAIN = 1.25
"""A target is suggested at so many times what is done now; our own choice, too."""
HIGHEST = {"steps": 50_000.0, "own_activity": 10.0, "sessions": 7.0}
MOST_MINUTES = 1440.0
MOST_SESSIONS_A_WEEK = 7


@dataclass(frozen=True)
class Standing:
    """Where a goal stands: the median of the last days (None: too few) against this week's step.

    `held`: weeks that took no step.
    """

    value: float | None
    step: float
    reached: bool
    held: int = 0


def baseline(
    measure: str,
    days: Sequence[BeltDay],
    diary: Sequence[DiaryEntry],
    sessions: Sequence[Session],
    today: date,
    own: str = "",
) -> float | None:
    """What is done now: the median of the 14 days before `today`, None where fewer than 5 tell.

    Steps are told in hundreds. Sessions are counted, per week; none at all says nothing.
    """
    first = today - timedelta(days=BASELINE_DAYS)
    last = today - timedelta(days=1)
    if measure == "sessions":
        done = {each.day for each in sessions if first <= each.day <= last}
        return figure(measure, len(done) * 7 / BASELINE_DAYS) if done else None
    found = _middle(measure, days, diary, (first, last), own, LEAST_DAYS)
    return found if found is None or measure != "steps" else figure(measure, found)


def _middle(
    measure: str,
    days: Sequence[BeltDay],
    diary: Sequence[DiaryEntry],
    span: tuple[date, date],
    own: str,
    least: int,
) -> float | None:
    if measure == "own_activity":
        scored = [e for e in diary if span[0] <= e.day <= span[1]]
        values = [float(e.activities[own]) for e in scored if own in e.activities]
    else:
        worn = [d for d in days if span[0] <= d.day <= span[1] and d.tells]
        values = [_value(measure, d) for d in worn]
    return _rounded(measure, median(values)) if len(values) >= least else None


def _value(measure: str, day: BeltDay) -> float:
    if measure == "breaks_per_hour":
        return day.breaks / day.sitting_h if day.sitting_h else 0.0
    values = {
        "walking_min": day.walking_min,
        "steps": day.steps,
        "longest_sitting_min": day.longest_min,
    }
    return values[measure]


def _rounded(measure: str, value: float) -> float:
    return round(value, DECIMALS.get(measure, 0))


def steps_on_the_way(
    measure: str, start: float, target: float, begin: date, by: date
) -> tuple[float, ...]:
    """What each week should be, in even steps from the baseline; the last is the target.

    Each is rounded back, towards the baseline, so none asks for more than its even share; it stays
    behind that by less than the grain, so none is left out for long.
    """
    weeks = max(1, (by - begin) // WEEK)
    parts = [start + (target - start) * n / weeks for n in range(1, weeks)]
    return (*(_back(measure, part, start) for part in parts), target)


def figure(measure: str, value: float) -> float:
    """The nearest figure that can be kept in mind."""
    grain = GRAIN.get(measure, 1.0)
    return math.floor(value / grain + 0.5) * grain


def _back(measure: str, value: float, start: float) -> float:
    """The last such figure on the way from `start` to `value`; `start` where there is none."""
    grain = GRAIN.get(measure, 1.0)
    whole = round(value / grain, 6)  # 0.3 / 0.1 is a little less than 3
    if value >= start:
        return max(start, math.floor(whole) * grain)
    return min(start, math.ceil(whole) * grain)


def suggestion(measure: str, start: float) -> float:
    """A target a little further than what is done now, as far as there is one."""
    gain, grain = GAINS.get(measure, ORDINARY_GAIN), GRAIN.get(measure, 1.0)
    wanted = figure(measure, start * gain)
    if measure in LESS_IS_MORE:
        return max(0.0, min(wanted, start - grain))
    further = max(wanted, figure(measure, start) + grain) if start else 0.0
    return min(further, HIGHEST.get(measure, MOST_MINUTES))


@dataclass(frozen=True)
class WeekStep:
    """What this week should be. `held`: weeks that began locked and so took no step."""

    value: float
    held: int = 0


def step_now(
    goal: Goal,
    today: date,
    flares: Sequence[FlareUp] = (),
    answers: Sequence[SignAnswer] = (),
) -> WeekStep:
    """The step of today's week; the target once every step was taken.

    As with quotas, a week that begins while a warning sign is open or a flare-up runs takes none;
    before the first it is what was done at the beginning. That rule is our own.
    """
    if not goal.steps:
        return WeekStep(goal.target)
    weeks = _weeks_begun(goal, today)
    begins = [goal.begin + n * WEEK for n in range(weeks)]
    held = sum(lock_on(each, flares, answers) is not Lock.NONE for each in begins)
    taken = min(weeks - held, len(goal.steps))
    return WeekStep(goal.steps[taken - 1] if taken else goal.baseline, held)


def _weeks_begun(goal: Goal, today: date) -> int:
    return max(0, (today - goal.begin) // WEEK) + 1


def coming(
    goal: Goal,
    today: date,
    flares: Sequence[FlareUp] = (),
    answers: Sequence[SignAnswer] = (),
) -> tuple[float, ...]:
    """The steps of the weeks after this one, where no further week is held."""
    return goal.steps[_weeks_begun(goal, today) - step_now(goal, today, flares, answers).held :]


def changed(
    goal: Goal,
    target: float,
    by: date,
    today: date,
    flares: Sequence[FlareUp] = (),
    answers: Sequence[SignAnswer] = (),
) -> Goal:
    """The goal with another target or date.

    The steps until this week's stay as they were set, as far as none goes beyond the new target;
    those to come are set anew, in even steps from this week's. While a warning sign is open or a
    flare-up runs none of them may ask for more than before. Our own choice, on the pattern of
    quotas: what this week asks for is never raised.
    """
    if (target, by) == (goal.target, goal.by):
        return goal
    new = replace(goal, target=target, by=by)
    check_goal(new)
    weeks = _weeks_begun(goal, today)
    taken = weeks - step_now(goal, today, flares, answers).held
    past = (*goal.steps, *[goal.target] * taken)[:taken]
    kept = tuple(_within(goal, step, target) for step in past)
    start, next_week = kept[-1] if kept else goal.baseline, goal.begin + weeks * WEEK
    left = (by - next_week) // WEEK
    if (left < 1 and start != target) or (by < today and by != goal.by):
        text = _("The steps to come begin next week: choose a date a week or more after that.")
        raise UserError(text)
    way = steps_on_the_way(goal.measure, start, target, next_week, by) if left > 0 else ()
    new = replace(new, steps=(*kept, *way))
    if lock_now(today, flares, answers) is not Lock.NONE and _asks_more(goal, new):
        text = _(
            "Nothing is raised while a warning sign is open or a flare-up runs: choose a target "
            "nearer to what you do now or a later date, or change the goal when it is over."
        )
        raise UserError(text)
    return new


def _within(goal: Goal, step: float, target: float) -> float:
    """A step that goes no further than the target."""
    return max(step, target) if goal.measure in LESS_IS_MORE else min(step, target)


def _asks_more(before: Goal, after: Goal) -> bool:
    """Whether some week on the way asks for more than it did."""
    both = zip_longest(before.steps, after.steps)
    pairs = [(before.target if b is None else b, after.target if a is None else a) for b, a in both]
    return any(
        _within(before, new, old) != new for old, new in [*pairs, (before.target, after.target)]
    )


def check_goal(goal: Goal) -> None:
    """Refuse a goal that cannot be reached or that leads the other way."""
    if goal.measure not in MEASURES:
        raise UserError(_("This measure is not known: choose one of the list."))
    if goal.by - goal.begin < WEEK:
        raise UserError(_("A goal takes a week at least: choose a later date."))
    if goal.by - goal.begin > MOST_WEEKS * WEEK:
        raise UserError(_("A goal ends within a year: choose an earlier date."))
    if goal.measure == "own_activity" and not goal.own:
        raise UserError(_("Choose which of your activities the goal is about."))
    if goal.measure == "own_activity" and goal.target > 10:
        raise UserError(_("Activities are scored from 0 to 10: choose one of these."))
    if goal.measure == "sessions" and goal.target > MOST_SESSIONS_A_WEEK:
        raise UserError(_("A week has seven days: choose seven sessions or fewer."))
    _check_direction(goal)


def _check_direction(goal: Goal) -> None:
    if goal.target == goal.baseline:
        raise UserError(_("The target is what you do now: let it differ a little."))
    if goal.measure in LESS_IS_MORE and goal.target > goal.baseline:
        raise UserError(_("The target is longer than now: choose less."))
    if goal.measure not in LESS_IS_MORE and goal.target < goal.baseline:
        raise UserError(_("The target is below what you do now: choose more."))


def reminder_setting(goal: Goal) -> tuple[int, int] | None:
    """The belt's setting that helps with a goal on sitting or breaks, else None.

    Minutes of sitting after which the belt suggests a break, within what the belt takes.
    """
    if goal.measure == "longest_sitting_min":
        minutes = goal.target
    elif goal.measure == "breaks_per_hour" and goal.target > 0:
        minutes = 60 / goal.target
    else:
        return None
    _name, _unit, low, high, *_rest = settings.TABLE[settings.SITTING_LIMIT_MIN]
    return settings.SITTING_LIMIT_MIN, min(high, max(low, round(minutes)))


def standing(
    goal: Goal,
    days: Sequence[BeltDay],
    diary: Sequence[DiaryEntry],
    sessions: Sequence[Session],
    today: date,
    flares: Sequence[FlareUp] = (),
    answers: Sequence[SignAnswer] = (),
) -> Standing:
    """The median of the last seven days, today included, of three at least."""
    week = step_now(goal, today, flares, answers)
    step = week.value
    span = (today - timedelta(days=NOW_DAYS - 1), today)
    if goal.measure == "sessions":
        value: float | None = float(len({s.day for s in sessions if span[0] <= s.day <= span[1]}))
    else:
        value = _middle(goal.measure, days, diary, span, goal.own, LEAST_NOW)
    if value is None:
        return Standing(None, step, reached=False, held=week.held)
    reached = value <= step if goal.measure in LESS_IS_MORE else value >= step
    return Standing(value, step, reached, week.held)
