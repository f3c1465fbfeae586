"""All that a window needs from outside itself, in one place; tests give their own."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path

from PyQt6.QtCore import QTimeZone

from plumbline import made_up
from plumbline.analysis.days import DayRule, local_zone
from plumbline.errors import log_bug
from plumbline.i18n import _
from plumbline.store.database import Store
from plumbline.store.upkeep import Kept, keep_up
from plumbline.ui.link_work import Link, SerialLink
from plumbline.ui.reader import Source

SETTINGS_NAME = "window.ini"


@dataclass(frozen=True)
class Session:
    """A data folder with its clock, zone and way to the belts. `demo`: the data are made up."""

    folder: Path
    link: Link
    open_source: Callable[[], Source]
    rule: DayRule = field(default_factory=lambda: DayRule(_zone()))
    now_utc_s: Callable[[], float] = time.time
    demo: bool = False
    keep_up: Callable[[], Kept] = lambda: Kept(True, [])
    """The day's check and the week's backup, once a day's first picture is on the screen."""
    personal: Path | None = None
    """Where the window remembers what is the person's, whatever the data; None: with the rest."""

    @property
    def is_made_up(self) -> bool:
        """Whether the days are a demo's: a virtual belt is worn now, or was."""
        return self.demo or made_up.is_marked(self.folder)

    @property
    def settings_path(self) -> Path:
        """Where the window remembers its place and size."""
        return self.folder / SETTINGS_NAME

    def today(self) -> date:
        """The wearer's today."""
        return self.rule.day_of(self.now_utc_s())

    def report_bug(self, error: BaseException) -> str:
        """Log the traceback; return the sentence to show."""
        place = log_bug(error, self.folder)
        return _("This is a bug in Plumbline ({error}); details in {file}").format(
            error=type(error).__name__, file=place
        )


def _zone() -> tzinfo:
    """The system's zone; Windows has names of its own for zones, which Qt translates."""
    name = QTimeZone.systemTimeZoneId().data().decode() if sys.platform == "win32" else None
    return local_zone(name)


def real_session(folder: Path, *, demo: bool = False) -> Session:
    """The session of a data folder and this computer's ports."""
    return Session(
        folder,
        SerialLink(folder),
        lambda: Store.open(folder, check=False),
        demo=demo,
        keep_up=lambda: keep_up(folder),
    )
