"""From the archive into the database: the only way anything gets in.

A belt's row keeps the offset in the archive up to which it was read (`archive_end`), in
the same transaction as what was read: a process killed anywhere continues there, and a
rebuild is the same reading from offset 0.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from beltwire import codes, events, pages, records
from beltwire.errors import WireError

from plumbline.store.archive import PAGE, Frame, archive_path, archived_belts, read_frames
from plumbline.store.coverage import Coverage
from plumbline.store.migrations import DERIVED_TABLES, RESET_BELTS
from plumbline.store.minutes import MinuteBatch
from plumbline.store.transactions import transaction

FRAMES_PER_STEP = 500
SYNC, HOLE, NEW_LOG = "sync", "hole", "new_log"
Told = Callable[[int, int], None]  # bytes read, bytes in all


@dataclass
class Ingested:
    """What came in: counts of records new to the database."""

    records: int = 0
    minutes: int = 0
    events: int = 0
    unreadable: int = 0  # pages that are kept in the archive but could not be read

    def add(self, other: "Ingested") -> None:
        """Take the other's counts on top."""
        self.records += other.records
        self.minutes += other.minutes
        self.events += other.events
        self.unreadable += other.unreadable


@dataclass
class _State:
    """A belt's reading state, as kept in its row and its coverage."""

    belt: int
    log: int
    end: int
    coverage: Coverage
    fields: dict[str, object] = field(default_factory=dict)


@dataclass
class _Rows:
    """What one step adds, table by table."""

    records: list[tuple[int, int, int, int, int, int, bytes]] = field(default_factory=list)
    events: list[tuple[int, int, int, int, int, int, bytes]] = field(default_factory=list)
    anchors: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    syncs: list[tuple[int, object, object, object, object, object]] = field(default_factory=list)
    minutes: MinuteBatch = field(default_factory=MinuteBatch)
    unreadable: int = 0


def ingest(connection: sqlite3.Connection, folder: Path, belt: str) -> Ingested:
    """Read the belt's archive from where the last reading ended, each step a transaction."""
    total = Ingested()
    while True:
        with transaction(connection):
            state = _load(connection, belt)
            frames = _frames(folder, belt, state.end)
            step = _take(connection, state, list(islice(frames, FRAMES_PER_STEP)))
        if step is None:
            return total
        total.add(step)


def rebuild(connection: sqlite3.Connection, folder: Path, told: Told) -> Ingested:
    """Empty the derived tables and read every archive anew, all in one transaction."""
    belts = archived_belts(folder)
    size = sum(archive_path(folder, belt).stat().st_size for belt in belts)
    total, done = Ingested(), 0
    with transaction(connection):
        for table in DERIVED_TABLES:
            connection.execute(f"DELETE FROM {table}")
        connection.execute(RESET_BELTS)
        for belt in belts:
            for step, end in _read_whole(connection, folder, belt):
                total.add(step)
                told(done + end, size)
            done += archive_path(folder, belt).stat().st_size
    return total


def ends_match(connection: sqlite3.Connection, folder: Path) -> bool:
    """False where the database has read more than the archive holds: it lost its end."""
    for belt, end in connection.execute("SELECT hex, archive_end FROM belts"):
        path = archive_path(folder, belt)
        if end > (path.stat().st_size if path.exists() else 0):
            return False
    return True


def coverage_of(connection: sqlite3.Connection, belt: str) -> Coverage:
    """The sequence numbers of the belt's present log that are in the database or known lost."""
    return Coverage(
        connection.execute(
            "SELECT first_seq, last_seq FROM coverage JOIN belts ON belts.id = belt "
            "WHERE hex = ? ORDER BY first_seq",
            (belt,),
        )
    )


def _read_whole(
    connection: sqlite3.Connection, folder: Path, belt: str
) -> Iterator[tuple[Ingested, int]]:
    state = _load(connection, belt)
    frames = _frames(folder, belt, 0)
    while step := _take(connection, state, list(islice(frames, FRAMES_PER_STEP))):
        yield step, state.end


def _frames(folder: Path, belt: str, start: int) -> Iterator[Frame]:
    path = archive_path(folder, belt)
    return read_frames(path, start) if path.exists() else iter(())


def _load(connection: sqlite3.Connection, belt: str) -> _State:
    connection.execute("INSERT INTO belts (hex) VALUES (?) ON CONFLICT DO NOTHING", (belt,))
    number, log, end = connection.execute(
        "SELECT id, log, archive_end FROM belts WHERE hex = ?", (belt,)
    ).fetchone()
    return _State(number, log, end, coverage_of(connection, belt))


def _take(connection: sqlite3.Connection, state: _State, frames: list[Frame]) -> Ingested | None:
    """Bring `frames` into the open transaction; None when there are none."""
    if not frames:
        return None
    rows = _Rows()
    for frame in frames:
        if frame.kind == PAGE:
            _take_page(state, rows, frame.page()[1])
        else:
            _take_fact(state, rows, frame.fact())
        state.end = frame.end
    _write(connection, state, rows)
    return Ingested(len(rows.records), len(rows.minutes), len(rows.events), rows.unreadable)


def _take_page(state: _State, rows: _Rows, data: bytes) -> None:
    try:
        page = pages.parse_page(data)
    except WireError:
        rows.unreadable += 1
        return
    fresh = [record for record in page.records if record.seq not in state.coverage]
    for record in fresh:
        key = (state.belt, state.log, record.boot, record.seq, record.t_s)
        rows.records.append((*key, record.kind, record.payload))
        _interpret(rows, key, record)
    if fresh:
        state.coverage.add(page.first_seq, page.next_seq - 1)


def _interpret(rows: _Rows, key: tuple[int, int, int, int, int], record: pages.Record) -> None:
    """A minute or an event into its table; a kind or layout not known stays a mere record."""
    try:
        if record.kind == codes.KIND_MINUTE:
            rows.minutes.add(key, records.unpack_minute(record.payload))
        elif record.kind == codes.KIND_EVENT:
            event = records.unpack_event(record.payload)
            rows.events.append((*key, event.code, event.args))
            if event.code == codes.EVENT_CLOCK_SET:
                clock = events.arguments(event)
                rows.anchors.append((*key[:3], clock["mono_ms"], clock["utc_ms"]))
    except WireError:
        return


def _take_fact(state: _State, rows: _Rows, fact: dict[str, object]) -> None:
    """A fact of a sync, see `plumbline.link.engine`; one that is not known is left alone."""
    if fact.get("fact") == NEW_LOG:
        state.log += 1
        state.coverage = Coverage()
    elif fact.get("fact") == HOLE:
        state.coverage.add(int(str(fact["first_seq"])), int(str(fact["last_seq"])))
    elif fact.get("fact") == SYNC:
        state.fields = fact
        mono, utc, boot = (int(str(fact[name])) for name in ("mono_ms", "utc_ms", "boot"))
        rows.anchors.append((state.belt, state.log, boot, mono, utc))
        offset, battery = fact["utc_offset_min"], fact["battery_mv"]
        rows.syncs.append((state.belt, utc, offset, boot, mono, battery))


def _write(connection: sqlite3.Connection, state: _State, rows: _Rows) -> None:
    connection.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", rows.records)
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", rows.events)
    connection.executemany("INSERT OR IGNORE INTO anchors VALUES (?, ?, ?, ?, ?)", rows.anchors)
    connection.executemany("INSERT OR IGNORE INTO syncs VALUES (?, ?, ?, ?, ?, ?)", rows.syncs)
    rows.minutes.write(connection)
    connection.execute("DELETE FROM coverage WHERE belt = ?", (state.belt,))
    connection.executemany(
        "INSERT INTO coverage VALUES (?, ?, ?)",
        [(state.belt, first, last) for first, last in state.coverage.intervals()],
    )
    connection.execute(
        "UPDATE belts SET log = ?, archive_end = ? WHERE id = ?",
        (state.log, state.end, state.belt),
    )
    if state.fields:
        connection.execute(
            "UPDATE belts SET name = :name, board = :board, firmware = :firmware, boot = :boot, "
            "battery_mv = :battery_mv, last_sync_utc_s = :utc_ms / 1000 WHERE id = :belt",
            {**state.fields, "belt": state.belt},
        )
