"""The diary card: what it asks, on which scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plumbline.analysis.wording import long_date
from plumbline.coaching.checks import check_entry_day
from plumbline.coaching.records import DiaryEntry
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.ui.coach.state import CoachState

OWN = "own:"
"""Begins the key of a question about an own activity."""


@dataclass(frozen=True)
class Question:
    """One line of the card; `scale` says what 0 and 10 mean."""

    key: str
    name: str
    scale: str


def questions(state: CoachState, day: date | None = None) -> list[Question]:
    """Pain first; then own activities and participation, then sleep and stress beside; in words
    that fit the day, today by default.

    Of a day that is over nobody knows how the pain "is now": it is shown where it was entered.
    """
    day = state.today if day is None else day
    over = day != state.today
    activities = [each for each in state.records.activities if each.retired is None]
    able, pain = _("0 not at all – 10 as usual"), _("0 none – 10 the worst imaginable")
    now = Question("pain_now", _("Pain at the time of the entry") if over else _("Pain now"), pain)
    average = _("Pain on average that day") if over else _("Pain on average today")
    sleep = _("Sleep the night before") if over else _("Sleep last night")
    stress = _("Stress that day") if over else _("Stress today")
    entry = entry_on(state, day)
    return [
        *([now] if not over or (entry and entry.pain_now is not None) else []),
        Question("pain_average", average, pain),
        *(Question(OWN + each.id, each.name, able) for each in activities),
        Question("participation", _("Taking part in work and daily life"), able),
        Question("sleep", sleep, _("0 very poor – 10 very good")),
        Question("stress", stress, _("0 none – 10 very much")),
    ]


def entry_on(state: CoachState, day: date) -> DiaryEntry | None:
    """What was written for the day."""
    return next((each for each in state.records.diary if each.day == day), None)


@dataclass(frozen=True)
class DayWords:
    """What the card says of the day it is about. `trouble`: why it can have no entry, else ""."""

    hint: str
    stands: str
    trouble: str
    changed: str


def day_words(state: CoachState, day: date) -> DayWords:
    """In words that fit the day."""
    over = day != state.today
    hint = _("Half a minute for today; leave out what you like.")
    if over:
        text = _("Half a minute for {day}; leave out what you like.")
        hint = text.format(day=long_date(day))
    stands = _("An entry is saved.") if entry_on(state, day) else _("No entry yet.")
    changed = _("Something is new or different today")
    trouble = ""
    try:
        check_entry_day(day, state.records.episodes, state.today)
    except UserError as error:
        trouble = str(error)
    return DayWords(
        hint,
        stands,
        trouble,
        _("Something was new or different that day") if over else changed,
    )


def kind_names() -> dict[str, str]:
    """The kinds of day."""
    return {
        "office": _("Office"),
        "home": _("Home office"),
        "off": _("Day off"),
        "ill": _("Ill"),
    }


def entry_of(
    day: date, scores: Mapping[str, int | None], kind: str, note: str, changed: bool
) -> DiaryEntry:
    """The entry that the card's answers make."""
    own = {
        key.removeprefix(OWN): score
        for key, score in scores.items()
        if key.startswith(OWN) and score is not None
    }
    return DiaryEntry(
        "",
        day,
        pain_now=scores.get("pain_now"),
        pain_average=scores.get("pain_average"),
        activities=own,
        participation=scores.get("participation"),
        sleep=scores.get("sleep"),
        stress=scores.get("stress"),
        kind=kind,
        note=note,
        changed=changed,
    )
