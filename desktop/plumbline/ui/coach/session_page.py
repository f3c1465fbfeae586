"""The sub-page Session: an exercise, counted live with the belt or ticked off without."""

from collections.abc import Generator
from datetime import date
from typing import Self

from beltwire import codes
from beltwire.messages import LiveRepetition
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.axes import QuietPlot
from plumbline.ui.coach.amount_edit import AmountEdit
from plumbline.ui.coach.reps_plot import RepsPlot
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.fonts import TITLE, scaled
from plumbline.ui.presenters.coach_session import (
    Choice,
    Counter,
    choices,
    count_text,
    counter_for,
    seen_today,
    session_view,
)
from plumbline.ui.theme import Theme


class SessionPage(SubPage):
    """Wants the belt while it is open; `repeated` and `show_talk` are told from outside.

    `counting`: a repetition counts now; what was counted before stays in `counter`. `counts`: which
    kind counts from now, or REPETITION_NONE."""

    counts = pyqtSignal(int)

    key = "session"
    wants_belt = True

    def __init__(self, plot: RepsPlot | None = None) -> None:
        super().__init__()
        self.choice, self.due, self.how, self.talk = QComboBox(), QLabel(), QLabel(), QLabel()
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.start, self.count, self.plot = QPushButton(), QLabel(), plot or RepsPlot()
        self.amount, self.amount_label = AmountEdit(), QLabel()
        self.take, self.keep, self.outcome = QPushButton(), QPushButton(), QLabel()
        self.set_stages = QPushButton()
        self.counter: Counter | None = None
        self.counting = False
        self._choices: list[Choice] = []
        self._state: CoachState | None = None
        self._theme: Theme | None = None
        self._talk_message, self._talking = "", False
        self._was_due: tuple[date, int, bool] | None = None
        self._build()
        self.retranslate()

    @classmethod
    def making(cls) -> Generator[None, None, Self]:
        """Its plots first."""
        plots = []
        for _n in range(2):
            plots.append(QuietPlot())
            yield
        plot = RepsPlot(plots)
        yield
        return cls(plot)

    def title(self) -> str:
        """As in the list."""
        return _("Session")

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.choice.setAccessibleName(_("Exercise"))
        self.amount.setAccessibleName(_("How much was done"))
        self.amount_label.setText(_("Done"))
        self._name_start()
        self.keep.setText(_("Save session"))
        self.set_stages.setText(_("Set the stages …"))

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Show what can be done; a session that is being counted goes on."""
        self._theme = theme
        chosen = self._chosen
        fresh = choices(state)
        self._state = state
        self.choice.blockSignals(True)
        self.choice.clear()
        self.choice.addItems([each.title for each in fresh])
        if chosen and self.counter is None and not self.amount.value():
            chosen = _planned_since(chosen, self._choices, fresh)
        same = [n for n, each in enumerate(fresh) if chosen and _key(each) == _key(chosen)]
        self.choice.setCurrentIndex(same[0] if same else 0)
        self.choice.blockSignals(False)
        self._choices = fresh
        self._show_choice(anew=not same or self._due() != self._was_due)

    def open_at(self, about: object) -> None:
        """The plan whose session it is."""
        for n, each in enumerate(self._choices):
            if each.plan and each.plan.id == about:
                self.choice.setCurrentIndex(n)

    def begin_anew(self) -> None:
        """What is being counted is another wearer's."""
        self._no_counting()
        self._choices = []

    def show_talk(self, message: str, *, open_: bool) -> None:
        """Whether the belt is there, and what to do where it is not."""
        self._talk_message, self._talking = message, open_
        self._show_counting()

    def repeated(self, repetition: LiveRepetition) -> None:
        """The belt saw one."""
        if self.counting and self.counter and self.counter.add(repetition):
            self.amount.setValue(len(self.counter.reps))
            self._show_counting()

    # Building

    def _build(self) -> None:
        self.due.setFont(scaled(self.due, TITLE, bold=True))
        self.count.setFont(scaled(self.count, 1.5, bold=True))
        for label in (self.due, self.how, self.talk, self.outcome):
            label.setWordWrap(True)
        self.how.setTextFormat(Qt.TextFormat.PlainText)
        top, end, counting = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        top.addWidget(self.choice)
        top.addStretch(1)
        for widget in (self.amount_label, self.amount, self.take, self.keep):
            end.addWidget(widget)
        end.addStretch(1)
        counting.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.count, self.plot):
            counting.addWidget(widget)
        self.column.addLayout(top)
        self.column.addWidget(self.due)
        self.column.addWidget(self.how)
        self.column.addWidget(quiet(self.talk))
        self.column.addLayout(counting)
        self.column.addLayout(end)
        self.column.addWidget(self.outcome)
        self.column.addWidget(self.set_stages, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.choice.currentIndexChanged.connect(lambda _n: self._show_choice(anew=True))
        self.start.clicked.connect(self._count)
        self.take.clicked.connect(self._take)
        self.keep.clicked.connect(self._keep)
        self.set_stages.clicked.connect(self._set_stages)

    @property
    def _chosen(self) -> Choice | None:
        index = self.choice.currentIndex()
        return self._choices[index] if 0 <= index < len(self._choices) else None

    def _show_choice(self, *, anew: bool) -> None:
        choice = self._chosen
        if choice is None or self._state is None:
            return
        view = session_view(choice, self._state)
        self._was_due = self._due()
        if anew:
            self._no_counting()
            self.amount.setValue(view.amount)
        self.outcome.setText(view.said)
        self.set_stages.setVisible(view.settable)
        self.due.setText(view.due)
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(view.how, 1))
        self.how.setText("\n\n".join(filter(None, (view.purpose, steps, view.dose, view.stop))))
        # Without a quota nothing is filled in: 0 reads as not entered yet.
        self.amount.setSpecialValueText("" if view.amount else "–")
        self.amount.count(choice.exercise)
        _amount, offer = seen_today(choice, self._state)
        self.take.setText(offer)
        self.take.setVisible(bool(offer))
        for widget in (self.amount, self.keep, self.take):
            widget.setEnabled(not view.done or view.entered is not None)
        self.keep.setText(_("Save session") if view.entered is None else _("Change it"))
        self._show_counting()

    def _show_counting(self) -> None:
        choice = self._chosen
        counts = bool(choice and counter_for(choice.exercise))
        self.talk.setVisible(counts and not self._talking)
        without = _("Without the belt: count yourself and enter it below.")
        self.talk.setText(f"{self._talk_message} {without}".strip())
        self.start.setVisible(counts and self._talking)
        self._name_start()
        self.count.setVisible(counts and self.counter is not None)
        self.plot.setVisible(counts and self.counter is not None)
        if self.counter is not None and self._theme:
            self.count.setText(count_text(self.counter.reps))
            self.plot.show_reps(self.counter.reps, self._theme, self.font())

    def _due(self) -> tuple[date, int, bool] | None:
        """What the page fills in; it is filled in anew when this is another."""
        if self._chosen is None or self._state is None:
            return None
        view = session_view(self._chosen, self._state)
        return self._state.today, view.amount, view.done

    # Doing

    def _count(self) -> None:
        """From the first one, or no more: whoever is done may walk off without being counted."""
        choice = self._chosen
        counter = counter_for(choice.exercise) if choice and not self.counting else None
        self._now_counts(counter)
        if counter:
            self.counter = counter
            self.amount.setValue(0)
        elif self.counter and not self.counter.reps:
            self.counter = None
        self._show_counting()

    def _name_start(self) -> None:
        begin, end = _("Count with the belt from now"), _("Stop counting")
        self.start.setText(end if self.counting else begin)

    def _no_counting(self) -> None:
        self.counter = None
        self._now_counts(None)

    def _now_counts(self, counter: Counter | None) -> None:
        """Only what changes is told: nobody who counts nothing has to end it."""
        if self.counting or counter:
            self.counting = counter is not None
            self.counts.emit(counter.kind if counter else codes.REPETITION_NONE)

    def _set_stages(self) -> None:
        choice = self._chosen
        if choice and choice.plan:
            self.go.emit("plan", choice.plan.id)

    def _take(self) -> None:
        if self._chosen and self._state:
            self.amount.setValue(seen_today(self._chosen, self._state)[0])

    def _keep(self) -> None:
        choice, amount = self._chosen, self.amount.value()
        if choice is None:
            return
        entered = session_view(choice, self._state).entered if self._state else None
        if entered:
            self.wish(lambda book: book.change_session(entered, amount), self._kept)
            return
        reps = list(self.counter.reps) if self.counter else []
        counted = "belt" if reps and len(reps) == amount else "hand"
        self.wish(
            lambda book: book.keep_session(
                choice.exercise, amount, choice.plan, counted=counted, reps=reps
            ),
            self._kept,
        )

    def _kept(self, _outcome: object) -> None:
        self._no_counting()
        if self._chosen and self._chosen.plan is None:
            self.amount.setValue(0)  # pressed once more it is not saved twice
        self._show_counting()


def _planned_since(chosen: Choice, before: list[Choice], fresh: list[Choice]) -> Choice:
    """The plan that was begun for the exercise chosen freely: what is done next belongs to it."""
    known = {_key(each) for each in before}
    new = (e for e in fresh if e.exercise == chosen.exercise and e.plan and _key(e) not in known)
    return chosen if chosen.plan else next(new, chosen)


def _key(choice: Choice) -> tuple[str, str]:
    return choice.exercise, choice.plan.id if choice.plan else ""
