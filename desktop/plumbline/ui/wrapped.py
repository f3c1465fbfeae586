"""A label whose lines are never squeezed."""

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLabel, QSizePolicy

from plumbline.ui.appearance import as_typed


class Wrapped(QLabel):
    """Shows what people typed, in as many lines as it takes, and makes nothing wider.

    Inside what scrolls, Qt gives a label with several lines the room of fewer where others want
    room, too; so it says how high it must be at the width it has.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        as_typed(self).setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str | None) -> None:
        """Other words may take other lines."""
        super().setText(text)
        self._take_room()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Another width may, too."""
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        self.setMinimumHeight(0)  # else what was needed before is asked for again
        if self.text():
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))
