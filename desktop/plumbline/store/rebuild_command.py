"""`plumbline rebuild`: the database anew from the raw archive."""

import argparse
from pathlib import Path

from plumbline.console import ProgressText
from plumbline.i18n import _, number
from plumbline.store.database import Store
from plumbline.store.failures import DamagedInUse
from plumbline.store.ingest import Ingested


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""
    parser.set_defaults(rebuild=True)


def run(args: argparse.Namespace) -> int:
    """Rebuild, say what came out."""
    try:
        total, notices = _rebuilt(args.data)
    except DamagedInUse:  # opened anew, it is put away
        total, notices = _rebuilt(args.data)
    for notice in notices:
        print(notice)
    print(
        _("Rebuilt from the archive: {minutes} minutes, {events} events.").format(
            minutes=number(total.minutes), events=number(total.events)
        )
    )
    if total.unreadable:
        print(
            _("{n} pages in the archive could not be read and were passed over.").format(
                n=total.unreadable
            )
        )
    return 0


def _rebuilt(folder: Path) -> tuple[Ingested, list[str]]:
    with Store.open_existing(folder) as store, ProgressText(_("Rebuilding")) as text:
        return store.rebuild(text.show), store.notices
