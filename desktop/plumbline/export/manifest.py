"""`manifest.json` of an export: how many rows each of its files has, so that a cut one is noticed.

A file that was cut at the end of a line looks whole; only its count tells.
"""

import json
from pathlib import Path
from typing import BinaryIO

from plumbline.errors import UserError
from plumbline.i18n import _

NAME = "manifest.json"
FORMAT = 1


def write(file: BinaryIO, folder: Path, rows: dict[str, int], *, is_made_up: bool) -> None:
    """Write the counts by file name, beside those of other forms in the same folder.

    `is_made_up`: the days are a demo's. Then the whole folder is taken for one.
    """
    kept = {name: count for name, count in _kept(folder).items() if name not in rows}
    is_demo = is_made_up or (bool(kept) and holds_a_demo(folder))
    facts = {"format": FORMAT, "demo": is_demo, "rows": {**kept, **rows}}
    file.write(json.dumps(facts, indent=1).encode() + b"\n")


def _kept(folder: Path) -> dict[str, int]:
    try:
        return read(folder)
    except UserError:
        return {}


def read(folder: Path) -> dict[str, int]:
    """The counts by file name. Raises UserError where there are none."""
    return _facts(folder)[0]


def holds_a_demo(folder: Path) -> bool:
    """Whether the days of the export, or some of them, are a demo's. Raises UserError."""
    return _facts(folder)[1]


def _facts(folder: Path) -> tuple[dict[str, int], bool]:
    """The counts, and whether the days are made up; an older export says nothing of that."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise ValueError(found["format"])
        counts = {str(name): int(count) for name, count in found["rows"].items()}
        return counts, bool(found.get("demo", False))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            _(
                "{file} is missing or not as plumbline export wrote it: choose an export that "
                "is whole."
            ).format(file=folder / NAME)
        ) from error


def check(folder: Path, name: str, rows: int) -> None:
    """Raise UserError unless the file has as many rows as were written."""
    expected = read(folder).get(name, 0)
    if rows != expected:
        raise UserError(
            _("{file} has {rows} rows where {expected} were written: export anew.").format(
                file=folder / name, rows=rows, expected=expected
            )
        )
