"""The lock files: exact versions, hashes, no addresses, each level inside the next."""

import json
import re
from pathlib import Path

import pytest

from tests.house.source import ROOT

REQUIREMENTS = ROOT / "requirements"
LEVELS = ("run", "dev", "train")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)( ; [^\\]+)? \\$")


def entries(name: str) -> dict[str, str]:
    """Package to version, of a requirements file whose every entry is pinned and hashed."""
    pins: dict[str, str] = {}
    for line in (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        found = PIN.match(line)
        if found:
            pins[found[1]] = found[2]
        else:
            assert line.startswith(("    --hash=sha256:", "    #")), line
    return pins


@pytest.mark.parametrize("name", [*LEVELS, "node"])
def test_every_entry_is_pinned_and_hashed(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text(encoding="utf-8")
    for pin in re.split(r"\n(?=\S)", text):
        assert "--hash=sha256:" in pin
    assert entries(name)


@pytest.mark.parametrize(("small", "large"), [("run", "dev"), ("dev", "train")])
def test_a_level_holds_the_ones_before_it(small: str, large: str) -> None:
    """Set-up counts on it: having installed a level, it takes the lower ones as done."""
    assert entries(small).items() <= entries(large).items()


@pytest.mark.parametrize(
    "path",
    [*sorted(REQUIREMENTS.iterdir()), ROOT / "package-lock.json"],
    ids=lambda path: path.name,
)
def test_no_lock_names_an_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"--(index-url|extra-index-url|find-links|trusted-host)|^-[if] ", text, re.M
    )


def test_the_npm_lock_has_hashes_and_no_places() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    installed = {name: entry for name, entry in lock["packages"].items() if name}
    assert installed
    for entry in installed.values():
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


def test_what_the_project_declares_is_locked_to_run() -> None:
    declared = re.search(
        r"^dependencies = \[(.*?)^\]",
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        re.S | re.M,
    )
    assert declared
    names = re.findall(r'"([A-Za-z0-9_-]+)', declared[1])
    assert names
    assert set(names) <= set(entries("run"))
