"""The window's keys."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtGui import QKeySequence, QShortcut

from plumbline.ui.day_header import ZOOM

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


def add_keys(window: "MainWindow") -> None:
    """Arrows step days, Home returns to today, Ctrl with + - 0 zooms, Ctrl+D opens the calendar."""
    today = window.today
    keys: dict[str, Callable[[], object]] = {
        "Left": lambda: window.step(-1),
        "Right": lambda: window.step(1),
        "Home": lambda: today.header.go("today"),
        "Ctrl+D": today.header.open_calendar,
        "Ctrl++": lambda: today.plots.zoom(1 / ZOOM),
        "Ctrl+=": lambda: today.plots.zoom(1 / ZOOM),
        "Ctrl+-": lambda: today.plots.zoom(ZOOM),
        "Ctrl+0": today.plots.reset_view,
        "Shift+Left": lambda: today.plots.pan(-0.25),
        "Shift+Right": lambda: today.plots.pan(0.25),
        "Ctrl+1": lambda: window.tabs.setCurrentIndex(0),
        "Ctrl+2": lambda: window.tabs.setCurrentIndex(1),
        "Ctrl+3": lambda: window.tabs.setCurrentIndex(2),
        "Ctrl+4": lambda: window.tabs.setCurrentIndex(3),
        "Ctrl+5": lambda: window.tabs.setCurrentIndex(4),
        "Ctrl+6": lambda: window.tabs.setCurrentIndex(5),
    }
    for key, act in keys.items():
        QShortcut(QKeySequence(key), window).activated.connect(act)
