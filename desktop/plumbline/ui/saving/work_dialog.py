"""What the dialogs that do something to the data have in common: how far, what came of it."""

from itertools import pairwise

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.appearance import as_typed, quiet
from plumbline.ui.dialogues import column_in

WIDTH = 520
SAID_LINES = 3
"""Room for what is said, so that nothing jumps when it comes."""


class WorkDialog(QDialog):
    """Emits `wanted` to begin. `busy`: it is being done, and to leave is to cancel.

    `extra`: a button beside the others, hidden unless it is needed.
    """

    wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.busy = False
        self.form = QFormLayout()
        self.note, self.said, self.bar = QLabel(), QLabel(), QProgressBar()
        self.extra, self.leave, self.main = QPushButton(), QPushButton(), QPushButton()
        self.column = column_in(self)
        self._build()

    def _build(self) -> None:
        column = self.column
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
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.hide()
        for widget in (self.note, self.bar, self.said):
            column.addWidget(widget)
        buttons, role = QDialogButtonBox(), QDialogButtonBox.ButtonRole
        buttons.addButton(self.main, role.AcceptRole)
        buttons.addButton(self.leave, role.RejectRole)
        row = QHBoxLayout()
        row.addWidget(self.extra)  # within the box Tab would pass it by
        row.addWidget(buttons, 1)
        column.addLayout(row)
        self.main.setDefault(True)
        self.extra.setAutoDefault(False)
        self.extra.hide()
        self.main.clicked.connect(lambda: self.wanted.emit())
        self.leave.clicked.connect(self.reject)

    def order(self, *fields: QWidget) -> None:
        """Tab leads through the fields first, where the focus is at the beginning."""
        stops = (*fields, self.extra, self.main, self.leave)
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)
        fields[0].setFocus()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.bar.setAccessibleName(_("How much is done"))
        self._name_leave()

    def begin(self, text: str = "") -> None:
        """It is being done; `text`: what comes first."""
        self._under_way(True)
        self._say(text)
        self.show_progress(0)

    def show_progress(self, percent: int) -> None:
        """How far it is."""
        self.bar.setValue(percent)

    def show_step(self, text: str) -> None:
        """What is being done now."""
        if self.busy:
            self._say(text)

    def fail(self, text: str) -> None:
        """It is not done, and why."""
        self._under_way(False)
        self._say(text)
        self.main.setFocus()

    def reject(self) -> None:
        """Cancel what is being done, else close."""
        if self.busy:
            self.cancel_wanted.emit()
        else:
            super().reject()

    def grow(self) -> None:
        """Make room for what is in it now; nothing gets smaller under the mouse."""
        self.column.activate()
        needed = self.column.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed))

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
            self.extra.hide()
            self.bar.setFocus()  # not Cancel: Return may be pressed twice
        self._name_leave()

    def _name_leave(self) -> None:
        self.leave.setText(_("Cancel") if self.busy else _("Close"))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        needed = self.said.heightForWidth(WIDTH)
        if needed > self.said.minimumHeight():
            self.said.setMinimumHeight(needed)
            self.grow()
        self.main.setAccessibleDescription(text)
        self.leave.setAccessibleDescription(text)
