"""`plumbline restore`: the data as a backup has it."""

import argparse
from pathlib import Path

from plumbline.console import ProgressText
from plumbline.i18n import _
from plumbline.store.restoring import restore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("a backup's zip file"))


def run(args: argparse.Namespace) -> int:
    """Restore, say where the data until now is."""
    with ProgressText(_("Restoring")) as text:
        kept = restore(args.file, args.data, text.show)
    print(_("The data of {file} are in {folder}.").format(file=args.file, folder=args.data))
    if kept is not None:
        print(_("What was there before is kept in {folder}.").format(folder=kept.parent))
    return 0
