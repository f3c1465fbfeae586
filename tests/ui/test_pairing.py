"""A new belt in the window: offered, paired by its button, and every way it can go otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from beltwire.belt import BeltSession
from beltwire.pairing import Guard
from plumbline.link import belt, keys
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.pairing import Pairing, PairStage, present_pairing
from plumbline.ui.presenters.status import Phase, SyncState
from plumbline.ui.talk_state import TalkPhase
from plumbline.virtual_belt import VirtualBelt
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.link.belt import BELT_ID, PtyEnd, belt_answers
from tests.link.test_pairing import KeptKey, OwnedBelt
from tests.ui.conftest import Opened
from tests.ui.folders import session
from tests.ui.test_live import PtyLink, until


class NewEnd(PtyEnd):
    """A belt without a key behind a pty; its button is pressed at the `presses_at`th look."""

    def __init__(self, presses_at: int) -> None:
        self.keeper = KeptKey(None, presses_at)
        super().__init__(belt_answers(BeltSession(OwnedBelt(self.keeper), Guard(self.keeper))))


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test begins and ends without a key; nobody waits long."""
    monkeypatch.setattr(belt, "PAIR_AGAIN_S", 0.01)
    keys.forget(BELT_ID)
    yield
    keys.forget(BELT_ID)


def with_new_belt(opened: Opened, qtbot: QtBot, folder: Path, port: str) -> MainWindow:
    """A window that has found the new belt."""
    window = opened(session(folder, PtyLink(folder, port)))
    until(qtbot, lambda: window.sync.state.phase is Phase.UNPAIRED)
    until(qtbot, lambda: window.tabs.isVisible() and window.banner.action.isVisible())
    return window


def test_every_state_in_words() -> None:
    waiting = present_pairing(Pairing(PairStage.WAITING, 30))
    assert (waiting.said, waiting.percent, waiting.main) == ("30 seconds left", 50, "")
    assert "Enter" not in waiting.text
    assert "press Enter" in present_pairing(Pairing(PairStage.WAITING, 30, virtual=True)).text
    failed = present_pairing(Pairing(PairStage.FAILED, error="It went away."))
    assert (failed.said, failed.main, failed.can_cancel) == ("It went away.", "Try again", True)
    assert present_pairing(Pairing(PairStage.PAIRED)).main == "Close"


@pytest.mark.parametrize(
    ("sync", "said"),
    [
        (SyncState(Phase.UNPAIRED), "Its days are being fetched."),
        (SyncState(Phase.SYNCING), "Its days are being fetched."),
        (SyncState(Phase.CONNECTED), "Its days are here."),
        (
            SyncState(),
            "It is not connected any more: its days come as soon as it is connected again.",
        ),
        (SyncState(Phase.FAILED, error="It went."), "It went. Its days are not all here yet."),
    ],
)
def test_a_paired_belt_whose_cable_is_out_has_no_days_on_their_way(
    sync: SyncState, said: str
) -> None:
    assert present_pairing(Pairing(PairStage.PAIRED, sync=sync)).said == said


def test_a_new_belt_is_paired_by_its_button_and_then_fetched(
    opened: Opened, qtbot: QtBot, folder: Path, tmp_path: Path, artefacts: Path
) -> None:
    """The belt's own firmware; the button is pressed while the dialogue waits."""
    with VirtualBelt(tmp_path / "belt", unpaired=True) as worn:
        window = with_new_belt(opened, qtbot, folder, worn.port)
        assert "pair it once" in window.banner.label.text()
        window.tabs.setCurrentWidget(window.live)
        assert window.talk.state.phase is TalkPhase.UNPAIRED
        assert "button above" in window.live.message.text()
        window.banner.action.click()
        dialog = window.pairing.dialog
        assert dialog is not None
        until(qtbot, lambda: window.pairing.pairing.stage is PairStage.WAITING)
        assert "press Enter" in dialog.text.text()
        assert dialog.text.height() >= dialog.text.heightForWidth(dialog.text.width())
        assert dialog.grab().save(str(artefacts / "pairing.png"))
        worn.press()
        until(qtbot, lambda: window.pairing.pairing.stage is PairStage.PAIRED)
        window.choose_language("nl")
        assert dialog.text.text().startswith("Gekoppeld")
        window.choose_language("en")
        until(qtbot, lambda: window.sync.state.phase is Phase.CONNECTED)
        assert not window.banner.isVisible()
        assert dialog.said.text() == "Its days are here."
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        until(qtbot, lambda: window.pairing.dialog is None)
        until(qtbot, lambda: window.talk.state.phase is TalkPhase.OPEN)
        window.close()
    assert worn.failure == ""


def test_a_button_that_nobody_presses_is_a_sentence_and_can_be_tried_again(
    opened: Opened, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(belt, "BUTTON_S", 0.1)
    with NewEnd(presses_at=1_000_000) as end:
        window = with_new_belt(opened, qtbot, folder, end.path)
        window.banner.action.click()
        until(qtbot, lambda: window.pairing.pairing.stage is PairStage.FAILED)
        dialog = window.pairing.dialog
        assert dialog is not None
        assert "was not pressed" in dialog.said.text()
        assert keys.find(BELT_ID) is None
        monkeypatch.setattr(belt, "BUTTON_S", 60.0)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        until(qtbot, lambda: window.pairing.pairing.stage is PairStage.WAITING)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)  # and the link is free again soon
        until(qtbot, lambda: window.pairing.dialog is None)
        until(qtbot, lambda: not window.sync.syncing)
        assert keys.find(BELT_ID) is None


def test_a_belt_that_somebody_else_has_paired_meanwhile_is_a_sentence(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    with NewEnd(presses_at=1_000_000) as end:
        window = with_new_belt(opened, qtbot, folder, end.path)
        end.keeper.kept = bytes(32)
        window.banner.action.click()
        until(qtbot, lambda: window.pairing.pairing.stage is PairStage.FAILED)
        dialog = window.pairing.dialog
        assert dialog is not None
        assert "paired already" in dialog.said.text()


def test_a_belt_pulled_out_while_its_button_is_awaited(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    with NewEnd(presses_at=1_000_000) as end:
        window = with_new_belt(opened, qtbot, folder, end.path)
        window.banner.action.click()
        until(qtbot, lambda: window.pairing.pairing.stage is PairStage.WAITING)
        link = window.session.link
        assert isinstance(link, PtyLink)
        link.plugged = False
    until(qtbot, lambda: window.pairing.pairing.stage is PairStage.FAILED)
    dialog = window.pairing.dialog
    assert dialog is not None
    assert "is no longer connected (port " in dialog.said.text()
    window.sync.look()
    until(qtbot, lambda: window.sync.new_port is None)
    assert not window.banner.isVisible()
    dialog.main.click()
    assert "plug it in" in dialog.said.text()
    with NewEnd(presses_at=3) as end:
        link.port, link.plugged = end.path, True
        window.sync.look()
        until(qtbot, lambda: window.sync.new_port is not None)
        dialog.main.click()
        until(qtbot, lambda: window.pairing.pairing.stage is PairStage.PAIRED)
        until(qtbot, lambda: window.sync.state.phase is Phase.CONNECTED)
        assert end.keeper.kept == keys.find(BELT_ID)
        link.plugged = False
        window.sync.look()
        until(qtbot, lambda: window.sync.state.phase is Phase.SEARCHING)
        assert dialog.said.text().startswith("It is not connected any more")
        window.close()
