"""What is done for the data where nobody waits for it: the day's check, the week's backup.

A sync opens the database without reading it through and ends when the belt is done; then comes
this. A backup is made of a database that was checked, so none takes the place of a good one;
and what a sync wrote into a damaged database is in the archive, from which it is built anew.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from plumbline.errors import StoreError
from plumbline.i18n import _
from plumbline.store import opening
from plumbline.store.backup import back_up_if_due
from plumbline.store.database import Store


class Kept(NamedTuple):
    """Whether the database was found whole; sentences on what was mended or did not work."""

    whole: bool
    notices: list[str]


def keep_up(folder: Path) -> Kept:
    """Check the database if that was not done today, mend it, back up if it is due."""
    notices: list[str] = []
    try:
        whole = opening.was_checked(folder) or opening.is_whole(folder)
        if not whole:
            with Store.open(folder) as store:
                notices += store.notices
    except StoreError as error:
        return Kept(True, [str(error)])
    try:
        back_up_if_due(folder, datetime.now(UTC))
    except StoreError as error:
        notices.append(_("No backup could be made. {why}").format(why=error))
    return Kept(whole, notices)
