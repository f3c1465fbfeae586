"""Reachable without a mouse, told without a picture, and no text cut: on every page."""

import contextlib
from collections.abc import Iterator

import pyqtgraph as pg
import pytest
from plumbline import i18n
from plumbline.ui.figure import Figure
from plumbline.ui.main_window import MainWindow
from plumbline.ui.scheme import palette_of
from plumbline.ui.share_bar import ShareBar
from plumbline.ui.theme import DARK, LIGHT, contrast
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached
from tests.ui.conftest import WAIT_MS
from tests.ui.test_language import choose
from tests.ui.texts import qts_own

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
)
PICTURES = (pg.GraphicsLayoutWidget, Figure, ShareBar)
SMALLEST = (1024, 700)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    i18n.use_language("en")


def pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Every page in front once, the parts of those that have parts too."""
    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        name, page = window.tabs.tabText(index), window.tabs.widget(index)
        assert page is not None
        if page is window.coach:
            for key, part in window.coach.pages.items():
                window.coach.open(key)
                yield f"{name} {key}", part
        elif page is window.trends:
            for kind in range(4):
                window.trends.choose_kind(kind)
                yield f"{name} {kind}", page
        else:
            yield name, page


def inner(widget: QWidget) -> bool:
    """A part that its control speaks for."""
    above = widget.parentWidget()
    return isinstance(above, (QAbstractSpinBox, QComboBox, QAbstractItemView)) or qts_own(widget)


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it: its name, its text, or the label that stands for it."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, (QAbstractButton, QLabel)):
        return widget.text()
    labels = [each for each in widget.window().findChildren(QLabel) if each.buddy() is widget]
    return labels[0].text() if labels else ""


def test_every_control_has_a_name_and_a_way_in_by_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    Coached(window, qtbot)  # the coach's pages have their words when they were read
    nameless: set[str] = set()
    for name, page in pages(window):
        for control in page.findChildren(QWidget):
            if not isinstance(control, CONTROLS) or not control.isVisible() or inner(control):
                continue
            if not spoken(control).strip():
                nameless.add(f"{name}: {type(control).__name__} {control.toolTip()}")
            if control.isEnabled() and control.focusPolicy() == Qt.FocusPolicy.NoFocus:
                nameless.add(f"{name}: no focus: {type(control).__name__} {spoken(control)}")
    assert not nameless


def test_every_picture_is_told_in_words(window: MainWindow, qtbot: QtBot) -> None:
    silent: set[str] = set()
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(3)
    for name, page in pages(window):
        for picture in page.findChildren(QWidget):
            if isinstance(picture, PICTURES) and picture.isVisible():
                described = picture.accessibleDescription() or isinstance(picture, ShareBar)
                if not picture.accessibleName() or not described:
                    silent.add(f"{name}: {type(picture).__name__}")
    assert not silent


def cut(widget: QWidget) -> bool:
    """Whether its text has less room than it takes."""
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.sizeHint().width() > widget.width() + 1
    if isinstance(widget, (QAbstractButton, QComboBox)):
        return widget.sizeHint().width() > widget.width() + 1 and bool(spoken(widget))
    return False


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_text_is_cut_in_the_smallest_window(
    window: MainWindow, qtbot: QtBot, language: str
) -> None:
    """At 100 % and so at any scaling: fonts and widgets grow alike."""
    choose(window, qtbot, language)
    window.resize(*SMALLEST)
    found: set[str] = set()
    for name, page in pages(window):
        qtbot.wait(1)  # layouts
        assert window.width() == SMALLEST[0], f"{name} makes the window {window.width()} wide"
        assert window.height() == SMALLEST[1], f"{name} makes the window {window.height()} high"
        with contextlib.suppress(qtbot.TimeoutError):  # what comes later is laid out later
            qtbot.waitUntil(lambda page=page: not cut_texts(page))
        found |= {f"{name}: {text}" for text in cut_texts(page)}
    assert not found


def cut_texts(page: QWidget) -> set[str]:
    return {
        f"{type(widget).__name__} {spoken(widget)[:60]}"
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and not qts_own(widget) and cut(widget)
    }


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_our_own_palettes_can_be_read(theme) -> None:
    palette, role = palette_of(theme), QPalette.ColorRole
    pairs = (
        (role.Text, role.Base),
        (role.WindowText, role.Window),
        (role.ButtonText, role.Button),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
    )
    for text, ground in pairs:
        assert contrast(palette.color(text).name(), palette.color(ground).name()) >= 4.5, text
