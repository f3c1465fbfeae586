"""What a user changes about people and their recordings; each can be taken back."""

import uuid
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.people.records import (
    BOOKMARK,
    DELETED,
    EXCLUDED,
    NOTE,
    WEARER,
    WORN,
)
from plumbline.people.subjects import Entries, Subject
from plumbline.store.journal import Change
from plumbline.store.kinds import Fields


class Writable(Entries, Protocol):
    """The part of the store that keeps entries."""

    def put(
        self, kind: str, fields: Fields, *, id: str | None = None, wearer: str | None = None
    ) -> str: ...

    def remove(self, kind: str, id: str) -> None: ...

    def undo(self, kind: str, id: str, n: int | None = None) -> None: ...

    def history(self, kind: str, id: str) -> list[Change]: ...


class Done(NamedTuple):
    """A change that was made; `n` is its number in the journal."""

    kind: str
    id: str
    n: int


def keep_wearer(store: Writable, name: str, wearer: str | None = None) -> Done:
    """A new wearer, or another name for one."""
    if wearer is not None:
        return _put(store, WEARER, {"name": name}, wearer, wearer)
    # The entry is about the wearer it names, so that an erasure finds it.
    found = uuid.uuid4().hex
    return _put(store, WEARER, {"name": name}, found, found)


def remove_wearer(store: Writable, wearer: str) -> Done:
    """Take the wearer off the list; the belts' recordings are nobody's again."""
    return _remove(store, WEARER, wearer)


def assign(store: Writable, belt: str, wearer: str | None, from_utc_s: int | None) -> Done:
    """From then on (None: ever) the belt is the wearer's, or nobody's."""
    return _put(store, WORN, {"belt": belt, "from_utc_s": from_utc_s}, None, wearer)


def keep_note(
    store: Writable, subject: Subject, text: str, day: str | None, note: str | None = None
) -> Done:
    """A new note on a day (or none), or another text for one."""
    fields = {"text": text, "day": day, "belt": subject.belt}
    return _put(store, NOTE, fields, note, subject.wearer)


def remove_note(store: Writable, note: str) -> Done:
    """Take a note away."""
    return _remove(store, NOTE, note)


def keep_bookmark(
    store: Writable, subject: Subject, name: str, begin_utc_s: int, end_utc_s: int
) -> Done:
    """A new bookmark."""
    fields = {"name": name, "begin_utc_s": begin_utc_s, "end_utc_s": end_utc_s}
    return _put(store, BOOKMARK, {**fields, "belt": subject.belt}, None, subject.wearer)


def rename_bookmark(store: Writable, bookmark: str, name: str) -> Done:
    """Another name for a bookmark; UserError where it is gone."""
    kept = next((each for each in store.entries(BOOKMARK) if each.id == bookmark), None)
    if kept is None:
        raise UserError(_("The bookmark is not there any more."))
    return _put(store, BOOKMARK, {**kept.fields, "name": name}, bookmark, kept.wearer)


def remove_bookmark(store: Writable, bookmark: str) -> Done:
    """Take a bookmark away."""
    return _remove(store, BOOKMARK, bookmark)


def exclude(
    store: Writable, subject: Subject, begin_utc_s: int, end_utc_s: int, reason: str = ""
) -> Done:
    """The stretch does not count from now on."""
    return _cut(store, EXCLUDED, subject, begin_utc_s, end_utc_s, reason)


def include(store: Writable, cut: str) -> Done:
    """An excluded stretch counts again."""
    return _remove(store, EXCLUDED, cut)


def delete(store: Writable, subject: Subject, begin_utc_s: int, end_utc_s: int) -> Done:
    """Put a stretch out of sight; the archive keeps it, and it can be brought back."""
    return _cut(store, DELETED, subject, begin_utc_s, end_utc_s, "")


def bring_back(store: Writable, cut: str) -> Done:
    """A deleted stretch can be seen and counts again."""
    return _remove(store, DELETED, cut)


def _cut(
    store: Writable, kind: str, subject: Subject, begin_utc_s: int, end_utc_s: int, reason: str
) -> Done:
    belts: Sequence[str] = subject.belts_in(begin_utc_s, end_utc_s) or subject.belts
    fields = {
        "belts": belts,
        "begin_utc_s": begin_utc_s,
        "end_utc_s": end_utc_s,
        "reason": reason,
    }
    return _put(store, kind, fields, None, subject.wearer)


def _put(store: Writable, kind: str, fields: Fields, entry: str | None, wearer: str | None) -> Done:
    name = store.put(kind, fields, id=entry, wearer=wearer)
    return Done(kind, name, store.history(kind, name)[-1].n)


def _remove(store: Writable, kind: str, entry: str) -> Done:
    store.remove(kind, entry)
    return Done(kind, entry, store.history(kind, entry)[-1].n)
