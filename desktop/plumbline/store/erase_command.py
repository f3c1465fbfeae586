"""`plumbline erase`: remove a wearer's data, one belt's, or everything, for good."""

import argparse
from pathlib import Path

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.people.erasing import erase_wearer
from plumbline.people.records import WEARER
from plumbline.store.database import Store
from plumbline.store.erasing import erase_belt, erase_everything
from plumbline.store.export_list import exports
from plumbline.store.sealing import Locked


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose data, and that it is meant."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--belt", metavar="ID", help=_("what came from this belt, and all backups"))
    what.add_argument(
        "--wearer", metavar="NAME", help=_("what is about this wearer, and all backups")
    )
    what.add_argument("--everything", action="store_true", help=_("all belts, and all backups"))
    parser.add_argument("--yes", action="store_true", help=_("do it; without this nothing happens"))


def run(args: argparse.Namespace) -> int:
    """Erase, once it is clear that it is meant."""
    places = _places(args.data, args.everything)
    belt = args.belt and _belt(args.data, args.belt)
    wearer = args.wearer and _wearer(args.data, args.wearer)
    if not args.yes:
        raise UserError(
            _("This cannot be taken back: add --yes to erase the data in {folder}.").format(
                folder=args.data
            )
        )
    if args.everything:
        erase_everything(args.data)
    elif wearer:
        erase_wearer(args.data, wearer)
    else:
        erase_belt(args.data, belt)
    print(_("The data and all backups in {folder} are erased.").format(folder=args.data))
    if places:
        print(_("Exports were written to these places, and are still there:"))
        for place in places:
            print(f"  {place}")
    return 0


def _places(folder: Path, locked_too: bool) -> list[str]:
    """Where exports were written to, each place once."""
    try:
        with Store.open_existing(folder) as store:
            return list(dict.fromkeys(export.place for export in exports(store)))
    except Locked:
        if locked_too:  # whoever erases everything needs no passphrase
            return []
        raise


def _belt(folder: Path, given: str) -> str:
    with Store.open_existing(folder) as store:
        known = {belt.id: belt.name for belt in store.belts()}
    if given not in known:
        listed = ", ".join(f"{number} ({name})" for number, name in known.items())
        raise UserError(
            _("There is no belt {belt} in {folder}: name one of {belts}.").format(
                belt=given, folder=folder, belts=listed or "-"
            )
        )
    return given


def _wearer(folder: Path, given: str) -> str:
    """The id of the wearer with this name or id."""
    with Store.open_existing(folder) as store:
        known = {entry.id: str(entry.fields["name"]) for entry in store.entries(WEARER)}
    found = [number for number, name in known.items() if given in (number, name)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(
        f"{name} ({number})" for number, name in known.items() if not found or number in found
    )
    if found:
        raise UserError(
            _("Several wearers are called {name}: name one by its id: {wearers}.").format(
                name=given, wearers=listed
            )
        )
    raise UserError(
        _("There is no wearer {name} in {folder}: name one of {wearers}.").format(
            name=given, folder=folder, wearers=listed or "-"
        )
    )
