"""Where plots are drawn: one stop for the keyboard, and one for a screen reader."""

import pyqtgraph as pg
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent


class PlotArea(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Its name and description are its own; what it scrolls in has none, and is no stop."""

    def __init__(self) -> None:
        super().__init__()
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def setBackground(self, background: object) -> None:
        """Pyqtgraph's; the same again would have all painted anew."""
        if background != getattr(self, "_background", None):
            super().setBackground(background)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """All moves at once. Pyqtgraph calls this itself, without event, before it has plots."""
        super().resizeEvent(event)
        if event is not None:
            self.settle()

    def settle(self) -> None:
        """Put everything into its place now: what moves while it is painted is painted twice."""
        self.ci.layout.activate()
        self.scene().prepareForPaint()
