"""Coaching's kinds of entries, made known to the store: what each must look like by itself.

What depends on today or on other entries is checked by `plumbline.coaching.book` before.
"""

from functools import partial
from typing import Any

from plumbline.coaching import checks, keys
from plumbline.coaching.records import (
    KINDS,
    DiaryEntry,
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
    except ValueError as error:
        text = _("This entry cannot be kept ({reason}): enter it anew.")
        raise UserError(text.format(reason=error)) from error
    for name, value in record.fields().items():
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            text = _("The text in {field} is longer than {most} characters: shorten it.")
            raise UserError(text.format(field=name, most=LONGEST_TEXT))
    _check(record)
    return record.fields()


def _check(record: Record) -> None:
    """Refuse names that nobody knows and numbers out of range."""
    if isinstance(record, DiaryEntry):
        scores: list[Any] = [getattr(record, name) for name in checks.SCORES]
        for score in (*scores, *record.activities.values()):
            checks.check_score(score)
    elif isinstance(record, FollowUp):
        checks.check_score(record.pain)
        checks.check_score(record.activities)
        _among(record.week, keys.FOLLOW_UP_WEEKS)
        _among(record.satisfied, ("", *keys.SATISFIED))
    elif isinstance(record, SignAnswer):
        for sign in record.yes:
            _among(sign, [key for ids in keys.SIGNS.values() for key in ids])
    elif isinstance(record, Therapy):
        _among(record.kind, keys.THERAPIES)
    elif isinstance(record, Goal):
        _among(record.measure, keys.MEASURES)
    elif isinstance(record, Plan | Session):
        _among(record.exercise, keys.EXERCISES)
        _among(record.unit, keys.UNITS)
        _not_negative(record.amount if isinstance(record, Session) else record.target)
    elif isinstance(record, FlarePlan) and not record.text.strip():
        raise UserError(_("The plan for a flare-up is empty: choose or write a sentence."))


def _among(value: object, known: Any) -> None:
    if value not in known:
        raise UserError(_("{value} is not known: choose one of the list.").format(value=value))


def _not_negative(value: int) -> None:
    if value < 0:
        raise UserError(_("An amount is zero or more: change it."))


CLEAN = {name: partial(clean, kind) for name, kind in KINDS.items()}


def register_all() -> None:
    """Make every kind known to the store; twice is once."""
    for name, function in CLEAN.items():
        register(name, function)


register_all()
