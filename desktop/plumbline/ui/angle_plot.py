"""The trunk angle over the day with the bands shaded."""

from math import nan

import numpy as np
import pyqtgraph as pg
from beltwire import codes
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFont

from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.day_view_box import DayViewBox
from plumbline.ui.pens import pen
from plumbline.ui.presenters.bands import angle_ticks, band_edges, band_ticks
from plumbline.ui.presenters.day import DayView, MarkKind
from plumbline.ui.presenters.ticks import Tick, time_ticks
from plumbline.ui.rects import RectsItem
from plumbline.ui.theme import Theme, mixed

SHADE = {codes.UPRIGHT: 0.07, codes.MODERATE: 0.17, codes.HIGH: 0.22, codes.BACKWARD: 0.17}
HALF_MINUTE_S = 30
REMINDER_OPACITY, SPREAD_OPACITY = 0.55, 0.25


class AnglePlot(QuietPlot):
    """x: UTC seconds since the day's begin; y: degrees, forward positive."""

    def __init__(self) -> None:
        self._time = ChosenAxis("bottom", lambda low, high, most: [], tick_px=64)
        self._names = ChosenAxis("right", lambda low, high, most: band_ticks(low, high))
        left = ChosenAxis("left", angle_ticks, tick_px=28)
        axes = {"left": left, "bottom": self._time, "right": self._names}
        super().__init__(axes, DayViewBox(enableMenu=False))
        self._shades, self._spread = RectsItem(), RectsItem()
        self._curve = pg.PlotCurveItem(connect="finite", skipFiniteCheck=False)
        self._curve.setSegmentedLineMode("on")  # wide and smooth, a path takes ten times as long
        self._reminders = pg.PlotCurveItem()
        for item in (self._shades, self._reminders, self._spread, self._curve):
            self.addItem(item, ignoreBounds=True)
        self.setMouseEnabled(x=True, y=False)
        self.showAxis("right")

    def show_day(self, view: DayView, theme: Theme, font: QFont) -> None:
        """Draw the day in the theme's colours."""
        dress(self, theme, font)
        set_title(self, view.angle_title, theme, font.pointSizeF())
        begin, end = view.limits
        self._time.set_ticks(lambda low, high, most: _relative(view, low, high, most))
        low, high = view.angle_range
        self._shades.set_rects(
            (theme.bands[band], SHADE[band], [(0, bottom, end - begin, top)])
            for band, bottom, top in band_edges(low, high)
        )
        self.setYRange(low, high, padding=0)
        self._show_curve(view, theme)
        self._show_reminders(view, theme)

    def _show_curve(self, view: DayView, theme: Theme) -> None:
        x, y, spread = view.middle_s - view.limits[0], view.flexion, view.spread
        known = ~np.isnan(y)
        at, angle, by = x[known], y[known], spread[known]
        bars = np.stack((at - HALF_MINUTE_S, angle - by, at + HALF_MINUTE_S, angle + by), axis=1)
        self._spread.set_rects([(theme.curve, SPREAD_OPACITY, bars)])
        gaps = np.flatnonzero(np.diff(x) > 3 * HALF_MINUTE_S) + 1
        self._curve.setData(np.insert(x, gaps, np.nan), np.insert(y, gaps, np.nan))
        self._curve.setPen(pen(self, theme.curve, 1.5))

    def _show_reminders(self, view: DayView, theme: Theme) -> None:
        x: list[float] = []
        y: list[float] = []
        for mark in view.marks:
            if mark.kind is MarkKind.REMINDER:
                at = mark.utc_s - view.limits[0]
                x += [at, at, nan]
                y += [*view.angle_range, nan]
        colour = mixed(theme.reminder, theme.background, REMINDER_OPACITY)
        self._reminders.setData(x, y, connect="finite")
        self._reminders.setPen(pen(self, colour, style=Qt.PenStyle.DashLine))


def _relative(view: DayView, low: float, high: float, most: int) -> list[Tick]:
    begin = view.limits[0]
    ticks = time_ticks(begin + low, begin + high, view.rule, most)
    return [(utc_s - begin, text) for utc_s, text in ticks]
