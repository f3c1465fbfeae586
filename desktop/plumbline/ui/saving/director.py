"""Opens the dialogs of the File menu, and does what they ask for."""

from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from plumbline import made_up
from plumbline.export.exporting import Export, export, in_the_way
from plumbline.i18n import _, number
from plumbline.store.backup import back_up
from plumbline.store.database import Store
from plumbline.store.sealing import protection
from plumbline.ui.places import documents
from plumbline.ui.saving.backup_dialog import BackupDialog
from plumbline.ui.saving.export_dialog import ExportDialog
from plumbline.ui.saving.protection_director import ProtectionDirector
from plumbline.ui.saving.restore_director import RestoreDirector
from plumbline.ui.saving.running import Running, Told, Window
from plumbline.ui.saving.work_dialog import WorkDialog


class SavingDirector(QObject):
    """A dialog at a time."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._parent = window, parent
        self._running = Running(window, parent)
        self._restoring = RestoreDirector(window, parent, self._running)
        self.protecting = ProtectionDirector(window, parent, self._running)
        self.dialog: WorkDialog | None = None

    def open_export(self) -> None:
        """Ask what to export."""
        session, overview = self._window.session, self._window.director.overview
        place = _unused(documents() / self._name())
        dialog = ExportDialog(self._parent, overview, session.rule, place)
        self.dialog = dialog
        self._running.open(dialog, partial(self._export, dialog))

    def open_backup(self) -> None:
        """Ask where to keep a backup."""
        folder = self._window.session.folder
        place = _unused(documents() / f"{self._name()}.zip")
        dialog = BackupDialog(self._parent, place, encrypted=protection(folder).encrypted)
        self.dialog = dialog
        self._running.open(dialog, partial(self._back_up, dialog))

    def open_restore(self) -> None:
        """Ask which backup is to take the place of the data."""
        self.dialog = self._restoring.open()

    def open_protection(self) -> None:
        """Ask who is to be able to read the data."""
        self.dialog = self.protecting.open()

    def _name(self) -> str:
        session = self._window.session
        kind = _("Plumbline demo data {day}") if session.is_made_up else _("Plumbline {day}")
        return kind.format(day=session.today())

    def _export(self, dialog: ExportDialog) -> None:
        wanted = dialog.export()
        if wanted is None:
            return
        if there := in_the_way(wanted):
            text = _("{file} exists already: choose another folder.")
            dialog.fail(text.format(file=there))
            return
        tell = self._running.tell(dialog)
        work = partial(_export, self._window.session.folder, wanted, tell)
        self._running.run(dialog, work, lambda text: dialog.end(text, wanted.out))

    def _back_up(self, dialog: BackupDialog) -> None:
        file = dialog.chosen()
        if file is None:
            return
        if file.exists():
            text = _("{file} exists already: choose another name.")
            dialog.fail(text.format(file=file))
            return
        work = partial(_back_up, self._window.session.folder, file, self._running.tell(dialog))
        self._running.run(dialog, work, lambda text: dialog.end(text, file.parent))


def _export(folder: Path, wanted: Export, tell: Told) -> str:
    with Store.open_existing(folder) as store:
        counts = export(store, wanted, tell)
        mark = f" {made_up.sentence()}" if store.is_made_up else ""
    text = _("{minutes} minutes and {events} events are in {folder}.")
    minutes, events = number(counts["minutes"]), number(counts["events"])
    return text.format(minutes=minutes, events=events, folder=wanted.out) + mark


def _back_up(folder: Path, file: Path, tell: Told) -> str:
    back_up(folder, file, tell)
    size = number(file.stat().st_size / 1e6, 1)
    return _("The backup is {file} ({size} MB).").format(file=file, size=size)


def _unused(place: Path) -> Path:
    """The place itself, or beside it with a number."""
    n = 2
    there = place
    while there.exists():
        there = place.with_name(f"{place.stem} ({n}){place.suffix}")
        n += 1
    return there
