"""Asks before the window goes with a note that was typed and not saved."""

from collections.abc import Callable

from PyQt6.QtWidgets import QMessageBox, QWidget

from plumbline.i18n import _
from plumbline.ui.titles import entitle


class LeavingBox(QMessageBox):
    """Calls `stay` or `leave`; to stay is the default, and what Escape does."""

    def __init__(
        self, parent: QWidget, stay: Callable[[], None], leave: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        entitle(self, _("Plumbline"))
        self.setIcon(QMessageBox.Icon.Question)
        self.setText(_("A note is not saved yet."))
        self.setInformativeText(_("Go back and save it, or leave without it."))
        self.stay = self.addButton(_("Back to the note"), QMessageBox.ButtonRole.RejectRole)
        self.go = self.addButton(_("Leave without it"), QMessageBox.ButtonRole.DestructiveRole)
        self.setDefaultButton(self.stay)
        self.setEscapeButton(self.stay)
        self.finished.connect(lambda _n: leave() if self.clickedButton() is self.go else stay())
        self.finished.connect(self.deleteLater)
