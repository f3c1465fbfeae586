"""The database's schema, as the named steps that lead to it.

`PRAGMA user_version` counts the steps taken. Each step is one transaction: it is taken
wholly or not at all. Steps are only ever added; a released one is never changed.

Vocabulary: `log` numbers the logs of one belt, 0 until its memory was wiped, then 1 ...;
`boot` numbers the starts of the belt; `seq` is the sequence number of a record in its
log; `t_s`, `mono_ms` are the belt's monotonic clock in that boot. A record is unique by
belt, log, boot and sequence number. `minutes` holds up to a day of a boot in one row:
`rows` is an array of `plumbline.store.rows.MINUTE_DTYPE` whose `utc_s` is still `t_s`;
the place on the UTC line is computed from the anchors when it is read. `entry_changes` holds
what people entered, see `plumbline.store.entries`.
"""

from pathlib import Path
from typing import NamedTuple

from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store.sqlite import Connection
from plumbline.store.transactions import transaction

APPLICATION_ID = 0x504C4D42  # "PLMB", tells file(1) and us whose database it is


class Migration(NamedTuple):
    """A step: its name and its statements."""

    name: str
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(
        "first tables",
        (
            """CREATE TABLE belts (
                id INTEGER PRIMARY KEY,
                hex TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL DEFAULT '',
                board TEXT NOT NULL DEFAULT '',
                firmware TEXT NOT NULL DEFAULT '',
                battery_mv INTEGER,
                boot INTEGER,
                last_sync_utc_s INTEGER,
                log INTEGER NOT NULL DEFAULT 0,
                archive_end INTEGER NOT NULL DEFAULT 0
            ) STRICT""",
            """CREATE TABLE records (
                belt INTEGER NOT NULL REFERENCES belts (id) ON DELETE CASCADE,
                log INTEGER NOT NULL,
                boot INTEGER NOT NULL,
                seq INTEGER NOT NULL,
                t_s INTEGER NOT NULL,
                kind INTEGER NOT NULL,
                payload BLOB NOT NULL,
                PRIMARY KEY (belt, log, boot, seq)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE coverage (
                belt INTEGER NOT NULL REFERENCES belts (id) ON DELETE CASCADE,
                first_seq INTEGER NOT NULL,
                last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
                PRIMARY KEY (belt, first_seq)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE minutes (
                belt INTEGER NOT NULL REFERENCES belts (id) ON DELETE CASCADE,
                log INTEGER NOT NULL,
                boot INTEGER NOT NULL,
                day INTEGER NOT NULL,
                first_t_s INTEGER NOT NULL,
                last_t_s INTEGER NOT NULL,
                count INTEGER NOT NULL,
                rows BLOB NOT NULL,
                PRIMARY KEY (belt, log, boot, day)
            ) STRICT""",
            """CREATE TABLE events (
                belt INTEGER NOT NULL REFERENCES belts (id) ON DELETE CASCADE,
                log INTEGER NOT NULL,
                boot INTEGER NOT NULL,
                seq INTEGER NOT NULL,
                t_s INTEGER NOT NULL,
                code INTEGER NOT NULL,
                args BLOB NOT NULL,
                PRIMARY KEY (belt, log, boot, seq)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE anchors (
                belt INTEGER NOT NULL REFERENCES belts (id) ON DELETE CASCADE,
                log INTEGER NOT NULL,
                boot INTEGER NOT NULL,
                mono_ms INTEGER NOT NULL,
                utc_ms INTEGER NOT NULL,
                PRIMARY KEY (belt, log, boot, mono_ms, utc_ms)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE syncs (
                belt INTEGER NOT NULL REFERENCES belts (id) ON DELETE CASCADE,
                utc_ms INTEGER NOT NULL,
                utc_offset_min INTEGER NOT NULL,
                boot INTEGER NOT NULL,
                mono_ms INTEGER NOT NULL,
                battery_mv INTEGER NOT NULL,
                PRIMARY KEY (belt, utc_ms)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        "what people enter",
        (
            """CREATE TABLE entry_changes (
                kind TEXT NOT NULL,
                id TEXT NOT NULL,
                at_utc_ms INTEGER NOT NULL,
                n INTEGER NOT NULL,
                wearer TEXT NOT NULL,
                op TEXT NOT NULL CHECK (op IN ('put', 'remove')),
                fields TEXT NOT NULL,
                PRIMARY KEY (kind, id, at_utc_ms)
            ) STRICT, WITHOUT ROWID""",
            """CREATE VIEW entries AS
                SELECT kind, id, wearer, at_utc_ms, n, fields,
                    (SELECT min(at_utc_ms) FROM entry_changes AS first
                     WHERE first.kind = newest.kind AND first.id = newest.id) AS made_utc_ms
                FROM entry_changes AS newest
                WHERE op = 'put' AND at_utc_ms =
                    (SELECT max(at_utc_ms) FROM entry_changes AS later
                     WHERE later.kind = newest.kind AND later.id = newest.id)""",
            """CREATE TABLE journal (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                name TEXT NOT NULL,
                end INTEGER NOT NULL
            ) STRICT""",
        ),
    ),
    Migration(
        "where minutes lie, without their rows",
        (
            """CREATE INDEX stretches
                ON minutes (belt, log, boot, day, first_t_s, last_t_s, count)""",
        ),
    ),
)
DERIVED_TABLES = ("syncs", "anchors", "events", "minutes", "coverage", "records")
RESET_BELTS = """UPDATE belts SET name = '', board = '', firmware = '', battery_mv = NULL,
    boot = NULL, last_sync_utc_s = NULL, log = 0, archive_end = 0"""


def schema_version(connection: Connection) -> int:
    """Steps this database has taken."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


class Newer(StoreError):
    """A newer Plumbline has written the data."""


def refuse_newer(connection: Connection, path: Path) -> None:
    """Raise Newer when a newer Plumbline has written this database."""
    version = schema_version(connection)
    if version > len(MIGRATIONS):
        raise Newer(
            _(
                "The database {path} was written by a newer Plumbline (its version is {version}, "
                "this program knows {known}): update Plumbline, or give another folder with --data."
            ).format(path=path, version=version, known=len(MIGRATIONS))
        )


def migrate(connection: Connection) -> None:
    """Take the steps that are missing, each in a transaction of its own.

    A new database takes them all in one, so that nobody else finds it half made.
    """
    if schema_version(connection) == 0:
        with transaction(connection):
            while schema_version(connection) < len(MIGRATIONS):
                _take_next_step(connection)
    while schema_version(connection) < len(MIGRATIONS):
        with transaction(connection):
            _take_next_step(connection)


def _take_next_step(connection: Connection) -> None:
    """Inside a transaction; looks again, since another process may have been faster."""
    taken = schema_version(connection)
    if taken >= len(MIGRATIONS):
        return
    for statement in MIGRATIONS[taken].statements:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {taken + 1}")
