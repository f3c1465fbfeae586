"""Puts back into archive and journal what damage took from them and the database still has.

Everything else is built anew from these two, so a stretch of them that cannot be read, or an end
that was lost, would be lost for good with the next rebuild. What cannot be read goes to the
quarantine; what the database has more than the file is written behind it: records as imported
pages, clocks and holes as facts, entries as they were. The fact "damaged" (start, end) says that
a stretch of an archive was dealt with; a journal is written anew.

Where a damaged archive says something else than the database (the fact that a log was begun anew
is gone), the whole file goes to the quarantine and is written anew.
"""

from pathlib import Path

from plumbline.i18n import _
from plumbline.store import entries, sqlite
from plumbline.store.archive import (
    ArchiveWriter,
    archive_path,
    archive_sealer,
    archived_belts,
    is_being_written,
    read_frames,
)
from plumbline.store.frames import FACT, damaged
from plumbline.store.ingest import DAMAGED, HOLE, coverage_of, ingest
from plumbline.store.journal import JournalWriter, changes, journal_path, read_journal
from plumbline.store.journal import journal_sealer as sealer_of_journal
from plumbline.store.migrations import migrate
from plumbline.store.placing import Placing
from plumbline.store.quarantine import move_away, put_away
from plumbline.store.rows import RawRecord
from plumbline.store.sqlite import Connection
from plumbline.store.taking_out import BeltOut
from plumbline.store.transactions import transaction
from plumbline.store.writing_in import BeltIn, write_in

Stretches = list[tuple[int, int]]
ARCHIVE_DAMAGED = "a stretch of an archive that cannot be read"
RECORDS, ANCHORS = "records (log, boot, seq)", "anchors (log, boot, mono_ms, utc_ms)"
JOURNAL_DAMAGED = "a stretch of the journal that cannot be read"


def heal(connection: Connection, folder: Path) -> list[str]:
    """Mend the archives and the journal where they are damaged; a sentence for each mended.

    The database must be whole and have read what they hold. Raises StoreError, OSError.
    """
    notices = []
    known = dict(connection.execute("SELECT hex, archive_end FROM belts"))
    for belt in dict.fromkeys([*known, *archived_belts(folder)]):
        path = archive_path(folder, belt)
        if path.exists() and is_being_written(path):
            continue
        hurt = _hurt(path)
        size = path.stat().st_size if path.exists() else 0
        if hurt or known.get(belt, 0) > size:
            _heal_archive(connection, folder, belt, hurt)
            text = _(
                "The archive {file} could not be read whole; what the database has of it was put "
                "back."
            )
            notices.append(text.format(file=path))
    path = journal_path(folder)
    if _heal_journal(connection, folder):
        text = _(
            "The journal {file} could not be read whole; what the database has of it was put back."
        )
        notices.append(text.format(file=path))
    return notices


def _hurt(path: Path) -> Stretches:
    """Damaged stretches that nobody has dealt with; an unfinished end is the next writer's."""
    if not path.exists():
        return []
    found = damaged(path, archive_sealer(path))
    if not found:
        return []
    size = path.stat().st_size
    facts = [frame.fact() for frame in read_frames(path) if frame.kind == FACT]
    done = {(fact["start"], fact["end"]) for fact in facts if fact.get("fact") == DAMAGED}
    return [each for each in found if each not in done and each[1] < size]


def _heal_archive(connection: Connection, folder: Path, belt: str, hurt: Stretches) -> None:
    path = archive_path(folder, belt)
    if path.exists():
        _put_away(folder, path, hurt, ARCHIVE_DAMAGED)
        ingest(connection, folder, belt)
    query = "SELECT id FROM belts WHERE hex = ?"
    (number,) = connection.execute(query, (belt,)).fetchone() or (None,)
    if number is None:
        return
    with sqlite.closing(sqlite.engine.connect(":memory:", isolation_level=None)) as scratch:
        migrate(scratch)
        scratch.execute("PRAGMA foreign_keys = ON")
        if path.exists():
            ingest(scratch, folder, belt)
        if _says_more(connection, scratch, number):
            move_away(folder, [path], ARCHIVE_DAMAGED)
            scratch.execute("DELETE FROM belts")
            scratch.execute("INSERT INTO belts (hex) VALUES (?)", (belt,))
            hurt = []
        missing = _missing(connection, scratch, number)
        holes = _holes(connection, scratch, belt)
    with ArchiveWriter(folder, belt) as archive:
        write_in(archive, missing)
        for first, last in holes:
            archive.append_fact(fact=HOLE, first_seq=first, last_seq=last)
        for start, end in hurt:
            archive.append_fact(fact=DAMAGED, start=start, end=end)
        archive.sync()
        end = archive.path.stat().st_size
        with transaction(connection):
            connection.execute("UPDATE belts SET archive_end = ? WHERE hex = ?", (end, belt))


def _put_away(folder: Path, path: Path, stretches: Stretches, why: str) -> None:
    data = path.read_bytes()
    for start, end in stretches:
        put_away(folder, data[start:end], f"{path.stem}-{start}.bin", why)


def _keys(connection: Connection, number: int, of: str) -> set[tuple[int, ...]]:
    """What the belt has of a table, by the columns that tell its rows apart."""
    table, columns = of.rstrip(")").split(" (")
    return set(connection.execute(f"SELECT {columns} FROM {table} WHERE belt = ?", (number,)))


def _number(scratch: Connection) -> int:
    """The belt's number in a database that knows no other."""
    row = scratch.execute("SELECT id FROM belts").fetchone()
    return row[0] if row else 0


def _says_more(connection: Connection, scratch: Connection, number: int) -> bool:
    """Whether the archive gives records or clocks that the database does not have."""
    return any(
        _keys(scratch, _number(scratch), of) - _keys(connection, number, of)
        for of in (RECORDS, ANCHORS)
    )


def _missing(connection: Connection, scratch: Connection, number: int) -> BeltIn:
    """What the archive does not give any more."""
    here = BeltOut(connection, Placing(connection), number, None)
    there = _keys(scratch, _number(scratch), RECORDS)
    anchors = _keys(scratch, _number(scratch), ANCHORS)
    met = set(scratch.execute("SELECT boot, mono_ms, utc_ms FROM syncs"))
    records = [record for record in here.records() if record[:3] not in there]
    clocks = [
        clock
        for clock in here.clocks()
        if clock[:4] not in anchors or (clock.battery_mv is not None and clock[1:4] not in met)
    ]
    return BeltIn(sorted(map(RawRecord._make, records)), clocks)


def _holes(connection: Connection, scratch: Connection, belt: str) -> Stretches:
    """Numbers known to be lost on the belt, of which the archive says nothing any more."""
    there = coverage_of(scratch, belt).intervals()
    return [each for each in coverage_of(connection, belt).intervals() if each not in there]


def _heal_journal(connection: Connection, folder: Path) -> bool:
    """Whether the journal had to be mended."""
    path = journal_path(folder)
    lost = entries.is_lost(connection, folder)
    hurt = damaged(path, sealer_of_journal(folder)) if path.exists() else []
    hurt = [each for each in hurt if lost or each[1] < path.stat().st_size]
    if not hurt and not lost:
        return False
    with JournalWriter(folder) as journal:
        _put_away(folder, path, hurt, JOURNAL_DAMAGED)
        there = {(c.kind, c.id, c.at_utc_ms) for c in changes(read_journal(folder))}
        for change in entries.all_changes(connection):
            if (change.kind, change.id, change.at_utc_ms) not in there:
                journal.append(change)
        journal.sync()
        if hurt:
            journal.rewrite(lambda change: True, lambda file: file.unlink(missing_ok=True))
    with transaction(connection):
        entries.rebuild(connection, folder)
    return True
