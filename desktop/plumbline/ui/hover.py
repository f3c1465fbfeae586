"""A line under the mouse through all plots, and what is known there in a box beside it."""

from collections.abc import Callable, Sequence

import pyqtgraph as pg
from PyQt6.QtCore import QEvent, QPointF, pyqtSignal
from PyQt6.QtGui import QFont

from plumbline.ui.pens import pen
from plumbline.ui.plot_area import PlotArea
from plumbline.ui.theme import Theme

Text = Callable[[QPointF], str]


class HoverPlots(PlotArea):
    """Plots that say when the mouse has gone."""

    left = pyqtSignal()

    def leaveEvent(self, event: QEvent) -> None:
        """Say so; the scene hears of no place outside of it."""
        super().leaveEvent(event)
        self.left.emit()


class Hover:
    """Follows the mouse over `plots`, which share their x axis; `text(point)` in plot units."""

    def __init__(self, plots: Sequence[pg.PlotItem], text: Text) -> None:
        self._plots = plots
        self._text_at = text
        self.text = ""
        self.under: pg.PlotItem | None = None  # the plot under the mouse
        self._lines = [pg.InfiniteLine(0) for _ in plots]
        self._boxes = [pg.TextItem("") for _ in plots]
        for plot, line, box in zip(plots, self._lines, self._boxes, strict=True):
            line.setZValue(50)
            box.setZValue(60)
            plot.addItem(line, ignoreBounds=True)
            plot.addItem(box, ignoreBounds=True)
            line.hide()
            box.hide()
        plots[0].scene().sigMouseMoved.connect(self.move_to)

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take the theme's colours."""
        for line, box in zip(self._lines, self._boxes, strict=True):
            line.setPen(pen(line, theme.muted))
            box.fill = pg.mkBrush(theme.background)
            box.border = pen(box, theme.line)
            box.setColor(theme.text)
            box.setFont(font)

    def move_to(self, scene: QPointF) -> None:
        """The mouse is here, in scene units; outside the plots everything hides."""
        under = self.under = next((plot for plot in self._plots if contains(plot, scene)), None)
        point = QPointF() if under is None else under.getViewBox().mapSceneToView(scene)
        self.text = "" if under is None else self._text_at(point)
        for plot, line, box in zip(self._plots, self._lines, self._boxes, strict=True):
            line.setVisible(bool(self.text))
            line.setPos(point.x())
            inside = bool(self.text) and plot is under
            box.setVisible(inside)
            if inside:
                self._place(box, plot.getViewBox(), point, self.text)

    def hide(self) -> None:
        """Say nothing until the mouse moves: it has gone, or what is drawn is another."""
        self.text = ""
        for item in (*self._lines, *self._boxes):
            item.hide()

    @staticmethod
    def _place(box: pg.TextItem, view: pg.ViewBox, point: QPointF, text: str) -> None:
        """On the side with room, below the top edge."""
        (left, right), (low, high) = view.viewRange()
        box.setText(text)
        box.setAnchor((1.05, 0) if point.x() > (left + right) / 2 else (-0.05, 0))
        box.setPos(point.x(), low if view.yInverted() else high)


def contains(plot: pg.PlotItem, scene: QPointF) -> bool:
    """Whether a place in scene units lies within the plot's axes."""
    return bool(plot.getViewBox().sceneBoundingRect().contains(scene))
