"""The kinds of entries: each has an owner, who registers what makes its fields clean.

    register("note", clean_note)      fields -> cleaned fields; raises UserError

A kind that nobody registered comes from a newer Plumbline: it is kept, and cannot be written.
"""

from collections.abc import Callable
from typing import Any

from plumbline.errors import UserError
from plumbline.i18n import _

Fields = dict[str, Any]
Clean = Callable[[Fields], Fields]
_kinds: dict[str, Clean] = {}


def register(kind: str, clean: Clean) -> None:
    """Make the kind known; ValueError where another function has it already."""
    if _kinds.setdefault(kind, clean) is not clean:
        raise ValueError(kind)


def is_known(kind: str) -> bool:
    """Whether this program can write entries of the kind."""
    return kind in _kinds


def cleaned(kind: str, fields: Fields) -> Fields:
    """The fields as they are kept. Raises UserError; KeyError for a kind nobody registered."""
    return _kinds[kind](fields)


def text(fields: Fields, name: str, longest: int) -> str:
    """A text without blanks around it. Raises UserError where it is longer than that."""
    found = str(fields.get(name, "")).strip()
    if len(found) > longest:
        raise UserError(
            _("This text has {n} characters, {longest} can be kept: shorten it.").format(
                n=len(found), longest=longest
            )
        )
    return found
