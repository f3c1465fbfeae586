"""Ask who is to be able to read the data: a passphrase set, changed, or the protection removed."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store.keyfile import SHORTEST, check_passphrase
from plumbline.store.sealing import Protection
from plumbline.ui.saving.work_dialog import WorkDialog
from plumbline.ui.titles import entitle


class PassphraseDialog(WorkDialog):
    """A passphrase typed twice, and whether this computer opens the data by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.note.setForegroundRole(QPalette.ColorRole.WindowText)  # it is to be read
        self.words, self.again = QLineEdit(), QLineEdit()
        self.seen, self.keyring = QCheckBox(), QCheckBox()
        self._labels = [QLabel(), QLabel()]
        for label, field in zip(self._labels, (self.words, self.again), strict=True):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            self.form.addRow(label, field)
            label.setBuddy(field)
        self.form.addRow("", self.seen)
        self.form.addRow("", self.keyring)
        self.seen.toggled.connect(self._show_words)

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        for label, text in zip(self._labels, (_("&Passphrase:"), _("Once &more:")), strict=True):
            label.setText(text)
        self.words.setAccessibleName(_("Passphrase"))
        self.again.setAccessibleName(_("The passphrase once more"))
        self.words.setPlaceholderText(_("{n} characters or more").format(n=SHORTEST))
        self.seen.setText(_("&Show what is typed"))
        self.keyring.setText(_("Open the data on this computer &without asking"))
        self.keyring.setToolTip(
            _("The key lies in this computer's keyring then, which your login opens.")
        )

    def passphrase(self) -> str | None:
        """What was typed twice; None with a sentence where that does not go."""
        words = self.words.text()
        try:
            check_passphrase(words)
        except UserError as error:
            self._refuse(self.words, str(error))
            return None
        if words != self.again.text():
            self._refuse(self.again, _("These are two different passphrases: type them again."))
            return None
        return words

    def end(self, text: str) -> None:
        """It is done."""
        self._under_way(False)
        self._say(text)
        for field in (self.words, self.again):
            field.clear()
        for widget in (self.words, self.again, self.seen, self.keyring):
            widget.setEnabled(False)
        self.main.hide()
        self.leave.setFocus()

    def _refuse(self, field: QLineEdit, text: str) -> None:
        self.fail(text)
        field.setFocus()
        field.selectAll()

    def _show_words(self, seen: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password
        for field in (self.words, self.again):
            field.setEchoMode(mode)


class ProtectDialog(PassphraseDialog):
    """For data that are plain."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.keep_backups = QCheckBox()
        self.form.addRow("", self.keep_backups)
        self.keyring.setChecked(True)
        self.order(self.words, self.again, self.seen, self.keyring, self.keep_backups)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        entitle(self, _("Protect the data"))
        self.keep_backups.setText(_("&Keep the backups made until now, which anybody can read"))
        self.main.setText(_("&Encrypt the data"))
        self.note.setText(
            _(
                "The data are encrypted: the recordings, what was entered, and all backups from "
                "then on. Whoever takes the disk or copies the files cannot read them without the "
                "passphrase.\n\n"
                "Nobody can help when the passphrase is forgotten: write it down and keep it in a "
                "safe place. The backups that Plumbline made here until now, and what it has put "
                "aside, are erased, as anybody could read them; a new backup is made. Exports, and "
                "backups in other places, stay as they are: readable."
            )
        )

    def end(self, text: str) -> None:
        """It is done."""
        super().end(text)
        self.keep_backups.setEnabled(False)


class ChangeDialog(PassphraseDialog):
    """For data that are encrypted. `remove_wanted`: they are to be plain again."""

    remove_wanted = pyqtSignal()

    def __init__(self, parent: QWidget, now: Protection) -> None:
        super().__init__(parent)
        self._now = now
        self.keyring.setChecked(now.keyring)
        self.extra.show()
        self.extra.clicked.connect(lambda: self.remove_wanted.emit())
        self.order(self.words, self.again, self.seen, self.keyring)
        self.retranslate()

    @property
    def keyring_wanted(self) -> bool | None:
        """Whether the keyring is to keep the key; None: as it is."""
        wanted = self.keyring.isChecked()
        return None if wanted == self._now.keyring else wanted

    def new_passphrase(self) -> tuple[bool, str | None]:
        """Whether what was typed can be done, and the new passphrase; None: as it is."""
        if self.words.text() or self.again.text() or self.keyring_wanted is None:
            words = self.passphrase()
            return words is not None, words
        return True, None

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        entitle(self, _("Change the protection"))
        self._labels[0].setText(_("New &passphrase:"))
        self.main.setText(_("&Change"))
        self.extra.setText(_("&Remove the protection …"))
        self.note.setText(
            self._now.sentence()
            + "\n\n"
            + _(
                "Nobody can help when the passphrase is forgotten: write it down and keep it in a "
                "safe place. Backups made until now are still opened by the passphrase of their "
                "day. Without a new passphrase the one that is in use stays."
            )
        )

    def fail(self, text: str) -> None:
        """It is not done, and why."""
        super().fail(text)
        self.extra.show()


class UnprotectDialog(WorkDialog):
    """Asks whether the data are to be readable again; the box has to be ticked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sure = QCheckBox()
        self.note.setForegroundRole(QPalette.ColorRole.WindowText)
        self.form.addRow(self.sure)
        self.order(self.sure)
        self.sure.toggled.connect(self._offer)
        self._offer(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        entitle(self, _("Remove the protection"))
        self.sure.setText(_("&I want the data to be readable without a passphrase."))
        self.main.setText(_("&Remove the protection"))
        self.note.setText(
            _(
                "The data are written anew, not encrypted: whoever can read this computer's files "
                "can read them then. Backups made until now stay encrypted; keep their passphrase."
            )
        )

    def end(self, text: str) -> None:
        """It is done."""
        self._under_way(False)
        self._say(text)
        self.sure.setEnabled(False)
        self.main.hide()
        self.leave.setFocus()

    def _under_way(self, busy: bool) -> None:
        super()._under_way(busy)
        self.sure.setEnabled(not busy)
        self._offer(self.sure.isChecked() and not busy)

    def _offer(self, sure: bool) -> None:
        self.main.setEnabled(sure)
