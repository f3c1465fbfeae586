"""What is said of a day beside its numbers: exclusions, bookmarks, doubtful times."""

from datetime import timedelta
from pathlib import Path

import pytest
from plumbline.analysis.wording import long_date
from plumbline.people import records
from plumbline.people.reading import Cut
from plumbline.store.database import Store
from plumbline.store.rows import BootPlace
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.day import MarkKind, present_day
from plumbline.ui.presenters.remarks import Remarks, excluded, shortened, time_text
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, at, minutes
from tests.link.belt import BELT
from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import LAST_DAY, session

DAY = BERLIN.bounds(LAST_DAY)
NINE = at("2026-11-20 09:00")
EXCLUDE_AND_DELETE = ("&Exclude a stretch of ", "&Delete ")


def boot(begin: int | None, end: int, within_s: int | None, minutes: int = 60) -> BootPlace:
    return BootPlace(0, 1, None if begin is None else (begin, end), within_s, minutes)


@pytest.mark.parametrize(
    ("boots", "text"),
    [
        ([], ""),
        ([boot(*DAY, 0)], ""),
        ([boot(*DAY, 61)], "Times may be off by up to 2 minutes: the belt's clock was not set"),
        ([boot(DAY[0] - 100, DAY[0], 600), boot(DAY[1], DAY[1] + 5, 600)], ""),
        ([boot(*DAY, 600, 0)], ""),
        ([boot(None, 0, None, 1)], "1 recorded minute has no known time and is on no day."),
        ([boot(*DAY, 30), boot(None, 0, None, 7)], "Times may be off by up to 1 minute: "),
    ],
)
def test_what_is_not_certain_about_times(boots: list[BootPlace], text: str) -> None:
    assert time_text(boots, DAY).startswith(text)
    assert bool(time_text(boots, DAY)) is bool(text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n b", "a b"),
        ("eins zwei drei", "eins zwei…"),
        ("x" * 20, "x" * 11 + "…"),
        ("y" * 12, "y" * 12),
    ],
)
def test_a_long_text_ends_with_a_word_and_an_ellipsis(text: str, line: str) -> None:
    assert shortened(text, 12) == line


def test_excluded_stretches_are_cut_to_the_day() -> None:
    found = excluded(
        [
            Cut("a", (BELT,), DAY[0] - 3600, NINE, "night\nshift"),
            Cut("b", (BELT,), DAY[1], DAY[1] + 60),
        ],
        DAY,
        BERLIN,
    )
    assert [(each.name, each.begin_s, each.end_s) for each in found] == [("a", DAY[0], NINE)]
    assert found[0].text == "00:00 to 09:00 (night shift)"


def test_a_bookmark_is_a_mark_and_a_day_of_excluded_minutes_is_drawn() -> None:
    rows = minutes(NINE, "S" * 60)
    remarks = Remarks(
        cuts=(Cut("a", (BELT,), *DAY),),
        left_out=rows,
        bookmarks=((NINE, "", NINE), (NINE + 60, "x", NINE + 660)),
    )
    view = present_day(LAST_DAY, rows[:0], [], BERLIN, remarks)
    assert view.has_data
    assert [(mark.kind, mark.text) for mark in view.marks] == [
        (MarkKind.BOOKMARK, "09:00  Bookmark"),
        (MarkKind.BOOKMARK, "09:01 to 09:11  x"),
    ]
    assert view.marks[1].end_s == NINE + 660  # to be drawn
    assert [view.marks[1].is_near(NINE + at) for at in (-90, 60, 660, 751)] == [
        False,
        True,
        True,
        False,
    ]
    assert view.view[0] <= NINE < NINE + 3600 <= view.view[1]
    assert view.sentence == "All that was recorded on this day is excluded."


def test_a_wearer_is_erased_after_the_box_is_ticked(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    with Store.open(folder) as store:
        anna = store.put(records.WEARER, {"name": "Anna"}, id="a" * 32, wearer="a" * 32)
        store.put(records.WORN, {"belt": BELT, "from_utc_s": NINE}, wearer=anna)
        store.put(records.NOTE, {"text": "secret"}, wearer=anna)
    window = MainWindowAwaiter(opened, qtbot).open(session(folder))
    qtbot.waitUntil(lambda: window.people.title.text() == "Anna", timeout=WAIT_MS)
    assert window.director.overview.days == {LAST_DAY}
    dialog = window.people_director.ask_to_erase()
    assert dialog is not None
    assert dialog.erase is not None
    assert not dialog.erase.isEnabled()
    dialog.sure.setChecked(True)
    with qtbot.waitSignal(window.director.people_ready, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    assert window.passing.label.text() == "The wearer and all backups are erased."
    qtbot.waitUntil(lambda: window.people.title.text() == "Test belt", timeout=WAIT_MS)
    assert LAST_DAY in window.director.overview.days  # the hour before nine
    assert len(window.director.overview.days) == 25
    assert window.people.notes.texts() == []


def test_a_long_name_and_an_empty_one(window: MainWindow, qtbot: QtBot) -> None:
    for name, told in (("  ", "needs a name"), ("x" * 201, "201 characters")):
        with qtbot.waitSignal(window.director.failed, timeout=WAIT_MS):
            window.people.wearer_wanted.emit(name)
        assert told in window.banner.label.text()


def test_the_menu_offers_to_exclude_and_delete_only_a_day_with_data(
    window: MainWindow, qtbot: QtBot
) -> None:
    bar = window.menuBar()
    assert bar is not None
    edit = bar.actions()[1].menu()
    assert edit is not None
    offers = [act for act in edit.actions() if act.text().startswith(EXCLUDE_AND_DELETE)]
    assert len(offers) == 2
    for day, offered in ((LAST_DAY - timedelta(days=5), False), (LAST_DAY, True)):
        with qtbot.waitSignal(window.director.day_ready, timeout=WAIT_MS):
            window.director.choose_day(day)
        edit.aboutToShow.emit()
        assert [act.isEnabled() for act in offers] == [offered] * 2
        assert all(long_date(day) in act.text() for act in offers)
        edit.aboutToHide.emit()
        assert all(act.isEnabled() for act in offers), "their keys work without the menu"


def test_the_menu_says_what_would_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.menuBar()
    edit = bar.actions()[1].menu() if bar else None
    assert edit is not None
    undo = edit.actions()[0]
    edit.aboutToShow.emit()
    assert (undo.text(), undo.isEnabled()) == ("&Undo", False)
    edit.aboutToHide.emit()
    assert undo.isEnabled(), "its key tells that there is nothing"
    undo.trigger()
    assert window.passing.label.text() == "There is nothing to take back."
    assert not window.passing.button.isVisible()
    with qtbot.waitSignal(window.director.changed, timeout=WAIT_MS):
        window.people.wearer_wanted.emit("Anna & Bert")
    edit.aboutToShow.emit()
    assert (undo.text(), undo.isEnabled()) == ("&Undo: “Anna && Bert is added.”", True)
