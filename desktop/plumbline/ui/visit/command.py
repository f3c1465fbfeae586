"""`plumbline visit`: the page for a visit to a doctor or physiotherapist, as PDF."""

import argparse
import time
from pathlib import Path

from plumbline.days_command import add_day_options, day_rule
from plumbline.errors import UserError
from plumbline.i18n import _, language, listed
from plumbline.output import write_whole
from plumbline.store.database import Store
from plumbline.ui.app import application
from plumbline.ui.coach.state import CoachReader
from plumbline.ui.language import speak
from plumbline.ui.presenters.visit import visit_sheet
from plumbline.ui.reader import Reader
from plumbline.ui.visit.page import pdf


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, about whom."""
    parser.add_argument(
        "-o", dest="out", metavar="FILE", type=Path, required=True, help=_("the PDF to write")
    )
    parser.add_argument("--wearer", metavar="NAME", help=_("whose page, where there are several"))
    add_day_options(parser)


def run(args: argparse.Namespace) -> int:
    """Write one page of what there is today."""
    # Letters need the application, on a display or off; Qt ends the process where nobody holds it.
    app = application()
    speak(language())
    rule = day_rule(args.zone, args.day_begins)
    reader = Reader(lambda: Store.open_existing(args.data), rule)
    try:
        reader.overview(_chosen(reader, args.wearer))
        state = CoachReader(reader, rule, time.time).state()
    finally:
        reader.close()
    write_whole(args.out, pdf(visit_sheet(state)))
    del app
    print(_("The page for a visit is in {file}.").format(file=args.out))
    return 0


def _chosen(reader: Reader, name: str | None) -> str | None:
    """The key of the wearer with this name; UserError where there is none or more than one."""
    wearers = [each for each in reader.overview().subjects if each.name]
    if name is None:
        return None
    found = [each.key for each in wearers if each.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    known = listed(each.name for each in wearers) or _("nobody")
    text = _("{name} is not the name of one wearer: choose one of {names}.")
    raise UserError(text.format(name=name, names=known))
