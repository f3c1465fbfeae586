"""The demo's coach has a past: shown on every page, entered once, and gone with the demo."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from plumbline import made_up
from plumbline.__main__ import main
from plumbline.coaching import records as r
from plumbline.coaching.book import CoachBook
from plumbline.coaching.due import What
from plumbline.coaching.records import KINDS
from plumbline.store.database import Store
from plumbline.ui.coach.visit_page import VisitPage
from plumbline.ui.demo_past import DemoPast
from plumbline.ui.main_window import MainWindow
from pytestqt.qtbot import QtBot

from tests.ui.coaching import WAIT_MS, Coached, texts, with_book
from tests.ui.conftest import MainWindowAwaiter, Opened
from tests.ui.folders import LAST_DAY, session


def demo_of(folder: Path, opened: Opened, qtbot: QtBot) -> Coached:
    """The demo's window on the folder, as `plumbline demo` opens it."""
    of = replace(session(folder), demo=True)
    window: MainWindow = MainWindowAwaiter(opened, qtbot).open(of)
    DemoPast(window)
    return Coached(window, qtbot)


def changes(folder: Path) -> int:
    with Store.open(folder) as store:
        return sum(each.kind in KINDS for each in store.all_changes())


def test_every_page_of_the_demos_coach_shows_it(
    folder: Path, opened: Opened, qtbot: QtBot, artefacts: Path
) -> None:
    coached = demo_of(folder, opened, qtbot)
    qtbot.waitUntil(lambda: has_a_past(coached), timeout=WAIT_MS)
    said = {key: texts(coached.open(key)) for key in coached.page.pages if key != "clients"}
    assert "Back trouble since " in said["today"]
    assert "hanging up the washing" in said["today"]
    assert "Longest sitting" in said["plan"]
    assert "Activities and taking part are increasing." in said["course"]
    assert "after 1 week" in said["therapies"].casefold()
    visit = coached.page.pages["visit"]
    assert isinstance(visit, VisitPage)
    assert "An hour in the car" in visit.wish_text.toPlainText()
    coached.grab(artefacts / "demo-coach.png")
    assert What.DIARY in [item.what for item in coached.settle().due]
    assert not coached.page.mark.isVisible()
    coached.window.close()

    before = changes(folder)  # another start adds nothing, nor do days that come
    again = demo_of(folder, opened, qtbot)
    again.settle()
    again.settle()
    assert changes(folder) == before > 50


def has_a_past(coached: Coached) -> bool:
    """Whether the pages show one."""
    state = coached.window.coach_director.state
    return state is not None and bool(state.records.episodes)


def test_who_entered_something_keeps_to_that(folder: Path, opened: Opened, qtbot: QtBot) -> None:
    begin = LAST_DAY - timedelta(days=2)
    with_book(folder, LAST_DAY, lambda book: book.remove(own(book, begin)))
    before = changes(folder)
    coached = demo_of(folder, opened, qtbot)
    assert not coached.settle().records.episodes
    assert changes(folder) == before
    coached.window.close()


def own(book: CoachBook, begin: date) -> r.Episode:
    book.keep_episode(r.Episode("", begin))
    return book.records().episodes[0]


def test_an_erasure_leaves_nothing_of_it(folder: Path, opened: Opened, qtbot: QtBot) -> None:
    made_up.mark(folder)
    coached = demo_of(folder, opened, qtbot)
    qtbot.waitUntil(lambda: has_a_past(coached), timeout=WAIT_MS)
    coached.window.close()
    assert main(["--data", str(folder), "erase", "--everything", "--yes"]) == 0
    assert changes(folder) == 0
    words = b"hanging up the washing"
    assert not [f for f in folder.rglob("*") if f.is_file() and words in f.read_bytes()]
