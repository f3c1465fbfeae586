"""`plumbline export`: days, minutes, events, records, clocks, a data dictionary as files."""

import argparse
from dataclasses import replace
from pathlib import Path

from plumbline import made_up
from plumbline.console import ProgressText
from plumbline.days_command import a_date, add_day_options, day_rule
from plumbline.errors import UserError
from plumbline.export.exporting import WRITERS, Export, bounds, export, in_the_way
from plumbline.i18n import _, number
from plumbline.people.subjects import named
from plumbline.store.database import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What, where to, in which form."""
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help=_("folder to write"))
    parser.add_argument(
        "--format",
        choices=sorted(WRITERS),
        default="csv",
        help=_("csv (default), jsonl or parquet"),
    )
    parser.add_argument("--from", dest="first", metavar="DATE", type=a_date, help="2026-11-20")
    parser.add_argument(
        "--to", dest="last", metavar="DATE", type=a_date, help=_("this day included")
    )
    parser.add_argument("--wearer", metavar="NAME", help=_("only what is about this wearer"))
    add_day_options(parser)
    parser.add_argument("--overwrite", action="store_true", help=_("replace an earlier export"))


def run(args: argparse.Namespace) -> int:
    """Write days, minutes, events and the rest; all of them or none."""
    rule = day_rule(args.zone, args.day_begins)
    wanted = Export(args.out, args.format, bounds(args.first, args.last, rule), rule=rule)
    there = in_the_way(wanted)
    if there and not args.overwrite:
        refused = _("{file} exists already: choose another folder, or take --overwrite.")
        raise UserError(refused.format(file=there))
    with ProgressText(_("Writing")) as progress, Store.open_existing(args.data) as store:
        if args.wearer is not None:
            about = named(store, [belt.id for belt in store.belts()], args.wearer)
            wanted = replace(wanted, about=about)
        counts = export(store, wanted, progress.show)
        is_made_up = store.is_made_up
    print(
        _("{minutes} minutes and {events} events are in {folder}.").format(
            minutes=number(counts["minutes"]), events=number(counts["events"]), folder=args.out
        )
    )
    if is_made_up:
        print(made_up.sentence())
    return 0
