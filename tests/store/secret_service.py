"""Run inside a session bus of its own: `python -m tests.store.secret_service FOLDER`; prints JSON.

What the data folder says and does with a real Secret Service: unlocked, without the key, locked.
"""

import json
import subprocess
import sys
from pathlib import Path

import keyring
import secretstorage
from plumbline.errors import StoreError
from plumbline.store import sealing, system_keyring
from plumbline.store.database import Store
from plumbline.store.erasing import erase_everything
from plumbline.store.protecting import change, encrypt
from plumbline.store.system_keyring import Missing

from tests.store.filling import archive, worn_belt

WORDS = "correct horse battery"


def main(folder: Path) -> dict[str, object]:
    """What came of it, step by step."""
    unlock = ["gnome-keyring-daemon", "--unlock", "--components=secrets"]
    subprocess.run(unlock, input=b"login", check=True, stdout=subprocess.DEVNULL)
    said: dict[str, object] = {"keyring": type(keyring.get_keyring()).__module__}
    archive(folder, worn_belt(30))
    encrypt(folder, None, keyring=True, keep_backups=False, tell=lambda done, total: None)
    said["encrypted"] = sealing.protection(folder).sentence()
    said["minutes"] = opened(folder)
    name = sealing.keyfile.read(folder).id
    key = system_keyring.fetch(name)
    system_keyring.forget(name)
    said["forgotten"] = system_keyring.look(name) is Missing.ENTRY
    said["without the entry"] = opened(folder)
    system_keyring.keep(name, key)
    said["put back"] = opened(folder)
    change(folder, WORDS, keyring=None)
    lock()
    said["locked, passphrase"] = opened(folder, WORDS)
    other = folder / "other"
    archive(other, worn_belt(30))
    said["locked, encrypt"] = told(
        lambda: encrypt(other, None, keyring=True, keep_backups=False, tell=lambda a, b: None)
    )
    without(folder)
    said["locked"] = opened(folder)
    erase_everything(folder)
    return said


def opened(folder: Path, words: str | None = None) -> object:
    """How many minutes are in the folder for a process that knows nothing yet, or what it says."""
    sealing._keys.clear()
    if words is not None:
        sealing.unlock(folder, words)

    def count() -> int:
        with Store.open(folder) as store:
            return len(store.minutes(0, 1 << 40))

    return told(count)


def told(work: object) -> object:
    """What comes of it, or the sentence."""
    try:
        return work()  # type: ignore[operator]
    except StoreError as error:
        return str(error)


def lock() -> None:
    """Lock the keyring; nobody is there to be asked for its password."""
    secretstorage.get_default_collection(secretstorage.dbus_init()).lock()


def without(folder: Path) -> None:
    """Take the passphrase out of the key file."""
    file = sealing.keyfile.read(folder)
    sealing.keyfile.write(folder, file.with_passphrase(b"", None))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
