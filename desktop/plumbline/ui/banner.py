"""A message at the top of the window, when something is wrong and what to do."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from plumbline.i18n import _
from plumbline.ui.appearance import coloured
from plumbline.ui.theme import Theme


class Banner(QFrame):
    """Hidden while all is well; closing it hides the message until there is another one.

    `action_wanted`: what was offered as the way out.
    """

    action_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._closed_text = ""
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.action = QPushButton()
        self.action.hide()
        self.action.clicked.connect(lambda: self.action_wanted.emit())
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 12, 8)
        row.addWidget(self.label, 1)
        row.addWidget(self.action)
        row.addWidget(self.close_button)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.close_button.setAccessibleName(_("Close the message"))
        self.close_button.setToolTip(_("Close the message"))

    def show_message(self, text: str, theme: Theme) -> None:
        """Show the sentence; an empty one hides the banner."""
        coloured(self, theme.warning, theme.text)
        if not text:
            self._closed_text = ""
        self.label.setText(text)
        self.setVisible(bool(text) and text != self._closed_text)

    def offer(self, action: str) -> None:
        """A button beside the message; an empty text takes it away."""
        self.action.setText(action)
        self.action.setVisible(bool(action))

    def _close(self) -> None:
        self._closed_text = self.label.text()
        self.hide()
