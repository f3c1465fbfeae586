"""From the archive into the database: the only way anything gets in.

A belt's row keeps the offset in the archive up to which it was read (`archive_end`), in
the same transaction as what was read: a process killed anywhere continues there, and a
rebuild is the same reading from offset 0.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from beltwire import codes, events, records
from beltwire.errors import WireError

from plumbline.store import entries
from plumbline.store.archive import archive_path, archived_belts, read_frames
from plumbline.store.coverage import Coverage
from plumbline.store.frames import FACT, IMPORTED, PAGE, TAIL, Frame
from plumbline.store.migrations import DERIVED_TABLES, RESET_BELTS
from plumbline.store.minutes import write_minutes
from plumbline.store.sqlite import Connection
from plumbline.store.transactions import transaction
from plumbline.store.unpacking import Row, unpack_minutes, unpack_page

FRAMES_PER_STEP = 500
SYNC, HOLE, NEW_LOG, CLOCK = "sync", "hole", "new_log", "clock"
DAMAGED = "damaged"  # see `plumbline.store.healing`
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
    last_sync_utc_s: int
    fields: dict[str, object] = field(default_factory=dict)


@dataclass
class _Rows:
    """What one step adds, table by table."""

    fresh: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))  # by log
    events: list[tuple[int, int, int, int, int, int, bytes]] = field(default_factory=list)
    anchors: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    syncs: list[tuple[int, object, object, object, object, object]] = field(default_factory=list)
    unreadable: int = 0


def ingest(connection: Connection, folder: Path, belt: str) -> Ingested:
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


def rebuild(connection: Connection, folder: Path, told: Told) -> Ingested:
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
        entries.rebuild(connection, folder)
    return total


def ends_match(connection: Connection, folder: Path) -> bool:
    """False where the database has read more than the archive holds: it lost its end."""
    for belt, end in connection.execute("SELECT hex, archive_end FROM belts"):
        path = archive_path(folder, belt)
        if end > (path.stat().st_size if path.exists() else 0):
            return False
    return True


def coverage_of(connection: Connection, belt: str) -> Coverage:
    """The sequence numbers of the belt's present log that are in the database or known lost."""
    return Coverage(
        connection.execute(
            "SELECT first_seq, last_seq FROM coverage JOIN belts ON belts.id = belt "
            "WHERE hex = ? ORDER BY first_seq",
            (belt,),
        )
    )


def _read_whole(connection: Connection, folder: Path, belt: str) -> Iterator[tuple[Ingested, int]]:
    state = _load(connection, belt)
    frames = _frames(folder, belt, 0)
    while step := _take(connection, state, list(islice(frames, FRAMES_PER_STEP))):
        yield step, state.end


def _frames(folder: Path, belt: str, start: int) -> Iterator[Frame]:
    path = archive_path(folder, belt)
    return read_frames(path, start) if path.exists() else iter(())


def _load(connection: Connection, belt: str) -> _State:
    connection.execute("INSERT INTO belts (hex) VALUES (?) ON CONFLICT DO NOTHING", (belt,))
    number, log, end, synced = connection.execute(
        "SELECT id, log, archive_end, coalesce(last_sync_utc_s, 0) FROM belts WHERE hex = ?",
        (belt,),
    ).fetchone()
    return _State(number, log, end, coverage_of(connection, belt), synced)


def _take(connection: Connection, state: _State, frames: list[Frame]) -> Ingested | None:
    """Bring `frames` into the open transaction; None when there are none."""
    if not frames:
        return None
    rows = _Rows()
    for frame in frames:
        if frame.kind in (PAGE, TAIL):
            _take_page(state, rows, frame.page()[1], frame.kind == TAIL)
        elif frame.kind == IMPORTED:
            _take_imported(connection, state, rows, *frame.imported())
        elif frame.kind == FACT:
            _take_fact(state, rows, frame.fact())
        state.end = frame.end
    _interpret_events(state, rows)
    return _write(connection, state, rows)


def _take_page(state: _State, rows: _Rows, data: bytes, tail: bool) -> None:
    try:
        page = unpack_page(data, tail=tail)
    except WireError:
        rows.unreadable += 1
        return
    known = state.coverage
    if known.last() < page.first_seq:
        fresh = page.rows
    else:
        fresh = [row for row in page.rows if row[1] not in known]
    if fresh:
        rows.fresh[state.log] += fresh
        known.add(page.first_seq, page.next_seq - 1)


def _take_imported(
    connection: Connection, state: _State, rows: _Rows, log: int, data: bytes
) -> None:
    """Records of an export: those that are not here, holes in what was fetched included."""
    try:
        page = unpack_page(data)
    except WireError:
        rows.unreadable += 1
        return
    if log > state.log:
        state.log, state.coverage = log, Coverage()
    query = (
        "SELECT seq FROM records WHERE belt = ? AND log = ? AND boot = ? AND seq BETWEEN ? AND ?"
    )
    place = (state.belt, log, page.rows[0][0], page.first_seq, page.next_seq - 1)
    known = {seq for (seq,) in connection.execute(query, place)}
    known |= {row[1] for row in rows.fresh[log] if row[0] == place[2]} if rows.fresh[log] else set()
    rows.fresh[log] += [row for row in page.rows if row[1] not in known]
    if log == state.log:
        state.coverage.add(page.first_seq, page.next_seq - 1)


def _interpret_events(state: _State, rows: _Rows) -> None:
    """Events into their table; a kind or layout not known stays a mere record."""
    for log, fresh in rows.fresh.items():
        for boot, seq, t_s, kind, payload in fresh:
            if kind != codes.KIND_EVENT:
                continue
            try:
                event = records.unpack_event(payload)
                rows.events.append((state.belt, log, boot, seq, t_s, event.code, event.args))
                if event.code == codes.EVENT_CLOCK_SET:
                    clock = events.arguments(event)
                    place = (state.belt, log, boot)
                    rows.anchors.append((*place, clock["mono_ms"], clock["utc_ms"]))
            except WireError:
                continue


def _take_fact(state: _State, rows: _Rows, fact: dict[str, object]) -> None:
    """A fact of a sync, see `plumbline.link.engine`; one that is not known is left alone."""
    if fact.get("fact") == NEW_LOG:
        state.log += 1
        state.coverage = Coverage()
    elif fact.get("fact") == HOLE:
        state.coverage.add(int(str(fact["first_seq"])), int(str(fact["last_seq"])))
    elif fact.get("fact") == SYNC:
        state.fields = fact
        state.last_sync_utc_s = int(str(fact["utc_ms"])) // 1000
        mono, utc, boot = (int(str(fact[name])) for name in ("mono_ms", "utc_ms", "boot"))
        rows.anchors.append((state.belt, state.log, boot, mono, utc))
        offset, battery = fact["utc_offset_min"], fact["battery_mv"]
        rows.syncs.append((state.belt, utc, offset, boot, mono, battery))
    elif fact.get("fact") == CLOCK:
        _take_clock(state, rows, fact)


def _take_clock(state: _State, rows: _Rows, fact: dict[str, object]) -> None:
    """A clock anchor of an export; what the belt said of itself counts if it was said later."""
    log, boot, mono, utc = (int(str(fact[name])) for name in ("log", "boot", "mono_ms", "utc_ms"))
    rows.anchors.append((state.belt, log, boot, mono, utc))
    if fact["utc_offset_min"] is not None:
        offset, battery = fact["utc_offset_min"], fact["battery_mv"]
        rows.syncs.append((state.belt, utc, offset, boot, mono, battery))
        if utc // 1000 >= state.last_sync_utc_s:
            state.fields = fact
            state.last_sync_utc_s = utc // 1000


def _write(connection: Connection, state: _State, rows: _Rows) -> Ingested:
    total = Ingested(events=len(rows.events), unreadable=rows.unreadable)
    for log, fresh in rows.fresh.items():
        belt = (state.belt, log)
        query = "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)"
        connection.executemany(query, [(*belt, *row) for row in fresh])
        minutes = unpack_minutes(fresh)
        write_minutes(connection, *belt, minutes)
        total.records += len(fresh)
        total.minutes += len(minutes)
    connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", rows.events)
    connection.executemany("INSERT OR IGNORE INTO anchors VALUES (?, ?, ?, ?, ?)", rows.anchors)
    connection.executemany("INSERT OR IGNORE INTO syncs VALUES (?, ?, ?, ?, ?, ?)", rows.syncs)
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
    return total
