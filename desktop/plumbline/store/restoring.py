"""The way back from a backup.

It is unpacked beside the data, every sum is checked, the result is opened as at any start,
and only then the two are exchanged; what was there before goes into the quarantine folder.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path

from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store.archive import ArchiveWriter, archived_belts
from plumbline.store.backup import CHUNK, MANIFEST, VERSION, Told
from plumbline.store.database import Store
from plumbline.store.failures import of_system, told
from plumbline.store.opening import database_files, database_path
from plumbline.store.quarantine import move_away


def restore(source: Path, folder: Path, tell: Told) -> Path | None:
    """Bring back what the backup holds; gives where the data until now was moved to.

    Raises StoreError, and leaves `folder` as it was, unless the backup is whole and opens.
    """
    with told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for belt in archived_belts(folder):
            ArchiveWriter(folder, belt).close()  # nobody may be fetching now
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as scratch:
            fresh = Path(scratch)
            _unpack(source, fresh, tell)
            with Store.open(fresh):
                pass
            return _exchange(fresh, folder)


def _unpack(source: Path, fresh: Path, tell: Told) -> None:
    try:
        with zipfile.ZipFile(source) as backup:
            sums = _sums(backup, source)
            total, done = sum(backup.getinfo(name).file_size for name in sums), 0
            for name, expected in sums.items():
                done += _unpack_one(backup, name, expected, fresh, source)
                tell(done, total)
    except OSError as error:
        raise of_reading(error, source, fresh.parent) from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError) as error:
        raise not_a_backup(source) from error


def _sums(backup: zipfile.ZipFile, source: Path) -> dict[str, str]:
    manifest = json.loads(backup.read(MANIFEST))
    if manifest["version"] > VERSION:
        raise StoreError(
            _("The backup {file} was made by a newer Plumbline: update Plumbline.").format(
                file=source
            )
        )
    sums: dict[str, str] = manifest["sha256"]
    for name in sums:
        parts = Path(name).parts
        if (parts[0] != "archive" and name != database_path(Path()).name) or ".." in parts:
            raise ValueError(name)
    return sums


def _unpack_one(
    backup: zipfile.ZipFile, name: str, expected: str, fresh: Path, source: Path
) -> int:
    target = fresh / name
    target.parent.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    with backup.open(name) as member, target.open("xb") as out:
        while chunk := member.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != expected:
        raise not_a_backup(source)
    return target.stat().st_size


def _exchange(fresh: Path, folder: Path) -> Path | None:
    before = [folder / "archive", *database_files(folder)]
    kept = move_away(folder, before, "the data before a restore")
    for part in (fresh / "archive", database_path(fresh)):
        if part.exists():
            shutil.move(part, folder / part.name)
    return kept


def not_a_backup(source: Path) -> StoreError:
    """The file is something else, or damaged."""
    return StoreError(
        _("{file} is not a whole backup of Plumbline: choose another one.").format(file=source)
    )


def of_reading(error: OSError, source: Path, folder: Path) -> StoreError:
    """Whether the backup cannot be read or the folder not be written."""
    if error.filename is not None and Path(os.fsdecode(error.filename)) == source:
        return StoreError(
            _("The backup {file} cannot be read ({reason}): choose another one.").format(
                file=source, reason=error.strerror
            )
        )
    return of_system(error, folder)
