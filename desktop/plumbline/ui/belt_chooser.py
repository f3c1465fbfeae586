"""Which belt's days are shown, where there is more than one."""

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QComboBox

from plumbline.i18n import _
from plumbline.store.rows import BeltInfo
from plumbline.ui.presenters.belts import belt_names


class BeltChooser(QComboBox):
    """The belts by name; hidden as long as there is nothing to choose."""

    belt_chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.activated.connect(lambda index: self.belt_chosen.emit(self.itemData(index)))
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.setAccessibleName(_("Belt whose days are shown"))
        self.setToolTip(_("Belt whose days are shown"))

    def show_belts(self, belts: Sequence[BeltInfo], shown: BeltInfo | None) -> None:
        """Offer `belts` with the one that is shown chosen."""
        self.clear()
        for belt, name in zip(belts, belt_names(belts), strict=True):
            self.addItem(name, belt.id)
        self.setCurrentIndex(self.findData(shown.id) if shown else -1)
        self.setVisible(len(belts) > 1)
