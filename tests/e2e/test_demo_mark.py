"""Days that nobody has lived say so wherever they go: files, tables, pages, titles."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from plumbline import made_up
from plumbline.__main__ import main
from plumbline.lessons.files import LANGUAGES
from plumbline.made_up import sentence
from plumbline.ui.coach.state import CoachState
from plumbline.ui.language import speak
from plumbline.ui.presenters.visit import visit_sheet
from plumbline.ui.titles import MADE_UP, entitle
from plumbline.ui.visit.page import MARGIN, PAGE, laid_out, picture
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.store.filling import archive, worn_belt
from tests.ui.visits import flood, month, nothing

SAYS = "DEMO DATA: a virtual belt and a made-up diary, nobody has lived these days."
UI = Path(__file__).parents[2] / "desktop" / "plumbline" / "ui"


@pytest.fixture(autouse=True)
def english(qapp: QApplication) -> Iterator[None]:
    yield
    speak("en")


@pytest.fixture(params=[True, False], ids=["demo", "own"])
def worn(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, bool]:
    """A folder of any name, and whether its days are made up."""
    folder = tmp_path / "somewhere"
    archive(folder, worn_belt(60))
    if request.param:
        made_up.mark(folder)
    return folder, request.param


def said(capsys: pytest.CaptureFixture[str], folder: Path, *argv: str) -> str:
    assert main(["--data", str(folder), *argv]) == 0
    return capsys.readouterr().out


def test_the_commands_say_it_of_made_up_days_alone(
    worn: tuple[Path, bool], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, is_demo = worn
    written, page = tmp_path / "written", tmp_path / "visit.pdf"
    for argv in (["days"], ["export", "--out", str(written)], ["visit", "-o", str(page)]):
        assert (SAYS in said(capsys, folder, *argv)) is is_demo, argv
    assert json.loads((written / "manifest.json").read_text())["demo"] is is_demo
    document = QPdfDocument(None)
    document.load(str(page))
    assert (SAYS in document.getAllText(0).text()) is is_demo
    title = document.metaData(QPdfDocument.MetaDataField.Title)
    assert (SAYS in title) is is_demo
    document.close()


def test_a_backup_carries_it_and_an_own_one_takes_it_away(
    worn: tuple[Path, bool], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, is_demo = worn
    said(capsys, folder, "backup", str(tmp_path / "b.zip"))
    plain, other = tmp_path / "plain", tmp_path / "other"
    made_up.mark(other)
    for target in (plain, other):
        said(capsys, target, "restore", str(tmp_path / "b.zip"))
        assert made_up.is_marked(target) is is_demo


def test_an_import_carries_it_and_mixes_nobodys_days_with_a_persons(
    worn: tuple[Path, bool], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, is_demo = worn
    written, fresh, other = tmp_path / "written", tmp_path / "fresh", tmp_path / "other"
    said(capsys, folder, "export", "--out", str(written))
    if is_demo:
        for _twice in range(2):
            assert SAYS in said(capsys, fresh, "import", str(written))
        assert made_up.is_marked(fresh)
        assert SAYS in said(capsys, fresh, "days")
    archive(other, worn_belt(30))
    if not is_demo:
        made_up.mark(other)
    before = {file: file.read_bytes() for file in (other / "archive").iterdir()}
    assert main(["--data", str(other), "import", str(written)]) == 2
    told = capsys.readouterr()
    assert "with --data" in told.err
    assert "Traceback" not in told.err
    assert made_up.is_marked(other) is not is_demo
    assert {file: file.read_bytes() for file in (other / "archive").iterdir()} == before


def test_a_folder_with_a_demos_and_a_persons_exports_is_taken_for_a_demos(
    worn: tuple[Path, bool], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, is_demo = worn
    other, written = tmp_path / "other", tmp_path / "written"
    archive(other, worn_belt(30))
    if not is_demo:
        made_up.mark(other)
    said(capsys, folder, "export", "--out", str(written))
    said(capsys, other, "export", "--out", str(written), "--format", "jsonl", "--overwrite")
    assert json.loads((written / "manifest.json").read_text())["demo"] is True


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [nothing, month, flood])
def test_the_page_for_a_visit_has_it_on_top_and_stays_one_page(
    state: Callable[[], CoachState], language: str
) -> None:
    speak(language)
    own = visit_sheet(state())
    sheet = visit_sheet(replace(state(), is_made_up=True))
    assert (own.mark, sheet.mark) == ("", sentence())
    layout = laid_out(sheet)
    assert layout.height <= PAGE.height() - 2 * MARGIN
    assert layout.above.toPlainText().splitlines()[0] == sentence()
    assert picture(sheet, 1.0) != picture(own, 1.0)


def test_titles_of_dialogs_say_it_too(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    part = QWidget(window)
    dialog = QDialog(part)
    entitle(dialog, "Episode")
    assert dialog.windowTitle() == "Episode"
    window.setProperty(MADE_UP, True)
    entitle(dialog, "Episode")
    assert dialog.windowTitle() == "Episode – demo data"
    speak("de")
    entitle(dialog, "Episode")
    assert dialog.windowTitle() == "Episode – Demodaten"


def test_no_dialog_goes_without_that() -> None:
    found = [
        file.name
        for file in UI.rglob("*.py")
        if ".setWindowTitle(" in file.read_text(encoding="utf-8")
    ]
    assert found == ["titles.py"]
