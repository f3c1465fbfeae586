"""Files as the log and the settings need them: whole, small, and replaced in one step.

`Files` works on a board's littlefs, on the host's file system and in the virtual belt. Anything
with its methods can take its place; the log never looks at an error's number, because littlefs,
POSIX and WebAssembly number them differently.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Folder, OpenFile

_replace = getattr(os, "replace", os.rename)


class Files:
    """A folder. Names are relative to it, with `/` between the parts. Errors: OSError."""

    def __init__(self, root: str) -> None:
        self._root = root

    def open(self, name: str, mode: str) -> "OpenFile":
        """An open file in binary `mode` ("rb", "wb" or "ab")."""
        return open(self._path(name), mode)

    def rename(self, old: str, new: str) -> None:
        """Give `old` the name `new`, in one step; a file of that name is replaced."""
        _replace(self._path(old), self._path(new))

    def remove(self, name: str) -> None:
        """Remove a file."""
        os.remove(self._path(name))

    def listdir(self, name: str) -> "list[str]":
        """The names in a folder, in no particular order."""
        return os.listdir(self._path(name))

    def mkdir(self, name: str) -> None:
        """Make a folder."""
        os.mkdir(self._path(name))

    def size(self, name: str) -> int:
        """Bytes in a file."""
        return os.stat(self._path(name))[6]

    def _path(self, name: str) -> str:
        return self._root + "/" + name if name else self._root


def write_whole(files: "Folder", name: str, data: bytes) -> None:
    """Replace the file `name` by one with `data`: afterwards it is the old or the new, never half.

    OSError where the file system cannot; the old file then still stands.
    """
    waiting = name + ".new"
    with files.open(waiting, "wb") as out:
        out.write(data)
    files.rename(waiting, name)


def read_whole(files: "Folder", folder: str, name: str) -> "bytes | None":
    """The bytes of `folder/name`, or None where there is no such file."""
    if name not in files.listdir(folder):
        return None
    with files.open(folder + "/" + name, "rb") as source:
        return source.read()


def make_folder(files: "Folder", name: str) -> None:
    """Make the folder `name` at the root unless it is there."""
    if name not in files.listdir(""):
        files.mkdir(name)
