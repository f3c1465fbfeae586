"""The window's keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QPushButton, QToolButton, QWidget

from plumbline.ui.day_header import ZOOM
from plumbline.ui.rooms.rooms import PAGES, TODAY, TRENDS

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def add_keys(window: "MainWindow") -> None:
    """Ctrl with a number opens a page and goes to what is first on it. On Today, arrows step days,
    Home returns to today, Ctrl with + - 0 zooms, Ctrl+D opens the calendar; on Trends, arrows step
    periods. Return presses a button, as Space does.

    On other pages these keys are those of lists and boxes.
    """
    today = window.today
    of_a_day: dict[str, Callable[[], object]] = {
        "Home": lambda: today.header.go("today"),
        "Ctrl+D": today.header.open_calendar,
        "Ctrl++": lambda: today.plots.zoom(1 / ZOOM),
        "Ctrl+=": lambda: today.plots.zoom(1 / ZOOM),
        "Ctrl+-": lambda: today.plots.zoom(ZOOM),
        "Ctrl+0": today.plots.reset_view,
        "Shift+Left": lambda: today.plots.pan(-0.25),
        "Shift+Right": lambda: today.plots.pan(0.25),
    }
    steps = {"Left": lambda: window.step(-1), "Right": lambda: window.step(1)}
    only_there: list[tuple[QShortcut, tuple[str, ...]]] = []
    only_there += [(_shortcut(window, key, act), (TODAY,)) for key, act in of_a_day.items()]
    only_there += [(_shortcut(window, key, act), (TODAY, TRENDS)) for key, act in steps.items()]
    for place in range(len(PAGES)):
        _shortcut(window, f"Ctrl+{place + 1}", partial(_go_to, window, place))

    def switch() -> None:
        for shortcut, pages in only_there:
            shortcut.setEnabled(window.rooms.in_front in pages)

    window.tabs.currentChanged.connect(lambda _index: switch())
    window.installEventFilter(ReturnPresses(window))


class ReturnPresses(QObject):
    """Return presses the button that has the focus, as in a dialogue; Qt by itself has Space alone
    for that. What a button or a page does not want of a key comes to the window at last."""

    def eventFilter(self, of: QObject | None, event: QEvent | None) -> bool:
        """Press it."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        button = of.focusWidget() if isinstance(of, QWidget) else None
        if event.key() not in RETURN or event.isAutoRepeat():
            return False
        if not isinstance(button, QPushButton | QToolButton) or not button.hasFocus():
            return False
        button.click()
        return True


def first_on(page: QWidget) -> QWidget | None:
    """What Tab would come to first on it."""
    each = page.nextInFocusChain()
    while each is not None and each is not page:
        by_tab = each.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if by_tab and page.isAncestorOf(each) and each.isVisibleTo(page) and each.isEnabled():
            return each
        each = each.nextInFocusChain()
    return None


def _go_to(window: "MainWindow", place: int) -> None:
    window.tabs.setCurrentIndex(place)
    page = window.tabs.currentWidget() if window.tabs.isVisible() else window.stack.currentWidget()
    bar = window.tabs.tabBar()  # of a page that is not made yet, or has nothing to press
    first = (first_on(page) if page else None) or bar
    if first:
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _shortcut(window: "MainWindow", key: str, act: Callable[[], object]) -> QShortcut:
    made = QShortcut(QKeySequence(key), window)
    made.activated.connect(act)
    return made
