"""The page Trends: weeks, months, years."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.day_header import named
from plumbline.ui.fonts import scaled
from plumbline.ui.legend import CIRCLE, LINE, SQUARE, Key, Legend
from plumbline.ui.presenters import words
from plumbline.ui.presenters.trends import Range, TrendView
from plumbline.ui.theme import Theme, mixed
from plumbline.ui.trend_plots import TrendPlots

SWATCH_OPACITY = 0.35
"""Of the ordinary band's swatch: as pale as in the plot, a square so small would not be seen."""


class TrendsPage(QWidget):
    """Which period, its sentence, the plots and what they stand for."""

    range_chosen = pyqtSignal(object)
    step_chosen = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self.plots, self.legend, self.sentence, self.title = (
            TrendPlots(),
            Legend(),
            QLabel(),
            QLabel(),
        )
        self.sentence.setFont(scaled(self.sentence, 1.25))
        self.sentence.setWordWrap(True)
        self.title.setFont(scaled(self.title, 1.35, bold=True))
        self.ranges = QButtonGroup(self)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 12)
        page.setSpacing(10)
        page.addLayout(self._header())
        page.addWidget(self.sentence)
        page.addWidget(self.plots, 1)
        page.addWidget(self.legend)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        named(self.before, _("Earlier (Left arrow)"))
        named(self.after, _("Later (Right arrow)"))
        names = {
            Range.WEEK: _("Week"),
            Range.MONTH: _("Month"),
            Range.YEAR: _("Year"),
            Range.ALL: _("All"),
        }
        for kind, button in self._buttons.items():
            button.setText(names[kind])

    def show_trends(self, view: TrendView, theme: Theme) -> None:
        """Show the period's data."""
        self.title.setText(view.period.title)
        self.sentence.setText(view.sentence)
        everything = view.period.range is Range.ALL
        self.before.setEnabled(not everything)
        self.after.setEnabled(not everything)
        self.plots.show_trends(view, theme, self.font())
        self.legend.show_keys(_legend(view, theme))

    def choose(self, kind: Range) -> None:
        """As if the button of the range had been pressed."""
        self._buttons[kind].click()

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.before = self._arrow(Qt.ArrowType.LeftArrow, -1)
        self.after = self._arrow(Qt.ArrowType.RightArrow, 1)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addSpacing(6)
        row.addWidget(self.title)
        row.addStretch(1)
        self._buttons: dict[Range, QPushButton] = {}
        for kind in Range:
            button = QPushButton()
            button.setCheckable(True)
            button.setChecked(kind is Range.MONTH)
            button.clicked.connect(lambda _checked, chosen=kind: self.range_chosen.emit(chosen))
            self.ranges.addButton(button)
            self._buttons[kind] = button
            row.addWidget(button)
        return row

    def _arrow(self, direction: Qt.ArrowType, step: int) -> QToolButton:
        button = QToolButton()
        button.setArrowType(direction)
        button.clicked.connect(lambda: self.step_chosen.emit(step))
        return button


def _legend(view: TrendView, theme: Theme) -> list[Key]:
    postures = [Key(SQUARE, theme.postures[p], words.posture_name(p)) for p in view.postures]
    return [
        *postures,
        Key(CIRCLE, theme.muted, _("a day")),
        Key(LINE, theme.curve, _("mean of 7 days")),
        Key(
            SQUARE,
            mixed(theme.curve, theme.background, SWATCH_OPACITY),
            _("ordinary: 4 of 5 of the 28 days before"),
        ),
    ]
