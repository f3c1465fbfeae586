"""The staircase of a plan: quotas as steps, what was done on them as marks."""

from collections.abc import Sequence

import pyqtgraph as pg
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF

from plumbline.coaching.quotas import Outcome
from plumbline.i18n import _
from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.hover import Hover, HoverPlots
from plumbline.ui.legend import CIRCLE, LINE, SQUARE, TRIANGLE, Key
from plumbline.ui.pens import pen
from plumbline.ui.presenters.coach_plan import Stair, outcome_names
from plumbline.ui.presenters.ticks import Tick
from plumbline.ui.rects import RectsItem
from plumbline.ui.theme import Theme, mixed

SYMBOLS = {Outcome.BASELINE: "o", Outcome.UNDER: "t1", Outcome.MET: "o", Outcome.OVER: "s"}
MARK_PX = 11
HEIGHT, BASELINE_HEIGHT = 220, 140
"""The baseline alone is three marks."""
STEP_OPACITY, COMING_OPACITY = 0.30, 0.13


class StairsPlot(HoverPlots):
    """x is the session's number in order of time."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stairs: Sequence[Stair] = ()
        self.plot = QuietPlot({"bottom": ChosenAxis("bottom", _whole, tick_px=40)})
        self._steps = RectsItem()
        self._tops = pg.PlotCurveItem(connect="pairs")
        self._marks = pg.ScatterPlotItem()
        for item in (self._steps, self._tops, self._marks):
            self.plot.addItem(item)
        self.addItem(self.plot)
        self.plot.setMouseEnabled(x=False, y=False)
        self.ci.setContentsMargins(0, 0, 0, 0)
        self.hover = Hover((self.plot,), self._text_at)
        self.left.connect(self.hover.hide)

    def show_stairs(self, stairs: Sequence[Stair], theme: Theme, font: QFont) -> None:
        """Draw a plan in the theme's colours."""
        self._stairs = stairs
        self.setBackground(theme.background)
        self.setAccessibleName(_("Stages of the plan"))
        self.setAccessibleDescription("; ".join(each.text for each in stairs))
        dress(self.plot, theme, font, grid=True)
        set_title(self.plot, _("How much in each session, first to last"), theme, font.pointSizeF())
        due = [each for each in stairs if each.quota is not None]
        self.setFixedHeight(HEIGHT if due else BASELINE_HEIGHT)
        boxes = {True: [], False: []}  # type: dict[bool, list[tuple[float, float, float, float]]]
        for each in due:
            box = (each.x - 0.5, 0.0, each.x + 0.5, float(each.quota or 0))
            boxes[each.amount is None].append(box)
        self._steps.set_rects(
            [
                (theme.curve, STEP_OPACITY, boxes[False]),
                (theme.curve, COMING_OPACITY, boxes[True]),
            ]
        )
        xs = [x for each in due for x in (each.x - 0.5, each.x + 0.5)]
        self._tops.setData(xs, [float(each.quota or 0) for each in due for _end in range(2)])
        self._tops.setPen(pen(self.plot, theme.curve, 2))
        self._marks.setData(
            [
                {
                    "pos": (each.x, each.amount),
                    "symbol": SYMBOLS[each.outcome],
                    "brush": pg.mkBrush(colour_of(each.outcome, theme)),
                    "pen": pen(self.plot, theme.background, 1),
                    "size": MARK_PX,
                }
                for each in stairs
                if each.outcome is not None
            ]
        )
        values = [v for each in stairs for v in (each.quota, each.amount) if v is not None]
        self.plot.setYRange(0, max([*values, 1]) * 1.12, padding=0)
        self.plot.setXRange(0.4, max(len(stairs), 6) + 0.6, padding=0)
        self.plot.getAxis("left").setWidth(QFontMetricsF(font).horizontalAdvance("0000") + 14)
        self.hover.dress(theme, font)

    def _text_at(self, point: QPointF) -> str:
        return next((each.text for each in self._stairs if each.x == round(point.x())), "")


def colour_of(outcome: Outcome, theme: Theme) -> str:
    """The mark's colour; its shape tells the same. Less or more is no alarm: it has no red."""
    if outcome is Outcome.MET:
        return theme.rest
    return theme.muted if outcome is Outcome.BASELINE else theme.text


def stairs_keys(theme: Theme) -> list[Key]:
    """What the marks stand for."""
    names = outcome_names()
    return [
        Key(LINE, theme.curve, _("stage set in advance")),
        Key(SQUARE, mixed(theme.curve, theme.background, STEP_OPACITY), _("stage that was taken")),
        Key(CIRCLE, theme.rest, names[Outcome.MET]),
        Key(TRIANGLE, theme.text, names[Outcome.UNDER]),
        Key(SQUARE, theme.text, names[Outcome.OVER]),
        Key(CIRCLE, theme.muted, names[Outcome.BASELINE]),
    ]


def _whole(low: float, high: float, most: int) -> list[Tick]:
    step = next((s for s in (1, 2, 5, 10) if (high - low) / s <= most), 10)
    first = -int(-max(1.0, low) // step) * step
    return [
        (float(n), str(n)) for n in range(max(first, step if step > 1 else 1), int(high) + 1, step)
    ]
