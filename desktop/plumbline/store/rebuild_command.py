"""`plumbline rebuild`: the database anew from the raw archive."""

import argparse

from plumbline.console import ProgressText
from plumbline.i18n import _
from plumbline.store.database import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""
    parser.set_defaults(rebuild=True)


def run(args: argparse.Namespace) -> int:
    """Rebuild, say what came out."""
    with Store.open_existing(args.data) as store, ProgressText(_("Rebuilding")) as text:
        total = store.rebuild(text.show)
    for notice in store.notices:
        print(notice)
    print(
        _("Rebuilt from the archive: {minutes} minutes, {events} events.").format(
            minutes=total.minutes, events=total.events
        )
    )
    if total.unreadable:
        print(
            _("{n} pages in the archive could not be read and were passed over.").format(
                n=total.unreadable
            )
        )
    return 0
