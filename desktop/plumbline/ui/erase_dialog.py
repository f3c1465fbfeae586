"""Asks before a wearer is erased, and says what is lost."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.appearance import as_typed
from plumbline.ui.presenters.words import in_a_sentence
from plumbline.ui.titles import entitle

TEXT_WIDTH = 460


class EraseDialog(QDialog):
    """Emits `confirmed` when the box is ticked and the button pressed; keeping is the default."""

    confirmed = pyqtSignal()

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        entitle(self, _("Erase a wearer"))
        lost = QLabel(
            _(
                "What the belts recorded on {name}, the notes, bookmarks and everything else that "
                "was entered about {name} is erased from this computer, and so are all backups "
                "that Plumbline keeps here: they hold it, too. What others wore stays."
            ).format(name=in_a_sentence(name))
        )
        as_typed(lost).setWordWrap(True)
        lost.setMinimumWidth(TEXT_WIDTH)
        self.sure = QCheckBox(_("This cannot be undone, and I want it."))
        self.buttons = QDialogButtonBox()
        self.erase = self.buttons.addButton(
            _("Erase for good"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.keep = self.buttons.addButton(
            _("Keep everything"), QDialogButtonBox.ButtonRole.RejectRole
        )
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for widget in (lost, self.sure, self.buttons):
            column.addWidget(widget)
        if self.erase and self.keep:
            self.sure.toggled.connect(self.erase.setEnabled)
            self.erase.setEnabled(False)
            self.erase.clicked.connect(self._confirm)
            self.keep.clicked.connect(self.reject)
            self.keep.setDefault(True)

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()
