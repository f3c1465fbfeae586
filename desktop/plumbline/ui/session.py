"""All that a window needs from outside itself, in one place; tests give their own."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from queue import SimpleQueue

from PyQt6.QtCore import QTimeZone

from plumbline import made_up
from plumbline.analysis.days import DayRule, local_zone
from plumbline.errors import log_bug
from plumbline.i18n import _
from plumbline.store.database import Store
from plumbline.store.upkeep import Kept, keep_up
from plumbline.ui.belt_talk import Listener, Wish
from plumbline.ui.link_work import Link, SerialLink, SyncOutcome
from plumbline.ui.reader import Source
from plumbline.ui.tasks import Turn

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
    turn: Turn = field(default_factory=Turn)
    """Whose turn it is to do something to the data as a whole, which the reader does not hold."""

    @property
    def is_made_up(self) -> bool:
        """Whether the days are a demo's: a virtual belt is worn now, or was."""
        return self.demo or made_up.is_marked(self.folder)

    @property
    def demo_kept(self) -> bool:
        """Whether a demo was tried before, whose days are still there."""
        return made_up.is_marked(self.folder / made_up.DEMO_FOLDER)

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


class LinkInTurn:
    """A way to the belts whose syncs wait while something is done to the data as a whole."""

    def __init__(self, session: Session) -> None:
        self._link, self._turn = session.link, session.turn

    def ports(self) -> list[str]:
        """See `Link`."""
        return self._link.ports()

    def sync(
        self,
        port: str,
        began: Callable[[str], None],
        progressed: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> SyncOutcome:
        """See `Link`."""
        with self._turn.taken():
            return self._link.sync(port, began, progressed, cancelled)

    def talk(
        self,
        port: str,
        wishes: "SimpleQueue[Wish]",
        listener: Listener,
        stopped: Callable[[], bool],
    ) -> None:
        """See `Link`."""
        self._link.talk(port, wishes, listener, stopped)


def _zone() -> tzinfo:
    """The system's zone; Windows has names of its own for zones, which Qt translates."""
    name = QTimeZone.systemTimeZoneId().data().decode() if sys.platform == "win32" else None
    return local_zone(name)


def real_session(folder: Path, *, demo: bool = False) -> Session:
    """The session of a data folder and this computer's ports."""
    turn = Turn()

    def look_after() -> Kept:
        with turn.taken():
            return keep_up(folder)

    return Session(
        folder,
        SerialLink(folder),
        lambda: Store.open(folder, check=False),
        demo=demo,
        keep_up=look_after,
        turn=turn,
    )
