"""Everything of a belt, boot by boot, as an export takes it out: also what has no known time."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from plumbline.store.clock import BootClock, BootKey
from plumbline.store.placing import Placing
from plumbline.store.rows import (
    MINUTE_DTYPE,
    ClockRow,
    PlacedEvent,
    PlacedMinutes,
    RawRecord,
)
from plumbline.store.sqlite import Connection

Span = tuple[int, int] | None  # UTC seconds [start, end); None: everything
PLACE = "belt = ? AND log = ? AND boot = ?"


class BeltOut:
    """The rows of one belt (its number in the database) whose time is in `span`."""

    def __init__(self, connection: Connection, placing: Placing, belt: int, span: Span) -> None:
        self._connection = connection
        self._clocks = placing.clocks
        self._belt = belt
        self._span = span
        keys = connection.execute(
            "SELECT DISTINCT belt, log, boot FROM records WHERE belt = ?", (belt,)
        ).fetchall()
        starts = {key: clock.place_one(0) for key, clock in self._clocks.items()}
        self._boots: list[BootKey] = sorted(
            keys, key=lambda key: (key[1], starts.get(key, 1 << 60), key[2])
        )

    def minutes(self) -> Iterator[PlacedMinutes]:
        """The minutes, boot by boot, up to a day at a time."""
        query = f"SELECT rows FROM minutes WHERE {PLACE} ORDER BY day"
        for key in self._boots:
            clock = self._clocks.get(key)
            for (blob,) in self._connection.execute(query, key).fetchall():
                rows = np.frombuffer(blob, dtype=MINUTE_DTYPE)
                rows = rows[np.argsort(rows["seq"])]
                times = None if clock is None else clock.place(rows["utc_s"])
                within = None if clock is None else clock.within_s
                if self._span is not None:
                    if times is None:
                        continue
                    inside = (times >= self._span[0]) & (times < self._span[1])
                    rows, times = rows[inside], times[inside]
                yield PlacedMinutes(key[1], times, within, rows)

    def events(self) -> Iterator[PlacedEvent]:
        """The events, boot by boot."""
        for key, clock, utc_s, row in self._rows("events", "boot, seq, t_s, code, args", 2):
            within = None if clock is None else clock.within_s
            yield PlacedEvent(key[1], utc_s, within, *row)

    def records(self) -> Iterator[RawRecord]:
        """All records, of kinds not known too."""
        for key, _clock, _utc_s, row in self._rows("records", "boot, seq, t_s, kind, payload", 2):
            yield RawRecord(key[1], *row)

    def clocks(self) -> Iterator[ClockRow]:
        """The clock anchors of the boots that have anything in the span."""
        belt = self._connection.execute(
            "SELECT name, board, firmware FROM belts WHERE id = ?", (self._belt,)
        ).fetchone()
        query = (
            "SELECT log, anchors.boot, anchors.mono_ms, anchors.utc_ms, utc_offset_min, battery_mv "
            "FROM anchors LEFT JOIN syncs USING (belt, boot, mono_ms, utc_ms) "
            "WHERE belt = ? ORDER BY log, anchors.utc_ms, anchors.boot, anchors.mono_ms"
        )
        boots = {(record.log, record.boot) for record in self.records()} if self._span else None
        for row in self._connection.execute(query, (self._belt,)).fetchall():
            if boots is None or row[:2] in boots:
                yield ClockRow(*row, *belt)

    def _rows(
        self, table: str, columns: str, time_at: int
    ) -> Iterator[tuple[BootKey, BootClock | None, int | None, tuple[Any, ...]]]:
        query = f"SELECT {columns} FROM {table} WHERE {PLACE} ORDER BY seq"
        for key in self._boots:
            rows = self._connection.execute(query, key).fetchall()
            clock = self._clocks.get(key)
            times = self._times(clock, np.array([row[time_at] for row in rows], dtype=np.int64))
            for row, utc_s in zip(rows, times, strict=True):
                if self._wanted(utc_s):
                    yield key, clock, utc_s, row

    def _times(self, clock: BootClock | None, t_s: np.ndarray) -> list[int | None]:
        if clock is None:
            return [None] * len(t_s)
        placed: list[int | None] = clock.place(t_s).tolist()
        return placed

    def _wanted(self, utc_s: int | None) -> bool:
        if self._span is None:
            return True
        return utc_s is not None and self._span[0] <= utc_s < self._span[1]
