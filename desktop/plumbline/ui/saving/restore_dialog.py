"""Asks for a backup, shows what it holds and what it replaces, and only then restores it."""

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.presenters.backups import BackupView
from plumbline.ui.saving.dialog import SavingDialog
from plumbline.ui.titles import entitle

PASSPHRASE_ROW, BEFORE_ROW = 1, 2


class RestoreDialog(SavingDialog):
    """`wanted` means: look through the file, as long as nothing was `found`, else restore it."""

    changed = pyqtSignal()
    """Another file is named: what was found is of no use any more."""

    def __init__(self, parent: QWidget, place: str, choose_in: Path) -> None:
        super().__init__(parent)
        self._choose_in = choose_in
        self._view: BackupView | None = None
        self._locked = self.restored = False
        self.passphrase, self.before, self.facts = QLineEdit(), QCheckBox(), QWidget()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.before.setChecked(True)
        self._labels = [QLabel(), QLabel()]
        for label, field in zip(self._labels, (self.place_row(), self.passphrase), strict=True):
            self.form.addRow(label, field)
            label.setBuddy(field)
        self.form.addRow(self.before)
        self._grid = QGridLayout(self.facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self.column.insertWidget(1, self.facts)
        self.path.setText(place)
        self.path.textChanged.connect(lambda _text: self.forget())
        self.order(self.path, self.browse, self.passphrase, self.before)
        self._show_rows()
        self.retranslate()

    @property
    def found(self) -> bool:
        """Whether the backup was looked through and can be opened."""
        return self._view is not None and not self._locked

    @property
    def locked(self) -> bool:
        """Whether a passphrase is asked for."""
        return self._locked

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        entitle(self, _("Restore from a backup"))
        for label, text in zip(self._labels, (_("&Backup:"), _("&Passphrase:")), strict=True):
            label.setText(text)
        self.path.setAccessibleName(_("Backup"))
        self.passphrase.setAccessibleName(_("Passphrase of the backup"))
        self.before.setText(_("Make a backup of what is here &now before"))
        self.before.setToolTip(_("With it, all this can be taken back in the same way."))
        self._name_main()

    def show_found(self, view: BackupView, *, locked: bool) -> None:
        """What was found; `locked`: as far as it can be told without the passphrase."""
        self._under_way(False)
        self._view, self._locked = view, locked
        self._fill_facts(view)
        self._show_rows()
        self._name_main()
        self._say(_("The backup is encrypted: give its passphrase.") if locked else "")
        self.grow()
        (self.passphrase if locked else self.leave).setFocus()

    def forget(self) -> None:
        """Nothing was found yet."""
        if self._view is None:
            return
        self._view, self._locked = None, False
        self.passphrase.clear()
        self._fill_facts(BackupView((), ""))
        self._show_rows()
        self._name_main()
        self._say("")
        self.changed.emit()

    def show_done(self, text: str, place: Path) -> None:
        """The data are there."""
        self.restored = True
        self.end(text, place)
        self.show_place.setVisible(place.is_dir())
        for field in (self.path, self.browse, self.before):
            field.setEnabled(False)
        self.main.hide()

    def missing(self) -> str:
        """What is said where no file is named."""
        return _("Choose a backup: a file whose name ends in .zip.")

    def _under_way(self, busy: bool) -> None:
        super()._under_way(busy)
        self.before.setEnabled(not busy)

    def _show_rows(self) -> None:
        self.form.setRowVisible(PASSPHRASE_ROW, self._locked)
        replaces = self._view is not None and self._view.replaces
        self.form.setRowVisible(BEFORE_ROW, self.found and replaces)
        self.facts.setVisible(self._view is not None)

    def _name_main(self) -> None:
        if self._locked:
            self.main.setText(_("&Open it"))
        else:
            self.main.setText(_("&Restore") if self.found else _("&Look through it"))
        self.note.setForegroundRole(
            QPalette.ColorRole.WindowText if self._view else QPalette.ColorRole.PlaceholderText
        )
        if self._view is None:
            self.note.setText(
                _(
                    "A backup brings back everything that it holds, of all people. First it is "
                    "looked through, and you see what it holds; so far nothing changes."
                )
            )
        else:
            self.note.setText(self._view.says)

    def _fill_facts(self, view: BackupView) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for row, (name, value) in enumerate(view.facts):
            label, text = quiet(QLabel(name)), as_typed(QLabel(value))
            text.setWordWrap(True)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(text, row, 1)
        said = ", ".join(f"{name}: {value}" for name, value in view.facts)
        self.facts.setAccessibleName(said)

    def chooser(self) -> QFileDialog:
        """Asks for the file."""
        place = Path(self.path.text())
        start = place.parent if place.parent.is_dir() and self.path.text() else self._choose_in
        dialog = QFileDialog(self, directory=str(start))
        entitle(dialog, _("Restore from a backup"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Backups (*.zip)"), _("All files (*)")])
        return dialog
