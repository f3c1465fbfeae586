"""One measure over days: each day a dot, the rolling mean a line, ordinary days a band."""

import numpy as np
import pyqtgraph as pg
from PyQt6.QtGui import QFont

from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.dots import DotsItem
from plumbline.ui.pens import pen
from plumbline.ui.presenters.stacks import Values
from plumbline.ui.presenters.ticks import day_ticks
from plumbline.ui.presenters.trends import Chart
from plumbline.ui.rects import RectsItem
from plumbline.ui.theme import Theme, mixed

BAND_OPACITY, LEFT_OUT = 0.14, 0.45
DOT_PX, SMALL_DOT_PX, MOST_LARGE_DOTS = 6, 3, 62


def left_out_colour(theme: Theme) -> str:
    """Of days that count in no mean: such a day's low value is no sign of anything."""
    return mixed(theme.muted, theme.background, LEFT_OUT)


class MeasurePlot(QuietPlot):
    """x is the day's ordinal."""

    def __init__(self) -> None:
        super().__init__({"bottom": ChosenAxis("bottom", day_ticks, tick_px=48)})
        self._band = RectsItem()
        self._mean = pg.PlotCurveItem(connect="finite", skipFiniteCheck=False)
        self._mean.setSegmentedLineMode("on")
        self._dots, self._left_out = DotsItem(), DotsItem()
        for item in (self._band, self._left_out, self._dots, self._mean):
            self.addItem(item)
        self.setMouseEnabled(x=True, y=False)

    def show_chart(self, days: Values, chart: Chart, theme: Theme, font: QFont) -> None:
        """Draw the measure in the theme's colours."""
        dress(self, theme, font, grid=True)
        set_title(self, chart.title, theme, font.pointSizeF())
        trend = chart.trend
        known = ~np.isnan(trend.low)
        middle = days[known]
        band = np.stack((middle - 0.5, trend.low[known], middle + 0.5, trend.high[known]), axis=1)
        self._band.set_rects([(theme.curve, BAND_OPACITY, band)])
        self._mean.setData(days, trend.mean)
        self._mean.setPen(pen(self, theme.curve, 2))
        size = DOT_PX if len(days) <= MOST_LARGE_DOTS else SMALL_DOT_PX
        counted = ~np.isnan(trend.counted)
        self._dots.set_dots(days[counted], trend.values[counted], theme.muted, size)
        rest = ~np.isnan(trend.values) & ~counted
        self._left_out.set_dots(days[rest], trend.values[rest], left_out_colour(theme), size)
        highest = np.nanmax(np.concatenate((trend.values, trend.high, [1.0])))
        self.setYRange(0, highest * 1.08, padding=0)
