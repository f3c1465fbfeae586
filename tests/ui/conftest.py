"""Windows on real databases, closed at the end; a warning of Qt fails the test."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from plumbline.ui import app
from plumbline.ui.main_window import MainWindow
from plumbline.ui.rooms.rooms import PAGES
from plumbline.ui.session import Session
from PyQt6 import sip
from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.store.filling import archive, worn_belt
from tests.ui.folders import fill, office, session

WAIT_MS = 20_000
SMALL = 300
"""Minutes of a folder of which the test wants to know no more than that it is there."""
OFFSCREEN_SAYS = (
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
    "QObject::connect: No such signal QPlatformNativeInterface::systemTrayWindowChanged(QScreen*)",
)
"""What Qt's offscreen platform says of dialogs, popups, raised windows, the notification area."""
Opened = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five weeks in a real database; not to be changed."""
    folder = tmp_path_factory.mktemp("filled")
    weeks = office()
    fill(folder, weeks.minutes, weeks.events)
    return folder


@pytest.fixture
def folder(filled_folder: Path, tmp_path: Path) -> Path:
    """A copy of the five weeks of the test's own."""
    copy = tmp_path / "data"
    shutil.copytree(filled_folder, copy)
    return copy


@pytest.fixture(autouse=True, scope="module")
def garbage_between_tests() -> Iterator[None]:
    """As in the program, garbage is not looked for wherever an object is made."""
    collects = gc.isenabled()
    gc.disable()
    yield
    gc.collect()
    if collects:
        gc.enable()


@pytest.fixture(autouse=True)
def no_warning_of_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail where Qt complained."""
    log = request.getfixturevalue("qtlog") if "qtbot" in request.fixturenames else None
    yield
    if log is not None:
        messages = [record.message for record in log.records]
        assert not [message for message in messages if message not in OFFSCREEN_SAYS]


@pytest.fixture
def qtbot(qtbot: QtBot) -> Iterator[QtBot]:
    """Widgets are held until Qt has deleted them.

    pytest-qt keeps weak references: a plot that Python's collector takes apart while it is still
    on the screen ends the process.
    """
    held: list[QWidget] = []
    add = qtbot.addWidget

    def add_and_hold(widget: QWidget, **options: Any) -> None:
        held.append(widget)
        add(widget, **options)

    qtbot.addWidget = add_and_hold  # type: ignore[method-assign]
    yield qtbot
    for widget in held:
        if not sip.isdeleted(widget):
            widget.close()
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    held.clear()
    gc.collect(1)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    """`opened(session) -> MainWindow`, shown and started; closed at the test's end."""
    app.application()
    windows: list[MainWindow] = []

    def open_window(of: Session) -> MainWindow:
        window = MainWindow(of)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.start()
        return window

    yield open_window
    for window in windows:
        window.leave_at_once = True
        window.close()


@pytest.fixture
def window(opened: Opened, qtbot: QtBot, folder: Path) -> MainWindow:
    """A window on the five weeks, drawn."""
    shown = MainWindowAwaiter(opened, qtbot)
    return shown.open(session(folder))


@pytest.fixture
def small_window(opened: Opened, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window on five hours of a belt, with a day drawn; its other pages come when asked for."""
    folder = tmp_path / "data"
    archive(folder, worn_belt(SMALL))
    shown = opened(session(folder))
    with qtbot.waitSignal(shown.trends_drawn, timeout=WAIT_MS):
        pass
    return shown


class MainWindowAwaiter:
    """Opens windows and waits until they have drawn and every page is made."""

    def __init__(self, opened: Opened, qtbot: QtBot) -> None:
        self._opened, self._qtbot = opened, qtbot

    def open(self, of: Session) -> MainWindow:
        shown = self._opened(of)
        with self._qtbot.waitSignal(shown.trends_drawn, timeout=WAIT_MS):
            pass
        for key in PAGES[1:]:
            shown.rooms.furnish(key)
        return shown
