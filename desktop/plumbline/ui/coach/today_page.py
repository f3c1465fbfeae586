"""The sub-page Today: a small list of what is due, the diary card in it."""

from datetime import date
from functools import partial

from PyQt6.QtGui import QHideEvent
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from plumbline.coaching.due import Item, What
from plumbline.coaching.records import DiaryEntry, SignAnswer
from plumbline.coaching.signs import known_procedures
from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.coach.diary_card import DiaryCard
from plumbline.ui.coach.episode_dialog import EpisodeDialog
from plumbline.ui.coach.signs_dialog import LookedDialog, SignsDialog
from plumbline.ui.coach.slip_dialog import SlipDialog
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage, emptied
from plumbline.ui.fonts import ITEM, TITLE, scaled
from plumbline.ui.presenters.coach_done import diary_done_text, diary_past_text
from plumbline.ui.presenters.coach_flare import flare_begin_button, flare_offered, flare_over_text
from plumbline.ui.presenters.coach_so_far import so_far_text
from plumbline.ui.presenters.coach_today import (
    Card,
    cards,
    episode_text,
    greeting,
    nothing_due,
    taken_over_text,
)
from plumbline.ui.theme import Theme

GOES = {
    What.COURSE: "course",
    What.SESSION: "session",
    What.SET: "plan",
    What.FOLLOW_UP: "therapies",
    What.LESSON: "learn",
}
"""Where an item's button leads."""


class TodayPage(SubPage):
    """Cards from the presenter; each button either asks a dialog or leads to a sub-page."""

    key = "today"

    def __init__(self) -> None:
        super().__init__()
        self.day, self.episode, self.nothing, self.so_far = (QLabel() for _n in range(4))
        self.begin, self.diary_open = QPushButton(), QPushButton()
        self.changed, self.flare = QPushButton(), QPushButton()
        self.diary = DiaryCard()
        self.dialog: SignsDialog | LookedDialog | EpisodeDialog | None = None
        self._state: CoachState | None = None
        self._theme: Theme | None = None
        self._diary_wanted = False
        self._list, self._below = QVBoxLayout(), QVBoxLayout()
        self._above: set[tuple[What, str]] = set()
        for layout in (self._list, self._below):
            layout.setSpacing(12)
        self.diary_frame = self._framed(self.diary)
        self._build()
        self.retranslate()

    def title(self) -> str:
        """As in the list."""
        return _("Today")

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.begin.setText(_("Begin an episode …"))
        self.diary_open.setText(_("Open the diary"))
        self.changed.setText(_("Check the warning signs …"))
        if self._state:
            self.flare.setText(flare_begin_button(self._state))

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Show what is due. While somebody is at the diary it stays where it is: what comes then
        stands below it."""
        at_diary = self.isVisible() and self.diary_frame.isVisible()
        same = self._state is not None and self._state.today == state.today
        self._state, self._theme = state, theme
        episode = state.episode
        self.day.setText(greeting(state))
        self.episode.setText(episode_text(state))
        self.begin.setText(_("Change …") if episode else _("Begin an episode …"))
        self._show_cards(cards(state), stay=at_diary and same)
        self.nothing.setText(nothing_due(state))
        self.nothing.setVisible(bool(self.nothing.text()))
        self.so_far.setText(so_far_text(state))
        self.so_far.setVisible(bool(self.so_far.text()))
        diary_due = any(item.what is What.DIARY for item in state.due) or self._diary_wanted
        self.diary.show_state(state, by_hand=self._diary_wanted)
        self.diary_frame.setVisible(diary_due)
        self.diary_open.setVisible(not diary_due)
        self.changed.setVisible(bool(episode and episode.complaint))
        self.flare.setText(flare_begin_button(state))
        self.flare.setVisible(flare_offered(state))

    def open_at(self, about: object) -> None:
        """ "signs": the newest open sign; "ask": the questions, after what was just told."""
        if about == "ask":
            self._ask_signs("procedure")
        if about == "signs" and self._state and self._state.open_signs:
            self._ask_looked(self._state.open_signs[0].id)

    def begin_anew(self) -> None:
        """Answers that were not kept were another wearer's."""
        self._diary_wanted = False
        self.diary.begin_anew()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Whoever comes back begins with today, unless answers wait to be kept."""
        super().hideEvent(event)
        past = self._state is not None and self.diary.shown_day != self._state.today
        if past and self.diary.is_settled:
            self._close_diary()

    def press(self, item: Item) -> None:
        """What the button of an item does."""
        if item.what is What.COURSE:
            text = lambda: _("The course was looked at; this is said again in a week.")  # noqa: E731
            self.wish(lambda book: book.see_course(), None, text)
        if item.what is What.LOOSE and self._state:
            taken = partial(taken_over_text, self._state)
            self.wish(lambda book: book.take_over(), None, taken)
        if item.what in GOES:
            self.go.emit(GOES[item.what], (item.of, item.week) if item.week else item.of)
        elif item.what is What.SIGNS:
            self._ask_signs(item.of)
        elif item.what is What.OPEN_SIGN:
            self._ask_looked(item.of)
        elif item.what is What.FLARE_UP and self._state:
            flare = next(each for each in self._state.records.flares if each.id == item.of)
            over = partial(flare_over_text, self._state)
            self.wish(lambda book: book.end_flare(flare), None, over)

    # Building

    def _build(self) -> None:
        self.day.setFont(scaled(self.day, TITLE, bold=True))
        self.nothing.setFont(scaled(self.nothing, 1.15))
        for label in (self.nothing, self.episode, self.so_far, self.day):
            as_typed(label).setWordWrap(label is not self.day)
        top, end = QHBoxLayout(), QHBoxLayout()
        top.addWidget(quiet(self.episode), 1)
        top.addWidget(self.begin)
        for button in (self.diary_open, self.changed, self.flare):
            end.addWidget(button)
        end.addStretch(1)
        self.column.addWidget(self.day)
        self.column.addLayout(top)
        self.column.addWidget(self.nothing)
        self.column.addLayout(self._list)
        self.column.addWidget(self.diary_frame)
        self.column.addLayout(self._below)
        self.column.addWidget(quiet(self.so_far))
        self.column.addLayout(end)
        self.column.addStretch(1)
        self.begin.clicked.connect(self._ask_episode)
        self.diary_open.clicked.connect(self._open_diary)
        self.changed.clicked.connect(lambda: self._ask_signs("changed"))
        self.flare.clicked.connect(lambda: self.wish(lambda book: book.start_flare()))
        self.diary.kept.connect(self._keep_entry)
        self.diary.removed.connect(self._remove_entry)
        self.diary.looked.connect(self._look_back)
        self.diary.closed.connect(self._close_diary)

    def _framed(self, inside: QWidget) -> QFrame:
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(frame)
        column.setContentsMargins(14, 10, 14, 10)
        column.addWidget(inside)
        return frame

    def _show_cards(self, shown: list[Card], *, stay: bool) -> None:
        for layout in (self._list, self._below):
            emptied(layout)
        shown = [card for card in shown if card.item.what is not What.DIARY]  # the form itself
        if not stay:
            self._above = {(card.item.what, card.item.of) for card in shown}
        for card in shown:
            urgent = card.item.what is What.OPEN_SIGN
            above = urgent or (card.item.what, card.item.of) in self._above
            (self._list if above else self._below).addWidget(self._card(card))

    def _card(self, card: Card) -> QWidget:
        inside = QWidget()
        row, texts = QHBoxLayout(inside), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        name, text = QLabel(card.title), QLabel(card.text)
        name.setFont(scaled(name, ITEM, bold=True))
        for label in (name, text):
            as_typed(label).setWordWrap(True)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        if card.button:
            button = QPushButton(card.button)
            button.setAccessibleName(f"{card.title}: {card.button}")
            button.setObjectName(card.item.what.value)
            button.clicked.connect(partial(self.press, card.item))
            row.addWidget(button)
        return self._framed(inside)

    # Asking

    def _keep_entry(self, entry: DiaryEntry) -> None:
        past = self._state is not None and entry.day != self._state.today
        text = partial(diary_done_text, entry.day) if past else None
        self.wish(lambda book: book.write_diary(entry), lambda _told: self._kept(), text)

    def _remove_entry(self, day: date) -> None:
        text = lambda: _("The diary entry is removed.")  # noqa: E731
        self.wish(lambda book: book.remove_entry(day), lambda _told: self._kept(), text)

    def _look_back(self, entry: DiaryEntry) -> None:
        def show(past: list[tuple[date, DiaryEntry]]) -> None:
            if self._state and self.diary.shown_day == entry.day:
                self.diary.show_past(diary_past_text(past, self._state))

        self.looked_up.emit(lambda book: book.past(entry), show)

    def _kept(self) -> None:
        """Of a day before the card stays open: the next one may follow."""
        today = self._state.today if self._state else None
        self._diary_wanted = self.diary.shown_day != today
        self.diary.forget()

    def _open_diary(self) -> None:
        self._diary_wanted = True
        if self._state:
            self.diary.show_state(self._state, by_hand=True)
        self.diary_frame.show()
        self.diary_open.hide()

    def _close_diary(self) -> None:
        self._diary_wanted = False
        self.diary.begin_anew()
        if self._state and self._theme:
            self.show_coaching(self._state, self._theme)

    def _ask_episode(self) -> None:
        if self._state:
            dialog = EpisodeDialog(self._state, self)
            dialog.wanted.connect(self.wish)
            self._open(dialog)

    def _ask_signs(self, why: str) -> None:
        state = self._state
        had = known_procedures(state.records.therapies, state.today) if state else ()
        dialog = SignsDialog(why, self, had)
        dialog.answered.connect(lambda yes: self.wish(lambda book: book.answer_signs(yes, why)))
        self._open(dialog)

    def _ask_looked(self, answer_id: str) -> None:
        if self._state is None:
            return
        answer = next(each for each in self._state.records.answers if each.id == answer_id)
        dialog = LookedDialog(answer, self._state, self)
        dialog.looked.connect(
            lambda day, who: self.wish(lambda book: book.looked(answer, day, who))
        )
        dialog.slipped.connect(partial(self._ask_slip, answer))
        self._open(dialog)

    def _ask_slip(self, answer: SignAnswer) -> None:
        therapies = self._state.records.therapies if self._state else ()
        dialog = SlipDialog(answer, self, known_procedures(therapies, answer.day))
        text = lambda: _("Your answers are corrected.")  # noqa: E731
        dialog.answered.connect(
            lambda yes: self.wish(lambda book: book.correct_signs(answer, yes), None, text)
        )
        self._open(dialog)

    def _open(self, dialog: SignsDialog | LookedDialog | EpisodeDialog) -> None:
        self.dialog = dialog
        dialog.open()
