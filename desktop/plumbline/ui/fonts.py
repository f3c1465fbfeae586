"""Sizes relative to the desktop's own font."""

from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QWidget

TITLE, SECTION, ITEM = 1.35, 1.2, 1.1
"""How much larger than what is read: what heads a page, a part of it, an entry in a list."""


def scaled(widget: QWidget, factor: float, *, bold: bool = False) -> QFont:
    """The widget's font, `factor` times as large."""
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    return font
