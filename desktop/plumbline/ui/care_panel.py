"""Looking after the belt: self-test and wipe."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _


class CarePanel(QWidget):
    """A row of buttons and what came of them."""

    selftest_wanted = pyqtSignal()
    update_wanted = pyqtSignal()
    wipe_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.selftest, self.update_, self.wipe = QPushButton(), QPushButton(), QPushButton()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.buttons = QHBoxLayout()
        for button in (self.selftest, self.update_, self.wipe):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.buttons)
        column.addWidget(self.said)
        self.selftest.clicked.connect(lambda: self.selftest_wanted.emit())
        self.update_.clicked.connect(lambda: self.update_wanted.emit())
        self.wipe.clicked.connect(lambda: self.wipe_wanted.emit())
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.selftest.setText(_("Self-test"))
        self.selftest.setToolTip(_("Have the belt test its parts; it buzzes once"))
        self.update_.setText(_("Update …"))
        self.update_.setToolTip(_("Put a newer firmware onto the belt, tried before it is kept"))
        self.wipe.setText(_("Wipe …"))
        self.wipe.setToolTip(_("Erase the belt's log or settings; asks first"))
        self.say("")

    def say(self, text: str) -> None:
        """What is going on, or what came of it."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def busy(self, busy: bool) -> None:
        """While the belt is at work it is asked nothing else."""
        self.selftest.setEnabled(not busy)
        self.update_.setEnabled(not busy)
        self.wipe.setEnabled(not busy)
