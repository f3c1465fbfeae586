"""`plumbline demo` as a new user starts it, where there is no display."""

from pathlib import Path

import pytest
from PyQt6.QtGui import QImage

from tests.ui.test_app import plumbline
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
