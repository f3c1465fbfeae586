"""From the own window into the demo, and back when its data are removed; with real windows."""

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from plumbline import demo, gui_command
from plumbline.errors import UserError
from plumbline.ui import app as window_app
from plumbline.ui.main_window import MainWindow
from plumbline.ui.preferences import LANGUAGE, Preferences
from plumbline.ui.remove_demo_dialog import RemoveDemoDialog
from plumbline.ui.session import SETTINGS_NAME
from plumbline.virtual_belt import VirtualBelt
from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS
from tests.ui.test_access import english_afterwards as english_afterwards

LOOK_MS = 20
SIZE = (780, 620)


class Hand(QObject):
    """Does one step after the other as soon as it can: each step says whether it was done."""

    def __init__(self, steps: list[Callable[[], bool]]) -> None:
        super().__init__()
        self.left = list(steps)
        self.wrong: AssertionError | None = None
        self._timer, self._limit = QTimer(self), QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(QApplication.quit)
        self._limit.start(WAIT_MS)

    def _go_on(self) -> None:
        try:
            if self.left and self.left[0]():
                self.left.pop(0)
        except AssertionError as error:
            self.wrong = error
            QApplication.quit()


def window(*, is_demo: bool) -> MainWindow | None:
    """The one that is shown."""
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    return next((w for w in shown if w.isVisible() and w.session.demo is is_demo), None)


def wish_for_the_demo() -> bool:
    own = window(is_demo=False)
    if own is None or not own.empty.isVisible():
        return False
    own.resize(*SIZE)
    own.choose_language("de")
    own.empty.demo_button.click()
    return True


def remove(answer: str) -> bool:
    shown = window(is_demo=True)
    if shown is None or not shown.empty.remove.isVisible():
        return False
    assert (shown.width(), shown.height()) == SIZE  # as the own one was left
    assert "Demodaten" in shown.windowTitle()
    shown.choose_tray(True)
    shown.empty.remove.click()
    dialog = shown.findChild(RemoveDemoDialog)
    assert dialog is not None
    assert dialog.keep is not None
    assert dialog.keep.isDefault()
    getattr(dialog, answer).click()
    return True


def close(data: Path) -> bool:
    own = window(is_demo=False)
    if own is None or not own.passing.isVisible():
        return False
    assert not (data / demo.FOLDER).exists()
    assert "entfernt" in own.passing.label.text()
    own.leave()
    return True


def test_who_removes_the_demos_data_is_back_at_the_start(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_belt: VirtualBelt) -> None:
        raise UserError("No belt is needed for this.")

    monkeypatch.setattr(VirtualBelt, "start", start)
    monkeypatch.setattr(window_app, "has_display", lambda: True)
    monkeypatch.setitem(os.environ, "LANGUAGE", "en")
    hand = Hand(
        [
            wish_for_the_demo,
            partial(remove, "keep"),
            partial(remove, "remove"),
            partial(close, tmp_path),
        ]
    )
    args = argparse.Namespace(data=tmp_path, screenshot=None)
    assert gui_command.run(args) == 0
    QTimer.singleShot(0, QApplication.quit)
    QApplication.exec()  # else Qt takes every loop after this for one that is to end
    assert hand.wrong is None
    assert not hand.left
    assert Preferences(tmp_path / SETTINGS_NAME).text(LANGUAGE) == "de"
