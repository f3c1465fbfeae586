"""Titles of windows: those that open above made-up data say so, as the main window does."""

from PyQt6.QtWidgets import QWidget

from plumbline.i18n import _

MADE_UP = "made_up"
"""The property of a window whose data are a demo's."""


def entitle(window: QWidget, title: str) -> None:
    """Give the window its title, with the mark where it or one it belongs to has made-up data."""
    above: QWidget | None = window
    while above is not None and not above.property(MADE_UP):
        above = above.parentWidget()
    demo = _("demo data")
    window.setWindowTitle(f"{title} – {demo}" if above is not None else title)
