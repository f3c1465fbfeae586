"""Real littlefs over a flash of the tests' own, whose power can be cut at any program or erase."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from littlefs import LittleFS, LittleFSError, UserContext, lfs

BLOCK = 4096
# As MicroPython mounts littlefs on an ESP32.
GEOMETRY = {
    "block_size": BLOCK,
    "read_size": 32,
    "prog_size": 32,
    "cache_size": 128,
    "block_cycles": 100,
}
IO_ERROR = -5
# LFS_O_* as MicroPython combines them for a mode (extmod/vfs_lfsx_file.c).
FLAGS = {"rb": 1, "wb": 2 | 0x100 | 0x400, "ab": 2 | 0x100 | 0x800}


class Flash(UserContext):
    """Blocks of flash. `cut_at`: the program or erase, counted from 1, that power does not outlast.

    That operation is half done; everything after it fails until `repower`.
    """

    def __init__(self, blocks: int) -> None:
        super().__init__(buffsize=blocks * BLOCK)
        self.blocks = blocks
        self.operations = 0
        self.cut_at = 0
        self.erases = [0] * blocks

    @property
    def dead(self) -> bool:
        """The power has been cut."""
        return 0 < self.cut_at <= self.operations

    def repower(self) -> None:
        """Power is back; what was programmed is still there."""
        self.cut_at = 0

    def read(self, cfg: Any, block: int, off: int, size: int) -> bytearray:
        """littlefs reads."""
        return self.buffer[block * BLOCK + off : block * BLOCK + off + size]

    def prog(self, cfg: Any, block: int, off: int, data: bytes) -> int:
        """littlefs programs: all of it, or half when the power goes."""
        if self.dead:
            return IO_ERROR
        self.operations += 1
        at = block * BLOCK + off
        kept = data[: len(data) // 2] if self.dead else data
        self.buffer[at : at + len(kept)] = kept
        return IO_ERROR if self.dead else 0

    def erase(self, cfg: Any, block: int) -> int:
        """littlefs erases a block: all of it, or half when the power goes."""
        if self.dead:
            return IO_ERROR
        self.operations += 1
        self.erases[block] += 1
        size = BLOCK // 2 if self.dead else BLOCK
        self.buffer[block * BLOCK : block * BLOCK + size] = b"\xff" * size
        return IO_ERROR if self.dead else 0


class PowerCut(BaseException):
    """The power went in the middle of an operation: nothing of the firmware runs on."""


@contextmanager
def powered(flash: Flash) -> Iterator[None]:
    """One operation: littlefs' failures as a board's firmware sees them; PowerCut when dead."""
    if flash.dead:
        raise PowerCut
    try:
        yield
    except LittleFSError as error:
        if not flash.dead:
            raise OSError(-error.code, str(error)) from error
    if flash.dead:
        raise PowerCut


class LittleFile:
    """An open file, a context manager."""

    def __init__(self, files: "LittleFiles", name: str, mode: str) -> None:
        self._flash = files.flash
        self._fs = files.fs.fs
        self._file = lfs.file_open(self._fs, name, FLAGS[mode], "utf-8")

    def __enter__(self) -> "LittleFile":
        return self

    def __exit__(self, *_: object) -> None:
        with powered(self._flash):
            lfs.file_close(self._fs, self._file)

    def read(self, size: int = -1) -> bytes:
        """Bytes from here on."""
        with powered(self._flash):
            left = lfs.file_size(self._fs, self._file) if size < 0 else size
            return bytes(lfs.file_read(self._fs, self._file, left))

    def write(self, data: bytes) -> int:
        """Append or overwrite."""
        with powered(self._flash):
            return int(lfs.file_write(self._fs, self._file, bytes(data)))

    def seek(self, at: int) -> int:
        """Go to a byte."""
        with powered(self._flash):
            return int(lfs.file_seek(self._fs, self._file, at, 0))


class LittleFiles:
    """The methods of `device.files.Files` on a littlefs on `flash`, as at one power-on."""

    def __init__(self, flash: Flash, fresh: bool = False) -> None:
        self.flash = flash
        self.fs = LittleFS(context=flash, mount=False, block_count=flash.blocks, **GEOMETRY)
        with powered(flash):
            if fresh:
                self.fs.format()
            self.fs.mount()

    def open(self, name: str, mode: str) -> LittleFile:
        """An open file of bytes."""
        with powered(self.flash):
            return LittleFile(self, name, mode)

    def rename(self, old: str, new: str) -> None:
        """One step; an existing file is replaced."""
        with powered(self.flash):
            self.fs.rename(old, new)

    def remove(self, name: str) -> None:
        """Remove a file."""
        with powered(self.flash):
            self.fs.remove(name)

    def listdir(self, name: str) -> list[str]:
        """The names in a folder."""
        with powered(self.flash):
            return list(self.fs.listdir(name or "."))

    def mkdir(self, name: str) -> None:
        """Make a folder."""
        with powered(self.flash):
            self.fs.mkdir(name)

    def size(self, name: str) -> int:
        """Bytes in a file."""
        with powered(self.flash):
            return int(self.fs.stat(name).size)
