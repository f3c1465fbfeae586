"""Looking after the belt: what the self-test found, and a wipe that says what it takes."""

import pytest
from beltwire import codes
from beltwire.bundle import Manifest
from beltwire.messages import ListReply
from plumbline.link import update
from plumbline.link.belt import SelftestResult
from plumbline.link.port import Port
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.care import (
    selftest_text,
    update_outcome,
    update_progress,
    wipe_text,
)
from plumbline.ui.talk_state import TalkPhase
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opened
from tests.ui.folders import Path
from tests.ui.test_belt_page import TeachableBelt, open_belt
from tests.ui.test_live import LivelyEnd, until


class TestableBelt(TeachableBelt):
    """Its button fails the self-test; what is wiped is noted."""

    __test__ = False
    wipes: tuple[int, ...] = ()

    def selftest(self) -> tuple[int, int]:
        return codes.TEST_SENSOR | codes.TEST_BUTTON, codes.TEST_BUTTON

    def wipe(self, what: int) -> None:
        self.wipes = (*self.wipes, what)
        self.wiped()


def log(oldest: int, following: int, acked: int) -> ListReply:
    return ListReply(
        oldest_seq=oldest,
        next_seq=following,
        acked_seq=acked,
        pages=1,
        capacity_pages=9,
        overwritten=0,
    )


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (None, "The belt's log is empty."),
        (log(1, 1, 0), "The belt's log is empty."),
        (log(1, 2, 1), "The belt holds 1 record. All of them have been fetched; what is here"),
        (log(1, 2001, 1500), "The belt holds 2,000 records. 500 of them have not been fetched yet"),
        (log(101, 201, 0), "The belt holds 100 records. 100 of them have not been fetched yet"),
        (log(1, 3, 1), "The belt holds 2 records. 1 of them has not been fetched yet and would"),
    ],
)
def test_a_wipe_says_what_it_takes(state: ListReply | None, text: str) -> None:
    assert wipe_text(state).startswith(text)


def test_a_self_test_in_words() -> None:
    assert selftest_text(SelftestResult(("sensor", "flash"), ())) == (
        "Motion sensor: in order\nMemory of the log: in order"
    )
    failed = selftest_text(SelftestResult(("battery", "rocket"), ("battery",))).splitlines()
    assert failed[:2] == ["Battery: failed", "rocket: in order"]
    assert "repair" in failed[2]
    assert selftest_text(SelftestResult((), ())).startswith("The belt tested nothing")


def test_the_belt_tests_itself(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    with LivelyEnd(TestableBelt()) as end:
        care = open_belt(opened, qtbot, folder, end).belt_page.care
        care.selftest.click()
        assert not care.selftest.isEnabled()
        until(qtbot, lambda: "Button: failed" in care.said.text())
        assert "Motion sensor: in order" in care.said.text()
        assert care.selftest.isEnabled()


def asked(window: MainWindow, qtbot: QtBot):
    """The question before a wipe, once it is there; asked for again where the belt, on a machine
    that is busy, has not answered in time."""
    director, wipe = window.belt_director.care, window.belt_page.care.wipe

    def there() -> bool:
        if director.dialog is None and wipe.isEnabled():  # it is not while the belt is asked
            wipe.click()
        return director.dialog is not None

    until(qtbot, there)
    return director.dialog


def test_a_wipe_asks_first_and_a_no_is_a_no(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    belt = TestableBelt()
    belt.minutes(30)
    with LivelyEnd(belt) as end:
        window = open_belt(opened, qtbot, folder, end)
        dialog = asked(window, qtbot)
        assert dialog.text.text().startswith("The belt holds 3")
        assert not dialog.wipe.isEnabled()  # nothing is ticked
        qtbot.keyClick(dialog, Qt.Key.Key_Return)  # the default is to keep
        until(qtbot, lambda: window.belt_director.care.dialog is None)
        assert belt.wipes == ()


def test_a_confirmed_wipe_reaches_the_belt(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    belt = TestableBelt()
    belt.minutes(30)
    with LivelyEnd(belt) as end:
        window = open_belt(opened, qtbot, folder, end)
        dialog = asked(window, qtbot)
        dialog.log.setChecked(True)
        dialog.wipe.click()
        until(qtbot, lambda: window.belt_page.care.said.text().startswith("Erased."))
        assert belt.wipes == (codes.WIPE_LOG,)
        dialog = asked(window, qtbot)
        assert dialog.text.text() == "The belt's log is empty."
        dialog.settings.setChecked(True)
        dialog.wipe.click()
        until(qtbot, lambda: belt.wipes == (codes.WIPE_LOG, codes.WIPE_SETTINGS))


def test_what_a_wipe_would_lose_can_be_fetched_first(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    belt = TestableBelt()
    belt.minutes(30)
    with LivelyEnd(belt) as end:
        window = open_belt(opened, qtbot, folder, end)
        belt.minutes(5)  # since the sync at the start
        outcomes: list[object] = []
        window.sync.synced.connect(lambda outcome, _first: outcomes.append(outcome))
        question = asked(window, qtbot)
        assert "5 of them have not been fetched yet" in question.text.text()
        question.sync.click()
        until(qtbot, lambda: bool(outcomes))
        assert belt.wipes == ()
        until(qtbot, lambda: window.belt_page.care.wipe.isEnabled())
        again = asked(window, qtbot)
        assert "All of them have been fetched" in again.text.text()
        assert not again.sync.isVisible()
        again.reject()


def test_a_belt_pulled_while_asking_closes_the_question(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    with LivelyEnd(TestableBelt()) as end:
        window = open_belt(opened, qtbot, folder, end)
        asked(window, qtbot)
        window.session.link.plugged = False  # type: ignore[attr-defined]
    until(qtbot, lambda: window.belt_director.care.dialog is None)
    assert not window.belt_page.care.isEnabled()


def test_an_update_in_words() -> None:
    assert update_progress(update.SENDING, 1, 4).startswith("Sending: 25 %.")
    assert len({update_progress(s, 0, 1) for s in (update.RESTARTING, update.TESTING)}) == 2
    assert update_outcome("0.2.0", update.Updated(True, "0.2.0", ())) == (
        "The belt runs version 0.2.0 now."
    )
    back = update_outcome("0.2.0", update.Updated(False, "0.1.0", ("button",)))
    assert back.startswith("Version 0.2.0 was not kept (its self-test found: Button)")
    assert "did not start" in update_outcome("0.2.0", update.Updated(False, "0.1.0", ()))


def test_an_update_has_the_line_for_itself_and_the_talk_goes_on_after_it(
    opened: Opened, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def read(path: Path) -> update.Bundle:
        return update.Bundle(b"", Manifest(bytes((0, 2, 0)), "memory", [], 0))

    def put(port: str, wanted: update.Bundle, progress, _cancelled) -> update.Updated:
        with Port(port):  # nobody else has it open
            progress(update.SENDING, 1, 2)
        seen.append(wanted.version)
        return update.Updated(True, wanted.version, ())

    monkeypatch.setattr(update, "read_bundle", read)
    monkeypatch.setattr(update, "update", put)
    with LivelyEnd(TestableBelt()) as end:
        window = open_belt(opened, qtbot, folder, end)
        phases: list[TalkPhase] = []
        window.talk.changed.connect(lambda state: phases.append(state.phase))
        window.belt_director.care.put(Path("firmware.bundle"))
        assert not window.belt_page.care.update_.isEnabled()
        until(qtbot, lambda: window.belt_page.care.said.text().startswith("The belt runs version"))
        assert seen == ["0.2.0"]
        until(qtbot, lambda: window.talk.state.phase is TalkPhase.OPEN)
        assert phases[0] is TalkPhase.SYNCING
        assert window.belt_page.care.update_.isEnabled()


def test_a_file_that_is_no_bundle_is_a_sentence(
    opened: Opened, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "holiday.jpg"
    wrong.write_bytes(b"\xff\xd8")
    with LivelyEnd(TestableBelt()) as end:
        window = open_belt(opened, qtbot, folder, end)
        window.belt_director.care.put(wrong)
        until(qtbot, lambda: "is not a whole bundle" in window.belt_page.care.said.text())
        until(qtbot, lambda: window.talk.state.phase is TalkPhase.OPEN)
