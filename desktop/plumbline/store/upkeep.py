"""What is done for the data where nobody waits for it: the day's check, the week's backup.

A sync opens the database without reading it through and ends when the belt is done; then comes
this: the database, then archives and journal are read through, and mended one from the other. A
backup is made of what was checked, so none takes the place of a good one; and what a sync wrote
into a damaged database is in the archive, from which it is built anew.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from plumbline import private
from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import opening
from plumbline.store.backup import back_up_if_due
from plumbline.store.database import Store
from plumbline.store.exchange import CACHE

NAME = "archives-read"  # the day on which archives and journal were read through


class Kept(NamedTuple):
    """Whether the database was found whole; sentences on what was mended or did not work."""

    whole: bool
    notices: list[str]


def keep_up(folder: Path) -> Kept:
    """Check the data if that was not done today, mend them, back up if it is due."""
    notices: list[str] = []
    try:
        whole = opening.was_checked(folder) or opening.is_whole(folder)
        if not whole or not _read_through_today(folder):
            with Store.open(folder) as store:  # which builds a damaged database anew
                store.heal()
                notices += store.notices
            _note(folder)
    except StoreError as error:
        return Kept(True, [str(error)])
    try:
        back_up_if_due(folder, datetime.now(UTC))
    except StoreError as error:
        notices.append(_("No backup could be made. {why}").format(why=error))
    return Kept(whole, notices)


def _read_through_today(folder: Path) -> bool:
    """Whether archives and journal were."""
    try:
        return (folder / CACHE / NAME).read_text(encoding="ascii") == _today()
    except (OSError, ValueError):
        return False


def _note(folder: Path) -> None:
    with suppress(OSError):
        private.make_folder(folder / CACHE)
        private.write_file(folder / CACHE / NAME, _today().encode())


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
