"""Set up what a make target needs, and nothing twice: set_up.py run|test|train

Uses Python's standard library alone, since it is what installs everything else. What was
done is remembered in .venv/plumbline-setup.json by the contents of the lock files, so a
second start takes a fraction of a second and a changed lock is noticed. pip and npm keep
the machine's own configuration (index, proxy, certificates).
"""

import hashlib
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import setup_node
import setup_system
import setup_venv
from setup_common import LEVELS, LOCKS, ROOT, VENV, SetupError

REMEMBERED = VENV / "plumbline-setup.json"


def digest(path: Path) -> str:
    """SHA-256 of a file's contents."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def project_key(pyproject: Path) -> str:
    """What the installed project depends on: its metadata and packages, not the tools' settings."""
    tables = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    hatch = tables.get("tool", {}).get("hatch", {})
    relevant = [tables.get("build-system"), tables.get("project"), hatch]
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()


def read_done() -> dict[str, str]:
    """What was done before, by step; empty where nothing was or the note is unreadable."""
    try:
        done = json.loads(REMEMBERED.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return done if isinstance(done, dict) and setup_venv.works() else {}


def remember(done: dict[str, str], **steps: str) -> None:
    """Note steps as done, at once, so that a failure later repeats none of them."""
    done.update(steps)
    REMEMBERED.write_text(json.dumps(done, indent=1, sort_keys=True), encoding="utf-8")


def once(done: dict[str, str], step: str, key: str, work: Callable[[], None]) -> None:
    """Do `work` unless `step` was done with the same `key`."""
    if done.get(step) != key:
        work()
        remember(done, **{step: key})


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up run at a time in this tree, so that two targets can start together."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "setup.lock").open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:
            pass
        yield


def install_packages(done: dict[str, str], level: str) -> None:
    """Install the level's lock; a higher level's lock holds every lower one."""
    if done.get(f"packages-{level}") == digest(LOCKS[level]):
        return
    setup_venv.install(LOCKS[level], f"Python packages ({LOCKS[level].relative_to(ROOT)})")
    held = LEVELS[: LEVELS.index(level) + 1]
    remember(done, **{f"packages-{name}": digest(LOCKS[name]) for name in held})


def set_up(level: str) -> None:
    """Virtual environment, packages, the project itself, Node.js, system libraries."""
    if not setup_venv.works():
        setup_venv.create()
    done = read_done()
    install_packages(done, level)
    once(done, "project", project_key(ROOT / "pyproject.toml"), setup_venv.install_project)
    setup_node.ensure()
    once(done, f"system-{level}", sys.platform, lambda: setup_system.ensure(level))


def main(argv: list[str]) -> int:
    """The exit status: 0, or 2 after one sentence on standard error."""
    if len(argv) != 1 or argv[0] not in LEVELS:
        print(f"usage: set_up.py {'|'.join(LEVELS)}", file=sys.stderr)
        return 2
    try:
        with alone():
            set_up(argv[0])
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
