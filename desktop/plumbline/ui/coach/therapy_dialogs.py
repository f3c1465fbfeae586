"""Entering a therapy, and answering a follow-up."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from plumbline.coaching.keys import SATISFIED, THERAPIES
from plumbline.coaching.records import FollowUp, Therapy
from plumbline.i18n import _, ngettext
from plumbline.ui.coach.day_edit import DayEdit, guard
from plumbline.ui.coach.plan_dialogs import Wizard
from plumbline.ui.coach.score_bar import ScoreBar
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_therapies import hint, questions, satisfied_names
from plumbline.ui.presenters.coach_today import therapy_name


class TherapyWizard(Wizard):
    """`kept(therapy)`."""

    kept = pyqtSignal(object)

    def __init__(self, state: CoachState, parent: QWidget | None = None) -> None:
        super().__init__(_("A therapy"), _("Save"), parent)
        self.kind, self.day = QComboBox(), DayEdit(state.today)
        self.by, self.note = QLineEdit(), QLineEdit()
        for key in THERAPIES:
            self.kind.addItem(therapy_name(key), key)
        self.ask(_("What"), self.kind)
        self.ask(_("When"), self.day)
        self.ask(_("By whom"), self.by)
        self.ask(_("Note"), self.note)
        look = guard([self.day], self.keep, self.said, lambda: hint(str(self.kind.currentData())))
        self.kind.currentIndexChanged.connect(lambda _n: look())
        self.keep.clicked.connect(self._keep)
        look()

    def _keep(self) -> None:
        kind, day = str(self.kind.currentData()), self.day.day
        self.kept.emit(Therapy("", day, kind, self.by.text().strip(), self.note.text().strip()))
        self.accept()


class FollowUpWizard(Wizard):
    """`kept(follow_up)`."""

    kept = pyqtSignal(object)

    def __init__(
        self, therapy: Therapy, week: int, state: CoachState, parent: QWidget | None = None
    ) -> None:
        super().__init__(therapy_name(therapy.kind), _("Save"), parent)
        self._therapy, self._week, self._today = therapy, week, state.today
        self.pain, self.activities = ScoreBar(), ScoreBar()
        self.side_effects, self.satisfied = QLineEdit(), QComboBox()
        self.satisfied.addItem("", "")
        for key, name in zip(SATISFIED, satisfied_names(), strict=True):
            self.satisfied.addItem(name, key)
        text = ngettext("{n} week after", "{n} weeks after", week).format(n=week)
        self.form.addRow(QLabel(text))
        asked = questions()
        for key, editor in (
            ("pain", self.pain),
            ("activities", self.activities),
            ("side-effects", self.side_effects),
            ("satisfied", self.satisfied),
        ):
            label = QLabel(asked[key])
            label.setWordWrap(True)
            editor.setAccessibleName(asked[key])
            self.form.addRow(label)
            self.form.addRow(editor)
        self.keep.clicked.connect(self._keep)

    def _keep(self) -> None:
        self.kept.emit(
            FollowUp(
                "",
                self._therapy.id,
                self._week,
                self._today,
                self.pain.score,
                self.activities.score,
                self.side_effects.text().strip(),
                str(self.satisfied.currentData() or ""),
            )
        )
        self.accept()
