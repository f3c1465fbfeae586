"""The coach's pages look as if one hand had drawn them."""

from datetime import timedelta

from plumbline.coaching.records import Episode
from plumbline.ui.coach.clients_page import ClientsPage
from plumbline.ui.coach.course_page import CoursePage
from plumbline.ui.coach.learn_page import LearnPage
from plumbline.ui.coach.plan_page import PlanPage
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.coach.today_page import TodayPage
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, with_book
from tests.ui.folders import LAST_DAY


def test_what_heads_a_page_is_of_one_size(window: MainWindow) -> None:
    found: list[QLabel] = []
    for page in window.coach.pages.values():
        match page:
            case TodayPage():
                found.append(page.day)
            case PlanPage():
                found += page.headings.values()
            case SessionPage():
                found.append(page.due)
            case CoursePage():
                found.append(page.answer)
            case LearnPage():
                found.append(page.headline)
            case ClientsPage():
                found += [page.heading, page.second]
    assert len(found) == 9
    assert len({round(each.font().pointSizeF(), 2) for each in found}) == 1
    assert all(each.font().bold() for each in found)


def test_the_mark_of_an_open_sign_stands_in_line_with_the_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    begin = LAST_DAY - timedelta(days=9)
    folder = window.session.folder
    with_book(folder, LAST_DAY, lambda book: book.keep_episode(Episode("", begin)))
    with_book(folder, LAST_DAY, lambda book: book.answer_signs(["fever"], "start"))
    coached = Coached(window, qtbot)
    today = coached.page.pages["today"]
    assert isinstance(today, TodayPage)
    left = coached.page.mark_text.mapTo(coached.page, QPoint(0, 0)).x()
    assert coached.page.mark.isVisible()
    assert left == today.day.mapTo(coached.page, QPoint(0, 0)).x()
