"""`plumbline demo` as a new user starts it, where there is no display."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from plumbline.demo import MOST_STARTS, VirtualLink
from plumbline.errors import LOG_NAME, UserError
from plumbline.virtual_belt import VirtualBelt
from PyQt6.QtGui import QImage

from tests.ui.commands import plumbline
from tests.ui.test_window import colours


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where it ran, and what it said."""
    here = tmp_path_factory.mktemp("demo")
    ran = plumbline(here / "data", "demo", cwd=here)
    assert ran.returncode == 0, ran.stderr
    return here, ran.stdout


def test_it_says_so_and_tells_the_day(started: tuple[Path, str]) -> None:
    here, said = started
    lines = said.splitlines()
    assert lines[0] == "There is no display: the window is drawn into plumbline.png."
    assert lines[-1] == f"The window was saved as {here / 'plumbline.png'}."
    day = "\n".join(lines[2:-1])
    assert "Longest sitting " in day
    assert " steps, " in day


def test_the_picture_shows_the_window_with_its_mark(
    started: tuple[Path, str], artefacts: Path
) -> None:
    here, _ = started
    picture = QImage(str(here / "plumbline.png"))
    assert picture.save(str(artefacts / "demo.png"))
    assert (picture.width(), picture.height()) == (1280, 800)
    seen = colours(picture)
    for colour in ("#0A4F96", "#C08500", "#007A54", "#FFE3A3"):
        assert seen[colour] > 50, colour


def test_its_data_have_a_folder_of_their_own(started: tuple[Path, str]) -> None:
    here, _ = started
    assert [path.name for path in (here / "data").iterdir()] == ["demo"]


def test_closing_does_not_wait_for_the_belts_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The belt's days take a minute to compute; whoever closes the window has not that long."""
    never, begun = threading.Event(), threading.Event()

    def start(_belt: VirtualBelt) -> None:
        begun.set()
        never.wait()

    monkeypatch.setattr(VirtualBelt, "start", start)
    with VirtualLink(tmp_path) as link, ThreadPoolExecutor(1) as lane:
        looking = lane.submit(link.ports)
        assert begun.wait(20)
        link.give_up()
        assert looking.result(20) == []
    never.set()


def test_a_belt_that_cannot_start_is_told_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_belt: VirtualBelt) -> None:
        raise UserError("Node.js is missing: run make setup.")

    monkeypatch.setattr(VirtualBelt, "start", start)
    with VirtualLink(tmp_path) as link:
        for _try in range(2):
            with pytest.raises(UserError, match="is missing: run"):
                link.ports()


def test_a_belt_that_has_ended_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[VirtualBelt] = []

    def start(belt: VirtualBelt) -> None:
        belt.port = f"/dev/belt{len(started)}"
        started.append(belt)

    monkeypatch.setattr(VirtualBelt, "start", start)
    with VirtualLink(tmp_path) as link:
        assert link.ports() == link.ports() == ["/dev/belt0"]
        started[0].failure = "the virtual belt ended with -9"
        started[0].ended.set()
        assert link.ports() == link.ports() == ["/dev/belt1"]
        assert link.failure == "the virtual belt ended with -9"
        often = MOST_STARTS  # one that always ends is of no use
        for _time in range(2, often + 1):
            assert link.ports() == [f"/dev/belt{len(started) - 1}"]
            started[-1].failure = "the virtual belt ended with 3"
            started[-1].ended.set()
        for _time in range(2):
            with pytest.raises(UserError, match=r"ended by itself each time.*Try again") as told:
                link.ports()
        assert len(started) == often
        assert str(tmp_path / LOG_NAME) in str(told.value)
        assert (tmp_path / LOG_NAME).read_text().count("ended with 3") == 1
        link.begin_again()
        assert link.ports() == [f"/dev/belt{often}"]


def test_the_making_of_the_past_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the first start shows how far it is, and not a bar without an end."""

    def start(belt: VirtualBelt) -> None:
        for done in (1, 2, 3):
            belt._making_past(done, 4)
        raise UserError("Enough.")

    monkeypatch.setattr(VirtualBelt, "start", start)
    told: list[tuple[int, int]] = []
    with VirtualLink(tmp_path) as link:
        link.preparing = lambda done, total: told.append((done, total))
        with pytest.raises(UserError):
            link.ports()
    assert told == [(1, 4), (2, 4), (3, 4)]


def test_a_demo_that_cannot_start_says_why_and_nothing_else(tmp_path: Path) -> None:
    """A belt's folder that is a file: no summary of days that are not there."""
    (tmp_path / "data" / "demo").mkdir(parents=True)
    (tmp_path / "data" / "demo" / "belt").write_text("in the way")
    ran = plumbline(tmp_path / "data", "demo", cwd=tmp_path)
    assert ran.returncode == 2
    assert "There are no data yet" not in ran.stdout
    assert len(ran.stderr.strip().splitlines()) == 1
