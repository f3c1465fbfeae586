"""The window goes only with what was typed saved, and is one on its data."""

import socket
from pathlib import Path

import pytest
from plumbline.ui import app, one_window
from plumbline.ui.leaving import LeavingBox
from plumbline.ui.main_window import MainWindow
from plumbline.ui.one_window import OneWindow, shown_elsewhere
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot


def box(window: MainWindow) -> LeavingBox | None:
    found = [each for each in window.findChildren(LeavingBox) if each.isVisible()]
    return found[0] if found else None


def test_a_note_that_is_not_saved_is_asked_about(window: MainWindow, qtbot: QtBot) -> None:
    window.people.note.setPlainText("  ")
    assert not window.people.unsaved()
    window.people.note.setPlainText("new chair")
    window.close()
    asked = box(window)
    assert asked is not None
    assert window.isVisible()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.tabs.currentWidget() is window.people
    assert window.people.note.toPlainText() == "new chair"


def test_who_leaves_without_it_leaves(window: MainWindow, qtbot: QtBot) -> None:
    window.people.note.setPlainText("new chair")
    window.leave()
    asked = box(window)
    assert asked is not None
    with qtbot.waitSignal(window.closing):
        qtbot.mouseClick(asked.go, Qt.MouseButton.LeftButton)
    assert not window.isVisible()


def test_what_was_saved_is_not_asked_about(window: MainWindow, qtbot: QtBot) -> None:
    page = window.people
    page.note.setPlainText("new chair")
    page.keep_note.click()
    qtbot.waitUntil(lambda: bool(page.notes.texts()))
    page.notes.button("edit").click()
    assert page.note.toPlainText() == "new chair"
    assert not page.unsaved()
    page.note.setPlainText("new chair, higher")
    assert page.unsaved()
    page.note.setPlainText("new chair")
    with qtbot.waitSignal(window.closing):
        window.close()


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own for sockets."""
    place = tmp_path / "run"
    place.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place


def test_a_second_start_brings_the_window_to_the_front(
    window: MainWindow, qtbot: QtBot, runtime: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = window.session.folder
    assert not shown_elsewhere(folder)
    OneWindow(folder, window)
    window.hide()
    assert app.own_window(folder) == (0, False)
    assert capsys.readouterr().out == (
        "Plumbline is open already: its window comes to the front.\n"
    )
    qtbot.waitUntil(window.isVisible)
    assert not shown_elsewhere(folder / "another")
    window.leave_at_once = True
    window.close()
    assert not shown_elsewhere(folder)


def test_what_a_crash_left_is_in_nobodys_way(window: MainWindow, runtime: Path) -> None:
    folder = window.session.folder
    left = socket.socket(socket.AF_UNIX)
    left.bind(one_window._name(folder))
    left.close()
    assert not shown_elsewhere(folder)
    OneWindow(folder, window)
    assert shown_elsewhere(folder)
    QApplication.processEvents()
