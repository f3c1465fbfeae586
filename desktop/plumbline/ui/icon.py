"""The window's icon: a plumb line."""

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

SIZES = (16, 24, 32, 48, 64, 128, 256)
LINE, BOB = "#5B616B", "#C08500"
"""Both stand out from light and dark taskbars."""
SHAPE = ((0.30, 0.52), (0.70, 0.52), (0.64, 0.68), (0.50, 0.96), (0.36, 0.68))


def plumb_line() -> QIcon:
    """Drawn at every size desktops ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_drawn(size))
    return icon


def _drawn(size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(LINE), max(1.5, size / 14)))
    painter.drawLine(QPointF(size / 2, size * 0.04), QPointF(size / 2, size * 0.52))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(BOB))
    painter.drawPolygon(QPolygonF([QPointF(x * size, y * size) for x, y in SHAPE]))
    painter.end()
    return pixmap
