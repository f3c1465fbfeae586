"""Five years of minutes in the database: size, first import, and how fast spans come out.

Beside it the plain approach: one row a minute in an indexed table, read with SELECT.
"""

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from plumbline.store.archive import ArchiveWriter
from plumbline.store.database import Store
from plumbline.store.rows import MINUTE_DTYPE

from tests.link.belt import BELT, NOON_MS, MemoryBelt

YEARS = int(os.environ.get("YEARS", "5"))
DAY_S = 86_400
SPANS = (("day", 1), ("week", 7), ("month", 30), ("year", 365))
TRIES = 5


def archive_years(folder: Path) -> None:
    """Fill an archive: a boot and a sync a day, a minute record every minute."""
    belt = MemoryBelt()
    start_ms = NOON_MS - YEARS * 365 * DAY_S * 1000
    with ArchiveWriter(folder, BELT) as writer:
        for day in range(1, 365 * YEARS + 1):
            belt.reboot()
            belt.minutes(1440)
            belt.close_page()
            writer.append_fact(
                fact="sync",
                name="bench",
                board="memory",
                firmware="0.1.0",
                battery_mv=3900,
                boot=belt.boot,
                mono_ms=belt.mono_s * 1000,
                utc_ms=start_ms + day * DAY_S * 1000,
                utc_offset_min=0,
            )
            for page in belt.pages:
                writer.append_page(start_ms, page)
            belt.pages = []
        writer.sync()


def best_ms(work: Callable[[], object]) -> float:
    """The shortest of some tries, in milliseconds."""
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def plain_table(path: Path, rows: np.ndarray) -> sqlite3.Connection:
    """The rows as a table of one row a minute."""
    connection = sqlite3.connect(path)
    counts = ", ".join(f"c{number} INTEGER" for number in range(22))
    connection.execute(f"CREATE TABLE m (utc_s INTEGER PRIMARY KEY, {counts})")
    values = zip(
        rows["utc_s"].tolist(),
        *rows["seconds"].T.tolist(),
        *rows["bands"].T.tolist(),
        *(rows[name].tolist() for name in MINUTE_DTYPE.names[-7:]),
        strict=True,
    )
    places = ", ".join("?" * 23)
    connection.executemany(f"INSERT OR IGNORE INTO m VALUES ({places})", values)
    connection.commit()
    return connection


def report() -> Iterator[str]:
    """The table's lines."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        archive_years(folder)
        began = time.monotonic()
        with Store.open(folder) as store:
            took = time.monotonic() - began
            span = store.span()
            assert span is not None
            count = len(store.minutes(span[0], span[1] + 1))
            yield f"- {count:,} minutes of {YEARS} years, read from the archive in {took:.1f} s"
            sizes = size_mb(folder / "archive"), size_mb(folder)
            yield f"- archive {sizes[0]:.0f} MB, database {sizes[1]:.0f} MB"
            yield from compare(store, span, folder / "plain.sqlite3")


def compare(store: Store, span: tuple[int, int], plain_path: Path) -> Iterator[str]:
    """Spans of the last year, from the store and from the plain table."""
    last = span[1] + 1
    plain = plain_table(plain_path, store.minutes(last - 365 * DAY_S, last))
    yield "| span | store | one row a minute |"
    yield "|---|---|---|"
    with closing(plain):
        query = "SELECT * FROM m WHERE utc_s >= ? AND utc_s < ?"
        for name, days in SPANS:
            first = last - days * DAY_S
            ours = best_ms(lambda first=first: store.minutes(first, last))
            theirs = best_ms(lambda first=first: plain.execute(query, (first, last)).fetchall())
            yield f"| {name} | {ours:.1f} ms | {theirs:.1f} ms |"


def size_mb(folder: Path) -> float:
    """Size of the files in a folder, those in folders below left out."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) / 1e6
