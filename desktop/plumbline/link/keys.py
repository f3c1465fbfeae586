"""The keys of this account's belts: in the system's keyring, else in files only it may read.

A belt's key is drawn when the two are paired and proves from then on that this computer may ask
for the belt's log. The key of a virtual belt is always in a file: it protects nothing.
"""

import os
from contextlib import suppress
from pathlib import Path

import platformdirs
from beltwire.pairing import KEY_BYTES

from plumbline import private
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store import system_keyring

FOLDER = "belt-keys"


def find(belt_id: bytes) -> bytes | None:
    """The key of the belt, None where this account has none."""
    return _read(_file(belt_id)) or system_keyring.fetch(_name(belt_id))


def keep(belt_id: bytes, key: bytes, *, in_file: bool = False) -> None:
    """Keep the belt's key, in the keyring where there is one; UserError where nothing takes it."""
    if not in_file and system_keyring.keep(_name(belt_id), key):
        _file(belt_id).unlink(missing_ok=True)
        return
    _write(_file(belt_id), key)


def forget(belt_id: bytes) -> None:
    """Remove the belt's key from wherever it is."""
    _file(belt_id).unlink(missing_ok=True)
    system_keyring.forget(_name(belt_id))


def _name(belt_id: bytes) -> str:
    return f"belt-{belt_id.hex()}"


def _file(belt_id: bytes) -> Path:
    folder = platformdirs.user_config_path("plumbline", appauthor=False)
    return folder / FOLDER / f"{belt_id.hex()}.key"


def _read(file: Path) -> bytes | None:
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _write(file: Path, key: bytes) -> None:
    waiting = file.with_suffix(f".{os.getpid()}")
    try:
        private.make_folder(file.parent)
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(key.hex() + "\n")
            out.flush()
            os.fsync(out.fileno())
        waiting.replace(file)
    except OSError as error:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise UserError(
            _("The belt's key cannot be kept in {folder} ({reason}): make room there.").format(
                folder=file.parent, reason=error.strerror
            )
        ) from error
