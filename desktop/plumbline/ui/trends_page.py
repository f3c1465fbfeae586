"""The page Trends: weeks, months, years; hours of the week; two periods side by side."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from plumbline import i18n
from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.choice_button import ChoiceButton
from plumbline.ui.compare_view import CompareView
from plumbline.ui.day_header import named
from plumbline.ui.fonts import scaled
from plumbline.ui.heat_map import HeatMap
from plumbline.ui.legend import CIRCLE, LINE, SQUARE, Key, Legend
from plumbline.ui.measure_plot import left_out_colour
from plumbline.ui.presenters.comparison import ComparisonView
from plumbline.ui.presenters.trends import Panel, Range, TrendView
from plumbline.ui.theme import Theme, mixed
from plumbline.ui.trend_plots import TrendPlots, drawn_alike, part_colour

VIEWS = POSTURES, BANDS, MAP, COMPARE = tuple(range(4))
BESIDE_PX = 6
"""From the arrows to the title."""
SWATCH_OPACITY = 0.35
"""Of the ordinary band's swatch: as pale as in the plot, a square so small would not be seen."""


class TrendsPage(QWidget):
    """Which period, its sentence, the plots and what they stand for.

    Emits `day_wanted` and `week_wanted` (a date) where a day or week in a plot is clicked, `said`
    (a sentence) and `save_wanted` (a Sheet) where the comparison's table is taken elsewhere.
    """

    range_chosen = pyqtSignal(object)
    step_chosen = pyqtSignal(int)
    day_wanted = pyqtSignal(object)
    week_wanted = pyqtSignal(object)
    comparison_wanted = pyqtSignal(object)
    said = pyqtSignal(str)
    save_wanted = pyqtSignal(object)

    def __init__(self, plots: TrendPlots | None = None) -> None:
        super().__init__()
        self.plots = plots or TrendPlots()
        self.legend, self.sentence, self.title = Legend(), QLabel(), QLabel()
        self.sentence.setFont(scaled(self.sentence, 1.25))
        self.note = quiet(QLabel())
        for label in (self.sentence, self.note):
            label.setWordWrap(True)
        self.title.setFont(scaled(self.title, 1.35, bold=True))
        self.ranges, self.kinds = QButtonGroup(self), QButtonGroup(self)
        self._view: TrendView | None = None
        self._theme: Theme | None = None
        self._drawn: TrendView | None = None  # in the plots
        self._dress: tuple[object, ...] = ()
        self._stale = False
        self._drawings = 0
        self.in_turns: Callable[[Iterator[None], Callable[[], None]], None] = at_once
        """How something is drawn piece by piece, and then something else done."""
        self.newest: Callable[[], date | None] = lambda: None
        """The last day with data."""
        self.whose: Callable[[], str] = lambda: ""
        """Whose days these are; empty where there is one person only."""
        self._body = QStackedWidget()
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 12)
        page.setSpacing(10)
        page.addLayout(self._header())
        page.addLayout(self._kinds_row())
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.sentence)
        said.addWidget(self.note)
        page.addLayout(said)
        page.addWidget(self._body, 1)
        self._body.addWidget(self._plots_with_legend())
        self.plots.day_wanted.connect(self.day_wanted)
        self.plots.week_wanted.connect(self.week_wanted)
        self.retranslate()

    @cached_property
    def map(self) -> HeatMap:
        """The hours of the week; made when they are first looked at."""
        made = HeatMap()
        made.part_chosen.connect(self._show_again)
        self._body.addWidget(made)
        return made

    @cached_property
    def compare(self) -> CompareView:
        """Two periods side by side; made when they are first looked at."""
        made = CompareView()
        made.wanted.connect(self.comparison_wanted)
        made.newest = lambda: self.newest()
        made.taking.whose = lambda: self.whose()
        made.taking.said.connect(self.said)
        made.taking.save_wanted.connect(self.save_wanted)
        self._body.addWidget(made)
        return made

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
        kinds = (_("Postures"), _("Trunk bands and wear"), _("Hours of the week"), _("Compare"))
        for each, text in zip(self.kinds.buttons(), kinds, strict=True):
            each.setText(text)
        self._show_title()

    def show_trends(
        self, view: TrendView, theme: Theme, then: Callable[[], None] | None = None
    ) -> None:
        """Show the period's data; what is drawn waits until the page is in front. With `then` it is
        drawn piece by piece and `then` called; what comes before the end is shown instead."""
        self._view, self._theme = view, theme
        self._show_title()
        self.sentence.setText(view.sentence)
        self.note.setText(view.note)
        self.note.setVisible(bool(view.note) and self.kind != COMPARE)
        everything = view.period.range is Range.ALL
        self.before.setEnabled(not everything)
        self.after.setEnabled(not everything)
        self._stale = not self.isVisible()
        pieces = iter(()) if self._stale else self._drawing(view, theme)
        (self.in_turns if then else at_once)(pieces, then or (lambda: None))

    def showEvent(self, event: QShowEvent | None) -> None:
        """Draw what came while another page was in front."""
        super().showEvent(event)
        self.catch_up()

    def catch_up(self) -> None:
        """Draw what waits for that."""
        for _turn in self.catching_up():
            pass

    def catching_up(self) -> Iterator[None]:
        """The same piece by piece."""
        if self._stale and self._view and self._theme:
            self._stale = False
            yield from self._drawing(self._view, self._theme)

    def _drawing(self, view: TrendView, theme: Theme) -> Iterator[None]:
        self._drawings += 1
        kind, this = self.kind, self._drawings
        if kind == MAP:
            self.map.show_maps(view.maps, theme, self.font())
        elif kind < MAP:
            dress = (theme, self.font().key(), self.devicePixelRatioF(), i18n.language(), kind)
            drawn = self._drawn
            if drawn is None or self._dress != dress or not drawn_alike(view, drawn, kind):
                self._drawn = None  # until all is
                self.legend.show_keys(_legend(view.panels[kind], theme, bool(view.note)))
                for _turn in self.plots.drawing(view, theme, self.font(), kind):
                    yield
                    if this != self._drawings:
                        return  # another has begun since
                self._drawn, self._dress = view, dress
        elif self.compare.view is None:
            self.compare.choose_around(self._around())
        else:
            self.comparison_wanted.emit(self.compare.spans())

    def show_comparison(self, view: ComparisonView, theme: Theme) -> None:
        """Show two periods side by side."""
        self.compare.show_comparison(view, theme, self.font())

    @property
    def kind(self) -> int:
        """Which view is in front: POSTURES, BANDS, MAP or COMPARE."""
        return max(0, self.kinds.checkedId())

    def choose_kind(self, kind: int) -> None:
        """As if the button of the view had been pressed."""
        self.kinds.buttons()[kind].click()

    def _around(self) -> date:
        """The newest day with data in the period shown."""
        days = [day.day for day in self._view.summaries if day.worn_s] if self._view else []
        return max(days, default=self._view.period.last if self._view else date.today())

    def _show_again(self) -> None:
        kind = self.kind
        if kind < MAP:
            self._body.setCurrentIndex(0)
        else:
            self._body.setCurrentWidget(self.map if kind == MAP else self.compare)
        comparing = kind == COMPARE
        self.note.setVisible(bool(self.note.text()) and not comparing)
        for widget in (self.sentence, self.before, self.after, *self._buttons.values()):
            widget.setVisible(not comparing)
        self._show_title()
        if self._view and self._theme:
            self.show_trends(self._view, self._theme)

    def _show_title(self) -> None:
        comparing = self.kind == COMPARE
        shown = self._view.period.title if self._view else ""
        self.title.setText(_("Two periods side by side") if comparing else shown)
        self.title.setContentsMargins(0 if comparing else BESIDE_PX, 0, 0, 0)

    def mark_range(self, kind: Range) -> None:
        """Show which range was chosen before."""
        self._buttons[kind].setChecked(True)

    def choose(self, kind: Range) -> None:
        """As if the button of the range had been pressed."""
        self._buttons[kind].click()

    def _kinds_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for number in range(COMPARE + 1):
            button = ChoiceButton()
            button.setChecked(number == 0)
            button.clicked.connect(lambda _checked: self._show_again())
            self.kinds.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _plots_with_legend(self) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plots, 1)
        column.addWidget(self.legend)
        return both

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.before = self._arrow(Qt.ArrowType.LeftArrow, -1)
        self.after = self._arrow(Qt.ArrowType.RightArrow, 1)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addWidget(self.title)
        row.addStretch(1)
        self._buttons: dict[Range, ChoiceButton] = {}
        for kind in Range:
            button = ChoiceButton()
            button.setChecked(kind is Range.MONTH)
            button.clicked.connect(lambda _checked, chosen=kind: self.range_chosen.emit(chosen))
            self.ranges.addButton(button)
            self._buttons[kind] = button
            row.addWidget(button)
        highest = max(each.sizeHint().height() for each in (self.before, button, self.title))
        row.addStrut(highest)  # also where they are hidden
        return row

    def _arrow(self, direction: Qt.ArrowType, step: int) -> QToolButton:
        button = QToolButton()
        button.setArrowType(direction)
        button.clicked.connect(lambda: self.step_chosen.emit(step))
        return button


def at_once(pieces: Iterator[None], then: Callable[[], None]) -> None:
    """One piece after the other, without a pause."""
    for _turn in pieces:
        pass
    then()


def _legend(panel: Panel, theme: Theme, some_left_out: bool) -> list[Key]:
    parts = [
        Key(
            SQUARE,
            part_colour(panel, part, theme),
            panel.part_name(part),
        )
        for part in panel.parts
    ]
    key = Key(CIRCLE, left_out_colour(theme), _("a day left out"))
    left_out = [key] if some_left_out else []
    return [
        *parts,
        Key(CIRCLE, theme.muted, _("a day")),
        *left_out,
        Key(LINE, theme.curve, _("mean of 7 days")),
        Key(
            SQUARE,
            mixed(theme.curve, theme.background, SWATCH_OPACITY),
            _("usual range: 4 in 5 of the previous 28 days"),
        ),
    ]
