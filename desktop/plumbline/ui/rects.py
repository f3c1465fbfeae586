"""Many filled rectangles as one plot item: the ribbon, shaded bands, stacked bars."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter

from plumbline.ui.packed import packed

Numbers = npt.NDArray[np.float64]
Rect = tuple[float, float, float, float]
Rects = Numbers | Iterable[Rect]


class RectsItem(pg.GraphicsObject):  # type: ignore[misc]
    """Rectangles (x0, y0, x1, y1) in plot units, grouped by colour."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[tuple[QColor, Any]] = []
        self._bounds = QRectF()

    def set_rects(self, groups: Iterable[tuple[str, float, Rects]]) -> None:
        """Replace everything: colour "#RRGGBB", opacity 0 to 1, rectangles (also as rows)."""
        self.prepareGeometryChange()
        self._groups = []
        self._bounds = QRectF()
        for colour, opacity, rects in groups:
            paint = QColor(colour)
            paint.setAlphaF(opacity)
            rows = rects if isinstance(rects, np.ndarray) else list(rects)
            sides = np.asarray(rows, np.float64).reshape(-1, 4)
            if not len(sides):
                continue
            low, high = _corners(sides)
            self._groups.append((paint, packed(QRectF, np.hstack((low, high - low)))))
            (left, bottom), (right, top) = low.min(axis=0).tolist(), high.max(axis=0).tolist()
            self._bounds |= QRectF(left, bottom, right - left, top - bottom)
        self.update()

    def boundingRect(self) -> QRectF:
        """All rectangles together, in plot units."""
        return self._bounds

    def paint(self, painter: QPainter, *_: Any) -> None:
        """Draw without smoothing: neighbours must meet without a seam."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, shapes in self._groups:
            painter.setBrush(colour)
            painter.drawRects(shapes)


def _corners(sides: Numbers) -> tuple[Numbers, Numbers]:
    """The lower left and the upper right corners, whichever was given first."""
    one, other = sides[:, :2], sides[:, 2:]
    return np.minimum(one, other), np.maximum(one, other)
