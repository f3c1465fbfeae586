"""Weeks in four plots over the same days: postures stacked, and three measures with their mean."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyqtgraph as pg
from PyQt6.QtCore import QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QFont, QFontMetricsF
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent

from plumbline.analysis.postures import Posture
from plumbline.i18n import _
from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.hover import Hover, HoverPlots, contains
from plumbline.ui.measure_plot import MeasurePlot
from plumbline.ui.presenters.ticks import day_ticks
from plumbline.ui.presenters.trends import Panel, TrendView
from plumbline.ui.rects import Rects, RectsItem
from plumbline.ui.theme import Theme

MEASURES = 3


class TrendPlots(HoverPlots):
    """x is the day's ordinal (1 = 1 January of the year 1).

    Emits `day_wanted` or `week_wanted` (its first day) where a day, or a bar of a week, is clicked.
    """

    day_wanted = pyqtSignal(object)
    week_wanted = pyqtSignal(object)

    def __init__(self, measures: Sequence[MeasurePlot] | None = None) -> None:
        """With its own `measures` the caller goes through `arranging`."""
        super().__init__()
        self.setMinimumHeight(300)
        self._view: TrendView | None = None
        self._panel = 0
        self._alone = False
        self.stack = QuietPlot({"bottom": ChosenAxis("bottom", day_ticks, tick_px=64)})
        self._rects = RectsItem()
        self.stack.addItem(self._rects)
        self.measures = list(measures or (MeasurePlot() for _n in range(MEASURES)))
        if measures is None:
            for _turn in self.arranging():
                pass

    def arranging(self) -> Iterator[None]:
        """Put the plots together; yields wherever the window may answer the user."""
        self.addItem(self.stack, row=0, col=0, colspan=3)
        for column, plot in enumerate(self.measures):
            yield
            self.addItem(plot, row=1, col=column)
            self.ci.layout.setColumnPreferredWidth(column, 200)
            self.ci.layout.setColumnStretchFactor(column, 1)
        yield
        self.ci.layout.setRowStretchFactor(0, 6)
        self.ci.layout.setRowStretchFactor(1, 5)
        self.ci.setContentsMargins(0, 0, 0, 0)
        self.ci.setSpacing(10)
        self.stack.setMouseEnabled(x=True, y=False)
        for plot in (self.stack, *self.measures):
            plot.getViewBox().sigXRangeChanged.connect(self._follow)
        self.hover = Hover((self.stack, *self.measures), self._text_at)
        self.left.connect(self.hover.hide)
        self.scene().sigMouseClicked.connect(self._clicked)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.setAccessibleName(_("Trends over days"))

    def show_trends(self, view: TrendView, theme: Theme, font: QFont, panel: int = 0) -> None:
        """Draw one panel of the period in the theme's colours."""
        for _turn in self.drawing(view, theme, font, panel):
            pass

    def drawing(self, view: TrendView, theme: Theme, font: QFont, panel: int = 0) -> Iterator[None]:
        """The same plot by plot; yields after each."""
        self._view, self._panel = view, panel
        shown = view.panels[panel]
        self.setBackground(theme.background)
        self.setAccessibleDescription(f"{view.said} {shown.text}")
        self.hover.hide()
        self.hover.dress(theme, font)
        dress(self.stack, theme, font, grid=True)
        set_title(self.stack, shown.stacks.title, theme, font.pointSizeF())
        self._show_stack(shown, theme)
        self._show_days(self.stack, view, font)
        yield
        for plot, chart in zip(self.measures, shown.charts, strict=True):
            plot.show_chart(view.days, chart, theme, font)
            self._show_days(plot, view, font)
            yield

    def _show_days(self, plot: pg.PlotItem, view: TrendView, font: QFont) -> None:
        """All days of the view in one plot, of which the others have no part; in the lower ones
        those that the upper one shows, which may have been moved since."""
        first, last = view.days[0] - 0.6, view.days[-1] + 0.6
        plot.getAxis("left").setWidth(QFontMetricsF(font).horizontalAdvance("00000") + 14)
        self._alone = True
        plot.getViewBox().setLimits(xMin=first, xMax=last, minXRange=3)
        shown = (first, last) if plot is self.stack else self.stack.viewRange()[0]
        plot.setXRange(*shown, padding=0)
        self._alone = False
        self.settle()

    def _follow(self, moved: pg.ViewBox, shown: tuple[float, float]) -> None:
        """Show the same days everywhere; pyqtgraph's own link would align pixels instead."""
        if self._alone:
            return
        for plot in (self.stack, *self.measures):
            view = plot.getViewBox()
            if view is not moved and tuple(view.viewRange()[0]) != tuple(shown):
                view.setXRange(*shown, padding=0)

    def _show_stack(self, shown: Panel, theme: Theme) -> None:
        bars = shown.stacks
        tops = np.cumsum(bars.hours, axis=1)
        groups: list[tuple[str, float, Rects]] = []
        for index, part in enumerate(shown.parts):
            there = bars.hours[:, index] > 0
            x, tall, top = bars.x[there], bars.hours[there, index], tops[there, index]
            half = bars.width[there] / 2
            rects = np.stack((x - half, top - tall, x + half, top), axis=1)
            groups.append((part_colour(shown, part, theme), 1.0, rects))
        self._rects.set_rects(groups)
        highest = float(tops.max()) if tops.size else 0.0
        self.stack.setYRange(0, max(1.0, highest * 1.05), padding=0)

    def _text_at(self, point: QPointF) -> str:
        """Of the week whose bar is under the mouse, else of the day; and where a click leads."""
        if self._view is None:
            return ""
        if self.hover.under is self.stack and self._view.week_at(point.x()):
            text, way = self._view.week_hover(point.x(), self._panel), _("Click: show this week")
        else:
            text, way = self._view.hover(point.x(), self._panel), _("Click: show this day")
        return f"{text}\n{way}" if text else ""

    def _clicked(self, event: MouseClickEvent) -> None:
        """Nothing else is asked of a click here; a drag moves the days."""
        plots = (self.stack, *self.measures)
        under = next((p for p in plots if contains(p, event.scenePos())), None)
        if self._view is None or under is None or event.button() != Qt.MouseButton.LeftButton:
            return
        x = under.getViewBox().mapSceneToView(event.scenePos()).x()
        week = self._view.week_at(x) if under is self.stack else None
        day = self._view.day_at(x)
        if week:
            self.week_wanted.emit(week[0])
        elif day:
            self.day_wanted.emit(day.day)


def drawn_alike(one: TrendView, other: TrendView, panel: int) -> bool:
    """Whether a panel of both is drawn alike."""
    mine, its = one.panels[panel], other.panels[panel]
    if (one.period, one.said, mine.text) != (other.period, other.said, its.text):
        return False
    arrays = [
        (mine.stacks.hours, its.stacks.hours),
        *(
            (getattr(a.trend, name), getattr(b.trend, name))
            for a, b in zip(mine.charts, its.charts, strict=True)
            for name in ("values", "mean", "low", "high")
        ),
    ]
    return mine.parts == its.parts and all(np.array_equal(a, b, equal_nan=True) for a, b in arrays)


def part_colour(panel: Panel, part: int, theme: Theme) -> str:
    """The colour of a posture, or of a trunk band."""
    return theme.bands[part] if panel.bands else theme.postures[Posture(part)]
