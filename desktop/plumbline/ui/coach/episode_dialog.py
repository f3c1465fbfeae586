"""Opening, changing and ending an episode, with the wearer's own activities."""

from dataclasses import replace
from datetime import date

from PyQt6.QtCore import QTime, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTimeEdit,
    QWidget,
)

from plumbline.coaching.book import CoachBook
from plumbline.coaching.checks import LONGEST_NAME, MOST_ACTIVITIES
from plumbline.coaching.records import Episode, OwnActivity
from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.coach.day_edit import DayEdit, guard
from plumbline.ui.coach.state import CoachState
from plumbline.ui.dialogues import add_buttons, column_in
from plumbline.ui.titles import entitle

EVENING_MIN = 18 * 60


class EpisodeDialog(QDialog):
    """`wanted(work)` with what the book is to do."""

    wanted = pyqtSignal(object)

    def __init__(self, state: CoachState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._episode = state.episode
        present = [each for each in state.records.activities if each.retired is None]
        self._own = present[:MOST_ACTIVITIES]
        self.trouble = QRadioButton(_("My back troubles me"))
        self.prevention = QRadioButton(_("No complaint: prevention"))
        self.begin, self.end = DayEdit(state.today), DayEdit(state.today)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.over, self.note = QCheckBox(_("It is over since")), QLineEdit()
        self.names = [QLineEdit() for _n in range(MOST_ACTIVITIES)]
        self.offer, self.offer_at = QCheckBox(_("Offer the diary only from")), QTimeEdit()
        self.keep, self.cancel = QPushButton(_("Save")), QPushButton(_("Cancel"))
        entitle(self, _("Episode"))
        self.setMinimumWidth(480)
        self._fill()
        self._lay()
        look = guard([self.begin, self.end], self.keep, self.said)
        self.over.toggled.connect(self.end.setEnabled)
        self.over.toggled.connect(lambda _on: look())
        look()
        self.offer.toggled.connect(self.offer_at.setEnabled)
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)

    def _fill(self) -> None:
        episode, today = self._episode, self._state.today
        (self.trouble if episode is None or episode.complaint else self.prevention).setChecked(True)
        for editor, name, day in (
            (self.begin, _("Since when"), episode.begin if episode else today),
            (self.end, _("Over since"), today),
        ):
            editor.show_day(day)
            editor.setAccessibleName(name)
        self.end.setEnabled(False)
        self.over.setVisible(episode is not None)
        self.end.setVisible(episode is not None)
        minutes = self._state.records.preference.diary_from_min
        self.offer.setChecked(minutes > 0)
        self.offer_at.setEnabled(minutes > 0)
        self.offer_at.setTime(QTime(*divmod(minutes or EVENING_MIN, 60)))
        self.offer_at.setAccessibleName(self.offer.text())
        self.note.setText(episode.note if episode else "")
        self.note.setAccessibleName(_("Note"))
        examples = (
            _("for example: half an hour of gardening"),
            _("for example: carrying the shopping upstairs"),
            _("for example: sitting through a film"),
        )
        for n, line in enumerate(self.names):
            line.setText(self._own[n].name if n < len(self._own) else "")
            line.setMaxLength(LONGEST_NAME)
            line.setAccessibleName(_("Own activity {n}").format(n=n + 1))
            line.setPlaceholderText(examples[n % len(examples)])

    def _lay(self) -> None:
        column, form = column_in(self), QFormLayout()
        column.addWidget(self.trouble)
        column.addWidget(self.prevention)
        form.addRow(_("Since when"), self.begin)
        form.addRow(_("Note"), self.note)
        form.addRow(self.over, self.end)
        column.addLayout(form)
        asked = QLabel(
            _(
                "Which activities does the trouble hinder most? Up to three, in your own words. "
                "You score them from 0 to 10 in the diary."
            )
        )
        asked.setWordWrap(True)
        column.addWidget(quiet(asked))
        for editor in self.names:
            column.addWidget(editor)
        offered = QHBoxLayout()
        offered.addWidget(self.offer)
        offered.addWidget(self.offer_at)
        offered.addStretch(1)
        column.addLayout(offered)
        column.addWidget(self.said)
        add_buttons(column, self.keep, self.cancel)

    def episode(self) -> Episode:
        """What was entered."""
        end = self.end.day if self.over.isChecked() else None
        known = self._episode or Episode("", self._state.today)
        return replace(
            known,
            begin=self.begin.day,
            end=end,
            complaint=self.trouble.isChecked(),
            note=self.note.text().strip(),
        )

    def offered_from(self) -> int:
        """Minutes of the day; 0: all day."""
        time = self.offer_at.time()
        return time.hour() * 60 + time.minute() if self.offer.isChecked() else 0

    def _keep(self) -> None:
        episode, names = self.episode(), [" ".join(e.text().split()) for e in self.names]
        own, minutes = self._own, self.offered_from()
        before_min = self._state.records.preference.diary_from_min

        def work(book: CoachBook) -> None:
            book.keep_episode(episode)
            for n, name in enumerate(names):
                before = own[n] if n < len(own) else None
                _keep_activity(book, before, name, self._state.today)
            if minutes != before_min:
                book.prefer(minutes)

        self.wanted.emit(work)
        self.accept()


def _keep_activity(book: CoachBook, before: OwnActivity | None, name: str, today: date) -> None:
    """An emptied line puts its activity aside; another name is a new activity, as its scores are
    of something else."""
    if before and before.name == name:
        return
    if before:
        book.drop_activity(before)
    if name:
        book.keep_activity(OwnActivity("", name, today))
