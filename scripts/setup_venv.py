"""The virtual environment and what pip puts into it."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from setup_common import ROOT, VENV, VENV_PYTHON, SetupError, apt_install, run, step

PIP_ADVICE = (
    "pip's own words are above; where the machine reaches packages through a proxy or another "
    "index, say so in pip's configuration, then run the same command again."
)


def works() -> bool:
    """Whether .venv holds a Python with pip (not one cut off half way, or whose base is gone)."""
    return VENV_PYTHON.exists() and any(VENV.glob("lib/python3*/site-packages/pip/__main__.py"))


def _need_venv_module() -> None:
    """Debian splits venv's ensurepip off: install it where the right exists, else say so."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not apt_install([package]):
        raise SetupError(
            f"{sys.executable} has no venv module: install it (Debian, Ubuntu: "
            f"apt-get install {package}), then run the same command again."
        )


def create() -> None:
    """Make .venv anew with the running Python."""
    _need_venv_module()
    with step(f"Virtual environment .venv with Python {sys.version.split()[0]}"):
        run(
            [sys.executable, "-m", "venv", "--clear", VENV],
            "Python's own words are above; remove .venv and run the same command again.",
        )


def pip(*words: object, env: dict[str, str] | None = None) -> None:
    """Run the environment's pip with the machine's own configuration, quietly off a terminal."""
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [VENV_PYTHON, "-m", "pip", "install", *quiet, "--disable-pip-version-check"]
    run([*command, *words], PIP_ADVICE, env)


def install(lock: Path, what: str) -> None:
    """Install a lock file: these versions, these hashes, nothing else."""
    with step(what):
        pip("--require-hashes", "--no-deps", "-r", lock)


def install_project() -> None:
    """Make the tree's own packages importable, and the `plumbline` command."""
    with step("Plumbline itself"):
        pip("--no-build-isolation", "--no-deps", "--editable", ROOT)


def python_output(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a snippet in the environment's Python; the completed process with its text."""
    return subprocess.run(
        [str(VENV_PYTHON), "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, **variables},
        check=False,
    )
