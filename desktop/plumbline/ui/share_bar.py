"""One bar, divided: how much of the time each part took."""

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize
from PyQt6.QtGui import QColor, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

HEIGHT_EM = 1.0


class ShareBar(QWidget):
    """Parts (colour, seconds) side by side over the whole width."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[str, int]], description: str) -> None:
        """Replace all parts; `description` says the same in words."""
        self._parts = list(parts)
        self.setAccessibleName(description)
        self.update()

    def sizeHint(self) -> QSize:
        """A line of text high."""
        return QSize(200, round(self.fontMetrics().height() * HEIGHT_EM))

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw the parts with a hairline between them."""
        whole = sum(seconds for _colour, seconds in self._parts)
        if not whole:
            return
        painter = QPainter(self)
        left = 0.0
        for colour, seconds in self._parts:
            width = seconds / whole * self.width()
            painter.fillRect(QRectF(left, 0, max(1.0, width - 1), self.height()), QColor(colour))
            left += width
        painter.end()
