"""The command line as a person starts it: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path


def plumbline(
    folder: Path, *argv: str, cwd: Path | None = None, **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command line where there is no display and no belt."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PLUMBLINE_PORT")
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "plumbline", "--data", str(folder), *argv],
        env={**env, **more},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
