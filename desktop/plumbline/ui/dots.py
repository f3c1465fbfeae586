"""Many dots of one size and colour as one plot item."""

from typing import Any

import numpy as np
import pyqtgraph as pg
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPolygonF

from plumbline.ui.presenters.trends import Values

BLANK = QRectF()


class DotsItem(pg.GraphicsObject):  # type: ignore[misc]
    """Dots at (x, y) in plot units; a symbol of its own for each would take many times as long."""

    def __init__(self) -> None:
        super().__init__()
        self._points = QPolygonF()
        self._pen = pg.mkPen(None)

    def set_dots(self, x: Values, y: Values, pen: Any) -> None:
        """Replace all; the pen is as wide as a dot."""
        self.prepareGeometryChange()
        self._points = pg.functions.arrayToQPolygonF(np.ascontiguousarray(x), y)
        self._pen = pen
        self._pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.update()

    def boundingRect(self) -> QRectF:
        """All dots together, in plot units."""
        return self._points.boundingRect() if self._points.size() else BLANK

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw round dots."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawPoints(self._points)
