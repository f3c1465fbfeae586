"""The raw archive: what came from a belt, as it came, before anything is interpreted.

One append-only file per belt, `archive/<belt id>.plumb`, of frames (see `plumbline.store.frames`).

The body of a page is the receive time (UTC milliseconds, int64) and the page's bytes; that
of a fact is a JSON object (what a sync learnt of the belt and its clock, a hole in the
belt's log, a log begun anew). That of a tail is the receive time and a page of which the
records that are here already were left out: its head (16 bytes) as it came, the records
behind those, its CRC. So a page that grows while the belt is plugged in costs what it grew by;
`whole_pages` puts the parts together. An imported page is the receive time, the number of the
log (int32) and a page made of the records of an export. Debris is a damaged stretch of a file
that was written anew, encrypted or decrypted. Everything in the database comes from
these files.
"""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from beltwire import pages

from plumbline import private
from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store.failures import told
from plumbline.store.frames import (
    FACT,
    IMPORTED,
    LOG,
    PAGE,
    TAIL,
    TIME,
    Frame,
    FrameWriter,
    parse_frames,
    read_file,
    sync_folder,
)
from plumbline.store.locks import try_lock
from plumbline.store.sealing import Sealer, refuse_mixed, sealer_of

SUFFIX = ".plumb"
LOCK_TRIES, LOCK_STEP_S = 10, 0.02


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
    """The whole frames of the archive from offset `start` on; damaged stretches are skipped.

    Raises StoreError where the file is locked, or sealed otherwise than its folder.
    """
    return read_file(path, sealer or archive_sealer(path), start)


def whole_pages(frames: Iterable[Frame]) -> Iterator[bytes]:
    """The pages as they came, tails joined to what came before; WireError where that is missing."""
    areas: dict[bytes, bytes] = {}  # records so far, by what is the same in a growing page's heads
    for frame in frames:
        if frame.kind not in (PAGE, TAIL):
            continue
        data = frame.page()[1]
        name = data[4:14]  # first sequence number, base time, boot
        end = len(data) - pages.TAIL
        area = data[pages.HEAD : end]
        if frame.kind == TAIL:
            missing = int.from_bytes(data[14:16], "little") - len(area)
            area = areas.get(name, b"")[:missing] + area
            data = data[: pages.HEAD] + area + data[end:]
            pages.parse_head(data)
        areas[name] = area
        yield data


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


class ArchiveWriter(FrameWriter):
    """Appends to one belt's archive; holds it to itself until closed.

    `checked`: offset up to which the file is known to be whole (an end of a frame).
    Raises StoreError when another process is writing it, too.
    """

    def __init__(self, folder: Path, belt: str, checked: int = 0) -> None:
        path = archive_path(folder, belt)
        sealer = archive_sealer(path)
        with told(folder):
            private.make_folder(path.parent)
            super().__init__(folder, path, sealer)
            try:
                sync_folder(path.parent)
                self._lock()
                refuse_mixed(path, sealer)
                self._mend(checked, f"{path.stem}-tail.bin", "an archive's unfinished end")
            except BaseException:
                self.close()
                raise

    def append_page(self, utc_ms: int, page: bytes) -> None:
        """Write a page as it came; safe only after `sync`."""
        self._append(PAGE, TIME.pack(utc_ms) + page)

    def append_tail(self, utc_ms: int, page: bytes, left_out: int) -> None:
        """Write a page without the records of its first so many bytes, which are here already."""
        tail = page[: pages.HEAD] + page[pages.HEAD + left_out :]
        self._append(TAIL, TIME.pack(utc_ms) + tail)

    def append_imported(self, utc_ms: int, log: int, page: bytes) -> None:
        """Write a page made of records that another Plumbline fetched."""
        self._append(IMPORTED, TIME.pack(utc_ms) + LOG.pack(log) + page)

    def append_fact(self, **fields: object) -> None:
        """Write a fact; safe only after `sync`."""
        text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self._append(FACT, text.encode())

    def _lock(self) -> None:
        for _attempt in range(LOCK_TRIES):  # somebody may only look whether it is being written
            if try_lock(self._file):
                return
            time.sleep(LOCK_STEP_S)
        raise _being_fetched()
