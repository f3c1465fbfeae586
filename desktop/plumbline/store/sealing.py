"""Seals what lies in the data folder, where its data are encrypted, and leaves it plain else.

    sealer_of(folder, "archive/<belt>")   frames of a belt's archive
    sealer_of(folder, "journal")          frames of the journal
    database_key(folder)                  SQLCipher's key, None for a plain database

A sealed body is a random nonce (12 bytes), AES-256-GCM's ciphertext, and its tag (16 bytes).
What it is sealed to - the label, the offset in its file and the frame's kind - cannot be
changed either: a frame taken elsewhere, or put in another order, does not open.

Keys stay in this process's memory once found. They are looked for in the system's keyring,
then in the variable PLUMBLINE_PASSPHRASE; then somebody is asked (`ask`: the terminal).
"""

import os
import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plumbline.console import ask_on_terminal
from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import keyfile, sqlite, system_keyring
from plumbline.store.keyfile import NONCE_BYTES, KeyFile
from plumbline.store.system_keyring import Missing

PASSPHRASE_VARIABLE = "PLUMBLINE_PASSPHRASE"
PLAIN_MAGIC = b"PLF1"
SEALED_MAGIC = b"PLE1"
OVERHEAD = NONCE_BYTES + 16  # a sealed body is longer by its nonce and its tag
TRIES = 3  # at a passphrase on a terminal
_PLACE = struct.Struct("<QB")
_keys: dict[str, bytes] = {}  # data keys found by this process, by their id
# Shows the question and gives a passphrase, None: nobody does. The window puts its own here.
ask: Callable[[str], str | None] = ask_on_terminal


class Unsealable(Exception):
    """The bytes were not sealed by this key, for this place, or were changed since."""


class Locked(StoreError):
    """The data are encrypted and their key is not here: a passphrase is needed."""


@dataclass(frozen=True)
class Protection:
    """How the data in a folder are protected."""

    encrypted: bool
    keyring: bool = False  # opens by itself on this computer
    passphrase: bool = False

    def sentence(self) -> str:
        """The same in words, for the command line and the window."""
        if not self.encrypted:
            return _(
                "The data are not encrypted: whoever can read this computer's files can read them."
            )
        if self.keyring and self.passphrase:
            return _(
                "The data are encrypted; the key is in this computer's keyring, "
                "and the passphrase opens them, too."
            )
        if self.keyring:
            return _(
                "The data are encrypted; the key is in this computer's keyring and nowhere else."
            )
        return _("The data are encrypted; the passphrase opens them.")


class Plain:
    """Leaves everything as it is."""

    magic = PLAIN_MAGIC
    encrypted = False

    def seal(self, body: bytes, place: int, kind: int) -> bytes:
        """The body."""
        return body

    def open(self, sealed: bytes, place: int, kind: int) -> bytes:
        """The body."""
        return sealed


class Sealed:
    """Seals with a key of its own, made for `label`."""

    magic = SEALED_MAGIC
    encrypted = True

    def __init__(self, data_key: bytes, label: str) -> None:
        self._box = AESGCM(keyfile.derive(data_key, label))
        self._label = label.encode()

    def seal(self, body: bytes, place: int, kind: int) -> bytes:
        """The body, sealed to its offset `place` in the file and its `kind` (0-255)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._box.encrypt(nonce, body, self._label + _PLACE.pack(place, kind))

    def open(self, sealed: bytes, place: int, kind: int) -> bytes:
        """The body. Raises Unsealable."""
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._box.decrypt(nonce, rest, self._label + _PLACE.pack(place, kind))
        except (InvalidTag, ValueError) as error:
            raise Unsealable(place) from error

    def open_into(self, sealed: memoryview, place: int, kind: int, into: memoryview) -> None:
        """As `open`, into memory of the body's size. Raises Unsealable."""
        context = self._label + _PLACE.pack(place, kind)
        try:
            self._box.decrypt_into(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context, into)
        except (InvalidTag, ValueError) as error:
            raise Unsealable(place) from error


Sealer = Plain | Sealed
PLAIN = Plain()


def sealer_of(folder: Path, label: str) -> Sealer:
    """What seals the folder's frames of this label. Raises StoreError, Locked."""
    return sealer_for(data_key(folder), label)


def sealer_for(key: bytes | None, label: str) -> Sealer:
    """What seals frames of this label under a data key; None: nothing does."""
    return PLAIN if key is None else Sealed(key, label)


def database_key(folder: Path) -> bytes | None:
    """SQLCipher's key, None where the data are plain. Raises StoreError."""
    return database_key_of(data_key(folder))


def database_key_of(key: bytes | None) -> bytes | None:
    """SQLCipher's key made of a data key."""
    if key is not None and not sqlite.CIPHER:
        raise StoreError(
            _("Encrypted data need the package sqlcipher3: install it with pip install sqlcipher3.")
        )
    return None if key is None else keyfile.derive(key, "database")


def protection(folder: Path) -> Protection:
    """How the folder's data are protected; opens nothing."""
    file = keyfile.read(folder)
    if file is None:
        return Protection(False)
    return Protection(True, file.in_keyring, file.passphrase is not None)


def data_key(folder: Path) -> bytes | None:
    """The folder's data key, None where its data are plain. Raises StoreError, Locked."""
    file = keyfile.read(folder)
    if file is None:
        return None
    key = _keys.get(file.id)
    if key is None or not file.is_of(key):
        key = _look_for(file, folder)
        _keys[file.id] = key
    return key


def unlock(folder: Path, passphrase: str) -> None:
    """Open the folder's data for this process. Raises StoreError for another passphrase."""
    file = keyfile.read(folder)
    if file is not None:
        remember(file, key_of(file, folder, passphrase))


def needs_passphrase(folder: Path) -> bool:
    """Whether somebody must be asked before the data can be opened."""
    file = keyfile.read(folder)
    return file is not None and file.id not in _keys and isinstance(_in_keyring(file), Missing)


def named_passphrase_fits(folder: Path) -> bool:
    """Whether PLUMBLINE_PASSPHRASE opens the data; False without it. Raises StoreError."""
    named = os.environ.get(PASSPHRASE_VARIABLE)
    if named is not None:
        unlock(folder, named)
    return named is not None


def remember(file: KeyFile, key: bytes) -> None:
    """This process knows the key from now on."""
    _keys[file.id] = key


def forget(file: KeyFile) -> None:
    """This process knows it no more."""
    _keys.pop(file.id, None)


def key_of(file: KeyFile, folder: Path, passphrase: str) -> bytes:
    """The data key that the passphrase opens. Raises StoreError."""
    key = file.unwrap(passphrase)
    if key is None or not file.is_of(key):
        raise Locked(
            _("That is not the passphrase of the data in {folder}: try again.").format(
                folder=folder
            )
        )
    return key


def _look_for(file: KeyFile, folder: Path) -> bytes:
    key = _in_keyring(file)
    if isinstance(key, bytes):
        return key
    if file.passphrase is None:
        raise Locked(_without_passphrase(key).format(folder=folder))
    named = os.environ.get(PASSPHRASE_VARIABLE)
    if named is not None:
        return key_of(file, folder, named)
    return _asked_for(file, folder)


def _without_passphrase(why: Missing) -> str:
    if why is Missing.LOCKED:
        return _(
            "The data in {folder} are encrypted and this computer's keyring, which has their key, "
            "is locked: unlock it, then try again."
        )
    if why is Missing.KEYRING:
        return _(
            "The data in {folder} are encrypted and the keyring that has their key cannot be "
            "reached: log in where the data were encrypted, or restore a backup that a passphrase "
            "opens."
        )
    return _(
        "The data in {folder} are encrypted and their key is in this computer's keyring no more: "
        "restore a backup that a passphrase opens."
    )


def _asked_for(file: KeyFile, folder: Path) -> bytes:
    question = _("Passphrase of the data in {folder}: ").format(folder=folder)
    for attempt in range(TRIES):
        given = ask(question)
        if given is None:
            break
        try:
            return key_of(file, folder, given)
        except Locked:
            if attempt == TRIES - 1:
                raise
    raise Locked(
        _(
            "The data in {folder} are encrypted: give the passphrase when plumbline asks for it on "
            "a terminal, or in the variable {variable}."
        ).format(folder=folder, variable=PASSPHRASE_VARIABLE)
    )


def _in_keyring(file: KeyFile) -> bytes | Missing:
    key = system_keyring.look(file.id) if file.in_keyring else Missing.ENTRY
    return key if isinstance(key, Missing) or file.is_of(key) else Missing.ENTRY


def refuse_mixed(path: Path, sealer: Sealer) -> None:
    """StoreError where the file of frames was written in the other mode: it is not damaged."""
    if not path.exists():
        return
    with path.open("rb") as file:
        magic = file.read(len(PLAIN_MAGIC))
    if magic == SEALED_MAGIC and not sealer.encrypted:
        raise StoreError(
            _(
                "{file} is encrypted, but the key file {key} is missing: bring it back "
                "from a backup, each of them holds a copy."
            ).format(file=path, key=keyfile.NAME)
        )
    if magic == PLAIN_MAGIC and sealer.encrypted:
        raise StoreError(
            _(
                "{file} is not encrypted as the other data are: somebody put it there; "
                "move it away, then import it with plumbline restore or import."
            ).format(file=path)
        )
