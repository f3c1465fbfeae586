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
        self._columns: list[Column] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Replace all numbers; columns are made anew only where there are more or fewer."""
        if len(tiles) != len(self._columns):
            self._make(len(tiles))
        for column, tile in zip(self._columns, tiles, strict=True):
            column.show_tile(tile)

    def texts(self) -> list[tuple[str, str]]:
        """(name, value) as shown."""
        return [(column.name.text(), column.value.text()) for column in self._columns]

    def _make(self, count: int) -> None:
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        self._columns = [Column() for _n in range(count)]
        for index, column in enumerate(self._columns):
            if index:
                self._row.addWidget(_separator())
            self._row.addWidget(column)
        self._row.addStretch(1)


class Column(QWidget):
    """A number under its name."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.value = quiet(QLabel()), QLabel()
        self.value.setFont(scaled(self.value, 1.3, bold=True))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.name)
        lines.addWidget(self.value)

    def show_tile(self, tile: Tile) -> None:
        """Show what the presenter says."""
        self.name.setText(tile.name)
        self.value.setText(tile.value)
        self.setToolTip(tile.explanation)
        self.setAccessibleName(f"{tile.name}: {tile.value}")
        self.setAccessibleDescription(tile.explanation)


def _separator() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.VLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Midlight)
    return line
