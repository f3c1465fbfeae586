"""Many dots of one size and colour as one plot item."""

from math import ceil
from typing import Any

import numpy as np
import pyqtgraph as pg
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPixmap

from plumbline.ui.packed import packed
from plumbline.ui.presenters.stacks import Values

NONE = np.zeros(0)


class DotsItem(pg.GraphicsObject):  # type: ignore[misc]
    """Dots at (x, y) in plot units: one is drawn, then copied to the pixels of all others."""

    def __init__(self) -> None:
        super().__init__()
        self._x, self._y = NONE, NONE
        self._colour, self._size = QColor(), 0.0
        self._bounds = QRectF()

    def set_dots(self, x: Values, y: Values, colour: str, size: float) -> None:
        """Replace all; `size` in pixels of a display at 100 %."""
        self.prepareGeometryChange()
        self._x, self._y = x, y
        self._colour, self._size = QColor(colour), size
        self._bounds = QRectF()
        if len(x):
            left, top = float(x.min()), float(y.min())
            self._bounds = QRectF(left, top, float(x.max()) - left, float(y.max()) - top)
        self.update()

    def boundingRect(self) -> QRectF:
        """All dots together, in plot units."""
        return self._bounds

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw round dots on whole pixels."""
        if not len(self._x):
            return
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        dot = self._dot(ratio)
        place = painter.worldTransform()
        rows = np.zeros((len(self._x), 10))
        rows[:, 0] = self._x * place.m11() + self._y * place.m21() + place.dx()
        rows[:, 1] = self._x * place.m12() + self._y * place.m22() + place.dy()
        rows[:, 4], rows[:, 5] = dot.width(), dot.height()
        rows[:, 6:8], rows[:, 9] = 1 / ratio, 1.0
        painter.resetTransform()
        painter.drawPixmapFragments(packed(QPainter.PixmapFragment, rows), dot)

    def _dot(self, ratio: float) -> QPixmap:
        side = ceil(self._size * ratio) + 2
        dot = QPixmap(side, side)
        dot.fill(Qt.GlobalColor.transparent)
        pen = QPainter(dot)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(self._colour)
        inside = self._size * ratio
        edge = (side - inside) / 2
        pen.drawEllipse(QRectF(edge, edge, inside, inside))
        pen.end()
        return dot
