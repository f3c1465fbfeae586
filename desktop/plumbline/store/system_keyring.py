"""The system's keyring: Keychain, Credential Locker, Secret Service. Why it failed is an answer."""

import base64
import binascii
import sys
from enum import Enum, auto

SERVICE = "plumbline"
# Not all that a keyring's backend raises is the package's own.
_BACKENDS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)


class Missing(Enum):
    """Why the keyring did not give or take a key."""

    KEYRING = auto()  # there is none, or it cannot be reached
    LOCKED = auto()  # and nobody has unlocked it when it asked
    ENTRY = auto()  # it has no such key


def look(name: str) -> bytes | Missing:
    """The key kept under `name`, or why there is none."""
    import keyring

    try:
        text = keyring.get_password(SERVICE, name)
        return Missing.ENTRY if text is None else base64.b64decode(text, validate=True)
    except binascii.Error:
        return Missing.ENTRY
    except _failures() as error:
        return _why(error)


def put(name: str, key: bytes) -> Missing | None:
    """Put the key into the keyring, None where it is there now (it was read back); else why not."""
    import keyring

    try:
        keyring.set_password(SERVICE, name, base64.b64encode(key).decode())
    except _failures() as error:
        return _why(error)
    found = look(name)
    if isinstance(found, Missing):
        return found
    return None if found == key else Missing.ENTRY


def fetch(name: str) -> bytes | None:
    """The key kept under `name`, None where there is no keyring or no such key in it."""
    found = look(name)
    return None if isinstance(found, Missing) else found


def keep(name: str, key: bytes) -> bool:
    """Put the key into the keyring; False where that did not work."""
    return put(name, key) is None


def forget(name: str) -> None:
    """Remove the key, if it is there."""
    import keyring

    try:
        keyring.delete_password(SERVICE, name)
    except _failures():
        return


def _failures() -> tuple[type[Exception], ...]:
    from keyring.errors import KeyringError

    found: list[type[Exception]] = [KeyringError, RuntimeError, OSError]
    for module, name in _BACKENDS:
        if module in sys.modules:
            found.append(getattr(sys.modules[module], name))
    return tuple(found)


def _why(error: Exception) -> Missing:
    from keyring.errors import KeyringLocked

    locked = isinstance(error, KeyringLocked) or type(error).__name__ == "LockedException"
    return Missing.LOCKED if locked else Missing.KEYRING
