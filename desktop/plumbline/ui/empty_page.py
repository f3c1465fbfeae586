"""What there is to do before the first data."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.appearance import on_base, quiet
from plumbline.ui.fonts import scaled

TEXT_WIDTH = 460


class EmptyPage(QWidget):
    """Connect your belt, try it with a virtual one, or begin with the coach."""

    demo_wanted = pyqtSignal()
    coach_wanted = pyqtSignal()

    def __init__(self, *, demo: bool) -> None:
        super().__init__()
        on_base(self)
        self._demo = demo
        self.title, self.text, self.hint = QLabel(), QLabel(), quiet(QLabel())
        self.title.setFont(scaled(self.title, 1.8, bold=True))
        self.progress = QProgressBar()
        self.progress.setFixedWidth(TEXT_WIDTH)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setVisible(demo)
        self.demo_button = QPushButton()
        self.demo_button.clicked.connect(lambda: self.demo_wanted.emit())
        self.demo_button.setVisible(not demo)
        self.coach_button = QPushButton()
        self.coach_button.clicked.connect(lambda: self.coach_wanted.emit())
        self.coach_button.setVisible(not demo)
        self.coach_hint = quiet(QLabel())
        self.coach_hint.setVisible(not demo)
        self.hint.setVisible(not demo)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        ways = (self.demo_button, self.hint, self.coach_button, self.coach_hint)
        for widget in (self.title, self.text, self.progress, *ways):
            if isinstance(widget, QPushButton):
                column.addSpacing(10)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        demo = self._demo
        self.title.setText(
            _("Fetching the virtual belt's days") if demo else _("Connect your belt")
        )
        _wrap(self.text, _demo_text() if demo else _text())
        self.progress.setAccessibleName(_("Waiting for the belt"))
        self.demo_button.setText(_("Try it with a virtual belt"))
        _wrap(self.hint, _hint())
        self.coach_button.setText(_("Begin with the coach"))
        _wrap(self.coach_hint, _coach_hint())

    def show_progress(self, percent: int | None) -> None:
        """As the status bar has it: None hides, -1 has no known end."""
        self.progress.setVisible(percent is not None)
        self.progress.setRange(0, 0 if percent == -1 else 100)
        self.progress.setValue(max(0, percent or 0))


def _text() -> str:
    return _(
        "Plug the belt into a USB port of this computer. Plumbline finds it, fetches its days "
        "and shows them here; there is nothing to fill in."
    )


def _demo_text() -> str:
    return _(
        "The virtual belt starts the real firmware and offers four weeks of workdays made from "
        "recorded motion. They appear here in a moment."
    )


def _hint() -> str:
    return _(
        "The virtual belt runs the real firmware on recorded motion; "
        "its days are kept apart from yours."
    )


def _coach_hint() -> str:
    return _(
        "Exercises, diary and short lessons need no belt; what it sees is added when it comes."
    )


def _wrap(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setWordWrap(True)
    label.setFixedSize(TEXT_WIDTH, label.heightForWidth(TEXT_WIDTH))
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
