"""Erases one belt's data, or everything: archive, database, backups, quarantine.

What is erased is overwritten before it is removed; SQLite overwrites its pages
(`secure_delete`) and gives the file's free space back. A flash disk may still keep old
blocks for a while: only an encrypted disk is safe against that.

Backups and the quarantine can hold anybody's data: they go whenever somebody's do.
"""

import os
import shutil
from pathlib import Path

from plumbline.store.archive import ArchiveWriter, archive_path, archived_belts
from plumbline.store.backup import FOLDER as BACKUPS
from plumbline.store.database import Store
from plumbline.store.failures import told
from plumbline.store.opening import database_files
from plumbline.store.quarantine import FOLDER as QUARANTINE

_CHUNK = 1 << 20


def erase_belt(folder: Path, belt: str) -> None:
    """Erase what came from one belt, and all backups. Raises StoreError."""
    with Store.open_existing(folder) as store, told(folder):
        _check_that_nobody_fetches(folder, [belt])
        store.erase(belt)
        _erase_file(archive_path(folder, belt))
        _erase_folders(folder, BACKUPS, QUARANTINE)


def erase_everything(folder: Path) -> None:
    """Erase all data; the folder itself and the window's settings stay. Raises StoreError."""
    with told(folder):
        _check_that_nobody_fetches(folder, archived_belts(folder))
        for file in database_files(folder):
            _erase_file(file)
        _erase_folders(folder, "archive", BACKUPS, QUARANTINE)


def _check_that_nobody_fetches(folder: Path, belts: list[str]) -> None:
    for belt in belts:
        ArchiveWriter(folder, belt).close()


def _erase_folders(folder: Path, *names: str) -> None:
    for name in names:
        for file in sorted((folder / name).rglob("*")):
            if file.is_file():
                _erase_file(file)
        shutil.rmtree(folder / name, ignore_errors=True)


def _erase_file(path: Path) -> None:
    if not path.exists():
        return
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(_CHUNK, left)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
