"""`plumbline import`: the records of an export into the data folder."""

import argparse
from pathlib import Path

import plumbline.people.records  # noqa: F401 - registers the kinds that are made clean
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
    return 0
