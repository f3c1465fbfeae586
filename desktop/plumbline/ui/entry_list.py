"""Entries under a heading, each with what can be done with it; grows with what there is."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from plumbline.i18n import _, ngettext
from plumbline.ui.calibration_panel import heading
from plumbline.ui.coach.sub_page import emptied
from plumbline.ui.fonts import scaled
from plumbline.ui.presenters.people import Line
from plumbline.ui.wrapped import Wrapped

Text = Callable[[], str]
LONGEST_TIP = 2000
AT_FIRST, MORE = 6, 20
SHOW = "show"
"""The act of going to the day of an entry."""


class EntryList(QWidget):
    """`acts`: what can be done with an entry, by a text made at use time. `part`: of a section.

    Emits `acted(act, entry)`, and `opened(day)` for an entry that has a day. Takes no room where
    there is nothing; of many, a few are shown and a button brings more.
    """

    acted = pyqtSignal(str, str)
    opened = pyqtSignal(object)
    rows_made = pyqtSignal()

    def __init__(self, title: Text | None, acts: dict[str, Text], *, part: bool = False) -> None:
        super().__init__()
        self._title, self._acts = title, acts
        self._lines: tuple[Line, ...] = ()
        self._shown = AT_FIRST
        self.title, self.more, self._rows = heading(""), QPushButton(), QVBoxLayout()
        self._rows.setSpacing(4)
        if part:
            self.title.setFont(scaled(self, 1.0, bold=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(self._rows)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self._show_more)
        self.title.setVisible(title is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        if self._title:
            self.title.setText(self._title())
        self._fill()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Replace all entries; whoever was at a button stays at the one in its place."""
        if tuple(lines) == self._lines:
            return
        self._lines, at = tuple(lines), self._focused()
        self._fill()
        if at and self._shown_lines:
            row, act = min(at[0], len(self._shown_lines) - 1), at[1]
            buttons = self._buttons_of(row)
            buttons.get(act, next(iter(buttons.values()))).setFocus()

    def texts(self) -> list[str]:
        """The entries as shown."""
        labels = (self._row(n).findChild(QLabel) for n in range(self._rows.count()))
        return [label.text() for label in labels if label]

    def line(self, name: str) -> Line | None:
        """The entry with this id."""
        return next((line for line in self._lines if line.name == name), None)

    def button(self, act: str, row: int = 0) -> QPushButton:
        """What does `act` with the entry in this row."""
        return self._buttons_of(row)[act]

    @property
    def _shown_lines(self) -> tuple[Line, ...]:
        return self._lines[: self._shown]

    def _row(self, place: int) -> QWidget:
        item = self._rows.itemAt(place)
        found = item.widget() if item else None
        assert found is not None
        return found

    def _buttons_of(self, row: int) -> dict[str, QPushButton]:
        return {each.objectName(): each for each in self._row(row).findChildren(QPushButton)}

    def _focused(self) -> tuple[int, str] | None:
        for row in range(self._rows.count()):
            for act, button in self._buttons_of(row).items():
                if button.hasFocus():
                    return row, act
        return None

    def _fill(self) -> None:
        emptied(self._rows)
        for line in self._shown_lines:
            self._rows.addWidget(self._made(line))
        left = len(self._lines) - len(self._shown_lines)
        text = ngettext("Show {n} more", "Show {n} more", min(left, MORE))
        self.more.setText(text.format(n=min(left, MORE)))
        self.more.setVisible(left > 0)
        self.setVisible(bool(self._lines))
        self.rows_made.emit()

    def _show_more(self) -> None:
        first = self._rows.count()
        self._shown += MORE
        self._fill()
        next(iter(self._buttons_of(first).values())).setFocus()

    def _made(self, line: Line) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        label = Wrapped(line.text)
        if line.whole:
            label.setToolTip(f"<qt>{escape(line.whole[:LONGEST_TIP])}</qt>")
        across.addWidget(label, 1)
        if line.day:
            across.addWidget(self._button(SHOW, _("Show"), line))
        for act, text in self._acts.items():
            across.addWidget(self._button(act, text(), line))
        return row

    def _button(self, act: str, text: str, line: Line) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(act)
        button.setAccessibleDescription(line.text)
        if act == SHOW:
            button.setToolTip(_("Show this day on Today"))
            button.clicked.connect(partial(self.opened.emit, line.day))
        else:
            button.clicked.connect(partial(self.acted.emit, act, line.name))
        return button
