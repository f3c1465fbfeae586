"""The coach by keys alone: where Tab goes, and what keys choose."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from plumbline.coaching.book import CoachBook
from plumbline.coaching.records import Episode, OwnActivity
from plumbline.ui.coach.score_bar import TEN_WITHIN_S, ScoreBar
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, with_book
from tests.ui.folders import LAST_DAY


@pytest.fixture
def troubled(window: MainWindow, qtbot: QtBot) -> Coached:
    """An episode is open, so there are cards, and the diary with an own activity."""

    def enter(book: CoachBook) -> None:
        book.keep_episode(Episode("", LAST_DAY - timedelta(days=9)))
        book.keep_activity(OwnActivity("", "Cycling", LAST_DAY))

    with_book(window.session.folder, LAST_DAY, enter)
    return Coached(window, qtbot)


def stops(page: QWidget, first: QWidget) -> Iterator[QWidget]:
    """What Tab reaches on the page from `first` on, once."""
    stop: QWidget | None = first
    for _n in range(2000):
        assert stop is not None
        reached = stop.focusPolicy() & Qt.FocusPolicy.TabFocus and not stop.focusProxy()
        if reached and stop.isVisibleTo(page) and stop.isEnabled() and page.isAncestorOf(stop):
            yield stop
        stop = stop.nextInFocusChain()
        if stop is first:
            return


def test_tab_goes_down_the_page_of_today(troubled: Coached) -> None:
    today = troubled.page.pages["today"]
    found = list(stops(today.inside, today.begin))
    heights = [each.mapTo(today.inside, QPoint(0, each.height() // 2)).y() for each in found]
    rows = [round(each / 12) for each in heights]
    assert troubled.card("signs") in found
    assert set(today.diary.bars.values()) <= set(found)
    assert rows == sorted(rows)


def test_it_still_does_when_the_diary_asks_other_questions(troubled: Coached) -> None:
    diary = troubled.page.pages["today"].diary
    before = list(diary.bars.values())
    diary.day.stepBy(-1)  # of a day before less is asked
    QApplication.processEvents()
    after = list(diary.bars.values())
    assert after != before
    found = [each for each in stops(diary, diary.kind) if each in (*after, diary.keep)]
    assert found == [*after, diary.keep]


def test_a_day_is_one_stop_for_tab(troubled: Coached) -> None:
    diary = troubled.page.pages["today"].diary
    diary.day.setFocus()
    troubled.qtbot.keyClick(diary.day, Qt.Key.Key_Tab)
    assert troubled.window.focusWidget() is diary.kind


@pytest.mark.parametrize(("apart", "score"), [(TEN_WITHIN_S / 4, 10), (2 * TEN_WITHIN_S, 0)])
def test_one_and_nought_in_a_row_are_ten(qtbot: QtBot, apart: float, score: int) -> None:
    now = [5.0]
    bar = ScoreBar(lambda: now[0])
    qtbot.addWidget(bar)
    qtbot.keyClicks(bar, "1")
    now[0] += apart
    qtbot.keyClicks(bar, "0")
    assert bar.score == score
