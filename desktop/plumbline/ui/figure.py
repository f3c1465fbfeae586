"""The wearer's trunk as a figure, from the side and from behind."""

from dataclasses import dataclass
from math import cos, radians, sin

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QWidget

from plumbline.i18n import _
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.live import Legs, LiveView
from plumbline.ui.theme import LIGHT, Theme

TRUNK, HEAD, LEG, REACH = 0.40, 0.072, 0.34, 0.63
"""Lengths, the head's radius and that of the bands as parts of the height drawn in."""
THIGH, SHANK, SEAT = 0.20, 0.25, 0.30
"""Of who sits: the legs in two parts, and how wide the seat is."""
TRUNK_WIDE = {"side": 0.115, "behind": 0.19}
LEG_WIDE = {"side": 0.6, "behind": 0.42}
"""Of the trunk's width."""
FITS = 0.5 / REACH
"""Of the width, at most so high: the bands end within it, and so does a trunk that lies."""
ABOVE_EM, BELOW_EM = 1.4, 2.2
"""Room for the title and for the angle, right above and below what is drawn."""
ZONE_OPACITY = 0.30
ZONES = ((0, 20, 0), (20, 60, 1), (60, 100, 2))
"""From and to degrees of lean, and the trunk band they belong to."""


def leg_lines(hip: QPointF, up: QPointF, tall: float, wide: float, lean: "Lean") -> list[QPolygonF]:
    """The legs from the hip on; `up` is where the trunk points. Who sits has them forward, which
    from behind is out of sight down to the seat."""
    thick = wide * LEG_WIDE[lean.shape]
    apart = (0.0,) if lean.shape == "side" else (-wide * 0.25, wide * 0.25)
    down = QPointF(0, LEG * tall - thick / 2)
    if lean.legs is Legs.IN_LINE:
        down = up * (-LEG * tall + thick / 2)
    if lean.legs is not Legs.BENT:
        return [QPolygonF([hip + QPointF(x, 0), hip + QPointF(x, 0) + down]) for x in apart]
    shank = QPointF(0, SHANK * tall)
    if lean.shape == "behind":
        return [QPolygonF([hip + QPointF(x, 0), hip + QPointF(x, 0) + shank]) for x in apart]
    knee = hip + QPointF(THIGH * tall, 0)
    return [QPolygonF([hip, knee, knee + shank])]


@dataclass(frozen=True)
class Lean:
    """One of the two views: its title, the lean to the right in degrees or None, its text."""

    title: str
    degrees: float | None
    text: str
    shape: str
    legs: Legs = Legs.DOWN


class Figure(QWidget):
    """Two views beside each other; `show_lean` redraws."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._leans = (Lean("", None, "", "side"), Lean("", None, "", "behind"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 180)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.setAccessibleName(_("Trunk from the side and from behind"))

    def sizeHint(self) -> QSize:
        """Two views of a comfortable size."""
        return QSize(640, 360)

    def show_lean(self, view: LiveView, theme: Theme) -> None:
        """Draw what the presenter says."""
        self._theme = theme
        self._leans = (
            Lean(_("From the side"), view.flexion, view.flexion_text, "side", view.legs),
            Lean(_("From behind"), view.lateral, view.lateral_text, "behind", view.legs),
        )
        self.setAccessibleDescription(view.description)
        self.update()

    @property
    def shown(self) -> tuple[Lean, ...]:
        """Both views; one in the middle where there is nothing to say of the other."""
        side, behind = self._leans
        return (side, behind) if behind.text or not side.text else (side,)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Draw both views."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        leans = self.shown
        wide = self.width() / len(leans)
        for place, lean in enumerate(leans):
            self._draw(painter, QRectF(place * wide, 0, wide, self.height()), lean)
        painter.end()

    def _draw(self, painter: QPainter, area: QRectF, lean: Lean) -> None:
        line = self.fontMetrics().height()
        above, below = ABOVE_EM * line, BELOW_EM * line
        inner = area.adjusted(0, above, 0, -below)
        tall = min(inner.height(), inner.width() * FITS)
        inner.adjust(0, (inner.height() - tall) / 2, 0, (tall - inner.height()) / 2)
        beside = area.adjusted(0, inner.top() - above - area.top(), 0, 0)
        beside.setBottom(inner.bottom() + below)
        centre = Qt.AlignmentFlag.AlignHCenter
        painter.setPen(QColor(self._theme.text))
        painter.setFont(scaled(self, 1.0, bold=True))
        painter.drawText(beside, centre | Qt.AlignmentFlag.AlignTop, lean.title)
        painter.setFont(scaled(self, 1.5, bold=True))
        painter.drawText(beside, centre | Qt.AlignmentFlag.AlignBottom, lean.text)
        hip = QPointF(inner.center().x(), inner.bottom() - LEG * tall)
        self._draw_zones(painter, hip, tall, lean)
        self._draw_body(painter, hip, tall, lean)

    def _draw_zones(self, painter: QPainter, hip: QPointF, tall: float, lean: Lean) -> None:
        """The bands of the trunk's lean as pies around the hip, and the plumb line."""
        reach = REACH * tall
        box = QRectF(hip.x() - reach, hip.y() - reach, 2 * reach, 2 * reach)
        painter.setPen(Qt.PenStyle.NoPen)
        zones = ZONES if lean.shape == "side" else ((-10, 10, 0),)
        for low, high, band in zones:
            colour = QColor(self._theme.bands[band])
            colour.setAlphaF(ZONE_OPACITY)
            painter.setBrush(colour)
            painter.drawPie(box, round((90 - high) * 16), round((high - low) * 16))
        painter.setPen(QPen(QColor(self._theme.muted), 1, Qt.PenStyle.DashLine))
        painter.drawLine(hip, QPointF(hip.x(), hip.y() - reach))

    def _draw_body(self, painter: QPainter, hip: QPointF, tall: float, lean: Lean) -> None:
        known = lean.degrees is not None
        angle = radians(lean.degrees or 0.0)
        up = QPointF(sin(angle), -cos(angle))
        shoulder = hip + up * (TRUNK * tall)
        head = hip + up * ((TRUNK + HEAD * 1.15) * tall)
        wide = TRUNK_WIDE[lean.shape] * tall
        body = QColor(self._theme.curve if known else self._theme.line)
        legs = QPen(QColor(self._theme.line), wide * LEG_WIDE[lean.shape])
        legs.setCapStyle(Qt.PenCapStyle.RoundCap)
        legs.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(legs)
        for leg in leg_lines(hip, up, tall, wide, lean):
            painter.drawPolyline(leg)
        if lean.legs is Legs.BENT:
            self._draw_seat(painter, hip, tall, wide, lean.shape)
        trunk = QPen(body, wide)
        trunk.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(trunk)
        painter.drawLine(hip, shoulder - up * (wide / 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(body)
        painter.drawEllipse(head, HEAD * tall, HEAD * tall)
        self._draw_belt(painter, hip, up, wide)

    def _draw_seat(
        self, painter: QPainter, hip: QPointF, tall: float, wide: float, shape: str
    ) -> None:
        thick = wide * LEG_WIDE["side"] / 3 if shape == "side" else wide * LEG_WIDE["behind"] / 3
        seat = QPen(QColor(self._theme.muted), max(2.0, thick))
        seat.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(seat)
        below = hip + QPointF(0, wide / 2 + seat.widthF() / 2)
        painter.drawLine(below - QPointF(SEAT * tall / 2, 0), below + QPointF(SEAT * tall / 2, 0))

    def _draw_belt(self, painter: QPainter, hip: QPointF, up: QPointF, wide: float) -> None:
        """Where the belt sits: at the small of the back, across the trunk."""
        across = QPointF(-up.y(), up.x()) * (wide / 2)
        place = hip + up * (wide * 0.15)
        strap = QPen(QColor(self._theme.background), max(2.0, wide * 0.12))
        strap.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(strap)
        painter.drawLine(place - across, place + across)
