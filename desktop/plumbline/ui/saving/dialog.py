"""What the dialogs that read or write files have in common: which place, and to look for it."""

from pathlib import Path

from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from plumbline.i18n import _
from plumbline.ui.saving.work_dialog import WorkDialog


class SavingDialog(WorkDialog):
    """A part of its own says what is written or read. `extra` opens the folder at the end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place: Path | None = None
        self.path, self.browse = QLineEdit(), QPushButton()
        self.show_place = self.extra
        self.browse.clicked.connect(self._browse)
        self.show_place.clicked.connect(self._show_place)

    def place_row(self) -> QWidget:
        """The field for the place, with the button that looks for it."""
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)
        both.setFocusProxy(self.path)
        return both

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        super().retranslate()
        self.browse.setText(_("Choose …"))
        self.show_place.setText(_("Open the folder"))

    def chosen(self) -> Path | None:
        """The place that is typed; None with a sentence where there is none."""
        text = self.path.text().strip()
        if text:
            return Path(text).expanduser()
        self.fail(self.missing())
        self.path.setFocus()
        return None

    def missing(self) -> str:
        """What is said where no place is typed."""
        return _("Choose where the files go.")

    def end(self, text: str, place: Path) -> None:
        """It is done, to be seen in the folder `place`."""
        self._under_way(False)
        self._say(text)
        self._place = place
        self.show_place.show()
        self.leave.setFocus()

    def _show_place(self) -> None:
        if self._place:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._place)))

    def _browse(self) -> None:
        dialog = self.chooser()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()

    def chooser(self) -> QFileDialog:
        """Asks for the place."""
        raise NotImplementedError
