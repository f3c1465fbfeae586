"""Asks where a backup is written to."""

from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QLabel, QWidget

from plumbline.i18n import _
from plumbline.ui.saving.dialog import SavingDialog
from plumbline.ui.titles import entitle


class BackupDialog(SavingDialog):
    """One file of everything; `encrypted`: as the data are, so is the backup."""

    def __init__(self, parent: QWidget, place: Path, *, encrypted: bool) -> None:
        super().__init__(parent)
        self._encrypted = encrypted
        self._label = QLabel()
        row = self.place_row()
        self.form.addRow(self._label, row)
        self._label.setBuddy(row)
        self.path.setText(str(place))
        self.order(self.path, self.browse)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        entitle(self, _("Back up"))
        self._label.setText(_("&File:"))
        self.path.setAccessibleName(_("File"))
        self.main.setText(_("&Back up"))
        if self._encrypted:
            who = _("It is encrypted as the data are: keep their passphrase.")
        else:
            who = _("It is not encrypted: whoever has the file can read the data.")
        back = _(
            "Everything goes into it, of all people. File > Restore from a backup takes it back. "
            "Once a week a backup is made in the data folder by itself; one on another disk "
            "outlives this computer."
        )
        self.note.setText(f"{back} {who}")

    def chooser(self) -> QFileDialog:
        """Asks for the file."""
        dialog = QFileDialog(self, directory=str(Path(self.path.text()).parent))
        entitle(dialog, _("Back up"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Backups (*.zip)")])
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(Path(self.path.text()).name)
        return dialog
