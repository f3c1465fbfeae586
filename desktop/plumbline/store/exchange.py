"""Puts other data in the place of a folder's data: all of them or none, whenever it is cut off.

What is to come is written into `.exchange-new`, complete and on the disk. Then the marker
`.exchange.json` is written, and from that moment on the exchange will happen: whoever opens the
folder next finishes what a killed process began. Without the marker `.exchange-new` is what an
interrupted attempt left, and is overwritten and removed.

What was there before is moved to `.exchange-old`, and from there to the quarantine, or is
overwritten and removed.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plumbline import private
from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import beside, keyfile
from plumbline.store.failures import told
from plumbline.store.frames import sync_folder
from plumbline.store.locks import FolderLock
from plumbline.store.overwriting import erase_file, erase_folder
from plumbline.store.quarantine import move_away

NEW, OLD, MARKER = ".exchange-new", ".exchange-old", ".exchange.json"
DATABASE = "plumbline.sqlite3"
CACHE = "cache"
PARTS = ("archive", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", keyfile.NAME, CACHE)


def hold(folder: Path, wait_s: float) -> FolderLock:
    """The folder, shared with others who use its data; a begun exchange is finished before."""
    left = any((folder / name).exists() for name in (MARKER, NEW, OLD))
    if left or beside.is_any(folder):
        _tidy(folder)
    lock = FolderLock.take(folder, shared=True, wait_s=wait_s)
    if lock is None:
        raise StoreError(
            _(
                "Another Plumbline is exchanging the data in {folder}: wait until it is done, "
                "then try again."
            ).format(folder=folder)
        )
    return lock


def _tidy(folder: Path) -> None:
    """Finish, or clear away, what a killed process left; somebody who is at it now is left alone.

    Raises StoreError where a begun exchange cannot be finished.
    """
    lock = FolderLock.take(folder, shared=False, wait_s=0)
    if lock is not None:
        try:
            with told(folder):
                _finish(folder)
                _clear(folder)
        finally:
            lock.release()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """The folder to oneself; a begun exchange is finished first. Raises StoreError."""
    with told(folder):
        lock = FolderLock.take(folder, shared=False, wait_s=0)
    if lock is None:
        raise StoreError(
            _(
                "The data in {folder} are open elsewhere, in another window or command of "
                "Plumbline: close it, then try again."
            ).format(folder=folder)
        )
    try:
        with told(folder):
            _finish(folder)
            _clear(folder)
        yield
    finally:
        lock.release()


def fresh_folder(folder: Path) -> Path:
    """Where the new data are to be written; empty. Only for who is `alone`."""
    (folder / NEW).mkdir(mode=private.FOLDER_MODE)
    return folder / NEW


def exchange(folder: Path, why: str, erase: tuple[str, ...] | None) -> Path | None:
    """Put what stands in the fresh folder in the place of the data.

    What was there before goes to the quarantine, noted as `why`; gives where. With `erase` it is
    overwritten and removed, and so are the files and folders named in it.
    """
    _sync_tree(folder / NEW)
    parts = [name for name in PARTS if (folder / NEW / name).exists()]
    plan = {"parts": parts, "why": why, "erase": None if erase is None else list(erase)}
    draft = folder / f"{MARKER}.part"
    with private.open_file(draft, "wb") as file:
        file.write(json.dumps(plan).encode())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / MARKER)
    sync_folder(folder)
    return _finish(folder)


def _finish(folder: Path) -> Path | None:
    """Do what the marker says, from wherever it was left."""
    if not (folder / MARKER).exists():
        return None
    plan = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    private.make_folder(folder / OLD)
    for name in PARTS:
        _move(folder, name, name in plan["parts"])
    sync_folder(folder)
    kept = None
    erase_folder(folder / OLD / CACHE)  # made anew from what comes
    if plan["erase"] is None:
        kept = move_away(folder, sorted((folder / OLD).iterdir()), plan["why"])
    else:
        for name in (OLD, *plan["erase"]):
            if (folder / name).is_file():
                erase_file(folder / name)
            else:
                erase_folder(folder / name)
    shutil.rmtree(folder / OLD, ignore_errors=True)
    shutil.rmtree(folder / NEW, ignore_errors=True)
    (folder / MARKER).unlink()
    sync_folder(folder)
    return kept


def _move(folder: Path, name: str, comes: bool) -> None:
    """One part out of the way, and the new one in its place; nothing where that is done."""
    here, new, old = folder / name, folder / NEW / name, folder / OLD / name
    if comes and not new.exists():
        return
    if here.exists() and not old.exists():
        here.rename(old)
    if comes:
        new.rename(here)


def _clear(folder: Path) -> None:
    """Remove what an attempt left that never came to its marker."""
    for name in (NEW, OLD):
        erase_folder(folder / name)
    erase_file(folder / f"{MARKER}.part")
    beside.sweep(folder)


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)
