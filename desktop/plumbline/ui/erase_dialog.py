"""Asks before a wearer is erased, and says what is lost."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton, QWidget

from plumbline.i18n import _
from plumbline.ui.appearance import as_typed
from plumbline.ui.dialogues import add_destructive, column_in, told
from plumbline.ui.presenters.words import in_a_sentence
from plumbline.ui.titles import entitle


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
        told(as_typed(lost))
        self.sure = QCheckBox(_("This cannot be undone, and I want it."))
        self.erase, self.keep = QPushButton(_("Erase for good")), QPushButton(_("Keep everything"))
        column = column_in(self)
        column.addWidget(lost)
        column.addWidget(self.sure)
        add_destructive(column, self.erase, self.keep)
        self.sure.toggled.connect(self.erase.setEnabled)
        self.erase.setEnabled(False)
        self.erase.clicked.connect(self._confirm)
        self.keep.clicked.connect(self.reject)

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()
