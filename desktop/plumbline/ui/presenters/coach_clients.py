"""The sub-page Clients: who may need a look this week, in words; never a score or a ranking."""

from dataclasses import dataclass
from datetime import timedelta

from plumbline import i18n
from plumbline.analysis.wording import short_date
from plumbline.coaching.looks import LEAST_GROUP, Reason, Why
from plumbline.i18n import _, ngettext
from plumbline.lessons.care import therapy_kind
from plumbline.lessons.exercises import exercise
from plumbline.lessons.signs import warning_signs
from plumbline.ui.coach.state import Clients, CoachState
from plumbline.ui.presenters.coach_plan import goal_views, plan_views
from plumbline.ui.presenters.coach_today import sign_names
from plumbline.ui.presenters.visit import course_lines

FLARES = timedelta(weeks=4)


@dataclass(frozen=True)
class ClientsView:
    """A sentence on top, a name and its reasons a line, the group's numbers or why not, and a name
    and how it stands a line."""

    sentence: str
    lines: tuple[tuple[str, str], ...]
    group: str
    standing: tuple[tuple[str, str], ...] = ()


def present_clients(clients: Clients) -> ClientsView:
    """What the page shows."""
    if clients.people == 0:
        text = _("Nobody is entered yet. Add the people you work with on the page People.")
        return ClientsView(text, (), "")
    sentence = _("By name, each with the reason; the order says nothing of how they are.")
    if not clients.looks:
        sentence = _("Nobody needs a look this week, as far as the entries tell.")
    lines = tuple(
        (look.name, "\n".join(reason_text(each) for each in look.reasons)) for look in clients.looks
    )
    standing = tuple((each.wearer, "\n".join(standing_texts(each))) for each in clients.each)
    return ClientsView(sentence, lines, _group(clients), standing)


def standing_texts(state: CoachState) -> list[str]:
    """Of one person: open signs, course, adherence to plans, goals and flare-ups."""
    said = [
        _("A warning sign is open: {signs}.").format(signs=sign_names(a)) for a in state.open_signs
    ]
    said += (
        [course_lines(state.course)[0]]
        if state.course
        else [_("No course: no episode of trouble.")]
    )
    for plan in plan_views(state):
        said += [f"{plan.title}: {plan.weeks}"] if plan.open and plan.weeks else []
    said += [f"{goal.title}: {goal.sentence}" for goal in goal_views(state)]
    recent = [f for f in state.records.flares if (f.end or state.today) > state.today - FLARES]
    if recent:
        text = ngettext(
            "{n} flare-up in the last four weeks.",
            "{n} flare-ups in the last four weeks.",
            len(recent),
        )
        said.append(text.format(n=len(recent)))
    return said


def reason_text(reason: Reason) -> str:
    """One reason as a sentence, with the day since when."""
    texts = {
        Why.OPEN_SIGN: _("A warning sign is open since {day}: {about}."),
        Why.NO_CLEAR_INCREASE: _("No clear increase in activities since {day}."),
        Why.LONG_FLARE: _("A flare-up has lasted since {day}."),
        Why.SIDE_EFFECTS: _("Side effects were reported on {day}: {about}."),
        Why.UNDER: _("Less than planned in a row since {day}: {about}."),
        Why.SILENT: _("No entry since {day}; all may well be fine."),
    }
    return texts[reason.why].format(day=short_date(reason.since), about=_about(reason))


def _about(reason: Reason) -> str:
    language = i18n.language()
    if reason.why is Why.OPEN_SIGN:
        short = {sign.id: sign.short for sign in warning_signs(language).signs}
        return i18n.listed(short.get(each, each) for each in reason.about)
    if reason.why is Why.UNDER:
        known = [exercise(each, language) for each in reason.about]
        return i18n.listed(each.title for each in known if each)
    kinds = [therapy_kind(each, language) for each in reason.about]
    return i18n.listed(each.name for each in kinds if each) or _("a treatment")


def _group(clients: Clients) -> str:
    if clients.group is None:
        text = _("Groups under {n} people show no numbers, so that nobody is recognised in them.")
        return text.format(n=LEAST_GROUP)
    text = _("{people} people, {inside} of them in an episode.")
    return text.format(people=clients.group.people, inside=clients.group.in_episode)
