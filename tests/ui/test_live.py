"""The live page over a real pty: samples come, a sync goes before, a pulled belt is told of."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from beltwire import codes
from beltwire.belt import BeltSession
from beltwire.messages import LiveSample
from plumbline.store.rows import NO_ANGLE
from plumbline.ui.link_work import SerialLink
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.live import SampleWindow, present_live, talk_message
from plumbline.ui.presenters.status import Phase
from plumbline.ui.talk_state import TalkPhase, TalkState
from pytestqt.qtbot import QtBot

from tests.link.belt import MemoryBelt, PtyEnd
from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import session


def sample(
    mono_ms: int = 0, flexion: int = 1240, lateral: int = -310, flags: int = 0
) -> LiveSample:
    return LiveSample(
        mono_ms=mono_ms,
        flexion_cdeg=flexion,
        lateral_cdeg=lateral,
        activity=codes.SITTING,
        confidence=200,
        band=codes.UPRIGHT,
        flags=flags,
    )


class LivelyBelt(MemoryBelt):
    """Grants any rate, and has settings."""

    rate = 0

    def live(self, rate: int) -> int:
        self.rate = rate
        return rate


class LivelyEnd(PtyEnd):
    """Answers, and sends a sample each time it is told to."""

    def __init__(self, belt: LivelyBelt) -> None:
        self.session = BeltSession(belt)
        super().__init__(self._answers)

    def _answers(self, data: bytes) -> list[bytes]:
        self.session.receive(data)
        return self.pulled()

    def pulled(self) -> list[bytes]:
        frames = []
        while (frame := self.session.pull()) is not None:
            frames.append(frame)
        return frames

    def send(self, one: LiveSample) -> None:
        self.session.offer_sample(one)
        for frame in self.pulled():
            os.write(self._far, frame)


class PtyLink(SerialLink):
    """One port, as long as it is plugged in."""

    def __init__(self, folder: Path, port: str) -> None:
        super().__init__(folder)
        self.port = port
        self.plugged = True

    def ports(self) -> list[str]:
        return [self.port] if self.plugged else []


OPEN = TalkState(TalkPhase.OPEN, None, 25)


def test_the_view_says_angles_posture_and_quality() -> None:
    window = SampleWindow(25)
    for n in range(51):
        window.add(40 * n, n / 25)
    view = present_live(OPEN, sample(), window)
    assert (view.flexion, view.lateral) == (12.4, -3.1)
    assert (view.flexion_text, view.lateral_text) == ("12° forward", "3° to the left")
    assert view.posture == "Sitting"
    assert view.quality == "Connection good: 25 of 25 readings a second, none lost"
    assert view.description == "Sitting, 12° forward, 3° to the left"


def test_lost_samples_are_counted_by_the_belts_clock() -> None:
    window = SampleWindow(25)
    for mono_ms in (0, 40, 80, 200, 240, 320):
        window.add(mono_ms, mono_ms / 1000 + (0.2 if mono_ms > 80 else 0))  # lateness is no loss
    assert window.lost == 3
    quality = present_live(OPEN, sample(), window).quality
    assert quality.startswith("Connection with gaps: ")
    assert quality.endswith("3 lost in the last 10 s")
    for n in range(300):
        window.add(400 + 40 * n, 1 + n / 25)
    assert window.lost == 0


def test_the_delay_of_the_posture_is_told_where_it_is_read() -> None:
    view = present_live(OPEN, sample(), SampleWindow(25))
    assert view.delay == "The angle is shown at once, the posture 3 to 5 seconds later."


def test_unknown_angles_are_no_zero() -> None:
    view = present_live(OPEN, sample(flexion=NO_ANGLE, lateral=NO_ANGLE), SampleWindow(1))
    assert (view.flexion, view.flexion_text) == (None, "–")
    flagged = sample(flags=codes.LIVE_UNCALIBRATED | codes.LIVE_MOTOR_ON | codes.LIVE_SENSOR_GAP)
    assert len(present_live(OPEN, flagged, SampleWindow(1)).notes) == 3


@pytest.mark.parametrize("phase", list(TalkPhase))
def test_every_phase_says_something(phase: TalkPhase) -> None:
    assert talk_message(TalkState(phase, error="The port went away."))


def until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=WAIT_MS)


def open_live(opened: Opened, qtbot: QtBot, folder: Path, end: PtyEnd) -> MainWindow:
    window = opened(session(folder, PtyLink(folder, end.path)))
    until(qtbot, lambda: window.tabs.isVisible() and window.sync.state.phase is Phase.CONNECTED)
    window.tabs.setCurrentWidget(window.live)
    until(qtbot, lambda: window.talk.state.phase is TalkPhase.OPEN)
    return window


def test_the_trunk_moves_with_the_samples(
    opened: Opened, qtbot: QtBot, folder: Path, artefacts: Path
) -> None:
    belt = LivelyBelt(bytes([9] * 8))
    with LivelyEnd(belt) as end:
        window = open_live(opened, qtbot, folder, end)
        assert belt.rate == 25
        end.send(sample(1000))
        until(qtbot, lambda: window.live.posture.text() == "Sitting")
        upright = window.live.figure.grab().toImage()
        end.send(sample(1040, flexion=4500))
        until(qtbot, lambda: "45° forward" in window.live.figure.accessibleDescription())
        assert window.live.figure.grab().toImage() != upright
        assert window.grab().save(str(artefacts / "window-live.png"))
        # a sync goes before, and the view comes back by itself
        phases: list[TalkPhase] = []
        window.talk.changed.connect(lambda state: phases.append(state.phase))
        window.sync.ask_now()
        until(qtbot, lambda: phases[-1:] == [TalkPhase.OPEN])
        assert phases == [TalkPhase.SYNCING, TalkPhase.CONNECTING, TalkPhase.OPEN]
        assert not window.banner.isVisible()
        # nobody looks: nothing is sent
        window.tabs.setCurrentWidget(window.today)
        until(qtbot, lambda: belt.rate == 0)


def test_a_pulled_belt_gives_a_sentence(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    with LivelyEnd(LivelyBelt(bytes([9] * 8))) as end:
        window = open_live(opened, qtbot, folder, end)
        link = window.session.link
        assert isinstance(link, PtyLink)
        link.plugged = False
    until(qtbot, lambda: window.talk.state.phase is TalkPhase.FAILED)
    assert "is no longer connected (port " in window.live.message.text()
    with LivelyEnd(LivelyBelt(bytes([9] * 8))) as end:
        link.port, link.plugged = end.path, True
        window.sync.look()
        until(qtbot, lambda: window.talk.state.phase is TalkPhase.OPEN)
        window.close()


def test_closing_ends_the_talk(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    belt = LivelyBelt(bytes([9] * 8))
    with LivelyEnd(belt) as end:
        window = open_live(opened, qtbot, folder, end)
        window.close()
        end_s = time.monotonic() + 5
        while belt.rate and time.monotonic() < end_s:
            time.sleep(0.01)
        assert belt.rate == 0
