"""Coaching's kinds of entries, made known to the store: what each must look like by itself.

What depends on today or on other entries is checked by `plumbline.coaching.book` before.
"""

from collections.abc import Container
from functools import partial
from typing import Any

from plumbline.coaching import checks, keys
from plumbline.coaching.records import (
    KINDS,
    DiaryEntry,
    FieldError,
    FlarePlan,
    FollowUp,
    Goal,
    Plan,
    Record,
    Session,
    SignAnswer,
    Therapy,
)
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store.kinds import Fields, register

LONGEST_TEXT = 4000


def clean(kind: type[Record], fields: Fields) -> Fields:
    """The fields as the record keeps them. Raises UserError where they are of another shape."""
    try:
        record = kind.read("", fields)
    except FieldError as error:
        raise UserError(_refusal(error.field, kind)) from error
    for name, value in record.fields().items():
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            text = _("The text in “{field}” is longer than {most} characters: shorten it.")
            raise UserError(text.format(field=field_name(name, kind), most=LONGEST_TEXT))
    _check(record)
    return record.fields()


def _refusal(field: str, kind: type[Record]) -> str:
    if not field:
        return _("This entry is not complete: enter it anew.")
    text = _("“{field}” has a value that cannot be kept: enter it anew.")
    return text.format(field=field_name(field, kind))


def field_name(field: str, kind: type[Record]) -> str:
    """A field of an entry in words; what nobody types has none of its own."""
    names = {
        "begin": _("Since when"),
        "end": _("End"),
        "day": _("Day"),
        "by": _("Until") if kind is Goal else _("By whom"),
        "note": _("Note"),
        "name": _("Name"),
        "text": _("Text"),
        "who": _("By whom"),
        "side_effects": _("Side effects"),
        "wish": _("What I want from this visit"),
        "own": _("My own questions"),
        "amount": _("Done"),
        "target": _("Target"),
        "baseline": _("What I do now"),
        "exercise": _("Exercise"),
        "kind": _("Kind"),
        "measure": _("What"),
        "satisfied": _("Satisfied"),
        "week": _("Week"),
        "yes": _("Warning signs"),
        "total": _("Total"),
        "pain": _("Pain"),
        "pain_now": _("Pain now"),
        "pain_average": _("Pain on average"),
        "activities": _("Own activities"),
        "participation": _("Taking part"),
        "sleep": _("Sleep"),
        "stress": _("Stress"),
    }
    return names.get(field, _("a field"))


def _check(record: Record) -> None:
    """Refuse names that nobody knows and numbers out of range."""
    if isinstance(record, DiaryEntry):
        scores: list[Any] = [getattr(record, name) for name in checks.SCORES]
        for score in (*scores, *record.activities.values()):
            checks.check_score(score)
    elif isinstance(record, FollowUp):
        checks.check_score(record.pain)
        checks.check_score(record.activities)
        _among(record, "week", keys.FOLLOW_UP_WEEKS)
        _among(record, "satisfied", ("", *keys.SATISFIED))
    elif isinstance(record, SignAnswer):
        known = {key for ids in keys.SIGNS.values() for key in ids}
        if not known.issuperset((*record.yes, *record.slips)):
            raise UserError(_unknown("yes", SignAnswer))
    elif isinstance(record, Therapy):
        _among(record, "kind", keys.THERAPIES)
    elif isinstance(record, Goal):
        _among(record, "measure", keys.MEASURES)
    elif isinstance(record, Plan | Session):
        _among(record, "exercise", keys.EXERCISES)
        _among(record, "unit", keys.UNITS)
        _not_negative(record.amount if isinstance(record, Session) else record.target)
    elif isinstance(record, FlarePlan) and not record.text.strip():
        raise UserError(_("The plan for a flare-up is empty: choose or write a sentence."))


def _among(record: Record, field: str, known: Container[object]) -> None:
    if getattr(record, field) not in known:
        raise UserError(_unknown(field, type(record)))


def _unknown(field: str, kind: type[Record]) -> str:
    text = _("“{field}” has a value that is not known: choose one of the list.")
    return text.format(field=field_name(field, kind))


def _not_negative(value: int) -> None:
    if value < 0:
        raise UserError(_("An amount is zero or more: change it."))


CLEAN = {name: partial(clean, kind) for name, kind in KINDS.items()}


def register_all() -> None:
    """Make every kind known to the store; twice is once."""
    for name, function in CLEAN.items():
        register(name, function)


register_all()
