"""The window's keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtGui import QKeySequence, QShortcut

from plumbline.ui.day_header import ZOOM
from plumbline.ui.rooms.rooms import PAGES, TODAY, TRENDS

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def add_keys(window: "MainWindow") -> None:
    """Ctrl with a number opens a page. On Today, arrows step days, Home returns to today, Ctrl with
    + - 0 zooms, Ctrl+D opens the calendar; on Trends, arrows step periods.

    On other pages these keys are those of lists and boxes.
    """
    today = window.today
    of_a_day: dict[str, Callable[[], object]] = {
        "Home": lambda: today.header.go("today"),
        "Ctrl+D": today.header.open_calendar,
        "Ctrl++": lambda: today.plots.zoom(1 / ZOOM),
        "Ctrl+=": lambda: today.plots.zoom(1 / ZOOM),
        "Ctrl+-": lambda: today.plots.zoom(ZOOM),
        "Ctrl+0": today.plots.reset_view,
        "Shift+Left": lambda: today.plots.pan(-0.25),
        "Shift+Right": lambda: today.plots.pan(0.25),
    }
    steps = {"Left": lambda: window.step(-1), "Right": lambda: window.step(1)}
    only_there: list[tuple[QShortcut, tuple[str, ...]]] = []
    only_there += [(_shortcut(window, key, act), (TODAY,)) for key, act in of_a_day.items()]
    only_there += [(_shortcut(window, key, act), (TODAY, TRENDS)) for key, act in steps.items()]
    for place in range(len(PAGES)):
        _shortcut(window, f"Ctrl+{place + 1}", partial(window.tabs.setCurrentIndex, place))

    def switch() -> None:
        for shortcut, pages in only_there:
            shortcut.setEnabled(window.rooms.in_front in pages)

    window.tabs.currentChanged.connect(lambda _index: switch())


def _shortcut(window: "MainWindow", key: str, act: Callable[[], object]) -> QShortcut:
    made = QShortcut(QKeySequence(key), window)
    made.activated.connect(act)
    return made
