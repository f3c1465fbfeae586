"""Each repetition of a session: its range above, its length below."""

from collections.abc import Sequence

import pyqtgraph as pg
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF

from plumbline.i18n import _
from plumbline.ui.axes import QuietPlot, dress, set_title
from plumbline.ui.hover import Hover, HoverPlots
from plumbline.ui.pens import pen
from plumbline.ui.presenters.coach_session import count_text, rep_text
from plumbline.ui.rects import RectsItem
from plumbline.ui.theme import Theme

HEIGHT = 300
LEAST_SHOWN = 10


class RepsPlot(HoverPlots):
    """Bars of degrees, a line of seconds; x is the repetition's number."""

    def __init__(self, plots: Sequence[QuietPlot] = ()) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.range_plot, self.tempo_plot = plots or (QuietPlot(), QuietPlot())
        self._bars, self._line = RectsItem(), pg.PlotDataItem(symbol="o", symbolSize=7)
        self.range_plot.addItem(self._bars)
        self.tempo_plot.addItem(self._line)
        for row, plot in enumerate((self.range_plot, self.tempo_plot)):
            plot.setMouseEnabled(x=False, y=False)
            self.addItem(plot, row=row, col=0)
        self._reps: Sequence[tuple[float, float]] = ()
        self.hover = Hover((self.range_plot, self.tempo_plot), self._text_at)
        self.left.connect(self.hover.hide)

    def show_reps(self, reps: Sequence[tuple[float, float]], theme: Theme, font: QFont) -> None:
        """Draw the session in the theme's colours."""
        self._reps = reps
        self.hover.hide()
        self.hover.dress(theme, font)
        self.setBackground(theme.background)
        self.setAccessibleName(_("Range and tempo"))
        self.setAccessibleDescription(count_text(reps))
        for plot, title in (
            (self.range_plot, _("Range (degrees)")),
            (self.tempo_plot, _("Length (seconds)")),
        ):
            dress(plot, theme, font, grid=True)
            set_title(plot, title, theme, font.pointSizeF())
            plot.setXRange(0.4, max(len(reps), LEAST_SHOWN) + 0.6, padding=0)
            plot.getAxis("left").setWidth(QFontMetricsF(font).horizontalAdvance("0000") + 14)
        bars = [(n - 0.35, 0.0, n + 0.35, each) for n, (each, _s) in enumerate(reps, 1)]
        self._bars.set_rects([(theme.curve, 0.8, bars)])
        seconds = [each for _deg, each in reps]
        self._line.setData(list(range(1, len(reps) + 1)), seconds)
        self._line.setPen(pen(self.tempo_plot, theme.rest, 2))
        self._line.setSymbolBrush(pg.mkBrush(theme.rest))
        self._line.setSymbolPen(None)
        self.range_plot.setYRange(0, max([each for each, _s in reps] or [60]) * 1.1, padding=0)
        self.tempo_plot.setYRange(0, max(seconds or [4]) * 1.2, padding=0)

    def _text_at(self, point: QPointF) -> str:
        n = round(point.x())
        return rep_text(n, self._reps[n - 1]) if 0 < n <= len(self._reps) else ""
