"""What there is to do before the first data."""

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _
from plumbline.ui.appearance import on_base, quiet
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.status import SyncState, present_empty

TEXT_WIDTH = 460


class EmptyPage(QWidget):
    """Connect your belt, try it with a virtual one, or begin with the coach. `kept`: the virtual
    one has been tried before, and its days are still there.

    `action_wanted`: the way out of what is wrong; `remove_wanted`: the way out of the demo.
    """

    action_wanted = pyqtSignal()
    remove_wanted = pyqtSignal()
    demo_wanted = pyqtSignal()
    coach_wanted = pyqtSignal()

    def __init__(self, *, demo: bool, kept: bool = False) -> None:
        super().__init__()
        on_base(self)
        self._demo, self._kept = demo, kept
        self._state = SyncState()
        self.title, self.text, self.hint = QLabel(), QLabel(), quiet(QLabel())
        self.trouble, self.action = QLabel(), QPushButton()
        self.action.clicked.connect(lambda: self.action_wanted.emit())
        self.remove = QPushButton()
        self.remove.setFlat(True)
        self.remove.clicked.connect(lambda: self.remove_wanted.emit())
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
        told = (self.title, self.text, self.progress, self.trouble, self.action, self.remove)
        for widget in (*told, *ways):
            if isinstance(widget, QPushButton):
                column.addSpacing(10)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.show_trouble("", "")
        self.retranslate()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Space and Return press what is first."""
        super().showEvent(event)
        if not self._demo:
            self.demo_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.show_state(self._state)
        self.progress.setAccessibleName(_("Waiting for the belt"))
        self.remove.setText(_("Remove demo data"))
        self.demo_button.setText(
            _("Go on with the virtual belt") if self._kept else _("Try it with a virtual belt")
        )
        _wrap(self.hint, _kept_hint() if self._kept else _hint())
        self.coach_button.setText(_("Begin with the coach"))
        _wrap(self.coach_hint, _coach_hint())

    def show_state(self, state: SyncState) -> None:
        """What is under way with the belt."""
        self._state = state
        title, text = present_empty(state, demo=self._demo)
        self.title.setText(title)
        _wrap(self.text, text)
        self.text.setVisible(bool(text))

    def show_trouble(self, text: str, action: str) -> None:
        """What is wrong, and the button that helps; nothing where the text is empty."""
        _wrap(self.trouble, text)
        self.action.setText(action)
        self.action.setAccessibleDescription(text)
        self.trouble.setVisible(bool(text))
        self.action.setVisible(bool(text and action))
        self.remove.setVisible(bool(text) and self._demo)

    def show_progress(self, percent: int | None) -> None:
        """As the status bar has it: None hides, -1 has no known end."""
        self.progress.setVisible(percent is not None)
        self.progress.setRange(0, 0 if percent == -1 else 100)
        self.progress.setValue(max(0, percent or 0))


def _hint() -> str:
    return _(
        "The virtual belt runs the real firmware on recorded motion; "
        "its days are kept apart from yours."
    )


def _kept_hint() -> str:
    return _(
        "Its days, and what you entered there, are still here; they are kept apart from yours."
    )


def _coach_hint() -> str:
    return _(
        "Exercises, diary and short lessons need no belt; what it sees is added when it comes."
    )


def _wrap(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setWordWrap(True)
    label.setFixedSize(TEXT_WIDTH, max(0, label.heightForWidth(TEXT_WIDTH)))
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
