"""Years of minutes in the database: import, size, how fast spans come out, a sync of nothing new.

Beside it the plain approaches: one row a minute in an indexed table, read with SELECT, and a CSV
file, read with Python's own reader. Each figure is the best of some tries, as time on the clock
and as time of the processor: what else the machine does makes only the former longer.
"""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
from plumbline.link.engine import sync
from plumbline.store import opening
from plumbline.store.database import Store
from plumbline.store.protecting import encrypt
from plumbline.store.rows import MINUTE_DTYPE
from plumbline.store.sealing import PASSPHRASE_VARIABLE

from bench.years import DAY_S, YEARS, archive_days
from tests.link.belt import MemoryBelt, on_pty

SPANS = (("day", 1), ("week", 7), ("month", 30), ("year", 365))
TRIES, STARTS = 5, 9
PASSPHRASE = "only for the bench"


class Took(NamedTuple):
    """Milliseconds on the clock and of the processor."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:,.1f} ({self.processor:,.1f}) ms"


def timed(work: Callable[[], object]) -> Took:
    """One try."""
    began, spent = time.perf_counter(), time.process_time()
    work()
    return Took(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - spent))


def best(work: Callable[[], object], tries: int = TRIES) -> Took:
    """The shortest of some tries, either way."""
    found = [timed(work) for _ in range(tries)]
    return Took(min(took.clock for took in found), min(took.processor for took in found))


def values(rows: np.ndarray) -> Iterator[tuple[int, ...]]:
    """The rows as plain numbers."""
    return zip(
        rows["utc_s"].tolist(),
        *rows["seconds"].T.tolist(),
        *rows["bands"].T.tolist(),
        *(rows[name].tolist() for name in MINUTE_DTYPE.names[-7:]),
        strict=True,
    )


def plain_table(path: Path, rows: np.ndarray) -> sqlite3.Connection:
    """The rows as a table of one row a minute."""
    connection = sqlite3.connect(path)
    counts = ", ".join(f"c{number} INTEGER" for number in range(22))
    connection.execute(f"CREATE TABLE m (utc_s INTEGER PRIMARY KEY, {counts})")
    places = ", ".join("?" * 23)
    connection.executemany(f"INSERT OR IGNORE INTO m VALUES ({places})", values(rows))
    connection.commit()
    return connection


def plain_file(path: Path, rows: np.ndarray) -> None:
    """The rows as CSV."""
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(values(rows))


def read_file(path: Path, first: int, last: int) -> list[list[int]]:
    """The rows of the CSV file that lie in [first, last)."""
    with path.open(newline="") as file:
        return [list(map(int, row)) for row in csv.reader(file) if first <= int(row[0]) < last]


def report() -> Iterator[str]:
    """The tables' lines."""
    with tempfile.TemporaryDirectory() as scratch:
        plain, sealed = Path(scratch) / "plain", Path(scratch) / "sealed"
        yield from imports(Path(scratch) / "year", 1)
        belt, now_ms = archive_days(plain, YEARS * 365)
        yield from import_here(plain, YEARS)
        shutil.copytree(plain, sealed)
        encrypt(sealed, PASSPHRASE, keyring=False, keep_backups=True, tell=silent)
        yield from sizes(plain)
        yield ""
        yield from compare(plain, sealed, Path(scratch))
        yield ""
        for name, folder in (("plain", plain), ("encrypted", sealed)):
            yield from nothing_new(name, folder, belt, now_ms)


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def imports(folder: Path, years: int) -> Iterator[str]:
    """An archive of so many years, read into a new database."""
    archive_days(folder, years * 365)
    yield from import_here(folder, years)


def import_here(folder: Path, years: int) -> Iterator[str]:
    """The first opening of an archive."""
    took = timed(lambda: Store.open(folder).close())
    yield (
        f"- first import of {years} {'year' if years == 1 else 'years'}: "
        f"{took.clock / 1000:.1f} s ({took.processor / 1000:.1f} s of the processor)"
    )


def sizes(folder: Path) -> Iterator[str]:
    """What lies on the disk once every month was shown."""
    with Store.open(folder) as store:
        span = store.span()
        assert span is not None
        count = len(store.minutes(span[0], span[1] + 1))
    found = [size_mb(folder / name) for name in ("archive", "", "cache")]
    yield (
        f"- {count:,} minutes of {YEARS} years: archive {found[0]:.0f} MB, database "
        f"{found[1]:.0f} MB, months ready to be shown {found[2]:.0f} MB"
    )


def compare(plain: Path, sealed: Path, scratch: Path) -> Iterator[str]:
    """Spans of the last year, from the store and from the plain approaches."""
    with Store.open(plain) as ours, Store.open(sealed) as theirs:
        span = ours.span()
        assert span is not None
        last = span[1] + 1
        rows = ours.minutes(last - 365 * DAY_S, last)
        table = plain_table(scratch / "plain.sqlite3", rows)
        plain_file(scratch / "plain.csv", rows)
        yield "| span | store | store, encrypted | one row a minute | CSV file of the year |"
        yield "|---|---|---|---|---|"
        with closing(table):
            query = "SELECT * FROM m WHERE utc_s >= ? AND utc_s < ?"
            for name, days in SPANS:
                first = last - days * DAY_S
                took = [best(partial(store.minutes, first, last)) for store in (ours, theirs)]
                took.append(
                    best(lambda first=first: table.execute(query, (first, last)).fetchall())
                )
                took.append(best(partial(read_file, scratch / "plain.csv", first, last), 2))
                yield f"| {name} | {' | '.join(map(str, took))} |"
    for name, folder in (("store", plain), ("store, encrypted", sealed)):
        yield f"- the first year after a start, {name}: {first_year(folder, last)}"


def first_year(folder: Path, last: int) -> str:
    """A year in processes of their own: where the stretches lie is worked out, too."""
    command = [sys.executable, "-m", "bench.first_year", str(folder), str(last)]
    environment = {**os.environ, PASSPHRASE_VARIABLE: PASSPHRASE}
    took = []
    for _try in range(STARTS):
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        took.append(Took(*map(float, ran.stdout.split())))
    least, middle = (
        Took(*(of(values) for values in zip(*took, strict=True))) for of in (min, median)
    )
    return f"{least}, in the middle {middle}"


def nothing_new(name: str, folder: Path, belt: MemoryBelt, now_ms: int) -> Iterator[str]:
    """Syncs with the belt that has all of it here already; the first of a day, and others."""
    with on_pty(belt) as port:
        again = partial(sync, port, folder, lambda told: None, lambda: False, lambda: now_ms)
        again()
        as_on_another_day(folder)
        first = timed(again)
        yield f"- a sync of nothing new, {name}: the day's first {first}; the next {best(again)}"
    as_on_another_day(folder)
    check = timed(partial(opening.is_whole, folder))
    yield f"- the check of the whole file, behind the day's first sync, {name}: {check}"


def as_on_another_day(folder: Path) -> None:
    """Nobody knows any more that the database was found whole."""
    opening._checked.clear()
    (folder / "cache" / "checked.json").unlink(missing_ok=True)


def size_mb(folder: Path) -> float:
    """Size of the files in a folder, those in folders below left out."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) / 1e6
