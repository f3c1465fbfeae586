"""The sources that lessons and rules name, each with its year."""

from collections.abc import Iterable
from dataclasses import dataclass

from plumbline.lessons.files import TextError, common, text


@dataclass(frozen=True)
class Source:
    """A guideline, trial or review; `text` as it is printed, without the year."""

    key: str
    text: str
    year: int

    @property
    def cited(self) -> str:
        """The source in one line, its year at the end."""
        return f"{self.text}, {self.year}"


def source(key: str) -> Source:
    """The source with this key of `texts/sources.toml`; TextError for an unknown one."""
    table = common("sources").get(key)
    if table is None:
        raise TextError(f"sources.toml: {key} is missing")
    return Source(key, text(table, "text", key), int(table["year"]))


def sources(keys: Iterable[str]) -> tuple[Source, ...]:
    """The sources with these keys, in this order."""
    return tuple(source(key) for key in keys)


def all_sources() -> tuple[Source, ...]:
    """Every source there is, as the file orders them."""
    return sources(common("sources"))
