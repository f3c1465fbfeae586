"""`plumbline demo`: the window on a virtual belt with four weeks of days behind it.

The demo has a data folder of its own inside the user's, so made-up days never mix with
real ones; deleting that folder removes all of it.
"""

import argparse
import os
import shutil
import sys
from functools import partial
from pathlib import Path

from plumbline.i18n import _
from plumbline.link.discovery import PORT_VARIABLE
from plumbline.ui import app as window_app
from plumbline.ui.main_window import MainWindow
from plumbline.ui.session import real_session
from plumbline.virtual_belt import VirtualBelt

FOLDER = "demo"
BELT_FOLDER = "belt"
HISTORY_DAYS = 20
"""Workdays: four weeks."""
PICTURE = Path("plumbline.png")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument(
        "--screenshot",
        metavar="FILE",
        type=Path,
        help="save a picture of the window and end, also where there is a display",
    )


def run(args: argparse.Namespace) -> int:
    """Start the belt, then the window on it; without a display save a picture of it."""
    folder = args.data / FOLDER
    shown = window_app.has_display()
    picture = args.screenshot or (None if shown else PICTURE)
    if not shown:
        print(_("There is no display: the window is drawn into {file}.").format(file=picture))
    print(_("Starting the virtual belt …"), flush=True)
    with VirtualBelt(folder / BELT_FOLDER, history_days=HISTORY_DAYS) as belt:
        os.environ[PORT_VARIABLE] = belt.port
        app = window_app.application()
        window = MainWindow(real_session(folder, demo=True), remember=picture is None)
        unwanted: list[Path] = []
        window.badge.remove_wanted.connect(partial(unwanted.append, folder))
        window.badge.remove_wanted.connect(window.close)
        if picture is None:
            status = window_app.stay(app, window)
        else:
            status = window_app.screenshot(app, window, picture, lambda: _tell(window, picture))
    if belt.failure:
        print(belt.failure, file=sys.stderr)
        return 1
    for each in unwanted:
        shutil.rmtree(each)
        print(_("The demo's data were removed."))
    return status


def _tell(window: MainWindow, picture: Path) -> None:
    """The day's summary, and where the picture is."""
    print(window.summary_text())
    print(_("The window was saved as {file}.").format(file=picture.absolute()))
