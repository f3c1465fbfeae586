"""The way back from a backup.

It is unpacked beside the data, every sum is checked, the result is opened as at any start,
and only then the two are exchanged; what was there before goes into the quarantine folder.

Encrypted data stay encrypted: a plain backup is encrypted on the way in. An encrypted backup
brings the key file of its day, unless the folder's own opens the same key: then that one stays,
and with it the passphrase of today.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from plumbline import made_up, private
from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import keyfile, sealing
from plumbline.store.archive import refuse_while_fetching
from plumbline.store.backup import CHUNK, MANIFEST, VERSION, Told
from plumbline.store.database import Store
from plumbline.store.exchange import DATABASE, NEW, alone, exchange, fresh_folder
from plumbline.store.failures import of_system, told
from plumbline.store.opening import make_folder
from plumbline.store.overwriting import erase_folder
from plumbline.store.rewriting import rewrite

_TOP = (DATABASE, keyfile.NAME)


def restore(source: Path, folder: Path, tell: Told) -> Path | None:
    """Bring back what the backup holds; gives where the data until now was moved to.

    Raises StoreError, and leaves `folder` as it was, unless the backup is whole and opens.
    """
    made = make_folder(folder)
    try:
        with alone(folder), told(folder):
            refuse_while_fetching(folder)
            fresh = fresh_folder(folder)
            is_made_up = _unpack(source, fresh, tell)
            _keep_protection(folder, fresh)
            if is_made_up:  # before they come; the other mark goes when they have come
                made_up.mark(folder)
            kept = exchange(folder, "the data before a restore", None)
            if not is_made_up:
                made_up.unmark(folder)
            return kept
    except BaseException:
        if made:
            _remove_made(folder)
        raise


def _remove_made(folder: Path) -> None:
    """Leave no empty data folder behind where there was none before."""
    shutil.rmtree(folder / NEW, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()


def _keep_protection(folder: Path, fresh: Path) -> None:
    """Open what was unpacked, as at any start; encrypt it where the data here are encrypted."""
    here, there = keyfile.read(folder), keyfile.read(fresh)
    if here is not None and there is not None and here.id == there.id:
        keyfile.write(fresh, here)
    with Store.open(fresh):
        pass
    if here is not None and there is None:
        key = sealing.data_key(folder)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-") as scratch:
            plain = Path(scratch) / "plain"
            fresh.rename(plain)
            rewrite(plain, fresh_folder(folder), None, key, lambda done, total: None)
            keyfile.write(fresh, here)
            erase_folder(plain)


def _unpack(source: Path, fresh: Path, tell: Told) -> bool:
    """All of the backup into the fresh folder; whether its data are a demo's."""
    try:
        with zipfile.ZipFile(source) as backup:
            sums, is_made_up = _manifest(backup, source)
            total, done = sum(backup.getinfo(name).file_size for name in sums), 0
            for name, expected in sums.items():
                done += _unpack_one(backup, name, expected, fresh, source)
                tell(done, total)
            return is_made_up
    except OSError as error:
        raise of_reading(error, source, fresh.parent) from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError) as error:
        raise not_a_backup(source) from error


def _manifest(backup: zipfile.ZipFile, source: Path) -> tuple[dict[str, str], bool]:
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
        if (parts[0] != "archive" and name not in _TOP) or ".." in parts or len(parts) > 2:
            raise ValueError(name)
    return sums, manifest.get("demo") is True


def _unpack_one(
    backup: zipfile.ZipFile, name: str, expected: str, fresh: Path, source: Path
) -> int:
    target = fresh / name
    private.make_folder(target.parent)
    digest = hashlib.sha256()
    with backup.open(name) as member, private.open_file(target, "xb") as out:
        while chunk := member.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != expected:
        raise not_a_backup(source)
    return target.stat().st_size


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
