"""Where on this computer people keep what they save."""

from pathlib import Path

from PyQt6.QtCore import QStandardPaths


def documents() -> Path:
    """The folder for documents, as the desktop names it."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found else Path.home()
