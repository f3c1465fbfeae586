"""Tab, pressed again and again: it reaches every control of every page and comes round."""

from datetime import timedelta

from plumbline.coaching.book import CoachBook
from plumbline.coaching.records import DiaryEntry, Episode, Therapy
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, with_book
from tests.ui.folders import LAST_DAY
from tests.ui.test_access import CONTROLS, inner, pages, spoken

MOST = 160  # more than any page has
BEGAN = LAST_DAY - timedelta(days=30)


def lived(book: CoachBook) -> None:
    """A month with an episode and a therapy, so that lists and tables have rows."""
    book.keep_episode(Episode("", BEGAN))
    for n in range(31):
        book.write_diary(DiaryEntry("", BEGAN + timedelta(days=n), 5, 4, {}, 5, 6, 3, "home"))
    book.keep_therapy(Therapy("", LAST_DAY - timedelta(days=9), "massage"))


def round_trip(window: MainWindow, qtbot: QtBot) -> set[QWidget]:
    """What has the focus on the way from the tabs back to the tabs."""
    start = window.tabs.tabBar()
    assert start is not None
    start.setFocus()
    seen: set[QWidget] = set()
    for _n in range(MOST):
        now = QApplication.focusWidget()
        assert now is not None
        qtbot.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is start:
            return seen
        if now is not None:
            seen.add(now)
    raise AssertionError(f"Tab stays in {QApplication.focusWidget()} and never comes round")


def is_reached(control: QWidget, reached: set[QWidget]) -> bool:
    """Or a part of it is, or, of buttons of which one holds, that one."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    alike = set(group.buttons()) if group is not None and group.exclusive() else {control}
    return any(each in reached or each.isAncestorOf(r) for each in alike for r in reached)


def test_tab_reaches_every_control_and_comes_round(window: MainWindow, qtbot: QtBot) -> None:
    with_book(window.session.folder, LAST_DAY, lived)
    coached = Coached(window, qtbot)
    window.activateWindow()
    missed: list[str] = []
    walked = 0
    for name, page in pages(window):
        coached.settle()
        reached = round_trip(window, qtbot)
        walked += len(reached)
        for control in page.findChildren(QWidget):
            wanted = isinstance(control, CONTROLS) and control.isVisible() and control.isEnabled()
            if wanted and not inner(control) and not is_reached(control, reached):
                missed.append(f"{name}: {type(control).__name__} {spoken(control)}")
    assert missed == []
    assert walked > 80
