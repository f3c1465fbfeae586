"""Offers to pair a belt that nobody has a key for, and does it when the user wants."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from beltwire import codes
from beltwire.messages import HelloReply
from PyQt6.QtCore import QObject

from plumbline.i18n import _
from plumbline.link import belt
from plumbline.link.conversation import Conversation
from plumbline.link.port import Port
from plumbline.ui.pairing_dialog import PairingDialog
from plumbline.ui.presenters.pairing import Pairing, PairStage
from plumbline.ui.presenters.status import SyncState

if TYPE_CHECKING:
    from plumbline.ui.main_window import MainWindow

Waiting = Callable[[HelloReply, int], None]


class PairingDirector(QObject):
    """The dialogue behind the button that is there while a new belt is."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._sync = window, window.sync
        self._stopped = [False]
        self.pairing = Pairing()
        self.dialog: PairingDialog | None = None
        window.sync.changed.connect(self._follow)

    def open(self) -> None:
        """Ask for the button."""
        if self.dialog is None:
            self.dialog = PairingDialog(self._window)
            self.dialog.main_wanted.connect(self._go_on)
            self.dialog.finished.connect(lambda _result: self._close())
            self._begin()
            self.dialog.open()

    def _go_on(self) -> None:
        if self.pairing.stage is PairStage.PAIRED and self.dialog:
            self.dialog.accept()
        else:
            self._begin()

    def _begin(self) -> None:
        stopped = self._stopped = [False]
        self._show(Pairing())

        def tell(hello: HelloReply, left_s: int) -> None:
            virtual = bool(hello.flags & codes.HELLO_VIRTUAL)
            self._sync.post(lambda: self._waited(stopped, left_s, virtual))

        work = partial(pair, waiting=tell, stopped=lambda: stopped[0])
        done, failed = partial(self._paired, stopped), partial(self._failed, stopped)
        if not self._sync.borrow_new(work, done, failed):
            self._show(replace(self.pairing, stage=PairStage.FAILED, error=_no_belt()))

    def _waited(self, stopped: list[bool], left_s: int, virtual: bool) -> None:
        if not stopped[0]:
            self._show(Pairing(PairStage.WAITING, left_s, virtual))

    def _paired(self, stopped: list[bool], _none: None) -> None:
        if not stopped[0]:
            self._show(replace(self.pairing, stage=PairStage.PAIRED))
        self._sync.ask_now()

    def _follow(self, state: SyncState) -> None:
        """Once it is paired: whether its days come."""
        if self.pairing.stage is PairStage.PAIRED:
            self._show(replace(self.pairing, sync=state))

    def _failed(self, stopped: list[bool], error: Exception) -> None:
        if not stopped[0]:
            text = self._sync.told(error)
            self._show(replace(self.pairing, stage=PairStage.FAILED, error=text))

    def _show(self, pairing: Pairing) -> None:
        self.pairing = pairing
        if self.dialog:
            self.dialog.show_pairing(pairing)

    def _close(self) -> None:
        """Whoever waits for the button stops within a second."""
        self._stopped[0] = True
        if self.dialog:
            self.dialog.deleteLater()
            self.dialog = None


def pair(port: str, waiting: Waiting, stopped: Callable[[], bool]) -> None:
    """Pair the belt at `port`, on the link's thread; UserError with the sentence to show."""
    with Port(port) as opened:
        talk = Conversation(opened)
        hello = talk.greet()
        belt.pair(talk, hello, partial(waiting, hello), stopped)


def _no_belt() -> str:
    return _("The new belt is no longer there: plug it in and try again.")
