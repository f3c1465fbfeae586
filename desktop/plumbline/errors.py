"""Errors sorted by who must act.

`UserError`: the user can mend it; its text is one sentence (or two) that says what is
wrong and what to do. The command line prints it and exits with status 2, the window
shows it. `LinkError` and `StoreError` are the ones of the serial link and of the data
folder. Everything else that reaches `main` is a bug in Plumbline: its traceback goes
into a file, the user is told where.
"""

import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from plumbline import private

LOG_NAME = "plumbline-errors.log"


class UserError(Exception):
    """Something its user can mend; `str(error)` is the sentence to show."""


class LinkError(UserError):
    """The belt, its cable or its port; what was already fetched is kept.

    `port`: its path where it is about one; `kept`: a sentence on what has come until then.
    """

    port = ""
    kept = ""

    def on(self, port: str) -> Self:
        """The error, which is about that port."""
        self.port = port
        return self


class StoreError(UserError):
    """The data folder or the database in it."""


def log_bug(error: BaseException, folder: Path) -> Path:
    """Append the traceback to the log in `folder`, or in the temporary folder; return its path."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    text = "".join(traceback.format_exception(error))
    entry = f"--- {when} Python {sys.version.split()[0]} arguments {sys.argv[1:]}\n{text}\n"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            private.make_folder(place)
            with private.open_file(place / LOG_NAME, "ab") as log:
                log.write(entry.encode(errors="replace"))
        except OSError:
            continue
        return place / LOG_NAME
    sys.stderr.write(entry)
    return Path("stderr")
