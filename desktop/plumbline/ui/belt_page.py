"""The page Belt: its state, what it told, its settings, its calibration."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.appearance import on_base, quiet
from plumbline.ui.calibration_panel import CalibrationPanel, heading
from plumbline.ui.care_panel import CarePanel
from plumbline.ui.settings_form import SettingsForm


class BeltPage(QScrollArea):
    """Two columns; scrolls where the window is small."""

    def __init__(self, settings: SettingsForm | None = None) -> None:
        super().__init__()
        self.message, self.told = QLabel(), QLabel()
        self.settings, self.calibration = settings or SettingsForm(), CalibrationPanel()
        self.care = CarePanel()
        self.absent = QLabel()
        self._headings = [heading("") for _n in range(5)]
        for label in (self.message, self.told):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._state = QFormLayout()
        self._state.setHorizontalSpacing(18)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        on_base(inside)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(20, 14, 20, 12)
        columns.setSpacing(40)
        columns.addLayout(self._left(), 3)
        columns.addLayout(self._right(), 6)
        self.setWidget(inside)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        texts = (
            _("State"),
            _("What the belt reported"),
            _("Calibration"),
            _("Reminders"),
            _("Maintenance"),
        )
        for label, text in zip(self._headings, texts, strict=True):
            label.setText(text)
        self.absent.setText(_("The belt's settings appear here when it is connected."))

    def show_state(self, rows: Sequence[tuple[str, str]], told: Sequence[str]) -> None:
        """Show what the presenter says."""
        while self._state.rowCount():
            self._state.removeRow(0)
        for name, value in rows:
            text = QLabel(value)
            text.setWordWrap(True)
            self._state.addRow(quiet(QLabel(name)), text)
        self.told.setText("\n".join(told) or _("Nothing out of the ordinary in the last 14 days."))

    def show_talk(self, message: str, *, open_: bool) -> None:
        """Whether the belt is there, and what to do where it is not."""
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.calibration.setEnabled(open_)
        self.care.setEnabled(open_)
        self.settings.setVisible(open_)
        self.absent.setVisible(not open_)
        if not open_:
            self.settings.lose()
            self.calibration.show_quality(None)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self._headings[0])
        column.addWidget(self.message)
        column.addLayout(self._state)
        column.addSpacing(12)
        column.addWidget(self._headings[1])
        column.addWidget(self.told)
        column.addSpacing(12)
        column.addWidget(self._headings[2])
        column.addWidget(self.calibration)
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self._headings[3])
        column.addWidget(self.absent)
        column.addWidget(self.settings)
        column.addSpacing(12)
        column.addWidget(self._headings[4])
        column.addWidget(self.care)
        column.addStretch(1)
        return column
