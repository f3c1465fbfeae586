"""A backup from the window: looked through, put in place, and shown; what stops it is told, and
nothing is lost."""

import errno
import os
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

import pytest
from plumbline import made_up, private
from plumbline.store import sealing
from plumbline.store.backup import back_up, backups
from plumbline.store.database import Store
from plumbline.store.protecting import encrypt
from plumbline.ui import app as window_app
from plumbline.ui.main_window import MainWindow
from plumbline.ui.saving.restore_dialog import RestoreDialog
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.store.filling import archive, worn_belt
from tests.ui.conftest import SMALL, WAIT_MS, Opened
from tests.ui.folders import session
from tests.ui.test_demo_end import Hand
from tests.ui.test_demo_end import window as shown_window
from tests.ui.test_saving import offered

WORDS = "correct horse battery"
MINUTES = 120

pytestmark = pytest.mark.usefixtures("cheap_scrypt")


def silent(done: int, total: int) -> None:
    """Progress nobody looks at."""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Two hours of another belt, in a folder of their own."""
    place = tmp_path / "other"
    archive(place, worn_belt(MINUTES))
    return place


@pytest.fixture
def file(other: Path, tmp_path: Path) -> Path:
    back_up(other, tmp_path / "b.zip", silent)
    return tmp_path / "b.zip"


@pytest.fixture
def window(small_window: MainWindow) -> MainWindow:
    return small_window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "data"
    archive(place, worn_belt(SMALL))
    return place


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> RestoreDialog:
    offered(window, "Restore").trigger()
    found = window.saving.dialog
    assert isinstance(found, RestoreDialog)
    qtbot.waitExposed(found)
    return found


def look(dialog: RestoreDialog, qtbot: QtBot, file: Path) -> str:
    """Have the file looked through; what is said then."""
    dialog.path.setText(str(file))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=WAIT_MS)
    return dialog.said.text()


def press(dialog: RestoreDialog, qtbot: QtBot) -> str:
    dialog.main.click()
    qtbot.waitUntil(lambda: not dialog.busy, timeout=WAIT_MS)
    return dialog.said.text()


def count(folder: Path) -> int:
    with Store.open(folder) as store:
        return store.record_count()


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_it_is_shown_before_it_is_restored(
    window: MainWindow, dialog: RestoreDialog, qtbot: QtBot, file: Path
) -> None:
    folder = window.session.folder
    before = count(folder)
    assert dialog.main.text() == "&Look through it"
    assert look(dialog, qtbot, file) == ""
    facts = [label.text() for label in dialog.facts.findChildren(QLabel)]
    assert facts[facts.index("Belts") + 1] == "test belt"
    assert facts[facts.index("Records") + 1] == str(MINUTES)
    assert "kept aside in" in dialog.note.text()
    assert str(folder / "quarantine") in dialog.note.text()
    assert count(folder) == before
    QApplication.processEvents()
    for label in dialog.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    assert dialog.main.text() == "&Restore"
    assert dialog.leave.hasFocus()  # nothing is replaced by a key too many
    said = press(dialog, qtbot)
    assert said.startswith(f"The data of {file} are here now. What was there before is kept in ")
    assert count(folder) == MINUTES
    assert (folder / "quarantine" / "report.txt").exists()
    assert hidden(folder) == []
    with qtbot.waitSignal(window.reopen_wanted, timeout=WAIT_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_the_backup_made_before_takes_it_back(
    window: MainWindow, dialog: RestoreDialog, qtbot: QtBot, file: Path
) -> None:
    folder = window.session.folder
    before = count(folder)
    look(dialog, qtbot, file)
    assert dialog.before.isChecked()
    press(dialog, qtbot)
    (made,) = (folder / "backups").glob("before-restore-*.zip")
    dialog.restored = False  # this test goes on in the same window
    dialog.reject()
    offered(window, "Restore").trigger()
    again = window.saving.dialog
    assert isinstance(again, RestoreDialog)
    look(again, qtbot, made)
    again.before.setChecked(False)
    press(again, qtbot)
    assert count(folder) == before
    assert len(list((folder / "backups").glob("before-restore-*.zip"))) == 1


def test_of_an_encrypted_backup_the_passphrase_is_asked(
    window: MainWindow, dialog: RestoreDialog, qtbot: QtBot, other: Path, tmp_path: Path
) -> None:
    encrypt(other, WORDS, keyring=False, keep_backups=False, tell=silent)
    file = tmp_path / "sealed.zip"
    back_up(other, file, silent)
    sealing._keys.clear()
    assert look(dialog, qtbot, file) == "The backup is encrypted: give its passphrase."
    assert dialog.passphrase.hasFocus()
    dialog.passphrase.setText("another one")
    said = press(dialog, qtbot)
    assert said == f"That is not the passphrase of the backup {file}: try again."
    dialog.passphrase.setText(WORDS)
    press(dialog, qtbot)
    assert dialog.found
    assert "its passphrase opens the data" in dialog.note.text()
    press(dialog, qtbot)
    assert sealing.protection(window.session.folder).encrypted
    assert count(window.session.folder) == MINUTES


def test_files_that_cannot_be_restored_are_told(
    window: MainWindow,
    dialog: RestoreDialog,
    qtbot: QtBot,
    file: Path,
    tmp_path: Path,
) -> None:
    before = count(window.session.folder)
    dialog.path.setText("  ")
    assert press(dialog, qtbot) == "Choose a backup: a file whose name ends in .zip."
    missing, cut = tmp_path / "missing.zip", tmp_path / "cut.zip"
    assert look(dialog, qtbot, missing) == (
        f"The backup {missing} cannot be read ({os.strerror(errno.ENOENT)}): choose another one."
    )
    cut.write_bytes(file.read_bytes()[:-400])
    said = look(dialog, qtbot, cut)
    assert said == f"{cut} is not a whole backup of Plumbline: choose another one."
    assert "cannot be read" in look(dialog, qtbot, tmp_path)
    newer = tmp_path / "newer.zip"
    with zipfile.ZipFile(newer, "w") as out:
        out.writestr("manifest.json", '{"version": 3}')
    said = look(dialog, qtbot, newer)
    assert said == f"The backup {newer} was made by a newer Plumbline: update Plumbline."
    assert not dialog.found
    assert count(window.session.folder) == before
    assert hidden(window.session.folder) == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "There is no room left on the disk"),
        (errno.EACCES, "cannot be written"),
        (errno.EIO, "check the disk"),
    ],
)
def test_a_folder_that_takes_nothing(
    window: MainWindow,
    dialog: RestoreDialog,
    qtbot: QtBot,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    sentence: str,
) -> None:
    """While it is looked through, and while it is put in place."""
    folder = window.session.folder
    before = count(folder)
    real = private.open_file

    def refuse(part: str, path: Path, mode: str) -> IO[bytes]:
        if part in str(path):
            raise OSError(code, os.strerror(code), str(path))
        return real(path, mode)

    with monkeypatch.context() as broken:
        broken.setattr(private, "open_file", partial(refuse, ".restore-"))
        assert sentence in look(dialog, qtbot, file)
    look(dialog, qtbot, file)
    dialog.before.setChecked(False)
    with monkeypatch.context() as broken:
        broken.setattr(private, "open_file", partial(refuse, ".exchange"))
        assert sentence in press(dialog, qtbot)
    assert not dialog.restored
    assert count(folder) == before
    dialog.reject()
    assert hidden(folder) == []


def test_no_backup_before_no_restore(
    window: MainWindow,
    dialog: RestoreDialog,
    qtbot: QtBot,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = window.session.folder
    before = count(folder)
    look(dialog, qtbot, file)
    real = private.make_file

    def refuse(path: Path) -> None:
        if "before-restore" in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(path)

    with monkeypatch.context() as broken:
        broken.setattr(private, "make_file", refuse)
        said = press(dialog, qtbot)
    assert said.startswith("No backup could be made. There is no room left on the disk")
    assert dialog.found
    assert count(folder) == before


def test_where_nothing_is_yet_nothing_is_backed_up(
    opened: Opened, qtbot: QtBot, tmp_path: Path, file: Path
) -> None:
    window = opened(session(tmp_path / "new"))
    window.saving.open_restore()
    dialog = window.saving.dialog
    assert isinstance(dialog, RestoreDialog)
    look(dialog, qtbot, file)
    assert "nothing is replaced" in dialog.note.text()
    assert not dialog.before.isVisible()
    press(dialog, qtbot)
    assert dialog.restored
    assert count(tmp_path / "new") == MINUTES


def test_while_others_are_at_the_data(
    window: MainWindow, dialog: RestoreDialog, qtbot: QtBot, file: Path
) -> None:
    folder = window.session.folder
    look(dialog, qtbot, file)
    window.sync.syncing = True
    assert press(dialog, qtbot) == (
        "A sync is under way: wait until it is done, or stop it, then try again."
    )
    window.sync.syncing = False
    window.people.note.setPlainText("half a note")
    assert "typed and not saved" in press(dialog, qtbot)
    window.people.note.clear()
    with Store.open(folder):
        assert "open elsewhere" in press(dialog, qtbot)
    assert dialog.found
    press(dialog, qtbot)
    assert dialog.restored


def test_another_file_needs_another_look(
    dialog: RestoreDialog, window: MainWindow, qtbot: QtBot, file: Path
) -> None:
    look(dialog, qtbot, file)
    dialog.path.setText("elsewhere.zip")
    assert not dialog.found
    assert dialog.main.text() == "&Look through it"
    assert hidden(window.session.folder) == []


def test_who_cancels_keeps_everything(
    window: MainWindow, dialog: RestoreDialog, qtbot: QtBot, file: Path
) -> None:
    before = count(window.session.folder)
    dialog.path.setText(str(file))
    dialog.main.click()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=WAIT_MS)
    dialog.reject()
    assert not dialog.isVisible()
    assert count(window.session.folder) == before
    assert hidden(window.session.folder) == []


def test_a_person_s_days_do_not_go_into_a_demo(
    opened: Opened, qtbot: QtBot, folder: Path, file: Path
) -> None:
    made_up.mark(folder)
    window = opened(session(folder, demo=True))
    window.saving.open_restore()
    dialog = window.saving.dialog
    assert isinstance(dialog, RestoreDialog)
    assert look(dialog, qtbot, file).startswith("This window shows a demo, and the backup holds")
    assert not dialog.found
    chooser = dialog.chooser()
    assert isinstance(chooser, QFileDialog)
    assert "demo data" in chooser.windowTitle()
    assert hidden(folder) == []


def test_the_window_opens_anew_on_what_was_restored(
    qtbot: QtBot, folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `plumbline gui` runs it."""
    first: list[MainWindow] = []

    def ask() -> bool:
        own = shown_window(is_demo=False)
        if own is None or not own.shows_a_day:
            return False
        first.append(own)
        own.saving.open_restore()
        own.saving.dialog.path.setText(str(file))
        own.saving.dialog.main.click()
        return True

    def restore() -> bool:
        dialog = first[0].saving.dialog
        if not dialog.found:
            return False
        dialog.main.click()
        return True

    def close() -> bool:
        dialog = first[0].saving.dialog
        if not dialog.restored or dialog.busy:
            return False
        dialog.leave.click()
        return True

    def see() -> bool:
        own = shown_window(is_demo=False)
        if own is None or own is first[0] or not own.shows_a_day:
            return False
        own.leave()
        return True

    monkeypatch.setattr(window_app, "has_display", lambda: True)
    steps: list[Callable[[], bool]] = [ask, restore, close, see]
    hand = Hand(steps)
    assert window_app.own_window(folder) == (0, False)
    QTimer.singleShot(0, QApplication.quit)
    QApplication.exec()  # else Qt takes every loop after this for one that is to end
    assert hand.wrong is None
    assert not hand.left
    assert count(folder) == MINUTES


def test_the_newest_backup_of_its_own_is_proposed(
    window: MainWindow, qtbot: QtBot, file: Path
) -> None:
    place = window.session.folder / "backups"
    place.mkdir()
    for name in ("plumbline-20261101T120000Z.zip", "plumbline-20261108T120000Z.zip"):
        (place / name).write_bytes(file.read_bytes())
    window.saving.open_restore()
    dialog = window.saving.dialog
    assert isinstance(dialog, RestoreDialog)
    assert dialog.path.text() == str(backups(window.session.folder)[-1])
