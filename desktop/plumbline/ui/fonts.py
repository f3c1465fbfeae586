"""Sizes relative to the desktop's own font."""

from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QWidget


def scaled(widget: QWidget, factor: float, *, bold: bool = False) -> QFont:
    """The widget's font, `factor` times as large."""
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    return font
