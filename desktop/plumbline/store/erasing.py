"""Erases one belt's data, or everything: archive, database, backups, quarantine.

What is erased is overwritten before it is removed (see `plumbline.store.overwriting`); SQLite
overwrites its pages (`secure_delete`) and gives the file's free space back.

Backups and the quarantine can hold anybody's data: they go whenever somebody's do.
"""

from pathlib import Path

from plumbline.store import keyfile, sealing, system_keyring
from plumbline.store.archive import ArchiveWriter, archive_path, refuse_while_fetching
from plumbline.store.backup import FOLDER as BACKUPS
from plumbline.store.database import Store
from plumbline.store.exchange import CACHE, alone
from plumbline.store.failures import told
from plumbline.store.opening import database_files
from plumbline.store.overwriting import erase_file, erase_folder
from plumbline.store.quarantine import FOLDER as QUARANTINE


def erase_belt(folder: Path, belt: str) -> None:
    """Erase what came from one belt, and all backups. Raises StoreError."""
    with Store.open_existing(folder) as store, told(folder):
        ArchiveWriter(folder, belt).close()  # nobody may be fetching now
        store.erase(belt)
        erase_file(archive_path(folder, belt))
        for name in (BACKUPS, QUARANTINE, CACHE):
            erase_folder(folder / name)


def erase_everything(folder: Path) -> None:
    """Erase all data; the folder itself and the window's settings stay. Raises StoreError.

    Needs no passphrase: who may write the folder may also remove it.
    """
    with alone(folder), told(folder):
        refuse_while_fetching(folder)
        for name in ("archive", BACKUPS, QUARANTINE, CACHE):
            erase_folder(folder / name)
        for file in database_files(folder):
            erase_file(file)
        key = keyfile.read(folder)
        if key is not None:
            system_keyring.forget(key.id)
            sealing.forget(key)
            erase_file(keyfile.key_path(folder))
