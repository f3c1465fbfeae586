"""A plot's area in which Shift and a drag mark a stretch of time; without Shift it is moved."""

from typing import Any

import pyqtgraph as pg
from PyQt6.QtCore import Qt, pyqtSignal


class DayViewBox(pg.ViewBox):  # type: ignore[misc]
    """Emits `stretched(from, to, finished)` in plot units; from may lie behind to."""

    stretched = pyqtSignal(float, float, bool)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        """Called by pyqtgraph while the mouse is dragged."""
        shift = ev.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not shift or ev.button() != Qt.MouseButton.LeftButton:
            super().mouseDragEvent(ev, axis)
            return
        ev.accept()
        begin = self.mapToView(ev.buttonDownPos()).x()
        self.stretched.emit(begin, self.mapToView(ev.pos()).x(), ev.isFinish())
