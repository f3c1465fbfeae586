"""`plumbline backup`: the data in one file."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from plumbline.console import ProgressText
from plumbline.errors import UserError
from plumbline.i18n import _, number
from plumbline.store.backup import FOLDER, back_up
from plumbline.store.sealing import protection


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help=_("zip file (else in the data folder)")
    )


def run(args: argparse.Namespace) -> int:
    """Write the backup, say where it is."""
    name = f"plumbline-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    target = args.file or args.data / FOLDER / name
    if target.exists():
        raise UserError(_("{file} exists already: choose another name.").format(file=target))
    with ProgressText(_("Writing")) as text:
        back_up(args.data, target, text.show)
    print(
        _("The backup is {file} ({size} MB).").format(
            file=target, size=number(target.stat().st_size / 1e6, 1)
        )
    )
    if not protection(args.data).encrypted:
        print(_("It is not encrypted: whoever has the file can read the data."))
    return 0
