"""Titles of windows: those that open above made-up data say so, as the main window does."""

from PyQt6.QtWidgets import QWidget

from plumbline.i18n import _

MADE_UP = "made_up"
"""The property of a window whose data are a demo's."""


def is_made_up(widget: QWidget) -> bool:
    """Whether it or one it belongs to has made-up data."""
    above: QWidget | None = widget
    while above is not None and not above.property(MADE_UP):
        above = above.parentWidget()
    return above is not None


def entitle(window: QWidget, title: str) -> None:
    """Give the window its title, with the mark where it or one it belongs to has made-up data."""
    window.setWindowTitle(titled(window, title))


def titled(widget: QWidget, title: str) -> str:
    """The title of a window that opens above the widget, with the mark."""
    demo = _("demo data")
    return f"{title} – {demo}" if is_made_up(widget) else title
