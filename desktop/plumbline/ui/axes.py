"""Axes with ticks that a presenter chose."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from plumbline import i18n
from plumbline.analysis.wording import number
from plumbline.ui.pens import pen
from plumbline.ui.plot_controls import throw_away_menu, without_form
from plumbline.ui.presenters.ticks import Tick
from plumbline.ui.theme import Theme

Ticks = Callable[[float, float, int], Sequence[Tick]]


class QuietAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis without a label: pyqtgraph's lays its empty one out anew at every change of range."""

    def _updateLabel(self) -> None:
        """What pyqtgraph does beside writing the label."""
        self._adjustSize()
        self.picture = None
        self.update()

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Numbers as the language writes them: "1,5", "4.000"."""
        digits = max(0, math.ceil(-math.log10(spacing * scale)))
        rounded = (round(value * scale, digits) + 0.0 for value in values)  # no "−0"
        return [number(value, digits).replace("-", "−") for value in rounded]


class ChosenAxis(QuietAxis):
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

    def drawPicture(self, p: QPainter, axisSpec: Any, tickSpecs: Any, textSpecs: Any) -> None:
        """No tick lines: of no length they would still be dots."""
        super().drawPicture(p, axisSpec, [], textSpecs)


class QuietPlot(pg.PlotItem):  # type: ignore[misc]
    """A plot without labels, menus and their form: they take longer to make than all else in it."""

    def __init__(
        self, axes: dict[str, pg.AxisItem] | None = None, view: pg.ViewBox | None = None
    ) -> None:
        sides = ("left", "bottom", "right", "top")
        chosen = {side: (axes or {}).get(side) or QuietAxis(side) for side in sides}
        with without_form():
            super().__init__(axisItems=chosen, viewBox=view or pg.ViewBox(enableMenu=False))
        throw_away_menu(self)
        self.hideAxis("right")
        self.hideAxis("top")

    def showGrid(
        self, x: bool | None = None, y: bool | None = None, alpha: float | None = None
    ) -> None:
        """Lines behind the data, of an opacity from 0 to 1; what is not given is without."""
        shown = round(255 * (1.0 if alpha is None else alpha))
        for side in ("left", "right", "top", "bottom"):
            wanted = y if side in ("left", "right") else x
            self.getAxis(side).setGrid(shown if wanted else False)


BEHIND = -200
"""Below everything in a plot: grid lines must not cut bars."""


def dress(plot: pg.PlotItem, theme: Theme, font: QFont, *, grid: bool = False) -> None:
    """Give a plot the theme's colours: quiet axes, no menu, no frame; `grid`: lines across.

    A plot that wears them already is left as it is.
    """
    ratio = plot.getViewWidget().devicePixelRatioF() if plot.getViewWidget() else 1.0
    clothes = (theme, font.key(), grid, ratio, str(i18n.locale()))
    if getattr(plot, "clothes", None) == clothes:
        return
    plot.clothes = clothes
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.showGrid(y=grid, alpha=0.2)
    for side in ("left", "bottom", "right", "top"):
        axis = plot.getAxis(side)
        if not axis.isVisible():
            continue
        axis.setPen(pen(axis, theme.line))
        axis.setTextPen(pg.mkPen(theme.muted))
        axis.setTickFont(font)
        axis.setStyle(tickLength=0, tickTextOffset=6, maxTickLevel=0)
        axis.setTickPen(pg.mkPen(theme.muted))
        axis.setZValue(BEHIND)
    plot.getAxis("bottom").setHeight(QFontMetricsF(font).height() + 8)
    plot.titleLabel.setAttr("color", theme.text)


def set_title(plot: pg.PlotItem, text: str, theme: Theme, points: float) -> None:
    """A left-aligned, bold title over the plot; the same again is not laid out again."""
    title = (text, theme.text, points)
    if getattr(plot, "titled", None) == title:
        return
    plot.titled = title
    plot.setTitle(text, color=QColor(theme.text), size=f"{points:g}pt", bold=True, justify="left")
    plot.titleLabel.item.setTextWidth(-1)
