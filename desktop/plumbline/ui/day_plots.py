"""Ribbon and trunk angle over one time axis: hover, wheel zoom, pan, keyboard zoom."""

import pyqtgraph as pg
from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QFont, QFontMetricsF

from plumbline import i18n
from plumbline.i18n import _
from plumbline.ui.angle_plot import AnglePlot
from plumbline.ui.focus_ring import FocusRing
from plumbline.ui.hover import Hover, HoverPlots
from plumbline.ui.presenters.day import DayView
from plumbline.ui.presenters.lanes import lane_ticks
from plumbline.ui.ribbon_plot import RibbonPlot
from plumbline.ui.stretch_region import StretchRegion
from plumbline.ui.theme import Theme

LEAST_RANGE_S = 600


class DayPlots(HoverPlots):
    """Both plots of a day; x is seconds since the day's begin."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(260)
        self.ribbon, self.angle = RibbonPlot(), AnglePlot()
        self.addItem(self.ribbon, row=0, col=0)
        self.addItem(self.angle, row=1, col=0)
        self.ci.layout.setRowStretchFactor(0, 9)
        self.ci.layout.setRowStretchFactor(1, 11)
        self.ci.setContentsMargins(0, 0, 0, 0)
        self.ci.setSpacing(4)
        self.ribbon.setXLink(self.angle)
        self._view: DayView | None = None
        self._dress: tuple[object, ...] = ()
        self.region = StretchRegion((self.ribbon, self.angle))
        self.hover = Hover((self.ribbon, self.angle), self._text_at)
        self.left.connect(self.hover.hide)
        FocusRing(self)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.setAccessibleName(_("Ribbon of the day and trunk angle"))

    def show_day(self, view: DayView, theme: Theme, font: QFont) -> None:
        """Draw the day; the part shown is kept when it is the same day as before and was not the
        whole of it, and what is drawn already is not drawn again."""
        before, self._view = self._view, view
        self.setAccessibleDescription(view.text)
        same = before is not None and before.day == view.day
        dress = (theme, font.key(), self.devicePixelRatioF(), i18n.language())
        if before and same and dress == self._dress and view.looks_like(before):
            return
        self._dress = dress
        whole = before is None or self._shows_whole(before)
        self._draw(view, theme, font)
        if not same:
            self.region.hide()
        if not same or whole:
            self.reset_view()
        self.settle()

    def _draw(self, view: DayView, theme: Theme, font: QFont) -> None:
        self.setBackground(theme.background)
        self._align(font)
        for plot in (self.ribbon, self.angle):
            plot.show_day(view, theme, font)
            plot.getAxis("right").setPen(pg.mkPen(None))
        self.hover.hide()
        self.hover.dress(theme, font)
        self.region.dress(theme)
        length = view.limits[1] - view.limits[0]
        for plot in (self.ribbon, self.angle):
            plot.getViewBox().setLimits(xMin=0, xMax=length, minXRange=LEAST_RANGE_S)

    def reset_view(self) -> None:
        """Show the whole recorded part of the day."""
        if self._view:
            self.angle.setXRange(*_whole(self._view), padding=0)

    def _shows_whole(self, view: DayView) -> bool:
        """Whether nobody has zoomed or moved what is shown of it."""
        shown = zip(self.angle.viewRange()[0], _whole(view), strict=True)
        return all(abs(one - other) < 1 for one, other in shown)

    def zoom(self, factor: float) -> None:
        """Show `factor` times as much time around the middle."""
        self.angle.getViewBox().scaleBy((factor, 1))

    def pan(self, part: float) -> None:
        """Move by a part of what is shown; to later times where positive."""
        low, high = self.angle.viewRange()[0]
        self.angle.getViewBox().translateBy(x=(high - low) * part)

    def middle(self) -> tuple[int, int]:
        """The middle third of what is shown, whole minutes, UTC seconds."""
        low, high = self.angle.viewRange()[0]
        begin = self._view.limits[0] if self._view else 0
        third = (high - low) / 3
        first, last = (begin + round((low + n * third) / 60) * 60 for n in (1, 2))
        return first, last

    def _align(self, font: QFont) -> None:
        """Same axis widths in both plots, wide enough for their texts."""
        metrics = QFontMetricsF(font)
        left = max(metrics.horizontalAdvance(text) for _y, text in lane_ticks()) + 14
        right = metrics.horizontalAdvance(_("20 to 60°")) + 14
        self.ribbon.showAxis("right")
        for plot in (self.ribbon, self.angle):
            plot.getAxis("left").setWidth(left)
            plot.getAxis("right").setWidth(right)

    def _text_at(self, point: QPointF) -> str:
        return self._view.hover(self._view.limits[0] + point.x()) if self._view else ""


def _whole(view: DayView) -> tuple[int, int]:
    """The recorded part with its margin, in seconds since the day's begin."""
    begin, (first, last) = view.limits[0], view.view
    return first - begin, last - begin
