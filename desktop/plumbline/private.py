"""Folders and files that only the account may read that made them, from their first moment.

On Windows the modes do nothing: there the user's own folder is closed to other accounts.
"""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def make_folder(path: Path) -> None:
    """Make the folder and every missing one above it, private; one that is there stays as it is.

    The XDG base directory specification wants the same of the folders above: "created with
    permission 0700" (freedesktop.org, version 0.8). Raises OSError.
    """
    try:
        path.mkdir(mode=FOLDER_MODE)
    except FileNotFoundError:
        make_folder(path.parent)
        path.mkdir(mode=FOLDER_MODE, exist_ok=True)
    except OSError:  # there already; some disks and drives have other words for that
        if not path.is_dir():
            raise


def open_file(path: Path, mode: str) -> IO[bytes]:
    """As `open` in a binary mode; a file that is made now is private. Raises OSError."""
    return open(path, mode, opener=lambda name, flags: os.open(name, flags, FILE_MODE))


def make_file(path: Path) -> None:
    """An empty private file for a library to write into; one that is there stays as it is."""
    path.touch(FILE_MODE)


def write_file(path: Path, data: bytes) -> None:
    """Write the file anew; private where it is made now. Raises OSError."""
    with open_file(path, "wb") as file:
        file.write(data)


def close_to_others(path: Path) -> None:
    """Make a folder or file of this account private; what is not there or another's stays.

    A sticky folder is a public place on purpose, and a link's target belongs elsewhere.
    """
    if sys.platform == "win32":
        return
    with suppress(OSError):  # not there, or on a disk that keeps no modes, as a memory stick
        found = path.lstat()
        mode = stat.S_IMODE(found.st_mode)
        kept = stat.S_ISLNK(found.st_mode) or mode & stat.S_ISVTX or found.st_uid != os.getuid()
        if mode & 0o077 and not kept:
            path.chmod(mode & FOLDER_MODE)
