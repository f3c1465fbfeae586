"""A list of entries with buttons under it."""

from collections.abc import Callable, Sequence
from html import escape

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from plumbline.i18n import _
from plumbline.ui.appearance import framed
from plumbline.ui.calibration_panel import heading
from plumbline.ui.presenters.people import Line

Text = Callable[[], str]
LONGEST_TIP = 2000


class EntryList(QWidget):
    """`acts`: what can be done with the chosen entry, by a text made at use time.

    Emits `acted(act, entry)`; Return or a double click emits `opened(day)` where one has a day.
    """

    acted = pyqtSignal(str, str)
    opened = pyqtSignal(object)

    def __init__(self, title: Text, acts: dict[str, Text], *, rows: int = 4) -> None:
        super().__init__()
        self._title, self._acts = title, acts
        self.title, self.list = heading(""), QListWidget()
        self.list.setWordWrap(True)
        framed(self.list)
        self.list.setMinimumHeight(self.list.fontMetrics().height() * rows + 8)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.buttons = {name: QPushButton() for name in acts}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked, act=name: self._act(act))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.list.itemActivated.connect(self._open)
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        self.title.setText(self._title())
        self.list.setAccessibleName(self._title())
        for name, button in self.buttons.items():
            button.setText(self._acts[name]())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace all entries; the chosen one stays chosen where it is still there."""
        chosen = self.chosen()
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(line.text)
            item.setData(Qt.ItemDataRole.UserRole, line)
            if line.whole:
                item.setToolTip(f"<qt>{escape(line.whole[:LONGEST_TIP])}</qt>")
            self.list.addItem(item)
            if line.name == chosen:
                self.list.setCurrentItem(item)
        if not lines:
            item = QListWidgetItem(_("none"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self._enable()

    def texts(self) -> list[str]:
        """The entries as shown."""
        items = [self.list.item(n) for n in range(self.list.count())]
        return [item.text() for item in items if item and item.data(Qt.ItemDataRole.UserRole)]

    def line(self) -> Line | None:
        """The chosen entry."""
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item else None
        return found if isinstance(found, Line) else None

    def chosen(self) -> str:
        """The chosen entry's id, empty where there is none."""
        line = self.line()
        return line.name if line else ""

    def _enable(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(bool(self.chosen()))

    def _act(self, act: str) -> None:
        if self.chosen():
            self.acted.emit(act, self.chosen())

    def _open(self, item: QListWidgetItem) -> None:
        line = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(line, Line) and line.day:
            self.opened.emit(line.day)
