"""Opening, changing and ending an episode, with the wearer's own activities."""

from dataclasses import replace
from datetime import date

from PyQt6.QtCore import QTime, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
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

from plumbline.analysis.wording import long_date
from plumbline.coaching.book import CoachBook
from plumbline.coaching.checks import (
    LONGEST_NAME,
    MOST_ACTIVITIES,
    check_episode,
    check_left_out,
)
from plumbline.coaching.records import Episode, OwnActivity
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.coach.day_edit import DayEdit
from plumbline.ui.coach.state import CoachState
from plumbline.ui.dialogues import add_buttons, column_in
from plumbline.ui.titles import entitle

EVENING_MIN = 18 * 60


class EpisodeDialog(QDialog):
    """The episode that runs, an earlier one or a new one: `wanted(work)` with what the book is to
    do. What cannot be is said at once, so that nothing entered is lost."""

    wanted = pyqtSignal(object)

    def __init__(self, state: CoachState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._episode = state.episode
        self.which = QComboBox()
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
        self.over.toggled.connect(self.end.setEnabled)
        self.over.toggled.connect(lambda _on: self._look())
        for edit in (self.begin, self.end):
            edit.dateChanged.connect(lambda _date: self._look())
        self.which.currentIndexChanged.connect(lambda _n: self._choose())
        self._choose()
        self.offer.toggled.connect(self.offer_at.setEnabled)
        (self.which if self.which.count() > 1 else self.trouble).setFocus()
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)

    def _fill(self) -> None:
        if self._episode is None:
            self.which.addItem(_("A new episode"), None)
        for each in reversed(self._state.records.episodes):
            self.which.addItem(span_text(each), each)
        self.which.setAccessibleName(_("Which episode"))
        self.begin.setAccessibleName(_("Since when"))
        self.end.setAccessibleName(_("Over since"))
        minutes = self._state.records.preference.diary_from_min
        self.offer.setChecked(minutes > 0)
        self.offer_at.setEnabled(minutes > 0)
        self.offer_at.setTime(QTime(*divmod(minutes or EVENING_MIN, 60)))
        self.offer_at.setAccessibleName(self.offer.text())
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
        column.addWidget(self.which)
        self.which.setVisible(self.which.count() > 1)
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

    def _choose(self) -> None:
        """Fill in the episode chosen."""
        episode = self._episode = self.which.currentData()
        today = self._state.today
        (self.trouble if episode is None or episode.complaint else self.prevention).setChecked(True)
        self.begin.show_day(episode.begin if episode else today)
        self.end.show_day((episode and episode.end) or today)
        self.over.setChecked(bool(episode and episode.end))
        self.end.setEnabled(self.over.isChecked())
        self.over.setVisible(episode is not None)
        self.end.setVisible(episode is not None)
        self.note.setText(episode.note if episode else "")
        self._look()

    def _look(self) -> None:
        """Nothing is kept while the dates cannot be."""
        days = [self.begin, self.end] if self.over.isChecked() else [self.begin]
        trouble = next(filter(None, (each.trouble() for each in days)), "") or self._refusal()
        self.said.setText(trouble)
        self.keep.setEnabled(not trouble)

    def _refusal(self) -> str:
        new, r = self.episode(), self._state.records
        try:
            check_episode(new, r.episodes, self._state.today)
            if self._episode:
                check_left_out(self._episode, new, r.diary)
        except UserError as error:
            return str(error)
        return ""

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


def span_text(episode: Episode) -> str:
    """ "23 October 2026 to 1 February 2027", or since when it goes on."""
    begin = long_date(episode.begin)
    if episode.end is None:
        return _("since {begin}").format(begin=begin)
    return _("{begin} to {end}").format(begin=begin, end=long_date(episode.end))


def _keep_activity(book: CoachBook, before: OwnActivity | None, name: str, today: date) -> None:
    """An emptied line puts its activity aside; another name is a new activity, as its scores are
    of something else."""
    if before and before.name == name:
        return
    if before:
        book.drop_activity(before)
    if name:
        book.keep_activity(OwnActivity("", name, today))
