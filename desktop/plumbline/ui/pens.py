"""Pens as wide as they are meant to be on any display."""

import pyqtgraph as pg
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPen


def pen(
    item: pg.GraphicsItem, colour: str, width: float = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine
) -> QPen:
    """A pen for `item`, `width` in pixels of a display at 100 %.

    Pyqtgraph's pens ignore every scaling, that of the display too: at 200 % they would be half
    as wide as the text beside them wants them.
    """
    view = item.getViewWidget()
    ratio = view.devicePixelRatioF() if view else 1.0
    made: QPen = pg.mkPen(colour, width=width * ratio, style=style)
    return made
