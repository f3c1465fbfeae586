"""What is wrong with the belt, told by its name, with a way out of it."""

from pathlib import Path

import pytest
from plumbline.demo import VirtualLink
from plumbline.errors import LinkError, UserError
from plumbline.link.conversation import NoAnswer
from plumbline.link.port import InUse, NoPort, NotAllowed, Port, PortVanished, TakesNoData
from plumbline.people.subjects import Subject, Worn
from plumbline.store.rows import BeltInfo
from plumbline.ui.presenters.troubles import called, told
from plumbline.virtual_belt import VirtualBelt
from pytestqt.qtbot import QtBot

from tests.link.belt import MemoryBelt, on_pty
from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import BrokenLink, session
from tests.ui.test_live import LivelyBelt, LivelyEnd, PtyLink, open_live, until

BLUE = BeltInfo("0102", "Blue", 0, "1.0.0", 4000, 1)
ANNA = Subject("wearer:1", "1", "Anna", (Worn("0102", 100, 200),))


@pytest.mark.parametrize(
    ("name", "now_s", "said"),
    [
        ("Blue", 150, "The belt of Anna"),
        ("Blue", 250, "The belt Blue"),
        ("Green", 150, "The belt Green"),
        ("", 150, "The belt"),
        ("B" * 5000, 150, "The belt " + "B" * 39 + "…"),
    ],
)
def test_a_belt_is_called_by_its_wearer_or_its_name(name: str, now_s: int, said: str) -> None:
    assert called(name, [BLUE], [ANNA], now_s) == said


def test_two_belts_of_one_name_are_not_taken_for_one_wearers() -> None:
    assert called("Blue", [BLUE, BeltInfo("0304", "Blue", 0, "1.0.0", None, 1)], [ANNA], 150) == (
        "The belt Blue"
    )


@pytest.mark.parametrize("kind", [PortVanished, NoAnswer, InUse, NotAllowed, NoPort, TakesNoData])
def test_the_port_is_in_brackets_and_what_was_kept_stays(kind: type[LinkError]) -> None:
    error = kind("The port /dev/x did something: try again.").on("/dev/x")
    error.kept = "What had come is kept."
    text = told(error, "The belt of Anna")
    assert text.startswith("The belt of Anna ")
    assert "/dev/x)" in text
    assert "try again" not in text  # that is the button's
    assert text.endswith(". What had come is kept.")
    assert told(kind("Something else."), "The belt") == "Something else."


def test_who_holds_the_port_is_named() -> None:
    error = InUse("…").on("/dev/x")
    error.name, error.pid = "screen", 7
    assert told(error, "The belt") == (
        "The belt is in use by another program, screen (port /dev/x, process 7): close that "
        "program."
    )
    with on_pty(MemoryBelt()) as path, Port(path), pytest.raises(InUse) as again:
        Port(path)
    assert told(again.value, "The belt") == (
        f"The belt is in use by another program (port {path}): close that program."
    )


def test_what_failed_can_be_tried_again_at_once(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    link = BrokenLink(NoAnswer("…").on("/dev/belt"))
    window = opened(session(folder, link))
    qtbot.waitUntil(window.banner.action.isVisible, timeout=WAIT_MS)
    assert window.banner.label.text().startswith("The belt does not answer (port /dev/belt)")
    assert window.banner.action.text() == "Try again"
    link.times = 0
    window.banner.action.click()
    qtbot.waitUntil(lambda: "connected" in window.status.text.text(), timeout=WAIT_MS)
    assert not window.banner.isVisible()


@pytest.fixture
def no_belt_starts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """How often it was tried."""
    tried: list[bool] = []

    def start(_belt: VirtualBelt) -> None:
        tried.append(True)
        raise UserError("Node.js is missing: install it.")

    monkeypatch.setattr(VirtualBelt, "start", start)
    return tried


def test_a_virtual_belt_that_cannot_start_promises_no_days(
    opened: Opened, qtbot: QtBot, tmp_path: Path, no_belt_starts: list[bool]
) -> None:
    with VirtualLink(tmp_path) as link:
        window = opened(session(tmp_path / "data", link, demo=True))
        page = window.empty
        qtbot.waitUntil(page.action.isVisible, timeout=WAIT_MS)
        assert page.title.text() == "The virtual belt is not running"
        assert page.trouble.text() == "Node.js is missing: install it."
        assert not page.text.isVisible()
        assert not page.progress.isVisible()
        window.choose_language("de")
        assert page.title.text() == "Der virtuelle Gürtel läuft nicht"
        assert page.action.text() == "Erneut versuchen"
        window.choose_language("en")
        before = len(no_belt_starts)
        page.action.click()
        qtbot.waitUntil(lambda: len(no_belt_starts) > before, timeout=WAIT_MS)
        qtbot.waitUntil(page.action.isVisible, timeout=WAIT_MS)
        window.close()


def test_a_wizard_that_lost_its_belt_offers_to_look_again(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    with LivelyEnd(LivelyBelt(bytes([9] * 8))) as end:
        window = open_live(opened, qtbot, folder, end)
        window.belt_director.calibration.open(window)
        dialog = window.belt_director.calibration.dialog
        assert dialog is not None
    until(qtbot, lambda: dialog.main.text() == "Try again")
    assert "no longer connected" in dialog.said.text()
    with LivelyEnd(LivelyBelt(bytes([9] * 8))) as end:
        assert isinstance(window.session.link, PtyLink)
        window.session.link.port = end.path
        dialog.main.click()
        until(qtbot, lambda: dialog.main.text() == "Start this step")
        window.close()
