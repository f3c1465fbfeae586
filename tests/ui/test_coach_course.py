"""Course and therapies by keyboard, on a real database."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from beltwire import codes
from beltwire.messages import LiveRepetition
from plumbline.coaching import records as r
from plumbline.coaching.belt_day import BeltDay
from plumbline.store.database import Store
from plumbline.ui.coach.course_page import CoursePage
from plumbline.ui.coach.days_plot import DaysPlot
from plumbline.ui.coach.episode_dialog import EpisodeDialog
from plumbline.ui.coach.questionnaire_dialog import QuestionnaireWizard
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.coach.signs_dialog import SignsDialog
from plumbline.ui.coach.state import state_of
from plumbline.ui.coach.therapies_page import TherapiesPage
from plumbline.ui.coach.therapy_dialogs import FollowUpWizard, TherapyWizard
from plumbline.ui.coach.today_page import TodayPage
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.coach_therapies import timeline
from plumbline.ui.theme import LIGHT
from PyQt6.QtCore import Qt, QTime
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, texts, with_book
from tests.ui.folders import LAST_DAY


@pytest.fixture
def coached(window: MainWindow, qtbot: QtBot) -> Coached:
    return Coached(window, qtbot)


def test_a_questionnaires_total_is_kept_beside_the_course(coached: Coached) -> None:
    page = coached.open("course")
    assert isinstance(page, CoursePage)
    assert "Without an episode" in texts(page)
    assert not page.scores.isVisible()
    coached.qtbot.keyClick(page.enter, Qt.Key.Key_Space)
    wizard = page.dialog
    assert isinstance(wizard, QuestionnaireWizard)
    assert wizard.total.maximum() == 24
    assert "5 matters" in wizard.said.text()
    wizard.total.setValue(11)
    state = coached.press(wizard.keep)
    assert state.records.questionnaires[0].total == 11
    assert "Roland-Morris: 11" in page.totals.text()
    # One that was entered otherwise is corrected, then removed.
    for _turn in range(2):
        coached.press(page.enter)
        wizard = page.dialog
        assert isinstance(wizard, QuestionnaireWizard)
        assert not wizard.remove.isVisible()
        coached.qtbot.keyClick(wizard.which, Qt.Key.Key_Down)
        assert wizard.remove.isVisible()
        if not _turn:
            assert wizard.total.value() == 11
            wizard.total.setValue(7)
            state = coached.press(wizard.keep)
            assert [each.total for each in state.records.questionnaires] == [7]
        else:
            assert coached.press(wizard.remove).records.questionnaires == ()


def test_a_massage_offers_a_session_and_its_follow_up_is_answered(coached: Coached) -> None:
    folder = coached.window.session.folder
    week_ago = LAST_DAY - timedelta(days=7)
    with_book(folder, week_ago, lambda b: b.keep_therapy(r.Therapy("", week_ago, "massage")))
    coached.settle()
    coached.qtbot.keyClick(coached.card("follow_up"), Qt.Key.Key_Space)
    page = coached.page.front
    assert isinstance(page, TherapiesPage)
    wizard = page.dialog
    assert isinstance(wizard, FollowUpWizard)
    assert wizard.focusWidget() is wizard.pain  # the first key is the first answer
    coached.qtbot.keyClicks(wizard.pain, "3")
    coached.qtbot.keyClicks(wizard.side_effects, "none")
    state = coached.press(wizard.keep)
    answered = state.records.follow_ups[0]
    assert (answered.week, answered.pain, answered.activities) == (1, 3, None)
    assert not page.answer.isVisible()
    assert page.offer.isVisible()
    # What was answered otherwise is corrected; a removal of it can be taken back.
    assert "questions on 25 Dec and 5 Feb" in page.about.text()
    coached.press(page.answers)
    wizard = page.dialog
    assert isinstance(wizard, FollowUpWizard)
    assert (wizard.pain.score, wizard.side_effects.text()) == (3, "none")
    coached.qtbot.keyClicks(wizard.pain, "5")
    state = coached.press(wizard.keep)
    assert [(f.week, f.pain) for f in state.records.follow_ups] == [(1, 5)]
    coached.press(page.answers)
    wizard = page.dialog
    assert isinstance(wizard, FollowUpWizard)
    assert coached.press(wizard.remove).records.follow_ups == ()
    assert page.answer.isVisible()
    coached.qtbot.keyClick(page.exercise, Qt.Key.Key_Space)
    assert coached.page.front.key == "session"


def test_a_therapy_is_entered_and_removed_and_its_history_stays(coached: Coached) -> None:
    page = coached.open("therapies")
    assert isinstance(page, TherapiesPage)
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    coached.qtbot.keyClick(page.new, Qt.Key.Key_Space)
    wizard = page.dialog
    assert isinstance(wizard, TherapyWizard)
    assert wizard.day.day == LAST_DAY
    for _n in range(6):
        coached.qtbot.keyClick(wizard.kind, Qt.Key.Key_Down)
    assert wizard.kind.currentData() == "injection"
    coached.qtbot.keyClicks(wizard.by, "Dr. Sommer")
    state = coached.press(wizard.keep)
    injection = state.records.therapies[0]
    assert injection.by == "Dr. Sommer"
    assert injection.before is not None  # the belt's minutes are there without any diary
    assert injection.before.walking_min is not None
    assert page.list.count() == 1
    assert page.table.isVisible()
    assert "Before: 30 Oct to 19 Nov; after: from 21 Nov on;" in page.note.text()
    coached.press(page.change)
    wizard = page.dialog
    assert isinstance(wizard, TherapyWizard)
    assert (wizard.kind.currentData(), wizard.by.text()) == ("injection", "Dr. Sommer")
    wizard.day.show_day(LAST_DAY - timedelta(days=20))
    changed = coached.press(wizard.keep).records.therapies[0]
    assert (changed.id, changed.by) == (injection.id, "Dr. Sommer")
    assert changed.before is not None
    assert changed.before != injection.before  # of the three weeks before that day
    state = coached.press(page.remove)
    assert state.records.therapies == ()
    with Store.open(coached.window.session.folder) as store:
        history = store.history("therapy", injection.id)
    assert [change.op for change in history] == ["put", "put", "remove"]


@pytest.mark.parametrize(("told", "asked"), [("fever since yesterday", True), ("none", False)])
def test_side_effects_of_an_injection_open_the_questions(
    coached: Coached, told: str, asked: bool
) -> None:
    folder, day = coached.window.session.folder, LAST_DAY - timedelta(days=8)
    with_book(folder, day, lambda b: b.keep_therapy(r.Therapy("", day, "injection")))
    coached.settle()
    coached.press(coached.card("follow_up"))
    page = coached.page.front
    assert isinstance(page, TherapiesPage)
    wizard = page.dialog
    assert isinstance(wizard, FollowUpWizard)
    coached.qtbot.keyClicks(wizard.side_effects, told)
    coached.press(wizard.keep)
    dialog = coached.page.pages["today"].dialog  # type: ignore[attr-defined]
    assert isinstance(dialog, SignsDialog) is asked
    if asked:
        assert dialog.isVisible()
        dialog.reject()


def test_todays_session_is_changed_as_a_change(coached: Coached) -> None:
    folder = coached.window.session.folder
    with_book(folder, LAST_DAY, lambda b: b.begin_plan("bridge", 20, range(7), 6))
    coached.settle()
    page = coached.open("session")
    assert isinstance(page, SessionPage)
    page.amount.setValue(8)
    state = coached.press(page.keep)
    assert page.keep.text() == "Change it"
    page.amount.setValue(9)
    state = coached.press(page.keep)
    assert [s.amount for s in state.records.sessions] == [9]


def rise(number: int, degrees: int = 50) -> LiveRepetition:
    return LiveRepetition(
        mono_ms=number * 3000,
        kind=codes.CHAIR_RISE,
        number=number,
        range_cdeg=degrees * 100,
        duration_ms=2000,
    )


def test_counting_is_begun_and_stopped_with_one_button(coached: Coached) -> None:
    page = coached.open("session")
    assert isinstance(page, SessionPage)
    page.choice.setCurrentIndex(page.choice.findText("Chair rise"))
    page.show_talk("", open_=True)
    assert page.start.text() == "Count with the belt from now"
    coached.press(page.start)
    assert page.start.text() == "Stop counting"
    page.repeated(rise(1))
    assert page.count.text() == "1 time, 50° in 2.0 s"
    page.repeated(rise(2, 70))
    assert page.count.text() == "2 times, 60° in 2.0 s on average"
    coached.press(page.start)
    page.repeated(rise(3))  # on the way to the cup of tea
    assert page.start.text() == "Count with the belt from now"
    assert page.amount.value() == 2
    assert page.count.isVisible()
    coached.press(page.start)  # begun anew it begins at the first one
    page.repeated(rise(4))
    assert page.amount.value() == 1
    coached.press(page.start)
    coached.press(page.start)
    coached.press(page.start)
    assert not page.count.isVisible()  # stopped before the first one: nothing was counted


def test_what_was_counted_stays_when_the_belt_is_pulled_out_and_goes_on_with_it(
    coached: Coached,
) -> None:
    page = coached.open("session")
    assert isinstance(page, SessionPage)
    page.choice.setCurrentIndex(page.choice.findText("Chair rise"))
    page.show_talk("", open_=True)
    coached.press(page.start)
    for n in range(1, 8):
        page.repeated(rise(n))
    page.show_talk("The belt has gone: plug it in again.", open_=False)
    assert page.talk.isVisible()
    assert page.talk.text().startswith("The belt has gone")
    assert (page.amount.value(), page.count.text()) == (7, "7 times, 50° in 2.0 s on average")
    page.show_talk("", open_=True)
    page.repeated(rise(8))
    assert (page.amount.value(), page.talk.isVisible()) == (8, False)
    page.show_talk("The belt has gone: plug it in again.", open_=False)
    state = coached.press(page.keep)  # without it what was counted can be saved
    assert [(s.amount, s.counted) for s in state.records.sessions] == [(8, "belt")]


def test_the_diary_waits_for_the_time_that_was_chosen(coached: Coached) -> None:
    today = coached.page.pages["today"]
    assert isinstance(today, TodayPage)
    coached.qtbot.keyClick(today.begin, Qt.Key.Key_Space)
    dialog = today.dialog
    assert isinstance(dialog, EpisodeDialog)
    coached.qtbot.keyClick(dialog.offer, Qt.Key.Key_Space)
    dialog.offer_at.setTime(QTime(21, 30))
    state = coached.press(dialog.keep)  # it is half past seven
    assert state.records.preference.diary_from_min == 21 * 60 + 30
    assert not today.diary_frame.isVisible()
    assert today.diary_open.isVisible()


def test_what_was_not_kept_does_not_become_another_wearers(coached: Coached) -> None:
    today = coached.page.pages["today"]
    assert isinstance(today, TodayPage)
    coached.press(today.diary_open)
    coached.qtbot.keyClicks(today.diary.bars["pain_now"], "7")
    mine = coached.settle()
    coached.page.show_coaching(mine, coached.window.theme)
    assert today.diary.bars["pain_now"].score == 7
    coached.page.show_coaching(replace(mine, subject="wearer:x"), coached.window.theme)
    assert today.diary.bars["pain_now"].score is None
    assert not today.diary_frame.isVisible()


def test_the_coach_speaks_another_language_at_once(coached: Coached) -> None:
    page = coached.open("today")
    before = texts(page)
    coached.window.choose_language("de")
    coached.settle()
    after = texts(page)
    coached.window.choose_language("en")
    coached.settle()
    assert "Freitag, 20. November 2026" in after
    assert before == texts(page)


def test_a_therapys_name_lies_over_its_neighbours_line(qtbot: QtBot) -> None:
    window, plot = QWidget(), DaysPlot(200)  # pyqtgraph's own `close` leaves half a plot behind
    qtbot.addWidget(window)
    plot.setParent(window)
    marks = [(LAST_DAY - timedelta(days=3), "Injection"), (LAST_DAY, "Massage")]
    days = (LAST_DAY - timedelta(days=20), LAST_DAY)
    plot.show_days("", (), days, LIGHT, plot.font(), marks=marks)
    lines = [each for each in plot.plot.items if hasattr(each, "label")]
    earlier, later = sorted(lines, key=lambda line: line.value())
    assert earlier.zValue() > later.zValue()


def test_what_can_be_done_with_a_therapy_is_seen_in_a_small_window(qtbot: QtBot) -> None:
    page = TherapiesPage()
    qtbot.addWidget(page)
    page.resize(820, 560)
    records = r.Records(therapies=(r.Therapy("t", LAST_DAY - timedelta(days=45), "massage"),))
    days = [LAST_DAY - timedelta(days=n) for n in range(60, 0, -1)]
    belt = [BeltDay(day, 8.0, 30.0 + n % 9, 60.0) for n, day in enumerate(days)]
    page.show_coaching(state_of(records, LAST_DAY, belt_days=belt), LIGHT)
    page.show()
    assert page.walking.isVisible()
    for button in (page.answer, page.remove):
        assert button.mapTo(page.viewport(), button.rect().bottomLeft()).y() < 560


def test_walking_is_drawn_and_the_weeks_around_the_one_chosen_are_shaded(
    qtbot: QtBot, artefacts: Path
) -> None:
    page = TherapiesPage()
    qtbot.addWidget(page)
    page.resize(900, 760)
    first, second = (LAST_DAY - timedelta(days=n) for n in (50, 23))
    records = r.Records(
        diary=[
            r.DiaryEntry(f"d{n}", LAST_DAY - timedelta(days=n), 3 + n // 20, 4, {"a": 8 - n // 15})
            for n in range(75)
        ],
        therapies=(r.Therapy("a", first, "massage"), r.Therapy("b", second, "injection")),
    )
    worn = [(LAST_DAY - timedelta(days=n), 8.0 if n % 7 else 2.0) for n in range(75, 0, -1)]
    belt = [BeltDay(day, hours, 30.0 + day.day, 60.0) for day, hours in worn]
    page.show_coaching(state_of(records, LAST_DAY, belt_days=belt), LIGHT)
    page.show()
    drawn = timeline(state_of(records, LAST_DAY, belt_days=belt))
    told = [day for day, hours in worn if hours > 2.0]
    assert [day for day, _minutes in drawn.walking.points] == told
    assert drawn.first <= first - timedelta(days=21)
    for row, day in enumerate((second, first)):
        page.list.setCurrentRow(row)
        for plot in (page.plot, page.walking):
            shade = plot.shaded.boundingRect()
            assert (shade.left(), shade.right()) == (day.toordinal() - 21.5, day.toordinal() + 21.5)
            assert shade.height() == pytest.approx(10.0 if plot is page.plot else 61.0 * 1.1)
    page.grab().save(str(artefacts / "coach-therapies-belt.png"))
    page.show_coaching(state_of(r.Records(), LAST_DAY), LIGHT)
    assert not page.walking.isVisible()
