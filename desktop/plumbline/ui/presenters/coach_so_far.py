"""What was done today already, and what comes next, in a line below what is due."""

from datetime import date

from plumbline.analysis.wording import weekday_name
from plumbline.coaching import quotas
from plumbline.coaching.due import What
from plumbline.i18n import _, listed
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_flare import help_first
from plumbline.ui.presenters.coach_today import next_planned
from plumbline.ui.presenters.exercises import amount_text, exercise_title


def so_far_text(state: CoachState) -> str:
    """ "Done today: the diary and Bridge (8 times). Next session: Bridge on Monday." """
    return " ".join(filter(None, (_done(state), _next(state))))


def _done(state: CoachState) -> str:
    r, today = state.records, state.today
    what = [_("the diary")] if any(each.day == today for each in r.diary) else []
    text = _("{exercise} ({amount})")
    what += [
        text.format(exercise=exercise_title(s.exercise), amount=amount_text(s.amount, s.exercise))
        for s in r.sessions
        if s.day == today
    ]
    return _("Done today: {what}.").format(what=listed(what)) if what else ""


def _next(state: CoachState) -> str:
    """Of the plans, where none has anything for today."""
    if help_first(state) or any(item.what in (What.SESSION, What.SET) for item in state.due):
        return ""
    r, coming = state.records, dict[date, list[str]]()
    for plan in r.plans:
        phase = quotas.due(plan, r.sessions, r.flares, r.answers, state.today).phase
        day = next_planned(plan, state)
        if phase in (quotas.Phase.BASELINE, quotas.Phase.QUOTA) and day > state.today:
            coming.setdefault(day, []).append(exercise_title(plan.exercise))
    if not coming:
        return ""
    first = min(coming)
    text = _("Next session: {exercises} on {weekday}.")
    return text.format(exercises=listed(coming[first]), weekday=weekday_name(first))
