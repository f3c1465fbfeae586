"""The stretch of time that is being marked, in all plots of a day at once."""

from collections.abc import Sequence

import pyqtgraph as pg
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QColor

from plumbline.ui.day_view_box import DayViewBox
from plumbline.ui.theme import Theme

OPACITY = 0.25
Z = 40
LEAST_S = 60


class StretchRegion(QObject):
    """Both edges can be dragged; Shift and a drag over the plot mark a new one.

    Emits `moved(begin, end, done)` in seconds since the day's begin, whole minutes; not `done`
    while a new one is still being dragged.
    """

    moved = pyqtSignal(int, int, bool)

    def __init__(self, plots: Sequence[pg.PlotItem]) -> None:
        super().__init__()
        self._regions = [pg.LinearRegionItem() for _plot in plots]
        self._telling = False
        for plot, region in zip(plots, self._regions, strict=True):
            region.setZValue(Z)
            region.hide()
            plot.addItem(region, ignoreBounds=True)
            region.sigRegionChanged.connect(self._follow)
            view = plot.getViewBox()
            if isinstance(view, DayViewBox):
                view.stretched.connect(self._mark)

    def show_stretch(self, begin_s: int, end_s: int) -> None:
        """Show the stretch, seconds since the day's begin; tells nobody."""
        self._telling = True
        for region in self._regions:
            region.setRegion((begin_s, end_s))
            region.show()
        self._telling = False

    def hide(self) -> None:
        """Show none."""
        for region in self._regions:
            region.hide()

    @property
    def shown(self) -> bool:
        """Whether a stretch is being marked."""
        return bool(self._regions[0].isVisible())

    def dress(self, theme: Theme) -> None:
        """Take the theme's colours."""
        fill = QColor(theme.reminder)
        fill.setAlphaF(OPACITY)
        for region in self._regions:
            region.setBrush(pg.mkBrush(fill))
            for line in region.lines:
                line.setPen(pg.mkPen(theme.reminder, width=2))
                line.setHoverPen(pg.mkPen(theme.text, width=3))

    def _mark(self, one: float, other: float, done: bool) -> None:
        begin, end = _minutes(min(one, other)), _minutes(max(one, other))
        end = max(end, begin + LEAST_S)
        self.show_stretch(begin, end)
        self.moved.emit(begin, end, done)

    def _follow(self, region: pg.LinearRegionItem) -> None:
        if not self._telling:
            begin, end = region.getRegion()
            self._mark(begin, end, True)


def _minutes(seconds: float) -> int:
    return round(seconds / 60) * 60
