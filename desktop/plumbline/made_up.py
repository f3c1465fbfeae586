"""Which data folders hold a demo's days: a file in them says so, whatever the folder is called.

It stays when the data are erased or exchanged, and a backup and an export carry it on, so that
days nobody has lived are never taken for a person's.
"""

from pathlib import Path

from plumbline import private
from plumbline.i18n import _

NAME = "demo-data.txt"
DEMO_FOLDER = "demo"
"""Where a person's data folder has the demo's data."""
_TEXT = (
    "The days in this folder come from a virtual belt and the diary beside them is made up: "
    "plumbline demo made both. While this file is here, whatever shows or copies them says so.\n"
)


def mark(folder: Path) -> None:
    """Say of the folder that its data are made up. Raises OSError."""
    private.make_folder(folder)
    if not is_marked(folder):
        private.write_file(folder / NAME, _TEXT.encode())


def unmark(folder: Path) -> None:
    """The folder's data are a person's from now on. Raises OSError."""
    (folder / NAME).unlink(missing_ok=True)


def is_marked(folder: Path) -> bool:
    """Whether the data in the folder are made up."""
    return (folder / NAME).exists()


def sentence() -> str:
    """What is written above made-up data."""
    return _("DEMO DATA: a virtual belt and a made-up diary, nobody has lived these days.")
