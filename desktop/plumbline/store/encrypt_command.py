"""`plumbline encrypt`: only who has the key can read the data folder."""

import argparse
from datetime import UTC, datetime

from plumbline.console import ProgressText
from plumbline.i18n import _
from plumbline.store import sealing
from plumbline.store.backup import back_up_if_due
from plumbline.store.passphrase_command import new_passphrase
from plumbline.store.protecting import encrypt
from plumbline.store.sealing import PASSPHRASE_VARIABLE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is to open the data."""
    parser.add_argument(
        "--keyring",
        action=argparse.BooleanOptionalAction,
        default=True,
        help=_("whether this computer's keyring keeps the key, so that nobody is asked"),
    )
    parser.add_argument(
        "--keep-backups",
        action="store_true",
        help=_("leave the backups made until now, which anybody can read"),
    )
    parser.add_argument(
        "--status", action="store_true", help=_("only say whether the data are encrypted")
    )


def run(args: argparse.Namespace) -> int:
    """Encrypt, or say how things are."""
    if not args.status:
        passphrase = new_passphrase(PASSPHRASE_VARIABLE)
        with ProgressText(_("Encrypting")) as text:
            encrypt(
                args.data,
                passphrase,
                keyring=args.keyring,
                keep_backups=args.keep_backups,
                tell=text.show,
            )
        back_up_if_due(args.data, datetime.now(UTC))
    found = sealing.protection(args.data)
    print(found.sentence())
    if found.encrypted and not found.passphrase:
        print(_("Without this computer nobody can open them, nor their backups: set a passphrase."))
    if found.encrypted and not found.keyring:
        print(_("Whoever forgets the passphrase loses the data: there is no other way in."))
    return 0
