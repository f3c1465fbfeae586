"""`plumbline erase`: remove one belt's data, or everything, for good."""

import argparse

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store.database import Store
from plumbline.store.erasing import erase_belt, erase_everything


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose data, and that it is meant."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--belt", metavar="ID", help=_("what came from this belt, and all backups"))
    what.add_argument("--everything", action="store_true", help=_("all belts, and all backups"))
    parser.add_argument("--yes", action="store_true", help=_("do it; without this nothing happens"))


def run(args: argparse.Namespace) -> int:
    """Erase, once it is clear that it is meant."""
    with Store.open_existing(args.data) as store:
        known = {belt.id: belt.name for belt in store.belts()}
    if args.belt is not None and args.belt not in known:
        listed = ", ".join(f"{number} ({name})" for number, name in known.items())
        raise UserError(
            _("There is no belt {belt} in {folder}: name one of {belts}.").format(
                belt=args.belt, folder=args.data, belts=listed or "-"
            )
        )
    if not args.yes:
        raise UserError(
            _("This cannot be taken back: add --yes to erase the data in {folder}.").format(
                folder=args.data
            )
        )
    if args.everything:
        erase_everything(args.data)
    else:
        erase_belt(args.data, args.belt)
    print(_("The data and all backups in {folder} are erased.").format(folder=args.data))
    return 0
