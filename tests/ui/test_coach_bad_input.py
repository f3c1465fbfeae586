"""What cannot be: said in a sentence where it is entered, and nothing is lost by it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from plumbline.analysis.days import DayRule
from plumbline.coaching import records as r
from plumbline.ui.coach.day_edit import DayEdit, typed_day
from plumbline.ui.coach.episode_dialog import EpisodeDialog
from plumbline.ui.coach.therapies_page import TherapiesPage
from plumbline.ui.coach.therapy_dialogs import TherapyWizard
from plumbline.ui.coach.today_page import TodayPage
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QDateEdit
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, texts, with_book
from tests.ui.conftest import MainWindowAwaiter, Opened
from tests.ui.folders import LAST_DAY, session

TOMORROW = LAST_DAY + timedelta(days=1)
MONTHS_AGO = LAST_DAY - timedelta(days=150)
FUTURE = "This date is in the future: choose today or a day before."


@pytest.fixture
def coached(window: MainWindow, qtbot: QtBot) -> Coached:
    return Coached(window, qtbot)


def today(coached: Coached) -> TodayPage:
    page = coached.open("today")
    assert isinstance(page, TodayPage)
    return page


def episode_dialog(coached: Coached) -> EpisodeDialog:
    page = today(coached)
    coached.press(page.begin)
    assert isinstance(page.dialog, EpisodeDialog)
    return page.dialog


def test_any_date_can_be_typed_and_one_in_the_future_is_not_kept(coached: Coached) -> None:
    dialog = episode_dialog(coached)
    line = dialog.begin.lineEdit()
    assert line is not None
    coached.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(3, line.height() // 2))
    coached.qtbot.waitUntil(lambda: len(line.selectedText()) == 2)  # typing replaces it
    dialog.begin.setSelectedSection(QDateEdit.Section.DaySection)
    coached.qtbot.keyClicks(dialog.begin, "25")  # of November as yet: the day after
    assert dialog.begin.day == date(2026, 11, 25)
    assert dialog.said.text() == FUTURE
    assert not dialog.keep.isEnabled()
    dialog.begin.setSelectedSection(QDateEdit.Section.MonthSection)
    coached.qtbot.keyClicks(dialog.begin, "10")
    assert dialog.begin.day == date(2026, 10, 25)
    assert dialog.said.text() == ""
    (episode,) = coached.press(dialog.keep).records.episodes
    assert episode.begin == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("typed", "shown", "day"),
    [
        ("2", "dd.MM.yyyy", date(2026, 11, 2)),
        ("24", "dd.MM.yyyy", date(2026, 11, 24)),
        ("24.1", "dd.MM.yyyy", date(2026, 1, 24)),
        ("24.12.20", "dd.MM.yyyy", date(2020, 12, 24)),
        ("24.12.202", "dd.MM.yyyy", date(2026, 12, 24)),
        ("24.12.2025", "dd.MM.yyyy", date(2025, 12, 24)),
        ("24122025", "dd.MM.yyyy", date(2025, 12, 24)),
        ("1/2/2025", "M/d/yyyy", date(2025, 1, 2)),
        ("2025-01-02", "yyyy-MM-dd", date(2025, 1, 2)),
        ("31.02", "dd.MM.yyyy", None),
        ("99", "dd.MM.yyyy", None),
    ],
)
def test_a_whole_date_is_read_as_it_is_typed(typed: str, shown: str, day: date | None) -> None:
    assert typed_day(typed, shown, LAST_DAY) == day


def test_a_date_is_typed_over_and_a_key_goes_a_day_further(qtbot: QtBot) -> None:
    edit = DayEdit(LAST_DAY)
    qtbot.addWidget(edit)
    edit.setDisplayFormat("dd.MM.yyyy")
    edit.selectAll()
    qtbot.keyClicks(edit, "25.10.2025")
    assert edit.day == date(2025, 10, 25)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.day == date(2025, 10, 24)
    edit.selectAll()
    qtbot.keyClicks(edit, "3.")
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.day == date(2025, 10, 4)


def test_a_therapy_and_a_diary_entry_in_the_future(coached: Coached) -> None:
    page = coached.open("therapies")
    assert isinstance(page, TherapiesPage)
    coached.press(page.new)
    wizard = page.dialog
    assert isinstance(wizard, TherapyWizard)
    wizard.day.show_day(TOMORROW)
    assert wizard.said.text() == FUTURE
    assert not wizard.keep.isEnabled()
    wizard.reject()
    card = today(coached).diary
    coached.press(today(coached).diary_open)
    card.day.show_day(TOMORROW)
    coached.qtbot.keyClick(card.bars["sleep"], Qt.Key.Key_7)
    assert card.hint.text() == FUTURE
    assert not card.keep.isEnabled()
    assert card.bars["sleep"].score == 7  # what was answered is still there
    card.day.show_day(LAST_DAY)
    assert card.keep.isEnabled()


def test_an_episode_over_another_is_refused_and_two_with_a_gap_are_kept(coached: Coached) -> None:
    folder = coached.window.session.folder
    end = MONTHS_AGO + timedelta(days=60)
    old = r.Episode("", MONTHS_AGO, end)
    with_book(folder, LAST_DAY, lambda b: b.keep_episode(old))
    with_book(folder, LAST_DAY, lambda b: b.write_diary(r.DiaryEntry("", MONTHS_AGO, 6)))
    coached.settle()
    dialog = episode_dialog(coached)
    dialog.begin.show_day(end)
    said = "This overlaps the episode from Tuesday, 23 June 2026: change the dates of one of them."
    assert dialog.said.text() == said  # before anything is lost
    assert not dialog.keep.isEnabled()
    dialog.begin.show_day(LAST_DAY - timedelta(days=10))
    assert dialog.said.text() == ""
    assert len(coached.press(dialog.keep).records.episodes) == 2
    card = today(coached).diary
    card.day.show_day(end + timedelta(days=20))
    assert "before the episode or after its end" in card.hint.text()
    assert not card.keep.isEnabled()


def test_an_episode_that_is_over_can_still_be_changed(coached: Coached) -> None:
    folder = coached.window.session.folder
    end, written = MONTHS_AGO + timedelta(days=60), MONTHS_AGO + timedelta(days=50)
    old = r.Episode("", MONTHS_AGO, end, note="after moving house")
    with_book(folder, LAST_DAY, lambda b: b.keep_episode(old))
    with_book(folder, LAST_DAY, lambda b: b.write_diary(r.DiaryEntry("", written, 6)))
    with_book(folder, LAST_DAY, lambda b: b.keep_episode(r.Episode("", LAST_DAY)))
    coached.settle()
    dialog = episode_dialog(coached)
    assert [dialog.which.itemText(n) for n in range(dialog.which.count())] == [
        "since Friday, 20 November 2026",
        "Tuesday, 23 June 2026 to Saturday, 22 August 2026",
    ]
    assert not dialog.over.isChecked()
    coached.qtbot.keyClick(dialog.which, Qt.Key.Key_Down)
    assert (dialog.begin.day, dialog.end.day) == (MONTHS_AGO, end)
    assert dialog.note.text() == "after moving house"
    dialog.end.show_day(written - timedelta(days=1))
    assert "The diary has an entry of Wednesday, 12 August 2026" in dialog.said.text()
    assert not dialog.keep.isEnabled()
    dialog.over.setChecked(False)
    assert "overlaps" in dialog.said.text()
    dialog.over.setChecked(True)
    dialog.end.show_day(written)
    first, second = coached.press(dialog.keep).records.episodes
    assert (first.begin, first.end) == (MONTHS_AGO, written)
    assert (second.begin, second.end) == (LAST_DAY, None)


def test_an_empty_diary_for_months_is_no_reproach_and_no_answer(coached: Coached) -> None:
    folder = coached.window.session.folder
    with_book(folder, LAST_DAY, lambda b: b.keep_episode(r.Episode("", MONTHS_AGO)))
    with_book(folder, LAST_DAY, lambda b: b.answer_signs([], "start"))
    first = r.DiaryEntry("", MONTHS_AGO + timedelta(days=1), 6, participation=3)
    with_book(folder, LAST_DAY, lambda b: b.write_diary(first))
    coached.settle()
    said = texts(today(coached))
    assert "day 151" in said
    assert "missed" not in said
    assert [item.what.value for item in coached.settle().due] == ["diary", "lesson"]
    told = texts(coached.open("course"))
    assert "Not enough to say." in told
    assert "0 days with scores" in told
    card = today(coached).diary
    card.day.show_day(first.day)  # and the old entry can still be seen and changed
    assert card.bars["participation"].score == 3


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Auckland"])
def test_in_another_time_zone_every_entry_has_the_day_it_was_written_for(
    opened: Opened, qtbot: QtBot, folder: Path, zone: str
) -> None:
    with_book(folder, LAST_DAY, lambda b: b.keep_episode(r.Episode("", MONTHS_AGO)))
    with_book(folder, LAST_DAY, lambda b: b.write_diary(r.DiaryEntry("", LAST_DAY, 6)))
    of = replace(session(folder), rule=DayRule(ZoneInfo(zone)))
    coached = Coached(MainWindowAwaiter(opened, qtbot).open(of), qtbot)
    state = coached.settle()
    # In the evening in Berlin it is the next morning in Auckland and the same morning in Honolulu.
    assert (state.today - LAST_DAY).days == (1 if "Auckland" in zone else 0)
    assert [entry.day for entry in state.records.diary] == [LAST_DAY]
    card = today(coached).diary
    card.day.show_day(LAST_DAY)
    assert card.bars["pain_now"].score == 6
