"""Asks where a table goes, and writes it off the GUI thread."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QFileDialog

from plumbline.errors import UserError
from plumbline.export.writing import staged, write_csv
from plumbline.i18n import _
from plumbline.ui.places import documents
from plumbline.ui.presenters.sheet import Sheet
from plumbline.ui.titles import entitle

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow

LANE = "saving"


class TableSaving(QObject):
    """One dialogue at a time; the window says what came of it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: QFileDialog | None = None

    def open(self, sheet: Sheet) -> None:
        """Ask for the file; that one which is there is to be replaced is asked, too."""
        dialog = self.dialog = QFileDialog(self._window)
        entitle(dialog, _("Save the table"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("CSV, for spreadsheets") + " (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.setDirectory(str(documents()))
        dialog.selectFile(sheet.file_name())
        dialog.fileSelected.connect(lambda name: self._write(sheet, Path(name)))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def _write(self, sheet: Sheet, file: Path) -> None:
        told = _("The table is in {file}.").format(file=file)
        self._window.tasks.run(
            LANE, partial(write, sheet, file), lambda _none: self._say(told), self._failed
        )

    def _failed(self, error: Exception) -> None:
        known = isinstance(error, UserError)
        self._say(str(error) if known else self._window.session.report_bug(error))

    def _say(self, text: str) -> None:
        self._window.passing.say(text, False)


def write(sheet: Sheet, file: Path) -> None:
    """Write the table, wholly or not at all; UserError where the disk refuses."""
    columns, rows = sheet.table()
    with staged(file.parent) as stage:
        with stage.file(file.name) as out:
            write_csv(out, columns, rows)
        stage.put_in_place()
