"""The data are protected in the window, and it goes on with them; what stops it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline.store import keyfile, sealing, sqlite
from plumbline.store.backup import back_up, backups
from plumbline.store.database import Store
from plumbline.store.opening import database_path
from plumbline.ui.main_window import MainWindow
from plumbline.ui.saving.protection_dialog import (
    ChangeDialog,
    PassphraseDialog,
    ProtectDialog,
    UnprotectDialog,
)
from plumbline.ui.saving.work_dialog import WorkDialog
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.store.keyrings import MemoryKeyring, memory_keyring
from tests.ui.conftest import SMALL, WAIT_MS
from tests.ui.test_saving import offered

WORDS, OTHERS = "correct horse battery", "another long one"

pytestmark = pytest.mark.usefixtures("cheap_scrypt")


@pytest.fixture(autouse=True)
def keyring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as own:
        yield own


@pytest.fixture
def window(small_window: MainWindow) -> MainWindow:
    return small_window


def opened(window: MainWindow, kind: type[WorkDialog]) -> WorkDialog:
    offered(window, "Protect").trigger()
    found = window.saving.dialog
    assert type(found) is kind
    return found


def typed(dialog: PassphraseDialog, words: str, again: str) -> None:
    dialog.words.setText(words)
    dialog.again.setText(again)


def press(dialog: WorkDialog, qtbot: QtBot) -> str:
    dialog.main.click()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=WAIT_MS)
    return dialog.said.text()


def protect(window: MainWindow, qtbot: QtBot, *, keyring: bool = False) -> str:
    dialog = opened(window, ProtectDialog)
    assert isinstance(dialog, ProtectDialog)
    typed(dialog, WORDS, WORDS)
    dialog.keyring.setChecked(keyring)
    with qtbot.waitSignals([window.day_drawn, window.trends_drawn], timeout=WAIT_MS):
        said = press(dialog, qtbot)
    dialog.reject()
    return said


def test_the_data_are_encrypted_and_the_window_goes_on(
    window: MainWindow, qtbot: QtBot, keyring: MemoryKeyring
) -> None:
    folder = window.session.folder
    back_up(folder, folder / "backups" / "plumbline-20261101T120000Z.zip", lambda done, total: None)
    text = window.summary_text()
    dialog = opened(window, ProtectDialog)
    assert isinstance(dialog, ProtectDialog)
    assert "Nobody can help when the passphrase is forgotten" in dialog.note.text()
    typed(dialog, WORDS, WORDS)
    with qtbot.waitSignals([window.day_drawn, window.trends_drawn], timeout=WAIT_MS):
        qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
        assert dialog.said.text() == "The key is being made of the passphrase …"
    assert not dialog.busy
    assert dialog.said.text() == (
        "The data are encrypted; the key is in this computer's keyring, and the passphrase opens "
        "them, too."
    )
    assert dialog.words.text() == dialog.again.text() == ""
    assert window.summary_text() == text
    assert not sqlite.is_plain(database_path(folder))
    assert len(keyring.kept) == 1
    (made,) = backups(folder)  # the readable one is gone
    assert made.name != "plumbline-20261101T120000Z.zip"


@pytest.mark.parametrize(
    ("words", "again", "said"),
    [
        ("short", "short", "The passphrase is too short: give one of 8 characters or more."),
        (WORDS, OTHERS, "These are two different passphrases: type them again."),
    ],
)
def test_what_is_no_passphrase_is_told(
    window: MainWindow, qtbot: QtBot, words: str, again: str, said: str
) -> None:
    dialog = opened(window, ProtectDialog)
    assert isinstance(dialog, ProtectDialog)
    typed(dialog, words, again)
    dialog.main.click()
    assert dialog.said.text() == said
    assert not dialog.busy
    assert not sealing.protection(window.session.folder).encrypted


def test_return_pressed_twice_cancels_nothing(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, ProtectDialog)
    assert isinstance(dialog, ProtectDialog)
    typed(dialog, WORDS, WORDS)
    with window.session.turn.taken():  # it is at it for as long as this test wants
        qtbot.keyClick(dialog.again, Qt.Key.Key_Return)
        assert dialog.busy
        there = dialog.focusWidget()
        assert there is dialog.bar
        qtbot.keyClick(there, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=WAIT_MS)
    assert dialog.said.text().startswith("The data are encrypted")


def test_what_is_typed_can_be_seen(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, ProtectDialog)
    assert isinstance(dialog, ProtectDialog)
    assert dialog.words.echoMode() == QLineEdit.EchoMode.Password
    assert dialog.words.hasFocus() or dialog.focusWidget() is dialog.words
    dialog.seen.click()
    assert dialog.again.echoMode() == QLineEdit.EchoMode.Normal


def test_the_passphrase_and_the_keyring_are_changed(
    window: MainWindow, qtbot: QtBot, keyring: MemoryKeyring
) -> None:
    folder = window.session.folder
    assert protect(window, qtbot) == "The data are encrypted; the passphrase opens them."
    dialog = opened(window, ChangeDialog)
    assert isinstance(dialog, ChangeDialog)
    assert "too short" in press(dialog, qtbot)  # nothing was asked for
    typed(dialog, OTHERS, OTHERS)
    dialog.keyring.setChecked(True)
    assert "the key is in this computer's keyring" in press(dialog, qtbot)
    assert "by the passphrase of their day" in dialog.said.text()
    assert keyring.kept
    sealing._keys.clear()
    sealing.unlock(folder, OTHERS)
    dialog.reject()
    again = opened(window, ChangeDialog)
    assert isinstance(again, ChangeDialog)
    again.keyring.setChecked(False)
    assert press(again, qtbot) == "The data are encrypted; the passphrase opens them."
    assert not keyring.kept


def test_the_protection_is_removed_after_a_question(window: MainWindow, qtbot: QtBot) -> None:
    folder = window.session.folder
    protect(window, qtbot)
    change = opened(window, ChangeDialog)
    change.extra.click()
    dialog = window.saving.protecting.removal
    assert isinstance(dialog, UnprotectDialog)
    assert not dialog.main.isEnabled()
    dialog.sure.click()
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        assert press(dialog, qtbot).startswith("The data are not encrypted")
    assert sqlite.is_plain(database_path(folder))
    assert not keyfile.key_path(folder).exists()


def test_while_others_are_at_the_data(window: MainWindow, qtbot: QtBot) -> None:
    folder = window.session.folder
    dialog = opened(window, ProtectDialog)
    assert isinstance(dialog, ProtectDialog)
    typed(dialog, WORDS, WORDS)
    window.sync.syncing = True
    assert press(dialog, qtbot).startswith("A sync is under way")
    window.sync.syncing = False
    with Store.open(folder):
        assert "open elsewhere" in press(dialog, qtbot)
    assert dialog.words.text() == WORDS
    assert not sealing.protection(folder).encrypted
    with Store.open(folder) as store:
        assert store.record_count() == SMALL


def test_who_cancels_has_plain_data(
    window: MainWindow, qtbot: QtBot, keyring: MemoryKeyring
) -> None:
    folder: Path = window.session.folder
    dialog = opened(window, ProtectDialog)
    assert isinstance(dialog, ProtectDialog)
    typed(dialog, WORDS, WORDS)
    with window.session.turn.taken():  # as the day's check would have it
        dialog.main.click()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not dialog.busy, timeout=WAIT_MS)
    assert dialog.said.text() == "Cancelled: nothing was changed."
    assert not sealing.protection(folder).encrypted
    assert not keyring.kept


def test_a_computer_without_a_keyring(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plumbline.store.system_keyring.keep", lambda name, key: False)
    said = protect(window, qtbot, keyring=True)
    assert said == (
        "The data are encrypted; the passphrase opens them. This computer has no keyring: the "
        "passphrase is asked for."
    )
