"""Where what cannot be read is put: never deleted, never in the way.

`quarantine/report.txt` has a line for each file: when it came there, its name, and why.
"""

import itertools
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from plumbline import private

FOLDER = "quarantine"
REPORT = "report.txt"


def free_name(folder: Path, name: str) -> Path:
    """A name in the quarantine folder that is not taken; makes the folder."""
    place = folder / FOLDER
    private.make_folder(place)
    day = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    for number in itertools.count():
        path = place / (f"{day}-{number}-{name}" if number else f"{day}-{name}")
        if not path.exists():
            return path
    raise AssertionError


def put_away(folder: Path, data: bytes, name: str, why: str) -> Path:
    """Write `data` to the quarantine, safely on the disk; return its path."""
    path = free_name(folder, name)
    with private.open_file(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    _report(path, why)
    return path


def move_away(folder: Path, files: Iterable[Path], why: str) -> Path | None:
    """Move those of `files` that exist to the quarantine; return the first's new path."""
    first = None
    for file in files:
        if file.exists():
            target = free_name(folder, file.name)
            file.rename(target)
            _report(target, why)
            first = first or target
    return first


def _report(path: Path, why: str) -> None:
    when = datetime.now(UTC).isoformat(timespec="seconds")
    with private.open_file(path.parent / REPORT, "ab") as report:
        report.write(f"{when}\t{path.name}\t{why}\n".encode())
