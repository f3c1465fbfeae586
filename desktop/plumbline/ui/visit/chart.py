"""The chart of the page for a visit: pain and own activities as points, walking as bars.

Only days that follow each other are joined: what was not entered is not made up. Shapes tell
apart what colours do, so that a black and white print can be read.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from babel import dates
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from plumbline import i18n
from plumbline.ui.presenters.visit import Chart

INK, MUTED, LINE, BAR, FLARE = "#1B1D21", "#5B616B", "#C9CDD3", "#D6E2F0", "#F3E3C8"
PAIN, OWN = "#B8400A", "#0A4F96"
LEFT, RIGHT, TOP, BOTTOM = 16.0, 22.0, 20.0, 14.0
TOP_SCORE = 10
DOT = 1.6
MOST_TICKS = 8
NICE_MIN = 20
Days = Sequence[tuple[date, float]]


class ChartPainter:
    """Paints a chart into a rectangle; lengths are points."""

    def __init__(
        self, painter: QPainter, rect: QRectF, chart: Chart, words: dict[str, str], font: QFont
    ) -> None:
        self._painter, self._chart, self._words = painter, chart, words
        self._outer = rect
        self._plot = rect.adjusted(LEFT, TOP, -RIGHT, -BOTTOM)
        self._days = max(1, (chart.until - chart.since).days)
        most = max((value for _day, value in chart.walking), default=0.0)
        self._most = NICE_MIN * max(2, ceil(most / NICE_MIN))
        self._font = QFont(font)
        self._font.setPixelSize(7)

    def paint(self) -> None:
        """Everything, the background first."""
        painter = self._painter
        painter.save()
        painter.setFont(self._font)
        self._flares()
        self._bars()
        self._axes()
        self._points(self._chart.own, OWN, square=True)
        self._points(self._chart.pain, PAIN, square=False)
        self._therapies()
        self._legend()
        painter.restore()

    def _x(self, day: date) -> float:
        return self._plot.left() + self._plot.width() * (day - self._chart.since).days / self._days

    def _y(self, score: float) -> float:
        return self._plot.bottom() - self._plot.height() * score / TOP_SCORE

    def _flares(self) -> None:
        for begin, end in self._chart.flares:
            left, right = self._x(begin), max(self._x(end), self._x(begin) + 1.5)
            area = QRectF(left, self._plot.top(), right - left, self._plot.height())
            self._painter.fillRect(area, QColor(FLARE))

    def _bars(self) -> None:
        wide = max(0.6, 0.7 * self._plot.width() / self._days)
        for day, minutes in self._chart.walking:
            tall = self._plot.height() * minutes / self._most
            bar = QRectF(self._x(day) - wide / 2, self._plot.bottom() - tall, wide, tall)
            self._painter.fillRect(bar, QColor(BAR))

    def _axes(self) -> None:
        painter, plot = self._painter, self._plot
        for score in (0, 5, 10):
            y = self._y(score)
            painter.setPen(QPen(QColor(LINE), 0.4))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(MUTED))
            if self._chart.pain or self._chart.own:
                left = QRectF(plot.left() - LEFT, y - 5, LEFT - 3, 10)
                painter.drawText(left, RIGHT_MIDDLE, str(score))
            if self._chart.walking:
                right = QRectF(plot.right() + 3, y - 5, RIGHT - 3, 10)
                painter.drawText(right, LEFT_MIDDLE, str(round(self._most * score / TOP_SCORE)))
        for day in self._ticks():
            text = dates.format_skeleton("MMMd", day, locale=i18n.locale())
            place = QRectF(self._x(day) - 30, plot.bottom() + 2, 60, 10)
            painter.drawText(place, CENTRE, text)

    def _ticks(self) -> list[date]:
        weeks = -(-self._days // (7 * MOST_TICKS))
        step = timedelta(weeks=max(1, weeks))
        count = (self._chart.until - self._chart.since) // step
        return [self._chart.until - step * n for n in range(count + 1)]

    def _points(self, days: Days, colour: str, *, square: bool) -> None:
        painter = self._painter
        pen = QPen(QColor(colour), 0.8)
        if square:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        for (before, low), (day, value) in pairwise(days):
            if (day - before).days == 1:
                painter.drawLine(
                    QPointF(self._x(before), self._y(low)), QPointF(self._x(day), self._y(value))
                )
        for day, value in days:
            self._mark(QPointF(self._x(day), self._y(value)), colour, square=square)

    def _mark(self, at: QPointF, colour: str, *, square: bool) -> None:
        self._painter.setPen(QPen(QColor(colour), 0.6))
        self._painter.setBrush(QBrush(QColor("#FFFFFF" if square else colour)))
        if square:
            self._painter.drawRect(QRectF(at.x() - DOT, at.y() - DOT, 2 * DOT, 2 * DOT))
        else:
            self._painter.drawEllipse(at, DOT, DOT)

    def _therapies(self) -> None:
        for day in self._chart.therapies:
            self._triangle(QPointF(self._x(day), self._plot.top() - 1))

    def _triangle(self, tip: QPointF) -> None:
        self._painter.setPen(QPen(QColor(INK), 0.4))
        self._painter.setBrush(QBrush(QColor(INK)))
        corners = [tip, QPointF(tip.x() - 2.2, tip.y() - 4), QPointF(tip.x() + 2.2, tip.y() - 4)]
        self._painter.drawPolygon(QPolygonF(corners))

    def _legend(self) -> None:
        """In one row at the top: only what the chart holds."""
        chart, x, y = self._chart, self._plot.left(), self._outer.top() + 6
        shown = {
            "pain": chart.pain,
            "own": chart.own,
            "walking": chart.walking,
            "therapy": chart.therapies,
            "flare": chart.flares,
        }
        for key in (key for key, there in shown.items() if there):
            self._sample(key, QPointF(x + 3, y))
            text = self._words[key]
            self._painter.setPen(QColor(INK))
            wide = self._painter.fontMetrics().horizontalAdvance(text) + 4
            self._painter.drawText(QRectF(x + 8, y - 5, wide, 10), LEFT_MIDDLE, text)
            x += wide + 20

    def _sample(self, key: str, at: QPointF) -> None:
        if key in ("pain", "own"):
            self._mark(at, PAIN if key == "pain" else OWN, square=key == "own")
        elif key == "therapy":
            self._triangle(QPointF(at.x(), at.y() + 2))
        else:
            area = QRectF(at.x() - 3, at.y() - 3, 6, 6)
            self._painter.fillRect(area, QColor(BAR if key == "walking" else FLARE))


MIDDLE = Qt.AlignmentFlag.AlignVCenter
LEFT_MIDDLE = MIDDLE | Qt.AlignmentFlag.AlignLeft
RIGHT_MIDDLE = MIDDLE | Qt.AlignmentFlag.AlignRight
CENTRE = MIDDLE | Qt.AlignmentFlag.AlignHCenter
