"""Plan and session: wizards by keyboard, the staircase, counting with the belt."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from beltwire import codes, settings
from beltwire.messages import HelloReply, LiveRepetition
from plumbline.coaching import quotas
from plumbline.coaching.book import CoachBook
from plumbline.coaching.records import Records
from plumbline.ui.coach.plan_dialogs import FlareWizard, GoalWizard, PlanWizard, StepsWizard
from plumbline.ui.coach.plan_page import PlanPage
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.coach.stairs_plot import BASELINE_HEIGHT, StairsPlot
from plumbline.ui.coach.state import state_of
from plumbline.ui.later_setting import set_one
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.coach_plan import plan_views
from plumbline.ui.talk_state import TalkPhase, TalkState
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.link.belt import BELT_ID
from tests.ui.coaching import Coached, texts, with_book
from tests.ui.conftest import MainWindowAwaiter, Opened
from tests.ui.folders import LAST_DAY, session


@pytest.fixture
def coached(window: MainWindow, qtbot: QtBot) -> Coached:
    return Coached(window, qtbot)


def plan_page(coached: Coached) -> PlanPage:
    page = coached.open("plan")
    assert isinstance(page, PlanPage)
    return page


def session_page(coached: Coached) -> SessionPage:
    page = coached.open("session")
    assert isinstance(page, SessionPage)
    return page


def repetition(kind: int, number: int, range_cdeg: int, duration_ms: int) -> LiveRepetition:
    return LiveRepetition(
        mono_ms=number * 3000,
        kind=kind,
        number=number,
        range_cdeg=range_cdeg,
        duration_ms=duration_ms,
    )


def test_a_goal_begins_with_the_belts_data_and_sets_its_reminder(
    coached: Coached, artefacts: Path
) -> None:
    page = plan_page(coached)
    coached.qtbot.keyClick(page.new_goal, Qt.Key.Key_Space)
    wizard = page.dialog
    assert isinstance(wizard, GoalWizard)
    assert not wizard.remind.isVisible()
    wizard.measure.setFocus()
    for _n in range(3):
        coached.qtbot.keyClick(wizard.measure, Qt.Key.Key_Down)
    assert wizard.measure.currentData() == "longest_sitting_min"
    assert wizard.from_data.text().startswith("In the last two weeks: ")
    assert wizard.baseline.value() > 30
    wizard.target.setValue(wizard.baseline.value() + 5)
    assert not wizard.keep.isEnabled()
    assert "less" in wizard.said.text()
    wizard.target.setValue(30)
    assert "6 weekly targets: " in wizard.said.text()
    assert "after 30 minutes" in wizard.remind.text()
    coached.qtbot.keyClick(wizard.remind, Qt.Key.Key_Space)
    wizard.grab().save(str(artefacts / "coach-goal.png"))
    state = coached.press(wizard.keep)
    goal = state.records.goals[0]
    assert (goal.target, goal.remind, len(goal.steps)) == (30, True, 6)
    assert "From" in texts(page)
    waiting = coached.window.later.waiting
    assert waiting is not None
    assert waiting[:2] == (settings.SITTING_LIMIT_MIN, 30)


def opened_to(belt: bytes) -> TalkState:
    hello = HelloReply(
        version=1,
        belt_id=belt,
        firmware=bytes(3),
        flags=0,
        boot=1,
        mono_ms=0,
        battery_mv=3900,
        max_page=512,
        board="virtual",
        name="a belt",
    )
    return TalkState(TalkPhase.OPEN, hello)


@pytest.mark.parametrize(
    ("mode", "off"), [(settings.MODE_TRAINING, False), (settings.MODE_TRACKING, True)]
)
def test_what_is_said_when_the_belt_has_the_reminder(
    coached: Coached, mode: int, off: bool
) -> None:
    """The real belt's part is in test_coached_month."""
    later = coached.window.later
    plan_page(coached).setting_wanted.emit((settings.SITTING_LIMIT_MIN, 30))
    assert later.waiting is not None
    later._done(later.waiting, {settings.SITTING_LIMIT_MIN: 30, settings.REMINDER_MODE: mode})
    assert later.waiting is None
    assert "after 30 minutes of sitting" in coached.window.passing.label.text()
    assert ("reminders are off" in coached.window.passing.label.text()) is off


def test_another_persons_belt_is_left_as_it_is(coached: Coached) -> None:
    asked: list[object] = []
    talk = coached.window.talk
    talk.ask = lambda work, _done, _failed: asked.append(work)  # type: ignore[method-assign]
    plan_page(coached).setting_wanted.emit((settings.SITTING_LIMIT_MIN, 30))
    talk.changed.emit(opened_to(bytes(8)))
    settings_set = lambda: [work for work in asked if getattr(work, "func", None) is set_one]  # noqa: E731
    assert settings_set() == []
    talk.changed.emit(opened_to(BELT_ID))
    assert len(settings_set()) == 1


def test_a_plan_from_its_baseline_to_its_staircase(coached: Coached, artefacts: Path) -> None:
    page = plan_page(coached)
    coached.qtbot.keyClick(page.new_plan, Qt.Key.Key_Space)
    wizard = page.dialog
    assert isinstance(wizard, PlanWizard)
    coached.qtbot.keyClick(wizard.exercise, Qt.Key.Key_Down)
    assert wizard.target.suffix() == " times"
    wizard.target.setValue(20)
    wizard.sessions.setValue(6)
    for box in wizard.days.values():
        box.setChecked(True)
    state = coached.press(wizard.keep)
    plan = state.records.plans[0]
    assert (plan.exercise, plan.target, plan.weekdays) == ("chair-rise", 20, tuple(range(7)))
    assert "Baseline 1 of 3" in texts(page)
    # Two baseline sessions of days before, the third today with the belt.
    folder = coached.window.session.folder
    for n in (2, 1):
        day = LAST_DAY - timedelta(days=n)
        with_book(folder, day, lambda book: book.keep_session("chair-rise", 10, plan))
    coached.settle()
    doing = session_page(coached)
    assert "Baseline 3 of 3" in doing.due.text()
    doing.show_talk("", open_=True)
    coached.qtbot.keyClick(doing.start, Qt.Key.Key_Space)
    for n in range(1, 11):
        rise = repetition(codes.CHAIR_RISE, n, 3500 + 50 * n, 2200 + 40 * n)
        coached.window.talk.repeated.emit(rise)
        coached.window.talk.repeated.emit(rise)  # told twice, counted once
        coached.window.talk.repeated.emit(repetition(codes.HIP_HINGE, n, 5000, 2000))
    assert doing.count.text() == "10 times, 38° in 2.4 s on average"
    coached.grab(artefacts / "coach-session.png")
    state = coached.press(doing.keep)
    last = state.records.sessions[-1]
    assert (last.amount, last.counted, len(last.reps)) == (10, "belt", 10)
    assert last.reps[0] == (35.5, 2.24)
    assert doing.keep.text() == "Change it"
    # Now the steps are set.
    coached.open("today")
    coached.qtbot.keyClick(coached.card("set"), Qt.Key.Key_Space)
    steps = page.dialog
    assert isinstance(steps, StepsWizard)
    assert "Baseline 10, 10 and 10" in steps.said.text()
    steps.target.setValue(5)
    assert not steps.keep.isEnabled()
    assert "below the first" in steps.said.text()
    steps.target.setValue(17)
    assert "7, 9, 11, 13, 15, 17" in steps.said.text()
    state = coached.press(steps.keep)
    assert state.records.plans[0].quotas == (7, 9, 11, 13, 15, 17)


def through(book: CoachBook, day: date, amount: int) -> None:
    plan = book.records().plans[0]
    book.keep_session("walking", amount, plan)


def test_the_staircase_draws_what_was_done_and_what_a_flare_up_holds(
    opened: Opened, qtbot: QtBot, folder: Path, artefacts: Path
) -> None:
    start = LAST_DAY - timedelta(days=12)
    with_book(folder, start, lambda book: book.begin_plan("walking", 30, range(7), 10))
    for n, amount in enumerate((20, 22, 18)):
        with_book(folder, start + timedelta(n), lambda b, a=amount: through(b, start, a))
    with_book(folder, start, lambda b: b.fix_quotas(b.records().plans[0], 30, 10))
    for n, amount in enumerate((14, 15, 20, 19), 3):
        with_book(folder, start + timedelta(n), lambda b, a=amount: through(b, start, a))
    with_book(folder, start + timedelta(7), lambda b: b.start_flare())
    with_book(folder, start + timedelta(8), lambda b: through(b, start, 15))
    with_book(folder, LAST_DAY, lambda b: b.keep_flare_plan("Shorter walks, warmth."))
    coached = Coached(MainWindowAwaiter(opened, qtbot).open(session(folder)), qtbot)
    state = coached.settle()
    view = plan_views(state)[0]
    assert [s.outcome for s in view.stairs[:8]] == [
        *[quotas.Outcome.BASELINE] * 3,
        quotas.Outcome.MET,
        quotas.Outcome.MET,
        quotas.Outcome.OVER,
        quotas.Outcome.MET,
        quotas.Outcome.UNDER,
    ]
    assert "while the flare-up lasts" in view.sentence
    page = plan_page(coached)
    coached.grab(artefacts / "coach-plan.png")
    assert not page.flare_start.isVisible()
    coached.open("today")
    assert "Shorter walks, warmth." in texts(coached.page.pages["today"])
    state = coached.press(coached.card("flare_up"))
    assert state.records.flares[0].end == LAST_DAY - timedelta(days=1)
    assert "flare-up lasts" not in plan_views(state)[0].sentence
    coached.open("plan")
    coached.settle()
    end = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Walking: End it")
    state = coached.press(end)
    assert state.records.plans[0].stopped == LAST_DAY


def test_the_plan_for_a_flare_up_is_written_from_suggestions_and_started(
    coached: Coached,
) -> None:
    page = plan_page(coached)
    assert not page.flare_start.isVisible()
    coached.qtbot.keyClick(page.flare_edit, Qt.Key.Key_Space)
    wizard = page.dialog
    assert isinstance(wizard, FlareWizard)
    assert not wizard.keep.isEnabled()  # an empty plan is none
    coached.qtbot.keyClick(wizard.boxes[1], Qt.Key.Key_Space)
    suggestion = wizard.boxes[1].text()
    assert wizard.text.toPlainText().strip() == suggestion
    coached.qtbot.keyClicks(wizard.text, "Ring Kim.")  # no matter where it was clicked: below
    state = coached.press(wizard.keep)
    assert state.records.flare_plans[0].text == f"{suggestion}\nRing Kim."
    assert page.flare_edit.text() == "Change my plan for it …"
    state = coached.press(page.flare_start)
    assert len(state.records.flares) == 1
    assert page.flare_text.text().startswith("A flare-up has lasted since ")
    assert not page.flare_start.isVisible()
    state = coached.press(page.flare_end)
    assert state.records.flares[0].end == LAST_DAY
    assert not page.flare_end.isVisible()
    assert page.flare_text.text().startswith(suggestion)


def test_from_a_plan_its_session_begins_and_signs_are_named_where_they_are(
    coached: Coached,
) -> None:
    folder = coached.window.session.folder
    for exercise in ("walking", "bridge"):
        with_book(folder, LAST_DAY, lambda b, e=exercise: b.begin_plan(e, 30, range(7), 6))
    coached.settle()
    page = plan_page(coached)
    assert page.findChildren(StairsPlot) == []
    assert not page.legend.isVisible()
    names = {each.accessibleName(): each for each in page.findChildren(QPushButton)}
    coached.press(names["Bridge: Begin a session"])
    doing = coached.page.front
    assert isinstance(doing, SessionPage)
    assert doing.choice.currentText() == "Bridge (plan)"
    doing.amount.setValue(9)
    coached.press(doing.keep)
    page = plan_page(coached)
    assert page.legend.isVisible()
    assert [each.height() for each in page.findChildren(StairsPlot)] == [BASELINE_HEIGHT]


def test_without_a_belt_a_session_is_ticked_off(coached: Coached) -> None:
    doing = session_page(coached)
    coached.qtbot.keyClick(doing.choice, Qt.Key.Key_Down)
    assert "Without the belt" in doing.talk.text()
    assert not doing.start.isVisible()
    beside = doing.keep.x()
    doing.amount.setFocus()
    doing.amount.selectAll()
    coached.qtbot.keyClicks(doing.amount, "1")
    assert doing.amount.text() == "1 time"
    coached.qtbot.keyClicks(doing.amount, "2")
    assert doing.amount.text() == "12 times"
    assert doing.keep.x() == beside
    state = coached.press(doing.keep)
    done = state.records.sessions[0]
    assert (done.exercise, done.amount, done.plan, done.counted) == ("chair-rise", 12, "", "hand")
    assert doing.outcome.text().startswith("Saved today: 12 times. Free sessions")
    assert doing.amount.text() == "–"  # pressed once more nothing is saved twice


def test_a_plan_begun_for_the_exercise_that_is_chosen_is_what_is_done_next(
    coached: Coached,
) -> None:
    doing = session_page(coached)
    assert doing.due.text().startswith("A free session")
    folder = coached.window.session.folder
    with_book(folder, LAST_DAY, lambda book: book.begin_plan("bridge", 20, range(7), 6))
    coached.settle()
    assert doing.due.text().startswith("A free session")  # of another exercise: nothing jumps
    with_book(folder, LAST_DAY, lambda book: book.begin_plan("walking", 20, range(7), 6))
    coached.settle()
    assert doing.due.text().startswith("Baseline 1 of 3")


def test_walking_takes_over_what_the_belt_saw_today(coached: Coached) -> None:
    doing = session_page(coached)
    assert doing.choice.currentText() == "Walking"
    assert doing.take.text().startswith("Take over all walking of today: ")
    coached.press(doing.take)
    minutes = next(d.walking_min for d in coached.settle().belt_days if d.day == LAST_DAY)
    assert doing.amount.value() == round(minutes) > 20


def test_a_baseline_session_is_not_filled_in_with_nothing(coached: Coached) -> None:
    folder = coached.window.session.folder
    with_book(folder, LAST_DAY, lambda book: book.begin_plan("chair-rise", 20, range(7), 6))
    coached.settle()
    doing = session_page(coached)
    assert doing.amount.text() == "–"
    coached.press(doing.keep)
    assert "how much went well" in coached.page.banner.label.text()
    doing.amount.setValue(12)
    assert doing.amount.text() == "12 times"
    doing.amount.setFocus()
    coached.qtbot.keyClick(doing.amount, Qt.Key.Key_Return)  # ends the number, saves nothing yet
    assert coached.settle().records.sessions == ()
    doing.keep.setFocus()
    coached.qtbot.keyClick(doing.keep, Qt.Key.Key_Return)
    assert coached.settle().records.sessions[0].amount == 12


def test_an_empty_goal_is_met_with_a_kind_sentence(qtbot: QtBot) -> None:
    wizard = GoalWizard(state_of(Records(), LAST_DAY))
    qtbot.addWidget(wizard)
    assert (wizard.baseline.text(), wizard.target.text()) == ("–", "–")
    assert wizard.said.text() == "Enter what you do now and where you would like to be."
    assert not wizard.keep.isEnabled()
    wizard.target.setValue(wizard.target.singleStep() * 4)
    assert wizard.keep.isEnabled()
