"""The guided calibration as a dialogue: the steps, what to do now, and the trunk as it moves."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.dialogues import add_buttons, column_in
from plumbline.ui.figure import Figure
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.calibration import Wizard, WizardView, present_wizard, step_names
from plumbline.ui.titles import entitle

TEXT_WIDTH = 330
SIZE = (860, 500)
SAID_LINES = 3
"""Room for what is said, so that nothing jumps when it comes."""


class CalibrationDialog(QDialog):
    """Shows a `Wizard`; `main_wanted`, `skip_wanted` and `repeat_wanted(place)` are its buttons."""

    main_wanted = pyqtSignal()
    skip_wanted = pyqtSignal()
    repeat_wanted = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.text, self.said = QLabel(), QLabel(), QLabel()
        self.steps = [QLabel() for _step in step_names()]
        self.bar, self.figure = QProgressBar(), Figure()
        self.main, self.skip, self.leave = QPushButton(), QPushButton(), QPushButton()
        self.repeats = [QPushButton() for _step in step_names()]
        self._wizard = Wizard()
        self._build()
        self.main.clicked.connect(lambda: self.main_wanted.emit())
        self.skip.clicked.connect(lambda: self.skip_wanted.emit())
        self.leave.clicked.connect(self.reject)
        for place, button in enumerate(self.repeats):
            button.clicked.connect(lambda _checked, at=place: self.repeat_wanted.emit(at))
        self.resize(*SIZE)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        entitle(self, _("Calibrate the belt"))
        self.bar.setAccessibleName(_("How much of the step the belt has seen"))
        self.skip.setText(_("Leave this step out"))
        texts = (_("All steps again"), _("Sit again"), _("Bow again"))
        for button, text in zip(self.repeats, texts, strict=True):
            button.setText(text)
        self.show_wizard(self._wizard)

    def show_wizard(self, wizard: Wizard) -> None:
        """Show where the calibration stands."""
        self._wizard = wizard
        view = present_wizard(wizard)
        for place, label in enumerate(self.steps):
            label.setText(view.steps[place])
            label.setFont(scaled(self, 1.0, bold=place == view.current))
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.said.setText(view.said)
        self.said.setVisible(not view.is_over)
        self.bar.setVisible(view.percent is not None)
        self.bar.setValue(view.percent or 0)
        self._show_buttons(view)

    def _show_buttons(self, view: WizardView) -> None:
        had_focus = any(each.hasFocus() for each in (self.main, self.skip, *self.repeats))
        self.main.setText(view.main)
        self.main.setVisible(bool(view.main))
        self.skip.setVisible(view.can_skip)
        self.leave.setText(_("Cancel"))
        self.leave.setVisible(not view.is_over)
        told = " ".join(filter(None, (view.title + ".", view.text, view.said)))
        for button in (self.main, self.leave):  # one has the focus: a screen reader reads it there
            button.setAccessibleDescription(told)
        for place, button in enumerate(self.repeats):
            button.setVisible(place in view.repeats)
        if view.main:
            self.main.setDefault(True)
            self.main.setFocus()
        elif had_focus:
            self.leave.setFocus()

    def _build(self) -> None:
        self.title.setFont(scaled(self.title, 1.35, bold=True))
        self.said.setFont(scaled(self.said, 1.15))
        for label in (self.title, self.text, self.said):
            label.setWordWrap(True)
            label.setMinimumWidth(TEXT_WIDTH)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said.setMinimumHeight(SAID_LINES * self.said.fontMetrics().height())
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        room = self.bar.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(room)
        words = QVBoxLayout()
        words.setSpacing(12)
        for label in self.steps:
            words.addWidget(label)
        words.addSpacing(8)
        for widget in (self.title, self.text, self.bar, self.said):
            words.addWidget(widget)
        words.addStretch(1)
        upper = QHBoxLayout()
        upper.setSpacing(28)
        upper.addLayout(words, 4)
        upper.addWidget(self.figure, 5)
        column = column_in(self)
        column.addLayout(upper, 1)
        add_buttons(column, self.main, self.leave, others=[self.skip], aside=self.repeats)
