"""Locks that end with their process: one writer of a file, one exchanger of a folder."""

import os
import sys
import time
from pathlib import Path
from typing import BinaryIO, Self

_STEP_S = 0.05

if sys.platform == "win32":
    import msvcrt

    def try_lock(file: BinaryIO) -> bool:
        """Take the lock; False when another process has it."""
        file.seek(0x7FFF_FFFF)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _try_folder(handle: int, shared: bool) -> bool:
        return True  # Windows moves no file that is open: the exchange itself is refused

    def _open_folder(folder: Path) -> int | None:
        return None

else:
    import fcntl

    def try_lock(file: BinaryIO) -> bool:
        """Take the lock; False when another process has it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _try_folder(handle: int, shared: bool) -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system that knows no locks
        return True

    def _open_folder(folder: Path) -> int | None:
        return os.open(folder, os.O_RDONLY)


class FolderLock:
    """A lock on a whole data folder: shared by all who use it, alone for who exchanges its data."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    @classmethod
    def take(cls, folder: Path, *, shared: bool, wait_s: float) -> Self | None:
        """The lock, None where others keep it that long. Raises OSError without the folder."""
        handle = _open_folder(folder)
        if handle is None:
            return cls(None)
        end = time.monotonic() + wait_s
        while not _try_folder(handle, shared):
            if time.monotonic() >= end:
                os.close(handle)
                return None
            time.sleep(_STEP_S)
        return cls(handle)

    def release(self) -> None:
        """Let others have it; a second time does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
