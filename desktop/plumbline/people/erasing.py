"""Erases one wearer: what the belts recorded on this body, and all that was entered about it."""

from pathlib import Path

from plumbline.people.changes import assign
from plumbline.people.records import BOOKMARK, NEVER_S, NOTE, WORN
from plumbline.people.subjects import Subject, subjects
from plumbline.store.database import Store
from plumbline.store.erasing import Spans, erase_parts


def erase_wearer(folder: Path, wearer: str) -> None:
    """Erase the wearer with this id, and all backups. Raises StoreError; KeyError for none such.

    A belt that others wore, too, loses the wearer's time only, and is nobody's in that time.
    """
    with Store.open_existing(folder) as store:
        subject = _subject(store, wearer)
        parts = _parts(subject)
        starts = [
            (e.fields["belt"], e.fields["from_utc_s"])
            for e in store.entries(WORN)
            if e.wearer == wearer and parts.get(e.fields["belt"]) is not None
        ]
        owned = {
            (kind, entry.id)
            for kind in (NOTE, BOOKMARK)
            for entry in store.entries(kind)
            if subject.owns(entry)
        }

    def is_nobodys(left: Store) -> None:
        for belt, from_utc_s in starts:
            assign(left, belt, None, from_utc_s)

    erase_parts(
        folder,
        parts,
        lambda change: change.wearer != wearer and (change.kind, change.id) not in owned,
        is_nobodys,
    )


def _subject(store: Store, wearer: str) -> Subject:
    for subject in subjects(store, [belt.id for belt in store.belts()]):
        if subject.wearer == wearer:
            return subject
    raise KeyError(wearer)


def _parts(subject: Subject) -> dict[str, Spans]:
    """By belt when it was worn; None where it was nobody else's, ever."""
    found: dict[str, list[tuple[int, int]]] = {}
    for part in subject.worn:
        found.setdefault(part.belt, []).append((part.begin_utc_s, part.end_utc_s))
    return {
        belt: None if spans == [(-NEVER_S, NEVER_S)] else spans for belt, spans in found.items()
    }
