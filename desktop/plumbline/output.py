"""What commands write: whole files or none."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from plumbline.errors import UserError
from plumbline.i18n import _


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """A text file that takes the place of `path` only when all of it has been written.

    UserError where it cannot be written; then what was there before is still there. What is
    no file, such as /dev/stdout or a named pipe, is written to and never replaced.
    """
    with _whole(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        yield text
        text.detach()


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` as `whole_file` does."""
    with _whole(path) as file:
        file.write(data)


@contextmanager
def _whole(path: Path) -> Iterator[IO[bytes]]:
    temporary = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as device:
                yield device
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield file
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise UserError(
            _("{path} cannot be written ({reason}): choose another place with -o.").format(
                path=path, reason=error.strerror
            )
        ) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
