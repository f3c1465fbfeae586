"""Minute rows, packed a day of a boot at a time, so that a year is read in one go."""

import numpy as np
from numpy.typing import NDArray

from plumbline.store.rows import MINUTE_DTYPE
from plumbline.store.sqlite import Connection

DAY_S = 86_400
DAY_BITS = 16  # 2^32 s are 49,710 days
Rows = NDArray[np.void]
Key = tuple[int, int, int, int]  # belt, log, boot, day of the boot


def write_minutes(connection: Connection, belt: int, log: int, rows: Rows) -> None:
    """Put the minutes behind those that the database has of the same days of their boots."""
    days = rows["boot"].astype(np.int64) << DAY_BITS | rows["utc_s"] // DAY_S
    order = np.argsort(days, kind="stable")
    cuts = np.flatnonzero(np.diff(days[order])) + 1
    for place in np.split(order, cuts) if len(rows) else ():
        boot, day = divmod(int(days[place[0]]), 1 << DAY_BITS)
        _append(connection, (belt, log, boot, day), rows[place])


def _append(connection: Connection, key: Key, fresh: Rows) -> None:
    place = "belt = ? AND log = ? AND boot = ? AND day = ?"
    kept = connection.execute(f"SELECT rows FROM minutes WHERE {place}", key).fetchone()
    rows = (kept[0] if kept else b"") + fresh.tobytes()
    found = np.frombuffer(rows, MINUTE_DTYPE)
    if np.any(found["seq"][1:] < found["seq"][:-1]):  # what had been missing came late
        rows = found[np.argsort(found["seq"], kind="stable")].tobytes()
    times = fresh["utc_s"]
    connection.execute(
        "INSERT INTO minutes VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
        "first_t_s = MIN(first_t_s, excluded.first_t_s), "
        "last_t_s = MAX(last_t_s, excluded.last_t_s), "
        "count = count + excluded.count, rows = excluded.rows",
        (*key, int(times.min()), int(times.max()), len(fresh), rows),
    )
