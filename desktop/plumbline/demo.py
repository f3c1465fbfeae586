"""`plumbline demo`: the window on a virtual belt with four weeks of days behind it.

Its wearer has been coached for five (`demo_story.py`). The demo has a data folder of its own
inside the user's, so made-up days never mix with real ones; deleting that folder removes all of it.
"""

import argparse
import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self

from plumbline import made_up
from plumbline.console import ProgressText
from plumbline.errors import LOG_NAME, UserError, log_bug
from plumbline.i18n import _
from plumbline.store.failures import told
from plumbline.ui import app as window_app
from plumbline.ui.demo_past import DemoPast
from plumbline.ui.link_work import SerialLink
from plumbline.ui.main_window import MainWindow
from plumbline.ui.one_window import OneWindow
from plumbline.ui.protection_dialog import unlocked
from plumbline.ui.remove_demo_dialog import ask
from plumbline.ui.session import real_session
from plumbline.virtual_belt import VirtualBelt

FOLDER = made_up.DEMO_FOLDER
BELT_FOLDER = "belt"
HISTORY_DAYS = 20
"""Workdays: four weeks."""
PICTURE = Path("plumbline.png")
MOST_STARTS = 5
START_GRACE_S = 1.0
"""A belt about to start is waited for so long at the end, to end it in good order."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help=_("save a picture of the window and exit, also where there is a display"),
    )


def run(args: argparse.Namespace) -> int:
    """Open the window on a virtual belt; without a display save a picture of it.

    Whoever removes the demo's data there goes on with the own ones.
    """
    status, removed = _window(args)
    while removed:
        said = _("The demo's data were removed.")
        print(said)
        status, again = window_app.own_window(args.data, said)
        if not again:
            break
        status, removed = _window(args)
    return status


def _window(args: argparse.Namespace) -> tuple[int, bool]:
    """The exit status, and whether the demo's data are no more. A restore has it opened anew."""
    folder = args.data / FOLDER
    shown = window_app.has_display()
    picture = args.screenshot or (None if shown else PICTURE)
    if not shown:
        print(_("There is no display: the window is drawn into {file}.").format(file=picture))
    if picture is None and window_app.open_elsewhere(folder):
        return 0, False
    if picture is None and not unlocked(folder):
        return 0, False
    print(_("Starting the virtual belt …"), flush=True)
    unwanted: list[bool] = []
    again: list[bool] = []
    with told(folder):
        made_up.mark(folder)
    with VirtualLink(folder) as link, ProgressText(_("history")) as progress:
        app = window_app.application()
        own = real_session(args.data).settings_path
        session = replace(real_session(folder, demo=True), link=link, personal=own)
        window = MainWindow(session, remember=picture is None)
        DemoPast(window)
        window.badge.remove_wanted.connect(partial(ask, window, partial(unwanted.append, True)))
        window.reopen_wanted.connect(partial(again.append, True))
        window.closing.connect(link.give_up)
        window.sync.asked.connect(link.begin_again)
        link.preparing = partial(_tell_both, window, progress)
        if picture is None:
            OneWindow(folder, window)
            status = window_app.stay(app, window)
        else:
            status = window_app.screenshot(app, window, picture, lambda: _tell(window, picture))
    if again:
        return _window(args)
    if unwanted:
        shutil.rmtree(folder)
    elif link.failure:
        print(link.failure, file=sys.stderr)
        return 1, False
    return status, bool(unwanted)


class VirtualLink(SerialLink):
    """The way to a virtual belt, which starts when it is first looked for.

    Its past takes a while to compute: by then the window is there and says how far it is. It is
    computed on a thread that the end of the program does not wait for; what is half done
    then is begun anew the next time. `preparing(done, total)` is called on that thread. A belt
    that has ended by itself is started again, as often as is of use; then that is told, and only
    `begin_again` has it started.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.preparing: Callable[[int, int], None] = lambda _done, _total: None
        self._data, self._belt_folder = folder, folder / BELT_FOLDER
        self._belt = self._made()
        self._starts, self._failure, self._logged = 0, "", ""
        self._starting: threading.Thread | None = None
        self._started = threading.Event()
        self._given_up = False
        self._error: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.give_up()
        if self._starting:
            self._starting.join(START_GRACE_S)
        self._belt.stop()

    def give_up(self) -> None:
        """Wait no longer for a belt that has not started yet."""
        self._given_up = True
        self._started.set()

    @property
    def failure(self) -> str:
        """The firmware's traceback, or empty."""
        return self._failure or self._belt.failure

    def ports(self) -> list[str]:
        """The belt's port; UserError where it cannot start."""
        if self._belt.ended.is_set() and not self._given_up:
            self._failure = self._belt.failure or self._failure
            if self._starts >= MOST_STARTS:
                raise self._ends_always()
            self._belt.stop()
            self._belt, self._starting = self._made(), None
            self._started.clear()
        if self._starting is None:
            self._starts += 1
            self._starting = threading.Thread(target=self._start, daemon=True)
            self._starting.start()
        self._started.wait()
        if self._error:
            error, self._error, self._starting = self._error, None, None
            self._started.clear()
            raise error
        return [] if self._given_up or self._belt.ended.is_set() else [self._belt.port]

    def begin_again(self) -> None:
        """The user wants another try."""
        self._starts = 0

    def _ends_always(self) -> UserError:
        """Its last words go where bugs are logged, once."""
        if self._failure != self._logged:
            self._logged = self._failure
            log_bug(RuntimeError(self._failure), self._data)
        return UserError(
            _(
                "The virtual belt has started {n} times and ended by itself each time; its last "
                "words are in {file}. Try again; if that does not help, remove the demo's data "
                "and begin anew."
            ).format(n=MOST_STARTS, file=self._data / LOG_NAME)
        )

    def _made(self) -> VirtualBelt:
        return VirtualBelt(
            self._belt_folder,
            history_days=HISTORY_DAYS,
            making_past=lambda done, total: self.preparing(done, total),
        )

    def _start(self) -> None:
        try:
            self._belt.start()
        except Exception as error:  # noqa: BLE001 - carried to the thread that waits
            self._error = error
        if self._given_up:
            self._belt.stop()
        self._started.set()


def _tell_both(window: MainWindow, progress: ProgressText, done: int, total: int) -> None:
    window.sync.tell_preparing(done, total)
    progress.show(done, total)


def _tell(window: MainWindow, picture: Path) -> None:
    """The day's summary, and where the picture is."""
    if window.shows_a_day:
        print(window.summary_text())
    print(_("The window was saved as {file}.").format(file=picture.absolute()))
