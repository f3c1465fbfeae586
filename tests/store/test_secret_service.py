"""The key in a real keyring, where one can be started; elsewhere this is skipped."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from plumbline.store import system_keyring
from plumbline.store.system_keyring import Missing

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
MISSING = [name for name in NEEDED if shutil.which(name) is None]


@pytest.mark.skipif(bool(MISSING), reason=f"no Secret Service to start: {MISSING} not installed")
def test_a_real_keyring_keeps_the_key(tmp_path: Path, root: Path) -> None:
    home, runtime, data = (tmp_path / name for name in ("home", "runtime", "data"))
    for folder in (home, runtime):
        folder.mkdir(mode=0o700)
    dropped = ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "XDG_DATA_HOME": str(home / "data")}
    env = {name: value for name, value in os.environ.items() if name not in dropped} | own
    work = [sys.executable, "-m", "tests.store.secret_service", str(data)]
    ran = subprocess.run(
        ["dbus-run-session", "--", *work],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "keyring": "keyring.backends.SecretService",
        "encrypted": "The data are encrypted; the key is in this computer's keyring and nowhere "
        "else.",
        "minutes": 30,
        "forgotten": True,
        "without the entry": f"The data in {data} are encrypted and their key is in this "
        "computer's keyring no more: restore a backup that a passphrase opens.",
        "put back": 30,
        "locked, passphrase": 30,
        "locked, encrypt": "This computer's keyring is locked: unlock it, or give a passphrase "
        "instead.",
        "locked": f"The data in {data} are encrypted and this computer's keyring, which has their "
        "key, is locked: unlock it, then try again.",
    }


def test_no_keyring_is_told_from_one_without_the_key() -> None:
    assert system_keyring.look("anything") is Missing.KEYRING
    assert system_keyring.put("anything", b"key") is Missing.KEYRING
    system_keyring.forget("anything")
