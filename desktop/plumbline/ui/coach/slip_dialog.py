"""Correcting answers about warning signs that were given by a slip."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QLabel, QPushButton, QWidget

from plumbline.analysis.wording import short_date
from plumbline.coaching.records import SignAnswer, Therapy
from plumbline.i18n import _
from plumbline.lessons.signs import Signs
from plumbline.ui.coach.signs_dialog import NEAR_SPINE, SignsDialog
from plumbline.ui.dialogues import add_destructive, part_in
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.coach_today import named_signs

CONFIRM = 2
"""The page of the stack that asks once more before a sign is taken back."""


class SlipDialog(SignsDialog):
    """The questions with the answers as they were given; what is said yes to no more is taken back
    only after it was asked once whether that was a slip."""

    def __init__(
        self, answer: SignAnswer, parent: QWidget | None = None, had: Sequence[Therapy] = ()
    ) -> None:
        self._given = answer
        super().__init__(answer.why, parent, () if NEAR_SPINE in answer.yes else had)
        for key in self.groups:
            self.choose(key, key in answer.yes)
        self.cancel.setText(_("Cancel"))
        self.asked_title, self.asked = QLabel(_("Was it a slip?")), QLabel()
        self.confirm, self.again = QPushButton(_("Yes, it was a slip")), QPushButton(_("Back"))
        self.stack.addWidget(self._confirming())
        self.confirm.clicked.connect(self._tell_outcome)
        self.again.clicked.connect(self._ask_again)

    def _intro(self, signs: Signs) -> str:
        text = _("These are your answers of {day}. Change what was a slip; the rest stays.")
        return text.format(day=short_date(self._given.day))

    def _confirming(self) -> QWidget:
        page = QWidget()
        column = part_in(page)
        self.asked_title.setFont(scaled(self.asked_title, 1.5, bold=True))
        self.asked.setFont(scaled(self.asked, 1.15))
        for label in (self.asked_title, self.asked):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        add_destructive(column, self.confirm, self.again)
        self.next.setDefault(True)  # on the page that comes first
        return page

    def _answer(self) -> None:
        lost = [key for key in self._given.yes if key not in self.yes]
        if not lost:
            self._tell_outcome()
            return
        text = _(
            "You had said yes to: {signs}. If that is so, or if you are not sure, go back and "
            "leave it: it stays open until a professional has looked at it. If it was a slip, it "
            "is taken back; your first answer stays in the history."
        )
        self.asked.setText(text.format(signs=named_signs(lost)))
        self._show(CONFIRM)
        self.again.setFocus()

    def _tell_outcome(self) -> None:
        super()._answer()
