"""What the system and SQLite say when they cannot, as sentences for the user."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import sqlite
from plumbline.store.sqlite import engine

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# A row that is there twice, or without what it belongs to, was not written by us.
_DAMAGED = frozenset({engine.SQLITE_CORRUPT, engine.SQLITE_NOTADB, engine.SQLITE_CONSTRAINT})


class DamagedDatabase(Exception):
    """The database's content is damaged; the archive can rebuild it."""


class DamagedInUse(StoreError):
    """The same, of a database that is open: opening it anew mends it."""


class Forbidden(StoreError):
    """The folder may not be written; reading it may still be possible."""


def full(folder: Path) -> StoreError:
    """The disk, or the quota, is used up."""
    return StoreError(
        _("There is no room left on the disk of {folder}: free some space and try again.").format(
            folder=folder
        )
    )


def forbidden(folder: Path) -> StoreError:
    """The folder may not be written."""
    return Forbidden(
        _(
            "The data folder {folder} cannot be written: change its permissions or give "
            "another one with --data."
        ).format(folder=folder)
    )


def no_data(folder: Path) -> StoreError:
    """Nothing was fetched into this folder yet."""
    return StoreError(
        _("There is no data in {folder} yet: fetch some with plumbline sync.").format(folder=folder)
    )


def busy(folder: Path) -> StoreError:
    """Another process keeps the database to itself."""
    return StoreError(
        _(
            "The database in {folder} is in use by another program: wait until it is done "
            "or close it, then try again."
        ).format(folder=folder)
    )


def of_system(error: OSError, folder: Path) -> StoreError:
    """The sentence for a failed system call on something in `folder`."""
    if error.errno in _FULL:
        return full(folder)
    if error.errno in _FORBIDDEN:
        return forbidden(folder)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return StoreError(
            _(
                "The data folder {folder} is not a folder: move the file of that name away or "
                "give another one with --data."
            ).format(folder=folder)
        )
    reason = error.strerror or str(error)
    return StoreError(
        _(
            "The data folder {folder} cannot be used ({reason}): check the disk or give "
            "another one with --data."
        ).format(folder=folder, reason=reason)
    )


def of_sqlite(error: Exception, folder: Path) -> Exception:
    """The sentence for what SQLite said; `DamagedDatabase` where the file's content is at fault."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _DAMAGED or "decode to UTF-8" in str(error):
        return DamagedDatabase(str(error))
    if code == engine.SQLITE_FULL:
        return full(folder)
    if code in (engine.SQLITE_READONLY, engine.SQLITE_CANTOPEN, engine.SQLITE_PERM):
        return forbidden(folder)
    if code in (engine.SQLITE_BUSY, engine.SQLITE_LOCKED):
        return busy(folder)
    if code == engine.SQLITE_IOERR:
        return StoreError(
            _(
                "The disk of {folder} reports an error ({reason}): check its free space and "
                "its health, then try again."
            ).format(folder=folder, reason=error)
        )
    return error


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what goes wrong with the data in `folder` into a `StoreError`."""
    try:
        yield
    except OSError as error:
        raise of_system(error, folder) from error
    except sqlite.Error as error:
        raise of_sqlite(error, folder) from error


@contextmanager
def told_in_use(folder: Path) -> Iterator[None]:
    """As `told`, for a database that is open: damage found now is a sentence, too."""
    try:
        with told(folder):
            yield
    except DamagedDatabase as error:
        raise DamagedInUse(
            _(
                "The database in {folder} cannot be read: close Plumbline, then rebuild it with "
                "plumbline rebuild."
            ).format(folder=folder)
        ) from error
