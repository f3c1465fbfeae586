"""Whose days are shown, where there is more than one to choose from."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox

from plumbline.i18n import _
from plumbline.ui.presenters.people import subject_names
from plumbline.ui.reader import Overview


class WearerChooser(QComboBox):
    """Wearers, then belts that are nobody's; hidden as long as there is nothing to choose."""

    subject_chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(260)
        self.activated.connect(lambda index: self.subject_chosen.emit(self.itemData(index)))
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.setAccessibleName(_("Whose days are shown"))
        self.setToolTip(_("Whose days are shown"))

    def show_subjects(self, overview: Overview) -> None:
        """Offer everybody, with the one that is shown chosen."""
        self.clear()
        names = subject_names(overview.subjects, overview.belts)
        for subject, name in zip(overview.subjects, names, strict=True):
            self.addItem(name, subject.key)
        shown = overview.subject
        self.setCurrentIndex(self.findData(shown.key) if shown else -1)
        self.setVisible(len(overview.subjects) > 1)
