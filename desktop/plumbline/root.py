"""Where Plumbline's own source tree lies.

The virtual belt runs the firmware from its sources, and its recordings are part of the
tree, so both need the tree that this package was installed from (editable install).
"""

from pathlib import Path

from plumbline.errors import UserError
from plumbline.i18n import _

MARKS = ("firmware/virtual/run.mjs", "protocol/beltwire", "data/recordings")


def repo_root() -> Path:
    """The folder that holds `firmware/`, `protocol/` and `data/`; UserError where there is none."""
    root = Path(__file__).resolve().parents[2]
    if not all((root / mark).exists() for mark in MARKS):
        raise UserError(
            _(
                "The firmware's sources are not beside this installation: run Plumbline from its "
                "source tree, where `make run` sets it up."
            )
        )
    return root


def recordings_dir() -> Path:
    """The folder of the bundled recordings."""
    return repo_root() / "data" / "recordings"
