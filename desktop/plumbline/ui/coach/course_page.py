"""The sub-page Course: the answer, its reasons, and the three weeks it rests on."""

from collections.abc import Generator, Sequence
from typing import Self

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.coach.days_plot import DaysPlot, one_by_one, trace_keys
from plumbline.ui.coach.questionnaire_dialog import QuestionnaireWizard
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.fonts import TITLE, scaled
from plumbline.ui.legend import SQUARE, Key, Legend
from plumbline.ui.presenters.coach_course import CourseView, beside_texts, course_view, total_texts
from plumbline.ui.theme import Theme, mixed

HEIGHTS = (200, 130, 130)
SWATCH = 0.35


class CoursePage(SubPage):
    """Both inputs: the diary's scores above, pain and the belt's minutes below."""

    key = "course"

    def __init__(self, plots: Sequence[DaysPlot] = ()) -> None:
        super().__init__()
        self.answer, self.reasons, self.sources, self.beside = (QLabel() for _n in range(4))
        self.totals, self.enter, self.legend = QLabel(), QPushButton(), Legend()
        self.dialog: QuestionnaireWizard | None = None
        self._state: CoachState | None = None
        self.scores, self.pain, self.feet = plots or map(DaysPlot, HEIGHTS)
        self.answer.setFont(scaled(self.answer, TITLE, bold=True))
        self.enter.clicked.connect(self._ask)
        for label in (self.answer, self.reasons, self.sources, self.totals):
            label.setWordWrap(True)
        for widget in (self.answer, self.reasons, self.scores, self.legend, self.pain, self.feet):
            self.column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.totals, 1)
        row.addWidget(self.enter)
        self.column.addWidget(self.beside)
        self.column.addLayout(row)
        self.column.addWidget(quiet(self.sources))
        self.column.addStretch(1)
        self.retranslate()

    @classmethod
    def making(cls) -> Generator[None, None, Self]:
        """Its plots one by one."""
        return cls((yield from one_by_one(HEIGHTS)))

    def title(self) -> str:
        """As in the list."""
        return _("Course")

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.enter.setText(_("Enter or correct a questionnaire's total …"))

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Show the course."""
        self._state = state
        self.totals.setText("\n".join(total_texts(state.records)))
        view = course_view(state)
        self.answer.setText(view.answer)
        self.reasons.setText(" ".join(view.reasons))
        self.sources.setText(view.sources)
        drawn = bool(view.scores)
        for widget in (self.scores, self.pain, self.feet, self.legend, self.beside):
            widget.setVisible(drawn)
        if drawn:
            self._draw(view, theme)
            beside = beside_texts(state.records, view.since, view.until)
            self.beside.setText("   ".join(f"{name}: {text}" for name, text in beside))
            self.scores.setAccessibleDescription(view.text)

    def _ask(self) -> None:
        if self._state:
            self.dialog = QuestionnaireWizard(self._state, self)
            self.dialog.kept.connect(
                lambda found: self.wish(lambda book: book.keep_questionnaire(found))
            )
            removed = lambda: _("The total is removed.")  # noqa: E731
            self.dialog.removed.connect(
                lambda found: self.wish(lambda book: book.remove(found), None, removed)
            )
            self.dialog.open()

    def _draw(self, view: CourseView, theme: Theme) -> None:
        days, window = (view.first, view.until), (view.since, view.until)
        self.scores.show_days(
            _("Own activities and taking part, 0 to 10"),
            view.scores,
            days,
            theme,
            self.font(),
            window=window,
            top=10.0,
        )
        self.pain.show_days(
            _("Pain, 0 to 10"), view.pain, days, theme, self.font(), window=window, top=10.0
        )
        self.feet.setVisible(bool(view.feet[0].points))
        self.feet.show_days(view.feet[0].name, view.feet, days, theme, self.font(), window=window)
        band = mixed(theme.curve, theme.background, SWATCH)
        weeks = mixed(theme.muted, theme.background, SWATCH)
        keys = trace_keys(view.scores, theme)
        if any(trace.band for trace in view.scores):
            keys.append(Key(SQUARE, band, _("less than a change that matters")))
        self.legend.show_keys([*keys, Key(SQUARE, weeks, _("the three weeks"))])
