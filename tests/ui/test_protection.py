"""The passphrase is asked for until it fits; the window says who can read the data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from plumbline.store import keyfile, sealing
from plumbline.store.database import Store
from plumbline.store.protecting import encrypt
from plumbline.ui import protection_dialog
from plumbline.ui.protection_dialog import UnlockDialog, show_protection, unlocked
from pytestqt.qtbot import QtBot

from tests.store.filling import archive, worn_belt

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


def test_another_passphrase_is_told_and_the_right_one_opens(locked: Path, qtbot: QtBot) -> None:
    dialog = UnlockDialog(locked)
    qtbot.addWidget(dialog)
    dialog.given.setText("wrong horse")
    dialog.unlock.click()
    assert dialog.problem.text() == (
        f"That is not the passphrase of the data in {locked}: try again."
    )
    assert dialog.result() == 0
    dialog.given.setText(WORDS)
    dialog.unlock.click()
    assert dialog.result() == 1
    with Store.open(locked) as store:
        assert store.protection.encrypted


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
    assert "plumbline encrypt" in shown[0]
    assert shown[1] == "The data are encrypted; the passphrase opens them."
