"""Looks through a backup, puts it in the place of the data, and has the window opened anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.people.contents import Contents, contents
from plumbline.store import backup, quarantine
from plumbline.store.database import Store
from plumbline.store.restoring import Unpacked, unpack
from plumbline.store.sealing import protection
from plumbline.ui.director import LANE as STORE_LANE
from plumbline.ui.places import documents
from plumbline.ui.presenters.backups import Found, present_backup
from plumbline.ui.saving.restore_dialog import RestoreDialog
from plumbline.ui.saving.running import Running, Told, Window, syncing


@dataclass(frozen=True)
class Looked:
    """A backup beside the data; what it and the data hold, and whether the data are encrypted."""

    backup: Unpacked
    found: Found
    here: Contents
    encrypted: bool


class RestoreDirector(QObject):
    """A dialog at a time; what is unpacked for it goes when it is closed."""

    def __init__(self, window: Window, parent: QWidget, running: Running) -> None:
        super().__init__(parent)
        self._window, self._parent, self._running = window, parent, running
        self._looked: Looked | None = None
        window.closing.connect(self._drop)

    def open(self) -> RestoreDialog:
        """Ask which backup; the newest of those that Plumbline made itself is proposed."""
        own = backup.backups(self._window.session.folder)
        dialog = RestoreDialog(self._parent, str(own[-1]) if own else "", documents())
        dialog.changed.connect(self._drop)
        dialog.finished.connect(lambda _result: self._closed(dialog))
        self._running.open(dialog, partial(self._act, dialog))
        return dialog

    def _act(self, dialog: RestoreDialog) -> None:
        looked = self._looked
        if looked and dialog.locked:
            self._unlock(dialog, looked)
        elif looked and dialog.found:
            self._restore(dialog, looked)
        elif file := dialog.chosen():
            self._look(dialog, file)

    def _look(self, dialog: RestoreDialog, file: Path) -> None:
        folder = self._window.session.folder
        tell = self._running.tell(dialog, _("The backup is being looked through …"))
        opening = partial(self._running.step, dialog, _("The backup is being opened …"))
        work = partial(_look, file, folder, tell, opening)
        self._running.run(dialog, work, partial(self._show, dialog), cancelled=_unchanged())

    def _unlock(self, dialog: RestoreDialog, looked: Looked) -> None:
        work = partial(_unlock, looked, dialog.passphrase.text())
        first = _("The key is being made of the passphrase …")
        self._running.run(dialog, work, partial(self._show, dialog), first=first)

    def _show(self, dialog: RestoreDialog, looked: Looked) -> None:
        self._looked = looked
        session, found = self._window.session, looked.found
        if session.demo and not found.made_up:
            self._drop()
            dialog.fail(
                _(
                    "This window shows a demo, and the backup holds a person's days: restore it in "
                    "the window of your own data."
                )
            )
            return
        place = session.folder / quarantine.FOLDER
        view = present_backup(found, looked.here, looked.encrypted, place, session.rule)
        dialog.show_found(view, locked=found.contents is None)

    def _restore(self, dialog: RestoreDialog, looked: Looked) -> None:
        if self._window.unsaved:
            dialog.fail(_("A note on the page People is typed and not saved: save it first."))
            return
        if syncing(self._window, dialog):
            return
        before = dialog.before.isChecked() and not looked.here.is_empty
        first = _("A backup of what is here now is being made …") if before else _placing()

        def work() -> Path | None:
            with self._window.session.turn.taken(self._running.go_on):
                self._window.director.reader.close()
                if before:
                    _back_up_before(self._window.session.folder, self._running.tell(dialog))
                    self._running.step(dialog, _placing())
                kept = looked.backup.put_in_place(self._running.tell(dialog))
                looked.backup.close()
                return kept

        self._running.run(
            dialog,
            work,
            partial(self._done, dialog, looked),
            lane=STORE_LANE,
            first=first,
            cancelled=_unchanged(),
            failed=lambda: None if looked.backup.is_there else dialog.forget(),
        )

    def _done(self, dialog: RestoreDialog, looked: Looked, kept: Path | None) -> None:
        self._looked = None
        text = _("The data of {file} are here now.").format(file=looked.backup.source)
        if kept is not None:
            text += " " + _("What was there before is kept in {folder}.").format(folder=kept.parent)
        dialog.show_done(text, self._window.session.folder / quarantine.FOLDER)

    def _closed(self, dialog: RestoreDialog) -> None:
        self._drop()
        if dialog.restored:
            self._window.reopen()

    def _drop(self) -> None:
        looked, self._looked = self._looked, None
        if looked:
            looked.backup.close()


def _unchanged() -> str:
    return _("Cancelled: nothing was changed.")


def _placing() -> str:
    return _("The backup is being put in place …")


def _look(file: Path, folder: Path, tell: Told, opening: Callable[[], None]) -> Looked:
    found = unpack(file, folder, tell)
    try:
        opening()
        with Store.open(folder, check=False) as store:
            here = contents(store)
        return _opened(found, here, protection(folder).encrypted)
    except BaseException:
        found.close()
        raise


def _unlock(looked: Looked, words: str) -> Looked:
    looked.backup.unlock(words)
    return _opened(looked.backup, looked.here, looked.encrypted)


def _opened(found: Unpacked, here: Contents, encrypted: bool) -> Looked:
    held = None
    if not found.needs_passphrase:
        with found.open() as store:
            held = contents(store)
    manifest = found.manifest
    told = Found(held, manifest.made, found.is_encrypted, manifest.is_made_up)
    return Looked(found, told, here, encrypted)


def _back_up_before(folder: Path, tell: Told) -> None:
    name = f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    try:
        backup.back_up(folder, folder / backup.FOLDER / name, tell)
    except UserError as error:
        raise type(error)(_("No backup could be made. {why}").format(why=error)) from error
