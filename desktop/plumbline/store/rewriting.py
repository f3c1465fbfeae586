"""Writes a data folder's data anew under another key, or under none: archive, journal, database.

Frames are opened and sealed one by one; what is damaged in a file goes along as debris, so that
nothing is lost by it. The database is copied page by page by SQLCipher itself.
"""

import json
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plumbline import private
from plumbline.store import sqlite
from plumbline.store.archive import archive_path, archived_belts, read_frames
from plumbline.store.exchange import DATABASE
from plumbline.store.frames import DEBRIS, FACT, Frame, pack_frame
from plumbline.store.journal import journal_path, read_journal
from plumbline.store.sealing import Sealer, database_key_of, sealer_for
from plumbline.store.sqlite import key_literal

Told = Callable[[int, int], None]  # bytes done, bytes in all
_LONGEST_DEBRIS = 1 << 19
_STEP = 1 << 18  # bytes from one telling to the next
_STEPS = 50_000  # of SQLite's machine, likewise


def rewrite(
    folder: Path, target: Path, old_key: bytes | None, key: bytes | None, tell: Told
) -> None:
    """Write what `folder` holds into the empty folder `target`, sealed by `key`.

    `old_key` opens what is there; both are data keys, None for plain. Raises StoreError, OSError.
    """
    belts = archived_belts(folder)
    files = [archive_path(folder, belt) for belt in belts]
    sizes = (path.stat().st_size for path in (*files, folder / DATABASE) if path.exists())
    progress = _Progress(sum(sizes), tell)
    ends = {}
    private.make_folder(target / "archive")
    for belt, path in zip(belts, files, strict=True):
        frames = _with_debris(read_frames(path), path)
        sealer = sealer_for(key, f"archive/{belt}")
        ends[belt] = _write(archive_path(target, belt), frames, sealer, progress)
    if journal_path(folder).exists():
        _write(journal_path(target), _renamed(folder), sealer_for(key, "journal"), progress)
    if (folder / DATABASE).exists():
        _copy_database(folder, target, old_key, key, ends, progress)
    progress.end()


class _Progress:
    """Bytes written so far, told now and then."""

    def __init__(self, total: int, tell: Told) -> None:
        self._total, self._tell = total, tell
        self._done = self._told = 0

    def add(self, size: int) -> None:
        """So many more."""
        self._done += size
        if self._done - self._told >= _STEP:
            self._told = self._done
            self.show(0)

    def show(self, beside: int) -> None:
        """Tell, with what is being written by others."""
        self._tell(min(self._done + beside, self._total), self._total)

    def end(self) -> None:
        """All is written."""
        self._tell(self._total, self._total)


def _with_debris(frames: Iterator[Frame], path: Path) -> Iterator[Frame]:
    """The frames, and between them what none could be made of."""
    at = 0
    for frame in frames:
        yield from _debris(path, at, frame.start)
        at = frame.end
        yield frame
    yield from _debris(path, at, path.stat().st_size)


def _debris(path: Path, start: int, end: int) -> Iterator[Frame]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end:
            data = file.read(min(_LONGEST_DEBRIS, end - start))
            start += len(data)
            yield Frame(DEBRIS, data, start)


def _renamed(folder: Path) -> Iterator[Frame]:
    """The journal's frames under a new name: its rows in the database are read anew from it."""
    text = json.dumps({"fact": "journal", "journal": uuid.uuid4().hex, "version": 1})
    yield Frame(FACT, text.encode(), 0)
    frames = _with_debris(read_journal(folder), journal_path(folder))
    yield from (frame for frame in frames if frame.kind != FACT)


def _write(path: Path, frames: Iterator[Frame], sealer: Sealer, progress: _Progress) -> int:
    """Write the frames, safely on the disk; the file's end."""
    with private.open_file(path, "xb") as file:
        for frame in frames:
            progress.add(file.write(pack_frame(frame.kind, frame.body, sealer, file.tell())))
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _copy_database(
    folder: Path,
    target: Path,
    old_key: bytes | None,
    key: bytes | None,
    ends: dict[str, int],
    progress: _Progress,
) -> None:
    path = target / DATABASE
    private.make_file(path)
    new_key = database_key_of(key)
    with sqlite.closing(sqlite.connect(folder / DATABASE, database_key_of(old_key))) as source:
        literal = "" if new_key is None else key_literal(new_key)
        source.execute("ATTACH ? AS fresh KEY ?", (str(path), literal))
        size = "page_size" if new_key is None else "cipher_page_size"
        source.execute(f"PRAGMA fresh.{size} = {sqlite.PAGE_SIZE}")
        source.execute("PRAGMA foreign_keys = OFF")
        with _told_meanwhile(source, path, progress):
            source.execute("SELECT sqlcipher_export('fresh')")
        for name in ("user_version", "application_id"):
            (value,) = source.execute(f"PRAGMA main.{name}").fetchone()
            source.execute(f"PRAGMA fresh.{name} = {value}")
        for belt, end in ends.items():
            source.execute("UPDATE fresh.belts SET archive_end = ? WHERE hex = ?", (end, belt))
        source.execute("DETACH fresh")


@contextmanager
def _told_meanwhile(
    connection: sqlite.Connection, written: Path, progress: _Progress
) -> Iterator[None]:
    """Tell how large the file is that SQLite writes; what the telling raises ends that."""
    raised: list[Exception] = []

    def step() -> int:
        try:
            progress.show(written.stat().st_size)
        except Exception as error:  # noqa: BLE001 - carried through SQLite, raised behind it
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(step, _STEPS)
    try:
        yield
    except sqlite.Error:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
