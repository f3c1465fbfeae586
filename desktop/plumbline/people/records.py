"""The kinds of entries about wearers and their recordings, and what makes their fields clean.

    wearer      name                            its id names the wearer in all other entries
    worn        belt, from_utc_s                from then on (None: ever) the belt is the wearer's;
                                                of no wearer: from then on it is nobody's
    note        text, day, belt                 about a day (ISO date) or, without one, in general
    bookmark    name, begin_utc_s, end_utc_s, belt
    excluded    belts, begin_utc_s, end_utc_s, reason
    deleted     the same: put out of sight as well, until it is brought back

Times are UTC seconds, belts ids in hex. `belt` tells notes of belts that are nobody's apart.
"""

from datetime import date
from typing import Any

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store.kinds import Fields, register, text

WEARER, WORN, NOTE, BOOKMARK = "wearer", "worn", "note", "bookmark"
EXCLUDED, DELETED = "excluded", "deleted"
LONGEST_NAME, LONGEST_TEXT, LONGEST_REASON = 200, 10_000, 1000
NEVER_S = 1 << 40


def clean_wearer(fields: Fields) -> Fields:
    """A name of one line."""
    name = " ".join(text(fields, "name", LONGEST_NAME).split())
    if not name:
        raise UserError(_("A wearer needs a name: enter one."))
    return {"name": name}


def clean_worn(fields: Fields) -> Fields:
    """A belt and since when."""
    begin = fields.get("from_utc_s")
    return {"belt": _belt(fields["belt"]), "from_utc_s": None if begin is None else _time(begin)}


def clean_note(fields: Fields) -> Fields:
    """Some text."""
    found = text(fields, "text", LONGEST_TEXT)
    if not found:
        raise UserError(_("The note is empty: write something, or remove it."))
    day = fields.get("day")
    if day is not None:
        day = date.fromisoformat(str(day)).isoformat()
    return {"text": found, "day": day, "belt": _belt_or_none(fields)}


def clean_bookmark(fields: Fields) -> Fields:
    """A moment or a stretch; without a name it is named by its time."""
    begin, end = _stretch(fields)
    name = " ".join(text(fields, "name", LONGEST_NAME).split())
    return {"name": name, "begin_utc_s": begin, "end_utc_s": end, "belt": _belt_or_none(fields)}


def clean_stretch(fields: Fields) -> Fields:
    """Of which belts, from when to when, and why."""
    begin, end = _stretch(fields)
    if end <= begin:
        raise UserError(_("The stretch ends before it begins: choose a later end."))
    belts = sorted({_belt(belt) for belt in fields["belts"]})
    reason = text(fields, "reason", LONGEST_REASON)
    return {"belts": belts, "begin_utc_s": begin, "end_utc_s": end, "reason": reason}


def _stretch(fields: Fields) -> tuple[int, int]:
    return _time(fields["begin_utc_s"]), _time(fields["end_utc_s"])


def _time(value: Any) -> int:
    found = int(value)
    if not -NEVER_S <= found <= NEVER_S:
        raise ValueError(value)
    return found


def _belt(value: Any) -> str:
    return bytes.fromhex(str(value)).hex()


def _belt_or_none(fields: Fields) -> str | None:
    belt = fields.get("belt")
    return None if belt is None else _belt(belt)


register(WEARER, clean_wearer)
register(WORN, clean_worn)
register(NOTE, clean_note)
register(BOOKMARK, clean_bookmark)
register(EXCLUDED, clean_stretch)
register(DELETED, clean_stretch)
