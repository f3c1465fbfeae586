"""Axes with ticks that a presenter chose."""

from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PyQt6.QtGui import QColor, QFont

from plumbline.ui.presenters.ticks import Tick
from plumbline.ui.theme import Theme

Ticks = Callable[[float, float, int], Sequence[Tick]]


class ChosenAxis(pg.AxisItem):  # type: ignore[misc]
    """Asks `ticks(low, high, most)` for positions and texts whenever the range changes."""

    def __init__(self, orientation: str, ticks: Ticks, tick_px: int = 80) -> None:
        super().__init__(orientation)
        self._ticks = ticks
        self._tick_px = tick_px
        self._texts: dict[float, str] = {}

    def set_ticks(self, ticks: Ticks) -> None:
        """Take another rule from now on."""
        self._ticks = ticks
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[Any]:
        """One level of ticks; pyqtgraph calls this with the axis' length in pixels."""
        most = max(2, int(size / self._tick_px))
        self._texts = dict(self._ticks(minVal, maxVal, most))
        return [(maxVal - minVal, list(self._texts))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The texts that belong to the positions."""
        return [self._texts.get(value, "") for value in values]


def dress(plot: pg.PlotItem, theme: Theme, font: QFont) -> None:
    """Give a plot the theme's colours: quiet axes, light grid, no menu, no frame."""
    plot.setMenuEnabled(False)
    plot.hideButtons()
    for side in ("left", "bottom", "right", "top"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(theme.line))
        axis.setTextPen(pg.mkPen(theme.muted))
        axis.setTickFont(font)
        axis.setStyle(tickLength=0, tickTextOffset=6)
    plot.titleLabel.setAttr("color", theme.text)


def set_title(plot: pg.PlotItem, text: str, theme: Theme, points: float) -> None:
    """A left-aligned, bold title over the plot."""
    plot.setTitle(text, color=QColor(theme.text), size=f"{points:g}pt", bold=True, justify="left")
    plot.titleLabel.item.setTextWidth(-1)
