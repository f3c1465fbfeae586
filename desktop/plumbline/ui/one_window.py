"""One window on a data folder: who starts the program again gets the one that is open.

Two of them would take the belt from each other. The first listens on a local socket of its user;
a second start finds it there, asks it to show itself, and ends.
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow

WAIT_MS = 1000
NAME_DIGITS = 16


def shown_elsewhere(folder: Path) -> bool:
    """Whether a window on the folder is open; it has been asked to come to the front."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.disconnectFromServer()
    return True


class OneWindow(QObject):
    """Brings the window back whenever the program is started again on the folder."""

    def __init__(self, folder: Path, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)
        window.closing.connect(self._server.close)
        name = _name(folder)
        QLocalServer.removeServer(name)  # nobody listens there, or `shown_elsewhere` had said so
        self._server.listen(name)  # where it cannot, a second window is no worse than before

    def _asked(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.disconnected.connect(socket.deleteLater)
            self._window.tray.bring_back()


def _name(folder: Path) -> str:
    """The user's own folder for such things where there is one, else the system's."""
    digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:NAME_DIGITS]
    name, place = f"plumbline-{digest}", os.environ.get("XDG_RUNTIME_DIR")
    return str(Path(place) / name) if place and Path(place).is_dir() else name
