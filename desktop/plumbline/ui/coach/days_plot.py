"""Measures over days: points, their trend, the change that matters, and marks of therapies."""

from collections.abc import Generator, Iterable, Sequence
from datetime import date

import pyqtgraph as pg
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF

from plumbline.analysis.wording import long_date, number, short_date
from plumbline.i18n import _
from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.hover import Hover, HoverPlots
from plumbline.ui.legend import CIRCLE, SQUARE, TRIANGLE, Key
from plumbline.ui.pens import pen
from plumbline.ui.presenters.coach_course import Measure, Trace
from plumbline.ui.presenters.ticks import day_ticks
from plumbline.ui.rects import RectsItem
from plumbline.ui.theme import Theme

SIGNS = {
    Measure.OWN: ("s", SQUARE),
    Measure.PART: ("t1", TRIANGLE),
    Measure.PAIN: ("o", CIRCLE),
    Measure.BELT: ("o", CIRCLE),
}
"""Of a measure in the plot and in the legend, so that colour is not all that tells them apart."""
MARK_HEIGHTS = (0.94, 0.84, 0.74)
"""Of the therapies' names, one after the other, so that neighbours do not cover each other."""
BEHIND, BEFORE = (-0.04, 0.5), (1.04, 0.5)
"""Where a mark's name stands from its line, in its own widths."""
LATE = 0.2
"""Of the days shown: a name this near to their end stands before its line."""
WINDOW_OPACITY, BAND_OPACITY = 0.07, 0.14
DOT_PX = 6
ROOMY_PX = 180


class DaysPlot(HoverPlots):
    """x is the day's ordinal."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot = QuietPlot({"bottom": ChosenAxis("bottom", day_ticks, tick_px=64)})
        self.shaded = RectsItem()
        self._items: list[pg.GraphicsObject] = []
        self._highest = 0.0
        self._traces: Sequence[Trace] = ()
        self._named: Sequence[tuple[date, str]] = ()
        self.plot.addItem(self.shaded)
        self.addItem(self.plot)
        self.plot.setMouseEnabled(x=False, y=False)
        self.ci.setContentsMargins(0, 0, 0, 0)
        self.hover = Hover((self.plot,), self._text_at)
        self.left.connect(self.hover.hide)

    def retranslate(self) -> None:
        """Name the days in the user's language, also where the range stays."""
        self.plot.getAxis("bottom").set_ticks(day_ticks)

    def show_days(
        self,
        title: str,
        traces: Sequence[Trace],
        days: tuple[date, date],
        theme: Theme,
        font: QFont,
        *,
        window: tuple[date, date] | None = None,
        marks: Sequence[tuple[date, str]] = (),
        top: float | None = None,
    ) -> None:
        """Draw in the theme's colours; `top`: of a scale that is fixed."""
        self._traces, self._named = traces, marks
        self.hover.hide()
        self.hover.dress(theme, font)
        self.setBackground(theme.background)
        self.setAccessibleName(title)
        self.setAccessibleDescription(in_words(traces, marks))
        dress(self.plot, theme, font, grid=True)
        set_title(self.plot, title, theme, font.pointSizeF())
        while self._items:
            self.plot.removeItem(self._items.pop())
        values = [value for trace in traces for _day, value in trace.points]
        highest = self._highest = top or max([*values, 1.0]) * 1.1
        first, last = days[0].toordinal() - 0.6, days[1].toordinal() + 0.6
        self._show_areas(traces, window, theme, highest)
        for trace in traces:
            self._show_trace(trace, colour_of(trace.measure, theme), SIGNS[trace.measure][0])
        for n, (day, text) in enumerate(marks):
            line = self._mark(day, text, MARK_HEIGHTS[n % len(MARK_HEIGHTS)], theme, font)
            if day.toordinal() > last - LATE * (last - first):
                line.label.anchors = [BEFORE, BEFORE]
            line.setZValue(len(marks) - n)  # a name lies over the lines of the days after it
            self._add(line)
        self.plot.setXRange(first, last, padding=0)
        room = QFontMetricsF(font).height() / self.height() if top else 0.03  # for both ends' names
        self.plot.setYRange(0, highest, padding=room)
        self.plot.getAxis("left").setTicks([scale_ticks(top, self.height())] if top else None)
        self.plot.getAxis("left").setWidth(QFontMetricsF(font).horizontalAdvance("0000") + 14)

    def shade(self, spans: Sequence[tuple[date, date]], theme: Theme) -> None:
        """Lay a shade behind these days, both ends included, and behind no others."""
        rects = [(a.toordinal() - 0.5, 0.0, b.toordinal() + 0.5, self._highest) for a, b in spans]
        self.shaded.set_rects([(theme.muted, WINDOW_OPACITY, rects)])

    def _show_areas(
        self,
        traces: Sequence[Trace],
        window: tuple[date, date] | None,
        theme: Theme,
        highest: float,
    ) -> None:
        groups = []
        if window:
            left, right = window[0].toordinal() - 0.5, window[1].toordinal() + 0.5
            groups.append((theme.muted, WINDOW_OPACITY, [(left, 0.0, right, highest)]))
            bands = [trace.band for trace in traces if trace.band]
            rects = [(left, max(0.0, low), right, min(highest, high)) for low, high in bands]
            groups.append((theme.curve, BAND_OPACITY, rects))
        self.shaded.set_rects(groups)

    def _show_trace(self, trace: Trace, colour: str, symbol: str) -> None:
        dots = pg.ScatterPlotItem(
            [day.toordinal() for day, _value in trace.points],
            [value for _day, value in trace.points],
            symbol=symbol,
            size=DOT_PX,
            brush=pg.mkBrush(colour),
            pen=None,
        )
        self._add(dots)
        if trace.trend:
            line = pg.PlotCurveItem(
                [day.toordinal() for day, _value in trace.trend],
                [value for _day, value in trace.trend],
            )
            line.setPen(pen(self.plot, colour, 2))
            self._add(line)

    def _mark(
        self, day: date, text: str, high: float, theme: Theme, font: QFont
    ) -> pg.InfiniteLine:
        line = pg.InfiniteLine(
            day.toordinal(),
            angle=90,
            label=text,
            labelOpts={
                "position": high,
                "color": theme.text,
                "fill": theme.background,
                "anchors": [BEHIND, BEHIND],
            },
        )
        line.setPen(pen(self.plot, theme.muted, 1, Qt.PenStyle.DashLine))
        line.label.setFont(font)
        return line

    def _text_at(self, point: QPointF) -> str:
        return told_of_day(self._traces, self._named, date.fromordinal(max(1, round(point.x()))))

    def _add(self, item: pg.GraphicsObject) -> None:
        self.plot.addItem(item)
        self._items.append(item)


def one_by_one(heights: Iterable[int]) -> Generator[None, None, list[DaysPlot]]:
    """A plot of each height; yields after each, so that the window may answer the user."""
    plots = []
    for height in heights:
        plots.append(DaysPlot(height))
        yield
    return plots


def scale_ticks(top: float, height: int) -> list[tuple[float, str]]:
    """Both ends of a scale and what lies between, as far as there is room."""
    steps = 5 if height >= ROOMY_PX else 2
    return [(top * n / steps, number(top * n / steps)) for n in range(steps + 1)]


def colour_of(measure: Measure, theme: Theme) -> str:
    """The measure's colour, the same on every page and on paper."""
    return {
        Measure.OWN: theme.curve,
        Measure.PART: theme.rest,
        Measure.PAIN: theme.reminder,
        Measure.BELT: theme.muted,
    }[measure]


def trace_keys(traces: Sequence[Trace], theme: Theme) -> list[Key]:
    """What the signs stand for."""
    return [
        Key(SIGNS[each.measure][1], colour_of(each.measure, theme), each.name) for each in traces
    ]


def told_of_day(traces: Sequence[Trace], marks: Sequence[tuple[date, str]], day: date) -> str:
    """What there is of a day, a line each; empty where there is nothing."""
    told = [
        f"{trace.name}: {number(value, 0 if value == int(value) else 1)}"
        for trace in traces
        for at, value in trace.points
        if at == day
    ]
    told += [text for at, text in marks if at == day]
    return "\n".join([long_date(day), *told]) if told else ""


def in_words(traces: Sequence[Trace], marks: Sequence[tuple[date, str]]) -> str:
    """What the plot shows, for those who do not see it."""
    told = [
        _("{name}: {first} on {begin}, {last} on {end}").format(
            name=trace.name,
            first=number(trace.points[0][1], 1),
            begin=short_date(trace.points[0][0]),
            last=number(trace.points[-1][1], 1),
            end=short_date(trace.points[-1][0]),
        )
        for trace in traces
        if trace.points
    ]
    told += [f"{short_date(day)}: {text}" for day, text in marks]
    return "; ".join(told) or _("There are no data yet.")
