"""What people entered, as rows: read from the journal, and from nowhere else.

`entry_changes` holds every change; the view `entries` the newest one of each id, where that is
a put. Changes are ordered by `at_utc_ms`, so what is brought in from another computer in any
order gives the same entries.
"""

import json
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store.failures import DamagedDatabase
from plumbline.store.journal import (
    PUT,
    REMOVE,
    Change,
    JournalWriter,
    changes,
    journal_name,
    journal_path,
    read_journal,
)
from plumbline.store.kinds import Fields, cleaned, is_known
from plumbline.store.sqlite import Connection
from plumbline.store.transactions import transaction

NOBODY = ""  # in the column `wearer`: the one who needs no set-up


class Everybody:
    """Stands for all wearers where one could be asked for."""


EVERYBODY: Final = Everybody()
Wearer = str | None | Everybody


class Entry(NamedTuple):
    """An entry as it is now; `at_utc_ms`: its newest change, `made_utc_ms`: its first."""

    id: str
    wearer: str | None
    at_utc_ms: int
    fields: dict[str, Any]
    made_utc_ms: int


def catch_up(connection: Connection, folder: Path) -> None:
    """Read what the journal has more than the database; all of it where it was written anew."""
    name, end = state(connection)
    path = journal_path(folder)
    size = path.stat().st_size if path.exists() else 0
    if (size, journal_name(folder)) != (end, name) and (size or end):
        with transaction(connection):
            _read(connection, folder)


def is_lost(connection: Connection, folder: Path) -> bool:
    """Whether the journal that was read has lost its beginning, its end or itself."""
    name, end = state(connection)
    path = journal_path(folder)
    if not path.exists():
        return end > 0
    found = journal_name(folder)
    return end > 0 and (found == "" or (found == name and path.stat().st_size < end))


def rebuild(connection: Connection, folder: Path) -> None:
    """Inside a transaction: empty the tables and read the whole journal."""
    connection.execute("DELETE FROM entry_changes")
    connection.execute("DELETE FROM journal")
    _read(connection, folder)


def put(
    connection: Connection,
    folder: Path,
    kind: str,
    fields: Fields,
    entry: str | None,
    wearer: str | None,
) -> str:
    """Write an entry, new or (an id) changed; see `Store.put`."""
    clean = cleaned(kind, fields)
    return _write(connection, folder, [Change(0, 0, kind, entry or "", wearer, PUT, clean)])[0].id


def remove(connection: Connection, folder: Path, kind: str, entry: str) -> None:
    """Write that the entry is gone. KeyError where it is not there."""
    if one(connection, kind, entry) is None:
        raise KeyError(entry)
    _write(connection, folder, [Change(0, 0, kind, entry, None, REMOVE, {})])


def undo(connection: Connection, folder: Path, kind: str, entry: str, n: int | None) -> None:
    """Write the entry as it was before the change `n`, or before its newest."""
    past = history(connection, kind, entry)
    at = len(past) - 1 if n is None else next(i for i, c in enumerate(past) if c.n == n)
    before = past[at - 1] if at else Change(0, 0, kind, entry, None, REMOVE, {})
    _write(connection, folder, [before])


def bring_in(connection: Connection, folder: Path, found: Iterable[Change]) -> int:
    """Take in changes of another journal, those that are not here; gives how many.

    Kinds that are known are cleaned (UserError), others kept as they are.
    """
    query = "SELECT 1 FROM entry_changes WHERE kind = ? AND id = ? AND at_utc_ms = ?"
    fresh = []
    for change in found:
        if connection.execute(query, (change.kind, change.id, change.at_utc_ms)).fetchone():
            continue
        known = change.op == PUT and is_known(change.kind)
        fresh.append(_cleaned(change) if known else change)
    return len(_write(connection, folder, fresh, keep_time=True)) if fresh else 0


def _cleaned(change: Change) -> Change:
    try:
        return change._replace(fields=cleaned(change.kind, change.fields))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError(
            _("An entry of the kind {kind} is not as Plumbline writes it: export anew.").format(
                kind=change.kind
            )
        ) from error


def one(connection: Connection, kind: str, entry: str) -> Entry | None:
    """The entry, None where it is not there (any more)."""
    return next(_entries(connection, "kind = ? AND id = ?", kind, entry), None)


def found(connection: Connection, kind: str, wearer: Wearer) -> list[Entry]:
    """The entries of a kind in the order they were made."""
    if isinstance(wearer, Everybody):
        rows = _entries(connection, "kind = ?", kind)
    else:
        rows = _entries(connection, "kind = ? AND wearer = ?", kind, wearer or NOBODY)
    return sorted(rows, key=lambda entry: (entry.made_utc_ms, entry.id))


def history(connection: Connection, kind: str, entry: str) -> list[Change]:
    """The entry's changes, oldest first."""
    return list(_changes(connection, "kind = ? AND id = ?", kind, entry))


def all_changes(connection: Connection) -> Iterator[Change]:
    """Every change, oldest first, for an export."""
    return _changes(connection, "1")


def _entries(connection: Connection, where: str, *values: object) -> Iterator[Entry]:
    query = f"SELECT id, wearer, at_utc_ms, fields, made_utc_ms FROM entries WHERE {where}"
    for name, wearer, at, fields, made in connection.execute(query, values):
        yield Entry(name, wearer or None, at, _fields(fields), made)


def _changes(connection: Connection, where: str, *values: object) -> Iterator[Change]:
    query = (
        "SELECT n, at_utc_ms, kind, id, wearer, op, fields FROM entry_changes "
        f"WHERE {where} ORDER BY at_utc_ms, n"
    )
    for n, at, kind, name, wearer, op, fields in connection.execute(query, values):
        yield Change(n, at, kind, name, wearer or None, op, _fields(fields))


def _fields(text: str) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise DamagedDatabase(text) from error
    return fields


def state(connection: Connection) -> tuple[str, int]:
    """The name of the journal that was read, and how far."""
    row = connection.execute("SELECT name, end FROM journal").fetchone()
    return (row[0], row[1]) if row else ("", 0)


def _read(connection: Connection, folder: Path) -> None:
    """Inside a transaction: from where the last reading ended."""
    name, end = state(connection)
    path = journal_path(folder)
    if not path.exists() and not end:
        return
    if name != journal_name(folder) or end > (path.stat().st_size if path.exists() else 0):
        connection.execute("DELETE FROM entry_changes")
        end = 0
    frames = list(read_journal(folder, end))
    connection.executemany(
        "INSERT OR IGNORE INTO entry_changes VALUES (?, ?, ?, ?, ?, ?, ?)",
        [_row(change) for change in changes(iter(frames))],
    )
    connection.execute(
        "INSERT INTO journal VALUES (1, ?, ?) "
        "ON CONFLICT (one) DO UPDATE SET name = excluded.name, end = excluded.end",
        (journal_name(folder), frames[-1].end if frames else end),
    )


def _row(change: Change) -> tuple[object, ...]:
    fields = json.dumps(change.fields, sort_keys=True, separators=(",", ":"))
    return (
        change.kind,
        change.id,
        change.at_utc_ms,
        change.n,
        change.wearer or NOBODY,
        change.op,
        fields,
    )


def _write(
    connection: Connection, folder: Path, wanted: list[Change], *, keep_time: bool = False
) -> list[Change]:
    """Into the journal, then from there into the database; one writer at a time."""
    written = []
    with JournalWriter(folder, state(connection)) as journal:
        catch_up(connection, folder)
        (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM entry_changes").fetchone()
        for number, change in enumerate(wanted, last + 1):
            placed = change if keep_time else _placed(connection, change)
            written.append(placed._replace(n=number))
            journal.append(written[-1])
        journal.sync()
        catch_up(connection, folder)
    return written


def _placed(connection: Connection, change: Change) -> Change:
    """With its time, and for an entry that is here already, its wearer."""
    now = time.time_ns() // 1_000_000
    past = history(connection, change.kind, change.id) if change.id else []
    if not past:
        return change._replace(at_utc_ms=now, id=change.id or uuid.uuid4().hex)
    if change.op == PUT and change.wearer not in (None, past[-1].wearer):
        raise ValueError(change.wearer)  # an erasure of one wearer must find all of an entry
    return change._replace(at_utc_ms=max(now, past[-1].at_utc_ms + 1), wearer=past[-1].wearer)
