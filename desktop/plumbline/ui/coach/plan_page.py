"""The sub-page Plan: goals, plans with their staircases, and the plan for a flare-up."""

from functools import partial

from beltwire import settings
from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from plumbline.analysis.wording import short_date
from plumbline.coaching import quotas
from plumbline.coaching.records import FlareUp, Goal, Plan, Session
from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.coach.goal_dialog import GoalDialog
from plumbline.ui.coach.plan_dialogs import FlareWizard, GoalWizard, PlanWizard, StepsWizard, Wizard
from plumbline.ui.coach.sessions_dialog import SessionsDialog
from plumbline.ui.coach.stairs_plot import StairsPlot, stairs_keys
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage, emptied
from plumbline.ui.fonts import ITEM, TITLE, scaled
from plumbline.ui.legend import Legend
from plumbline.ui.presenters.coach_done import goal_past_text, session_past_text
from plumbline.ui.presenters.coach_flare import (
    flare_begin_button,
    flare_end_button,
    flare_offered,
    flare_over_text,
    flare_text,
)
from plumbline.ui.presenters.coach_plan import GoalView, PlanView, goal_views, plan_views
from plumbline.ui.theme import Theme


class PlanPage(SubPage):
    """`setting_wanted((id, value))`: a setting of the belt that goes with a goal."""

    key = "plan"
    setting_wanted = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.headings = {name: QLabel() for name in ("goals", "plans", "flare")}
        self.new_goal, self.new_plan, self.flare_edit = (QPushButton() for _n in range(3))
        self.no_goal, self.no_plan, self.flare_text = (QLabel() for _n in range(3))
        self.flare_start, self.flare_end, self.legend = QPushButton(), QPushButton(), Legend()
        self.dialog: Wizard | None = None
        self._state: CoachState | None = None
        self._goals, self._plans = QVBoxLayout(), QVBoxLayout()
        self._build()
        self.retranslate()

    def title(self) -> str:
        """As in the list."""
        return _("Plan")

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        names = {"goals": _("Goals"), "plans": _("Plans"), "flare": _("When it flares up")}
        for key, label in self.headings.items():
            label.setText(names[key])
        self.new_goal.setText(_("A new goal …"))
        self.new_plan.setText(_("A new plan …"))
        self.no_goal.setText(_("No goal yet. A goal begins with what you do now."))
        self.no_plan.setText(
            _("No plan yet. A plan raises one exercise step by step, by plan and not by pain.")
        )

    def show_coaching(self, state: CoachState, theme: Theme) -> None:
        """Show what there is."""
        self._state = state
        self.setUpdatesEnabled(False)  # else the page is seen empty for a moment
        try:
            self._fill(state, theme)
            self.column.activate()
        finally:
            self.setUpdatesEnabled(True)

    def _fill(self, state: CoachState, theme: Theme) -> None:
        goals, plans = goal_views(state), plan_views(state)
        for layout in (self._goals, self._plans):
            emptied(layout)
        for goal in goals:
            self._goals.addWidget(self._goal_row(goal))
        for plan in plans:
            self._plans.addWidget(self._plan_box(plan, theme))
        self.no_goal.setVisible(not goals)
        self.no_plan.setVisible(not plans)
        self.legend.setVisible(any(plan.stairs for plan in plans))
        self.legend.show_keys(stairs_keys(theme))
        self._show_flare(state)

    def _show_flare(self, state: CoachState) -> None:
        written = state.records.flare_plans
        role = QPalette.ColorRole
        said_already = bool(written) or self._flare is not None
        self.flare_text.setForegroundRole(role.WindowText if said_already else role.PlaceholderText)
        said = [written[-1].text if written else _("Nothing is written yet.")]
        if self._flare:
            text = _("A flare-up has lasted since {day}.")
            since = text.format(day=short_date(self._flare.begin))
            said = [since, flare_text(state, elsewhere=False)]
        self.flare_text.setText("\n".join(said))
        write, change = _("Write my plan for it …"), _("Change my plan for it …")
        self.flare_edit.setText(change if written else write)
        self.flare_start.setText(flare_begin_button(state))
        self.flare_end.setText(flare_end_button(state))
        self.flare_start.setVisible(flare_offered(state))
        self.flare_end.setVisible(self._flare is not None)

    @property
    def _flare(self) -> FlareUp | None:
        flares = self._state.records.flares if self._state else ()
        return next((each for each in flares if not each.end), None)

    def open_at(self, about: object) -> None:
        """A plan whose steps can be set."""
        for view in plan_views(self._state) if self._state else ():
            if view.plan.id == about and view.settable:
                self._ask_steps(view.plan)

    # Building

    def _build(self) -> None:
        for label in self.headings.values():
            label.setFont(scaled(label, TITLE, bold=True))
        for label in (self.no_goal, self.no_plan, self.flare_text):
            as_typed(label).setWordWrap(True)
        parts = (
            ("goals", self.new_goal, (quiet(self.no_goal),), self._goals),
            ("plans", self.new_plan, (quiet(self.no_plan), self.legend), self._plans),
            ("flare", self.flare_edit, (self.flare_text,), None),
        )
        for name, button, widgets, layout in parts:
            row = QHBoxLayout()
            row.addWidget(self.headings[name])
            row.addStretch(1)
            if name == "flare":
                row.addWidget(self.flare_start)
                row.addWidget(self.flare_end)
            row.addWidget(button)
            self.column.addLayout(row)
            for widget in widgets:
                self.column.addWidget(widget)
            if layout is not None:
                self.column.addLayout(layout)
            self.column.addSpacing(12)
        self.column.addStretch(1)
        self.new_goal.clicked.connect(self._ask_goal)
        self.new_plan.clicked.connect(self._ask_plan)
        self.flare_edit.clicked.connect(self._ask_flare)
        self.flare_start.clicked.connect(lambda: self.wish(lambda book: book.start_flare()))
        self.flare_end.clicked.connect(self._end_flare)

    def _end_flare(self) -> None:
        if (flare := self._flare) and self._state:
            over = partial(flare_over_text, self._state)
            self.wish(lambda book: book.end_flare(flare), None, over)

    def _goal_row(self, view: GoalView) -> QWidget:
        end = QPushButton(_("End it"))
        end.clicked.connect(partial(self._end_goal, view.goal))
        change = QPushButton(_("Change …"))
        change.clicked.connect(partial(self._ask_goal_change, view.goal))
        buttons = [change, end]
        if view.minutes is not None:
            text = _("Remind after {n} min").format(n=view.minutes)
            remind = QPushButton(text)
            remind.setToolTip(_("Let the belt suggest a break after sitting that long"))
            setting = (settings.SITTING_LIMIT_MIN, view.minutes)
            remind.clicked.connect(partial(self.setting_wanted.emit, setting))
            buttons.insert(0, remind)
        return self._row(view.title, f"{view.sentence} {view.why}".strip(), buttons)

    def _plan_box(self, view: PlanView, theme: Theme) -> QWidget:
        buttons = []
        if view.open and not view.settable:
            session = QPushButton(_("Begin a session"))
            session.clicked.connect(partial(self.go.emit, "session", view.plan.id))
            buttons.append(session)
        if view.settable:
            steps = QPushButton(_("Set the stages …"))
            steps.setObjectName("steps")
            steps.clicked.connect(partial(self._ask_steps, view.plan))
            buttons.append(steps)
        if self._sessions_of(view.plan):
            past = QPushButton(_("Correct a session …"))
            past.clicked.connect(partial(self._ask_sessions, view.plan))
            buttons.append(past)
        if view.open:
            end = QPushButton(_("End it"))
            end.clicked.connect(partial(self._end_plan, view.plan))
            buttons.append(end)
        box, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 8)
        box.setLayout(column)
        column.addWidget(self._row(view.title, view.sentence, buttons))
        if view.stairs:
            plot = StairsPlot()
            plot.show_stairs(view.stairs, theme, self.font())
            column.addWidget(plot)
        if view.weeks:
            weeks = quiet(QLabel(view.weeks))
            weeks.setWordWrap(True)
            column.addWidget(weeks)
        return box

    def _row(self, title: str, sentence: str, buttons: list[QPushButton]) -> QWidget:
        row, texts, inside = QHBoxLayout(), QVBoxLayout(), QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(row)
        name, text = QLabel(title), QLabel(sentence)
        name.setFont(scaled(name, ITEM, bold=True))
        as_typed(name)
        as_typed(text).setWordWrap(True)
        texts.addWidget(name)
        texts.addWidget(text)
        row.addLayout(texts, 1)
        for button in buttons:
            button.setAccessibleName(f"{title}: {button.text()}")
            row.addWidget(button)
        return inside

    # Asking

    def _ask_goal(self) -> None:
        if self._state:
            dialog = GoalWizard(self._state, self)
            dialog.kept.connect(self._keep_goal)
            self._open(dialog)

    def _keep_goal(self, goal: Goal, setting: tuple[int, int] | None) -> None:
        def kept(_id: object) -> None:
            if setting:
                self.setting_wanted.emit(setting)

        self.wish(lambda book: book.keep_goal(goal), kept)

    def _ask_goal_change(self, goal: Goal) -> None:
        if self._state:
            dialog = GoalDialog(goal, self._state, self)
            dialog.kept.connect(
                lambda *to: self.wish(
                    lambda book: book.change_goal(goal, *to),
                    None,
                    lambda: _("The goal is changed."),
                )
            )
            shown = lambda past: dialog.show_past(goal_past_text(past))  # noqa: E731
            self.looked_up.emit(lambda book: book.past(goal), shown)
            self._open(dialog)

    def _ask_plan(self) -> None:
        dialog = PlanWizard(self)
        dialog.kept.connect(
            lambda exercise, target, days, sessions: self.wish(
                lambda book: book.begin_plan(exercise, target, days, sessions)
            )
        )
        self._open(dialog)

    def _ask_steps(self, plan: Plan) -> None:
        if self._state:
            done = self._sessions_of(plan)
            baseline = [each.amount for each in done[: quotas.BASELINE_SESSIONS]]
            dialog = StepsWizard(plan, baseline, self)
            dialog.kept.connect(
                lambda target, n: self.wish(lambda book: book.fix_quotas(plan, target, n))
            )
            self._open(dialog)

    def _sessions_of(self, plan: Plan) -> list[Session]:
        return quotas.sessions_of(plan, self._state.records.sessions) if self._state else []

    def _ask_sessions(self, plan: Plan) -> None:
        dialog = SessionsDialog(plan, self._sessions_of(plan), self)
        dialog.kept.connect(
            lambda session, n: self.wish(lambda book: book.change_session(session, n))
        )
        removed = lambda: _("The session is removed.")  # noqa: E731
        dialog.removed.connect(
            lambda session: self.wish(lambda book: book.remove_session(session), None, removed)
        )
        shown = lambda past: dialog.show_past(session_past_text(past))  # noqa: E731
        dialog.chosen.connect(lambda s: self.looked_up.emit(lambda book: book.past(s), shown))
        dialog.choose()
        self._open(dialog)

    def _ask_flare(self) -> None:
        written = self._state.records.flare_plans if self._state else ()
        dialog = FlareWizard(written[-1].text if written else "", self)
        dialog.kept.connect(lambda text: self.wish(lambda book: book.keep_flare_plan(text)))
        self._open(dialog)

    def _open(self, dialog: Wizard) -> None:
        self.dialog = dialog
        dialog.open()

    def _end_goal(self, goal: Goal) -> None:
        self.wish(lambda book: book.end_goal(goal), None, lambda: _("The goal is ended."))

    def _end_plan(self, plan: Plan) -> None:
        self.wish(lambda book: book.end_plan(plan), None, lambda: _("The plan is ended."))
