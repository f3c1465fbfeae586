"""Where each stretch of minutes lies on the UTC line, kept in memory between reads."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from plumbline.store.clock import Anchor, BootClock, boot_clock
from plumbline.store.minutes import Rows
from plumbline.store.rows import MINUTE_DTYPE, StoredEvent

BootKey = tuple[int, int, int]  # belt, log, boot


class Stretch(NamedTuple):
    """One row of the table `minutes` and the UTC seconds of its first and last minute."""

    boot: BootKey
    day: int
    first_utc_s: int
    last_utc_s: int


class Placing:
    """The clocks of all boots and the stretches of minutes that they place."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.clocks = _clocks(connection)
        self.stretches: list[Stretch] = []
        self.unplaced: dict[int, int] = defaultdict(int)  # belt: minutes of unknown time
        query = "SELECT belt, log, boot, day, first_t_s, last_t_s, count FROM minutes"
        for belt, log, boot, day, first, last, count in connection.execute(query):
            clock = self.clocks.get((belt, log, boot))
            if clock is None:
                self.unplaced[belt] += count
            else:
                placed = clock.place(np.array([first, last], dtype=np.int64)).tolist()
                self.stretches.append(Stretch((belt, log, boot), day, *placed))
        self.stretches.sort(key=lambda stretch: stretch.first_utc_s)
        self._event_boots: dict[BootKey, tuple[int, int] | None] = {}  # first and last event
        query = "SELECT belt, log, boot, MIN(t_s), MAX(t_s) FROM events GROUP BY belt, log, boot"
        for belt, log, boot, first, last in connection.execute(query):
            clock = self.clocks.get((belt, log, boot))
            ends = None if clock is None else (clock.place_one(first), clock.place_one(last))
            self._event_boots[belt, log, boot] = ends

    def minutes(
        self,
        connection: sqlite3.Connection,
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
        rows = self._read(connection, found)
        times = rows["utc_s"]
        if np.any(times[1:] < times[:-1]):
            rows = rows[np.argsort(times, kind="stable")]
        low, high = np.searchsorted(rows["utc_s"], [start_utc_s, end_utc_s])
        return rows[low:high]

    def events(
        self,
        connection: sqlite3.Connection,
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
        self, connection: sqlite3.Connection, wanted: Callable[[int], bool]
    ) -> list[StoredEvent]:
        """The events of boots whose time is not known."""
        return [
            event
            for boot, ends in self._event_boots.items()
            if ends is None and wanted(boot[0])
            for event in self._boot_events(connection, boot)
        ]

    def _boot_events(self, connection: sqlite3.Connection, boot: BootKey) -> list[StoredEvent]:
        clock = self.clocks.get(boot)
        rows = connection.execute(
            "SELECT seq, t_s, code, args FROM events WHERE belt = ? AND log = ? AND boot = ?", boot
        ).fetchall()
        times = np.array([row[1] for row in rows], dtype=np.int64)
        placed = [None] * len(rows) if clock is None else clock.place(times).tolist()
        return [StoredEvent(utc_s, boot[2], *row) for utc_s, row in zip(placed, rows, strict=True)]

    def _read(self, connection: sqlite3.Connection, stretches: list[Stretch]) -> Rows:
        """The minutes of the stretches, one behind the other, placed."""
        query = "SELECT rows FROM minutes WHERE belt = ? AND log = ? AND boot = ? AND day = ?"
        blobs = [connection.execute(query, (*s.boot, s.day)).fetchone()[0] for s in stretches]
        # Bytes are joined and rows made of them: numpy copies such rows field by field.
        rows = np.frombuffer(bytearray().join(blobs), dtype=MINUTE_DTYPE)
        end = 0
        for stretch, blob in zip(stretches, blobs, strict=True):
            begin, end = end, end + len(blob) // MINUTE_DTYPE.itemsize
            times = rows["utc_s"][begin:end]
            times[:] = self.clocks[stretch.boot].place(times)
        return rows


def _clocks(connection: sqlite3.Connection) -> dict[BootKey, BootClock]:
    anchors = defaultdict(list)
    query = "SELECT belt, log, boot, mono_ms, utc_ms FROM anchors"
    for belt, log, boot, mono_ms, utc_ms in connection.execute(query):
        anchors[belt, log, boot].append(Anchor(mono_ms, utc_ms))
    placed = {key: boot_clock(found) for key, found in anchors.items()}
    return {key: clock for key, clock in placed.items() if clock is not None}
