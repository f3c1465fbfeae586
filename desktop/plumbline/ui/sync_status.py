"""The status bar's words on belt and sync."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from plumbline.i18n import _
from plumbline.ui.presenters.status import StatusView

BAR_WIDTH = 180


class SyncStatus(QWidget):
    """Text, progress while fetching, a button to stop."""

    cancel_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.text = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(BAR_WIDTH)
        self.stop = QPushButton()
        self.stop.clicked.connect(lambda: self.cancel_wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.text, self.bar, self.stop):
            row.addWidget(widget)
        row.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.text.setToolTip(_("A connected belt is synced by itself; F5 syncs at once"))
        self.bar.setAccessibleName(_("Progress of the sync"))
        self.stop.setText(_("Stop"))
        self.stop.setAccessibleName(_("Stop the sync"))
        self.setMinimumHeight(self.stop.sizeHint().height())  # without it, too: the page stays

    def show_status(self, view: StatusView, *, with_bar: bool = True) -> None:
        """Show what the presenter says; without a bar where the page in front has one."""
        self.text.setText(view.text)
        self.bar.setVisible(with_bar and view.percent is not None)
        self.bar.setRange(0, 0 if view.percent == -1 else 100)
        self.bar.setValue(max(0, view.percent or 0))
        self.stop.setVisible(view.can_cancel)
