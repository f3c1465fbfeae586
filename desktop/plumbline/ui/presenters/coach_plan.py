"""The sub-page Plan: goals and plans in words, and the staircase of quotas to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.analysis.wording import number, short_date, week_begin, weekday_name
from plumbline.coaching import goals as g
from plumbline.coaching import quotas as q
from plumbline.coaching.adherence import weeks
from plumbline.coaching.records import Goal, Plan, Session
from plumbline.i18n import _, listed, ngettext
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_today import session_text
from plumbline.ui.presenters.exercises import amount_text, exercise_title

WEEKS_SHOWN = 4
A_DAY = date(2026, 11, 18)
"""Of any week: for the names of its days."""


@dataclass(frozen=True)
class Stair:
    """One session in order of time: what was due, what was done (None: still to come)."""

    x: int
    quota: int | None
    amount: int | None = None
    outcome: q.Outcome | None = None
    text: str = ""


@dataclass(frozen=True)
class PlanView:
    """A plan as it is shown. `settable`: its steps can be fixed now."""

    plan: Plan
    title: str
    sentence: str
    weeks: str
    stairs: tuple[Stair, ...]
    settable: bool
    open: bool


@dataclass(frozen=True)
class GoalView:
    """A goal as it is shown; `minutes` of sitting for the belt's reminder where that helps; `why`
    it stands still, where it does."""

    goal: Goal
    title: str
    sentence: str
    minutes: int | None
    why: str = ""


def plan_views(state: CoachState) -> list[PlanView]:
    """The plans, those that go on first."""
    views = [_plan_view(plan, state) for plan in state.records.plans]
    return sorted(views, key=lambda view: not view.open)


def _plan_view(plan: Plan, state: CoachState) -> PlanView:
    r = state.records
    step = q.due(plan, r.sessions, r.flares, r.answers, state.today)
    done = q.sessions_of(plan, r.sessions)
    return PlanView(
        plan,
        exercise_title(plan.exercise),
        _plan_sentence(plan, step, done, state),
        _weeks_text(plan, state),
        tuple(stairs(plan, done, step)),
        settable=step.phase is q.Phase.TO_SET,
        open=step.phase is not q.Phase.DONE,
    )


def _plan_sentence(plan: Plan, step: q.Step, done: Sequence[Session], state: CoachState) -> str:
    days = listed(name for n, name in weekday_names().items() if n in plan.weekdays)
    if step.phase is q.Phase.DONE:
        if plan.stopped:
            return _("Ended on {day}.").format(day=short_date(plan.stopped))
        return _("Done: every stage of the plan was taken.")
    if step.phase is q.Phase.TO_SET:
        return _("The baseline is complete; set the stages to {target}.").format(
            target=amount_text(plan.target, plan.exercise)
        )
    said = [session_text(plan, state)]
    if step.phase is q.Phase.QUOTA:
        text = _("Stage {n} of {all} to {target}.")
        target = amount_text(plan.target, plan.exercise)
        said.append(text.format(n=step.number, all=len(plan.quotas), target=target))
    if step.missed_in_a_row >= 3:
        said.append(
            _(
                "The last three stages were more than went well. Talk about the plan with your "
                "physiotherapist, or end it and begin one with smaller stages."
            )
        )
    every = len(plan.weekdays) == len(weekday_names())
    said.append(_("Every day.") if every else _("On {days}.").format(days=days))
    return " ".join(each for each in said if each)


def _weeks_text(plan: Plan, state: CoachState) -> str:
    """ "Sessions done of planned: week of 2 Nov 2 of 3, …"."""
    every = weeks(plan, state.records.sessions, state.today, week_begin)
    found = [week for week in every if week.planned or week.done][-WEEKS_SHOWN:]
    if not found:
        return ""
    whole, running = (
        _("week of {day} {done} of {planned}"),
        _("this week {done} of {planned} so far"),
    )
    now = week_begin(state.today)
    parts = [
        (running if week.begin == now else whole).format(
            day=short_date(week.begin), done=week.done, planned=week.planned
        )
        for week in found
    ]
    return _("Sessions done of planned: {weeks}.").format(weeks=", ".join(parts))


def stairs(plan: Plan, done: Sequence[Session], step: q.Step) -> list[Stair]:
    """What was done in order of time, then the steps to come."""
    past = [
        Stair(n, each.quota, each.amount, q.outcome(each), stair_text(each))
        for n, each in enumerate(done, 1)
    ]
    if step.phase is not q.Phase.QUOTA:
        return past
    coming = plan.quotas[step.number - 1 :]
    first = [step.quota, *coming[1:]] if step.lock is q.Lock.NONE else [step.quota, *coming]
    return past + [
        Stair(len(past) + n, quota, text=_("to come: {n}").format(n=quota))
        for n, quota in enumerate(first, 1)
    ]


def stair_text(session: Session) -> str:
    """ "3 Nov: 12 of 10, over"."""
    day = short_date(session.day)
    if session.quota is None:
        return _("{day}: baseline {amount}").format(day=day, amount=session.amount)
    return _("{day}: {amount} of {quota}, {outcome}").format(
        day=day,
        amount=session.amount,
        quota=session.quota,
        outcome=outcome_names()[q.outcome(session)],
    )


def outcome_names() -> dict[q.Outcome, str]:
    """What was done against what was due."""
    return {
        q.Outcome.BASELINE: _("baseline"),
        q.Outcome.UNDER: _("less"),
        q.Outcome.MET: _("as planned"),
        q.Outcome.OVER: _("more"),
    }


def weekday_names() -> dict[int, str]:
    """By number (0 is Monday), in the order in which the user's country counts them."""
    first = week_begin(A_DAY)
    days = (first + timedelta(days=n) for n in range(7))
    return {day.weekday(): weekday_name(day) for day in days}


def measure_names() -> dict[str, str]:
    """What a goal can be about."""
    return {
        "walking_min": _("Walking, minutes a day"),
        "steps": _("Steps a day"),
        "breaks_per_hour": _("Breaks per hour of sitting"),
        "longest_sitting_min": _("Longest sitting, minutes"),
        "sessions": _("Exercise sessions a week"),
        "own_activity": _("One of my activities, 0 to 10"),
    }


def goal_views(state: CoachState) -> list[GoalView]:
    """The goals that go on."""
    return [_goal_view(goal, state) for goal in state.records.goals if goal.ended is None]


def _goal_view(goal: Goal, state: CoachState) -> GoalView:
    r = state.records
    data = (state.belt_days, r.diary, r.sessions)
    stand = g.standing(goal, *data, state.today, r.flares, r.answers)
    setting = g.reminder_setting(goal)
    title = goal_title(goal, state)
    text = _("From {baseline} to {target} by {day}; this week {step}.").format(
        baseline=value_text(goal.baseline),
        target=value_text(goal.target),
        day=short_date(goal.by),
        step=value_text(stand.step),
    )
    held = _("A week that begins with an open warning sign or in a flare-up adds nothing.")
    if stand.held and stand.step != goal.target:
        end = _("So the target comes on {day}, if no further week does.")
        held = f"{held} {end.format(day=short_date(goal.by + stand.held * g.WEEK))}"
    aside = any(each.id == goal.own and each.retired for each in r.activities)
    stands = _("This activity is put aside: it is not asked any more, and the goal can be ended.")
    sentence = f"{text} {stands if aside else _standing_text(goal.measure, stand)}"
    return GoalView(goal, title, sentence, setting and setting[1], held if stand.held else "")


def goal_title(goal: Goal, state: CoachState) -> str:
    """What a goal is about, an activity in its wearer's words."""
    names = {each.id: each.name for each in state.records.activities}
    return names.get(goal.own, "") or measure_names()[goal.measure]


def goal_coming_text(goal: Goal, state: CoachState) -> str:
    """ "This week 5,000; from next week on 5,500, 6,000." """
    r = state.records
    step = value_text(g.step_now(goal, state.today, r.flares, r.answers).value)
    coming = g.coming(goal, state.today, r.flares, r.answers)
    if not coming:
        return _("This week {step}.").format(step=step)
    text = _("This week {step}; from next week on: {all}.")
    return text.format(step=step, all=", ".join(value_text(each) for each in coming))


def _standing_text(measure: str, stand: g.Standing) -> str:
    if stand.value is None:
        return _("The last seven days have too few data to say where you stand.")
    text = _("The middle of your last seven days is {value}.")
    if measure == "sessions":
        text = _("In the last seven days: {value}.")
    said, met = text.format(value=value_text(stand.value)), _("This week's target is reached.")
    return f"{said} {met}" if stand.reached else said


def value_text(value: float) -> str:
    """Without decimals where there are none."""
    return number(value, 0 if value == int(value) else 1)


def baseline_text(measure: str, value: float | None) -> str:
    """Where the baseline of a goal comes from."""
    if measure == "sessions":
        if value is None:
            return _("The last two weeks have no session: enter about what you do now.")
        text = _("In the last two weeks: about {value} a week.")
        return text.format(value=value_text(value))
    if value is None:
        return _(
            "The last two weeks have fewer than five days with data: enter about what you do now."
        )
    text = _("In the last two weeks: {value}; half of your days were above it.")
    return text.format(value=value_text(value))


def way_text(steps: Sequence[float]) -> str:
    """What is aimed at each week on the way."""
    text = ngettext("{n} weekly target: {all}", "{n} weekly targets: {all}", len(steps))
    return text.format(n=len(steps), all=", ".join(value_text(each) for each in steps))


def ladder_text(baseline: Sequence[int], target: int, sessions: int) -> str:
    """The quotas that would be set."""
    ladder = q.quotas(baseline, target, sessions)
    text = _("Baseline {baseline}; the first stage is 70 % of their mean. Stages: {steps}.")
    return text.format(
        baseline=listed(str(each) for each in baseline), steps=", ".join(str(n) for n in ladder)
    )
