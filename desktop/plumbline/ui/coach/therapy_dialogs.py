"""Entering a therapy, and answering a follow-up."""

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from plumbline.coaching.keys import SATISFIED, THERAPIES
from plumbline.coaching.records import FollowUp, Therapy
from plumbline.i18n import _, ngettext
from plumbline.ui.appearance import quiet
from plumbline.ui.coach.day_edit import DayEdit, guard
from plumbline.ui.coach.plan_dialogs import Wizard
from plumbline.ui.coach.score_bar import ScoreBar
from plumbline.ui.coach.state import CoachState
from plumbline.ui.presenters.coach_therapies import hint, questions, satisfied_names
from plumbline.ui.presenters.coach_today import therapy_name

HINT_LINES = 3
"""The room kept for it, so that nothing moves when another kind is chosen."""


class TherapyWizard(Wizard):
    """`kept(therapy)`: a new one, or `past` as it is now."""

    kept = pyqtSignal(object)

    def __init__(
        self, state: CoachState, parent: QWidget | None = None, past: Therapy | None = None
    ) -> None:
        super().__init__(_("A therapy"), _("Save change") if past else _("Save"), parent)
        self._past = past or Therapy("", state.today, THERAPIES[0])
        self.kind, self.day = QComboBox(), DayEdit(state.today)
        self.by, self.note = QLineEdit(self._past.by), QLineEdit(self._past.note)
        self.hint = quiet(QLabel())
        self.day.show_day(self._past.day)
        for key in THERAPIES:
            self.kind.addItem(therapy_name(key), key)
        self.kind.setCurrentIndex(max(0, self.kind.findData(self._past.kind)))
        self.ask(_("What"), self.kind)
        self.ask(_("When"), self.day)
        self.ask(_("By whom"), self.by)
        self.hint.setWordWrap(True)
        self.hint.setMinimumHeight(HINT_LINES * self.fontMetrics().lineSpacing())
        self.hint.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.form.addRow("", self.hint)
        self.ask(_("Note"), self.note)
        guard([self.day], self.keep, self.said)()
        self.kind.currentIndexChanged.connect(lambda _n: self._show_hint())
        self.keep.clicked.connect(self._keep)
        self._show_hint()

    def _show_hint(self) -> None:
        """What to note about this kind of therapy, above where it is noted."""
        text = hint(str(self.kind.currentData()))
        self.hint.setText(text)
        self.note.setAccessibleDescription(text)

    def _keep(self) -> None:
        kind, day = str(self.kind.currentData()), self.day.day
        by, note = self.by.text().strip(), self.note.text().strip()
        self.kept.emit(replace(self._past, day=day, kind=kind, by=by, note=note))
        self.accept()


class FollowUpWizard(Wizard):
    """The answers after one of the `weeks`, given before or not: `kept(follow_up)`,
    `removed(follow_up)`."""

    kept = pyqtSignal(object)
    removed = pyqtSignal(object)

    def __init__(
        self, therapy: Therapy, weeks: Sequence[FollowUp], parent: QWidget | None = None
    ) -> None:
        super().__init__(therapy_name(therapy.kind), _("Save"), parent)
        self._weeks = weeks
        self.which, self.pain, self.activities = QComboBox(), ScoreBar(), ScoreBar()
        self.side_effects, self.satisfied = QLineEdit(), QComboBox()
        self.remove = QPushButton(_("Remove these answers"))
        self.satisfied.addItem("", "")
        for key, name in zip(SATISFIED, satisfied_names(), strict=True):
            self.satisfied.addItem(name, key)
        for each in weeks:
            text = ngettext("{n} week after", "{n} weeks after", each.week)
            self.which.addItem(text.format(n=each.week))
        if len(weeks) == 1:
            self.form.addRow(QLabel(self.which.currentText()))
        else:
            self.ask(_("Which answers"), self.which)
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
        self.remove.setAutoDefault(False)  # else Enter in a line may press it
        self.form.addRow(self.remove)
        self.which.currentIndexChanged.connect(lambda _n: self._show())
        self.keep.clicked.connect(self._keep)
        self.remove.clicked.connect(self._remove)
        if len(weeks) == 1:
            self.pain.setFocus()
        self._show()

    @property
    def _shown(self) -> FollowUp:
        return self._weeks[max(0, self.which.currentIndex())]

    def _show(self) -> None:
        """What was answered after the week chosen."""
        found = self._shown
        self.pain.show_score(found.pain)
        self.activities.show_score(found.activities)
        self.side_effects.setText(found.side_effects)
        self.satisfied.setCurrentIndex(max(0, self.satisfied.findData(found.satisfied)))
        self.form.setRowVisible(self.remove, bool(found.id))

    def _keep(self) -> None:
        self.kept.emit(
            replace(
                self._shown,
                pain=self.pain.score,
                activities=self.activities.score,
                side_effects=self.side_effects.text().strip(),
                satisfied=str(self.satisfied.currentData() or ""),
            )
        )
        self.accept()

    def _remove(self) -> None:
        self.removed.emit(self._shown)
        self.accept()
