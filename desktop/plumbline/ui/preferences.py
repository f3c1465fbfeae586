"""What the window remembers, in a file of the data folder; nothing where it is not to remember."""

from pathlib import Path

from PyQt6.QtCore import QByteArray, QSettings

LANGUAGE, SCHEME, TRAY = "language", "scheme", "tray"
GEOMETRY, PAGE, RANGE = "geometry", "page", "range"


class Preferences:
    """Names and values; `path` None forgets everything."""

    def __init__(self, path: Path | None) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat) if path else None

    def text(self, name: str) -> str | None:
        """None where nothing is remembered."""
        value = self._file.value(name) if self._file else None
        return str(value) if value else None

    def bytes(self, name: str) -> QByteArray | None:
        """None where nothing is remembered."""
        value = self._file.value(name) if self._file else None
        return value if isinstance(value, QByteArray) else None

    def keep(self, **values: "str | QByteArray") -> None:
        """Remember these."""
        if self._file:
            for name, value in values.items():
                self._file.setValue(name, value)
            self._file.sync()
