"""Hours of the week as a map: the darker (in dark windows: the brighter), the larger the share."""

import numpy as np
import pyqtgraph as pg
from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plumbline.analysis.wording import clock_time
from plumbline.i18n import _
from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.focus_ring import FocusRing
from plumbline.ui.hover import Hover, HoverPlots
from plumbline.ui.legend import SQUARE, Key, Legend
from plumbline.ui.pens import pen
from plumbline.ui.presenters.ticks import Tick
from plumbline.ui.presenters.week_hours import WeekHours, part_names
from plumbline.ui.rects import RectsItem
from plumbline.ui.theme import Theme, mixed

LEVELS = 8
PALEST = 0.12
GAP = 0.04
BESIDE_PX = 24
"""Midnight's text may stand so far beside the map."""
CELL_Z = 40
"""Of the mark on the hour that is told, below what is told."""
WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Hours and days to go by a key."""


def _is_way(event: QKeyEvent) -> bool:
    """With Shift and the like, arrows mean something else."""
    plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    return event.key() in WAYS and event.modifiers() in plain


class MapPlots(HoverPlots):
    """While it has the focus, arrow keys go from hour to hour: `stepped` (hours, days)."""

    stepped = pyqtSignal(int, int)

    def event(self, event: QEvent | None) -> bool:
        """Else the window would take the arrows, for the period before and after."""
        asked = event is not None and event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and _is_way(event):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Go on."""
        if event is not None and _is_way(event):
            self.stepped.emit(*WAYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Nothing is said any more."""
        super().focusOutEvent(event)
        self.left.emit()


class HeatMap(QWidget):
    """The map, what it shows to choose from, its legend and its sentence."""

    part_chosen = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.chooser, self.text, self.legend = QComboBox(), QLabel(), Legend()
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.text.setWordWrap(True)
        self.plots = MapPlots()
        FocusRing(self.plots)
        self._left = ChosenAxis("left", lambda low, high, most: [])
        bottom = ChosenAxis("bottom", _hour_ticks, tick_px=56)
        bottom.setStyle(hideOverlappingLabels=BESIDE_PX)
        self.plot = QuietPlot({"left": self._left, "bottom": bottom})
        self._cells = RectsItem()
        self.plot.addItem(self._cells)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.getViewBox().invertY(True)
        self.plot.setXRange(0, 24, padding=0)
        self.plot.setYRange(0, 7, padding=0)
        self.plots.addItem(self.plot)
        self._map: WeekHours | None = None
        self._cell = pg.QtWidgets.QGraphicsRectItem()
        self._cell.setZValue(CELL_Z)
        self._cell.hide()
        self.plot.addItem(self._cell, ignoreBounds=True)
        self.hover = Hover((self.plot,), self._text_at)
        self.plots.left.connect(self._leave)
        self.plots.stepped.connect(self._step)
        self.plots.scene().sigMouseMoved.connect(self._follow)
        top = QHBoxLayout()
        top.addWidget(self.chooser)
        top.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.plots, 1)
        column.addWidget(self.legend)
        self.chooser.activated.connect(lambda _index: self.part_chosen.emit())
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        chosen = max(0, self.chooser.currentIndex())
        self.chooser.clear()
        self.chooser.addItems(list(part_names().values()))
        self.chooser.setCurrentIndex(chosen)
        self.chooser.setAccessibleName(_("What the map shows"))
        self.plots.setAccessibleName(_("Hours of the week: arrow keys go from hour to hour"))

    def show_maps(self, maps: tuple[WeekHours, ...], theme: Theme, font: QFont) -> None:
        """Draw the chosen map in the theme's colours."""
        shown = self._map = maps[max(0, self.chooser.currentIndex())]
        self.plots.setBackground(theme.background)
        self.plots.setAccessibleDescription(shown.text)
        self.text.setText(shown.text)
        dress(self.plot, theme, font)
        set_title(self.plot, shown.title, theme, font.pointSizeF())
        rows = [(row + 0.5, name) for row, name in enumerate(shown.days)]
        self._left.set_ticks(lambda low, high, most: rows)
        metrics = QFontMetricsF(font)
        self._left.setWidth(max(metrics.horizontalAdvance(name) for name in shown.days) + 14)
        self._cells.set_rects(_groups(shown, theme))
        self._leave()
        self._cell.setPen(pen(self.plot, theme.text, 2))
        self.hover.dress(theme, font)
        self.plots.settle()
        self.legend.show_keys(_keys(shown, theme))

    def _text_at(self, point: QPointF) -> str:
        text = self._map.hover(point.x(), point.y()) if self._map else ""
        self._cell.setRect(QRectF(point.x() // 1, point.y() // 1, 1, 1))
        self._cell.setVisible(bool(text))
        return text

    def _follow(self, _scene: QPointF) -> None:
        """The mouse has moved, and off the map perhaps."""
        self._cell.setVisible(bool(self.hover.text))

    def _step(self, hours: int, days: int) -> None:
        """To the next hour or day from where it was; first to the hour with the most."""
        if self._map is None:
            return
        if self._cell.isVisible():
            at = self._cell.rect().topLeft() + QPointF(hours, days)
        else:
            row, hour = self._map.fullest
            at = QPointF(hour, row)
        place = QPointF(max(0, min(23, at.x())) + 0.5, max(0, min(6, at.y())) + 0.5)
        self.hover.move_to(self.plot.getViewBox().mapViewToScene(place))
        self.plots.setAccessibleDescription(self.hover.text.replace("\n", ", "))

    def _leave(self) -> None:
        self.hover.hide()
        self._cell.hide()
        if self._map:
            self.plots.setAccessibleDescription(self._map.text)


def _groups(
    shown: WeekHours, theme: Theme
) -> list[tuple[str, float, list[tuple[float, float, float, float]]]]:
    """Cells by level; those without data are a mere dot."""
    levels: dict[int, list[tuple[float, float, float, float]]] = {}
    dots = []
    for row, hour in np.ndindex(7, 24):
        share = shown.share[row, hour]
        if np.isnan(share):
            dots.append((hour + 0.46, row + 0.46, hour + 0.54, row + 0.54))
            continue
        level = round(float(share) / shown.scale * LEVELS)
        cell = (hour + GAP, row + GAP, hour + 1 - GAP, row + 1 - GAP)
        levels.setdefault(level, []).append(cell)
    groups = [(theme.curve, _opacity(level), cells) for level, cells in sorted(levels.items())]
    return [*groups, (theme.line, 1.0, dots)]


def _opacity(level: int) -> float:
    return PALEST + (1 - PALEST) * level / LEVELS


def _keys(shown: WeekHours, theme: Theme) -> list[Key]:
    keys = []
    for level in range(0, LEVELS + 1, 2):
        percent = round(100 * shown.scale * level / LEVELS)
        colour = mixed(theme.curve, theme.background, _opacity(level))
        keys.append(Key(SQUARE, colour, _("{n} %").format(n=percent)))
    return [*keys, Key("·", theme.muted, _("worn too little"))]


def _hour_ticks(low: float, high: float, most: int) -> list[Tick]:
    every = next((step for step in (1, 2, 3, 4, 6) if 24 / step <= most), 12)
    return [(float(hour), clock_time(hour % 24)) for hour in range(0, 24, every)]
