"""Adherence: done against planned, per week. It is shown, never scored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.analysis.days import days_between
from plumbline.coaching.quotas import sessions_of
from plumbline.coaching.records import Plan, Session


@dataclass(frozen=True)
class Week:
    """Days with a session planned and done, in the week that begins so."""

    begin: date
    planned: int
    done: int


def planned_on(plan: Plan, day: date) -> bool:
    """Whether the plan has a session on the day."""
    going = plan.begin <= day and (plan.stopped is None or day < plan.stopped)
    return going and day.weekday() in plan.weekdays


def from_monday(day: date) -> date:
    """The Monday of the week that holds the day."""
    return day - timedelta(days=day.weekday())


def weeks(
    plan: Plan,
    sessions: Sequence[Session],
    today: date,
    week_begin: Callable[[date], date] = from_monday,
) -> list[Week]:
    """Every week of the plan until today; a day counts once, on whichever day it was done.

    `week_begin`: the first day of the week that holds a day, which countries count differently.
    """
    last = min(today, plan.stopped - timedelta(days=1)) if plan.stopped else today
    found: dict[date, list[int]] = {}
    done = {each.day for each in sessions_of(plan, sessions)}
    for day in days_between(plan.begin, last):
        week = found.setdefault(week_begin(day), [0, 0])
        week[0] += planned_on(plan, day)
        week[1] += day in done
    return [Week(begin, planned, came) for begin, (planned, came) in sorted(found.items())]
