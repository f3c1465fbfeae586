"""The journal: what people enter, as they entered it, before anything is made of it.

`archive/journal.plj` holds frames as a belt's archive does (see `plumbline.store.frames`).
The first is a fact: the journal's name, made anew when an erasure has written it anew. Every
other is an entry (kind 6), a JSON object:

    n          numbers the changes in this journal, from 1
    at_utc_ms  when it was entered; later than every earlier change of the same id
    kind, id   which entry: its sort ("note", "diary", ...) and its name among these
    wearer     whom it is about; null: the one who needs no set-up
    op         "put": these are its fields from now on; "remove": it is gone
    fields     of a put: the entry's content

Nothing is ever overwritten: an edit is another put of the same id, an undo is one more change.
The rows in the database are read from here, and a rebuild reads all of it again.
"""

import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Self

from plumbline import private
from plumbline.errors import StoreError, UserError
from plumbline.i18n import _
from plumbline.store.failures import told
from plumbline.store.frames import (
    ENTRY,
    FACT,
    Frame,
    FrameWriter,
    open_file,
    pack_frame,
    parse_frames,
    read_file,
    sync_folder,
)
from plumbline.store.locks import try_lock
from plumbline.store.sealing import Sealer, refuse_mixed, sealer_of

NAME = "journal.plj"
LOCK = "journal.lock"
PUT, REMOVE = "put", "remove"
LONGEST = 500_000  # bytes of an entry; ten thousand characters of a note are 60,000 at most
WAIT_S = 10.0
_RETRY_S = 0.02


class Change(NamedTuple):
    """One change of an entry, as the journal holds it."""

    n: int
    at_utc_ms: int
    kind: str
    id: str
    wearer: str | None
    op: str
    fields: dict[str, Any]

    def to_bytes(self) -> bytes:
        """The frame's body. Raises UserError where it is too long."""
        text = json.dumps(self._asdict(), sort_keys=True, separators=(",", ":"), allow_nan=False)
        body = text.encode()
        if len(body) > LONGEST:
            raise UserError(_("This text is too long to be kept: shorten it."))
        return body

    @classmethod
    def from_body(cls, body: bytes) -> Self:
        """Raises ValueError where the body is none of ours."""
        return cls.from_fields(json.loads(body))

    @classmethod
    def from_fields(cls, found: Any) -> Self:
        """From what JSON made of it; names not known are passed over. Raises ValueError."""
        try:
            change = cls(*(found[name] for name in cls._fields))
        except (KeyError, TypeError) as error:
            raise ValueError(found) from error
        kinds = (int, int, str, str, str | None, str, dict)
        if not all(isinstance(v, k) for v, k in zip(change, kinds, strict=True)):
            raise ValueError(found)
        if change.op not in (PUT, REMOVE) or not change.kind or not change.id:
            raise ValueError(found)
        return change


def journal_path(folder: Path) -> Path:
    """The journal's file in a data folder."""
    return folder / "archive" / NAME


def journal_sealer(folder: Path) -> Sealer:
    """What seals the journal's frames. Raises StoreError."""
    return sealer_of(folder, "journal")


def read_journal(folder: Path, start: int = 0) -> Iterator[Frame]:
    """The whole frames from offset `start` on; damaged stretches are skipped."""
    path = journal_path(folder)
    if not path.exists():
        return
    yield from read_file(path, journal_sealer(folder), start)


def changes(frames: Iterator[Frame]) -> Iterator[Change]:
    """The changes among the frames; one that cannot be read is passed over."""
    for frame in frames:
        if frame.kind == ENTRY:
            try:
                yield Change.from_body(frame.body)
            except ValueError:
                continue


def journal_name(folder: Path) -> str:
    """The name in the journal's first frame; empty where there is none."""
    path = journal_path(folder)
    if not path.exists():
        return ""
    with path.open("rb") as file:
        head = file.read(1024)
    frame = next(parse_frames(head, journal_sealer(folder)), None)
    if frame is None or frame.kind != FACT:
        return ""
    return str(frame.fact().get("journal", ""))


class JournalWriter(FrameWriter):
    """Appends to the journal; holds it to itself until closed.

    `checked`: the offset (an end of a frame) up to which the journal of this name is known to
    be whole. Waits up to `wait_s` for another program that is writing. Raises StoreError; a
    change is then wholly there or not at all.
    """

    def __init__(
        self, folder: Path, checked: tuple[str, int] = ("", 0), wait_s: float = WAIT_S
    ) -> None:
        path = journal_path(folder)
        with told(folder):
            private.make_folder(path.parent)
            self._lock = _locked(folder, wait_s)
            try:
                sealer = journal_sealer(folder)
                refuse_mixed(path, sealer)
                super().__init__(folder, path, sealer)
                name, end = checked
                self._begin(end if name == journal_name(folder) else 0)
            except BaseException:
                self.close()
                raise

    def append(self, change: Change) -> None:
        """Write a change; safe only after `sync`."""
        self._append(ENTRY, change.to_bytes())

    def rewrite(self, kept: Callable[[Change], bool], wipe: Callable[[Path], None]) -> None:
        """Write the journal anew without the other changes; `wipe` overwrites the old file.

        Frames that are no changes this program can read stay as they are. A process killed
        anywhere leaves the old journal or the new one, and the next rewriting wipes the rest.
        """
        frames = [frame for frame in read_journal(self._folder) if _is_kept(frame, kept)]
        old, new = self.path.with_suffix(".old"), self.path.with_suffix(".new")
        with told(self._folder):
            for left in (old, new):
                wipe(left)
            self._write_anew(new, frames)
            self._file.close()
            with suppress(OSError):  # a disk without links: the old file is let go unwiped
                os.link(self.path, old)
            new.replace(self.path)
            wipe(old)
            self._file = open_file(self.path)
            self._file.seek(0, os.SEEK_END)

    def close(self) -> None:
        """Release the journal."""
        for file in (getattr(self, "_file", None), self._lock):
            if file is not None:
                file.close()

    def _write_anew(self, path: Path, frames: list[Frame]) -> None:
        with private.open_file(path, "xb") as file:
            file.write(_head(self._sealer))
            for frame in frames:
                file.write(pack_frame(frame.kind, frame.body, self._sealer, file.tell()))
            file.flush()
            os.fsync(file.fileno())

    def _begin(self, checked: int) -> None:
        """Mend the file's end; give a new file its name."""
        if self._mend(checked, "journal-tail.bin", "the journal's unfinished end") == 0:
            self._file.write(_head(self._sealer))
            self.sync()
            sync_folder(self.path.parent)


def _is_kept(frame: Frame, kept: Callable[[Change], bool]) -> bool:
    if frame.kind == FACT:
        return False  # the head; a new one takes its place
    found = next(changes(iter([frame])), None)
    return found is None or kept(found)


def _head(sealer: Sealer) -> bytes:
    text = json.dumps({"fact": "journal", "journal": uuid.uuid4().hex, "version": 1})
    return pack_frame(FACT, text.encode(), sealer, 0)


def _locked(folder: Path, wait_s: float) -> BinaryIO:
    """The lock's open file; a file of its own, since the journal's can be replaced."""
    file = open_file(folder / "archive" / LOCK)
    end = time.monotonic() + wait_s
    while not try_lock(file):
        if time.monotonic() >= end:
            file.close()
            raise StoreError(
                _("Another Plumbline is writing in {folder}: wait, then try again.").format(
                    folder=folder
                )
            )
        time.sleep(_RETRY_S)
    return file
