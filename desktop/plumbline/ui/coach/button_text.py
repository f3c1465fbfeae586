"""The words of a radio button or box: those themselves cannot break a line."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QSizePolicy


class ButtonText(QLabel):
    """Stands beside its button; a click on it is one on the button."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__()
        self._button = button
        self.setWordWrap(True)

    def say(self, text: str) -> None:
        """The words, for those who hear them too."""
        self.setText(text)
        self._button.setAccessibleName(text)

    def row(self) -> QHBoxLayout:
        """Button and words side by side."""
        row, fixed = QHBoxLayout(), QSizePolicy.Policy.Fixed
        self._button.setSizePolicy(fixed, fixed)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self, 1)
        row.addStretch()
        return row

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Ours, and so is the release."""
        if event:
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Click the button."""
        if event:
            event.accept()
        self._button.click()
