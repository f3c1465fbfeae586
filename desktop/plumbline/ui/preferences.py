"""What the window remembers, in a file of the data folder; nothing where it is not to remember.

Language, appearance, place and size are the person's: a demo has them from the person's own file.
"""

from contextlib import suppress
from pathlib import Path

from PyQt6.QtCore import QByteArray, QSettings

from plumbline import private

LANGUAGE, SCHEME, TRAY = "language", "scheme", "tray"
GEOMETRY, PAGE, RANGE = "geometry", "page", "range"
VIEW, COACH_PAGE, SUBJECT = "view", "coach_page", "subject"
PERSONAL = (LANGUAGE, SCHEME, TRAY, GEOMETRY)


class Preferences:
    """Names and values; `path` None forgets everything. `personal`: the file of `PERSONAL` ones."""

    def __init__(self, path: Path | None, personal: Path | None = None) -> None:
        self._rest = _file(path)
        self._personal = _file(personal) if path and personal else self._rest

    def text(self, name: str) -> str | None:
        """None where nothing is remembered."""
        value = self._value(name)
        return str(value) if value else None

    def bytes(self, name: str) -> QByteArray | None:
        """None where nothing is remembered."""
        value = self._value(name)
        return value if isinstance(value, QByteArray) else None

    def keep(self, **values: "str | QByteArray") -> None:
        """Remember these."""
        for name, value in values.items():
            file = self._of(name)
            if file:
                _make(Path(file.fileName()))
                file.setValue(name, value)
                file.sync()

    def _value(self, name: str) -> object:
        file = self._of(name)
        return file.value(name) if file else None

    def _of(self, name: str) -> QSettings | None:
        return self._personal if name in PERSONAL else self._rest


def _file(path: Path | None) -> QSettings | None:
    return QSettings(str(path), QSettings.Format.IniFormat) if path else None


def _make(path: Path) -> None:
    """Qt would make it, and the folder, for everybody to read."""
    with suppress(OSError):  # what cannot be made is not remembered, and the window goes on
        private.make_folder(path.parent)
        private.make_file(path)
