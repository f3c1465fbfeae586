"""The chosen page's tab is marked, light and dark; who tried the demo is told that it is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline import made_up
from plumbline.ui.page_tabs import MarkedBar, PageTabs
from plumbline.ui.scheme import palette_of
from plumbline.ui.theme import DARK, LIGHT, Theme, contrast
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import session

ROLE = QPalette.ColorRole
OF_A_MARK = 3.0  # WCAG 2.1, 1.4.11


@pytest.fixture(autouse=True)
def the_desktops_colours_afterwards() -> Iterator[None]:
    yield
    QApplication.setPalette(QPalette())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_mark_is_on_the_chosen_tab_alone(qtbot: QtBot, theme: Theme) -> None:
    QApplication.setPalette(palette_of(theme))
    tabs = PageTabs()
    qtbot.addWidget(tabs)
    for name in ("Today", "Trends", "Live"):
        tabs.addTab(QWidget(), name)
    tabs.resize(400, 200)
    tabs.show()
    qtbot.waitExposed(tabs)
    bar = tabs.tabBar()
    assert isinstance(bar, MarkedBar)
    wanted = bar.palette().color(ROLE.Accent).name().upper()
    assert contrast(wanted, bar.palette().color(ROLE.Window).name()) >= OF_A_MARK
    for chosen in (1, 2, 0):
        tabs.setCurrentIndex(chosen)
        QApplication.processEvents()
        image = bar.grab().toImage()
        ratio = image.devicePixelRatio()
        marked = []
        for n in range(3):
            at = bar.tabRect(n).center()
            colour = image.pixelColor(int(at.x() * ratio), int((bar.mark().top() + 1) * ratio))
            marked.append(colour.name().upper() == wanted)
        assert marked == [n == chosen for n in range(3)]


def test_who_tried_the_demo_is_told_that_its_days_are_still_there(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    made_up.mark(data / made_up.DEMO_FOLDER)
    window = opened(session(data))
    qtbot.waitUntil(window.empty.isVisible, timeout=WAIT_MS)
    assert window.empty.demo_button.text() == "Go on with the virtual belt"
    assert "are still here" in window.empty.hint.text()
