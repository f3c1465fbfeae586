"""What the sources do not say: unfinished work, and where packages come from."""

import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

TEXT = {".py", ".mjs", ".md", ".toml", ".txt", ".in", ".json", ".ini", ".sh", ".yml", ".cfg", ""}
# Written apart, so that this file does not find itself.
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
REGISTRIES = ("pypi." + "org", "pythonhosted." + "org", "npmjs." + "org", "npmjs." + "com")


def tracked_files() -> list[Path]:
    """The files of the tree as git knows them; the whole tree where it is no clone."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git clone")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def lines_with(words: tuple[str, ...]) -> list[str]:
    found = []
    for path in tracked_files():
        if path.suffix in TEXT and path.is_file() and "LICENSE" not in path.name:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if any(word in line for word in words):
                    found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return found


def test_nothing_is_marked_unfinished() -> None:
    assert not lines_with(UNFINISHED)


def test_no_registry_is_named() -> None:
    """pip and npm use the configuration of the machine, which a named host would override."""
    assert not lines_with(REGISTRIES)
