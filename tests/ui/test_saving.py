"""Exports and backups from the window: what is chosen is written, what stops it is told."""

import ast
import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from plumbline.coaching.book import CoachBook
from plumbline.coaching.records import DiaryEntry, Episode
from plumbline.export.exporting import Export, bounds, export
from plumbline.people.changes import assign, keep_wearer
from plumbline.people.subjects import subjects
from plumbline.store.database import Store
from plumbline.store.restoring import restore
from plumbline.ui.main_window import MainWindow
from plumbline.ui.saving.backup_dialog import BackupDialog
from plumbline.ui.saving.export_dialog import ExportDialog
from PyQt6.QtCore import QDate, Qt
from PyQt6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN
from tests.house.source import sources

WAIT_MS = 30_000


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def offered(window: MainWindow, text: str) -> QAction:
    """An action of the menu bar."""
    found = [each for menu in window.menuBar().actions() for each in menu.menu().actions()]
    return next(each for each in found if each.text().replace("&", "").startswith(text))


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ExportDialog:
    offered(window, "Export").trigger()
    found = window.saving.dialog
    assert isinstance(found, ExportDialog)
    qtbot.waitExposed(found)
    return found


def test_all_days_are_written_and_told(
    window: MainWindow, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "of mine"
    dialog.path.setText(str(out))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.said.text()), timeout=WAIT_MS)
    minutes = rows(out / "minutes.csv")
    assert dialog.said.text().startswith(f"{len(minutes):,} minutes and ")
    assert str(out) in dialog.said.text()
    assert dialog.show_place.isVisible()
    assert not dialog.busy
    told = json.loads((out / "manifest.json").read_text())
    assert told["rows"]["minutes.csv"] == len(minutes) > 10_000


def test_only_the_days_that_were_chosen(
    window: MainWindow, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.path.setText(str(tmp_path / "out"))
    dialog.all_days.click()
    dialog.first.setDate(QDate(2026, 11, 18))
    dialog.last.setDate(QDate(2026, 11, 17))
    dialog.main.click()
    assert dialog.said.text() == "The first day comes after the last: choose an earlier one."
    dialog.last.setDate(QDate(2026, 11, 18))
    dialog.main.click()
    qtbot.waitUntil(dialog.show_place.isVisible, timeout=WAIT_MS)
    times = [row["utc"] for row in rows(tmp_path / "out" / "minutes.csv")]
    assert times
    assert min(times) >= "2026-11-17T23:00"  # Berlin's midnight
    assert max(times) < "2026-11-18T23:00"


def test_nothing_is_replaced_and_no_place_is_told(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.path.setText("  ")
    dialog.main.click()
    assert dialog.said.text() == "Choose where the files go."
    mine = tmp_path / "dictionary.csv"
    mine.write_text("mine")
    dialog.path.setText(str(tmp_path))
    dialog.main.click()
    assert dialog.said.text() == f"{mine} exists already: choose another folder."
    assert mine.read_text() == "mine"
    dialog.path.setText(str(mine))
    dialog.main.click()
    qtbot.waitUntil(lambda: "not a folder" in dialog.said.text(), timeout=WAIT_MS)


def test_who_cancels_leaves_nothing(
    window: MainWindow, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    dialog.path.setText(str(out))
    dialog.main.click()
    assert dialog.leave.text() == "Cancel"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=WAIT_MS)
    assert dialog.said.text() == "Cancelled: nothing was written."
    assert list(out.glob("*")) == list(out.glob(".*")) == []
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_backup_can_be_restored(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    offered(window, "Back up").trigger()
    dialog = window.saving.dialog
    assert isinstance(dialog, BackupDialog)
    assert "not encrypted" in dialog.note.text()
    file = tmp_path / "mine.zip"
    dialog.path.setText(str(file))
    dialog.main.click()
    qtbot.waitUntil(dialog.show_place.isVisible, timeout=WAIT_MS)
    assert str(file) in dialog.said.text()
    back = tmp_path / "back"
    restore(file, back, lambda done, total: None)
    with Store.open(back) as restored, Store.open(window.session.folder) as ours:
        assert restored.record_count() == ours.record_count() > 10_000
    dialog.main.click()
    assert dialog.said.text() == f"{file} exists already: choose another name."


def test_of_one_person_only_what_is_hers(folder: Path, tmp_path: Path) -> None:
    """A belt that two wore in turn, each with a diary."""
    turn = BERLIN.bounds(date(2026, 11, 9))[0]
    with Store.open(folder) as store:
        belt = store.belts()[0].id
        ids = {name: keep_wearer(store, name).id for name in ("Kim", "Bo")}
        assign(store, belt, ids["Kim"], None)
        assign(store, belt, ids["Bo"], turn)
        for name, wearer in ids.items():
            book = CoachBook(store, lambda: date(2026, 11, 20), wearer)
            book.keep_episode(Episode("", date(2026, 11, 2)))
            book.write_diary(DiaryEntry("", date(2026, 11, 12), note=f"of {name}"))
        found = {each.name: each for each in subjects(store, [belt])}
        for name, subject in found.items():
            export(store, Export(tmp_path / name, about=subject), lambda done, total: None)
        export(store, Export(tmp_path / "all"), lambda done, total: None)
        days = bounds(date(2026, 11, 8), date(2026, 11, 9), BERLIN)
        export(
            store, Export(tmp_path / "two", span=days, about=found["Bo"]), lambda done, total: None
        )
    turned = datetime.fromtimestamp(turn, UTC).strftime("%Y-%m-%dT%H:%M")
    kim, bo, everything = (rows(tmp_path / each / "minutes.csv") for each in ("Kim", "Bo", "all"))
    assert max(row["utc"] for row in kim) < turned <= min(row["utc"] for row in bo)
    assert len(kim) + len(bo) == len(everything)
    told = (tmp_path / "Kim" / "entries.jsonl").read_text()
    assert "of Kim" in told
    assert "of Bo" not in told
    assert ids["Bo"] not in told
    assert {row["utc"][:10] for row in rows(tmp_path / "two" / "minutes.csv")} <= {
        "2026-11-08",
        "2026-11-09",
    }
    clocks = rows(tmp_path / "all" / "clocks.csv")
    assert len({tuple(row.values()) for row in clocks}) == len(clocks)


def asks_for_files(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    of_class = called.value if isinstance(called, ast.Attribute) else called
    return isinstance(of_class, ast.Name) and of_class.id == "QFileDialog"


def test_every_title_of_a_file_dialogue_goes_through_titles() -> None:
    """Above a demo's data it says so: a bare text would not."""
    asked = 0
    for file in sources("desktop/plumbline/ui"):
        for node in filter(asks_for_files, ast.walk(file.tree)):
            assert isinstance(node, ast.Call)
            asked += 1
            bare = [each for each in node.args if isinstance(each, ast.Call)]
            assert not [each for each in bare if getattr(each.func, "id", "") == "_"], file.name
    assert asked >= 5
