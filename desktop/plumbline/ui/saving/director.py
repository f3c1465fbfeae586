"""Writes exports and backups off the GUI thread, with how far they are and a way to cancel."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PyQt6.QtCore import QObject, pyqtBoundSignal
from PyQt6.QtWidgets import QWidget

from plumbline import made_up
from plumbline.errors import UserError
from plumbline.export.exporting import Export, Told, export, in_the_way
from plumbline.i18n import _, number
from plumbline.store.backup import back_up
from plumbline.store.database import Store
from plumbline.store.sealing import protection
from plumbline.ui.director import Director
from plumbline.ui.places import documents
from plumbline.ui.saving.backup_dialog import BackupDialog
from plumbline.ui.saving.dialog import SavingDialog
from plumbline.ui.saving.export_dialog import ExportDialog
from plumbline.ui.session import Session
from plumbline.ui.tasks import Tasks

LANE = "saving"


class Cancelled(Exception):
    """The user does not want it any more."""


class Window(Protocol):
    """What is needed of the window."""

    session: Session
    tasks: Tasks
    director: Director
    closing: pyqtBoundSignal


class SavingDirector(QObject):
    """Opens a dialog at a time, and does what it asks for."""

    def __init__(self, window: Window, parent: QWidget) -> None:
        super().__init__(parent)
        self._window, self._parent = window, parent
        self._stopped = False
        self.dialog: SavingDialog | None = None
        window.closing.connect(self._stop)

    def open_export(self) -> None:
        """Ask what to export."""
        session, overview = self._window.session, self._window.director.overview
        place = _unused(documents() / self._name())
        self._open(ExportDialog(self._parent, overview, session.rule, place), self._export)

    def open_backup(self) -> None:
        """Ask where to keep a backup."""
        folder = self._window.session.folder
        place = _unused(documents() / f"{self._name()}.zip")
        encrypted = protection(folder).encrypted
        self._open(BackupDialog(self._parent, place, encrypted=encrypted), self._back_up)

    def _open(self, dialog: SavingDialog, act: Callable[[], None]) -> None:
        self.dialog = dialog
        dialog.wanted.connect(act)
        dialog.cancel_wanted.connect(self._stop)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _stop(self) -> None:
        self._stopped = True

    def _name(self) -> str:
        session = self._window.session
        kind = _("Plumbline demo data {day}") if session.is_made_up else _("Plumbline {day}")
        return kind.format(day=session.today())

    def _export(self) -> None:
        dialog = self.dialog
        assert isinstance(dialog, ExportDialog)
        wanted = dialog.export()
        if wanted is None:
            return
        if there := in_the_way(wanted):
            text = _("{file} exists already: choose another folder.")
            dialog.fail(text.format(file=there))
            return
        work = partial(_export, self._window.session.folder, wanted, self._tell(dialog))
        self._run(dialog, work, wanted.out)

    def _back_up(self) -> None:
        dialog = self.dialog
        file = dialog.chosen() if dialog else None
        if dialog is None or file is None:
            return
        if file.exists():
            text = _("{file} exists already: choose another name.")
            dialog.fail(text.format(file=file))
            return
        work = partial(_back_up, self._window.session.folder, file, self._tell(dialog))
        self._run(dialog, work, file.parent)

    def _run(self, dialog: SavingDialog, work: Callable[[], str], place: Path) -> None:
        self._stopped = False
        dialog.begin()
        failed = partial(self._failed, dialog)
        self._window.tasks.run(LANE, work, lambda text: dialog.end(text, place), failed)

    def _failed(self, dialog: SavingDialog, error: Exception) -> None:
        if isinstance(error, Cancelled):
            dialog.fail(_("Cancelled: nothing was written."))
        elif isinstance(error, UserError):
            dialog.fail(str(error))
        else:
            dialog.fail(self._window.session.report_bug(error))

    def _tell(self, dialog: SavingDialog) -> Told:
        """Called on the lane's thread; the window hears of every whole percent."""
        reached = 0

        def tell(done: int, total: int) -> None:
            nonlocal reached
            if self._stopped:
                raise Cancelled
            percent = 100 * done // total if total else 100
            if percent > reached:
                reached = percent
                self._window.tasks.post(lambda: dialog.show_progress(percent))

        return tell


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
