"""The calibration on the page Belt: how good it is, and the way to a new one."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.calibration import calibration_text


class CalibrationPanel(QWidget):
    """`wanted` when a calibration is to begin."""

    wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.text, self.button = QLabel(), QPushButton()
        self.text.setWordWrap(True)
        self.button.clicked.connect(lambda: self.wanted.emit())
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addLayout(row)
        self._quality: int | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.button.setText(_("Calibrate …"))
        self.button.setToolTip(_("Stand, sit and bow once: half a minute, step by step"))
        self._show()

    def show_quality(self, quality: int | None) -> None:
        """How good the calibration is, 0 where there is none, None while it is not known."""
        self._quality = quality
        self._show()

    def _show(self) -> None:
        self.text.setText("" if self._quality is None else calibration_text(self._quality))
        self.text.setVisible(self._quality is not None)


def heading(text: str) -> QLabel:
    """A part's title on the page Belt."""
    label = QLabel(text)
    label.setFont(scaled(label, 1.15, bold=True))
    return label
