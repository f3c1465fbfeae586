"""Asks before the belt is wiped, and says what is lost."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton, QWidget

from plumbline.i18n import _
from plumbline.ui.dialogues import add_destructive, column_in, told
from plumbline.ui.titles import entitle


class WipeDialog(QDialog):
    """`confirmed(log, settings)`: which of the two are to go. Nothing is ticked at first.

    `sync_wanted`: fetch first what would be lost; offered where the belt has such.
    """

    confirmed = pyqtSignal(bool, bool)
    sync_wanted = pyqtSignal()

    def __init__(self, parent: QWidget, lost: str, *, unfetched: bool = False) -> None:
        super().__init__(parent)
        entitle(self, _("Wipe the belt"))
        self.text = QLabel(lost)
        self.log = QCheckBox(_("The log: every minute and event on the belt"))
        self.settings = QCheckBox(_("Settings and calibration: as when it was new"))
        self.final = QLabel(_("This cannot be undone."))
        self.wipe, self.keep = QPushButton(_("Wipe for good")), QPushButton(_("Keep everything"))
        column = column_in(self)
        for widget in (told(self.text), self.log, self.settings, told(self.final)):
            column.addWidget(widget)
        self.sync = QPushButton(_("Sync now"))
        add_destructive(column, self.wipe, self.keep, others=[self.sync])
        self.sync.setVisible(unfetched)
        self.sync.clicked.connect(self.sync_wanted)
        self.sync.clicked.connect(self.reject)
        for box in (self.log, self.settings):
            box.toggled.connect(self._ticked)
        self.wipe.clicked.connect(self._confirm)
        self.keep.clicked.connect(self.reject)
        self._ticked()

    def _ticked(self) -> None:
        self.wipe.setEnabled(self.log.isChecked() or self.settings.isChecked())

    def _confirm(self) -> None:
        self.confirmed.emit(self.log.isChecked(), self.settings.isChecked())
        self.accept()
