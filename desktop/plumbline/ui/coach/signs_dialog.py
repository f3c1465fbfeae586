"""The dialogue of warning signs: questions with yes or no, then one of plain outcomes."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from plumbline import i18n
from plumbline.coaching.records import SignAnswer, Therapy
from plumbline.i18n import _
from plumbline.lessons.signs import Signs, Urgency, warning_signs
from plumbline.ui.appearance import quiet
from plumbline.ui.coach.day_edit import DayEdit, guard
from plumbline.ui.coach.state import CoachState
from plumbline.ui.dialogues import add_buttons, column_in, part_in
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.coach_today import had_texts, sign_names
from plumbline.ui.titles import entitle

SIZE = (720, 620)
NEAR_SPINE = "spine-injection"
OUTCOME = 1
"""The page of the stack that says what follows."""
QWIDGETSIZE_MAX = 16_777_215
"""Qt's own, which PyQt does not name: as high as it likes."""


class SignsDialog(QDialog):
    """Asks what is not known from the treatments `had`, and shows what follows from the answers;
    `answered` with the ids said yes to, once, when it is closed after that, however it is closed.
    """

    answered = pyqtSignal(object)

    def __init__(
        self, why: str, parent: QWidget | None = None, had: Sequence[Therapy] = ()
    ) -> None:
        super().__init__(parent)
        self.why, self._had = why, had
        self._signs = warning_signs(i18n.language())
        self.groups: dict[str, QButtonGroup] = {}
        self.stack = QStackedWidget()
        self.outcome_title, self.outcome_text = QLabel(), QLabel()
        self.note = quiet(QLabel(self._signs.note))
        self.next, self.cancel = QPushButton(_("Go on")), QPushButton(_("Not now"))
        self.close_button, self.back = QPushButton(_("Close")), QPushButton(_("Back"))
        entitle(self, _("Warning signs"))
        self.resize(*SIZE)
        self.stack.addWidget(self._questions(self._signs))
        self.stack.addWidget(self._outcome())
        column_in(self).addWidget(self.stack)
        self.next.setEnabled(False)
        self.next.clicked.connect(self._answer)
        self.cancel.clicked.connect(self.reject)
        self.next.setDefault(True)
        last = list(self.groups.values())[-1].button(1)
        QWidget.setTabOrder(last, self.next)  # behind the last answer Return goes on
        QWidget.setTabOrder(self.next, self.cancel)
        first = next(iter(self.groups.values())).button(0)
        if first:
            first.setFocus()  # else Tab would begin at "Not now"
        self.close_button.clicked.connect(self.accept)
        self.back.clicked.connect(self._ask_again)
        self.finished.connect(lambda _how: self._tell())

    @property
    def yes(self) -> list[str]:
        """What was said yes to."""
        return [key for key, group in self.groups.items() if group.checkedId() == 1]

    def choose(self, key: str, yes: bool) -> None:
        """As if the button had been pressed."""
        button = self.groups[key].button(int(yes))
        if button:
            button.click()

    def _questions(self, signs: Signs) -> QWidget:
        page, inside, grid = QWidget(), QWidget(), QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        asked = [each for each in signs.signs if not (self._had and each.id == NEAR_SPINE)]
        for row, sign in enumerate(asked):
            text = QLabel(sign.question)
            text.setWordWrap(True)
            grid.addWidget(text, row, 0)
            group = QButtonGroup(self)
            for number, name in ((0, _("No")), (1, _("Yes"))):
                button = QRadioButton(name)
                button.setAccessibleName(f"{sign.question} {name}")
                group.addButton(button, number)
                grid.addWidget(button, row, 1 + number)
            group.idToggled.connect(lambda _id, _on: self._enable())
            self.groups[sign.id] = group
        intro = QLabel("\n".join([self._intro(signs), *had_texts(self._had)]))
        intro.setWordWrap(True)
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setAccessibleName(_("Warning signs"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        column = part_in(page)
        column.addWidget(intro)
        column.addWidget(scroll, 1)
        add_buttons(column, self.next, self.cancel)
        return page

    def _intro(self, signs: Signs) -> str:
        return signs.intro if self.why == "start" else signs.again

    def _outcome(self) -> QWidget:
        page = QWidget()
        self.outcome_title.setFont(scaled(self.outcome_title, 1.5, bold=True))
        self.outcome_text.setFont(scaled(self.outcome_text, 1.15))
        column = part_in(page)
        for label in (self.outcome_title, self.outcome_text, self.note):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)
        add_buttons(column, self.close_button, self.back)
        return page

    def _enable(self) -> None:
        self.next.setEnabled(all(group.checkedId() >= 0 for group in self.groups.values()))

    def _answer(self) -> None:
        outcome = self._signs.outcome(set(self.yes))
        self.outcome_title.setText(outcome.title)
        self.outcome_text.setText(outcome.advice)
        # In an emergency nothing stands beside what to do now; without a sign there is no several.
        beside = (self._signs.outcomes[each] for each in (Urgency.DAYS, Urgency.SOON))
        self.note.setVisible(any(outcome is each for each in beside))
        self._show(OUTCOME)
        self.close_button.setFocus()

    def _ask_again(self) -> None:
        """The answers as they were given, to change one that was meant otherwise."""
        self.stack.setMinimumHeight(0)
        self.stack.setMaximumHeight(QWIDGETSIZE_MAX)
        self.stack.setCurrentIndex(0)
        self.resize(*SIZE)
        self.next.setFocus()

    def _tell(self) -> None:
        if self.stack.currentIndex() == OUTCOME:
            self.answered.emit(self.yes)

    def _show(self, page: int) -> None:
        """What follows the questions, which need more room."""
        self.stack.setCurrentIndex(page)
        asked, found = self.stack.widget(0), self.stack.widget(page)
        if asked and found:
            asked.hide()
            self.stack.setFixedHeight(found.heightForWidth(self.stack.width()))
            self.layout().activate()  # type: ignore[union-attr]  # has one from the start
            self.resize(self.width(), self.minimumSizeHint().height())


class LookedDialog(QDialog):
    """Who has looked at an open sign, and when: `looked` with (day, who); or it was answered by
    mistake: `slipped`."""

    looked = pyqtSignal(object, str)
    slipped = pyqtSignal()

    def __init__(
        self, answer: SignAnswer, state: CoachState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.day, self.who = DayEdit(state.today, answer.day), QLineEdit()
        self.said = QLabel()
        self.keep = QPushButton(_("Yes, it was looked at"))
        self.cancel, self.slip = (
            QPushButton(_("Not yet")),
            QPushButton(_("I answered by mistake …")),
        )
        signs = warning_signs(i18n.language())
        entitle(self, _("Warning signs"))
        asked = QLabel(f"{sign_names(answer)}.\n{signs.cleared}")
        asked.setWordWrap(True)
        self.said.setWordWrap(True)
        self.day.setAccessibleName(_("When"))
        self.who.setAccessibleName(_("By whom"))
        self.who.setPlaceholderText(_("for example my doctor; this is needed"))
        column, form = column_in(self), QFormLayout()
        column.addWidget(asked)
        column.addLayout(form)
        form.addRow(_("By whom"), self.who)
        form.addRow(_("When"), self.day)
        column.addWidget(self.said)
        add_buttons(column, self.keep, self.cancel, others=[self.slip])
        look = guard([self.day], self.keep, self.said)
        for changed in (self.who.textChanged, self.day.dateChanged):
            changed.connect(lambda _value: self.keep.setEnabled(look() and bool(self._by)))
        look()
        self.keep.setEnabled(False)
        self.cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self._keep)
        self.slip.setAutoDefault(False)  # Return in a line is no slip
        self.slip.clicked.connect(self._slip)

    @property
    def _by(self) -> str:
        return self.who.text().strip()

    def _keep(self) -> None:
        self.looked.emit(self.day.day, self.who.text())
        self.accept()

    def _slip(self) -> None:
        self.reject()
        self.slipped.emit()
