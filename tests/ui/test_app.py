"""The window's commands, in processes of their own."""

import sqlite3
import sys
from pathlib import Path

import pytest
from plumbline.errors import LinkError, UserError
from plumbline.ui import app, sync_controller
from plumbline.ui.main_window import MainWindow
from PyQt6 import sip
from PyQt6.QtGui import QImage

from tests.analysis.build import BERLIN
from tests.ui.commands import plumbline
from tests.ui.folders import BrokenLink, session


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_without_a_display_gui_says_what_to_do(tmp_path: Path) -> None:
    ran = plumbline(tmp_path / "data", "gui")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "There is no display to open a window on: log in to a desktop, or save a picture of the "
        "window with plumbline gui --screenshot FILE.\n"
    )
    assert not (tmp_path / "data").exists()


def test_a_picture_of_data_that_cannot_be_read_is_no_success(folder: Path, tmp_path: Path) -> None:
    database = sqlite3.connect(folder / "plumbline.sqlite3")
    database.execute("PRAGMA user_version = 99")
    database.close()
    ran = plumbline(folder, "gui", "--screenshot", str(tmp_path / "window.png"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "was written by a newer Plumbline" in ran.stderr


def test_a_picture_of_the_newest_day(folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    ran = plumbline(folder, "gui", "--screenshot", str(picture), TZ=str(BERLIN.zone))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1280, 800)
    assert not (folder / "window.ini").exists()


def test_a_picture_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    picture = tmp_path / "no such folder" / "window.png"
    ran = plumbline(folder, "gui", "--screenshot", str(picture))
    assert ran.returncode == 2
    assert ran.stderr == f"{picture} cannot be written: name another file.\n"


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Belts are looked for often."""
    monkeypatch.setattr(sync_controller, "POLL_MS", 100)


@pytest.mark.usefixtures("qapp", "eager")
@pytest.mark.parametrize("failures", [1, 2])
def test_a_picture_waits_for_a_sync_that_fails_at_first(
    folder: Path, tmp_path: Path, failures: int
) -> None:
    link = BrokenLink(LinkError("The belt has restarted: try again."), failures)
    window = MainWindow(session(folder, link), remember=False)
    picture = tmp_path / "window.png"
    assert app.screenshot(app.application(), window, picture) == 0
    assert link.tries == failures + 1
    assert picture.is_file()
    assert sip.isdeleted(window)  # whole, before the program ends


@pytest.mark.usefixtures("qapp", "eager")
def test_a_picture_in_vain_tells_why_and_shows_what_there_is(folder: Path, tmp_path: Path) -> None:
    link = BrokenLink(LinkError("The port went away: plug the belt in and try again."))
    window = MainWindow(session(folder, link), remember=False)
    shown: list[str] = []
    window.closing.connect(lambda: shown.append(window.today.sentence.text()))
    with pytest.raises(UserError, match="The port went away"):
        app.screenshot(app.application(), window, tmp_path / "window.png")
    assert link.tries == 3
    assert shown[0].startswith("Longest sitting ")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, not sys.platform.startswith("linux")),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_has_display(
    variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert app.has_display() is expected
