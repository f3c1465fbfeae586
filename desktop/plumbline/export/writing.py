"""Files that are there wholly or not at all."""

import csv
import errno
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, repeat
from json.encoder import encode_basestring_ascii
from math import isfinite
from pathlib import Path
from types import NoneType
from typing import Any, BinaryIO, TextIO

from plumbline.errors import UserError
from plumbline.export.tables import Column, Value
from plumbline.i18n import _

BLOCK = 1000  # rows
FEW = 4  # a value stands in so many of them, on the average
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


def write_csv(file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
    """Comma-separated, CRLF, RFC 4180; dictionaries as JSON; nothing as an empty field."""
    with _text(file) as text:
        writer = csv.writer(text)
        writer.writerow([column.name for column in columns])
        for block in _blocks(rows):
            plain = (
                [json.dumps(v) if isinstance(v, dict) else v for v in values]
                if dict in set(map(type, values))
                else values
                for values in zip(*block, strict=True)
            )
            writer.writerows(zip(*plain, strict=True))


def write_json_lines(
    file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> None:
    """One JSON object a line, as `json.dumps` writes it, but a column at a time: most columns have
    few values, and one type, so that seldom each value has to be turned into text."""
    names = [json.dumps(column.name).replace("%", "%%") for column in columns]
    for block in _blocks(rows):
        parts, texts = [], []
        for name, values in zip(names, zip(*block, strict=True), strict=True):
            found = _json_texts(values)
            if isinstance(found, str):
                parts.append(f"{name}: {found.replace('%', '%%')}")
            else:
                parts.append(f"{name}: %s")
                texts.append(found)
        line = "{" + ", ".join(parts) + "}\n"
        of_rows = zip(*texts, strict=True) if texts else repeat((), len(block))
        file.write("".join(map(line.__mod__, of_rows)).encode("ascii"))


def _blocks(rows: Iterable[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    rest = iter(rows)
    while block := list(islice(rest, BLOCK)):
        yield block


def _json_texts(values: Sequence[Any]) -> Iterable[str] | str:
    """Each value as JSON has it, or, where there is but one, that."""
    kinds = set(map(type, values))
    if kinds <= {float, NoneType} and all(map(isfinite, filter(None, values))):
        return ["null" if value is None else float.__repr__(value) for value in values]
    if not (kinds == {int} or kinds <= {str, NoneType}):  # 1, 1.0 and True are equal
        return map(json.dumps, values)
    different = set(values)
    if len(different) == 1:
        return json.dumps(values[0])
    if len(different) < len(values) // FEW or NoneType in kinds:
        return map({value: json.dumps(value) for value in different}.__getitem__, values)
    return map(int.__repr__ if kinds == {int} else encode_basestring_ascii, values)


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
