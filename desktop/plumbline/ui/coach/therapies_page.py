"""The sub-page Therapies: a time line, the list, and before and after of the one chosen."""

from collections.abc import Generator, Sequence
from typing import Self

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from plumbline.coaching.records import FollowUp, Therapy
from plumbline.coaching.signs import asks_for_signs
from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.coach.days_plot import DaysPlot, one_by_one, trace_keys
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.coach.therapy_dialogs import FollowUpWizard, TherapyWizard
from plumbline.ui.fonts import SECTION, scaled
from plumbline.ui.legend import SQUARE, Key, Legend
from plumbline.ui.presenters.coach_therapies import (
    TherapyView,
    compare,
    offers_exercise,
    therapy_views,
    timeline,
    weeks_around,
)
from plumbline.ui.presenters.coach_today import therapy_name
from plumbline.ui.theme import Theme, mixed

HEIGHTS = (190, 100)
SWATCH = 0.35
"""Of the shade in the legend: where it is small it is drawn stronger than behind the days."""
LIST_WIDTH = 160
TABLE_PX = 190


class TherapiesPage(SubPage):
    """A massage offers an exercise session; what was entered can be taken back."""

    key = "therapies"

    def __init__(self, plots: Sequence[DaysPlot] = ()) -> None:
        super().__init__()
        self.new, self.answer, self.remove = (QPushButton() for _n in range(3))
        self.change, self.answers = QPushButton(), QPushButton()
        self.exercise, self.offer, self.empty = QPushButton(), QLabel(), QLabel()
        self.plot, self.walking = plots or map(DaysPlot, HEIGHTS)
        self.legend = Legend()
        self.list, self.table = QListWidget(), QTableWidget(0, 4)
        self.chosen, self.note, self.about = QLabel(), QLabel(), QLabel()
        self.dialog: TherapyWizard | FollowUpWizard | None = None
        self._views: list[TherapyView] = []
        self._fresh = ""  # entered just now: what is shown next
        self._state: CoachState | None = None
        self._theme: Theme | None = None
        self._build()
        self.retranslate()

    @classmethod
    def making(cls) -> Generator[None, None, Self]:
        """Its plots one by one."""
        return cls((yield from one_by_one(HEIGHTS)))

    def title(self) -> str:
        """As in the list."""
        return _("Therapies")

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.new.setText(_("Enter a therapy …"))
        self.answer.setText(_("Answer the follow-up …"))
        self.remove.setText(_("Remove this entry"))
        self.change.setText(_("Change …"))
        self.answers.setText(_("Change the answers …"))
        self.exercise.setText(_("Begin a session"))
        self.offer.setText(_("This helps mainly together with exercise. A session now?"))
        self.empty.setText(_("Nothing entered yet. Enter what you try, to see before and after."))
        self.list.setAccessibleName(_("Therapies"))
        self.table.setAccessibleName(_("Before and after"))
        self.table.setHorizontalHeaderLabels(["", _("Before"), _("After"), _("Meaning")])

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Show what was entered."""
        chosen = self._fresh or (self.view.therapy.id if self.view else "")
        self._fresh = ""
        self._state, self._views = state, therapy_views(state)
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([view.title for view in self._views])
        row = next((n for n, v in enumerate(self._views) if v.therapy.id == chosen), 0)
        self.list.setCurrentRow(row if self._views else -1)
        self.list.blockSignals(False)
        drawn = timeline(state)
        self.plot.show_days(
            _("Pain and own activities, with the therapies"),
            drawn.traces,
            (drawn.first, drawn.last),
            theme,
            self.font(),
            marks=drawn.marks,
            top=10.0,
        )
        self.walking.setVisible(bool(drawn.walking.points))
        self.walking.show_days(
            drawn.walking.name, (drawn.walking,), (drawn.first, drawn.last), theme, self.font()
        )
        self._theme = theme
        weeks = Key(
            SQUARE, mixed(theme.muted, theme.background, SWATCH), _("three weeks before and after")
        )
        keys = trace_keys(drawn.traces, theme)
        self.legend.show_keys([*keys, weeks] if self._views else keys)
        self.empty.setVisible(not self._views)
        self._show_chosen()

    def open_at(self, about: object) -> None:
        """(therapy, week): its follow-up."""
        if isinstance(about, tuple) and self._state:
            for row, view in enumerate(self._views):
                if view.therapy.id == about[0]:
                    self.list.setCurrentRow(row)
                    self._ask_follow_up()

    @property
    def view(self) -> TherapyView | None:
        """The therapy chosen."""
        row = self.list.currentRow()
        return self._views[row] if 0 <= row < len(self._views) else None

    # Building

    def _build(self) -> None:
        self.chosen.setFont(scaled(self.chosen, SECTION, bold=True))
        for label in (self.note, self.about, self.offer, self.empty):
            as_typed(label).setWordWrap(True)
        self.list.setFixedWidth(LIST_WIDTH)
        self.table.setFixedHeight(TABLE_PX)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        rows, columns = self.table.verticalHeader(), self.table.horizontalHeader()
        if rows is not None and columns is not None:  # an empty header is false
            rows.hide()
            columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            columns.setStretchLastSection(True)
        top, middle, right = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        top.addWidget(self.legend, 1)
        top.addWidget(self.new)
        head = QHBoxLayout()  # what can be done stands where it is seen without scrolling
        for button in (self.answer, self.answers, self.change, self.remove):
            head.addWidget(button)
        head.addStretch(1)
        right.addWidget(self.chosen)
        right.addLayout(head)
        right.addWidget(self.about)
        right.addWidget(self.table)
        right.addWidget(quiet(self.note))
        right.addWidget(self.offer)
        right.addWidget(self.exercise, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        self.column.addLayout(top)
        self.column.addWidget(self.plot)
        self.column.addWidget(self.walking)
        self.column.addWidget(self.empty)
        self.column.addLayout(middle, 1)
        self.new.clicked.connect(lambda: self._ask_therapy(None))
        self.change.clicked.connect(lambda: self._ask_therapy(self.view))
        self.answers.clicked.connect(self._ask_answers)
        self.answer.clicked.connect(self._ask_follow_up)
        self.remove.clicked.connect(self._remove)
        self.exercise.clicked.connect(lambda: self.go.emit("session", None))
        self.list.currentRowChanged.connect(lambda _row: self._show_chosen())

    def _show_chosen(self) -> None:
        view = self.view
        parts = (self.list, self.table, self.chosen, self.about, self.note)
        for widget in (*parts, self.change, self.remove):
            widget.setVisible(view is not None)
        offered = bool(view and offers_exercise(view.therapy.kind))
        self.offer.setVisible(offered)
        self.exercise.setVisible(offered)
        self.answer.setVisible(bool(view and view.due))
        self.answers.setVisible(bool(view and view.answered))
        if self._theme:
            spans = weeks_around(view.therapy) if view else ()
            for plot in (self.plot, self.walking):
                plot.shade(spans, self._theme)
        if view is None or self._state is None:
            return
        found = compare(view.therapy, self._state)
        self.chosen.setText(found.title)
        self.about.setText(view.text)
        self.note.setText(found.note)
        self.table.setRowCount(len(found.rows))
        for row, cells in enumerate(found.rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.table.setItem(row, column, item)

    # Asking

    def _ask_therapy(self, view: TherapyView | None) -> None:
        if self._state:
            self.dialog = TherapyWizard(self._state, self, view.therapy if view else None)
            self.dialog.kept.connect(self._keep_therapy)
            self.dialog.open()

    def _keep_therapy(self, therapy: Therapy) -> None:
        def kept(id_: object) -> None:
            self._fresh = str(id_)

        self.wish(lambda book: book.keep_therapy(therapy), kept)

    def _ask_follow_up(self) -> None:
        view = self.view
        if view and view.due and self._state:
            fresh = FollowUp("", view.therapy.id, view.due, self._state.today)
            self._open_follow_up(FollowUpWizard(view.therapy, [fresh], self))

    def _ask_answers(self) -> None:
        view = self.view
        if view and view.answered:
            self._open_follow_up(FollowUpWizard(view.therapy, view.answered[::-1], self))

    def _open_follow_up(self, dialog: FollowUpWizard) -> None:
        removed = lambda: _("The answers are removed.")  # noqa: E731
        dialog.kept.connect(self._keep_follow_up)
        dialog.removed.connect(
            lambda found: self.wish(lambda book: book.remove(found), None, removed)
        )
        self.dialog = dialog
        dialog.open()

    def _keep_follow_up(self, found: FollowUp) -> None:
        def kept(_id: object) -> None:
            if self._state and asks_for_signs(found, self._state.records.therapies):
                self.go.emit("today", "ask")

        self.wish(lambda book: book.keep_follow_up(found), kept)

    def _remove(self) -> None:
        view = self.view
        if view:
            kind = view.therapy.kind
            text = lambda: _("{therapy} is removed.").format(therapy=therapy_name(kind))  # noqa: E731
            self.wish(lambda book: book.remove_therapy(view.therapy), None, text)
