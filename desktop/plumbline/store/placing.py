"""Where each stretch of minutes lies on the UTC line, kept in memory between reads."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from plumbline.store.clock import Anchor, BootKey, boot_clocks, place_each
from plumbline.store.minutes import DAY_S, Rows
from plumbline.store.months import MonthFiles
from plumbline.store.neighbours import MINUTE_S, Extent, approximate_clocks, contradicted
from plumbline.store.rows import MINUTE_DTYPE, BootPlace, StoredEvent
from plumbline.store.sqlite import Connection

LAST_BOOT = 65535  # boot 1 follows
DAYS = "SELECT belt, log, boot, day, first_t_s, last_t_s, count FROM minutes"  # index: stretches
ANCHORS = (
    "SELECT belt, log, boot, mono_ms, utc_ms FROM anchors "
    "ORDER BY belt, log, boot, mono_ms, utc_ms"  # as they lie
)
FEW = 20  # stretches: fewer are read faster one by one than by the month


class Stretch(NamedTuple):
    """One row of the table `minutes` and the UTC seconds of its first and last minute."""

    boot: BootKey
    day: int
    first_utc_s: int
    last_utc_s: int
    minutes: int


class Placing:
    """The clocks of all boots and the stretches of minutes that they place."""

    def __init__(self, connection: Connection) -> None:
        days = connection.execute(DAYS).fetchall()
        events = connection.execute(
            "SELECT belt, log, boot, MIN(t_s), MAX(t_s) FROM events GROUP BY belt, log, boot"
        ).fetchall()
        self._days, self._events = days, events
        self._anchors = connection.execute(ANCHORS).fetchall()
        self._extents = _extents(days, events)
        self.clocks = boot_clocks(self._anchors)
        ordered = _ordered(connection, self._extents)
        for key in contradicted(ordered, self.clocks):
            del self.clocks[key]
        self.clocks |= approximate_clocks(ordered, self.clocks)
        there = [(row[:3], row) for row in days]
        self.unplaced_days = [(key, row[3]) for key, row in there if key not in self.clocks]
        """Rows of minutes of unknown time."""
        there = [each for each in there if each[0] in self.clocks]
        clocks = [self.clocks[key] for key, _row in there]
        ends = place_each(clocks, *([row[n] for _key, row in there] for n in (4, 5)))
        self.stretches = [
            Stretch(key, row[3], first, last, row[6])
            for (key, row), first, last in zip(there, *ends, strict=True)
        ]
        self._months: dict[str, list[Stretch]] = {}
        self.stretches.sort(key=attrgetter("first_utc_s"))

    @cached_property
    def anchors(self) -> dict[BootKey, list[Anchor]]:
        """Those of each boot, also those that are not believed."""
        found = defaultdict(list)
        for belt, log, boot, mono_ms, utc_ms in self._anchors:
            found[belt, log, boot].append(Anchor(mono_ms, utc_ms))
        return found

    @cached_property
    def _minute_counts(self) -> dict[BootKey, int]:
        counts: dict[BootKey, int] = defaultdict(int)
        for belt, log, boot, _day, _first, _last, count in self._days:
            counts[belt, log, boot] += count
        return counts

    @cached_property
    def _event_boots(self) -> dict[BootKey, tuple[int, int] | None]:
        """When the first and the last event of each boot were."""
        found = {}
        for belt, log, boot, first, last in self._events:
            clock = self.clocks.get((belt, log, boot))
            ends = None if clock is None else (clock.place_one(first), clock.place_one(last))
            found[belt, log, boot] = ends
        return found

    def boots(self, wanted: Callable[[int], bool]) -> list[BootPlace]:
        """Where each boot with minutes or events lies, in the order of belt, log and boot."""
        found = []
        for key in sorted(self._extents):
            clock = self.clocks.get(key)
            ends = (0, self._extents[key])
            placed = None if clock is None else (clock.place_one(ends[0]), clock.place_one(ends[1]))
            within = None if clock is None else clock.within_s
            if wanted(key[0]):
                found.append(BootPlace(key[1], key[2], placed, within, self._minute_counts[key]))
        return found

    def unplaced(self, wanted: Callable[[int], bool]) -> int:
        """Minutes of unknown time."""
        keys = {key for key, _day in self.unplaced_days if wanted(key[0])}
        return sum(self._minute_counts[key] for key in keys)

    def unplaced_minutes(
        self, connection: Connection, wanted: Callable[[int], bool]
    ) -> Iterator[tuple[int, Rows]]:
        """Log and rows of the minutes of unknown time; their `utc_s` is the belt's own clock."""
        for key, day in self.unplaced_days:
            if wanted(key[0]):
                yield key[1], np.frombuffer(_blob(connection, key, day), dtype=MINUTE_DTYPE)

    def minutes(
        self,
        connection: Connection,
        files: MonthFiles,
        start_utc_s: int,
        end_utc_s: int,
        wanted: Callable[[int], bool],
    ) -> Rows:
        """The minutes that start in [start, end) of the belts `wanted`, sorted by time."""
        found = [
            stretch
            for stretch in self.stretches
            if wanted(stretch.boot[0])
            and stretch.first_utc_s < end_utc_s
            and stretch.last_utc_s >= start_utc_s
        ]
        if len(found) < FEW:
            rows = self._sorted(connection, found)
        else:
            rows = self._by_months(connection, files, found)
        low, high = (bisect_left(rows["utc_s"], utc_s) for utc_s in (start_utc_s, end_utc_s))
        return rows[low:high]

    def _by_months(self, connection: Connection, files: MonthFiles, found: list[Stretch]) -> Rows:
        """The minutes of all the months in which one of the stretches begins, sorted by time."""
        if not self._months:
            for stretch in self.stretches:
                self._months.setdefault(month_of(stretch), []).append(stretch)
        names = list(dict.fromkeys(map(month_of, found)))
        ends = np.cumsum([sum(each.minutes for each in self._months[name]) for name in names])
        rows = np.empty(ends[-1], dtype=MINUTE_DTYPE)
        for name, part in zip(names, np.split(rows, ends[:-1]), strict=True):
            month = self._months[name]
            files.read(name, self._made_of(month), part, partial(self._sorted, connection, month))
        ends = ends[:-1]
        if np.any(rows["utc_s"][ends] < rows["utc_s"][ends - 1]):  # several belts, for example
            rows = rows[np.argsort(rows["utc_s"], kind="stable")]
        return rows

    def _made_of(self, month: list[Stretch]) -> bytes:
        """What the minutes of these stretches depend on: which they are, and their clocks."""
        clocks = {stretch.boot: self.clocks[stretch.boot] for stretch in month}
        found = [repr(month).encode()]
        for clock in clocks.values():
            found.append(repr((clock.mono_ms, clock.utc_ms)).encode())
        return b"".join(found)

    def _sorted(self, connection: Connection, stretches: list[Stretch]) -> Rows:
        """The minutes of the stretches, placed, sorted by time."""
        rows = self._read(connection, stretches)
        times = rows["utc_s"]
        if np.any(times[1:] < times[:-1]):
            rows = rows[np.argsort(times, kind="stable")]
        return rows

    def events(
        self,
        connection: Connection,
        start_utc_s: int,
        end_utc_s: int,
        wanted: Callable[[int], bool],
    ) -> list[StoredEvent]:
        """The events in [start, end) of the belts `wanted`, sorted by time."""
        found = [
            event
            for boot, ends in self._event_boots.items()
            if ends and wanted(boot[0]) and ends[0] < end_utc_s and ends[1] >= start_utc_s
            for event in self._boot_events(connection, boot)
            if event.utc_s is not None and start_utc_s <= event.utc_s < end_utc_s
        ]
        return sorted(found, key=lambda event: (event.utc_s, event.seq))

    def unplaced_events(
        self, connection: Connection, wanted: Callable[[int], bool]
    ) -> list[StoredEvent]:
        """The events of boots whose time is not known."""
        return [
            event
            for boot, ends in self._event_boots.items()
            if ends is None and wanted(boot[0])
            for event in self._boot_events(connection, boot)
        ]

    def _boot_events(self, connection: Connection, boot: BootKey) -> list[StoredEvent]:
        clock = self.clocks.get(boot)
        rows = connection.execute(
            "SELECT seq, t_s, code, args FROM events WHERE belt = ? AND log = ? AND boot = ?", boot
        ).fetchall()
        times = np.array([row[1] for row in rows], dtype=np.int64)
        placed = [None] * len(rows) if clock is None else clock.place(times).tolist()
        return [StoredEvent(utc_s, boot[2], *row) for utc_s, row in zip(placed, rows, strict=True)]

    def _read(self, connection: Connection, stretches: list[Stretch]) -> Rows:
        """The minutes of the stretches, one behind the other, placed."""
        blobs = [_blob(connection, stretch.boot, stretch.day) for stretch in stretches]
        # Bytes are joined and rows made of them: numpy copies such rows field by field.
        rows = np.frombuffer(bytearray().join(blobs), dtype=MINUTE_DTYPE)
        end = 0
        for stretch, blob in zip(stretches, blobs, strict=True):
            begin, end = end, end + len(blob) // MINUTE_DTYPE.itemsize
            times = rows["utc_s"][begin:end]
            times[:] = self.clocks[stretch.boot].place(times)
        return rows


def month_of(stretch: Stretch) -> str:
    """The name of the UTC month in which the stretch begins, its belt's number in front."""
    return f"{stretch.boot[0]}-{_year_and_month(stretch.first_utc_s // DAY_S)}"


@cache
def _year_and_month(day: int) -> str:
    """Of the UTC day with this number since 1970: "202611"."""
    begins = datetime.fromtimestamp(day * DAY_S, UTC)
    return f"{100 * begins.year + begins.month}"


def _blob(connection: Connection, key: BootKey, day: int) -> bytes:
    query = "SELECT rows FROM minutes WHERE belt = ? AND log = ? AND boot = ? AND day = ?"
    blob: bytes = connection.execute(query, (*key, day)).fetchone()[0]
    return blob


def _extents(days: list[Any], events: list[Any]) -> dict[BootKey, int]:
    """By boot, the second of its clock when its last record was over."""
    found: dict[BootKey, int] = {}
    for belt, log, boot, _day, _first, last, _count in days:
        found[belt, log, boot] = max(found.get((belt, log, boot), 0), last + MINUTE_S)
    for belt, log, boot, _first, last in events:
        found[belt, log, boot] = max(found.get((belt, log, boot), 0), last)
    return found


def _ordered(connection: Connection, extents: dict[BootKey, int]) -> list[Extent]:
    """The boots with their place in their log, told by the sequence numbers where boots wrap."""
    query = "SELECT MIN(seq) FROM records WHERE belt = ? AND log = ? AND boot = ?"
    wrapped = {key[:2] for key in extents if key[2] == LAST_BOOT}
    return [
        Extent(key, connection.execute(query, key).fetchone()[0], last_s)
        if key[:2] in wrapped
        else Extent(key, key[2], last_s)
        for key, last_s in extents.items()
    ]
