"""Backups: the data folder's archive and database in one zip file.

    manifest.json          version of this form, when, whether the data are a demo's, and the
                           SHA-256 of every member
    archive/*.plumb        whole frames only
    archive/journal.plj    likewise
    plumbline.sqlite3      a consistent copy, taken before the archive: never ahead of it
    plumbline.key          where the data are encrypted: every member above is so, too; the
                           passphrase of that day, or this computer's keyring, opens it

A backup is written beside its name and renamed when it is whole.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plumbline import private
from plumbline.store import keyfile
from plumbline.store.archive import archive_path, archived_belts, read_frames
from plumbline.store.database import Store
from plumbline.store.failures import told
from plumbline.store.journal import journal_path, read_journal
from plumbline.store.locks import FolderLock
from plumbline.store.opening import database_path

VERSION = 2
PLAIN_VERSION = 1  # a backup without a key file is what it always was
MANIFEST = "manifest.json"
FOLDER = "backups"
KEPT = 5
EVERY = timedelta(days=7)
CHUNK = 1 << 20
Told = Callable[[int, int], None]  # bytes done, bytes in all


def back_up(folder: Path, target: Path, tell: Told) -> None:
    """Write a backup of the data in `folder`. Raises StoreError; `target` is whole or not there."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    with Store.open_existing(folder) as store, told(target.parent):
        private.make_folder(target.parent)
        try:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".plumbline-") as scratch:
                copy = Path(scratch) / database_path(folder).name
                store.copy_to(copy, target.parent)
                _write(draft, _members(folder, copy), tell, store.is_made_up)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def back_up_if_due(folder: Path, now: datetime) -> Path | None:
    """A backup into the data folder's own `backups` once a week; the oldest ones go."""
    with told(folder):
        private.make_folder(folder / FOLDER)
        lock = FolderLock.take(folder / FOLDER, shared=False, wait_s=0)
    if lock is None:
        return None  # another sync that has just ended is at it
    try:
        return _back_up_if_due(folder, now)
    finally:
        lock.release()


def _back_up_if_due(folder: Path, now: datetime) -> Path | None:
    made = backups(folder)
    name = f"plumbline-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.zip"
    if made and made[-1].name > f"plumbline-{now.astimezone(UTC) - EVERY:%Y%m%dT%H%M%SZ}.zip":
        return None
    back_up(folder, folder / FOLDER / name, lambda done, total: None)
    for old in [*backups(folder)[:-KEPT], *_left_behind(folder / FOLDER, now)]:
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    return folder / FOLDER / name


def backups(folder: Path) -> list[Path]:
    """The backups that the data folder keeps itself, oldest first."""
    return sorted((folder / FOLDER).glob("plumbline-*.zip"))


def _left_behind(place: Path, now: datetime) -> list[Path]:
    """Unfinished backups of processes that were killed, a day old or more."""
    old = (now - timedelta(days=1)).timestamp()
    return [path for path in place.glob(".plumbline-*") if path.stat().st_mtime < old]


def _members(folder: Path, database: Path) -> list[tuple[str, Path, int]]:
    """Name in the backup, file, and how much of it."""
    found = [(database.name, database, database.stat().st_size)]
    for belt in archived_belts(folder):
        path = archive_path(folder, belt)
        end = max((frame.end for frame in read_frames(path)), default=0)
        found.append((f"archive/{path.name}", path, end))
    journal = journal_path(folder)
    if journal.exists():
        end = max((frame.end for frame in read_journal(folder)), default=0)
        found.append((f"archive/{journal.name}", journal, end))
    key = keyfile.key_path(folder)
    if key.exists():
        found.append((key.name, key, key.stat().st_size))
    return found


def _write(draft: Path, members: list[tuple[str, Path, int]], tell: Told, is_made_up: bool) -> None:
    total, done = sum(size for _name, _path, size in members), 0
    sums = {}
    private.make_file(draft)
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as backup:
        for name, path, size in members:
            digest = hashlib.sha256()
            with backup.open(name, "w", force_zip64=True) as out:
                for chunk in _chunks(path, size):
                    digest.update(chunk)
                    out.write(chunk)
                    done += len(chunk)
                    tell(done, total)
            sums[name] = digest.hexdigest()
        made = datetime.now(UTC).isoformat(timespec="seconds")
        version = VERSION if keyfile.NAME in sums else PLAIN_VERSION
        manifest = {"version": version, "made": made, "demo": is_made_up, "sha256": sums}
        backup.writestr(MANIFEST, json.dumps(manifest, indent=1))
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _chunks(path: Path, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while size > 0 and (chunk := file.read(min(CHUNK, size))):
            size -= len(chunk)
            yield chunk
