"""The store: belts, minutes and events, read fast and placed on the UTC line."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

from beltwire.pages import Record

from plumbline import made_up
from plumbline.closing import Closing
from plumbline.store import entries, healing, kept, months, sqlite
from plumbline.store import ingest as ingesting
from plumbline.store.archive import archived_belts
from plumbline.store.clock import Anchor, consistent, mean_drift, sorted_anchors
from plumbline.store.coverage import Coverage
from plumbline.store.entries import EVERYBODY, Entry, Wearer
from plumbline.store.exchange import hold
from plumbline.store.failures import DamagedInUse, Forbidden, no_data, told_in_use
from plumbline.store.ingest import Ingested
from plumbline.store.journal import Change, journal_path
from plumbline.store.kinds import Fields
from plumbline.store.locks import FolderLock
from plumbline.store.minutes import Rows
from plumbline.store.months import MonthFiles
from plumbline.store.opening import (
    WAIT_S,
    closed,
    connect,
    database_path,
    doubt,
    make_folder,
    open_read_only,
    open_writable,
    strange_is_damage,
)
from plumbline.store.placing import Placing, Stretch
from plumbline.store.rows import BeltDrift, BeltInfo, BootPlace, ClockRow, StoredEvent
from plumbline.store.sealing import Protection, protection
from plumbline.store.taking_out import BeltOut


class Store(Closing):
    """One connection to the database of a data folder; for one thread.

    Every method raises StoreError (one sentence) when the disk, the folder or another
    program is in the way.
    """

    def __init__(
        self,
        connection: sqlite.Connection,
        folder: Path,
        notices: list[str],
        lock: FolderLock | None = None,
    ) -> None:
        self.folder = folder
        self.read_only = False  # nothing can be written
        self._lock = lock  # nobody exchanges the data while they are open here
        self.notices = notices  # sentences on what had to be mended when it was opened
        self._connection = connection
        self._path = database_path(folder)
        self._placing: tuple[int, Placing] | None = None

    @classmethod
    def open(
        cls, folder: Path, *, read_only: bool = False, check: bool = True, wait_s: float = WAIT_S
    ) -> Self:
        """Open the folder's database, make or upgrade it, and read what the archive has more.

        A damaged database is put into quarantine and rebuilt. `wait_s`: how long to wait for
        another program that is writing. `check=False`: whoever opens it sees to it that
        `upkeep.keep_up` is called soon.
        """
        notices: list[str] = []
        if not read_only:
            make_folder(folder)
        elif not folder.exists():
            raise no_data(folder)
        lock = hold(folder, wait_s)
        try:
            if read_only:
                store = cls(open_read_only(folder, wait_s), folder, notices, lock)
                store.read_only = True
                return store
            return cls(open_writable(folder, wait_s, notices, check=check), folder, notices, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_existing(cls, folder: Path) -> Self:
        """As `open`, but StoreError where the folder holds no data, and nothing is made.

        Where the folder may not be written, it is only read.
        """
        made = database_path(folder).exists() or journal_path(folder).exists()
        if not made and not archived_belts(folder):
            raise no_data(folder)
        try:
            store = cls.open(folder)
        except Forbidden:
            if not database_path(folder).exists():
                raise
            store = cls.open(folder, read_only=True)
        if store.is_empty():
            store.close()
            raise no_data(folder)
        return store

    def close(self) -> None:
        """Close the connection; the store cannot be used afterwards."""
        self._connection.close()
        if not self.read_only:
            closed(self.folder)
        if self._lock is not None:
            self._lock.release()

    @property
    def protection(self) -> Protection:
        """Whether the data are encrypted, and what opens them; `sentence()` says so in words."""
        return protection(self.folder)

    @property
    def is_made_up(self) -> bool:
        """Whether the days here are a demo's, which nobody has lived."""
        return made_up.is_marked(self.folder)

    # Reading

    def belts(self) -> list[BeltInfo]:
        """The belts met so far, in the order of their first sync."""
        return [
            BeltInfo(*row)
            for row in self._all(
                "SELECT hex, name, last_sync_utc_s, firmware, battery_mv, boot "
                "FROM belts ORDER BY id"
            )
        ]

    def minutes(self, start_utc_s: int, end_utc_s: int, belt: str | None = None) -> Rows:
        """Minutes that start in [start, end), shape (n,), MINUTE_DTYPE, sorted by time.

        Of one belt (its hex id) or of all. Minutes of unknown time are not among them.
        """
        wanted = self._wanted(belt)
        with self._told():
            placing = self._place()
            files = MonthFiles(self.folder)
            return placing.minutes(self._connection, files, start_utc_s, end_utc_s, wanted)

    def events(
        self, start_utc_s: int, end_utc_s: int, belt: str | None = None
    ) -> list[StoredEvent]:
        """Events in [start, end), sorted by time, then sequence number."""
        wanted = self._wanted(belt)
        with self._told():
            placing = self._place()
            return placing.events(self._connection, start_utc_s, end_utc_s, wanted)

    def unplaced_events(self, belt: str | None = None) -> list[StoredEvent]:
        """Events of boots whose time is not known; their `utc_s` is None."""
        wanted = self._wanted(belt)
        with self._told():
            return self._place().unplaced_events(self._connection, wanted)

    def span(self, belt: str | None = None) -> tuple[int, int] | None:
        """Start of the first and of the last minute in UTC seconds, None without minutes."""
        wanted = self._wanted(belt)
        with self._told():
            found = [part for part in self._place().stretches if wanted(part.boot[0])]
        if not found:
            return None
        return min(part.first_utc_s for part in found), max(part.last_utc_s for part in found)

    def stretches(self, belt: str | None = None) -> list[Stretch]:
        """Rows of minutes, by time; where one is as it was, so is what was made of its minutes."""
        wanted = self._wanted(belt)
        with self._told():
            return [part for part in self._place().stretches if wanted(part.boot[0])]

    def days_with_data(self, tz: tzinfo, belt: str | None = None) -> set[date]:
        """The local dates on which there is a minute."""
        days: set[date] = set()
        for part in self.stretches(belt):
            day, last = (
                datetime.fromtimestamp(utc_s, UTC).astimezone(tz).date()
                for utc_s in (part.first_utc_s, part.last_utc_s)
            )
            while day <= last:  # a stretch has a day at most: two dates, three at a clock change
                days.add(day)
                day += timedelta(days=1)
        return days

    def unplaced(self, belt: str | None = None) -> int:
        """How many minutes have no known time: their boot never met a clock."""
        wanted = self._wanted(belt)
        with self._told():
            return self._place().unplaced(wanted)

    def unplaced_minutes(self, belt: str | None = None) -> list[tuple[int, Rows]]:
        """Log and rows of the minutes of unknown time; `utc_s` holds the belt's own seconds."""
        wanted = self._wanted(belt)
        with self._told():
            return list(self._place().unplaced_minutes(self._connection, wanted))

    def boots(self, belt: str | None = None) -> list[BootPlace]:
        """Where each boot lies, and how well that is known."""
        wanted = self._wanted(belt)
        with self._told():
            return self._place().boots(wanted)

    def nearest_sync(self, belt: str, utc_s: int, within_s: int) -> tuple[int, int] | None:
        """When the belt was synced that is nearest to an instant, and how many minutes the
        computer's clock was ahead of UTC then; None where that is further off than `within_s`."""
        query = (
            "SELECT utc_ms / 1000, utc_offset_min FROM syncs "
            "WHERE belt = (SELECT id FROM belts WHERE hex = ?) AND utc_ms BETWEEN ? AND ? "
            "ORDER BY ABS(utc_ms / 1000 - ?) LIMIT 1"
        )
        ends = (1000 * (utc_s - within_s), 1000 * (utc_s + within_s))
        found = self._all(query, belt, *ends, utc_s)
        return (int(found[0][0]), int(found[0][1])) if found else None

    def taken_out(self, belt: str, span: tuple[int, int] | None) -> BeltOut:
        """Everything of the belt whose time is in [start, end), or None: all, for an export."""
        with self._told():
            query = "SELECT id FROM belts WHERE hex = ?"
            (number,) = self._connection.execute(query, (belt,)).fetchone()
            return BeltOut(self._connection, self._place(), number, span)

    def is_empty(self) -> bool:
        """Whether nothing was ever fetched, imported or entered."""
        query = "SELECT EXISTS (SELECT 1 FROM belts) OR EXISTS (SELECT 1 FROM entry_changes)"
        return not self._all(query)[0][0]

    def record_count(self) -> int:
        """How many records there are."""
        count: int = self._all("SELECT COUNT(*) FROM records")[0][0]
        return count

    def drifts(self, belt: str | None = None) -> list[BeltDrift]:
        """How fast the clocks run of those belts that met a clock twice in a boot."""
        belts = self._all("SELECT id, hex FROM belts ORDER BY id")
        with self._told():
            anchors = self._place().anchors
        found = []
        for number, name in belts:
            chains = (consistent(sorted_anchors(a)) for k, a in anchors.items() if k[0] == number)
            if belt in (None, name) and (drift := mean_drift(chains)):
                found.append(BeltDrift(name, *drift))
        return found

    # Writing, always from the archive

    def coverage(self, belt: str) -> Coverage:
        """Sequence numbers of the belt's present log that need not be fetched any more."""
        with self._told():
            return ingesting.coverage_of(self._connection, belt)

    def archive_end(self, belt: str) -> int:
        """Offset in the belt's archive up to which it was read."""
        query = "SELECT archive_end FROM belts WHERE hex = ?"
        return next((end for (end,) in self._all(query, belt)), 0)

    def last_record(self, belt: str) -> Record | None:
        """The newest record of the belt's present log."""
        rows = self._all(
            "SELECT seq, records.boot, t_s, kind, payload FROM records "
            "JOIN belts ON belts.id = belt AND belts.log = records.log "
            "WHERE hex = ? ORDER BY records.boot DESC, seq DESC LIMIT 1",
            belt,
        )
        return Record(*rows[0]) if rows else None

    def records(self, belt: str, boot: int, first_seq: int, last_seq: int) -> list[Record]:
        """The records with these numbers of a boot in the belt's present log."""
        rows = self._all(
            "SELECT seq, records.boot, t_s, kind, payload FROM records "
            "JOIN belts ON belts.id = belt AND belts.log = records.log "
            "WHERE hex = ? AND records.boot = ? AND seq BETWEEN ? AND ? ORDER BY seq",
            belt,
            boot,
            first_seq,
            last_seq,
        )
        return [Record(*row) for row in rows]

    def logs(self, belt: str) -> list[int]:
        """The numbers of the belt's logs that hold anything."""
        query = "SELECT DISTINCT log FROM records WHERE belt = (SELECT id FROM belts WHERE hex = ?)"
        return [log for (log,) in self._all(query, belt)]

    def log_records(self, belt: str, log: int) -> list[tuple[int, int, int, int, bytes]]:
        """Boot, sequence number, t_s, kind and payload of all records of a log."""
        query = (
            "SELECT records.boot, seq, t_s, kind, payload FROM records "
            "JOIN belts ON belts.id = belt WHERE hex = ? AND records.log = ?"
        )
        return self._all(query, belt, log)

    def clock_rows(self, belt: str) -> list[ClockRow]:
        """The clock anchors of all the belt's boots."""
        with self._told():
            met = belt in {known.id for known in self.belts()}
            return list(self.taken_out(belt, None).clocks()) if met else []

    def last_meeting(self, belt: str) -> tuple[int, Anchor] | None:
        """Boot and clock anchor of the newest sync that was written down."""
        rows = self._all(
            "SELECT syncs.boot, mono_ms, utc_ms FROM syncs JOIN belts ON belts.id = belt "
            "WHERE hex = ? ORDER BY utc_ms DESC LIMIT 1",
            belt,
        )
        return next(((boot, Anchor(mono, utc)) for boot, mono, utc in rows), None)

    def ingest(self, belt: str) -> Ingested:
        """Read what the belt's archive has more than the database."""
        with self._told():
            self._placing = None
            return ingesting.ingest(self._connection, self.folder, belt)

    def rebuild(self, told: Callable[[int, int], None]) -> Ingested:
        """Build everything derived anew from the archive; `told(bytes read, bytes in all)`."""
        self.heal()
        with self._told():
            self._placing = None
            months.forget(self.folder)
            return ingesting.rebuild(self._connection, self.folder, told)

    def heal(self) -> None:
        """Mend archive and journal where they are damaged; what was done is in `notices`."""
        with self._told():
            self._placing = None
            self.notices += healing.heal(self._connection, self.folder)

    def copy_to(self, target: Path, place: Path) -> None:
        """Write a consistent copy of the database, whatever other programs do meanwhile.

        Raises StoreError, which names `place` as the folder that cannot take it.
        """
        with told_in_use(place), closing(connect(target, self.folder, WAIT_S)) as copy:
            self._connection.backup(copy)

    def dump(self) -> list[str]:
        """The whole database as SQL statements, sorted, to compare two of them."""
        return sorted(sqlite.dump(self._connection))

    # What people enter

    def put(
        self, kind: str, fields: Fields, *, id: str | None = None, wearer: str | None = None
    ) -> str:
        """Keep an entry of a registered kind, new or, with an id, changed; gives its id.

        It is on the disk when this returns. `wearer`: whom it is about, None: the one who needs
        no set-up; an entry that is here keeps its wearer (ValueError for another one).
        """
        with self._told():
            return entries.put(self._connection, self.folder, kind, fields, id, wearer)

    def remove(self, kind: str, id: str) -> None:
        """Take an entry away; its history stays. KeyError where it is not there."""
        with self._told():
            entries.remove(self._connection, self.folder, kind, id)

    def undo(self, kind: str, id: str, n: int | None = None) -> None:
        """The entry as it was before its change number `n`, or before its newest change."""
        with self._told():
            entries.undo(self._connection, self.folder, kind, id, n)

    def entry(self, kind: str, id: str) -> Entry | None:
        """One entry as it is now; None where it is not there, or not any more."""
        with self._told():
            return entries.one(self._connection, kind, id)

    def entries(self, kind: str, *, wearer: Wearer = EVERYBODY) -> list[Entry]:
        """The entries of a kind, in the order they were made; of one wearer where it is given."""
        with self._told():
            return entries.found(self._connection, kind, wearer)

    def history(self, kind: str, id: str) -> list[Change]:
        """All changes of an entry, oldest first."""
        with self._told():
            return entries.history(self._connection, kind, id)

    def all_changes(self) -> list[Change]:
        """Every change of every entry, oldest first, kinds not known here included."""
        with self._told():
            return list(entries.all_changes(self._connection))

    def bring_in_changes(self, found: list[Change]) -> int:
        """Take in what another Plumbline has written; gives how many changes were new here."""
        with self._told():
            return entries.bring_in(self._connection, self.folder, found)

    # What can be computed again

    def take_kept(self, name: str) -> bytes | None:
        """What `keep` was given under this name, None where there is nothing."""
        return kept.take(self.folder, name)

    def keep(self, name: str, data: bytes) -> None:
        """Keep something computed, in a file beside the database; it may be gone at any time."""
        if not self.read_only:
            kept.keep(self.folder, name, data)

    # Inside

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with told_in_use(self.folder), strange_is_damage(self._connection, self._path):
                yield
        except DamagedInUse:
            doubt(self.folder)  # opened anew, it is mended
            raise

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._told():
            return self._connection.execute(query, values).fetchall()

    def _wanted(self, belt: str | None) -> Callable[[int], bool]:
        """Which belt numbers a reading is about."""
        if belt is None:
            return lambda number: True
        numbers = {number for (number,) in self._all("SELECT id FROM belts WHERE hex = ?", belt)}
        return numbers.__contains__

    def _place(self) -> Placing:
        """The placing of all boots, made anew when another program has written."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if self._placing is None or self._placing[0] != version:
            self._placing = (version, Placing(self._connection))
        return self._placing[1]
