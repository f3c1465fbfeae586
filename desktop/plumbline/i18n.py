"""The user's language: every text a user reads passes through `_` or `ngettext`.

The source language is English; a catalogue in `locale/<language>/LC_MESSAGES/plumbline.mo`
replaces it. Texts are looked up when they are shown, never when a module is imported, so
that a change of language needs no restart.
"""

import gettext
from pathlib import Path

DOMAIN = "plumbline"
CATALOGUES = Path(__file__).parent / "locale"

_active: gettext.NullTranslations = gettext.NullTranslations()


def use_language(*languages: str) -> None:
    """Take the first of `languages` ("de", "nl_NL") that has a catalogue, else English."""
    global _active
    _active = gettext.translation(DOMAIN, CATALOGUES, languages, fallback=True)


def _(text: str) -> str:
    """`text` in the user's language."""
    return _active.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for `count` in the user's language; the caller fills in the number."""
    return _active.ngettext(singular, plural, count)


def pgettext(context: str, text: str) -> str:
    """`text` in the user's language where English has one word for two ("May")."""
    return _active.pgettext(context, text)
