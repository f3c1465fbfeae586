"""The way back from a backup.

It is unpacked beside the data, every sum is checked, and the result is opened as at any start
(`Unpacked`): so far nothing of the data is touched, and what the backup holds can be told. Only
then the two are exchanged; what was there before goes into the quarantine folder.

Encrypted data stay encrypted: a plain backup is encrypted on the way in. An encrypted backup
brings the key file of its day, unless the folder's own opens the same key: then that one stays,
and with it the passphrase of today.
"""

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plumbline import made_up, private
from plumbline.closing import Closing
from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import keyfile, sealing
from plumbline.store.archive import refuse_while_fetching
from plumbline.store.backup import CHUNK, MANIFEST, VERSION, Told
from plumbline.store.beside import Beside
from plumbline.store.database import Store
from plumbline.store.exchange import DATABASE, NEW, alone, exchange, fresh_folder
from plumbline.store.failures import of_system, told
from plumbline.store.migrations import Newer
from plumbline.store.opening import make_folder
from plumbline.store.rewriting import rewrite
from plumbline.store.sealing import Locked

_TOP = (DATABASE, keyfile.NAME)
_NO_BACKUP = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError, AttributeError),
    *(RuntimeError, NotImplementedError),  # a zip file with a password, or packed in another way
)


class Manifest(NamedTuple):
    """What the backup says of itself; `sums` by member."""

    sums: dict[str, str]
    is_made_up: bool
    made: datetime | None


class Unpacked(Closing):
    """A backup beside the data of `folder`, whole as far as its sums tell; gone when closed."""

    def __init__(self, source: Path, folder: Path, beside: Beside, manifest: Manifest) -> None:
        self.source, self.folder, self.manifest = source, folder, manifest
        self._beside = beside

    @property
    def is_encrypted(self) -> bool:
        """Whether its data are."""
        return keyfile.read(self._place) is not None

    @property
    def is_there(self) -> bool:
        """Whether it can still be put in place."""
        return self._place.is_dir()

    @property
    def needs_passphrase(self) -> bool:
        """Whether somebody has to give a passphrase to open it. Raises StoreError where none does,
        nor anything else that is here."""
        if not sealing.needs_passphrase(self._place):
            return False
        if not sealing.protection(self._place).passphrase:
            text = _(
                "The key of the backup {file} is in the keyring of the computer that made it and "
                "nowhere else: restore it there."
            )
            raise StoreError(text.format(file=self.source))
        return True

    def unlock(self, passphrase: str) -> None:
        """Open it for this process. Raises Locked for another passphrase."""
        try:
            sealing.unlock(self._place, passphrase)
        except Locked as error:
            text = _("That is not the passphrase of the backup {file}: try again.")
            raise Locked(text.format(file=self.source)) from error

    def open(self) -> Store:
        """Its data, opened as at any start. Raises StoreError."""
        try:
            return Store.open(self._place)
        except Newer as error:
            raise newer(self.source) from error

    def put_in_place(self, tell: Told) -> Path | None:
        """Make it the folder's data; gives where the data until now were moved to.

        Raises StoreError; the folder is as it was then. So it is where `tell` raises.
        """
        with alone(self.folder), told(self.folder):
            refuse_while_fetching(self.folder)
            return self.exchange(tell)

    def exchange(self, tell: Told) -> Path | None:
        """The same for who has the folder to itself."""
        folder = self.folder
        self.keep_own_key()
        with self.open():
            pass
        here, there = keyfile.read(folder), keyfile.read(self._place)
        if here is not None and there is None:
            rewrite(self._place, fresh_folder(folder), None, sealing.data_key(folder), tell)
            keyfile.write(folder / NEW, here)
        else:
            self._place.rename(folder / NEW)
        if self.manifest.is_made_up:  # before they come; the other mark goes when they have come
            made_up.mark(folder)
        kept = exchange(folder, "the data before a restore", None)
        if not self.manifest.is_made_up:
            made_up.unmark(folder)
        return kept

    def keep_own_key(self) -> None:
        """Where the folder's key is the backup's, what opens it today opens the backup, too."""
        here, there = keyfile.read(self.folder), keyfile.read(self._place)
        if here is not None and there is not None and here.id == there.id:
            keyfile.write(self._place, here)

    def close(self) -> None:
        """Overwrite and remove what was unpacked."""
        with told(self.folder):
            self._beside.close()

    @property
    def _place(self) -> Path:
        return self._beside.place


def unpack(source: Path, folder: Path, tell: Told) -> Unpacked:
    """The backup beside the data of `folder`, which stay as they are. Raises StoreError."""
    with told(folder):
        beside = Beside(folder)
    try:
        manifest = _unpack(source, beside.place, folder, tell)
        found = Unpacked(source, folder, beside, manifest)
        with told(folder):
            found.keep_own_key()
    except BaseException:
        with told(folder):
            beside.close()
        raise
    return found


def restore(source: Path, folder: Path, tell: Told) -> Path | None:
    """Bring back what the backup holds; gives where the data until now was moved to.

    Raises StoreError, and leaves `folder` as it was, unless the backup is whole and opens.
    """
    made = make_folder(folder)
    try:
        with alone(folder), told(folder):
            refuse_while_fetching(folder)
            with unpack(source, folder, tell) as backup:
                return backup.exchange(lambda done, total: None)
    except BaseException:
        if made:
            _remove_made(folder)
        raise


def _remove_made(folder: Path) -> None:
    """Leave no empty data folder behind where there was none before."""
    shutil.rmtree(folder / NEW, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()


def _unpack(source: Path, fresh: Path, folder: Path, tell: Told) -> Manifest:
    """All of the backup into the fresh folder."""
    try:
        with zipfile.ZipFile(source) as backup:
            manifest = _manifest(backup, source)
            total, done = sum(backup.getinfo(name).file_size for name in manifest.sums), 0
            for name, expected in manifest.sums.items():
                for size in _unpack_one(backup, name, expected, fresh, source):
                    done += size
                    tell(done, total)
            return manifest
    except OSError as error:
        raise of_reading(error, source, folder) from error
    except _NO_BACKUP as error:
        raise not_a_backup(source) from error


def _manifest(backup: zipfile.ZipFile, source: Path) -> Manifest:
    manifest = json.loads(backup.read(MANIFEST))
    if manifest["version"] > VERSION:
        raise newer(source)
    sums: dict[str, str] = manifest["sha256"]
    for name in sums:
        parts = Path(name).parts
        if (parts[0] != "archive" and name not in _TOP) or ".." in parts or len(parts) > 2:
            raise ValueError(name)
    if DATABASE not in sums:
        raise KeyError(DATABASE)
    made = manifest.get("made")
    when = None if made is None else datetime.fromisoformat(made)
    return Manifest(sums, manifest.get("demo") is True, when)


def _unpack_one(
    backup: zipfile.ZipFile, name: str, expected: str, fresh: Path, source: Path
) -> Iterator[int]:
    """One member; gives the size of each piece that is written."""
    target = fresh / name
    private.make_folder(target.parent)
    digest = hashlib.sha256()
    with backup.open(name) as member, private.open_file(target, "xb") as out:
        while chunk := member.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
            yield len(chunk)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != expected:
        raise not_a_backup(source)


def newer(source: Path) -> StoreError:
    """The backup knows more than this program."""
    return StoreError(
        _("The backup {file} was made by a newer Plumbline: update Plumbline.").format(file=source)
    )


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
