"""A folder of one's own beside the data, for what may become the data: a backup that is looked at.

A lock file beside it says that its process lives; what a killed one left is removed by whoever
has the data folder to himself next.
"""

import secrets
from pathlib import Path

from plumbline import private
from plumbline.closing import Closing
from plumbline.store.locks import try_lock
from plumbline.store.overwriting import erase_folder

PREFIX = ".restore-"
LOCK = ".lock"


class Beside(Closing):
    """An empty folder `place` in the data folder; gone when closed, whatever is in it. OSError."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / f"{PREFIX}{secrets.token_hex(4)}"
        private.make_file(_lock_of(self.place))
        self._lock = _lock_of(self.place).open("r+b")
        try:
            try_lock(self._lock)
            private.make_folder(self.place)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Overwrite and remove it; a second time does nothing."""
        erase_folder(self.place)
        self._lock.close()
        _lock_of(self.place).unlink(missing_ok=True)


def is_any(folder: Path) -> bool:
    """Whether there are such folders, used or left behind."""
    return next(folder.glob(f"{PREFIX}*"), None) is not None


def sweep(folder: Path) -> None:
    """Overwrite and remove those that were left behind. Raises OSError."""
    for path in folder.glob(f"{PREFIX}*"):
        place = path.with_name(path.name.removesuffix(LOCK))
        if not _is_used(place):
            erase_folder(place)
            _lock_of(place).unlink(missing_ok=True)


def _is_used(place: Path) -> bool:
    try:
        with _lock_of(place).open("r+b") as file:
            return not try_lock(file)
    except FileNotFoundError:
        return False


def _lock_of(place: Path) -> Path:
    return place.with_name(place.name + LOCK)
