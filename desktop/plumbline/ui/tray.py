"""An icon in the notification area, for those who want one: belts are synced without a window."""

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QSystemTrayIcon

from plumbline.i18n import _
from plumbline.ui.icon import plumb_line

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow


OPENS = {
    QSystemTrayIcon.ActivationReason.Trigger,
    QSystemTrayIcon.ActivationReason.DoubleClick,
    QSystemTrayIcon.ActivationReason.MiddleClick,
}
"""What opens the window; the other mouse button opens the menu."""


class Tray(QObject):
    """While it is shown, closing the window only hides it.

    A message says so the first time, and after that only what is wrong.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.icon = QSystemTrayIcon(plumb_line(), self)
        self.menu = QMenu(window)
        self.open, self.sync, self.quit = QAction(self), QAction(self), QAction(self)
        self.menu.addActions([self.open, self.sync, self.quit])
        self.icon.setContextMenu(self.menu)
        self.open.triggered.connect(self.bring_back)
        self.sync.triggered.connect(window.sync.ask_now)
        self.quit.triggered.connect(window.leave)
        self.icon.activated.connect(self._activated)
        self.shown = False
        self._told = False
        window.installEventFilter(self)
        self.retranslate()

    @staticmethod
    def possible() -> bool:
        """Whether this desktop has a place for it."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.open.setText(_("Open Plumbline"))
        self.sync.setText(_("Sync now"))
        self.quit.setText(_("Quit"))
        self.icon.setToolTip(_("Plumbline"))

    def show(self, wanted: bool) -> None:
        """Show or hide the icon."""
        self.shown = wanted and self.possible()
        self.icon.setVisible(self.shown)

    def tell(self, text: str) -> None:
        """What is wrong and what to do, while no window shows it."""
        if self.shown and text and not self._window.isVisible():
            self.icon.showMessage(_("Plumbline"), text, plumb_line())

    def eventFilter(self, _window: QObject | None, event: QEvent | None) -> bool:
        """Where the window went, the first time it goes there."""
        if event and event.type() == QEvent.Type.Hide and not event.spontaneous():
            if not self._told:
                self.tell(_("Plumbline goes on fetching. This icon opens it again and quits it."))
            self._told = self._told or self.shown
        return False

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in OPENS:
            self.bring_back()

    def bring_back(self) -> None:
        """Show the window again, as large as it was."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
