"""A window at the Coach page, driven as a person would."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from plumbline.coaching.book import CoachBook
from plumbline.store.database import Store
from plumbline.ui.coach.state import CoachState
from plumbline.ui.coach.sub_page import SubPage
from plumbline.ui.main_window import MainWindow
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

WAIT_MS = 20_000


class Coached:
    """The window, its Coach page in front, and what a user does there."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.page = window.coach
        window.tabs.setCurrentWidget(self.page)
        self.settle()

    def settle(self) -> CoachState:
        """Wait until everything asked for was done and drawn."""
        director = self.window.coach_director
        director.reload(belt=False)
        for _n in range(2):  # what is wanted asks for a second reading
            done: list[bool] = []
            self.window.tasks.run("store", lambda: None, lambda _n, d=done: d.append(True), print)
            self.qtbot.waitUntil(lambda d=done: bool(d), timeout=WAIT_MS)
        QApplication.processEvents()  # new widgets show up
        assert director.state is not None
        return director.state

    def open(self, key: str) -> SubPage:
        """A sub-page, chosen in the list by keyboard."""
        self.page.list.setFocus()
        keys = list(self.page.pages)
        for _n in keys:
            self.qtbot.keyClick(self.page.list, Qt.Key.Key_Up)
        for _n in range(keys.index(key)):
            self.qtbot.keyClick(self.page.list, Qt.Key.Key_Down)
        QApplication.processEvents()
        assert self.page.front.key == key
        return self.page.front

    def press(self, button: QPushButton) -> CoachState:
        """Press a button by keyboard, and wait for what comes of it."""
        assert button.isVisible()
        assert button.isEnabled()
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Space)
        return self.settle()

    def card(self, what: str) -> QPushButton:
        """The button of an item of today's list."""
        buttons = self.page.pages["today"].findChildren(QPushButton, what)
        return next(each for each in buttons if each.isVisible())

    def grab(self, path: Path) -> None:
        """A picture of the window to look at."""
        QApplication.processEvents()
        assert self.window.grab().save(str(path))


def texts(widget: QWidget) -> str:
    """Everything that can be read on it."""
    from PyQt6.QtWidgets import QLabel

    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def with_book(folder: Path, today: date, work: Callable[[CoachBook], object]) -> None:
    """Enter something as if on that day."""
    with Store.open(folder) as store:
        work(CoachBook(store, lambda: today))
