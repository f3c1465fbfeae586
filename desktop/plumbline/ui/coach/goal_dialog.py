"""Changing a goal: another target or date, other words for the activity it is about."""

from datetime import timedelta

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDateEdit, QDoubleSpinBox, QLabel, QLineEdit, QWidget

from plumbline.coaching import goals
from plumbline.coaching.checks import LONGEST_NAME
from plumbline.coaching.records import Goal
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.coach.plan_dialogs import Wizard, as_qdate, take_figures
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_plan import goal_coming_text, goal_title, value_text


class GoalDialog(Wizard):
    """`kept(target, by, words)`; `show_past` is given how the goal came to be as it is."""

    kept = pyqtSignal(float, object, str)

    def __init__(self, goal: Goal, state: CoachState, parent: QWidget | None = None) -> None:
        super().__init__(_("Change the goal"), _("Save change"), parent)
        self._goal, self._state = goal, state
        title = goal_title(goal, state)
        self.words, self.target, self.by = QLineEdit(title), QDoubleSpinBox(), QDateEdit()
        self.past = quiet(QLabel())
        self.words.setMaxLength(LONGEST_NAME)
        take_figures(self.target, goal.measure)
        self.target.setValue(goal.target)
        first = min(goal.by, state.today + timedelta(weeks=1))
        last = max(goal.by, goal.begin + goals.MOST_WEEKS * goals.WEEK)
        self.by.setCalendarPopup(True)
        self.by.setDateRange(as_qdate(first), as_qdate(last))
        self.by.setDate(as_qdate(goal.by))
        name, start = as_typed(QLabel(title)), QLabel(value_text(goal.baseline))
        name.setWordWrap(True)
        if goal.own:
            self.ask(_("The activity in my words"), self.words)
        else:
            self.form.addRow(_("What"), name)
        self.form.addRow(_("At the beginning"), start)
        self.ask(_("My target"), self.target)
        self.ask(_("Until"), self.by)
        self.form.addRow(self.past)
        self.past.setWordWrap(True)
        self.show_past("")
        for changed in (self.target.valueChanged, self.by.dateChanged, self.words.textChanged):
            changed.connect(lambda _value: self._follow())
        self.keep.clicked.connect(self._keep)
        (self.words if goal.own else self.target).setFocus()
        self._follow()

    def show_past(self, text: str) -> None:
        """How the goal came to be as it is."""
        self.past.setText(text)
        self.past.setVisible(bool(text))

    def _follow(self) -> None:
        """What the change does to the weeks to come, or why it cannot be."""
        s, r = self._state, self._state.records
        target, by = round(self.target.value(), 1), self.by.date().toPyDate()
        try:
            found = goals.changed(self._goal, target, by, s.today, r.flares, r.answers)
        except UserError as error:
            self.said.setText(str(error))
            self.keep.setEnabled(False)
            return
        self.said.setText(goal_coming_text(found, s))
        self.keep.setEnabled(bool(self.words.text().strip()))

    def _keep(self) -> None:
        words = self.words.text() if self._goal.own else ""
        self.kept.emit(round(self.target.value(), 1), self.by.date().toPyDate(), words)
        self.accept()
