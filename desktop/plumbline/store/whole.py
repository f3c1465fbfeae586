"""Whether the database file was found whole, remembered between starts.

SQLite's own check reads all of the file: half a second for five years of minutes, twice that
where they are encrypted. It is done at the first start of a day, and at any start at which the
file is not as this program left it: after a power cut, a copy, a repair, a bad disk's surprise.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from plumbline import private
from plumbline.store.exchange import CACHE

NAME = "checked.json"


def is_as_left(path: Path) -> bool:
    """Whether the database file at `path` was checked today and is as it was left."""
    try:
        return bool(json.loads(_note(path).read_text(encoding="utf-8")) == _state(path))
    except (OSError, ValueError):
        return False


def note_as_left(path: Path) -> None:
    """Remember the file as it is now; nothing where another program still writes to it."""
    if Path(f"{path}-wal").exists():
        return
    note = _note(path)
    try:
        private.make_folder(note.parent)
        private.write_file(note, json.dumps(_state(path)).encode())
    except OSError:
        return


def _note(path: Path) -> Path:
    return path.parent / CACHE / NAME


def _state(path: Path) -> dict[str, object]:
    found = path.stat()
    today = datetime.now(UTC).date().isoformat()
    return {
        "day": today,
        "inode": found.st_ino,
        "size": found.st_size,
        "mtime_ns": found.st_mtime_ns,
    }
