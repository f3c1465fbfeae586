"""The sub-page Visit and `plumbline visit`: what is entered is kept, shown and written."""

from datetime import date
from pathlib import Path

import pytest
from plumbline.cli import run
from plumbline.coaching.records import Episode, Therapy
from plumbline.errors import UserError
from plumbline.people.records import WEARER
from plumbline.store.database import Store
from plumbline.ui.coach.visit_page import VisitPage
from plumbline.ui.main_window import MainWindow
from plumbline.ui.visit.printing import a_printer
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QPageSize, QPixmap
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPrintSupport import QPrinter
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.coaching import Coached, texts, with_book
from tests.ui.commands import plumbline

TODAY = date(2026, 11, 20)
ARTEFACTS = Path(__file__).parents[2] / "artefacts"


def text_of(path: Path) -> str:
    document = QPdfDocument(None)
    assert document.load(str(path)) == QPdfDocument.Error.None_
    assert document.pageCount() == 1
    found = " ".join(document.getAllText(0).text().split())
    document.close()
    return found


def test_wishes_and_questions_are_kept_shown_and_written(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    coached = Coached(window, qtbot)
    page = coached.open("visit")
    assert isinstance(page, VisitPage)
    page.wish_text.setFocus()
    qtbot.keyClicks(page.wish_text, "Swim again")
    qtbot.keyClick(page.wish_text, Qt.Key.Key_Tab)
    assert page.own.hasFocus()
    qtbot.keyClicks(page.own, "And my bike?")
    qtbot.keyClick(page.asks["signs"], Qt.Key.Key_Space)
    state = coached.press(page.keep)
    kept = state.records.visits[-1]
    assert (kept.wish, kept.own, kept.asks) == ("Swim again", "And my bike?", ("signs",))
    qtbot.waitUntil(lambda: page.picture.pixmap().width() > 400, timeout=20_000)
    file = tmp_path / "visit.pdf"
    qtbot.keyClicks(page.wish_text, " soon")
    page.write(file)
    qtbot.waitUntil(file.exists, timeout=20_000)
    qtbot.waitUntil(page.told.isVisible, timeout=20_000)
    coached.settle()
    text = text_of(file)
    assert "Which signs mean that I should come back at once?" in text
    assert "Swim again soon" in text
    assert "Walking, min a day" in text
    assert str(file) in page.told.text()
    ARTEFACTS.mkdir(exist_ok=True)
    coached.grab(ARTEFACTS / "coach-visit.png")


def test_nothing_moves_when_the_page_comes(window: MainWindow, qtbot: QtBot) -> None:
    page = Coached(window, qtbot).open("visit")
    assert isinstance(page, VisitPage)
    qtbot.waitUntil(lambda: page.picture.pixmap().width() > 400, timeout=20_000)
    QApplication.processEvents()
    with_page = page.picture.geometry()
    page.picture.setPixmap(QPixmap())
    QApplication.processEvents()
    assert page.picture.geometry() == with_page


def test_the_page_is_printed_and_nothing_moves_when_that_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    coached = Coached(window, qtbot)
    page = coached.open("visit")
    assert isinstance(page, VisitPage)
    qtbot.waitUntil(lambda: page.picture.pixmap().width() > 400, timeout=20_000)
    QApplication.processEvents()
    before = page.picture.mapTo(page.inside, QPoint(0, 0)), page.inside.height()
    qtbot.keyClicks(page.wish_text, "Cycle again")
    file, printer = tmp_path / "paper.pdf", a_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))  # not only A4 has room for it
    page.put_on_paper(printer)
    coached.settle()
    assert page.told.text() == "The page for a visit is printed."
    assert page.told.isVisible()
    assert (page.picture.mapTo(page.inside, QPoint(0, 0)), page.inside.height()) == before
    text = text_of(file)
    assert "Cycle again" in text
    assert "self-observation, no findings" in text  # the last line: nothing is cut off below


def test_the_button_offers_the_printers(window: MainWindow, qtbot: QtBot) -> None:
    coached = Coached(window, qtbot)
    page = coached.open("visit")
    assert isinstance(page, VisitPage)
    coached.press(page.paper)
    dialog = page.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    assert coached.settle().records.visits == ()


def test_a_narrow_window_puts_the_page_below(window: MainWindow, qtbot: QtBot) -> None:
    page = Coached(window, qtbot).open("visit")
    assert isinstance(page, VisitPage)
    qtbot.waitUntil(lambda: page.picture.pixmap().width() > 400, timeout=20_000)
    beside = page.picture.mapTo(page.inside, page.picture.rect().topLeft())
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: page.width() < 700, timeout=20_000)
    QApplication.processEvents()
    below = page.picture.mapTo(page.inside, page.picture.rect().topLeft())
    assert beside.x() > 400
    assert (below.x() < 100, below.y() > 300) == (True, True)
    bar = page.horizontalScrollBar()
    assert bar
    assert bar.maximum() == 0
    qtbot.mouseClick(page.ask_texts["risk"], Qt.MouseButton.LeftButton)
    assert page.asks["risk"].isChecked()


def test_a_place_that_cannot_be_written_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    coached = Coached(window, qtbot)
    page = coached.open("visit")
    assert isinstance(page, VisitPage)
    page.write(tmp_path / "nowhere" / "visit.pdf")
    window.coach_director.show_again()  # the picture is drawn once more behind it
    coached.settle()
    qtbot.waitUntil(coached.page.banner.isVisible, timeout=20_000)
    assert "cannot be written" in texts(coached.page.banner)
    assert not page.told.isVisible()


def test_the_command_writes_the_page_of_a_wearer(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], qtbot: QtBot
) -> None:
    with_book(folder, TODAY, lambda book: book.keep_episode(Episode("", date(2026, 11, 2))))
    massage = Therapy("", date(2026, 11, 9), "massage", "M. Vos")
    with_book(folder, TODAY, lambda book: book.keep_therapy(massage))
    file = tmp_path / "visit.pdf"
    assert run(["--data", str(folder), "visit", "-o", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    text = text_of(file)
    assert "Massage – M. Vos" in text
    with Store.open(folder) as store:
        store.put(WEARER, {"name": "Kim"})
    assert run(["--data", str(folder), "visit", "-o", str(file), "--wearer", "kim"]) == 0
    assert "For the visit: Kim" in text_of(file)


def test_the_command_needs_no_window_that_is_there_already(folder: Path, tmp_path: Path) -> None:
    """In a process of its own: nobody else holds Qt's application there."""
    file = tmp_path / "visit.pdf"
    with_book(folder, TODAY, lambda book: book.keep_episode(Episode("", date(2026, 11, 2))))
    ran = plumbline(folder, "visit", "-o", str(file))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "For the visit" in text_of(file)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            ["--wearer", "Nobody Else"],
            "is not the name of a wearer: nobody has been given a name here",
        ),
        ([], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    folder: Path, more: list[str], told: str, qtbot: QtBot
) -> None:
    with pytest.raises(UserError, match=told):
        run(["--data", str(folder), "visit", "-o", str(folder / "no" / "v.pdf"), *more])


def test_no_data_at_all_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    with pytest.raises(UserError):
        run(["--data", str(tmp_path / "empty"), "visit", "-o", str(tmp_path / "v.pdf")])
    assert not (tmp_path / "v.pdf").exists()
