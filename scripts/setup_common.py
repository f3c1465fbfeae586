"""What the set-up steps share: places, levels, running a command, saying what happens."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENV_BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = VENV_BIN / "python"

# Each level's lock holds the packages of the levels before it.
LOCKS = {
    "run": ROOT / "requirements" / "run.txt",
    "test": ROOT / "requirements" / "dev.txt",
    "train": ROOT / "requirements" / "train.txt",
}
LEVELS = tuple(LOCKS)


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to do."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    print(f"setup: {what} ...", flush=True)
    began = time.monotonic()
    yield
    print(f"setup: {what}: done in {time.monotonic() - began:.0f} s", flush=True)


def run(command: Sequence[object], advice: str, env: dict[str, str] | None = None) -> None:
    """Run a command in the tree; SetupError with the advice where it fails."""
    words = [str(word) for word in command]
    try:
        subprocess.run(words, cwd=ROOT, env=env, check=True)
    except FileNotFoundError:
        raise SetupError(f"{words[0]} is missing; {advice}") from None
    except subprocess.CalledProcessError as error:
        raise SetupError(
            f"`{' '.join(words[:6])} ...` ended with status {error.returncode}; {advice}"
        ) from None


def as_root() -> list[str] | None:
    """The words before a command that needs root: none, sudo without a question, or None."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return [sudo, "-n"]
    return None


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages where apt-get and the right exist; say whether it worked."""
    prefix = as_root()
    if not packages or prefix is None or not shutil.which("apt-get"):
        return False
    install = [
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "DEBCONF_NOWARNINGS=yes",
        "apt-get",
        "install",
        "-y",
        "-qq",
    ]
    install += ["--no-install-recommends", *packages]
    with step(f"System packages {' '.join(packages)}"):
        for attempt in (install, [*prefix, "apt-get", "update", "-qq"], install):
            ended = subprocess.run(attempt, stdout=subprocess.DEVNULL, check=False).returncode
            if attempt is install and ended == 0:
                return True
    print("setup: apt-get could not install them", file=sys.stderr)
    return False
