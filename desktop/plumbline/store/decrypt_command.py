"""`plumbline decrypt`: the data folder as anybody can read it."""

import argparse

from plumbline.console import ProgressText
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store import sealing
from plumbline.store.protecting import decrypt


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """That it is meant."""
    parser.add_argument("--yes", action="store_true", help=_("do it; else nothing happens"))


def run(args: argparse.Namespace) -> int:
    """Decrypt, once it is clear that it is meant."""
    if not args.yes:
        raise UserError(
            _("Whoever can read this computer's files could read the data: add --yes to do it.")
        )
    with ProgressText(_("Decrypting")) as text:
        decrypt(args.data, text.show)
    print(sealing.protection(args.data).sentence())
    return 0
