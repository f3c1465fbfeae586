"""The page Live: the trunk as it moves."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.appearance import quiet
from plumbline.ui.figure import Figure
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.live import LiveView
from plumbline.ui.theme import Theme


class LivePage(QWidget):
    """Posture in words, the figure, notes, and the connection's quality."""

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setFont(scaled(self.title, 1.35, bold=True))
        self.posture, self.message, self.notes = QLabel(), QLabel(), QLabel()
        self.quality, self.delay = quiet(QLabel()), quiet(QLabel())
        self.posture.setFont(scaled(self.posture, 1.25))
        self.message.setFont(scaled(self.message, 1.25))
        for label in (self.message, self.notes):
            label.setWordWrap(True)
        self.quality.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.figure = Figure()
        header = QHBoxLayout()
        header.addWidget(self.title)
        header.addWidget(self.quality, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 12)
        page.setSpacing(10)
        page.addLayout(header)
        said = QHBoxLayout()
        said.setSpacing(12)
        said.addWidget(self.posture)
        said.addWidget(self.delay, 1)
        page.addWidget(self.message)
        page.addLayout(said)
        page.addWidget(self.figure, 1)
        page.addWidget(self.notes)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.title.setText(_("Trunk as it moves"))

    def show_live(self, view: LiveView, theme: Theme) -> None:
        """Show what the presenter says."""
        self.message.setText(view.message)
        self.message.setVisible(bool(view.message))
        self.posture.setText(view.posture)
        self.posture.setVisible(not view.message)
        self.delay.setText(view.delay)
        self.quality.setText(view.quality)
        self.notes.setText("\n".join(view.notes))
        self.figure.show_lean(view, theme)
