"""Hours of the week as a map: the darker (in dark windows: the brighter), the larger the share."""

import numpy as np
from PyQt6.QtCore import QPointF, pyqtSignal
from PyQt6.QtGui import QFont, QFontMetricsF
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plumbline.analysis.wording import clock_time
from plumbline.i18n import _
from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.hover import Hover, HoverPlots
from plumbline.ui.legend import SQUARE, Key, Legend
from plumbline.ui.presenters.ticks import Tick
from plumbline.ui.presenters.week_hours import WeekHours, part_names
from plumbline.ui.rects import RectsItem
from plumbline.ui.theme import Theme, mixed

LEVELS = 8
PALEST = 0.08
GAP = 0.04


class HeatMap(QWidget):
    """The map, what it shows to choose from, its legend and its sentence."""

    part_chosen = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.chooser, self.text, self.legend = QComboBox(), QLabel(), Legend()
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.text.setWordWrap(True)
        self.plots = HoverPlots()
        self._left = ChosenAxis("left", lambda low, high, most: [])
        bottom = ChosenAxis("bottom", _hour_ticks, tick_px=56)
        self.plot = QuietPlot({"left": self._left, "bottom": bottom})
        self._cells = RectsItem()
        self.plot.addItem(self._cells)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.getViewBox().invertY(True)
        self.plot.setXRange(0, 24, padding=0)
        self.plot.setYRange(0, 7, padding=0)
        self.plots.addItem(self.plot)
        self._map: WeekHours | None = None
        self.hover = Hover((self.plot,), self._text_at)
        self.plots.left.connect(self.hover.hide)
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
        self.plots.setAccessibleName(_("Hours of the week"))

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
        self.hover.hide()
        self.hover.dress(theme, font)
        self.plots.settle()
        self.legend.show_keys(_keys(shown, theme))

    def _text_at(self, point: QPointF) -> str:
        return self._map.hover(point.x(), point.y()) if self._map else ""


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
        level = round(float(share) / shown.highest * LEVELS)
        cell = (hour + GAP, row + GAP, hour + 1 - GAP, row + 1 - GAP)
        levels.setdefault(level, []).append(cell)
    groups = [(theme.curve, _opacity(level), cells) for level, cells in sorted(levels.items())]
    return [*groups, (theme.line, 1.0, dots)]


def _opacity(level: int) -> float:
    return PALEST + (1 - PALEST) * level / LEVELS


def _keys(shown: WeekHours, theme: Theme) -> list[Key]:
    keys = []
    for level in range(0, LEVELS + 1, 2):
        percent = round(100 * shown.highest * level / LEVELS)
        colour = mixed(theme.curve, theme.background, _opacity(level))
        keys.append(Key(SQUARE, colour, _("{n} %").format(n=percent)))
    return [*keys, Key("·", theme.muted, _("worn too little"))]


def _hour_ticks(low: float, high: float, most: int) -> list[Tick]:
    every = next((step for step in (1, 2, 3, 4, 6) if 24 / step <= most), 12)
    return [(float(hour), clock_time(hour % 24)) for hour in range(0, 25, every)]
