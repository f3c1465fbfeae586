"""Where exports were written to: an entry of the journal for each, so that an erasure can say
which copies are left to remove by hand. The list itself goes with any erasure.
"""

from typing import NamedTuple

from plumbline.store.database import Store
from plumbline.store.kinds import Fields, register, text

KIND = "export"
LONGEST_PLACE = 4096


class Export(NamedTuple):
    """An export: the folder or file it was written to, its form, when (UTC milliseconds)."""

    place: str
    form: str
    at_utc_ms: int


def clean(fields: Fields) -> Fields:
    """A place and a form."""
    return {"place": text(fields, "place", LONGEST_PLACE), "form": text(fields, "form", 20)}


def note(store: Store, place: str, form: str) -> None:
    """Remember that something was written there; nothing where the data may only be read."""
    if not store.read_only:
        store.put(KIND, {"place": place, "form": form})


def exports(store: Store) -> list[Export]:
    """All of them, the oldest first."""
    return [
        Export(entry.fields["place"], entry.fields["form"], entry.at_utc_ms)
        for entry in store.entries(KIND)
    ]


register(KIND, clean)
