"""The raw archive: what came from a belt, as it came, before anything is interpreted.

One append-only file per belt, `archive/<belt id>.plumb`, of frames (little-endian):

    0   4  magic "PLF1"; "PLE1" where the data are encrypted
    4   1  kind: 1 page, 2 fact, 3 tail, 4 imported page, 5 debris; others are passed over
    5   3  zero
    8   4  n = length of the body
    12  n  body; where the data are encrypted it is sealed (see `plumbline.store.sealing`)
    12+n 4 CRC-32 over bytes 4 to 12+n

The body of a page is the receive time (UTC milliseconds, int64) and the page's bytes; that
of a fact is a JSON object (what a sync learnt of the belt and its clock, a hole in the
belt's log, a log begun anew). That of a tail is the receive time and a page of which the
records that are here already were left out: its head (16 bytes) as it came, the records
behind those, its CRC. So a page that grows while the belt is plugged in costs what it grew by;
`whole_pages` puts the parts together. An imported page is the receive time, the number of the
log (int32) and a page made of the records of an export. Debris is a damaged stretch of a file
that was written anew, encrypted or decrypted. Everything in the database comes from
these files.

A frame that was being written when the power went stands at the end and is incomplete:
the next writer moves it to the quarantine folder. Damage before the end costs only the
frames it hit.
"""

import json
import os
import struct
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from beltwire import pages

from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store.failures import told
from plumbline.store.locks import try_lock
from plumbline.store.quarantine import put_away
from plumbline.store.sealing import PLAIN, Sealer, Unsealable, refuse_mixed, sealer_of

PAGE = 1
FACT = 2
TAIL = 3
IMPORTED = 4
DEBRIS = 5
_HEAD = struct.Struct("<4sB3xI")
_TIME = struct.Struct("<q")
_CRC = struct.Struct("<I")
_LOG = struct.Struct("<i")
_LONGEST = 1 << 20
SUFFIX = ".plumb"
LOCK_TRIES, LOCK_STEP_S = 10, 0.02


class Frame(NamedTuple):
    """One frame of the archive; `start` is its offset, `end` that of the byte after it."""

    kind: int
    body: bytes
    end: int
    start: int = 0

    def page(self) -> tuple[int, bytes]:
        """Receive time in UTC milliseconds and the page's bytes."""
        return _TIME.unpack_from(self.body)[0], self.body[_TIME.size :]

    def imported(self) -> tuple[int, bytes]:
        """Log and bytes of an imported page."""
        after = _TIME.size + _LOG.size
        return _LOG.unpack_from(self.body, _TIME.size)[0], self.body[after:]

    def fact(self) -> dict[str, object]:
        """The fact's fields."""
        fields: dict[str, object] = json.loads(self.body)
        return fields


def archive_path(folder: Path, belt: str) -> Path:
    """The archive file of the belt with this hex id."""
    return folder / "archive" / (belt + SUFFIX)


def archived_belts(folder: Path) -> list[str]:
    """Hex ids of the belts that have an archive, the one met first in front."""
    paths = (folder / "archive").glob("*" + SUFFIX)
    return [path.stem for path in sorted(paths, key=lambda path: (_first_met(path), path))]


def archive_sealer(path: Path) -> Sealer:
    """What seals the frames of a belt's archive file. Raises StoreError."""
    return sealer_of(path.parent.parent, f"archive/{path.stem}")


def _first_met(path: Path) -> int:
    """UTC milliseconds of the archive's first frame, 0 for an empty one."""
    with path.open("rb") as file:
        frame = next(parse_frames(file.read(2048), archive_sealer(path)), None)
    if frame is None:
        return 0
    return int(str(frame.fact().get("utc_ms", 0))) if frame.kind == FACT else frame.page()[0]


def read_frames(path: Path, start: int = 0, sealer: Sealer | None = None) -> Iterator[Frame]:
    """The whole frames of the file from offset `start` on; damaged stretches are skipped.

    Raises StoreError where the file is locked, or sealed otherwise than its folder.
    """
    sealer = sealer or archive_sealer(path)
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


def whole_pages(frames: Iterable[Frame]) -> Iterator[bytes]:
    """The pages as they came, tails joined to what came before; WireError where that is missing."""
    areas: dict[bytes, bytes] = {}  # records so far, by what is the same in a growing page's heads
    for frame in frames:
        if frame.kind not in (PAGE, TAIL):
            continue
        data = frame.page()[1]
        name = data[4:14]  # first sequence number, base time, boot
        end = len(data) - _CRC.size
        area = data[pages.HEAD : end]
        if frame.kind == TAIL:
            missing = int.from_bytes(data[14:16], "little") - len(area)
            area = areas.get(name, b"")[:missing] + area
            data = data[: pages.HEAD] + area + data[end:]
            pages.parse_head(data)
        areas[name] = area
        yield data


def pack_frame(kind: int, body: bytes, sealer: Sealer = PLAIN, place: int = 0) -> bytes:
    """A frame's bytes, for the offset `place` of its file."""
    sealed = sealer.seal(body, place, kind)
    head = _HEAD.pack(sealer.magic, kind, len(sealed))
    return head + sealed + _CRC.pack(zlib.crc32(sealed, zlib.crc32(head[4:])))


def _frame_at(data: bytes, at: int, sealer: Sealer, begin: int) -> Frame | None:
    if len(data) - at < _HEAD.size + _CRC.size:
        return None
    magic, kind, length = _HEAD.unpack_from(data, at)
    end = at + _HEAD.size + length
    if magic != sealer.magic or length > _LONGEST or end + _CRC.size > len(data):
        return None
    if zlib.crc32(data[at + 4 : end]) != _CRC.unpack_from(data, end)[0]:
        return None
    try:
        body = sealer.open(data[at + _HEAD.size : end], begin + at, kind)
    except Unsealable:
        return None
    return Frame(kind, body, begin + end + _CRC.size, begin + at)


def refuse_while_fetching(folder: Path) -> None:
    """StoreError while anybody writes one of the folder's archives; opens none of them."""
    if any(map(is_being_written, (folder / "archive").glob("*" + SUFFIX))):
        raise _being_fetched()


def is_being_written(path: Path) -> bool:
    """Whether a sync is at this archive now; it reads into the database itself what it writes."""
    with path.open("rb") as file:
        return not try_lock(file)


def _being_fetched() -> StoreError:
    return StoreError(
        _(
            "Another Plumbline is fetching from this belt right now: wait until it is "
            "done, then try again."
        )
    )


class ArchiveWriter:
    """Appends to one belt's archive; holds it to itself until closed.

    `checked`: offset up to which the file is known to be whole (an end of a frame).
    Raises StoreError when another process is writing it, the disk is full or the folder
    may not be written; a frame is then wholly there or not at all.
    """

    def __init__(self, folder: Path, belt: str, checked: int = 0) -> None:
        self._folder = folder
        self.path = archive_path(folder, belt)
        self._sealer = archive_sealer(self.path)
        self.mended: Path | None = None  # where an incomplete end was put
        with told(folder):
            self._file = self._open()
            try:
                self._lock()
                refuse_mixed(self.path, self._sealer)
                self._mend(checked)
            except BaseException:
                self._file.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def append_page(self, utc_ms: int, page: bytes) -> None:
        """Write a page as it came; safe only after `sync`."""
        self._append(PAGE, _TIME.pack(utc_ms) + page)

    def append_tail(self, utc_ms: int, page: bytes, left_out: int) -> None:
        """Write a page without the records of its first so many bytes, which are here already."""
        tail = page[: pages.HEAD] + page[pages.HEAD + left_out :]
        self._append(TAIL, _TIME.pack(utc_ms) + tail)

    def append_imported(self, utc_ms: int, log: int, page: bytes) -> None:
        """Write a page made of records that another Plumbline fetched."""
        self._append(IMPORTED, _TIME.pack(utc_ms) + _LOG.pack(log) + page)

    def append_fact(self, **fields: object) -> None:
        """Write a fact; safe only after `sync`."""
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self._append(FACT, text.encode())

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

    def _open(self) -> BinaryIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Unbuffered: what write() took is in the file even if this process is killed.
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        sync_folder(self.path.parent)
        return os.fdopen(handle, "r+b", buffering=0)

    def _lock(self) -> None:
        for _attempt in range(LOCK_TRIES):  # somebody may only look whether it is being written
            if try_lock(self._file):
                return
            time.sleep(LOCK_STEP_S)
        raise _being_fetched()

    def _mend(self, checked: int) -> None:
        """Move an incomplete end of the file, left by a power cut, to the quarantine."""
        size = self.path.stat().st_size
        good = checked if checked <= size else 0
        for frame in read_frames(self.path, good, self._sealer):
            good = frame.end
        if good < size:
            self._file.seek(good)
            tail = self._file.read(size - good)
            self.mended = put_away(
                self._folder, tail, f"{self.path.stem}-tail.bin", "an archive's unfinished end"
            )
            self._file.truncate(good)
        self._file.seek(good)


def sync_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
