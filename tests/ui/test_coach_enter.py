"""Enter in a form of the coach keeps what was typed; only Cancel throws it away."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from plumbline.coaching.records import FollowUp, Goal, Plan, Records, SignAnswer, Therapy
from plumbline.ui.coach.episode_dialog import EpisodeDialog
from plumbline.ui.coach.goal_dialog import GoalDialog
from plumbline.ui.coach.plan_dialogs import FlareWizard, GoalWizard, PlanWizard, StepsWizard
from plumbline.ui.coach.questionnaire_dialog import QuestionnaireWizard
from plumbline.ui.coach.signs_dialog import LookedDialog
from plumbline.ui.coach.state import CoachState, state_of
from plumbline.ui.coach.therapy_dialogs import FollowUpWizard, TherapyWizard
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.folders import LAST_DAY

PLAN = Plan("p", "walking", "minutes", LAST_DAY, 30, (0,), 6)
GOAL = Goal("g", "steps", 4000, 6000, LAST_DAY, LAST_DAY + timedelta(days=28))
ANSWER = SignAnswer("s", LAST_DAY - timedelta(days=1), ("fever",), "weekly")
MADE: dict[str, Callable[[CoachState], QDialog]] = {
    "episode": EpisodeDialog,
    "looked": lambda state: LookedDialog(ANSWER, state),
    "goal": GoalWizard,
    "goal-change": lambda state: GoalDialog(GOAL, state),
    "plan": lambda _state: PlanWizard(),
    "steps": lambda _state: StepsWizard(PLAN, (20, 20, 20)),
    "flare": lambda _state: FlareWizard(""),
    "therapy": TherapyWizard,
    "follow-up": lambda state: FollowUpWizard(
        Therapy("t", LAST_DAY, "massage"), [FollowUp("", "t", 1, state.today)]
    ),
    "questionnaire": QuestionnaireWizard,
}


@pytest.mark.parametrize("name", list(MADE))
def test_enter_in_any_line_keeps_and_never_cancels(qtbot: QtBot, name: str) -> None:
    for n in range(len(lines(made(qtbot, name)))):
        dialog = made(qtbot, name)
        line = lines(dialog)[n]
        line.setFocus()
        if not line.text():
            qtbot.keyClicks(line, "Kim")
        pressed: list[str] = []
        dialog.keep.clicked.connect(lambda _on, p=pressed: p.append("keep"))  # type: ignore[attr-defined]
        dialog.cancel.clicked.connect(lambda _on, p=pressed: p.append("cancel"))  # type: ignore[attr-defined]
        qtbot.keyClick(line, Qt.Key.Key_Return)
        keeps = dialog.keep.isEnabled()  # type: ignore[attr-defined]
        assert pressed == (["keep"] if keeps else []), line.accessibleName()


@pytest.mark.parametrize("name", list(MADE))
def test_enter_on_cancel_cancels(qtbot: QtBot, name: str) -> None:
    dialog = made(qtbot, name)
    dialog.cancel.setFocus()  # type: ignore[attr-defined]
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()


def made(qtbot: QtBot, name: str) -> QDialog:
    dialog = MADE[name](state_of(Records(), LAST_DAY))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def lines(dialog: QDialog) -> list[QLineEdit]:
    """Those of the spin boxes and dates as well, as a person types in them."""
    found = dialog.findChildren(QLineEdit)
    return [line for line in found if line.isVisible() and line.isEnabled()]
