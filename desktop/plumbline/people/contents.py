"""What data there are, in a few numbers: to know them again before they come or go."""

from dataclasses import dataclass
from typing import Protocol

from plumbline.people.records import WEARER
from plumbline.store.entries import EVERYBODY, Entry, Wearer
from plumbline.store.rows import BeltInfo


class Source(Protocol):
    """The part of the store that is asked."""

    def belts(self) -> list[BeltInfo]: ...

    def span(self, belt: str | None = None) -> tuple[int, int] | None: ...

    def record_count(self) -> int: ...

    def entries(self, kind: str, *, wearer: Wearer = EVERYBODY) -> list[Entry]: ...


@dataclass(frozen=True)
class Contents:
    """Names of wearers and belts, first and last minute (UTC seconds), how many records."""

    wearers: tuple[str, ...] = ()
    belts: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    records: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever recorded, and nobody entered."""
        return not (self.records or self.belts or self.wearers)


def contents(source: Source) -> Contents:
    """What the source holds."""
    names = sorted((each.fields["name"] for each in source.entries(WEARER)), key=str.casefold)
    return Contents(
        tuple(names),
        tuple(belt.name or belt.id for belt in source.belts()),
        source.span(),
        source.record_count(),
    )
