"""`plumbline passphrase`: what opens encrypted data."""

import argparse
import os

from plumbline.console import ask_on_terminal
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store import sealing
from plumbline.store.protecting import change

NEW_PASSPHRASE_VARIABLE = "PLUMBLINE_NEW_PASSPHRASE"


def new_passphrase(variable: str) -> str | None:
    """The new passphrase from the variable, or typed twice; None: none is wanted."""
    named = os.environ.get(variable)
    if named is not None:
        return named
    first = ask_on_terminal(_("New passphrase (empty: none): "))
    if not first:
        return None
    if ask_on_terminal(_("The same once more: ")) != first:
        raise UserError(_("These are two different passphrases: start again."))
    return first


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What else may open the data."""
    parser.add_argument(
        "--keyring",
        action=argparse.BooleanOptionalAction,
        help=_("whether this computer's keyring keeps the key, so that nobody is asked"),
    )


def run(args: argparse.Namespace) -> int:
    """Set or change the passphrase, or what the keyring keeps."""
    passphrase = new_passphrase(NEW_PASSPHRASE_VARIABLE)
    if passphrase is None and args.keyring is None:
        raise UserError(
            _("There is no new passphrase: type one on a terminal, or give it in {variable}.")
            .format(variable=NEW_PASSPHRASE_VARIABLE)
        )  # fmt: skip
    change(args.data, passphrase, keyring=args.keyring)
    print(sealing.protection(args.data).sentence())
    if passphrase is not None:
        print(_("Backups made until now are still opened by the passphrase of their day."))
    return 0
