"""The passphrase is asked for until it fits; the window says who can read the data."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Timer

import pytest
from plumbline.store import keyfile, sealing
from plumbline.store.database import Store
from plumbline.store.protecting import encrypt
from plumbline.ui import protection_dialog
from plumbline.ui.protection_dialog import UnlockDialog, show_protection, unlocked
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.store.filling import archive, worn_belt
from tests.ui.conftest import WAIT_MS

WORDS = "correct horse"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keyfile, "LOG_N", 7)
    monkeypatch.setattr(sealing, "_keys", {})
    monkeypatch.setattr(sealing, "ask", sealing.ask)
    folder = tmp_path / "data"
    archive(folder, worn_belt(5))
    encrypt(folder, WORDS, keyring=False, keep_backups=False, tell=lambda done, total: None)
    sealing._keys.clear()
    return folder


@pytest.fixture
def dialog(locked: Path, qtbot: QtBot) -> UnlockDialog:
    made = UnlockDialog(locked)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A passphrase is tried once this is set."""
    go, real = Event(), sealing.unlock

    def slow(folder: Path, passphrase: str) -> None:
        assert go.wait(60)
        real(folder, passphrase)

    monkeypatch.setattr(sealing, "unlock", slow)
    yield go
    go.set()


def test_another_passphrase_is_told_and_the_right_one_opens(
    locked: Path, dialog: UnlockDialog, qtbot: QtBot
) -> None:
    dialog.given.setText("wrong horse")
    dialog.unlock.click()
    qtbot.waitUntil(dialog.given.isEnabled, timeout=WAIT_MS)
    assert dialog.said.text() == f"That is not the passphrase of the data in {locked}: try again."
    assert dialog.result() == 0
    dialog.given.setText(WORDS)
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        dialog.unlock.click()
    assert dialog.result() == 1
    with Store.open(locked) as store:
        assert store.protection.encrypted


def test_while_a_passphrase_is_tried_the_dialogue_says_so_and_answers(
    dialog: UnlockDialog, waiting: Event, qtbot: QtBot
) -> None:
    size = dialog.size()
    dialog.given.setText(WORDS)
    qtbot.keyClick(dialog.given, Qt.Key.Key_Return)
    assert dialog.said.text() == "Opening …"
    assert dialog.bar.isVisible()
    assert not dialog.given.isEnabled()
    assert not dialog.unlock.isEnabled()
    assert dialog.leave.isEnabled()
    assert dialog.size() == size  # nothing jumps
    here = QApplication.focusWidget()
    assert here is dialog.bar
    qtbot.keyClick(here, Qt.Key.Key_Return)  # a second time, by a slip
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT_MS):
        waiting.set()


def test_who_cancels_while_a_passphrase_is_tried_gets_no_window(
    dialog: UnlockDialog, waiting: Event, qtbot: QtBot
) -> None:
    opened: list[bool] = []
    dialog.accepted.connect(lambda: opened.append(True))
    dialog.given.setText(WORDS)
    dialog.unlock.click()
    Timer(0.05, waiting.set).start()  # the thread is waited for, behind a dialogue that is gone
    dialog.leave.click()
    assert not dialog.isVisible()
    qtbot.wait(1)
    assert dialog.result() == 0
    assert not opened


def test_nobody_is_asked_without_need(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UnlockDialog, "exec", lambda dialog: pytest.fail("asked"))
    assert unlocked(locked.parent)  # plain
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", WORDS)
    assert unlocked(locked)
    assert unlocked(locked)


def test_who_cancels_gets_no_window(
    locked: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(UnlockDialog, "exec", lambda dialog: 0)
    assert not unlocked(locked)


def test_the_window_says_who_can_read_the_data(
    locked: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown: list[str] = []
    say: Callable[[object], int] = lambda box: shown.append(box.text()) or 0  # noqa: E731
    monkeypatch.setattr(protection_dialog.QMessageBox, "exec", say)
    show_protection(locked.parent)
    show_protection(locked)
    assert shown[0].startswith("The data are not encrypted")
    assert shown[1] == "The data are encrypted; the passphrase opens them."


def test_what_changes_the_protection_is_one_press_away(
    locked: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[bool] = []

    def press_other(box: QMessageBox) -> int:
        box.show()
        (other,) = (b for b in box.buttons() if b is not box.defaultButton())
        other.click()
        return 0

    monkeypatch.setattr(protection_dialog.QMessageBox, "exec", press_other)
    show_protection(locked, lambda: asked.append(True))
    assert asked == [True]
