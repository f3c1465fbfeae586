"""At 100, 150 and 200 % on the smallest screen: every text whole, nothing over another or outside.

In German, whose words are the longest. Each scale is a process of its own, as Qt takes it once.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.coaching import with_book
from tests.ui.folders import LAST_DAY
from tests.ui.offscreen import with_screen
from tests.ui.stumbles import stumbles
from tests.ui.test_tab_walk import lived

ROOM = (1024, 700)
"""Of the screen, in the units that windows are laid out in."""
LONG = "Donaudampfschifffahrtsgesellschaft"


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_page_and_dialogue_is_whole(scale: float, folder: Path, tmp_path: Path) -> None:
    with_book(folder, LAST_DAY, lived)
    told = looked_at(folder, tmp_path, scale, "de")
    assert told["ratio"] == scale
    assert told["room"] == list(ROOM)
    assert len(told["found"]) > 40
    assert {name: lines for name, lines in told["found"].items() if lines} == {}


def looked_at(folder: Path, into: Path, scale: float, language: str) -> dict:  # type: ignore[type-arg]
    path = os.pathsep.join(sys.path)
    environment = {**with_screen(ROOM, scale, into), "PYTHONPATH": path}
    command = [sys.executable, "-m", "tests.ui.scaled_window", str(folder), language]
    ran = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    found: dict = json.loads(ran.stdout)  # type: ignore[type-arg]
    return found


# What is looked for is found


def shown(qtbot: QtBot, *parts: QWidget) -> QWidget:
    """The parts side by side in a window of 400 by 200, at (10, 10) and (150, 10)."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    for n, part in enumerate(parts):
        part.setParent(window)
        part.setGeometry(10 + 140 * n, 10, 120, 30)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.mark.parametrize("kind", [QLabel, QPushButton])
def test_a_text_that_is_cut(qtbot: QtBot, kind: type[QLabel] | type[QPushButton]) -> None:
    part = kind("kurz")
    window = shown(qtbot, part)
    assert stumbles(window) == []
    part.setText(LONG)
    (line,) = stumbles(window)
    assert line.startswith("cut, ")
    assert LONG in line


def test_a_choice_that_is_cut(qtbot: QtBot) -> None:
    box = QComboBox()
    box.addItems(["kurz", "auch kurz"])
    window = shown(qtbot, box)
    assert stumbles(window) == []
    box.addItem(LONG)
    assert [line[:3] for line in stumbles(window)] == ["cut"]


def test_lines_that_do_not_fit(qtbot: QtBot) -> None:
    label = QLabel("eins zwei drei")
    label.setWordWrap(True)
    window = shown(qtbot, label)
    assert stumbles(window) == []
    label.setText("eins zwei drei vier " * 9)
    (line,) = stumbles(window)
    assert "px high needed" in line


def test_one_over_another_and_one_outside(qtbot: QtBot) -> None:
    one, other = QLabel("a"), QLabel("b")
    window = shown(qtbot, one, other)
    assert stumbles(window) == []
    other.move(100, 30)
    (line,) = stumbles(window)
    assert line.startswith("overlap by 30x10")
    other.move(300, 100)
    (line,) = stumbles(window)
    assert line.startswith("outside by (300, 100, 419, 129)")


def test_scrolling_sideways(qtbot: QtBot) -> None:
    area, inside = QScrollArea(), QLabel("a")
    window = shown(qtbot, area)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    inside.setFixedSize(90, 10)
    area.setWidget(inside)
    assert not any(line.startswith("scrolls") for line in stumbles(window))
    inside.setFixedSize(500, 10)
    qtbot.waitUntil(lambda: any(line.startswith("scrolls") for line in stumbles(window)))
