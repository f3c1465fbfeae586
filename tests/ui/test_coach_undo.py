"""What is ended or removed on the coach's pages can be taken back, as everything else."""

from datetime import timedelta

import pytest
from plumbline.coaching.records import FollowUp, Goal, Records, Therapy
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, with_book
from tests.ui.folders import LAST_DAY

LONG_AGO = LAST_DAY - timedelta(days=50)


@pytest.fixture
def coached(window: MainWindow, qtbot: QtBot) -> Coached:
    return Coached(window, qtbot)


def entered(coached: Coached) -> Records:
    folder = coached.window.session.folder
    by = LAST_DAY + timedelta(days=30)
    with_book(folder, LONG_AGO, lambda b: b.keep_therapy(Therapy("", LONG_AGO, "massage")))
    with_book(folder, LAST_DAY, lambda b: b.keep_goal(Goal("", "steps", 4000, 6000, LAST_DAY, by)))
    with_book(folder, LAST_DAY, lambda b: b.begin_plan("walking", 30, (0,), 6))
    records = coached.settle().records
    answer = FollowUp("", records.therapies[0].id, 6, LAST_DAY, 3)
    with_book(folder, LAST_DAY, lambda b: b.keep_follow_up(answer))
    return coached.settle().records


def button(page: SubPage, text: str, of: str = "") -> QPushButton:
    found = page.findChildren(QPushButton)
    return next(b for b in found if b.text() == text and of in b.accessibleName())


@pytest.mark.parametrize("by_key", [True, False])
@pytest.mark.parametrize(
    ("key", "text", "of", "said"),
    [
        ("therapies", "Remove this entry", "", "Massage is removed."),
        ("plan", "End it", "Steps", "The goal is ended."),
        ("plan", "End it", "Walking", "The plan is ended."),
    ],
)
def test_what_is_ended_or_removed_comes_back(
    coached: Coached, key: str, text: str, of: str, said: str, by_key: bool
) -> None:
    before = entered(coached)
    page = coached.open(key)
    after = coached.press(button(page, text, of)).records
    assert after != before
    passing = coached.window.passing
    assert passing.label.text().endswith(said)
    assert passing.button.isVisible()
    if by_key:
        coached.qtbot.keyClick(coached.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    else:
        passing.button.click()
    coached.qtbot.waitUntil(lambda: coached.settle().records == before, timeout=20_000)


def test_the_answers_to_a_removed_therapys_follow_ups_go_with_it(coached: Coached) -> None:
    entered(coached)
    page = coached.open("therapies")
    after = coached.press(button(page, "Remove this entry")).records
    assert (after.therapies, after.follow_ups) == ((), ())
