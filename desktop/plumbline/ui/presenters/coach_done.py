"""What was just kept in the coach's pages, in a sentence, and how an entry came to be as it is."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from plumbline.analysis.wording import short_date
from plumbline.coaching.records import DiaryEntry, Goal, Session
from plumbline.i18n import _, listed
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_diary import OWN, kind_names, questions
from plumbline.ui.presenters.coach_plan import value_text

NOTHING = "–"


def done_text(kind: str) -> str:
    """What was done with an entry of this kind."""
    return {
        "episode": _("The episode is saved."),
        "own_activity": _("The activities are saved."),
        "diary": _("The diary entry is saved."),
        "questionnaire": _("The total is saved."),
        "goal": _("The goal is saved."),
        "plan": _("The plan is saved."),
        "session": _("The session is saved."),
        "flare_up": _("The flare-up is noted."),
        "flare_plan": _("The plan for a flare-up is saved."),
        "sign_answer": _("The answers about warning signs are saved."),
        "therapy": _("The therapy is saved."),
        "follow_up": _("The answers to the follow-up are saved."),
        "lesson_seen": _("The lesson is marked as read."),
        "visit_note": _("The notes for the visit are saved."),
        "coach_preferences": _("The time of the diary is saved."),
    }[kind]


def diary_done_text(day: date) -> str:
    """What was done with the entry of a day that is over."""
    return _("The diary entry of {day} is saved.").format(day=short_date(day))


def diary_past_text(past: Sequence[tuple[date, DiaryEntry]], state: CoachState) -> str:
    """ "Changed on 14 Nov: Pain now 5 → 3." for each change; "" where there was none."""
    day = past[-1][1].day if past else state.today
    names = {each.key: each.name for each in [*questions(state), *questions(state, day)]}
    names |= {OWN + each.id: each.name for each in state.records.activities}
    names |= {"kind": _("Kind of day"), "note": _("Note"), "changed": _("Something was new")}
    return _past_text([(day, _answers(entry)) for day, entry in past], names)


def _answers(entry: DiaryEntry) -> dict[str, str]:
    values = {name: getattr(entry, name) for name in ("pain_now", "pain_average", "participation")}
    values |= {OWN + key: score for key, score in entry.activities.items()}
    values |= {"sleep": entry.sleep, "stress": entry.stress, "note": entry.note or None}
    values |= {"kind": kind_names().get(entry.kind), "changed": _("yes") if entry.changed else None}
    return {key: str(value) for key, value in values.items() if value is not None}


def session_past_text(past: Sequence[tuple[date, Session]]) -> str:
    """ "Changed on 14 Nov: Done 20 → 22." for each change; "" where there was none."""
    return _past_text([(day, {"amount": str(s.amount)}) for day, s in past], {"amount": _("Done")})


def goal_past_text(past: Sequence[tuple[date, Goal]]) -> str:
    """ "Changed on 14 Nov: Target 6,000 → 5,000." for each change; "" where there was none."""
    names = {"target": _("Target"), "by": _("Until")}
    states = [(d, {"target": value_text(g.target), "by": short_date(g.by)}) for d, g in past]
    return _past_text(states, names)


def _past_text(states: Sequence[tuple[date, dict[str, str]]], names: dict[str, str]) -> str:
    told = []
    for (_day, before), (day, after) in pairwise(states):
        different = [key for key in names if before.get(key) != after.get(key)]
        what = [f"{names[k]} {before.get(k, NOTHING)} → {after.get(k, NOTHING)}" for k in different]
        text = _("Changed on {day}: {what}.")
        told += [text.format(day=short_date(day), what=listed(what))] if what else []
    return "\n".join(told)
