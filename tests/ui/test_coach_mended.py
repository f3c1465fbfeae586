"""A goal that is changed, and a slip in the answers about warning signs, with what was before."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.book import CoachBook
from plumbline.lessons.signs import Urgency, warning_signs
from plumbline.people import changes
from plumbline.people.changes import Done
from plumbline.people.subjects import Subject
from plumbline.ui.coach.goal_dialog import GoalDialog
from plumbline.ui.coach.plan_dialogs import StepsWizard
from plumbline.ui.coach.plan_page import PlanPage
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.coach.signs_dialog import LookedDialog, SignsDialog
from plumbline.ui.coach.slip_dialog import CONFIRM, SlipDialog
from plumbline.ui.coach.today_page import TodayPage
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.visit import sign_lines
from plumbline.ui.reader import Source
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.link.belt import BELT_ID
from tests.ui.coaching import WAIT_MS, Coached, texts, with_book
from tests.ui.folders import LAST_DAY

BEGIN = LAST_DAY - timedelta(days=30)


@pytest.fixture
def coached(window: MainWindow, qtbot: QtBot) -> Coached:
    coached = Coached(window, qtbot)
    enter(coached, lambda b: b.keep_episode(r.Episode("", BEGIN)))
    return coached


def enter(coached: Coached, work: Callable[[CoachBook], object]) -> None:
    with_book(coached.window.session.folder, LAST_DAY, work)
    coached.settle()


def button(page: PlanPage, name: str) -> QPushButton:
    found = page.findChildren(QPushButton)
    return next(each for each in found if each.accessibleName() == name)


def goal_dialog(coached: Coached, name: str) -> GoalDialog:
    page = coached.open("plan")
    assert isinstance(page, PlanPage)
    coached.press(button(page, f"{name}: Change …"))
    assert isinstance(page.dialog, GoalDialog)
    return page.dialog


def test_a_goal_is_changed_and_shows_how_it_was(coached: Coached, artefacts: Path) -> None:
    def begin(book: CoachBook) -> None:
        own = book.keep_activity(r.OwnActivity("", "gardening", BEGIN))
        past = LAST_DAY - timedelta(days=8)
        book.keep_goal(r.Goal("", "own_activity", 4, 8, past, past + timedelta(days=28), own=own))

    enter(coached, begin)
    dialog = goal_dialog(coached, "gardening")
    assert dialog.focusWidget() is dialog.words
    assert dialog.said.text() == "This week 6; from next week on: 7, 8."
    dialog.target.setValue(3)
    assert "below what you do now" in dialog.said.text()
    assert not dialog.keep.isEnabled()
    dialog.target.setValue(10)
    dialog.by.setDate(dialog.by.date().addDays(14))
    assert dialog.said.text() == "This week 6; from next week on: 7, 8, 9, 10."
    dialog.words.clear()
    assert not dialog.keep.isEnabled()  # without words nobody knows what it is about
    coached.qtbot.keyClicks(dialog.words, "an hour of gardening")
    dialog.grab().save(str(artefacts / "coach-goal-change.png"))
    state = coached.press(dialog.keep)
    (goal,) = state.records.goals
    assert (goal.target, goal.steps) == (10, (5, 6, 7, 8, 9, 10))
    assert [each.name for each in state.records.activities] == ["an hour of gardening"]
    assert coached.window.passing.label.text() == "The goal is changed."
    dialog = goal_dialog(coached, "an hour of gardening")
    coached.qtbot.waitUntil(dialog.past.isVisible)
    assert ": Target 8 → 10 and Until 10 Dec → 24 Dec." in dialog.past.text()


def test_while_a_sign_is_open_a_goal_is_not_raised_by_hand_either(coached: Coached) -> None:
    def begin(book: CoachBook) -> None:
        book.keep_goal(r.Goal("", "steps", 4000, 6000, LAST_DAY, LAST_DAY + timedelta(days=28)))
        book.answer_signs(["fever"], "changed")

    enter(coached, begin)
    dialog = goal_dialog(coached, "Steps a day")
    dialog.target.setValue(7000)
    assert "Nothing is raised while a warning sign is open" in dialog.said.text()
    assert not dialog.keep.isEnabled()
    dialog.target.setValue(5000)
    assert coached.press(dialog.keep).records.goals[0].target == 5000


def slip_dialog(coached: Coached) -> SlipDialog:
    """As from the mark: "Look at it", then "I answered by mistake …"."""
    coached.press(coached.page.mark_open)
    page = coached.page.pages["today"]
    looked = page.dialog
    assert isinstance(looked, LookedDialog)
    coached.press(looked.slip)
    assert isinstance(page.dialog, SlipDialog)
    return page.dialog


def test_a_slip_is_asked_about_once_and_then_taken_back(coached: Coached, artefacts: Path) -> None:
    enter(coached, lambda b: b.answer_signs(["fever", "leg-weakness"], "start"))
    assert coached.page.mark.isVisible()
    dialog = slip_dialog(coached)
    assert sorted(dialog.yes) == ["fever", "leg-weakness"]
    dialog.choose("leg-weakness", yes=False)
    coached.qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    assert dialog.stack.currentIndex() == CONFIRM
    assert "increasing weakness of a leg" in dialog.asked.text()
    assert "fever" not in dialog.asked.text()
    assert dialog.focusWidget() is dialog.again  # Return alone takes nothing back
    dialog.grab().save(str(artefacts / "coach-slip.png"))
    coached.qtbot.keyClick(dialog.confirm, Qt.Key.Key_Space)
    assert dialog.outcome_title.text() == warning_signs("en").outcomes[Urgency.DAYS].title
    state = coached.press(dialog.close_button)
    (found,) = state.records.answers
    assert (found.yes, found.slips, found.corrected) == (("fever",), ("leg-weakness",), LAST_DAY)
    assert coached.page.mark.isVisible()  # the fever is still there
    dialog = slip_dialog(coached)
    dialog.choose("fever", yes=False)
    coached.qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    coached.qtbot.keyClick(dialog.confirm, Qt.Key.Key_Space)
    assert dialog.outcome_title.text() == warning_signs("en").none.title
    state = coached.press(dialog.close_button)
    assert not coached.page.mark.isVisible()
    lines = "\n".join(sign_lines(state.records, LAST_DAY, LAST_DAY))
    assert "increasing weakness of a leg and fever" in lines.replace(", fever", " and fever")
    assert "taken back as a slip on" in lines


@pytest.mark.parametrize("how", ["cancel", "escape", "back", "escape at the question", "same"])
def test_without_a_yes_to_that_nothing_is_taken_back(coached: Coached, how: str) -> None:
    enter(coached, lambda b: b.answer_signs(["fever"], "start"))
    dialog = slip_dialog(coached)
    if how != "same":
        dialog.choose("fever", yes=False)
    if how in ("cancel", "escape"):
        key = Qt.Key.Key_Space if how == "cancel" else Qt.Key.Key_Escape
        coached.qtbot.keyClick(dialog.cancel, key)
    else:
        coached.qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    if how == "back":
        coached.qtbot.keyClick(dialog.again, Qt.Key.Key_Space)
        assert dialog.stack.currentIndex() == 0
        assert not dialog.yes
        coached.qtbot.keyClick(dialog.cancel, Qt.Key.Key_Space)
    elif how == "escape at the question":
        coached.qtbot.keyClick(dialog.again, Qt.Key.Key_Escape)
    elif how == "same":
        assert dialog.outcome_title.text() == warning_signs("en").outcomes[Urgency.DAYS].title
        coached.qtbot.keyClick(dialog.close_button, Qt.Key.Key_Space)
    state = coached.settle()
    assert not dialog.isVisible()
    assert state.records.answers[0].yes == ("fever",)
    assert state.records.answers[0].slips == ()
    assert coached.page.mark.isVisible()


@pytest.mark.parametrize(("days_ago", "asked"), [(None, True), (2, False), (50, True)])
def test_who_entered_an_injection_is_not_asked_for_it(
    coached: Coached, artefacts: Path, days_ago: int | None, asked: bool
) -> None:
    """Known as it is, it alone sends nobody to the doctor; fever does, as ever."""
    if days_ago is not None:
        had = r.Therapy("", LAST_DAY - timedelta(days=days_ago), "injection")
        enter(coached, lambda b: b.keep_therapy(had))
    coached.press(coached.card("signs"))
    dialog = coached.page.pages["today"].dialog
    assert isinstance(dialog, SignsDialog)
    assert ("spine-injection" in dialog.groups) is asked
    assert ("You had an injection on 18 Nov" in texts(dialog)) is not asked
    for key in dialog.groups:
        dialog.choose(key, yes=False)
    if not asked:
        dialog.grab().save(str(artefacts / "coach-signs-known.png"))
    coached.qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    assert dialog.outcome_title.text() == warning_signs("en").none.title
    coached.qtbot.keyClick(dialog.back, Qt.Key.Key_Space)
    dialog.choose("fever", yes=True)
    coached.qtbot.keyClick(dialog.next, Qt.Key.Key_Space)
    assert dialog.outcome_title.text() == warning_signs("en").outcomes[Urgency.DAYS].title
    coached.press(dialog.close_button)


def test_the_first_field_of_a_dialogue_has_the_focus(coached: Coached) -> None:
    """Else the first key goes nowhere, or to a button."""
    page = coached.open("plan")
    assert isinstance(page, PlanPage)
    firsts = {
        page.new_goal: lambda d: d.measure,
        page.new_plan: lambda d: d.exercise,
        page.flare_edit: lambda d: d.boxes[0],
    }
    for opens, first in firsts.items():
        coached.press(opens)
        assert page.dialog is not None
        assert page.dialog.focusWidget() is first(page.dialog)
        page.dialog.reject()


def test_who_gets_a_name_keeps_the_entries_made_before(coached: Coached) -> None:
    """They are nobody's then: told of, not lost, and taken over by one press."""
    enter(coached, lambda b: b.write_diary(r.DiaryEntry("", LAST_DAY, pain_now=4)))
    window, belt = coached.window, BELT_ID.hex()

    def give_a_name(source: Source, _subject: Subject) -> tuple[Done, ...]:
        added = changes.keep_wearer(source, "Kim")
        return added, changes.assign(source, belt, added.id, None)

    window.director.change(give_a_name, lambda: "named", lambda done: f"wearer:{done.id}")
    coached.qtbot.waitUntil(lambda: coached.settle().wearer == "Kim", timeout=WAIT_MS)
    state = coached.settle()
    assert state.records.diary == ()
    assert state.loose == 2
    today = coached.page.pages["today"]
    assert "2 entries were made here before anybody had a name" in texts(today)
    state = coached.press(coached.card("loose"))
    assert [entry.pain_now for entry in state.records.diary] == [4]
    assert state.episode is not None
    assert state.loose == 0
    assert "before anybody had a name" not in texts(today)


def test_a_baseline_that_is_complete_leads_to_its_stages(coached: Coached) -> None:
    folder = coached.window.session.folder
    enter(coached, lambda b: b.begin_plan("walking", 30, range(7), 6))
    (plan,) = coached.settle().records.plans
    page = coached.open("session")
    assert isinstance(page, SessionPage)
    page.open_at(plan.id)
    assert not page.set_stages.isVisible()
    for n in (2, 1, 0):
        day = LAST_DAY - timedelta(days=n)
        with_book(folder, day, lambda b: b.keep_session("walking", 10, plan))
    coached.settle()
    assert "Now the stages can be set" in page.outcome.text()
    coached.press(page.set_stages)
    plans = coached.page.front
    assert isinstance(plans, PlanPage)
    assert isinstance(plans.dialog, StepsWizard)
    state = coached.press(plans.dialog.keep)
    assert state.records.plans[0].quotas[0] == 7
    coached.open("session")
    assert not page.set_stages.isVisible()


def test_whoever_comes_back_begins_with_todays_diary(coached: Coached) -> None:
    """Unless answers of the other day wait to be kept."""
    today = coached.page.pages["today"]
    assert isinstance(today, TodayPage)
    card, before = today.diary, LAST_DAY - timedelta(days=3)
    card.day.show_day(before)
    coached.open("plan")
    coached.open("today")
    assert card.shown_day == LAST_DAY
    card.day.show_day(before)
    coached.qtbot.keyClick(card.bars["sleep"], Qt.Key.Key_7)
    coached.open("plan")
    coached.open("today")
    assert card.shown_day == before
    assert card.bars["sleep"].score == 7
