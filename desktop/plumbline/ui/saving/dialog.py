"""What the dialogs that write files have in common: where to, how far, what came of it."""

from pathlib import Path

from PyQt6.QtCore import Qt, QUrl, pyqtSignal
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet

WIDTH = 520
SAID_LINES = 3
"""Room for what is said, so that nothing jumps when it comes."""


class SavingDialog(QDialog):
    """Emits `wanted` to begin; a part of its own says what is written. `busy`: it is being
    written, and to leave is to cancel."""

    wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.busy = False
        self._place: Path | None = None
        self.form = QFormLayout()
        self.path, self.browse = QLineEdit(), QPushButton()
        self.note, self.said, self.bar = QLabel(), QLabel(), QProgressBar()
        self.show_place, self.leave, self.main = QPushButton(), QPushButton(), QPushButton()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        column.addLayout(self.form)
        for label in (self.note, self.said):
            as_typed(label).setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setMinimumWidth(WIDTH)
        quiet(self.note)
        self.said.setMinimumHeight(SAID_LINES * self.said.fontMetrics().height())
        keeps_room = self.bar.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(keeps_room)
        self.bar.hide()
        for widget in (self.note, self.bar, self.said):
            column.addWidget(widget)
        buttons, role = QDialogButtonBox(), QDialogButtonBox.ButtonRole
        buttons.addButton(self.show_place, role.ResetRole)
        buttons.addButton(self.main, role.AcceptRole)
        buttons.addButton(self.leave, role.RejectRole)
        column.addWidget(buttons)
        self.main.setDefault(True)
        self.show_place.hide()
        self.main.clicked.connect(lambda: self.wanted.emit())
        self.leave.clicked.connect(self.reject)
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
        self.browse.setText(_("Choose …"))
        self.show_place.setText(_("Open the folder"))
        self.bar.setAccessibleName(_("How much is written"))
        self._name_leave()

    def chosen(self) -> Path | None:
        """The place that is typed; None with a sentence where there is none."""
        text = self.path.text().strip()
        if text:
            return Path(text).expanduser()
        self.fail(_("Choose where the files go."))
        self.path.setFocus()
        return None

    def begin(self) -> None:
        """It is being written."""
        self._under_way(True)
        self.said.setText("")
        self.show_progress(0)

    def show_progress(self, percent: int) -> None:
        """How far it is."""
        self.bar.setValue(percent)

    def end(self, text: str, place: Path) -> None:
        """It is written, to be seen in the folder `place`."""
        self._under_way(False)
        self._say(text)
        self._place = place
        self.show_place.show()
        self.leave.setFocus()

    def fail(self, text: str) -> None:
        """It is not written, and why."""
        self._under_way(False)
        self._say(text)
        self.main.setFocus()

    def reject(self) -> None:
        """Cancel what is being written, else close."""
        if self.busy:
            self.cancel_wanted.emit()
        else:
            super().reject()

    def _under_way(self, busy: bool) -> None:
        self.busy = busy
        self.bar.setVisible(busy)
        for row in range(self.form.rowCount()):
            item = self.form.itemAt(row, QFormLayout.ItemRole.FieldRole)
            widget = item.widget() if item else None
            if widget:
                widget.setEnabled(not busy)
        self.main.setEnabled(not busy)
        if busy:
            self.show_place.hide()
            self.leave.setFocus()
        self._name_leave()

    def _name_leave(self) -> None:
        self.leave.setText(_("Cancel") if self.busy else _("Close"))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        needed = self.said.heightForWidth(WIDTH)
        self.said.setMinimumHeight(max(self.said.minimumHeight(), needed))
        self.main.setAccessibleDescription(text)
        self.leave.setAccessibleDescription(text)

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
