"""Two periods side by side: choose them, read the table, see the differences."""

from collections.abc import Callable
from datetime import date

import pyqtgraph as pg
from PyQt6.QtCore import QDate, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QFont, QFontMetricsF
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from plumbline.analysis.wording import number, week_begin
from plumbline.i18n import _, pgettext
from plumbline.ui.appearance import quiet
from plumbline.ui.axes import ChosenAxis, QuietPlot, dress, set_title
from plumbline.ui.fonts import scaled
from plumbline.ui.hover import Hover, HoverPlots
from plumbline.ui.language import follow_country
from plumbline.ui.presenters.comparison import (
    ComparisonView,
    Row,
    Spans,
    before_and_after,
    preset,
)
from plumbline.ui.presenters.comparison_sheet import comparison_sheet
from plumbline.ui.presenters.ticks import Tick
from plumbline.ui.tables.taking import TableTaking
from plumbline.ui.theme import Theme

KINDS = ("week", "four", "month")
DATE, OTHER = len(KINDS), len(KINDS) + 1
"""Behind them: around a date, and as typed."""
PEN_PX, DOT_PX, ARROW_PX = 3, 9, 11
MOST_PERCENT = 100.0
"""What lies beyond is an arrow: a rare thing that trebles would press all else together."""
LEFTWARDS, RIGHTWARDS = "t3", "t2"


class CompareView(QWidget):
    """Emits `wanted(Spans)` whenever other periods are chosen; `newest()` is the last day with
    data."""

    wanted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.swap = QComboBox(), QPushButton()
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.edits = [QDateEdit() for _n in range(4)]
        self._labels = [QLabel() for _n in range(4)]
        self.turn, self._turn_label = QDateEdit(), QLabel()
        self.newest: Callable[[], date | None] = lambda: None
        self.sentence, self.note, self.table = QLabel(), QLabel(), QTableWidget(0, 5)
        self.view: ComparisonView | None = None
        self.taking = TableTaking(
            self.table, lambda: comparison_sheet(self.view) if self.view else None
        )
        self._plots = HoverPlots()
        self._left = ChosenAxis("left", lambda low, high, most: [])
        bottom = ChosenAxis("bottom", _percent_ticks, tick_px=64)
        self.plot = QuietPlot({"left": self._left, "bottom": bottom})
        self._zero = pg.InfiniteLine(0, angle=90)
        self._lines, self._dots = pg.PlotCurveItem(connect="pairs"), pg.ScatterPlotItem(pen=None)
        self._arrows = pg.ScatterPlotItem(pen=None)
        for item in (self._zero, self._lines, self._dots, self._arrows):
            self.plot.addItem(item)
        self._build()
        self._drawn: list[Row] = []
        self.hover = Hover((self.plot,), self._text_at)
        self._plots.left.connect(self.hover.hide)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        for edit in (*self.edits, self.turn):
            follow_country(edit)
        chosen = max(0, self.kind.currentIndex())
        self.kind.clear()
        self.kind.addItems(
            [
                _("A week and the one before"),
                _("Four weeks and the four before"),
                _("A month and the one before"),
                _("Before and after a date"),
                _("Other periods"),
            ]
        )
        self.kind.setCurrentIndex(chosen)
        self.kind.setAccessibleName(_("What is compared"))
        to = pgettext("the last day included", "to")
        self._turn_label.setText(_("First day after the change:"))
        self.turn.setAccessibleName(_("First day after the change"))
        texts = (_("First period:"), to, _("Second period:"), to)
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
        names = (
            _("First day of the first period"),
            _("Last day of the first period"),
            _("First day of the second period"),
            _("Last day of the second period"),
        )
        for edit, name in zip(self.edits, names, strict=True):
            edit.setAccessibleName(name)
        self.table.setAccessibleName(_("Comparison of two periods"))
        self.taking.retranslate()
        self._plots.setAccessibleName(_("Differences in percent of the first period"))

    def choose_around(self, day: date) -> None:
        """Take the preset that is chosen, around a day."""
        index = self.kind.currentIndex()
        self._fit_choice()
        if index == DATE:
            self._around_turn()
        elif index == OTHER:
            self.wanted.emit(self.spans())
        else:
            self.choose(preset(KINDS[index], day, week_begin(day)))

    def _around_turn(self) -> None:
        turn = self.turn.date().toPyDate()
        self.choose(before_and_after(turn, self.newest() or turn))

    def _fit_choice(self) -> None:
        """One date or four, as it was chosen."""
        one = self.kind.currentIndex() == DATE
        for widget in (*self._labels, *self.edits):
            widget.setVisible(not one)
        for widget in (self._turn_label, self.turn):
            widget.setVisible(one)

    def choose(self, spans: Spans) -> None:
        """Compare these."""
        for edit, day in zip(self.edits, (*spans.first, *spans.second), strict=True):
            edit.blockSignals(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.blockSignals(False)
        self.wanted.emit(spans)

    def spans(self) -> Spans:
        """The periods as typed; begin and end in either order."""
        days = [edit.date().toPyDate() for edit in self.edits]
        first, second = sorted(days[:2]), sorted(days[2:])
        return Spans((first[0], first[1]), (second[0], second[1]))

    def show_comparison(self, view: ComparisonView, theme: Theme, font: QFont) -> None:
        """Show what the presenter says."""
        self.view = view
        self.sentence.setText(view.sentence)
        self.note.setText(view.note)
        heads = [_("Daily mean"), *view.heads, _("Difference"), _("Likely range")]
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(view.rows))
        for at, row in enumerate(view.rows):
            self._fill(at, row)
        self._fit_table()
        self._draw(view, theme, font)

    def _fit_table(self) -> None:
        """No higher than its rows: the room left is the plot's."""
        rows, head = self.table.verticalHeader(), self.table.horizontalHeader()
        if rows is not None and head is not None:
            inside = rows.length() + head.sizeHint().height()
            self.table.setMaximumHeight(inside + 2 * self.table.frameWidth())

    def _fill(self, at: int, row: Row) -> None:
        for column, text in enumerate((row.name, *row.means, row.difference, row.interval)):
            item = QTableWidgetItem(text)
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            own = QFont(self.table.font())
            own.setBold(row.clear and column == 3)
            item.setFont(own)
            self.table.setItem(at, column, item)

    def _draw(self, view: ComparisonView, theme: Theme, font: QFont) -> None:
        rows = self._drawn = [row for row in view.rows if row.percent]  # the others: in the table
        self.hover.hide()
        self.hover.dress(theme, font)
        self._plots.setBackground(theme.background)
        self._plots.setAccessibleDescription(view.sentence)
        dress(self.plot, theme, font)
        set_title(
            self.plot,
            _("Difference and its likely range, % of the first period"),
            theme,
            font.pointSizeF(),
        )
        ticks = [(float(-at), row.name) for at, row in enumerate(rows)]
        metrics = QFontMetricsF(font)
        widest = max(metrics.horizontalAdvance(row.name) for row in view.rows)
        self._left.set_ticks(lambda low, high, most: ticks)
        self._left.setWidth(widest + 14)
        ends = [(float(-at), *row.percent) for at, row in enumerate(rows) if row.percent]
        x = [_held(each) for end in ends for each in end[2:]]
        self._lines.setData(x, [end[0] for end in ends for _end in range(2)])
        self._lines.setPen(pg.mkPen(theme.curve, width=PEN_PX))
        seen = [end for end in ends if abs(end[1]) <= MOST_PERCENT]
        self._dots.setData([end[1] for end in seen], [end[0] for end in seen])
        self._dots.setSize(DOT_PX)
        self._dots.setBrush(pg.mkBrush(theme.curve))
        beyond = [(each, end[0]) for end in ends for each in end[2:] if abs(each) > MOST_PERCENT]
        self._arrows.setData(
            [_held(each) for each, _y in beyond],
            [y for _each, y in beyond],
            symbol=[LEFTWARDS if each < 0 else RIGHTWARDS for each, _y in beyond],
            size=ARROW_PX,
            brush=pg.mkBrush(theme.curve),
        )
        self._zero.setPen(pg.mkPen(theme.muted))
        widest_x = max([10.0, *(abs(each) for each in x)]) * 1.08
        self.plot.setXRange(-widest_x, widest_x, padding=0)
        self.plot.setYRange(-max(1, len(rows)) + 0.4, 0.6, padding=0)

    def _text_at(self, point: QPointF) -> str:
        at = round(-point.y())
        return self._drawn[at].hover if 0 <= at < len(self._drawn) else ""

    def _build(self) -> None:
        choose = QHBoxLayout()
        choose.addWidget(self.kind)
        choose.addSpacing(10)
        for label, edit in zip(self._labels, self.edits, strict=True):
            edit.setCalendarPopup(True)
            choose.addWidget(label)
            choose.addWidget(edit)
            edit.editingFinished.connect(self._typed)
        self.turn.setCalendarPopup(True)
        self.turn.dateChanged.connect(lambda _date: self._around_turn())
        for widget in (self._turn_label, self.turn):
            choose.addWidget(widget)
        choose.addStretch(1)
        self.sentence.setFont(scaled(self.sentence, 1.1, bold=True))
        for label in (self.sentence, quiet(self.note)):
            label.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        rows, head = self.table.verticalHeader(), self.table.horizontalHeader()
        if rows is not None and head is not None:
            rows.hide()
            rows.setDefaultSectionSize(self.table.fontMetrics().height() + 8)
            head.setHighlightSections(False)
            head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._plots.addItem(self.plot)
        self._plots.setMinimumHeight(170)
        self.plot.setMouseEnabled(x=False, y=False)
        said = QHBoxLayout()
        said.addWidget(self.sentence, 1)
        for button in (self.taking.copy, self.taking.save):
            said.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(choose)
        column.addLayout(said)
        column.addWidget(self.table, 5)
        column.addWidget(self._plots, 4)
        column.addWidget(self.note)
        self.kind.activated.connect(lambda _index: self._preset())
        self._fit_choice()  # now that they are within it: else each would be a window

    def _preset(self) -> None:
        if self.kind.currentIndex() == DATE:  # first proposed: half of what was compared
            self.turn.blockSignals(True)
            self.turn.setDate(self.edits[2].date())
            self.turn.blockSignals(False)
        self.choose_around(self.edits[3].date().toPyDate())

    def _typed(self) -> None:
        spans = self.spans()
        if self.view is None or spans != self.view.spans:
            self.kind.setCurrentIndex(OTHER)
            self.wanted.emit(spans)


def _held(percent: float) -> float:
    return max(-MOST_PERCENT, min(MOST_PERCENT, percent))


def _percent_ticks(low: float, high: float, most: int) -> list[Tick]:
    steps = (5, 10, 20, 25, 50, 100)
    step = next((each for each in steps if (high - low) / each <= most), 200)
    first = int(-(-low // step))
    places = [n * step for n in range(first, int(high // step) + 1)]
    return [(float(at), _("{n} %").format(n=_signed(at))) for at in places]


def _signed(percent: int) -> str:
    return f"{'+' if percent > 0 else ''}{number(percent)}".replace("-", "−")
