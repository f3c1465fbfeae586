"""The numbers of the day in a row."""

from collections.abc import Sequence

from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from plumbline.ui.appearance import quiet
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.day import Tile


class TileRow(QWidget):
    """One small column per number: its name, its value, an explanation on hover."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Replace all numbers."""
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        for index, tile in enumerate(tiles):
            if index:
                self._row.addWidget(_separator())
            self._row.addWidget(_column(tile))
        self._row.addStretch(1)

    def texts(self) -> list[tuple[str, str]]:
        """(name, value) as shown."""
        columns = [self._row.itemAt(n).widget() for n in range(self._row.count())]  # type: ignore[union-attr]
        found = [column.findChildren(QLabel) for column in columns if column]
        return [(labels[0].text(), labels[1].text()) for labels in found if len(labels) == 2]


def _column(tile: Tile) -> QWidget:
    column = QWidget()
    column.setToolTip(tile.explanation)
    column.setAccessibleName(f"{tile.name}: {tile.value}")
    column.setAccessibleDescription(tile.explanation)
    lines = QVBoxLayout(column)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(0)
    name, value = QLabel(tile.name), QLabel(tile.value)
    quiet(name)
    value.setFont(scaled(value, 1.3, bold=True))
    lines.addWidget(name)
    lines.addWidget(value)
    return column


def _separator() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Midlight)
    return line
