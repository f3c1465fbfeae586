"""`plumbline.key` in the data folder: that the data are encrypted, and what leads to their key.

The data key is 32 random bytes; every key in use is made of it (HKDF-SHA-256, one label each).
The file holds no key. It holds the name under which the system's keyring has the data key, a
value that tells the right key from a wrong one, and, where there is a passphrase, the data key
sealed with AES-256-GCM under a key made of it by scrypt.

scrypt runs with N = 2^17, r = 8, p = 1 (128 MB, some tenths of a second a try): OWASP's
"Password Storage Cheat Sheet" names it as the least where Argon2 is not used.
"""

import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from plumbline.errors import StoreError
from plumbline.i18n import _

NAME = "plumbline.key"
FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
LOG_N = 17
SHORTEST = 8  # characters of a passphrase


@dataclass(frozen=True)
class Wrapped:
    """A data key under a passphrase; bytes in hex."""

    log_n: int
    salt: str
    sealed: str


@dataclass(frozen=True)
class KeyFile:
    """What the file says; `id` is the key's name in the keyring."""

    id: str
    check: str
    in_keyring: bool = False
    passphrase: Wrapped | None = None

    def is_of(self, key: bytes) -> bool:
        """Whether `key` is the data key."""
        return hmac.compare_digest(self.check, _check(key))

    def with_passphrase(self, key: bytes, passphrase: str | None) -> "KeyFile":
        """The same, opened by this passphrase (None: by none)."""
        return replace(
            self, passphrase=None if passphrase is None else _wrap(key, passphrase, self.id)
        )

    def with_keyring(self, in_keyring: bool) -> "KeyFile":
        """The same, with or without a place in the keyring."""
        return replace(self, in_keyring=in_keyring)

    def unwrap(self, passphrase: str) -> bytes | None:
        """The data key, None when it is another passphrase."""
        if self.passphrase is None:
            return None
        box = AESGCM(
            _stretch(passphrase, bytes.fromhex(self.passphrase.salt), self.passphrase.log_n)
        )
        sealed = bytes.fromhex(self.passphrase.sealed)
        try:
            return box.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self.id.encode())
        except InvalidTag:
            return None


def new_key() -> tuple[KeyFile, bytes]:
    """A new data key and its file."""
    key = secrets.token_bytes(KEY_BYTES)
    return KeyFile(secrets.token_hex(8), _check(key)), key


def derive(key: bytes, label: str) -> bytes:
    """The key for one use, 32 bytes."""
    return HKDF(hashes.SHA256(), KEY_BYTES, None, b"plumbline/" + label.encode()).derive(key)


def key_path(folder: Path) -> Path:
    """The key file of a data folder."""
    return folder / NAME


def read(folder: Path) -> KeyFile | None:
    """The folder's key file, None where its data are plain. Raises StoreError, OSError."""
    try:
        text = key_path(folder).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        fields = json.loads(text)
        if fields.pop("format") > FORMAT:
            raise StoreError(
                _("The key file in {folder} was made by a newer Plumbline: update Plumbline.")
                .format(folder=folder)
            )  # fmt: skip
        wrapped = fields.pop("passphrase")
        return KeyFile(**fields, passphrase=Wrapped(**wrapped) if wrapped else None)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(
            _(
                "The key file {file} cannot be read: bring it back from a backup, "
                "each of them holds a copy."
            ).format(file=key_path(folder))
        ) from error


def write(folder: Path, file: KeyFile) -> None:
    """Put the key file in place, wholly or not at all, safely on the disk."""
    draft = key_path(folder).with_suffix(".part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump({"format": FORMAT, **asdict(file)}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(key_path(folder))


def check_passphrase(passphrase: str) -> None:
    """UserError-style StoreError where it is too short to protect anything."""
    if len(passphrase) < SHORTEST:
        raise StoreError(
            _("The passphrase is too short: give one of {n} characters or more.").format(n=SHORTEST)
        )


def _check(key: bytes) -> str:
    return derive(key, "check")[:16].hex()


def _wrap(key: bytes, passphrase: str, name: str) -> Wrapped:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(_stretch(passphrase, salt, LOG_N))
    return Wrapped(LOG_N, salt.hex(), (nonce + box.encrypt(nonce, key, name.encode())).hex())


def _stretch(passphrase: str, salt: bytes, log_n: int) -> bytes:
    plain = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt, KEY_BYTES, 1 << log_n, 8, 1).derive(plain)
