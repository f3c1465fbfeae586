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
_PLACE = "belt = ? AND log = ? AND boot = ? AND day = ?"


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
        """Merge the minutes with those that the database has of the same days."""
        for key, rows in self._rows.items():
            _merge(connection, key, np.array(rows, dtype=MINUTE_DTYPE))


def unpack_rows(blob: bytes) -> Rows:
    """The array in a `rows` column; `utc_s` still holds the boot's seconds."""
    return np.frombuffer(blob, dtype=MINUTE_DTYPE)


def _merge(connection: sqlite3.Connection, key: Key, fresh: Rows) -> None:
    kept = connection.execute(f"SELECT rows FROM minutes WHERE {_PLACE}", key).fetchone()
    rows = np.concatenate([unpack_rows(kept[0]), fresh]) if kept else fresh
    if np.any(rows["seq"][1:] < rows["seq"][:-1]):
        rows = rows[np.argsort(rows["seq"], kind="stable")]
    times = rows["utc_s"]
    connection.execute(
        "INSERT INTO minutes VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "first_t_s = excluded.first_t_s, last_t_s = excluded.last_t_s, "
        "count = excluded.count, rows = excluded.rows",
        (*key, int(times.min()), int(times.max()), len(rows), rows.tobytes()),
    )
