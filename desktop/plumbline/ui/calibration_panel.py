"""The guided calibration: a button a step, what to do, what came of it."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.calibration import steps


class CalibrationPanel(QWidget):
    """`step_wanted` with the step's number; a step can be pressed again at any time."""

    step_wanted = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setMinimumHeight(3 * self.text.fontMetrics().height())
        self.buttons: dict[int, QPushButton] = {}
        row = QHBoxLayout()
        for step in steps():
            button = QPushButton()
            button.clicked.connect(lambda _checked, code=step.code: self._begin(code))
            self.buttons[step.code] = button
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.text)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language; what a step said is gone."""
        for step in steps():
            self.buttons[step.code].setText(step.button)
            self.buttons[step.code].setToolTip(step.task)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Say what this is for."""
        self.text.setText(
            _(
                "Three short steps teach the belt how it sits on you. Put it on as you wear it "
                "and keep the cable loose."
            )
        )

    def say(self, text: str) -> None:
        """What came of the step."""
        self.text.setText(text)

    def _begin(self, code: int) -> None:
        self.text.setText(next(step.task for step in steps() if step.code == code))
        self.step_wanted.emit(code)


def heading(text: str) -> QLabel:
    """A part's title on the page Belt."""
    label = QLabel(text)
    label.setFont(scaled(label, 1.15, bold=True))
    return label
