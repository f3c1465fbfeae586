"""The user's language: every text a user reads passes through `_`, `ngettext` or `pgettext`.

The source language is English; `locale/<language>/LC_MESSAGES/plumbline.po` replaces it. What is
compiled from it lies beside it, as Python's own bytecode does, and is made anew when the catalogue
was edited: there is no step to forget. Texts are looked up when they are shown, never when a module
is imported, so that a change of language needs no restart; a constant is marked with `N_` and
passed to `_` where it is used.
"""

import gettext
import locale as c_locale
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError

DOMAIN = "plumbline"
CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "de": "Deutsch", "nl": "Nederlands"}
"""Each by the name its speakers give it."""
PLACES = {"en": "en_GB", "de": "de_DE", "nl": "nl_NL"}
"""Whose dates and numbers are used where the system has another language."""
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_active: gettext.NullTranslations = gettext.NullTranslations()
_locale = Locale.parse(PLACES["en"])


def use_language(wanted: str | None = None) -> None:
    """Speak `wanted` ("de", "nl_BE"), by default what the system is set to; else English.

    Dates and numbers follow the system's country where its language is the one spoken.
    """
    global _active, _locale
    places = [wanted] if wanted else system_places()
    place = next((each for each in places if each.partition("_")[0] in LANGUAGES), "en")
    spoken = place.partition("_")[0]
    countries = [place, *system_places()]
    found = next((c for c in countries if c.startswith(f"{spoken}_") and _known(c)), PLACES[spoken])
    _active, _locale = catalogue(spoken), Locale.parse(found)


def system_places(environment: Mapping[str, str] | None = None) -> list[str]:
    """The system's languages, wanted most first: ["de_AT", "en"]; a C locale says nothing."""
    environment = os.environ if environment is None else environment
    names = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    given = names.split(":") if names else [c_locale.getlocale()[0] or ""]
    places = [name.partition(".")[0].partition("@")[0].replace("-", "_") for name in given]
    return [place for place in places if place not in ("", "C", "POSIX")]


def language() -> str:
    """The language spoken now: "en", "de" or "nl"."""
    return _locale.language


def locale() -> Locale:
    """Whose dates and numbers are used now."""
    return _locale


@cache
def catalogue(spoken: str) -> gettext.NullTranslations:
    """The texts of a language; English has none of its own."""
    path = CATALOGUES / spoken / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(_compiled(path)))


def _compiled(path: Path) -> bytes:
    """The catalogue as gettext reads it: what lies beside it unless it is older, else anew."""
    beside = path.with_suffix(".mo")
    if beside.exists() and beside.stat().st_mtime_ns > path.stat().st_mtime_ns:
        return beside.read_bytes()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    half = beside.with_name(f"{beside.name}.{os.getpid()}")
    with suppress(OSError):  # a place that may not be written costs a moment at each start
        half.write_bytes(compiled.getvalue())
        half.replace(beside)
    return compiled.getvalue()


def _known(place: str) -> bool:
    try:
        Locale.parse(place)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def N_(text: str) -> str:
    """Mark a constant for the catalogues; pass it to `_` where it is shown."""
    return text


def _(text: str) -> str:
    """`text` in the user's language."""
    return _active.gettext(text) if text else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for `count` in the user's language; the caller fills in the number."""
    return _active.ngettext(singular, plural, count)


def pgettext(context: str, text: str) -> str:
    """`text` in the user's language where English has one word for two ("May")."""
    return _active.pgettext(context, text)


def number(value: float, digits: int = 0, *, signed: bool = False) -> str:
    """As the user's country writes it, with thousands apart and `digits` decimals: "5,432".

    `signed`: with a plus where it is above zero. What programs read has points instead.
    """
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, f"+{pattern};-{pattern}" if signed else pattern, _locale)


def listed(words: Iterable[str]) -> str:
    """Words in a row as the language puts them: "a, b and c"."""
    from babel.lists import format_list

    return format_list(list(words), locale=_locale)
