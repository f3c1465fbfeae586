"""A flare-up in words: only what is true of the plans that there are."""

from plumbline.coaching import quotas as q
from plumbline.coaching.records import Plan
from plumbline.coaching.signs import Outcome, outcome
from plumbline.i18n import _, listed
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.exercises import amount_text, exercise_title


def help_first(state: CoachState) -> bool:
    """Whether a sign is open with which nothing else counts."""
    return any(outcome(each.yes) is Outcome.AT_ONCE for each in state.open_signs)


def flare_title(state: CoachState) -> str:
    """What the card is headed with."""
    if state.records.flare_plans:
        return _("Your plan for a flare-up runs")
    return _("You are in a flare-up")


def flare_text(state: CoachState, *, elsewhere: bool = True) -> str:
    """The wearer's own plan; without one what the flare-up does to the plans for exercise, and,
    `elsewhere` than on the page Plan, that one can be written there."""
    if written := state.records.flare_plans:
        return written[-1].text
    r, said = state.records, [_("Keep moving as far as it goes.")]
    steps = [(p, q.due(p, r.sessions, r.flares, r.answers, state.today)) for p in r.plans]
    held = [
        f"{exercise_title(plan.exercise)} {amount_text(step.quota, plan.exercise)}"
        for plan, step in steps
        if step.quota is not None
    ]
    if held:
        said.append(_("Nothing is raised while it lasts: {plans}.").format(plans=listed(held)))
    if any(step.phase is q.Phase.BASELINE for _plan, step in steps):
        said.append(_("A baseline may wait until it is over."))
    if elsewhere:
        said.append(_("What helps you in a flare-up can be written down on the page Plan."))
    return " ".join(said)


def flare_offered(state: CoachState) -> bool:
    """Whether a flare-up can be told: where there is trouble or a plan, and none runs."""
    r = state.records
    trouble = state.episode is not None and state.episode.complaint
    runs = q.flare_now(state.today, r.flares) is not None
    return not runs and not help_first(state) and bool(trouble or r.plans or r.flare_plans)


def flare_begin_button(state: CoachState) -> str:
    """What telling it does."""
    if state.records.flare_plans:
        return _("A flare-up: start my plan for it")
    return _("A flare-up has begun")


def flare_end_button(state: CoachState) -> str:
    """What leaving it does."""
    return _("It is over: back to the plan") if _goes_on(state) else _("It is over")


def flare_over_text(state: CoachState) -> str:
    """What was done when it was said to be over."""
    if _goes_on(state):
        return _("The flare-up is over: back to the plan.")
    return _("The flare-up is over.")


def _goes_on(state: CoachState) -> bool:
    """Whether there is a plan to go back to."""
    r = state.records

    def open_(plan: Plan) -> bool:
        step = q.due(plan, r.sessions, r.flares, r.answers, state.today)
        return step.phase is not q.Phase.DONE

    return any(open_(plan) for plan in r.plans)
