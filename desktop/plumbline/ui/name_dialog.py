"""Asks for a name: of a wearer, of a bookmark."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from plumbline.i18n import _
from plumbline.people.records import LONGEST_NAME
from plumbline.ui.appearance import quiet
from plumbline.ui.dialogues import TEXT_WIDTH, add_buttons, column_in
from plumbline.ui.titles import entitle


class NameDialog(QDialog):
    """`named(name)` when it is given. `may_be_empty`: what is called by its time needs no name."""

    named = pyqtSignal(str)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        main: str,
        name: str = "",
        told: str = "",
        may_be_empty: bool = False,
    ) -> None:
        super().__init__(parent)
        self._may_be_empty = may_be_empty
        entitle(self, title)
        self.label, self.given = QLabel(_("&Name:")), QLineEdit(name)
        self.label.setBuddy(self.given)
        self.given.setMaxLength(LONGEST_NAME)
        self.given.setMinimumWidth(TEXT_WIDTH)
        self.given.setAccessibleName(_("Name"))
        self.given.selectAll()
        self.told = quiet(QLabel(told))
        self.told.setWordWrap(True)
        self.told.setVisible(bool(told))
        self.main, self.leave = QPushButton(main), QPushButton(_("Cancel"))
        column = column_in(self)
        for widget in (self.label, self.given, self.told):
            column.addWidget(widget)
        add_buttons(column, self.main, self.leave)
        self.main.clicked.connect(self._give)
        self.leave.clicked.connect(self.reject)
        self.given.textChanged.connect(lambda _text: self._enable())
        self._enable()

    def _enable(self) -> None:
        self.main.setEnabled(self._may_be_empty or bool(self.given.text().strip()))

    def _give(self) -> None:
        self.named.emit(self.given.text())
        self.accept()
