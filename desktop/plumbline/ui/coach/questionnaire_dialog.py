"""The total of a questionnaire that was filled in elsewhere."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QDoubleSpinBox, QPushButton, QWidget

from plumbline.coaching.checks import QUESTIONNAIRES
from plumbline.coaching.records import Questionnaire
from plumbline.i18n import _
from plumbline.ui.coach.day_edit import DayEdit, guard
from plumbline.ui.coach.plan_dialogs import Wizard
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_course import total_hint, total_name

HIGHEST = 1000.0


class QuestionnaireWizard(Wizard):
    """`kept(questionnaire)`, `removed(questionnaire)`: a new one, or one of before that is chosen
    to be corrected; names that are not in the list can be typed."""

    kept = pyqtSignal(object)
    removed = pyqtSignal(object)

    def __init__(self, state: CoachState, parent: QWidget | None = None) -> None:
        super().__init__(_("A questionnaire's total"), _("Save"), parent)
        self.name, self.total, self.day = QComboBox(), QDoubleSpinBox(), DayEdit(state.today)
        self.which, self.remove = QComboBox(), QPushButton(_("Remove this total"))
        self._past = [*reversed(state.records.questionnaires)]
        self.which.addItem(_("a new one"))
        self.which.addItems([total_name(each) for each in self._past])
        if self._past:
            self.ask(_("Entry"), self.which)
        self.name.setEditable(True)
        self.name.addItems(list(QUESTIONNAIRES))
        self.total.setDecimals(1)
        self.ask(_("Questionnaire"), self.name)
        self.ask(_("Total"), self.total)
        self.ask(_("When"), self.day)
        self.form.addRow(self.remove)
        self._look = guard(
            [self.day], self.keep, self.said, lambda: total_hint(self.name.currentText())
        )
        self.name.currentTextChanged.connect(self._named)
        self.which.currentIndexChanged.connect(lambda _n: self._choose())
        self.keep.clicked.connect(self._keep)
        self.remove.clicked.connect(self._remove)
        line = self.name.lineEdit()
        if line:  # of a list that can be typed in, Return does not come to the dialogue
            line.returnPressed.connect(self._enter)
        self._choose()
        self.remove.setAutoDefault(False)  # else Enter in a line may press it

    @property
    def _chosen(self) -> Questionnaire | None:
        row = self.which.currentIndex()
        return self._past[row - 1] if row > 0 else None

    def _choose(self) -> None:
        """Fill in what was entered, to correct it."""
        found = self._chosen
        self.form.setRowVisible(self.remove, found is not None)
        if found:
            self.name.setCurrentText(found.name)
            self.day.show_day(found.day)
        self._named(self.name.currentText())
        self.total.setValue(found.total if found else 0.0)

    def _enter(self) -> None:
        if self.isVisible():
            self.keep.click()

    def _named(self, name: str) -> None:
        highest = QUESTIONNAIRES.get(name, (HIGHEST, 0.0))[0]
        self.total.setRange(0, highest)
        self._look()

    def _keep(self) -> None:
        name, day = self.name.currentText().strip(), self.day.day
        id_ = self._chosen.id if self._chosen else ""
        self.kept.emit(Questionnaire(id_, day, name, self.total.value()))
        self.accept()

    def _remove(self) -> None:
        self.removed.emit(self._chosen)
        self.accept()
