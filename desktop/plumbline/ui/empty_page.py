"""What there is to do before the first data."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.appearance import on_base, quiet
from plumbline.ui.fonts import scaled

TEXT_WIDTH = 460


class EmptyPage(QWidget):
    """Connect your belt, or try it with a virtual one."""

    demo_wanted = pyqtSignal()

    def __init__(self, *, demo: bool) -> None:
        super().__init__()
        on_base(self)
        title = QLabel(_("Fetching the virtual belt's days") if demo else _("Connect your belt"))
        title.setFont(scaled(title, 1.8, bold=True))
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(
            _wrapped(_demo_text() if demo else _text()), 0, Qt.AlignmentFlag.AlignHCenter
        )
        self.progress = QProgressBar()
        self.progress.setFixedWidth(TEXT_WIDTH)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setVisible(demo)
        self.progress.setAccessibleName(_("Waiting for the belt"))
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        self.demo_button = QPushButton(_("Try it with a virtual belt"))
        self.demo_button.clicked.connect(lambda: self.demo_wanted.emit())
        self.demo_button.setVisible(not demo)
        hint = quiet(
            _wrapped(
                _(
                    "The virtual belt runs the real firmware on recorded motion; "
                    "its days are kept apart from yours."
                )
            )
        )
        hint.setVisible(not demo)
        column.addSpacing(10)
        column.addWidget(self.demo_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(hint, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

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


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setFixedSize(TEXT_WIDTH, label.heightForWidth(TEXT_WIDTH))
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
