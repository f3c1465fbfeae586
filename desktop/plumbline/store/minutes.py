"""Minute rows, packed a day of a boot at a time, so that a year is read in one go."""

import sqlite3
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from beltwire.records import Minute
from numpy.typing import NDArray

from plumbline.store.rows import MINUTE_DTYPE

DAY_S = 86_400
Rows = NDArray[np.void]
Key = tuple[int, int, int, int]  # belt, log, boot, day of the boot


@dataclass
class MinuteBatch:
    """Minutes on their way into the database."""

    _rows: dict[Key, list[tuple[Any, ...]]] = field(default_factory=dict)
    _count: int = 0

    def __len__(self) -> int:
        return self._count

    def add(self, key: tuple[int, int, int, int, int], minute: Minute) -> None:
        """Take a minute; `key`: belt, log, boot, sequence number, start in seconds of the boot."""
        belt, log, boot, seq, t_s = key
        row = (
            t_s,
            boot,
            seq,
            minute.seconds,
            minute.bands,
            minute.flexion_cdeg,
            minute.lateral_cdeg,
            minute.spread,
            minute.steps,
            minute.slouched_s,
            minute.flags,
            minute.lying_side,
        )
        self._rows.setdefault((belt, log, boot, t_s // DAY_S), []).append(row)
        self._count += 1

    def write(self, connection: sqlite3.Connection) -> None:
        """Put the minutes behind those that the database has of the same days."""
        for key, rows in self._rows.items():
            _append(connection, key, np.array(rows, dtype=MINUTE_DTYPE))


def _append(connection: sqlite3.Connection, key: Key, fresh: Rows) -> None:
    place = "belt = ? AND log = ? AND boot = ? AND day = ?"
    kept = connection.execute(f"SELECT rows FROM minutes WHERE {place}", key).fetchone()
    rows = (kept[0] if kept else b"") + fresh.tobytes()
    times = fresh["utc_s"]
    connection.execute(
        "INSERT INTO minutes VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "first_t_s = MIN(first_t_s, excluded.first_t_s), "
        "last_t_s = MAX(last_t_s, excluded.last_t_s), "
        "count = count + excluded.count, rows = excluded.rows",
        (*key, int(times.min()), int(times.max()), len(fresh), rows),
    )
