"""The total of a questionnaire that was filled in elsewhere."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QDoubleSpinBox, QWidget

from plumbline.coaching.checks import QUESTIONNAIRES
from plumbline.coaching.records import Questionnaire
from plumbline.i18n import _
from plumbline.ui.coach.day_edit import DayEdit, guard
from plumbline.ui.coach.plan_dialogs import Wizard
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_course import total_hint

HIGHEST = 1000.0


class QuestionnaireWizard(Wizard):
    """`kept(questionnaire)`; names that are not in the list can be typed."""

    kept = pyqtSignal(object)

    def __init__(self, state: CoachState, parent: QWidget | None = None) -> None:
        super().__init__(_("A questionnaire's total"), _("Save"), parent)
        self.name, self.total, self.day = QComboBox(), QDoubleSpinBox(), DayEdit(state.today)
        self.name.setEditable(True)
        self.name.addItems(list(QUESTIONNAIRES))
        self.total.setDecimals(1)
        self.ask(_("Questionnaire"), self.name)
        self.ask(_("Total"), self.total)
        self.ask(_("When"), self.day)
        self._look = guard(
            [self.day], self.keep, self.said, lambda: total_hint(self.name.currentText())
        )
        self.name.currentTextChanged.connect(self._named)
        self.keep.clicked.connect(self._keep)
        self._named(self.name.currentText())

    def _named(self, name: str) -> None:
        highest = QUESTIONNAIRES.get(name, (HIGHEST, 0.0))[0]
        self.total.setRange(0, highest)
        self._look()

    def _keep(self) -> None:
        name, day = self.name.currentText().strip(), self.day.day
        self.kept.emit(Questionnaire("", day, name, self.total.value()))
        self.accept()
