"""What people entered, as JSON Lines: every change as the journal has it, one object a line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from plumbline.errors import UserError
from plumbline.export import manifest
from plumbline.i18n import _
from plumbline.store.journal import Change

NAME = "entries.jsonl"


def write_changes(file: BinaryIO, changes: Iterable[Change]) -> int:
    """Gives how many there were."""
    count = 0
    for change in changes:
        file.write(change.to_bytes() + b"\n")
        count += 1
    return count


def read_changes(folder: Path) -> list[Change]:
    """The changes of an export; none where it holds none. Raises UserError."""
    path = folder / NAME
    if not path.exists():
        manifest.check(folder, NAME, 0)
        return []
    found = []
    try:
        lines = path.read_bytes().split(b"\n")
        if lines.pop():
            raise ValueError(path)  # the last line is cut
        for line in lines:
            found.append(Change.from_fields(json.loads(line)))
    except OSError as error:
        raise UserError(
            _("{file} cannot be read ({reason}): choose an export that is whole.").format(
                file=path, reason=error.strerror or error
            )
        ) from error
    except ValueError as error:
        raise UserError(
            _("{file} is not as plumbline export wrote it, near row {row}: export anew.").format(
                file=path, row=len(found) + 1
            )
        ) from error
    manifest.check(folder, NAME, len(found))
    return found
