"""Reading the text files: which languages there are, TOML, and Markdown with front matter."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("en", "de", "nl")

Table = dict[str, Any]


class TextError(ValueError):
    """A text file of the product is not as its loader expects it: a mistake of ours."""


def language_of(language: str) -> str:
    """The language the texts are read in: "de_AT" is "de"; English where there is none."""
    short = language.replace("-", "_").partition("_")[0].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


@cache
def common(name: str) -> Table:
    """What is the same in every language: `texts/<name>.toml`."""
    return _parsed((TEXTS / f"{name}.toml").read_text(encoding="utf-8"), name)


@cache
def translated(name: str, language: str) -> Table:
    """`texts/<language>/<name>.toml`."""
    path = TEXTS / language_of(language) / f"{name}.toml"
    return _parsed(path.read_text(encoding="utf-8"), str(path))


def with_front_matter(name: str, language: str) -> tuple[Table, str]:
    """The TOML between two lines `+++` and the Markdown after it, of `<language>/<name>.md`."""
    path = TEXTS / language_of(language) / f"{name}.md"
    head, mark, body = path.read_text(encoding="utf-8").removeprefix("+++\n").partition("\n+++\n")
    if not mark:
        raise TextError(f"{path}: begin with +++, TOML, +++")
    return _parsed(head, str(path)), body.strip()


def text(table: Table, key: str, where: str) -> str:
    """The text under `key`; TextError where there is none or it is empty."""
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TextError(f"{where}: {key} is missing")
    return " ".join(value.split())


def texts(table: Table, key: str, where: str) -> tuple[str, ...]:
    """The list of texts under `key`; TextError where one is missing."""
    values = table.get(key)
    if not isinstance(values, list) or not values:
        raise TextError(f"{where}: {key} is missing")
    return tuple(text({key: value}, key, where) for value in values)


def _parsed(source: str, where: str) -> Table:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise TextError(f"{where}: {error}") from error
