"""Erases belts, parts of belts, a wearer's entries, or everything.

    archive, database, journal, backups, quarantine, the list of exports

What stays is written anew beside the old data and exchanged with them in one step (see
`plumbline.store.exchange`), so that a power cut leaves all of it or nothing erased. The old files
are overwritten before they are removed; SQLite overwrites its pages (`secure_delete`).

Backups, quarantine, the list of exports and the log of errors can be about anybody: they go
whenever somebody's data do.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from plumbline import private
from plumbline.errors import LOG_NAME
from plumbline.store import keyfile, sealing, sqlite, system_keyring
from plumbline.store.archive import (
    ArchiveWriter,
    archive_path,
    archived_belts,
    refuse_while_fetching,
)
from plumbline.store.backup import FOLDER as BACKUPS
from plumbline.store.database import Store
from plumbline.store.exchange import DATABASE, alone, exchange, fresh_folder
from plumbline.store.export_list import KIND as EXPORT
from plumbline.store.failures import no_data, told
from plumbline.store.ingest import HOLE
from plumbline.store.journal import Change, JournalWriter, journal_path
from plumbline.store.opening import WAIT_S, connect, open_writable
from plumbline.store.overwriting import erase_file
from plumbline.store.quarantine import FOLDER as QUARANTINE
from plumbline.store.writing_in import BeltIn, write_in

BESIDE = (BACKUPS, QUARANTINE, LOG_NAME)
Spans = Iterable[tuple[int, int]] | None  # UTC seconds [start, end); None: everything


def erase_belt(folder: Path, belt: str) -> None:
    """Erase what came from one belt, and all backups. Raises StoreError."""
    erase_parts(folder, {belt: None}, lambda change: True)


def erase_parts(
    folder: Path,
    parts: Mapping[str, Spans],
    keeps: Callable[[Change], bool],
    then: Callable[[Store], None] = lambda store: None,
) -> None:
    """Erase of each belt (hex id) what is named, of what people entered what `keeps` refuses.

    Of a belt of which something stays, minutes of unknown time stay, too. `then` gets what stays,
    before it takes the place of what was. Raises StoreError.
    """
    if not folder.exists():
        raise no_data(folder)
    with alone(folder), told(folder):
        refuse_while_fetching(folder)
        store = Store(open_writable(folder, WAIT_S, []), folder, [])
        try:
            fresh = fresh_folder(folder)
            _write_what_stays(store, folder, fresh, parts)
        finally:
            store.close()
        _without_belts(fresh, list(parts))
        if journal_path(fresh).exists():
            with JournalWriter(fresh) as journal:
                journal.rewrite(lambda change: change.kind != EXPORT and keeps(change), erase_file)
        with Store.open(fresh) as left:  # reads what is left of archive and journal
            then(left)
        _shrink(fresh)
        exchange(folder, "", BESIDE)


def _write_what_stays(store: Store, folder: Path, fresh: Path, parts: Mapping[str, Spans]) -> None:
    private.make_folder(fresh / "archive")
    for path in (keyfile.key_path(folder), journal_path(folder)):
        if path.exists():
            _copy(path, fresh / path.relative_to(folder))
    for belt in archived_belts(folder):
        spans = parts.get(belt, ())
        if belt not in parts:  # sealed to their offsets, which stay the same
            _copy(archive_path(folder, belt), archive_path(fresh, belt))
        elif spans is not None:
            _write_without(store, fresh, belt, list(spans))
    store.copy_to(fresh / DATABASE, folder)


def _copy(path: Path, target: Path) -> None:
    with path.open("rb") as source, private.open_file(target, "xb") as copy:
        shutil.copyfileobj(source, copy)


def _write_without(store: Store, fresh: Path, belt: str, spans: list[tuple[int, int]]) -> None:
    """The belt's archive without what lies in the spans."""
    gone = {record[:3] for span in spans for record in store.taken_out(belt, span).records()}
    kept = [record for record in store.taken_out(belt, None).records() if record[:3] not in gone]
    boots = {record[:2] for record in kept}
    clocks = [clock for clock in store.clock_rows(belt) if clock[:2] in boots]
    last = store.coverage(belt).last()
    with ArchiveWriter(fresh, belt) as archive:
        write_in(archive, BeltIn(sorted(kept), clocks))
        if last:  # what is gone is not asked for again
            archive.append_fact(fact=HOLE, first_seq=1, last_seq=last)
        archive.sync()


def _without_belts(fresh: Path, belts: list[str]) -> None:
    """The copy of the database without what it has of these belts."""
    with sqlite.closing(connect(fresh / DATABASE, fresh, WAIT_S)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executemany("DELETE FROM belts WHERE hex = ?", [(belt,) for belt in belts])


def _shrink(fresh: Path) -> None:
    """The database in a file that holds nothing else: no free page, no page's unused end."""
    with sqlite.closing(connect(fresh / DATABASE, fresh, WAIT_S)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")


def erase_everything(folder: Path) -> None:
    """Erase all data; the folder itself and the window's settings stay. Raises StoreError.

    Needs no passphrase: who may write the folder may also remove it.
    """
    with alone(folder), told(folder):
        refuse_while_fetching(folder)
        key = keyfile.read(folder)
        fresh_folder(folder)  # with nothing in it
        exchange(folder, "", BESIDE)
        if key is not None:
            system_keyring.forget(key.id)
            sealing.forget(key)
