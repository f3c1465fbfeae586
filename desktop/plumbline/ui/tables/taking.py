"""Copies a table, all of it or the rows chosen, and offers to save it."""

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QGuiApplication, QKeySequence
from PyQt6.QtWidgets import QPushButton, QTableWidget

from plumbline.i18n import _, ngettext, number
from plumbline.ui.presenters.sheet import Sheet
from plumbline.ui.titles import is_made_up


class TableTaking(QObject):
    """Gives `table` Ctrl+C and a context menu; `copy` and `save` are buttons that do the same.

    `sheet()`: what the table holds now. Emits `said` (a sentence) and `save_wanted` (a Sheet).
    """

    said = pyqtSignal(str)
    save_wanted = pyqtSignal(object)

    def __init__(self, table: QTableWidget, sheet: Callable[[], Sheet | None]) -> None:
        super().__init__(table)
        self._table, self._sheet = table, sheet
        self.whose: Callable[[], str] = lambda: ""
        self.copy, self.save = QPushButton(), QPushButton()
        self._chosen, self._saved = QAction(table), QAction(table)
        self._chosen.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self._chosen.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._chosen.triggered.connect(lambda: self._copy(self._rows()))
        self._saved.triggered.connect(self._save)
        self.copy.clicked.connect(lambda: self._copy(self._rows()))
        self.save.clicked.connect(self._save)
        table.addActions([self._chosen, self._saved])
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.retranslate()

    def retranslate(self) -> None:
        """Take the texts of the user's language."""
        for each in (self.copy, self._chosen):
            each.setText(_("Copy table"))
            each.setToolTip(_("The rows chosen, or all, for a spreadsheet or a letter (Ctrl+C)"))
        for each in (self.save, self._saved):
            each.setText(_("Save as CSV …"))

    @property
    def sheet(self) -> Sheet | None:
        """What the table holds, with whose it is and whether it is made up."""
        found = self._sheet()
        if found is None:
            return None
        return replace(found, whose=self.whose(), is_made_up=is_made_up(self._table))

    def _rows(self) -> set[int]:
        return {index.row() for index in self._table.selectedIndexes()}

    def _copy(self, rows: set[int]) -> None:
        sheet, board = self.sheet, QGuiApplication.clipboard()
        if sheet is None or board is None:
            return
        board.setText(sheet.text(rows))
        count = len(rows) or len(sheet.rows)
        text = ngettext("{n} row is on the clipboard.", "{n} rows are on the clipboard.", count)
        self.said.emit(text.format(n=number(count)))

    def _save(self) -> None:
        if sheet := self.sheet:
            self.save_wanted.emit(sheet)
