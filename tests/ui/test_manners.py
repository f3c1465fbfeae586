"""Keys to every page, the about box, light and dark, the notification area, what is remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline import __version__
from plumbline.ui import scheme
from plumbline.ui.about import LIBRARIES, AboutBox, libraries
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.trends import Range
from plumbline.ui.theme import DARK, contrast
from plumbline.ui.tray import Tray
from plumbline.ui.troubles import Trouble
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QSystemTrayIcon,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import session

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def the_desktops_colours_afterwards() -> Iterator[None]:
    yield
    app = QApplication.instance()
    if isinstance(app, QApplication):
        scheme.dress_desktop(app, scheme.DESKTOP)


def edge(widget: QWidget) -> str:
    """The colour of the middle of the widget's upper edge, without focus."""
    widget.resize(200, 30)
    image = widget.grab().toImage()
    rows = [image.pixelColor(100, n).name() for n in range(3)]
    return max(rows, key=lambda colour: contrast(colour, DARK.background))


def test_fields_without_focus_have_an_edge_in_dark(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scheme.dress_desktop(app, scheme.DARK_SCHEME)
    for made in (QLineEdit, QSpinBox, QDateEdit):
        field = made()
        qtbot.addWidget(field)
        assert contrast(edge(field), DARK.background) > 3
    scheme.dress_desktop(app, scheme.LIGHT_SCHEME)
    ordinary = app.palette().color(QPalette.ColorRole.Window)
    assert QLineEdit().palette().color(QPalette.ColorRole.Window) == ordinary


def test_boxes_to_tick_have_an_edge_in_dark(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scheme.dress_desktop(app, scheme.DARK_SCHEME)
    for made in (QCheckBox, QRadioButton):
        box = made()
        qtbot.addWidget(box)
        box.resize(30, 30)
        image = box.grab().toImage()
        drawn = {image.pixelColor(x, 15).name() for x in range(image.width())}
        assert max(contrast(colour, DARK.background) for colour in drawn) > 3


def test_every_page_has_a_key(window: MainWindow, qtbot: QtBot) -> None:
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6)
    for index in (5, 0, 4, 1, 3, 2):
        qtbot.keyClick(window, keys[index], CONTROL)
        assert window.tabs.currentIndex() == index


def test_the_about_box_opens_by_key_and_names_versions_and_licences(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    box = window.findChild(AboutBox)
    assert box is not None
    shown = "\n".join(label.text() for label in box.findChildren(QLabel))
    assert __version__ in shown
    assert "GPL-3.0-or-later" in shown
    assert "CC BY 4.0" in shown
    for line, licence in zip(libraries(), LIBRARIES.values(), strict=True):
        assert line in shown
        assert line.endswith(f"({licence})")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(AboutBox) is None)


def test_dark_by_choice_is_remembered(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    awaiter = MainWindowAwaiter(opened, qtbot)
    first = awaiter.open(session(folder))
    light = first.theme
    first.choose_scheme(scheme.DARK_SCHEME)
    qtbot.waitUntil(lambda: first.theme.curve == DARK.curve)
    first.close()
    second = awaiter.open(session(folder))
    assert second.theme.curve == DARK.curve
    second.choose_scheme(scheme.LIGHT_SCHEME)
    qtbot.waitUntil(lambda: second.theme == light)


def test_a_message_has_the_colours_of_the_window_it_is_in(window: MainWindow, qtbot: QtBot) -> None:
    role = QPalette.ColorRole.Window
    window._tell("data", Trouble("The disk is full."))
    light = window.theme
    assert window.banner.palette().color(role).name().upper() == light.warning
    window.choose_scheme(scheme.DARK_SCHEME)
    qtbot.waitUntil(lambda: window.theme.curve == DARK.curve)
    assert window.banner.isVisible()
    assert window.banner.palette().color(role).name().upper() == DARK.warning
    window.choose_scheme(scheme.LIGHT_SCHEME)
    qtbot.waitUntil(lambda: window.theme == light)


def test_the_range_is_remembered(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    awaiter = MainWindowAwaiter(opened, qtbot)
    first = awaiter.open(session(folder))
    with qtbot.waitSignal(first.trends_drawn, timeout=WAIT_MS):
        first.trends.choose(Range.YEAR)
    first.close()
    assert awaiter.open(session(folder)).trends.title.text() == "2026"


def test_with_an_icon_in_the_notification_area_closing_only_hides(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tray, "possible", staticmethod(lambda: True))
    told: list[str] = []
    monkeypatch.setattr(
        window.tray.icon, "showMessage", lambda _title, text, _icon: told.append(text)
    )
    window.choose_tray(True)
    window.showMaximized()
    window.close()
    assert not window.isVisible()
    assert len(told) == 1
    assert "This icon opens it again" in told[0]
    window.director.reload()  # it still lives
    window.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert not window.isVisible()  # that button is for the menu
    window.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()
    assert window.isMaximized()
    window.close()
    assert len(told) == 1  # known by now
    window.choose_tray(False)
    closed: list[bool] = []
    window.closing.connect(lambda: closed.append(True))
    window.close()
    assert closed


def test_without_a_notification_area_there_is_no_icon(window: MainWindow) -> None:
    window.choose_tray(True)
    assert not window.tray.shown
