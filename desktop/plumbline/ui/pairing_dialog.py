"""Asks for the button of a new belt, and says what came of it."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.dialogues import TEXT_WIDTH, add_buttons, column_in
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.pairing import Pairing, present_pairing
from plumbline.ui.titles import entitle

SAID_LINES = 3
"""Room for what is said, so that nothing jumps when it comes."""


class PairingDialog(QDialog):
    """Shows a `Pairing`; `main_wanted`: try again, or close where it is done."""

    main_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.said, self.bar = QLabel(), QLabel(), QProgressBar()
        self.main, self.leave = QPushButton(), QPushButton()
        self._pairing = Pairing()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        for label in (self.text, self.said):
            label.setWordWrap(True)
            label.setFixedWidth(TEXT_WIDTH)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setFont(scaled(self.text, 1.1))
        self.said.setMinimumHeight(SAID_LINES * self.said.fontMetrics().height())
        column = column_in(self)
        for widget in (self.text, self.bar, self.said):
            column.addWidget(widget)
        add_buttons(column, self.main, self.leave)
        self.main.clicked.connect(lambda: self.main_wanted.emit())
        self.leave.clicked.connect(self.reject)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        entitle(self, _("Pair a new belt"))
        self.leave.setText(_("Cancel"))
        self.bar.setAccessibleName(_("Time that is left for the button"))
        self.show_pairing(self._pairing)

    def show_pairing(self, pairing: Pairing) -> None:
        """Show how far it is."""
        self._pairing = pairing
        view = present_pairing(pairing)
        for label, text in ((self.text, view.text), (self.said, view.said)):
            label.setText(text)
            needed = label.heightForWidth(TEXT_WIDTH)
            label.setMinimumHeight(max(label.minimumHeight(), needed))  # it never jumps back
        self.bar.setVisible(view.percent is not None)
        self.bar.setValue(view.percent or 0)
        self.main.setText(view.main)
        self.main.setVisible(bool(view.main))
        self.leave.setVisible(view.can_cancel)
        focused = self.main if view.main else self.leave
        focused.setAccessibleDescription(f"{view.text} {view.said}".strip())
        focused.setFocus()
        self.main.setDefault(bool(view.main))
