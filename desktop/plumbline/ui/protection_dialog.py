"""Asks for the passphrase of encrypted data, and says who can read the data."""

from pathlib import Path

from PyQt6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from plumbline.i18n import _
from plumbline.store import sealing
from plumbline.store.sealing import Locked
from plumbline.ui.titles import entitle

TEXT_WIDTH = 440


class UnlockDialog(QDialog):
    """Stays until the passphrase opens the data, or nobody wants to any more."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        entitle(self, _("Plumbline"))
        self.text = QLabel(
            _("The data in {folder} are encrypted. Give their passphrase.").format(folder=folder)
        )
        self.given = QLineEdit()
        self.given.setEchoMode(QLineEdit.EchoMode.Password)
        self.given.setAccessibleName(_("Passphrase"))
        self.problem = QLabel()
        self.buttons = QDialogButtonBox()
        self.unlock = self.buttons.addButton(_("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for label in (self.text, self.problem):
            label.setWordWrap(True)
            label.setMinimumWidth(TEXT_WIDTH)
        for widget in (self.text, self.given, self.problem, self.buttons):
            column.addWidget(widget)
        self.problem.hide()

    def _try(self) -> None:
        try:
            sealing.unlock(self._folder, self.given.text())
        except Locked as error:
            self.problem.setText(str(error))
            self.problem.show()
            self.given.selectAll()
            self.given.setFocus()
        else:
            self.accept()


def unlocked(folder: Path) -> bool:
    """Whether the data can be opened now; asks for the passphrase where that is needed."""
    sealing.ask = lambda question: None  # no terminal is asked from behind a window
    if not sealing.needs_passphrase(folder) or sealing.named_passphrase_fits(folder):
        return True
    return UnlockDialog(folder).exec() == QDialog.DialogCode.Accepted


def show_protection(folder: Path) -> None:
    """A box that says who can read the data, and what changes that."""
    found = sealing.protection(folder)
    text = found.sentence()
    if not found.encrypted:
        text += "\n\n" + _(
            "To encrypt them, close this window and run plumbline encrypt in a terminal."
        )
    box = QMessageBox(QApplication.activeWindow())
    entitle(box, _("Who can read the data"))
    box.setText(text)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
