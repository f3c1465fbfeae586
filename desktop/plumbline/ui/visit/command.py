"""`plumbline visit`: the page for a visit to a doctor or physiotherapist, as PDF."""

import argparse
import time
from pathlib import Path

from plumbline import made_up
from plumbline.days_command import add_day_options, day_rule
from plumbline.i18n import _, language
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
        if args.wearer is None:
            reader.overview()
        else:
            reader.overview(reader.named(args.wearer).key)
        state = CoachReader(reader, rule, time.time).state()
    finally:
        reader.close()
    write_whole(args.out, pdf(visit_sheet(state)))
    del app
    if state.is_made_up:
        print(made_up.sentence())
    print(_("The page for a visit is in {file}.").format(file=args.out))
    return 0
