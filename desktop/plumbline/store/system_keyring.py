"""The system's keyring: Keychain, Credential Locker, Secret Service. Any failure is "none"."""

import base64
import binascii

SERVICE = "plumbline"


def fetch(name: str) -> bytes | None:
    """The key kept under `name`, None where there is no keyring or no such key in it."""
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(SERVICE, name)
        return None if text is None else base64.b64decode(text, validate=True)
    except (KeyringError, binascii.Error, RuntimeError, OSError):
        return None


def keep(name: str, key: bytes) -> bool:
    """Put the key into the keyring; False where that did not work (it was read back)."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, base64.b64encode(key).decode())
    except (KeyringError, RuntimeError, OSError):
        return False
    return fetch(name) == key


def forget(name: str) -> None:
    """Remove the key, if it is there."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(SERVICE, name)
    except (KeyringError, RuntimeError, OSError):
        return
