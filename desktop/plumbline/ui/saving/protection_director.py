"""Encrypts the data, changes what opens them, or leaves them plain; the window goes on then."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.store import sealing
from plumbline.store.backup import back_up_if_due
from plumbline.store.protecting import change, decrypt, encrypt
from plumbline.ui.director import LANE as STORE_LANE
from plumbline.ui.saving.protection_dialog import (
    ChangeDialog,
    PassphraseDialog,
    ProtectDialog,
    UnprotectDialog,
)
from plumbline.ui.saving.running import Running, Told, Window, syncing
from plumbline.ui.saving.work_dialog import WorkDialog


class ProtectionDirector(QObject):
    """A dialog at a time: which one, the data decide."""

    def __init__(self, window: Window, parent: QWidget, running: Running) -> None:
        super().__init__(parent)
        self._window, self._parent, self._running = window, parent, running
        self._folder = window.session.folder
        self.removal: UnprotectDialog | None = None

    def open(self) -> WorkDialog:
        """Protect plain data; of encrypted ones change what opens them."""
        now = sealing.protection(self._folder)
        if not now.encrypted:
            dialog = ProtectDialog(self._parent)
            self._running.open(dialog, partial(self._protect, dialog))
            return dialog
        change_it = ChangeDialog(self._parent, now)
        change_it.remove_wanted.connect(partial(self._ask_to_remove, change_it))
        self._running.open(change_it, partial(self._change, change_it))
        return change_it

    def _ask_to_remove(self, dialog: ChangeDialog) -> None:
        dialog.accept()
        self.removal = UnprotectDialog(self._parent)
        self._running.open(self.removal, partial(self._unprotect, self.removal))

    def _protect(self, dialog: ProtectDialog) -> None:
        words = dialog.passphrase()
        if words is None or syncing(self._window, dialog):
            return
        keyring, keep = dialog.keyring.isChecked(), dialog.keep_backups.isChecked()

        def work(tell: Told) -> str:
            encrypt(self._folder, words, keyring=keyring, keep_backups=keep, tell=tell)
            self._running.step(dialog, _("A new backup is being made …"))
            try:
                back_up_if_due(self._folder, datetime.now(UTC))
            except UserError as error:
                return " " + _("No backup could be made. {why}").format(why=error)
            return ""

        def end(notice: str) -> None:
            now = sealing.protection(self._folder)
            text = now.sentence() + notice
            if keyring and not now.keyring:
                text += " " + _("This computer has no keyring: the passphrase is asked for.")
            self._end(dialog, text)

        self._run(dialog, work, end, _("The data are being encrypted …"))

    def _change(self, dialog: ChangeDialog) -> None:
        goes, words = dialog.new_passphrase()
        if not goes:
            return
        keyring = dialog.keyring_wanted

        def work(_tell: Told) -> str:
            change(self._folder, words, keyring=keyring)
            return ""

        def end(_notice: str) -> None:
            text = sealing.protection(self._folder).sentence()
            if words is not None:
                text += " " + _(
                    "Backups made until now are still opened by the passphrase of their day."
                )
            self._end(dialog, text)

        self._run(dialog, work, end, "")

    def _unprotect(self, dialog: UnprotectDialog) -> None:
        if syncing(self._window, dialog):
            return

        def work(tell: Told) -> str:
            decrypt(self._folder, tell)
            return ""

        def end(_notice: str) -> None:
            self._end(dialog, sealing.protection(self._folder).sentence())

        text = _("The data are being written anew, readable …")
        self._run(dialog, work, end, text, text)

    def _run(
        self,
        dialog: WorkDialog,
        work: Callable[[Told], str],
        end: Callable[[str], None],
        text: str,
        first: str = "",
    ) -> None:
        """In the lane of the reader, which gives the data back before. `first`: what is said until
        something is written, which then is `text`."""
        window, running = self._window, self._running

        def alone() -> str:
            with window.session.turn.taken(running.go_on):
                window.director.reader.close()
                return work(running.tell(dialog, text))

        running.run(
            dialog,
            alone,
            end,
            lane=STORE_LANE,
            first=first or _("The key is being made of the passphrase …"),
            cancelled=_("Cancelled: nothing was changed."),
        )

    def _end(self, dialog: PassphraseDialog | UnprotectDialog, text: str) -> None:
        dialog.end(text)
        self._window.director.reload(follow=False)
