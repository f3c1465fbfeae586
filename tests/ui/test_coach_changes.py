"""What was entered can be changed and removed later; the change is kept as a change and shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from plumbline.coaching import records as r
from plumbline.coaching.book import CoachBook
from plumbline.store.database import Store
from plumbline.ui.coach.plan_page import PlanPage
from plumbline.ui.coach.sessions_dialog import SessionsDialog
from plumbline.ui.coach.today_page import TodayPage
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, with_book
from tests.ui.folders import LAST_DAY

BEGIN = LAST_DAY - timedelta(days=30)
DAY_BEFORE = LAST_DAY - timedelta(days=1)
ENTRY = r.DiaryEntry("", LAST_DAY, pain_average=5, participation=4)


@pytest.fixture
def coached(window: MainWindow, qtbot: QtBot) -> Coached:
    coached = Coached(window, qtbot)
    enter(coached, lambda b: b.keep_episode(r.Episode("", BEGIN)))
    enter(coached, lambda b: b.answer_signs([], "start"))
    return coached


def enter(coached: Coached, work: Callable[[CoachBook], object]) -> None:
    with_book(coached.window.session.folder, LAST_DAY, work)
    coached.settle()


def take_back(coached: Coached) -> r.Records:
    with coached.qtbot.waitActive(coached.window):
        coached.window.activateWindow()
    coached.qtbot.keyClick(coached.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    label = coached.window.passing.label
    coached.qtbot.waitUntil(lambda: label.text().startswith(("Taken back", "Zurück")))
    return coached.settle().records


def today(coached: Coached) -> TodayPage:
    page = coached.open("today")
    assert isinstance(page, TodayPage)
    return page


def test_a_change_of_the_diary_is_shown_and_taken_back(coached: Coached) -> None:
    enter(coached, lambda b: b.write_diary(ENTRY))
    page = today(coached)
    coached.press(page.diary_open)
    assert not page.diary.past.isVisible()
    page.diary.bars["pain_average"].setFocus()
    coached.qtbot.keyClick(page.diary.bars["pain_average"], Qt.Key.Key_3)
    state = coached.press(page.diary.keep)
    assert state.records.diary[0].pain_average == 3
    coached.press(page.diary_open)
    coached.qtbot.waitUntil(page.diary.past.isVisible)
    assert page.diary.past.text().endswith("Pain on average today 5 → 3.")
    passing = coached.window.passing
    assert passing.label.text() == "The diary entry is saved."
    assert take_back(coached).diary[0].pain_average == 5
    assert passing.label.text() == "Taken back: “The diary entry is saved.”"


def test_a_diary_entry_is_removed_and_comes_back(coached: Coached) -> None:
    enter(coached, lambda b: b.write_diary(ENTRY))
    page = today(coached)
    coached.press(page.diary_open)
    assert coached.press(page.diary.remove).records.diary == ()
    assert not page.diary.remove.isVisible()
    assert coached.window.passing.label.text() == "The diary entry is removed."
    (back,) = take_back(coached).diary
    assert (back.pain_average, back.participation) == (5, 4)
    folder = coached.window.session.folder
    with Store.open(folder) as store:
        assert len(store.history("diary", back.id)) == 3


def test_what_is_taken_back_is_told_in_the_language_chosen_since(coached: Coached) -> None:
    page = today(coached)
    coached.qtbot.keyClick(page.diary.bars["pain_now"], Qt.Key.Key_3)
    coached.press(page.diary.keep)
    coached.window.choose_language("de")
    try:
        assert take_back(coached).diary == ()
        text = coached.window.passing.label.text()
        assert text == "Zurückgenommen: „Der Eintrag im Tagebuch ist gespeichert.“"
    finally:
        coached.window.choose_language("en")


def test_one_undo_takes_back_all_that_one_click_did(coached: Coached) -> None:
    """The form of an episode keeps the episode, its activities and the diary's time."""
    page = today(coached)
    before = coached.settle().records
    coached.press(page.begin)
    dialog = page.dialog
    coached.qtbot.keyClicks(dialog.names[0], "gardening")  # type: ignore[union-attr]
    coached.qtbot.keyClicks(dialog.note, "since the move")  # type: ignore[union-attr]
    after = coached.press(dialog.keep).records  # type: ignore[union-attr]
    assert after.activities
    assert after.episodes[0].note
    assert coached.window.passing.label.text() == "The episode is saved."
    assert take_back(coached) == before


@pytest.mark.parametrize("steps_set", [False, True])
def test_an_earlier_baseline_session_is_corrected(coached: Coached, steps_set: bool) -> None:
    enter(coached, lambda b: b.begin_plan("walking", 30, range(7), 6))
    folder = coached.window.session.folder
    (plan,) = coached.settle().records.plans
    for n in range(3, 0, -1):
        then = LAST_DAY - timedelta(days=n)
        with Store.open(folder) as store:
            store.put("plan", replace(plan, begin=BEGIN).fields(), id=plan.id)
            CoachBook(store, lambda d=then: d).keep_session("walking", 20, plan)
    if steps_set:
        enter(coached, lambda b: b.fix_quotas(b.records().plans[0], 30, 6))
    coached.settle()
    page = coached.open("plan")
    assert isinstance(page, PlanPage)
    buttons = page.findChildren(QPushButton)
    coached.press(next(b for b in buttons if b.text() == "Correct a session …"))
    dialog = page.dialog
    assert isinstance(dialog, SessionsDialog)
    coached.qtbot.keyClick(dialog.which, Qt.Key.Key_Down)
    assert dialog.session.day == LAST_DAY - timedelta(days=2)
    dialog.amount.setValue(26)
    assert ("stay as they were set" in dialog.said.text()) is steps_set
    records = coached.press(dialog.keep).records
    assert [s.amount for s in records.sessions] == [20, 26, 20]
    ladder = (14, 17, 20, 23, 26, 30) if steps_set else ()
    assert records.plans[0].quotas == ladder  # set in advance: a correction moves no step
    coached.press(next(b for b in page.findChildren(QPushButton) if "Correct" in b.text()))
    again = page.dialog
    assert isinstance(again, SessionsDialog)
    coached.qtbot.keyClick(again.which, Qt.Key.Key_Down)
    coached.qtbot.waitUntil(again.past.isVisible)
    assert "Done 20 → 26" in again.past.text()
    assert len(coached.press(again.remove).records.sessions) == 2
    assert [s.amount for s in take_back(coached).sessions] == [20, 26, 20]


def test_a_score_of_an_activity_put_aside_stays_when_its_day_is_changed(coached: Coached) -> None:
    enter(coached, lambda b: b.keep_activity(r.OwnActivity("", "gardening", BEGIN)))
    (own,) = coached.settle().records.activities
    enter(coached, lambda b: b.write_diary(replace(ENTRY, activities={own.id: 4})))
    enter(coached, lambda b: b.drop_activity(own))
    page = today(coached)
    coached.press(page.diary_open)
    assert f"own:{own.id}" not in page.diary.bars
    coached.qtbot.keyClick(page.diary.bars["sleep"], Qt.Key.Key_7)
    (entry,) = coached.press(page.diary.keep).records.diary
    assert entry.activities == {own.id: 4}
    assert entry.sleep == 7
