"""Asks before the demo's data are removed, and says what goes."""

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from plumbline.i18n import _
from plumbline.ui.dialogues import add_destructive, column_in, told
from plumbline.ui.main_window import MainWindow
from plumbline.ui.titles import entitle


class RemoveDemoDialog(QDialog):
    """Emits `confirmed`; keeping is the default."""

    confirmed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        entitle(self, _("Remove the demo's data"))
        text = QLabel(
            _(
                "The virtual belt's days are removed, and so is all that was entered beside them: "
                "notes, people, plans and the diary of the demo. Your own data are not touched. "
                "The window then opens on them."
            )
        )
        self.remove, self.keep = QPushButton(_("Remove demo data")), QPushButton(_("Keep them"))
        column = column_in(self)
        column.addWidget(told(text))
        add_destructive(column, self.remove, self.keep)
        self.remove.clicked.connect(self._confirm)
        self.keep.clicked.connect(self.reject)

    def _confirm(self) -> None:
        self.accept()
        self.confirmed.emit()


def ask(window: MainWindow, confirmed: Callable[[], object]) -> None:
    """Ask; where it is confirmed, call that and leave the window."""
    dialog = RemoveDemoDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.confirmed.connect(confirmed)
    dialog.confirmed.connect(window.leave)
    dialog.open()
