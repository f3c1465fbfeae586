"""Whoever wears a virtual belt is told what a session counts; with a real belt nobody is."""

from collections.abc import Callable

import pytest
from beltwire import codes
from beltwire.decoder import FrameDecoder
from beltwire.messages import HelloReply
from plumbline.link.wearer import EXERCISE, REST, exercise_of
from plumbline.ui.coach.session_page import SessionPage
from plumbline.ui.main_window import MainWindow
from plumbline.ui.talk_state import TalkPhase, TalkState
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached


def greeting(flags: int) -> HelloReply:
    return HelloReply(
        version=1,
        belt_id=bytes(8),
        firmware=bytes(3),
        flags=flags,
        boot=1,
        mono_ms=0,
        battery_mv=3900,
        max_page=512,
        board="xiao",
        name="a belt",
    )


class Line:
    """A port that keeps what is written, and the talk that writes it."""

    def __init__(self) -> None:
        self.written = b""
        self.port = self

    def write(self, data: bytes) -> None:
        """As a port's."""
        self.written += data

    def ask(self, work: Callable[["Line"], object], *_told: object) -> None:
        """As a talk's."""
        work(self)


@pytest.mark.parametrize("flags", [codes.HELLO_VIRTUAL, 0])
def test_what_counts_is_said_to_a_virtual_belts_wearer_alone(
    window: MainWindow, qtbot: QtBot, flags: int
) -> None:
    coached, line, talk = Coached(window, qtbot), Line(), window.talk
    talk.ask = line.ask  # type: ignore[method-assign, assignment]
    talk._tell = lambda _state: None  # type: ignore[method-assign]  # that there is no belt here
    talk.state = TalkState(TalkPhase.OPEN, greeting(flags))
    page = coached.open("session")
    assert isinstance(page, SessionPage)
    page.show_talk("", open_=True)
    for exercise in ("Hip hinge", "Chair rise"):
        page.choice.setCurrentIndex(page.choice.findText(exercise))  # ends what was counting
        coached.press(page.start)
    coached.press(page.start)
    page.begin_anew()  # nothing counts: nothing is said
    said = FrameDecoder().feed(line.written)
    assert [frame.type for frame in said] == [EXERCISE] * len(said)
    heard = [exercise_of(frame) for frame in said]
    told = [codes.HIP_HINGE, REST, codes.CHAIR_RISE, REST]
    assert heard == (told if flags else [])
