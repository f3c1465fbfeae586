"""Minutes a month at a time, placed and sorted, in files beside the database: a year opens fast.

`cache/<belt's number>-<year><month>.rows` holds 32 bytes that say what it was made of (the
stretches of the month, their counts and where their clocks place them) and then the rows,
sealed where the data are encrypted. A file made of something else is made anew: after a sync
that brought more, or a clock anchor that moved what was there. Removing the folder costs
nothing but time; a rebuild, a restore and an erasure do.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from plumbline import private
from plumbline.store.exchange import CACHE
from plumbline.store.minutes import Rows
from plumbline.store.overwriting import erase_folder
from plumbline.store.rows import MINUTE_DTYPE
from plumbline.store.sealing import OVERHEAD, Plain, Unsealable, data_key, sealer_for

DIGEST_BYTES = 32
KIND = 0
_LAYOUT = repr(MINUTE_DTYPE.descr).encode()


class MonthFiles:
    """The files of a data folder; every failure to read or write one is only time lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = data_key(folder)
        self._sealed = bytearray()

    def read(self, name: str, made_of: bytes, rows: Rows, make: Callable[[], Rows]) -> None:
        """Fill `rows` from the file with this name; made and kept where it is stale.

        Bytes are copied, since numpy copies such rows field by field.
        """
        digest = hashlib.blake2b(_LAYOUT + made_of, digest_size=DIGEST_BYTES).digest()
        view = _bytes_of(rows)
        if not self._take(name, digest, view):
            made = make()
            view[:] = _bytes_of(made)
            self._keep(name, digest, made)

    def _path(self, name: str) -> Path:
        return self._folder / CACHE / f"{name}.rows"

    def _take(self, name: str, digest: bytes, into: memoryview) -> bool:
        """Whether the file was there, made of the same, and has filled `into`."""
        try:
            with self._path(name).open("rb") as file:
                if file.read(DIGEST_BYTES) != digest:
                    return False
                sealer = sealer_for(self._key, f"cache/{name}")
                if isinstance(sealer, Plain):
                    return file.readinto(into) == len(into)
                sealed = self._buffer(len(into) + OVERHEAD)
                if file.readinto(sealed) != len(sealed):
                    return False
                sealer.open_into(sealed, 0, KIND, into)
        except (OSError, Unsealable):
            return False
        return True

    def _buffer(self, size: int) -> memoryview:
        """Memory for one file after the other."""
        if len(self._sealed) < size:
            self._sealed = bytearray(size)
        return memoryview(self._sealed)[:size]

    def _keep(self, name: str, digest: bytes, rows: Rows) -> None:
        path = self._path(name)
        draft = path.with_suffix(f".{os.getpid()}.part")
        try:
            sealed = sealer_for(self._key, f"cache/{name}").seal(rows.tobytes(), 0, KIND)
            private.make_folder(path.parent)
            with private.open_file(draft, "wb") as file:
                file.write(digest)
                file.write(sealed)
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)


def _bytes_of(rows: Rows) -> memoryview:
    return memoryview(rows.view(np.uint8).data)


def forget(folder: Path) -> None:
    """Remove all the files; what they held is overwritten."""
    erase_folder(folder / CACHE)
