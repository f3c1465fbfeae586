"""Files that are there wholly or not at all."""

import csv
import errno
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from plumbline.errors import UserError
from plumbline.export.tables import Column, Value
from plumbline.i18n import _

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Staged:
    """Files written beside their final names; `put_in_place` gives them these."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._written: list[tuple[Path, Path]] = []

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A file to write, on the disk when the block ends."""
        draft = self.folder / f".{name}.{os.getpid()}.part"
        self._written.append((draft, self.folder / name))
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def put_in_place(self) -> list[Path]:
        """Give all files their names; return them."""
        for draft, final in self._written:
            draft.replace(final)
        return [final for _draft, final in self._written]

    def discard(self) -> None:
        """Remove what is not in place."""
        for draft, _final in self._written:
            draft.unlink(missing_ok=True)


@contextmanager
def staged(folder: Path) -> Iterator[Staged]:
    """Write files into `folder`, all or none; raises UserError for what the disk refuses."""
    stage = Staged(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield stage
    except OSError as error:
        raise _sentence(error, folder) from error
    finally:
        stage.discard()


def write_csv(file: BinaryIO, columns: Sequence[Column], rows: Iterable[list[Value]]) -> None:
    """Comma-separated, CRLF, RFC 4180; dictionaries as JSON; nothing as an empty field."""
    with _text(file) as text:
        writer = csv.writer(text)
        writer.writerow([column.name for column in columns])
        for row in rows:
            writer.writerow([json.dumps(v) if isinstance(v, dict) else v for v in row])


def write_json_lines(
    file: BinaryIO, columns: Sequence[Column], rows: Iterable[list[Value]]
) -> None:
    """One JSON object a line."""
    names = [column.name for column in columns]
    with _text(file) as text:
        for row in rows:
            text.write(json.dumps(dict(zip(names, row, strict=True))) + "\n")


@contextmanager
def _text(file: BinaryIO) -> Iterator[TextIO]:
    """UTF-8 text into a file that stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        yield text
    finally:
        text.flush()
        text.detach()


def _sentence(error: OSError, folder: Path) -> UserError:
    if error.errno in _FULL:
        text = _("There is no room left on the disk of {folder}: free some space and try again.")
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = _("The folder {folder} cannot be written: choose another one.")
    elif error.errno in (errno.ENOTDIR, errno.EEXIST):
        text = _("{folder} is not a folder: choose another one.")
    else:
        reason = error.strerror or str(error)
        text = _("The folder {folder} cannot be used ({reason}): choose another one.")
        return UserError(text.format(folder=folder, reason=reason))
    return UserError(text.format(folder=folder))
