"""Files of frames, append-only: a belt's archive, the journal (little-endian):

    0   4  magic "PLF1"; "PLE1" where the data are encrypted
    4   1  kind: 1 page, 2 fact, 3 tail, 4 imported page, 5 debris, 6 entry; others are passed over
    5   3  zero
    8   4  n = length of the body
    12  n  body; where the data are encrypted it is sealed (see `plumbline.store.sealing`)
    12+n 4 CRC-32 over bytes 4 to 12+n

A frame that was being written when the power went stands at the end and is incomplete:
the next writer moves it to the quarantine folder. Damage before the end costs only the
frames it hit.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from plumbline.closing import Closing
from plumbline.store.failures import told
from plumbline.store.quarantine import put_away
from plumbline.store.sealing import PLAIN, Sealer, Unsealable, refuse_mixed

PAGE, FACT, TAIL, IMPORTED, DEBRIS, ENTRY = 1, 2, 3, 4, 5, 6
TIME = struct.Struct("<q")
LOG = struct.Struct("<i")
_HEAD = struct.Struct("<4sB3xI")
_CRC = struct.Struct("<I")
_LONGEST = 1 << 20


class Frame(NamedTuple):
    """One frame; `start` is its offset, `end` that of the byte after it."""

    kind: int
    body: bytes
    end: int
    start: int = 0

    def page(self) -> tuple[int, bytes]:
        """Receive time in UTC milliseconds and the page's bytes."""
        return TIME.unpack_from(self.body)[0], self.body[TIME.size :]

    def imported(self) -> tuple[int, bytes]:
        """Log and bytes of an imported page."""
        after = TIME.size + LOG.size
        return LOG.unpack_from(self.body, TIME.size)[0], self.body[after:]

    def fact(self) -> dict[str, object]:
        """The fact's fields."""
        fields: dict[str, object] = json.loads(self.body)
        return fields


def read_file(path: Path, sealer: Sealer, start: int = 0) -> Iterator[Frame]:
    """The whole frames of the file from offset `start` on; damaged stretches are skipped.

    Raises StoreError where the file is sealed otherwise than its folder.
    """
    refuse_mixed(path, sealer)
    with path.open("rb") as file:
        file.seek(start)
        data = file.read()
    yield from parse_frames(data, sealer, start)


def parse_frames(data: bytes, sealer: Sealer = PLAIN, begin: int = 0) -> Iterator[Frame]:
    """The whole frames in `data`, whose offset is `begin`; damaged stretches are skipped."""
    at = 0
    while at < len(data):
        frame = _frame_at(data, at, sealer, begin)
        if frame is not None:
            yield frame
            at = frame.end - begin
        else:
            at = data.find(sealer.magic, at + 1)
            if at < 0:
                return


def pack_frame(kind: int, body: bytes, sealer: Sealer = PLAIN, place: int = 0) -> bytes:
    """A frame's bytes, for the offset `place` of its file."""
    sealed = sealer.seal(body, place, kind)
    head = _HEAD.pack(sealer.magic, kind, len(sealed))
    return head + sealed + _CRC.pack(zlib.crc32(sealed, zlib.crc32(head[4:])))


def damaged(path: Path, sealer: Sealer) -> list[tuple[int, int]]:
    """The stretches of the file, from offset to offset, of which no frame can be made."""
    data = path.read_bytes()
    at, found = 0, []
    while at < len(data):
        end = _end_at(data, at, sealer.magic)
        if end is None:
            start = at
            while end is None and at >= 0:
                at = data.find(sealer.magic, at + 1)
                end = _end_at(data, at, sealer.magic) if at >= 0 else None
            found.append((start, at if at >= 0 else len(data)))
        at = len(data) if end is None else end + _CRC.size
    return found


def _end_at(data: bytes, at: int, magic: bytes) -> int | None:
    """Where the body ends of the frame that begins there; None where no whole one does."""
    if len(data) - at < _HEAD.size + _CRC.size:
        return None
    found, _kind, length = _HEAD.unpack_from(data, at)
    end: int = at + _HEAD.size + length
    if found != magic or length > _LONGEST or end + _CRC.size > len(data):
        return None
    return end if zlib.crc32(data[at + 4 : end]) == _CRC.unpack_from(data, end)[0] else None


def _frame_at(data: bytes, at: int, sealer: Sealer, begin: int) -> Frame | None:
    end = _end_at(data, at, sealer.magic)
    if end is None:
        return None
    kind = data[at + 4]
    try:
        body = sealer.open(data[at + _HEAD.size : end], begin + at, kind)
    except Unsealable:
        return None
    return Frame(kind, body, begin + end + _CRC.size, begin + at)


class FrameWriter(Closing):
    """Appends to a file of frames, which nobody else writes meanwhile.

    Raises StoreError where the disk is full or the folder may not be written; a frame is then
    wholly there or not at all.
    """

    def __init__(self, folder: Path, path: Path, sealer: Sealer) -> None:
        self._folder = folder
        self.path = path
        self._sealer = sealer
        self._file = open_file(path)
        self.mended: Path | None = None  # where an incomplete end was put

    def sync(self) -> None:
        """Return when everything appended is on the disk."""
        with told(self._folder):
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Release the file."""
        self._file.close()

    def _append(self, kind: int, body: bytes) -> None:
        with told(self._folder):
            start = self._file.tell()
            frame = memoryview(pack_frame(kind, body, self._sealer, start))
            try:
                while frame:
                    frame = frame[self._file.write(frame) :]
            except BaseException:
                self._file.truncate(start)
                self._file.seek(start)
                raise

    def _mend(self, checked: int, name: str, why: str) -> int:
        """Move an incomplete end of the file, left by a power cut, to the quarantine.

        `checked`: offset up to which it is known to be whole. Gives the end, where it then stands.
        """
        size = self.path.stat().st_size
        good = checked if checked <= size else 0
        for frame in read_file(self.path, self._sealer, good):
            good = frame.end
        self._file.seek(good)
        if good < size:
            tail = self._file.read(size - good)
            self.mended = put_away(self._folder, tail, name, why)
            self._file.truncate(good)
            self._file.seek(good)
        return good


def open_file(path: Path) -> BinaryIO:
    """To read and write; made where it is not there."""
    # Unbuffered: what write() took is in the file even if this process is killed.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(handle, "r+b", buffering=0)


def sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
