"""The diary card: what it asks, on which scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plumbline.coaching.records import DiaryEntry
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


def questions(state: CoachState) -> list[Question]:
    """Pain first; then own activities and participation, then sleep and stress beside."""
    activities = [each for each in state.records.activities if each.retired is None]
    able = _("0 not at all – 10 as usual")
    return [
        Question("pain_now", _("Pain now"), _("0 none – 10 the worst imaginable")),
        Question("pain_average", _("Pain on average today"), _("0 none – 10 the worst imaginable")),
        *(Question(OWN + each.id, each.name, able) for each in activities),
        Question("participation", _("Taking part in work and daily life"), able),
        Question("sleep", _("Sleep last night"), _("0 very poor – 10 very good")),
        Question("stress", _("Stress today"), _("0 none – 10 very much")),
    ]


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
