"""The one door to SQLite: the library that also speaks SQLCipher, where it is installed.

The names are those of `sqlite3`. Without a key the library writes ordinary SQLite files; with
one it writes SQLCipher's: every page AES-256, with an HMAC-SHA-512 over it.
"""

import contextlib
import importlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from plumbline import private

if TYPE_CHECKING:
    engine = sqlite3
    CIPHER = True
else:
    try:
        from sqlcipher3 import dbapi2 as engine

        CIPHER = True
    except ImportError:  # a platform without its wheels: plain databases only
        engine = sqlite3
        CIPHER = False

Connection = engine.Connection
Error = (engine.Error, sqlite3.Error)
PAGE_SIZE = 8192  # a day's minutes are some KB in one value
PLAIN_HEADER = b"SQLite format 3\0"


def connect(
    path: Path,
    key: bytes | None,
    *,
    timeout: float = 5.0,
    mode: str = "rwc",
    immutable: bool = False,
) -> sqlite3.Connection:
    """A connection that commits by itself; `key`: 32 bytes, None for a plain database.

    `mode`: ro, rw or rwc; `immutable`: nobody else can write, look for no lock or log.
    """
    if mode == "rwc":
        private.make_file(path)
    more = "&immutable=1" if immutable else ""
    connection = engine.connect(
        f"{path.absolute().as_uri()}?mode={mode}{more}",
        uri=True,
        isolation_level=None,
        timeout=timeout,
    )
    if key is not None:
        connection.execute(f'PRAGMA key = "{key_literal(key)}"')
        connection.execute(f"PRAGMA cipher_page_size = {PAGE_SIZE}")
    return connection


def key_literal(key: bytes) -> str:
    """A raw key as SQLCipher reads it; no key derivation is spent on it."""
    return f"x'{key.hex()}'"


def is_plain(path: Path) -> bool:
    """Whether the file is a SQLite database that anybody can read (or empty)."""
    with path.open("rb") as file:
        head = file.read(len(PLAIN_HEADER))
    return head in (b"", PLAIN_HEADER)


def dump(connection: sqlite3.Connection) -> Iterator[str]:
    """The whole database as SQL statements, also where the library has no `iterdump`."""
    yield from importlib.import_module("sqlite3.dump")._iterdump(connection)


@contextlib.contextmanager
def closing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close it in any case."""
    try:
        yield connection
    finally:
        connection.close()
