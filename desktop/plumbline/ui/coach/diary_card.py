"""The diary of one day: a handful of numbers, half a minute."""

from datetime import date

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from plumbline.coaching.records import DiaryEntry
from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.coach.day_edit import DayEdit
from plumbline.ui.coach.score_bar import ScoreBar
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.tab_order import order_by_eye
from plumbline.ui.day_header import named
from plumbline.ui.fonts import ITEM, scaled
from plumbline.ui.presenters.coach_diary import (
    OWN,
    Question,
    day_words,
    entry_of,
    entry_on,
    kind_names,
    questions,
)

NAME_PX, SCALE_PX = 120, 90
"""Narrower, a question or what its numbers mean is no longer read at a glance."""


class DiaryCard(QWidget):
    """`kept` with the entry to store, `removed` with the day whose entry is to go, `looked` with
    the stored entry that is shown, whose past `show_past` is then given; `closed` when it was
    opened by hand and is not wanted any more. `shown_day` is the day it is about; what was answered
    for another and is not kept yet waits until that day is shown again."""

    kept = pyqtSignal(object)
    removed = pyqtSignal(object)
    looked = pyqtSignal(object)
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.hint = QLabel(), QLabel()
        self.day, self.day_label = DayEdit(date.today()), QLabel()
        self.before, self.after, self.stands = QToolButton(), QToolButton(), quiet(QLabel())
        self.close_button = QPushButton()
        self.kind, self.kind_label = QComboBox(), QLabel()
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.note, self.note_label = QLineEdit(), QLabel()
        self.changed, self.keep = QCheckBox(), QPushButton()
        self.remove, self.past = QPushButton(), quiet(as_typed(QLabel()))
        self.past.setWordWrap(True)
        self.past.hide()
        self.bars: dict[str, ScoreBar] = {}
        self._state: CoachState | None = None
        self._asked: list[Question] = []
        self._drafts: dict[date, DiaryEntry] = {}
        self._edited, self._on = False, self.day.day
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        top, end = QHBoxLayout(), QHBoxLayout()
        self.heading.setFont(scaled(self.heading, ITEM, bold=True))
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        self.before.setArrowType(Qt.ArrowType.LeftArrow)
        self.after.setArrowType(Qt.ArrowType.RightArrow)
        shown = (self.day_label, self.before, self.day, self.after, self.stands)
        for widget in (*shown, self.kind_label, self.kind):
            top.addWidget(widget, 1 if widget is self.stands else 0)
        for label, editor in ((self.note_label, self.note), (None, self.keep)):
            if label:
                end.addWidget(label)
            end.addWidget(editor, 1 if editor is self.note else 0)
        end.insertWidget(end.count() - 1, self.remove)
        end.insertWidget(end.count() - 1, self.close_button)
        column.addLayout(top)
        column.addLayout(self._grid)
        column.addWidget(self.changed)
        column.addLayout(end)
        column.addWidget(self.past)
        self.day.dateChanged.connect(lambda _date: self._turn())
        self.before.clicked.connect(lambda: self.day.stepBy(-1))
        self.after.clicked.connect(lambda: self.day.stepBy(1))
        self.close_button.clicked.connect(lambda: self.closed.emit())
        self.keep.clicked.connect(lambda: self.kept.emit(self.entry()))
        self.remove.clicked.connect(lambda: self.removed.emit(self.shown_day))
        self.note.textEdited.connect(lambda _text: self._edit())
        self.kind.activated.connect(lambda _index: self._edit())
        self.changed.clicked.connect(lambda _on: self._edit())
        self.retranslate()

    @property
    def shown_day(self) -> date:
        """The day the answers are of."""
        return self.day.day

    @property
    def is_settled(self) -> bool:
        """Whether nothing is answered that is not kept."""
        return not self._edited and not self._drafts

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.heading.setText(_("Diary"))
        self.day_label.setText(_("Day"))
        self.kind_label.setText(_("Kind of day"))
        self.note_label.setText(_("Note"))
        self.keep.setText(_("Save entry"))
        self.remove.setText(_("Remove this entry"))
        self.close_button.setText(_("Close the diary"))
        named(self.before, _("Day before"))
        named(self.after, _("Day after"))
        self.day.setAccessibleName(_("Day of the entry"))
        self.note.setAccessibleName(_("Note"))
        self.kind.setAccessibleName(_("Kind of day"))
        chosen = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(_("not said"), "")
        for key, name in kind_names().items():
            self.kind.addItem(name, key)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        if self._state:
            self._word()

    def show_state(self, state: CoachState, *, by_hand: bool = False) -> None:
        """Ask about the day shown, with what was answered already; answers not kept yet stay.

        `by_hand`: it was opened, so it can be closed."""
        stays = self._state is not None and (self._edited or self.shown_day != self._state.today)
        self._state = state
        self.close_button.setVisible(by_hand)
        self.day.new_today(state.today)
        self.day.mark([each.day for each in state.records.diary])
        if not stays:
            self.day.blockSignals(True)
            self.day.show_day(state.today)
            self.day.blockSignals(False)
            self._on = state.today
        self._word()
        if not self._edited:
            self._show_day()

    def show_past(self, text: str) -> None:
        """How the entry shown came to be as it is; "" where it is as it was first kept."""
        self.past.setText(text)
        self.past.setVisible(bool(text))

    def forget(self) -> None:
        """What was answered of this day is kept: show what is stored from now on."""
        self._edited = False
        self._drafts.pop(self.shown_day, None)

    def begin_anew(self) -> None:
        """What was answered was another wearer's, or is not wanted any more."""
        self._edited, self._state = False, None
        self._drafts.clear()

    def _edit(self) -> None:
        self._edited = True
        self.stands.setText(_("Not saved yet."))

    def _turn(self) -> None:
        """To another day; what was answered of the one before waits."""
        if self._edited:
            self._drafts[self._on] = self.entry(self._on)
        self._on = self.shown_day
        self._word()
        self._show_day()

    def _word(self) -> None:
        """What is said and asked of the day shown."""
        if self._state is None:
            return
        words = day_words(self._state, self.shown_day)
        self.hint.setText(words.trouble or words.hint)
        self.changed.setText(words.changed)
        self.keep.setEnabled(not words.trouble)
        self.after.setEnabled(self.shown_day < self._state.today)
        self.stands.setText(_("Not saved yet.") if self._edited else words.stands)
        self._ask(questions(self._state, self.shown_day))

    def entry(self, day: date | None = None) -> DiaryEntry:
        """The answers as they stand; of the day shown, or of `day`."""
        scores = {key: bar.score for key, bar in self.bars.items()}
        text, kind = self.note.text().strip(), str(self.kind.currentData() or "")
        return entry_of(day or self.shown_day, scores, kind, text, self.changed.isChecked())

    def _ask(self, asked: list[Question]) -> None:
        """A line for each question; lines that are there keep their answers."""
        if asked == self._asked:
            return
        self._asked = asked
        answers = {key: bar.score for key, bar in self.bars.items()}
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item and (widget := item.widget()):
                widget.deleteLater()
        self.bars = {}
        for row, question in enumerate(asked):
            bar = ScoreBar()
            bar.setAccessibleName(question.name)
            bar.setToolTip(question.scale)
            bar.show_score(answers.get(question.key))
            bar.valueChanged.connect(lambda _value: self._edit())
            name = as_typed(QLabel(question.name.replace("&", "&&")))  # a buddy's & marks a key
            name.setBuddy(bar)
            scale = quiet(as_typed(QLabel(question.scale)))
            for column, (widget, wide) in enumerate(((name, NAME_PX), (bar, 0), (scale, SCALE_PX))):
                if isinstance(widget, QLabel):
                    widget.setWordWrap(True)
                    widget.setMinimumWidth(wide)
                self._grid.addWidget(widget, row, column)
            self.bars[question.key] = bar
        order_by_eye(self.layout())

    def _show_day(self) -> None:
        """What was answered on the day chosen."""
        if self._state is None:
            return
        day = self.shown_day
        stored, draft = entry_on(self._state, day), self._drafts.get(day)
        self.remove.setVisible(stored is not None)
        self.show_past("")
        if stored:
            self.looked.emit(stored)
        entry = draft or stored or DiaryEntry("", day)
        for key, bar in self.bars.items():
            own = entry.activities.get(key.removeprefix(OWN))
            bar.show_score(own if key.startswith(OWN) else getattr(entry, key))
        self.kind.setCurrentIndex(max(0, self.kind.findData(entry.kind)))
        self.note.setText(entry.note)
        self.changed.setChecked(entry.changed)
        self._edited = draft is not None
        words = day_words(self._state, day)
        self.stands.setText(_("Not saved yet.") if self._edited else words.stands)
