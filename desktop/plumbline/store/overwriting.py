"""Removes files after their bytes were overwritten.

A flash disk may still keep old blocks for a while: only an encrypted disk, or data that were
encrypted from the first day, are safe against that.
"""

import os
import shutil
from pathlib import Path

_CHUNK = 1 << 20


def erase_folder(folder: Path) -> None:
    """Overwrite and remove all that is in the folder, and the folder."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            erase_file(file)
    shutil.rmtree(folder, ignore_errors=True)


def erase_file(path: Path) -> None:
    """Overwrite the file and remove it; nothing where there is none."""
    if not path.exists():
        return
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(bytes(min(_CHUNK, left)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
