"""Recorded motion -> real firmware in MicroPython -> serial port -> database -> window."""

import json
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from beltwire import codes
from plumbline.__main__ import main
from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import Posture, dominant, posture_seconds
from plumbline.store.archive import archive_path
from plumbline.store.database import Store
from plumbline.ui.app import application
from plumbline.ui.main_window import MainWindow
from plumbline.ui.session import Session
from plumbline.virtual_belt import VirtualBelt
from pytestqt.qtbot import QtBot

from tests.core.played import beginning_of
from tests.ui.folders import NoBelt

EVER = (-(1 << 40), 1 << 40)
UTC_DAYS = DayRule(ZoneInfo("UTC"))
WAIT_MS = 20_000
AGAIN_S = 130
"""Worn for so long after the restart: two minutes, and what is held back."""


@dataclass(frozen=True)
class Fetched:
    """A data folder after two syncs of a belt that wore a recording.

    `poses`: the options of replay that stand for the belt's calibration; `after`: the folder's
    contents after either sync.
    """

    recording: Path
    poses: list[str]
    folder: Path
    after: list[tuple[list[str], bytes]]
    flash: Path


def contents(folder: Path) -> tuple[list[str], bytes]:
    """The database as SQL and the archive's bytes."""
    with Store.open(folder) as store:
        (belt,) = store.belts()
        return store.dump(), archive_path(folder, belt.id).read_bytes()


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory, recordings: list[Path]) -> Fetched:
    """The recording is worn at full speed, then synced twice by the command line."""
    folder = tmp_path_factory.mktemp("whole")
    data, flash = folder / "data", folder / "flash"
    after = []
    with VirtualBelt(flash, recordings[0], speed="max") as belt:
        assert belt.failure == ""
        assert belt.upright
        assert belt.seated
        poses = ["--upright", belt.upright, "--seated", belt.seated]
        for _ in range(2):
            assert main(["--data", str(data), "sync", "--port", belt.port]) == 0
            after.append(contents(data))
    assert belt.failure == ""
    return Fetched(recordings[0], poses, data, after, flash)


def replayed(fetched: Fetched, tmp_path: Path) -> list[dict[str, object]]:
    """What `plumbline replay` makes of the recording, minute by minute."""
    out = tmp_path / "minutes.jsonl"
    argv = ["replay", str(fetched.recording), *fetched.poses, "--minutes", "-o", str(out)]
    assert main(argv) == 0
    return [json.loads(line) for line in out.read_text().splitlines()]


def test_minutes_in_the_database_are_those_of_replay(fetched: Fetched, tmp_path: Path) -> None:
    expected = replayed(fetched, tmp_path)
    with Store.open(fetched.folder) as store:
        rows = store.minutes(*EVER)
        assert store.unplaced() == 0
    whole = [minute for minute in expected if not minute["flags"] & codes.FLAG_PARTIAL]  # type: ignore[operator]
    assert len(rows) >= len(whole) >= 5
    start = int(rows["utc_s"][0])
    for row, minute in zip(rows, whole, strict=False):
        assert int(row["utc_s"]) - start == minute["start_s"]
        names = [name for name in minute if name != "start_s"]
        assert {name: row[name].tolist() for name in names} == {n: minute[n] for n in names}
    worn = rows["seconds"].sum(axis=0)
    assert worn[codes.WALKING] > 60
    assert worn[codes.SITTING] > 0


def test_a_second_sync_adds_nothing(fetched: Fetched) -> None:
    first, second = fetched.after
    assert second == first


def test_the_belt_remembers_and_goes_on_after_a_restart(fetched: Fetched, tmp_path: Path) -> None:
    """Its log goes on where it was; a sync brings the new boot and nothing twice."""
    again = beginning_of(fetched.recording, AGAIN_S, tmp_path / "again.csv.gz")
    data = shutil.copytree(fetched.folder, tmp_path / "data")
    flash = shutil.copytree(fetched.flash, tmp_path / "flash")
    with Store.open(data) as store:
        before = len(store.minutes(*EVER))
    with VirtualBelt(flash, again, speed="max") as belt:
        assert belt.failure == ""
        assert main(["--data", str(data), "sync", "--port", belt.port]) == 0
    with Store.open(data) as store:
        rows = store.minutes(*EVER)
        (info,) = store.belts()
        assert sorted(set(rows["boot"].tolist())) == [1, 2]
        assert int((rows["boot"] == 1).sum()) == before
        (covered,) = store.coverage(info.id).intervals()
        assert covered[0] == 1
        dump = store.dump()
        store.rebuild(lambda done, total: None)
        assert store.dump() == dump


def test_the_window_shows_the_day(fetched: Fetched, qtbot: QtBot, artefacts: Path) -> None:
    with Store.open(fetched.folder) as store:
        rows = store.minutes(*EVER)
    end_s = int(rows["utc_s"][-1]) + 60
    day = UTC_DAYS.day_of(end_s)
    application()
    session = Session(
        fetched.folder,
        NoBelt(),
        lambda: Store.open(fetched.folder),
        UTC_DAYS,
        lambda: float(end_s),
    )
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.start()
    assert re.search(rf"\b{day.day}\b", window.today.header.title.text())
    texts = dict(window.today.tiles.texts())
    assert str(int(rows["steps"].sum())) in " ".join(texts.values())
    image = window.today.plots.grab().toImage()
    assert window.grab().save(str(artefacts / "whole-product.png"))
    seen = Counter(
        image.pixelColor(x, y).name().upper()
        for y in range(0, image.height(), 2)
        for x in range(image.width())
    )
    drawn = {Posture(code) for code in dominant(posture_seconds(rows)).tolist()}
    assert drawn
    assert all(seen[window.theme.postures[posture]] > 0 for posture in drawn)
    window.close()
