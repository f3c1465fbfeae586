"""`plumbline gui`: the window; without a display the same window, drawn into a file."""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType

import pyqtgraph as pg
from PyQt6.QtCore import QCoreApplication, QEvent, QTimer
from PyQt6.QtWidgets import QApplication

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.ui import garbage
from plumbline.ui.appearance import readable_secondary_text
from plumbline.ui.icon import plumb_line
from plumbline.ui.main_window import MainWindow
from plumbline.ui.one_window import OneWindow, shown_elsewhere
from plumbline.ui.presenters.status import Phase
from plumbline.ui.protection_dialog import unlocked
from plumbline.ui.session import Session, real_session

OFFSCREEN = "offscreen"
SETTLE_MS = 300
WAKE_MS = 200
SCREENSHOT_LIMIT_MS = 600_000
SYNC_TRIES = 3
SWITCH_S = 0.0005
"""The window's thread waits for another one so long, not Python's 5 ms, every time it begins."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.epilog = _(
        "The variable PLUMBLINE_PORT names a port, or a file that names one, where a belt is "
        "looked for besides; several with a semicolon between them."
    )
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help=_("fetch what is connected, save a picture of the window and exit"),
    )


def run(args: argparse.Namespace, open_demo: Callable[[], int]) -> int:
    """Open the window and stay until it is closed, or go on in the demo's; the exit status."""
    if args.screenshot is None and not has_display():
        raise UserError(
            _(
                "There is no display to open a window on: log in to a desktop, or save a picture "
                "of the window with plumbline gui --screenshot FILE."
            )
        )
    if args.screenshot is not None:
        app = application()
        window = MainWindow(real_session(args.data), remember=False)
        return screenshot(app, window, args.screenshot)
    status, demo_wanted = own_window(args.data)
    return open_demo() if demo_wanted else status


def own_window(data: Path, said: str = "") -> tuple[int, bool]:
    """The window on the data in a folder until it is closed; `said`: what it says at first.

    The exit status, and whether the demo is wanted. A restore has it opened anew.
    """
    app = application()
    if open_elsewhere(data):
        return 0, False
    if not unlocked(data):
        return 0, False
    again: list[bool] = []
    window = MainWindow(real_session(data))
    OneWindow(data, window)
    window.badge.remove.hide()  # where there is one: what made the demo's data removes them
    wanted: list[bool] = []
    window.demo_wanted.connect(lambda: wanted.append(True))
    window.demo_wanted.connect(window.leave)
    window.reopen_wanted.connect(lambda: again.append(True))
    if said:
        window.passing.say(said, False)
    status = stay(app, window)
    return own_window(data) if again else (status, bool(wanted))


def open_elsewhere(data: Path) -> bool:
    """Whether a window on the folder is open already; it comes to the front then."""
    application()
    there = shown_elsewhere(data)
    if there:
        print(_("Plumbline is open already: its window comes to the front."))
    return there


def has_display() -> bool:
    """Whether this system can show a window, as far as its variables tell."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return os.environ["QT_QPA_PLATFORM"] != OFFSCREEN
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def application() -> QApplication:
    """The one application object, made for this system's display or for none."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = OFFSCREEN
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Plumbline")
    app.setDesktopFileName("plumbline")
    app.setWindowIcon(plumb_line())
    pg.setConfigOptions(antialias=True)
    readable_secondary_text(app)
    return app


def stay(app: QApplication, window: MainWindow) -> int:
    """Show the window until it is closed; Ctrl-C in the terminal closes it as well."""
    with bugs_told(window.session) as bugs, closed_by_signals(window):
        show(window)
        app.exec()
    app.processEvents()  # a second wish to quit, else it would end the window that follows
    take_apart(window)
    return 1 if bugs else 0


def take_apart(window: MainWindow) -> None:
    """Have Qt delete a window that is closed, whole, before Python takes it to pieces: that may
    end the process in disorder, and another window may follow."""
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
    garbage.anywhere()


def show(window: MainWindow) -> None:
    """Show the window, and keep what stops all threads at once from lasting long.

    What was made for good is not looked through for garbage again, and all that is left is so
    seldom: it takes as long as drawing a day does.
    """
    sys.setswitchinterval(SWITCH_S)
    garbage.between_events(window)
    window.rooms.all_made.connect(gc.freeze)
    window.director.warmed.connect(gc.freeze)
    window.show()
    window.start()


def screenshot(
    app: QApplication, window: MainWindow, path: Path, drawn: Callable[[], None] | None = None
) -> int:
    """Wait until everything was fetched and drawn, save a picture, close; the exit status."""
    problems: list[str] = []

    def finish() -> None:
        if not window.grab().save(str(path)):
            problems.append(_("{file} cannot be written: name another file.").format(file=path))
        elif drawn and not settled.problems:
            drawn()
        window.close()
        app.quit()

    with bugs_told(window.session) as bugs, closed_by_signals(window):
        settled = Settled(window, finish)
        failures: list[Exception] = []  # since the store was last read
        window.director.failed.connect(failures.append)
        window.director.overview_ready.connect(lambda _overview: failures.clear())
        app.setQuitOnLastWindowClosed(False)  # `finish` ends the loop, once
        show(window)
        app.exec()
        app.setQuitOnLastWindowClosed(True)
    take_apart(window)
    problems += settled.problems
    problems += [str(error) for error in failures if isinstance(error, UserError)]
    if problems:
        raise UserError(problems[0])
    return 1 if bugs or failures else 0


class Settled:
    """Calls `then` once: the ports were looked at, what is there was fetched and drawn.

    A sync that fails is tried again; then its reason stands in `problems`.
    """

    def __init__(self, window: MainWindow, then: Callable[[], None]) -> None:
        self.problems: list[str] = []
        self._window, self._then = window, then
        self._tries = 0
        self._over = False
        window.sync.idle.connect(self._idle)
        self._limit = QTimer(window)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._give_up)
        self._limit.start(SCREENSHOT_LIMIT_MS)

    def _idle(self) -> None:
        """Nothing is due; whatever was asked of the store before this is drawn before that."""
        if self._over:
            return
        state = self._window.sync.state
        self._tries += 1
        if state.phase is Phase.FAILED and self._tries < SYNC_TRIES:
            self._window.sync.ask_now()
            return
        self.problems += [state.error] if state.error else []
        self._finish()

    def _give_up(self) -> None:
        if not self._over:
            self.problems.append(
                _("The belt did not finish in time: connect it anew and try again.")
            )
            self._finish()

    def _finish(self) -> None:
        self._over = True
        QTimer.singleShot(SETTLE_MS, lambda: self._window.director.when_done(self._draw))

    def _draw(self) -> None:
        QTimer.singleShot(SETTLE_MS, self._then)


@contextmanager
def bugs_told(session: Session) -> Iterator[list[BaseException]]:
    """Log what no one caught, tell it on the terminal, go on; the list grows with each."""
    caught: list[BaseException] = []

    def hook(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        caught.append(error)
        print(session.report_bug(error), file=sys.stderr)

    before, sys.excepthook = sys.excepthook, hook
    try:
        yield caught
    finally:
        sys.excepthook = before


@contextmanager
def closed_by_signals(window: MainWindow) -> Iterator[None]:
    """Close in good order on Ctrl-C; a timer lets Python see the signal."""

    def end(_number: int, _frame: FrameType | None) -> None:
        window.leave_at_once = True
        window.close()
        QApplication.quit()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    wake = QTimer(window)
    wake.timeout.connect(lambda: None)
    wake.start(WAKE_MS)
    try:
        yield
    finally:
        wake.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
