"""Asks before the belt is wiped, and says what is lost."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.titles import entitle

TEXT_WIDTH = 440


class WipeDialog(QDialog):
    """`confirmed(log, settings)`: which of the two are to go. Nothing is ticked at first."""

    confirmed = pyqtSignal(bool, bool)

    def __init__(self, parent: QWidget, lost: str) -> None:
        super().__init__(parent)
        entitle(self, _("Wipe the belt"))
        self.text = QLabel(lost)
        self.log = QCheckBox(_("The log: every minute and event on the belt"))
        self.settings = QCheckBox(_("Settings and calibration: as when it was new"))
        self.final = QLabel(_("This cannot be undone."))
        self.buttons = QDialogButtonBox()
        self.wipe = self.buttons.addButton(
            _("Wipe for good"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.keep = self.buttons.addButton(_("Keep everything"), _REJECT)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for label in (self.text, self.final):
            label.setWordWrap(True)
            label.setMinimumWidth(TEXT_WIDTH)
        for widget in (self.text, self.log, self.settings, self.final, self.buttons):
            column.addWidget(widget)
        for box in (self.log, self.settings):
            box.toggled.connect(self._ticked)
        if self.wipe and self.keep:
            self.wipe.clicked.connect(self._confirm)
            self.keep.clicked.connect(self.reject)
            self.keep.setDefault(True)
        self._ticked()

    def _ticked(self) -> None:
        if self.wipe:
            self.wipe.setEnabled(self.log.isChecked() or self.settings.isChecked())

    def _confirm(self) -> None:
        self.confirmed.emit(self.log.isChecked(), self.settings.isChecked())
        self.accept()


_REJECT = QDialogButtonBox.ButtonRole.RejectRole
