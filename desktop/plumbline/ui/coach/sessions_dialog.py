"""Correcting what was entered for a plan's earlier sessions."""

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from plumbline.analysis.wording import short_date
from plumbline.coaching.records import Plan, Session
from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.coach.amount_edit import AmountEdit
from plumbline.ui.coach.plan_dialogs import Wizard
from plumbline.ui.presenters.exercises import amount_text, exercise_title


class SessionsDialog(Wizard):
    """One session is chosen, the newest at first; `kept(session, amount)`, `removed(session)`.

    `chosen(session)` asks for its past, which `show_past` is then given.
    """

    kept = pyqtSignal(object, int)
    removed = pyqtSignal(object)
    chosen = pyqtSignal(object)

    def __init__(
        self, plan: Plan, sessions: Sequence[Session], parent: QWidget | None = None
    ) -> None:
        title = _("Sessions of: {exercise}").format(exercise=exercise_title(plan.exercise))
        super().__init__(title, _("Save change"), parent)
        self._sessions = list(reversed(sessions))
        self.which, self.amount, self.remove = QComboBox(), AmountEdit(), QPushButton()
        self.past = quiet(QLabel())
        for each in self._sessions:
            name = f"{short_date(each.day)}: {amount_text(each.amount, each.exercise)}"
            self.which.addItem(name)
        self.amount.count(plan.exercise)
        self.remove.setText(_("Remove this session"))
        self.past.setWordWrap(True)
        self.ask(_("Session"), self.which)
        self.ask(_("Done"), self.amount)
        self.form.addRow(self.past)
        self.form.addRow(self.remove)
        fixed = _("The stages of the plan stay as they were set.")
        before = _("The stages of the plan follow from the three baseline sessions.")
        self.said.setText(fixed if plan.quotas else before)
        self.which.currentIndexChanged.connect(lambda _n: self.choose())
        self.keep.clicked.connect(self._keep)
        self.remove.clicked.connect(self._remove)

    @property
    def session(self) -> Session:
        """The one that is chosen."""
        return self._sessions[self.which.currentIndex()]

    def choose(self) -> None:
        """Fill in what was entered for the session chosen."""
        self.amount.setValue(self.session.amount)
        self.show_past("")
        self.chosen.emit(self.session)

    def show_past(self, text: str) -> None:
        """How the entry came to be as it is."""
        self.past.setText(text)
        self.past.setVisible(bool(text))

    def _keep(self) -> None:
        self.kept.emit(self.session, self.amount.value())
        self.accept()

    def _remove(self) -> None:
        self.removed.emit(self.session)
        self.accept()
