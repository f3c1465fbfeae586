"""All or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from plumbline.store.sqlite import Connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit at the block's end, roll back when it fails; takes the write lock at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise
