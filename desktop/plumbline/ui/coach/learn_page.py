"""The sub-page Learn: the list of lessons, one to read, its question and its sources."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from plumbline import i18n
from plumbline.i18n import _
from plumbline.lessons.library import Lesson, lesson, lessons
from plumbline.ui.appearance import quiet
from plumbline.ui.coach.button_text import ButtonText
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.fonts import ITEM, TITLE, scaled
from plumbline.ui.presenters.coach_learn import (
    answer_text,
    lesson_of_today,
    rows,
    sources_text,
)
from plumbline.ui.theme import Theme

LIST_WIDTHS = (150, 250)
LINE_WIDTH = 640
"""About 75 letters: longer lines are harder to read."""
READABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class LearnPage(SubPage):
    """Reading needs no episode; an answer is kept as read on this day."""

    key = "learn"

    def __init__(self) -> None:
        super().__init__()
        self.list, self.headline, self.text, self.asked = (
            QListWidget(),
            QLabel(),
            QLabel(),
            QLabel(),
        )
        self.answers, self.choice = [QRadioButton() for _n in range(3)], QButtonGroup(self)
        self.answer_texts = [ButtonText(button) for button in self.answers]
        self.check, self.told, self.sources = QPushButton(), QLabel(), QLabel()
        self._state: CoachState | None = None
        self._lesson: Lesson | None = None
        self._build()
        self.retranslate()

    def title(self) -> str:
        """As in the list."""
        return _("Learn")

    @property
    def shown(self) -> str:
        """The id of the lesson that is open."""
        return self._lesson.id if self._lesson else ""

    def retranslate(self) -> None:
        """The same lesson in the user's language, its answer asked anew."""
        self.list.setAccessibleName(_("Lessons"))
        self.check.setText(_("Check"))
        self._show_rows()
        if self._lesson:
            self._open(self._lesson.id)

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Mark what was read and what is today's, which is open at first."""
        self._state = state
        self._show_rows()
        if self._lesson is None:
            self._choose(lesson_of_today(state) or lessons(i18n.language())[0].id)

    def open_at(self, about: object) -> None:
        """Open the lesson with this id."""
        self._choose(str(about))

    # Building

    def _build(self) -> None:
        self.list.setMinimumWidth(LIST_WIDTHS[0])
        self.list.setMaximumWidth(LIST_WIDTHS[1])
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        right = QVBoxLayout()
        right.setSpacing(10)
        self.text.setTextFormat(Qt.TextFormat.MarkdownText)
        self.headline.setFont(scaled(self.headline, TITLE, bold=True))
        self.text.setFont(scaled(self.text, 1.1))
        self.asked.setFont(scaled(self.asked, ITEM, bold=True))
        for label in (self.headline, self.text, self.asked, self.told, self.sources):
            label.setWordWrap(True)
            label.setMaximumWidth(LINE_WIDTH)
            label.setTextInteractionFlags(READABLE)
        right.addWidget(self.headline)
        right.addWidget(self.text)
        right.addSpacing(8)
        right.addWidget(self.asked)
        for place, answer in enumerate(self.answers):
            self.choice.addButton(answer, place)
            self.answer_texts[place].setMaximumWidth(LINE_WIDTH)
            right.addLayout(self.answer_texts[place].row())
        self.choice.idClicked.connect(lambda _place: self.check.setEnabled(True))
        self.check.clicked.connect(self._answer)
        right.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.told)
        right.addSpacing(8)
        right.addWidget(quiet(self.sources))
        right.addStretch(1)
        row, side = QHBoxLayout(), QWidget()
        side.setLayout(right)
        row.setSpacing(20)
        row.addWidget(self.list, 1)
        row.addWidget(side, 3)
        self.column.addLayout(row)

    # Choosing and reading

    def _show_rows(self) -> None:
        """The list anew, the choice kept."""
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows(self._state, i18n.language()):
            item = QListWidgetItem(row.text)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
            if row.id == self.shown:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _choose(self, wanted: str) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item and item.data(Qt.ItemDataRole.UserRole) == wanted:
                self.list.setCurrentRow(place)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item:
            self._open(str(item.data(Qt.ItemDataRole.UserRole)))
            self.ensureVisible(0, 0)

    def _open(self, wanted: str) -> None:
        found = lesson(wanted, i18n.language())
        if found is None:
            return
        self._lesson = found
        self.headline.setText(found.title)
        self.text.setText(found.body)
        self.asked.setText(found.question.text)
        self.choice.setExclusive(False)
        shown = zip(self.answers, self.answer_texts, found.question.answers, strict=True)
        for button, text, answer in shown:
            text.say(answer)
            button.setChecked(False)
        self.choice.setExclusive(True)
        self.check.setEnabled(False)
        self.told.clear()
        self.told.hide()
        self.sources.setText(sources_text(found))

    def _answer(self) -> None:
        found, chosen = self._lesson, self.choice.checkedId()
        if found is None or chosen < 0:
            return
        self.told.setText(answer_text(found, chosen))
        self.told.show()
        fitted = chosen == found.question.right
        self.wish(lambda book: book.lesson_seen(found.id, fitted))
