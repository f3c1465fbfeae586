"""Turns encryption at rest on and off, and changes what opens the key.

Either way the data are written anew beside the old ones and then exchanged, which a power cut
anywhere does not undo by half (see `plumbline.store.exchange`). The old files are overwritten.
"""

from pathlib import Path

from plumbline import private
from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import keyfile, sealing, system_keyring
from plumbline.store.archive import refuse_while_fetching
from plumbline.store.backup import FOLDER as BACKUPS
from plumbline.store.database import Store
from plumbline.store.exchange import MARKER, alone, exchange, fresh_folder
from plumbline.store.failures import told
from plumbline.store.keyfile import KeyFile
from plumbline.store.quarantine import FOLDER as QUARANTINE
from plumbline.store.rewriting import Told, rewrite
from plumbline.store.system_keyring import Missing


def encrypt(
    folder: Path, passphrase: str | None, *, keyring: bool, keep_backups: bool, tell: Told
) -> bool:
    """Encrypt the folder's data under a new key; whether the keyring has it.

    Backups and quarantine hold plain data: they are erased unless `keep_backups`. Raises
    StoreError; the data are then as they were. So they are where `tell` raises.
    """
    with told(folder):
        encrypted = sealing.protection(folder).encrypted
    if encrypted:
        raise StoreError(_("The data in {folder} are encrypted already.").format(folder=folder))
    file, key = keyfile.new_key()
    file = _opened_by(file, key, passphrase, keyring)
    try:
        _catch_up(folder)
        with alone(folder), told(folder):
            refuse_while_fetching(folder)
            fresh = fresh_folder(folder)
            rewrite(folder, fresh, None, key, tell)
            keyfile.write(fresh, file)
            sealing.remember(file, key)
            exchange(folder, "", () if keep_backups else (BACKUPS, QUARANTINE))
    except BaseException:
        _forget_unused(folder, file)
        raise
    return file.in_keyring


def _forget_unused(folder: Path, file: KeyFile) -> None:
    """Take the key out of the keyring, unless data that it opens are there or are about to be."""
    used = keyfile.key_path(folder).exists() or (folder / MARKER).exists()
    if file.in_keyring and not used:
        system_keyring.forget(file.id)


def decrypt(folder: Path, tell: Told) -> None:
    """Leave the folder's data plain. Raises StoreError; the data are then as they were. So they are
    where `tell` raises.

    The key stays in the keyring: the backups made until now need it.
    """
    with told(folder):
        key = sealing.data_key(folder)
    if key is None:
        raise StoreError(_("The data in {folder} are not encrypted.").format(folder=folder))
    _catch_up(folder)
    with alone(folder), told(folder):
        refuse_while_fetching(folder)
        rewrite(folder, fresh_folder(folder), key, None, tell)
        exchange(folder, "", ())


def change(folder: Path, passphrase: str | None, *, keyring: bool | None) -> None:
    """A new passphrase (None: as it is), the key in the keyring or not (None: as it is).

    Raises StoreError where nothing would open the data afterwards.
    """
    with told(folder):
        key = sealing.data_key(folder)
        file = keyfile.read(folder)
    if key is None or file is None:
        raise StoreError(
            _("The data in {folder} are not encrypted: plumbline encrypt does that.").format(
                folder=folder
            )
        )
    if passphrase is not None:
        keyfile.check_passphrase(passphrase)
        file = file.with_passphrase(key, passphrase)
    if keyring:
        file = file.with_keyring(_kept(file, key))
    elif keyring is False and file.passphrase is None:
        raise StoreError(_("Nothing else opens the data: give a passphrase first."))
    elif keyring is False:
        file = file.with_keyring(False)
    with told(folder):
        keyfile.write(folder, file)
    if keyring is False:
        system_keyring.forget(file.id)


def _opened_by(file: KeyFile, key: bytes, passphrase: str | None, keyring: bool) -> KeyFile:
    """The key file with what is to open it, at least one thing."""
    if passphrase is not None:
        keyfile.check_passphrase(passphrase)
        file = file.with_passphrase(key, passphrase)
    if keyring and (passphrase is None or system_keyring.keep(file.id, key)):
        file = file.with_keyring(_kept(file, key))
    if file.passphrase is None and not file.in_keyring:
        raise StoreError(_("Nothing would open the data: give a passphrase."))
    return file


def _kept(file: KeyFile, key: bytes) -> bool:
    why = system_keyring.put(file.id, key)
    if why is None:
        return True
    if why is Missing.LOCKED:
        raise StoreError(
            _("This computer's keyring is locked: unlock it, or give a passphrase instead.")
        )
    raise StoreError(
        _("This computer has no keyring that would keep the key: give a passphrase instead.")
    )


def _catch_up(folder: Path) -> None:
    """The database as far as the archive; whatever is wrong with either is told now."""
    with told(folder):
        private.make_folder(folder)
    with Store.open(folder):
        pass
