"""A plot's area: a drag moves it, with Shift it marks a stretch of time; the wheel zooms, with
Shift or sideways it moves."""

from typing import Any

import pyqtgraph as pg
from PyQt6.QtCore import Qt, pyqtSignal

NOTCH = 120
"""What Qt counts for one notch of a wheel."""
PAN_PART = 0.1
"""Of what is shown, by which a notch moves it; down or right is later."""


class DayViewBox(pg.ViewBox):  # type: ignore[misc]
    """Emits `stretched(from, to, finished)` in plot units; from may lie behind to."""

    stretched = pyqtSignal(float, float, bool)

    def wheelEvent(self, ev: Any, axis: int | None = None) -> None:
        """Called by Qt for a wheel or two fingers over the plot."""
        shift = ev.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not shift and ev.orientation() == Qt.Orientation.Vertical:
            super().wheelEvent(ev, axis)
            return
        ev.accept()
        low, high = self.viewRange()[0]
        self.translateBy(x=-(high - low) * PAN_PART * ev.delta() / NOTCH)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        """Called by pyqtgraph while the mouse is dragged."""
        shift = ev.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not shift or ev.button() != Qt.MouseButton.LeftButton:
            super().mouseDragEvent(ev, axis)
            return
        ev.accept()
        begin = self.mapToView(ev.buttonDownPos()).x()
        self.stretched.emit(begin, self.mapToView(ev.pos()).x(), ev.isFinish())
