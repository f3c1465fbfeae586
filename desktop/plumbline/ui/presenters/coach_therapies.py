"""The sub-page Therapies: the list, before and after, follow-ups."""

from dataclasses import dataclass
from datetime import date, timedelta

from plumbline import i18n
from plumbline.analysis.wording import number, short_date
from plumbline.coaching.course import own_series, pain_series
from plumbline.coaching.keys import WITH_EXERCISE
from plumbline.coaching.records import FollowUp, Snapshot, Therapy
from plumbline.coaching.therapies import (
    WINDOW,
    BeforeAfter,
    FollowUpDue,
    before_after,
    follow_ups_due,
    follow_ups_to_come,
)
from plumbline.i18n import _, listed, ngettext
from plumbline.lessons.care import after_is_not_because, follow_up_questions, therapy_kind
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_course import Measure, Trace
from plumbline.ui.presenters.coach_today import therapy_name

SHOWN_DAYS = 120


@dataclass(frozen=True)
class TherapyView:
    """A line of the list; `due`: the week whose follow-up is due, 0 for none; `answered`: the
    follow-ups that were, the first week first."""

    therapy: Therapy
    title: str
    text: str
    due: int
    answered: tuple[FollowUp, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Before and after side by side: (measure, before, after, what it means) a row."""

    title: str
    rows: tuple[tuple[str, str, str, str], ...]
    note: str


@dataclass(frozen=True)
class Timeline:
    """Scores and the belt's `walking` minutes over days, with the therapies on them."""

    traces: tuple[Trace, ...]
    walking: Trace
    marks: tuple[tuple[date, str], ...]
    first: date
    last: date


def therapy_views(state: CoachState) -> list[TherapyView]:
    """The newest first."""
    due = {d.therapy.id: d.week for d in _due(state)}
    views = []
    for therapy in sorted(state.records.therapies, key=lambda each: each.day, reverse=True):
        answered = _answered(therapy, state)
        said = [therapy.by, therapy.note, *map(follow_up_text, answered), _to_come(therapy, state)]
        title = f"{short_date(therapy.day)}  {therapy_name(therapy.kind)}"
        text = " · ".join(filter(None, said))
        views.append(TherapyView(therapy, title, text, due.get(therapy.id, 0), answered))
    return views


def _due(state: CoachState) -> list[FollowUpDue]:
    return follow_ups_due(state.records.therapies, state.records.follow_ups, state.today)


def _answered(therapy: Therapy, state: CoachState) -> tuple[FollowUp, ...]:
    found = (each for each in state.records.follow_ups if each.therapy == therapy.id)
    return tuple(sorted(found, key=lambda each: each.week))


def _to_come(therapy: Therapy, state: CoachState) -> str:
    days = follow_ups_to_come(therapy, state.records.therapies, state.today)
    if not days:
        return ""
    return _("questions on {days}").format(days=listed(short_date(day) for day in days))


def follow_up_text(found: FollowUp) -> str:
    """ "after 6 weeks: pain 3, activities 7, satisfied: partly, side effects: none"."""
    names = dict(zip(("yes", "partly", "no", "early"), satisfied_names(), strict=True))
    parts = []
    if found.pain is not None:
        parts.append(_("pain {n}").format(n=found.pain))
    if found.activities is not None:
        parts.append(_("activities {n}").format(n=found.activities))
    if found.satisfied:
        parts.append(_("satisfied: {answer}").format(answer=names[found.satisfied]))
    if found.side_effects:
        parts.append(_("side effects: {text}").format(text=found.side_effects))
    text = ngettext("after {n} week: {answers}", "after {n} weeks: {answers}", found.week)
    return text.format(n=found.week, answers=", ".join(parts) or "–")


def satisfied_names() -> tuple[str, ...]:
    """Yes, partly, no, too early."""
    asked = {each.id: each for each in follow_up_questions(i18n.language())}
    return asked["satisfied"].choices


def questions() -> dict[str, str]:
    """The follow-up questions by id."""
    return {each.id: each.text for each in follow_up_questions(i18n.language())}


def offers_exercise(kind: str) -> bool:
    """Whether an exercise session is offered with it."""
    return kind in WITH_EXERCISE


def hint(kind: str) -> str:
    """What to note about a kind of therapy."""
    found = therapy_kind(kind, i18n.language())
    return found.hint if found else ""


def compare(therapy: Therapy, state: CoachState) -> Comparison:
    """The three weeks before and after."""
    r = state.records
    found = before_after(therapy, r.therapies, r.diary, state.belt_days, state.today)
    rows = tuple(_row(name, key, found) for key, name in _measures().items())
    return Comparison(
        title=f"{therapy_name(therapy.kind)}, {short_date(therapy.day)}",
        rows=rows,
        note=" ".join([spans_text(therapy, state.today), *_notes(found, therapy, state.today)]),
    )


def weeks_around(therapy: Therapy) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last day of the three weeks before, and of those after."""
    day = timedelta(days=1)
    return (therapy.day - WINDOW, therapy.day - day), (therapy.day + day, therapy.day + WINDOW)


def spans_text(therapy: Therapy, today: date) -> str:
    """Which days "before" and "after" are made of; none that is still to come."""
    (first, last), (begin, end) = weeks_around(therapy)
    if today < end:
        text = _("Before: {first} to {last}; after: {begin} to today; the middle of the days each.")
    else:
        text = _("Before: {first} to {last}; after: {begin} to {end}; the middle of the days each.")
    if today <= begin:
        text = _("Before: {first} to {last}; after: from {begin} on; the middle of the days each.")
    return text.format(
        first=short_date(first),
        last=short_date(last),
        begin=short_date(begin),
        end=short_date(end),
    )


def _measures() -> dict[str, str]:
    return {
        "pain": _("Pain"),
        "activities": _("Own activities"),
        "participation": _("Taking part"),
        "walking_min": _("Walking, minutes a day"),
        "standing_min": _("Standing, minutes a day"),
    }


def _row(name: str, key: str, found: BeforeAfter) -> tuple[str, str, str, str]:
    before, after = _value(found.before, key), _value(found.after, key)
    meaning = ""
    if "–" not in (before, after) and key in found.matters:
        meaning = _("a change that matters") if found.matters[key] else _("no change that matters")
    return name, before, after, meaning


def _value(snapshot: Snapshot, key: str) -> str:
    value = getattr(snapshot, key)
    if value is None:
        return "–"
    return number(value, 0 if key.endswith("_min") or value == int(value) else 1)


def _notes(found: BeforeAfter, therapy: Therapy, today: date) -> list[str]:
    notes = [after_is_not_because(i18n.language())]
    if found.beside:
        names = listed(f"{therapy_name(t.kind)} ({short_date(t.day)})" for t in found.beside)
        notes.append(_("In the same weeks: {therapies}.").format(therapies=names))
    if found.after == Snapshot():
        over = today > weeks_around(therapy)[1][1]
        few = _("The three weeks after it have too few days with entries.")
        notes.append(few if over else _("After it there are too few days yet."))
    return notes


def timeline(state: CoachState) -> Timeline:
    """Pain, own activities and walking of the last months, with the therapies on them."""
    first = state.today - timedelta(days=SHOWN_DAYS - 1)
    entries = [e for e in state.records.diary if e.day >= first]
    starts = [e.day for e in entries]
    starts += [t.day - WINDOW for t in state.records.therapies if t.day >= first]
    shown = max(first, min(starts, default=state.today) - timedelta(days=3))
    return Timeline(
        traces=(
            Trace(Measure.PAIN, _("Pain"), tuple(pain_series(entries))),
            Trace(Measure.OWN, _("Own activities"), tuple(own_series(entries))),
        ),
        walking=Trace(
            Measure.BELT,
            _("Walking, minutes a day"),
            tuple((d.day, d.walking_min) for d in state.belt_days if d.tells and d.day >= first),
        ),
        marks=tuple(
            (t.day, therapy_name(t.kind)) for t in state.records.therapies if t.day >= first
        ),
        first=min(shown, state.today - timedelta(days=27)),
        last=state.today,
    )
