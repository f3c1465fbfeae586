"""The ribbon of the day: posture as colour and height, bouts, reminders and breaks."""

from collections import defaultdict
from collections.abc import Sequence
from math import nan

import pyqtgraph as pg
from PyQt6.QtGui import QFont

from plumbline.analysis.ribbon import Segment
from plumbline.i18n import _
from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.day_view_box import DayViewBox
from plumbline.ui.pens import pen
from plumbline.ui.presenters.day import BoutLabel, DayView, MarkKind
from plumbline.ui.presenters.lanes import (
    BOOKMARK_Y,
    BOTTOM,
    BRACKET_Y,
    BREAK_Y,
    HEIGHT,
    REMINDER_Y,
    TOP,
    lane_ticks,
)
from plumbline.ui.presenters.remarks import Excluded
from plumbline.ui.rects import Rect, RectsItem
from plumbline.ui.theme import Theme

BRACKET_FOOT = 0.2
EXCLUDED_Y = 3.0
PALE, SHADE = 0.3, 0.16
"""Of what is excluded: its postures, and the ground they stand on."""
BRACKET_Z = 1
"""Brackets over the boxes of their texts."""
MARKS = {
    MarkKind.REMINDER: ("t1", 11, REMINDER_Y),
    MarkKind.BREAK: ("o", 8, BREAK_Y),
    MarkKind.BOOKMARK: ("d", 12, BOOKMARK_Y),
}
"""Symbol, size in pixels, height."""


class RibbonPlot(QuietPlot):
    """x: UTC seconds since the day's begin, shared with the angle below."""

    def __init__(self) -> None:
        left = ChosenAxis("left", lambda low, high, most: lane_ticks())
        right = ChosenAxis("right", lambda low, high, most: [])
        super().__init__({"left": left, "right": right}, DayViewBox(enableMenu=False))
        self._shade, self._pale, self._rects = RectsItem(), RectsItem(), RectsItem()
        for item in (self._shade, self._pale, self._rects):
            self.addItem(item)
        self._marks, self._spans = pg.ScatterPlotItem(pxMode=True), pg.PlotCurveItem()
        self.addItem(self._marks)
        self.addItem(self._spans, ignoreBounds=True)
        self._base = pg.InfiniteLine(0, angle=0)
        self.addItem(self._base, ignoreBounds=True)
        self._brackets, self._longest = pg.PlotCurveItem(), pg.PlotCurveItem()
        for curve in (self._brackets, self._longest):
            curve.setZValue(BRACKET_Z)
            self.addItem(curve)
        self._labels: list[tuple[BoutLabel | Excluded, pg.TextItem]] = []
        self._texts: list[pg.TextItem] = []
        self._begin = 0
        self.setMouseEnabled(x=True, y=False)
        self.setYRange(BOTTOM, TOP, padding=0)
        self.hideAxis("bottom")
        self.getViewBox().sigXRangeChanged.connect(self._fit_labels)
        self.getViewBox().sigResized.connect(self._fit_labels)

    def show_day(self, view: DayView, theme: Theme, font: QFont) -> None:
        """Draw the day in the theme's colours."""
        dress(self, theme, font)
        set_title(self, _("Posture and activity"), theme, font.pointSizeF())
        self._begin = view.limits[0]
        self._show_segments(self._rects, view.segments, theme, 1.0)
        self._show_segments(self._pale, view.pale, theme, PALE)
        stretches = [
            (e.begin_s - self._begin, 0.0, e.end_s - self._begin, TOP) for e in view.excluded
        ]
        self._shade.set_rects([(theme.muted, SHADE, stretches)])
        self._base.setPen(pen(self, theme.line))
        self._show_marks(view, theme)
        self._show_bouts(view, theme, font)

    def _show_marks(self, view: DayView, theme: Theme) -> None:
        colours = {
            MarkKind.REMINDER: theme.reminder,
            MarkKind.BREAK: theme.rest,
            MarkKind.BOOKMARK: theme.text,
        }
        x: list[float] = []
        for mark in view.marks:  # of stretches: from the sign to where they end
            if mark.end_s > mark.utc_s:
                x += [mark.utc_s - self._begin, mark.end_s - self._begin]
        self._spans.setData(x, [BOOKMARK_Y] * len(x), connect="pairs")
        self._spans.setPen(pen(self, theme.text, 2))
        self._marks.setData(
            [
                {
                    "pos": (mark.utc_s - self._begin, MARKS[mark.kind][2]),
                    "symbol": MARKS[mark.kind][0],
                    "size": MARKS[mark.kind][1],
                    "brush": pg.mkBrush(colours[mark.kind]),
                    "pen": None,
                }
                for mark in view.marks
            ]
        )

    def _show_segments(
        self, item: RectsItem, segments: Sequence[Segment], theme: Theme, opacity: float
    ) -> None:
        groups: dict[str, list[Rect]] = defaultdict(list)
        for part in segments:
            colour = theme.postures[part.posture]
            begin, end = part.begin_s - self._begin, part.end_s - self._begin
            groups[colour].append((begin, 0.0, end, HEIGHT[part.posture]))
        item.set_rects((colour, opacity, rects) for colour, rects in groups.items())

    def _show_bouts(self, view: DayView, theme: Theme, font: QFont) -> None:
        for curve, longest in ((self._brackets, False), (self._longest, True)):
            bouts = [bout for bout in view.bouts if bout.longest is longest]
            x, y = _bracket_lines(bouts, self._begin)
            curve.setData(x, y, connect="finite")
            curve.setPen(pen(self, theme.text if longest else theme.muted))
        labelled: list[BoutLabel | Excluded] = [*view.bouts, *view.excluded]
        while len(self._texts) < len(labelled):
            self._texts.append(pg.TextItem(anchor=(0.5, 1)))
            self.addItem(self._texts[-1], ignoreBounds=True)
        for text in self._texts[len(labelled) :]:
            text.hide()
        self._labels = list(zip(labelled, self._texts, strict=False))
        for each, text in self._labels:
            strong = isinstance(each, BoutLabel) and each.longest
            own = QFont(font)
            own.setBold(strong)
            text.setFont(own)
            text.setColor(theme.text if strong else theme.muted)
            text.fill = pg.mkBrush(theme.background)
            text.setPlainText(each.text if isinstance(each, BoutLabel) else _("excluded"))
        self._fit_labels()

    def _fit_labels(self) -> None:
        """Centre each text over the part of its bracket in sight; hide what is wider than that."""
        view = self.getViewBox()
        low, high = view.viewRange()[0]
        per_px = view.viewPixelSize()[0]
        for each, text in self._labels:
            begin = max(low, each.begin_s - self._begin)
            end = min(high, each.end_s - self._begin)
            height = BRACKET_Y if isinstance(each, BoutLabel) else EXCLUDED_Y
            text.setPos((begin + end) / 2, height)
            text.setVisible(text.boundingRect().width() * per_px <= end - begin)


def _bracket_lines(bouts: Sequence[BoutLabel], begin_s: int) -> tuple[list[float], list[float]]:
    """One line for all brackets, broken (NaN) between them."""
    x: list[float] = []
    y: list[float] = []
    foot = BRACKET_Y - BRACKET_FOOT
    for bout in bouts:
        begin, end = bout.begin_s - begin_s, bout.end_s - begin_s
        x += [begin, begin, end, end, nan]
        y += [foot, BRACKET_Y, BRACKET_Y, foot, nan]
    return x, y
