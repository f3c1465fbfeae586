"""`plumbline import`: the records of an export into the data folder."""

import argparse
from pathlib import Path

import plumbline.people.records  # noqa: F401 - registers the kinds that are made clean
from plumbline import made_up
from plumbline.errors import UserError
from plumbline.export import manifest
from plumbline.export.entries import read_changes
from plumbline.export.reading import FORMS, find_form, read_export
from plumbline.i18n import _, ngettext, number
from plumbline.store.bringing_in import bring_in
from plumbline.store.database import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which export."""
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help=_("what plumbline export has written")
    )
    parser.add_argument("--format", choices=FORMS, help=_("where DIR holds more than one form"))


def run(args: argparse.Namespace) -> int:
    """Read all of it, then take in what is not here yet."""
    belts = read_export(args.folder, args.format or find_form(args.folder))
    changes = read_changes(args.folder)
    _keep_apart(args.data, args.folder)
    fresh = 0
    if changes:
        with Store.open(args.data) as store:
            fresh = store.bring_in_changes(changes)
    total = bring_in(args.data, belts)
    count = sum(len(found.records) for found in belts.values())
    print(
        _("{minutes} new minutes, {events} new events; {known} records were here already.").format(
            minutes=number(total.minutes),
            events=number(total.events),
            known=number(count - total.records),
        )
    )
    if changes:
        print(
            ngettext(
                "{n} new change of what was entered.", "{n} new changes of what was entered.", fresh
            ).format(n=number(fresh))
        )
    if made_up.is_marked(args.data):
        print(made_up.sentence())
    return 0


def _keep_apart(data: Path, folder: Path) -> None:
    """A demo's days never come among a person's, nor these among a demo's. Raises UserError.

    A folder without data takes a demo's, and bears its mark from then on.
    """
    is_demo = manifest.holds_a_demo(folder)
    if is_demo is made_up.is_marked(data):
        return
    with Store.open(data) as store:
        is_empty = not store.belts() and not store.all_changes()
    if is_demo and not is_empty:
        text = _(
            "{folder} holds a demo's days and {data} a person's: import them into a folder of "
            "their own with --data."
        )
        raise UserError(text.format(folder=folder, data=data))
    if is_demo:
        made_up.mark(data)
    else:
        text = _(
            "{data} holds a demo's days and {folder} a person's: import them into a folder of "
            "their own with --data."
        )
        raise UserError(text.format(folder=folder, data=data))
