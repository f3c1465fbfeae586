"""Adherence: done against planned, per week. It is shown, never scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.analysis.days import days_between
from plumbline.coaching.quotas import sessions_of
from plumbline.coaching.records import Plan, Session


@dataclass(frozen=True)
class Week:
    """Days with a session planned and done, from a Monday on."""

    monday: date
    planned: int
    done: int


def planned_on(plan: Plan, day: date) -> bool:
    """Whether the plan has a session on the day."""
    going = plan.begin <= day and (plan.stopped is None or day < plan.stopped)
    return going and day.weekday() in plan.weekdays


def weeks(plan: Plan, sessions: Sequence[Session], today: date) -> list[Week]:
    """Every week of the plan until today; a day counts once, on whichever day it was done."""
    last = min(today, plan.stopped - timedelta(days=1)) if plan.stopped else today
    found: dict[date, list[int]] = {}
    done = {each.day for each in sessions_of(plan, sessions)}
    for day in days_between(plan.begin, last):
        week = found.setdefault(day - timedelta(days=day.weekday()), [0, 0])
        week[0] += planned_on(plan, day)
        week[1] += day in done
    return [Week(monday, planned, came) for monday, (planned, came) in sorted(found.items())]
