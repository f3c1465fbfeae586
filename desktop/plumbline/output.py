"""What commands write: whole files or none, and progress for whoever waits at a terminal."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from plumbline.errors import UserError
from plumbline.i18n import _

PATIENCE_S = 1.0


@contextmanager
def whole_file(path: Path) -> Iterator[IO[str]]:
    """A text file that takes the place of `path` only when all of it has been written.

    UserError where it cannot be written; then what was there before is still there. What is
    no file, such as /dev/stdout or a named pipe, is written to and never replaced.
    """
    temporary = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("w", encoding="utf-8", newline="") as device:
                yield device
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
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


class Progress:
    """A line on standard error that tells how far it is, after a second, on a terminal only."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def show(self, done: int, total: int) -> None:
        """Tell that `done` of `total` is behind us."""
        if time.monotonic() - self._began < PATIENCE_S or not sys.stderr.isatty():
            return
        self._shown = True
        sys.stderr.write(f"\r{self._what}: {100 * done // max(total, 1)} %")
        sys.stderr.flush()
