"""Asks for the passphrase of encrypted data, and says who can read the data."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QWidget,
)

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store import sealing
from plumbline.ui.dialogues import add_buttons, column_in, told
from plumbline.ui.tasks import Tasks
from plumbline.ui.titles import entitle

LANE = "passphrase"
SAID_LINES = 2
"""Room for what is said, so that nothing jumps when it comes."""


class UnlockDialog(QDialog):
    """Stays until the passphrase opens the data, or nobody wants to any more.

    A passphrase is tried on a thread: the key is made of it slowly on purpose, for some seconds.
    """

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._tasks = folder, Tasks(self)
        self.bug: Exception | None = None
        entitle(self, _("Plumbline"))
        self.text, self.said, self.bar = QLabel(), QLabel(), QProgressBar()
        self.text.setText(
            _("The data in {folder} are encrypted. Give their passphrase.").format(folder=folder)
        )
        self.given = QLineEdit()
        self.given.setEchoMode(QLineEdit.EchoMode.Password)
        self.given.setAccessibleName(_("Passphrase"))
        self.said.setMinimumHeight(SAID_LINES * self.said.fontMetrics().height())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Opening …"))
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keeps_room = self.bar.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(keeps_room)
        self.unlock, self.leave = QPushButton(_("Open")), QPushButton(_("Cancel"))
        column = column_in(self)
        for widget in (told(self.text), self.given, self.bar, told(self.said)):
            column.addWidget(widget)
        add_buttons(column, self.unlock, self.leave)
        self.unlock.clicked.connect(self._try)
        self.leave.clicked.connect(self.reject)
        self._show_busy(False)

    def done(self, how: int) -> None:
        """Go at once; what is still being tried opens nothing any more."""
        super().done(how)
        self._tasks.close()

    def _try(self) -> None:
        self._say(_("Opening …"))
        self._show_busy(True)
        work = partial(sealing.unlock, self._folder, self.given.text())
        self._tasks.run(LANE, work, lambda _none: self.accept(), self._failed)

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        if not isinstance(error, UserError):
            self.bug = error
            self.reject()
            return
        self._say(str(error))
        self.given.selectAll()
        self.given.setFocus()

    def _show_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.given.setEnabled(not busy)
        self.unlock.setEnabled(not busy)
        if busy:
            self.bar.setFocus()  # not a button: Return may be pressed twice

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.given.setAccessibleDescription(text)


def unlocked(folder: Path) -> bool:
    """Whether the data can be opened now; asks for the passphrase where that is needed."""
    sealing.ask = lambda question: None  # no terminal is asked from behind a window
    if not sealing.needs_passphrase(folder) or sealing.named_passphrase_fits(folder):
        return True
    dialog = UnlockDialog(folder)
    opened = dialog.exec() == QDialog.DialogCode.Accepted
    if dialog.bug:
        raise dialog.bug
    return opened


def show_protection(folder: Path, change: Callable[[], object] | None = None) -> None:
    """A box that says who can read the data; `change` opens what changes that."""
    box = QMessageBox(QApplication.activeWindow())
    entitle(box, _("Who can read the data"))
    box.setText(sealing.protection(folder).sentence())
    close = box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
    other = box.addButton(_("Change this …"), QMessageBox.ButtonRole.ActionRole) if change else None
    box.setDefaultButton(close)
    box.exec()
    if change and other is not None and box.clickedButton() is other:
        change()
