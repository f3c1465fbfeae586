"""What the buttons under "Maintenance" ask of the belt."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from beltwire.messages import ListReply
from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QFileDialog

from plumbline.i18n import _
from plumbline.link import belt, update
from plumbline.link.belt import SelftestResult
from plumbline.link.conversation import NoAnswer, Restarted
from plumbline.link.port import PortVanished
from plumbline.ui.belt_talk import LiveConversation
from plumbline.ui.care_panel import CarePanel
from plumbline.ui.presenters.care import (
    selftest_text,
    unfetched_records,
    update_outcome,
    update_progress,
    wipe_text,
)
from plumbline.ui.sync_controller import SyncController
from plumbline.ui.talk_controller import TalkController
from plumbline.ui.talk_state import TalkPhase, TalkState
from plumbline.ui.titles import entitle
from plumbline.ui.wipe_dialog import WipeDialog


class CareDirector(QObject):
    """Self-test and wipe; `wiped` is called when the belt has erased something."""

    def __init__(
        self,
        talk: TalkController,
        sync: SyncController,
        panel: CarePanel,
        wiped: Callable[[], None],
    ) -> None:
        super().__init__(talk)
        self._talk, self._sync, self._panel, self._wiped = talk, sync, panel, wiped
        self._updating = self._under_way = self._gone = False
        self.dialog: WipeDialog | None = None
        talk.changed.connect(self._changed)
        panel.selftest_wanted.connect(self._test)
        panel.wipe_wanted.connect(self._ask_log)
        panel.update_wanted.connect(self._choose_bundle)

    def _changed(self, state: TalkState) -> None:
        self._panel.busy(self._updating)
        open_ = state.phase is TalkPhase.OPEN
        if self._under_way and not (open_ or self._updating):
            self._end("")  # the page says that the belt is not there
        if open_ and self._gone:
            self._end("")
        if self.dialog and not open_:
            self.dialog.reject()

    def _test(self) -> None:
        self._begin(_("The belt is testing itself …"))
        self._talk.ask(belt.selftest, self._tested, self._failed)

    def _tested(self, result: SelftestResult) -> None:
        self._end(selftest_text(result))

    def _choose_bundle(self) -> None:
        dialog = QFileDialog(self._panel)
        entitle(dialog, _("Firmware for the belt"))
        dialog.setNameFilters([_("Firmware bundles (*.plb)"), _("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.put(Path(name)))
        dialog.open()

    def put(self, bundle: Path) -> None:
        """Put the bundle onto the belt."""
        work = partial(_update, bundle, self._tell_from_thread)
        self._updating = True
        self._begin(_("The bundle is being read …"))
        if not self._sync.borrow(work, self._updated, self._not_updated):
            self._updating = False
            self._end(_("The belt is busy: try again in a moment."))

    def _tell_from_thread(self, stage: str, done: int, total: int) -> None:
        self._sync.post(lambda: self._panel.say(update_progress(stage, done, total)))

    def _updated(self, outcome: tuple[str, update.Updated]) -> None:
        self._updating = False
        self._end(update_outcome(*outcome))
        self._wiped()

    def _not_updated(self, error: Exception) -> None:
        self._updating = False
        self._failed(error)

    def _ask_log(self) -> None:
        """How full the log is now, so that the question names what is lost."""
        self._begin("")
        self._talk.ask(belt.log_state, self._confirm, self._failed)

    def _confirm(self, log: ListReply | None) -> None:
        self._end("")
        unfetched = unfetched_records(log) > 0
        self.dialog = WipeDialog(self._panel, wipe_text(log), unfetched=unfetched)
        self.dialog.sync_wanted.connect(self._sync.ask_now)
        self.dialog.confirmed.connect(self._wipe)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    def _forget(self) -> None:
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None

    def _wipe(self, log: bool, settings: bool) -> None:
        self._begin(_("The belt is erasing …"))
        self._talk.ask(partial(_wipe, log, settings), self._erased, self._failed)

    def _erased(self, _none: None) -> None:
        self._end(_("Erased. What was fetched before is still here."))
        self._wiped()

    def _failed(self, error: Exception) -> None:
        self._end(self._sync.told(error))
        self._gone = isinstance(error, (PortVanished, NoAnswer, Restarted))

    def _begin(self, text: str) -> None:
        self._under_way = True
        self._panel.busy(True)
        self._panel.say(text)

    def _end(self, text: str) -> None:
        self._under_way = self._gone = False
        self._panel.busy(False)
        self._panel.say(text)


def _update(bundle: Path, progress: update.Progress, port: str) -> tuple[str, update.Updated]:
    wanted = update.read_bundle(bundle)
    return wanted.version, update.update(port, wanted, progress, lambda: False)


def _wipe(log: bool, settings: bool, talk: LiveConversation) -> None:
    belt.wipe(talk, log=log, settings_too=settings)
