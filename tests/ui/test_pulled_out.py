"""A belt pulled out in every state of every page and dialogue, and plugged in again.

One window lives through all of them: after each pull there is a sentence and no traceback, and the
belt is found again. Pairing has its own in test_pairing.py.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from beltwire import bundle, codes, settings
from plumbline.errors import LOG_NAME
from plumbline.ui import app
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters import calibration
from plumbline.ui.presenters.calibration import STEPS, Stage
from plumbline.ui.presenters.status import Phase
from plumbline.ui.rooms.rooms import BELT, LIVE, PAGES, TODAY
from plumbline.ui.talk_state import TalkPhase
from pytestqt.qtbot import QtBot

from tests.ui.folders import session
from tests.ui.test_care import TestableBelt
from tests.ui.test_live import LivelyEnd, PtyLink, sample, until

UNTIL_PULLED = 1_000_000


class StuckBelt(TestableBelt):
    """Answers until it is `stuck`: from then on what it was asked for stays under way."""

    def __init__(self) -> None:
        super().__init__()
        self.stuck = False
        self.sticks_at = ""
        self.collecting = UNTIL_PULLED
        self.minutes(2000)

    def does(self, what: str) -> None:
        """A request has come."""
        self.stuck = self.stuck or what == self.sticks_at

    def calibrate(self, step: int) -> tuple[int, int, int]:
        if step == codes.STEP_QUERY:
            return codes.CALIBRATION_COLLECTING, 50, 0
        if step == self.collecting:
            return codes.CALIBRATION_COLLECTING, 0, 0
        return codes.CALIBRATION_DONE, 60, 0

    def change_settings(self, pairs: list[tuple[int, int]]) -> None:
        self.does("settings")

    def selftest(self) -> tuple[int, int]:
        self.does("selftest")
        return super().selftest()

    def wipe(self, what: int) -> None:
        self.does("wipe")

    def read_page(self, from_seq: int) -> bytes | None:
        self.does("fetch")
        return super().read_page(from_seq)

    def update_begin(self, version: bytes, board: str, total: int) -> None:
        pass

    def update_data(self, offset: int, data: bytes) -> int:
        self.does("update")
        return offset + len(data)


class StuckEnd(LivelyEnd):
    """A line on which nothing comes any more once the belt is stuck."""

    def __init__(self, belt: StuckBelt) -> None:
        super().__init__(belt)
        self.belt = belt

    def pulled(self) -> list[bytes]:
        frames = super().pulled()
        return [] if self.belt.stuck else frames


class Desk:
    """The window, and the belt that is plugged in and pulled out."""

    def __init__(self, folder: Path) -> None:
        app.application()
        self.folder = folder
        self.belt = StuckBelt()
        self.link = PtyLink(folder, "")
        self.link.plugged = False
        self.window = MainWindow(session(folder, self.link))
        self.end: StuckEnd | None = None
        self.window.show()
        self.window.start()

    def plug(self, qtbot: QtBot, page: str) -> None:
        """Plug the belt in where it is not, and wait until it is found."""
        if self.end is None:
            self._plug()
        self.show(page)
        window = self.window
        window.sync.look()
        until(qtbot, lambda: window.sync.state.phase is Phase.CONNECTED)
        if page in (LIVE, BELT):
            until(qtbot, lambda: window.talk.state.phase is TalkPhase.OPEN)

    def _plug(self) -> None:
        self.belt.stuck, self.belt.sticks_at = False, ""
        self.end = StuckEnd(self.belt)
        self.end.__enter__()
        self.link.port, self.link.plugged = self.end.path, True

    def show(self, page: str) -> None:
        if page != TODAY:
            self.window.rooms.furnish(page)
        self.window.tabs.setCurrentIndex(PAGES.index(page))

    def pull(self) -> None:
        """The line is cut, and the port is gone."""
        end, self.end = self.end, None
        if end:
            self.link.plugged = False
            end.__exit__(None, None, None)


@pytest.fixture(scope="module")
def desk(filled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("pulled") / "data"
    shutil.copytree(filled_folder, folder)
    made = Desk(folder)
    yield made
    made.pull()
    made.window.close()


Enter = Callable[[Desk, QtBot], Callable[[], str]]
"""Brings about a state; gives where the sentence is to be read once the belt is gone."""


def on_page(page: str, desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    window = desk.window
    if page == LIVE:
        assert desk.end
        desk.end.send(sample(1000))
        until(qtbot, lambda: window.live.posture.text() == "Sitting")
        return lambda: window.live.message.text()
    if page == BELT:
        return lambda: window.belt_page.message.text()
    return lambda: window.status.text.text()  # nobody needs the belt here


def calibrating(stage: Stage, place: int, desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    director = desk.window.belt_director.calibration
    desk.belt.collecting = STEPS[place]
    desk.window.belt_page.calibration.button.click()
    dialog = director.dialog
    assert dialog is not None
    director._show(replace(director.wizard, stage=stage, place=place))
    if stage is Stage.COLLECTING:
        director._show(replace(director.wizard, stage=Stage.COUNTDOWN, left_s=1))
        until(qtbot, lambda: director.wizard.progress == 50)
    if stage is Stage.RESULT:
        return lambda: desk.window.belt_page.message.text()
    return lambda: dialog.said.text()


def storing(desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    window = desk.window
    desk.belt.sticks_at = "settings"
    form = window.belt_page.settings
    until(qtbot, form.isEnabled)
    form.fields[settings.SITTING_LIMIT_MIN]._switch.setChecked(False)
    form.store.click()
    until(qtbot, lambda: desk.belt.stuck)
    return lambda: window.belt_page.message.text()


def under_test(desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    desk.belt.sticks_at = "selftest"
    desk.window.belt_page.care.selftest.click()
    until(qtbot, lambda: desk.belt.stuck)
    return lambda: desk.window.belt_page.message.text()


def updating(desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    desk.belt.sticks_at = "update"
    file = desk.folder / "new.plb"
    file.write_bytes(bundle.pack(bytes((9, 0, 0)), "memory", [("device/x.py", bytes(9000))]))
    desk.window.belt_director.care.put(file)
    until(qtbot, lambda: desk.belt.stuck)
    return lambda: desk.window.belt_page.care.said.text()


def asking(desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    director = desk.window.belt_director.care
    desk.window.belt_page.care.wipe.click()
    until(qtbot, lambda: director.dialog is not None)
    return lambda: "" if director.dialog else desk.window.belt_page.message.text()


def wiping(desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    sentence = asking(desk, qtbot)
    desk.belt.sticks_at = "wipe"
    dialog = desk.window.belt_director.care.dialog
    assert dialog is not None
    dialog.log.setChecked(True)
    dialog.wipe.click()
    until(qtbot, lambda: desk.belt.stuck)
    return sentence


def syncing(desk: Desk, qtbot: QtBot) -> Callable[[], str]:
    desk.belt.minutes(3)
    desk.belt.sticks_at = "fetch"
    desk.window.sync.ask_now()
    until(qtbot, lambda: desk.belt.stuck)
    return lambda: desk.window.banner.label.text()


STATES: dict[str, tuple[str, Enter]] = {
    **{page: (page, partial(on_page, page)) for page in PAGES},
    **{
        f"{stage.value} {place}": (BELT, partial(calibrating, stage, place))
        for stage, place in (
            (Stage.INTRO, 0),
            (Stage.READY, 1),
            (Stage.COUNTDOWN, 0),
            (Stage.COLLECTING, 0),
            (Stage.COLLECTING, 1),
            (Stage.COLLECTING, 2),
            (Stage.FAILED, 2),
            (Stage.RESULT, 2),
        )
    },
    "storing settings": (BELT, storing),
    "self-test": (BELT, under_test),
    "update": (BELT, updating),
    "asking before a wipe": (BELT, asking),
    "wipe": (BELT, wiping),
    "sync": ("today", syncing),
}


@pytest.mark.parametrize("state", STATES)
def test_a_sentence_and_the_belt_is_found_again(desk: Desk, qtbot: QtBot, state: str) -> None:
    page, enter = STATES[state]
    desk.plug(qtbot, page)
    (desk.folder / LOG_NAME).unlink(missing_ok=True)
    window = desk.window
    sentence = enter(desk, qtbot)
    desk.pull()
    window.sync.look()
    until(qtbot, lambda: is_sentence(sentence()))
    until(qtbot, lambda: not window.sync.syncing)
    window.sync.look()
    until(qtbot, lambda: window.sync.port is None)
    assert is_sentence(sentence())
    assert not (desk.folder / LOG_NAME).exists()  # no traceback
    assert window.isVisible()
    desk.plug(qtbot, page)
    assert not window.banner.isVisible()
    assert window.belt_page.care.said.text() == "" or state == "update"
    leave_wizard(desk, qtbot)


def is_sentence(text: str) -> bool:
    """One that says what is the matter, or what the status bar says without a belt."""
    known = (
        "no longer connected",
        "does not answer",
        "Connect the belt",
        "is not connected",
    )
    return text == "Looking for a belt; connect it by USB" or any(
        each in text and text.endswith((".", ":")) for each in known
    )


def leave_wizard(desk: Desk, qtbot: QtBot) -> None:
    """A wizard that had lost its belt goes on with its step."""
    director = desk.window.belt_director.calibration
    if director.dialog is None:
        return
    assert director.wizard.stage in (Stage.READY, Stage.RESULT)
    assert calibration.present_wizard(director.wizard).main
    director.dialog.reject()
    until(qtbot, lambda: director.dialog is None)
