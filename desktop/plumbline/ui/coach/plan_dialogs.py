"""The wizards of goals and plans, and the plan for a flare-up."""

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import fill

from PyQt6.QtCore import QDate, pyqtSignal
from PyQt6.QtGui import QTextCursor
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from plumbline import i18n
from plumbline.coaching import goals, keys, quotas
from plumbline.coaching.records import Goal, Plan
from plumbline.errors import UserError
from plumbline.i18n import _, ngettext
from plumbline.lessons.care import flare_up_suggestions
from plumbline.ui.coach.amount_edit import AmountEdit
from plumbline.ui.coach.state import CoachState
from plumbline.ui.dialogues import add_buttons, column_in
from plumbline.ui.language import follow_country
from plumbline.ui.presenters.coach_plan import (
    baseline_text,
    ladder_text,
    measure_names,
    way_text,
    weekday_names,
)
from plumbline.ui.presenters.exercises import exercise_title
from plumbline.ui.titles import entitle

WIDTH = 460
LINE = 76
"""Characters in a line of a suggestion, so that none is cut off on a small screen."""
WEEKS = 6
ORDINARY_DAYS = (0, 2, 4)
ORDINARY_SESSIONS = 12
ORDINARY_TARGET = {"minutes": 30, "times": 20}
"""Twice ten times is the most that the exercises' texts speak of."""


class Wizard(QDialog):
    """A form with a sentence that follows what is entered, and two buttons."""

    def __init__(self, title: str, keep: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        entitle(self, title)
        self.setMinimumWidth(WIDTH)
        self.keep, self.cancel = QPushButton(keep), QPushButton(_("Cancel"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.form = QFormLayout()
        column = column_in(self)
        column.addLayout(self.form)
        column.addWidget(self.said)
        column.addStretch(1)
        add_buttons(column, self.keep, self.cancel)
        self.cancel.clicked.connect(self.reject)

    def ask(self, name: str, editor: QWidget) -> None:
        """A line of the form; the first one has the focus."""
        editor.setAccessibleName(name)
        follow_country(editor)
        self.form.addRow(name, editor)
        if self.form.rowCount() == 1:
            editor.setFocus()  # not before it is here: it would be lost on the way


class GoalWizard(Wizard):
    """`kept(goal, minutes)`: with the belt's reminder at so many minutes where it is wished."""

    kept = pyqtSignal(object, object)

    def __init__(self, state: CoachState, parent: QWidget | None = None) -> None:
        super().__init__(_("A goal"), _("Set this goal"), parent)
        self._state = state
        self.measure, self.own = QComboBox(), QComboBox()
        self.baseline, self.target, self.by = QDoubleSpinBox(), QDoubleSpinBox(), QDateEdit()
        self.from_data, self.remind = QLabel(), QCheckBox()
        for key, name in measure_names().items():
            self.measure.addItem(name, key)
        for each in state.records.activities:
            if each.retired is None:
                self.own.addItem(each.name, each.id)
        self.from_data.setWordWrap(True)
        self.from_data.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        first, last = (state.today + timedelta(weeks=weeks) for weeks in (1, goals.MOST_WEEKS))
        self.by.setCalendarPopup(True)
        self.by.setDateRange(as_qdate(first), as_qdate(last))
        self.by.setDate(as_qdate(state.today + timedelta(weeks=WEEKS)))
        self.ask(_("What"), self.measure)
        self.ask(_("Which activity"), self.own)
        self.form.addRow(self.from_data)
        self.ask(_("What I do now"), self.baseline)
        self.ask(_("My target"), self.target)
        self.ask(_("Until"), self.by)
        self.form.addRow(self.remind)
        self.measure.currentIndexChanged.connect(lambda _n: self._measure_chosen())
        self.own.currentIndexChanged.connect(lambda _n: self._measure_chosen())
        for changed in (self.baseline.valueChanged, self.target.valueChanged, self.by.dateChanged):
            changed.connect(lambda _value: self._follow())
        self.keep.clicked.connect(self._keep)
        self._measure_chosen()

    def goal(self) -> Goal:
        """What is entered."""
        measure = str(self.measure.currentData())
        own = str(self.own.currentData() or "") if measure == "own_activity" else ""
        begin, by = self._state.today, self.by.date().toPyDate()
        values = (round(self.baseline.value(), 1), round(self.target.value(), 1))
        remind = self.remind.isVisible() and self.remind.isChecked()
        return Goal("", measure, *values, begin, by, own=own, remind=remind)

    def _measure_chosen(self) -> None:
        """The baseline comes from the data; the target is a little further."""
        measure, r = str(self.measure.currentData()), self._state.records
        own = str(self.own.currentData() or "")
        found = goals.baseline(
            measure, self._state.belt_days, r.diary, r.sessions, self._state.today, own
        )
        for editor in (self.baseline, self.target):
            take_figures(editor, measure)
        self.target.setSpecialValueText("–")  # nothing is entered yet
        self.baseline.setSpecialValueText("" if found is not None else "–")
        self.baseline.setValue(found or 0)
        self.target.setValue(goals.suggestion(measure, found or 0.0))
        self.form.setRowVisible(self.own, measure == "own_activity")
        self.from_data.setText(baseline_text(measure, found))
        self._follow()

    def _follow(self) -> None:
        goal = self.goal()
        setting = goals.reminder_setting(goal)
        self.remind.setVisible(setting is not None)
        if setting:
            text = ngettext(
                "Let the belt suggest a break after {n} minute of sitting",
                "Let the belt suggest a break after {n} minutes of sitting",
                setting[1],
            )
            self.remind.setText(text.format(n=setting[1]))
        self.keep.setEnabled(False)
        if not goal.target:
            self.said.setText(_("Enter what you do now and where you would like to be."))
            return
        try:
            goals.check_goal(goal)
        except UserError as error:
            self.said.setText(str(error))
            return
        way = (goal.measure, goal.baseline, goal.target, goal.begin, goal.by)
        self.said.setText(way_text(goals.steps_on_the_way(*way)))
        self.keep.setEnabled(True)

    def _keep(self) -> None:
        goal = self.goal()
        setting = goals.reminder_setting(goal) if goal.remind else None
        self.kept.emit(goal, setting)
        self.accept()


class PlanWizard(Wizard):
    """`kept(exercise, target, weekdays, sessions)`: a plan that begins with its baseline."""

    kept = pyqtSignal(str, int, object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("A plan"), _("Begin with the baseline"), parent)
        self.exercise, self.target = QComboBox(), AmountEdit(1)
        self.sessions = QSpinBox()
        for key in keys.EXERCISES:
            self.exercise.addItem(exercise_title(key), key)
        self.sessions.setRange(2, quotas.MOST_QUOTAS)
        self.sessions.setValue(ORDINARY_SESSIONS)
        self.days = {n: QCheckBox(name) for n, name in weekday_names().items()}
        for n, box in self.days.items():
            box.setChecked(n in ORDINARY_DAYS)
        self.ask(_("Exercise"), self.exercise)
        self.ask(_("Target"), self.target)
        self.ask(_("Stages to the target"), self.sessions)
        days = QWidget()
        row = QVBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        for box in self.days.values():
            row.addWidget(box)
        self.ask(_("Days"), days)
        self.said.setText(
            _(
                "First three sessions as far as it goes well: the baseline. Then every stage is "
                "set in advance, from 70 % of it up to your target, and stays: neither less on a "
                "bad day nor more on a good one."
            )
        )
        self.exercise.currentIndexChanged.connect(lambda _n: self._unit())
        self.keep.clicked.connect(self._keep)
        self._unit()

    def _unit(self) -> None:
        exercise = str(self.exercise.currentData())
        self.target.count(exercise)
        self.target.setValue(ORDINARY_TARGET[keys.unit_of(exercise)])

    def _keep(self) -> None:
        days = [n for n, box in self.days.items() if box.isChecked()]
        exercise = str(self.exercise.currentData())
        self.kept.emit(exercise, self.target.value(), days, self.sessions.value())
        self.accept()


class StepsWizard(Wizard):
    """`kept(target, sessions)`: the steps are set from the three baseline sessions."""

    kept = pyqtSignal(int, int)

    def __init__(self, plan: Plan, baseline: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(exercise_title(plan.exercise), _("Set these stages"), parent)
        self._baseline = baseline
        self.target, self.sessions = AmountEdit(1, plan.target), QSpinBox()
        self.target.count(plan.exercise)
        self.sessions.setRange(2, quotas.MOST_QUOTAS)
        self.sessions.setValue(plan.sessions)
        self.ask(_("Target"), self.target)
        self.ask(_("Stages to the target"), self.sessions)
        for editor in (self.target, self.sessions):
            editor.valueChanged.connect(lambda _value: self._follow())
        self.keep.clicked.connect(self._keep)
        self._follow()

    def _follow(self) -> None:
        try:
            text = ladder_text(self._baseline, self.target.value(), self.sessions.value())
        except UserError as error:
            text = str(error)
            self.keep.setEnabled(False)
        else:
            self.keep.setEnabled(True)
        self.said.setText(text)

    def _keep(self) -> None:
        self.kept.emit(self.target.value(), self.sessions.value())
        self.accept()


class FlareWizard(Wizard):
    """`kept(text)`: the plan for a flare-up, from suggestions and in the wearer's own words."""

    kept = pyqtSignal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(_("My plan for a flare-up"), _("Save plan"), parent)
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.boxes = []
        for each in flare_up_suggestions(i18n.language()):
            box = QCheckBox(fill(each.text, LINE))  # it does not wrap by itself
            box.setChecked(each.text in text)
            box.toggled.connect(lambda on, line=each.text: self._toggle(line, on))
            self.boxes.append(box)
            self.form.addRow(box)
        self.ask(_("In my words"), self.text)
        self.boxes[0].setFocus()
        self.text.textChanged.connect(self._look)
        self.keep.clicked.connect(self._keep)
        self._look()

    def _toggle(self, line: str, on: bool) -> None:
        rest = [each for each in self._lines() if each != line]
        wanted = [*rest, line] if on else rest
        self.text.setPlainText("".join(f"{each}\n" for each in wanted))
        self.text.moveCursor(QTextCursor.MoveOperation.End)  # own words begin a line of their own

    def _lines(self) -> list[str]:
        return [each for each in self.text.toPlainText().splitlines() if each.strip()]

    def _look(self) -> None:
        self.keep.setEnabled(bool(self._lines()))

    def _keep(self) -> None:
        self.kept.emit("\n".join(self._lines()))
        self.accept()


def take_figures(editor: QDoubleSpinBox, measure: str) -> None:
    """Let the editor take what a measure can be."""
    decimals = goals.DECIMALS.get(measure, 0)
    editor.setDecimals(decimals)
    editor.setGroupSeparatorShown(True)
    editor.setSingleStep(500 if measure == "steps" else 0.5 if decimals else 1)
    editor.setRange(0, goals.HIGHEST.get(measure, goals.MOST_MINUTES))


def as_qdate(day: date) -> QDate:
    """The same day for Qt."""
    return QDate(day.year, day.month, day.day)
