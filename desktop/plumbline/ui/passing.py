"""A passing message in the status bar's place: what was just done, and a button that takes it
back. Nothing on the page moves when it comes and goes, so no click meets another button."""

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from plumbline.i18n import _
from plumbline.ui.appearance import as_typed
from plumbline.ui.belt_label import BeltLabel

SHOWN_MS = 12_000


class Passing(QFrame):
    """Hides by itself after a while; Ctrl+Z works even then."""

    undo_wanted = pyqtSignal()
    shown = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.label, self.button = QLabel(), QPushButton()
        self.belt = BeltLabel()  # what stands at the end of the status bar stays in sight
        as_typed(self.label).setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 20, 0)
        row.setSpacing(12)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        row.addWidget(self.belt)
        self.button.clicked.connect(lambda: self.undo_wanted.emit())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.button.setText(_("Undo"))
        self.button.setToolTip(_("Take it back (Ctrl+Z)"))
        self.label.clear()  # a sentence said before cannot be said anew
        self._end()

    def say(self, text: str, undoable: bool) -> None:
        """Show the sentence for a while."""
        self.label.setText(text)
        self.button.setVisible(undoable)
        self.show()
        self.shown.emit(True)
        self._timer.start(SHOWN_MS)

    def _end(self) -> None:
        self.hide()
        self.shown.emit(False)
