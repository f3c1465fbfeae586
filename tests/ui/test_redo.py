"""What was taken back is done again by the desktop's own key, and the menu says what that is."""

import pytest
from plumbline.ui.main_window import MainWindow
from PyQt6.QtGui import QKeySequence
from PyQt6.QtTest import QTest

from tests.ui.test_people import Drawn
from tests.ui.test_people import drawn as drawn

HOUR = 3600


def press_redo(window: MainWindow) -> None:
    QTest.keySequence(window, QKeySequence(QKeySequence.StandardKey.Redo))


def press_undo(window: MainWindow) -> None:
    QTest.keySequence(window, QKeySequence("Ctrl+Z"))


def edit_menu(window: MainWindow) -> list[tuple[str, bool]]:
    bar = window.menuBar()
    menu = bar.actions()[1].menu() if bar else None
    assert menu is not None
    menu.aboutToShow.emit()
    found = menu.actions()[:2]
    told = [(act.text(), act.isEnabled()) for act in found]
    menu.aboutToHide.emit()
    assert all(act.isEnabled() for act in found), "their keys work without the menu"
    return told


def seen(window: MainWindow) -> list[object]:
    page = window.people
    lists = (page.notes, page.excluded, page.bookmarks, page.deleted)
    return [window.today.tiles.texts(), window.today.sentence.text(), *(e.texts() for e in lists)]


@pytest.mark.parametrize("what", ["exclude", "delete", "note", "bookmark", "wearer"])
def test_what_was_taken_back_is_done_again(window: MainWindow, drawn: Drawn, what: str) -> None:
    director = window.people_director
    assert window._day_view is not None
    assert window.director.day is not None
    day, begin = window.director.day, window._day_view.limits[0] + 9 * HOUR
    acts = {
        "exclude": lambda: director.exclude(begin, begin + HOUR, "driving"),
        "delete": lambda: director.delete_day(day),
        "note": lambda: director._keep_note("new chair"),
        "bookmark": lambda: director.bookmark(begin, begin + HOUR, "meeting"),
        "wearer": lambda: director._name_who_wears("", "Anna"),
    }
    if what == "wearer":
        assert window.people.view is not None
        belt = window.people.view.nameless
        assert belt is not None
        acts["wearer"] = lambda: director._name_who_wears(belt, "Anna")
    before = seen(window)
    drawn(acts[what])
    after, said = seen(window), window.passing.label.text()
    for _twice in range(2):
        drawn(lambda: press_undo(window))
        assert seen(window) == before
        assert edit_menu(window) == [("&Undo", False), (f"&Redo: “{said}”", True)]
        drawn(lambda: press_redo(window))
        assert seen(window) == after
        assert window.passing.label.text() == f"Done again: “{said}”"
        assert window.passing.button.isVisible()  # takes it back once more
        assert edit_menu(window) == [(f"&Undo: “{said}”", True), ("&Redo", False)]


def test_where_something_else_was_done_nothing_is_done_again(
    window: MainWindow, drawn: Drawn
) -> None:
    director = window.people_director
    drawn(lambda: director._keep_note("one"))
    drawn(lambda: press_undo(window))
    drawn(lambda: director._keep_note("two"))
    press_redo(window)
    assert window.passing.label.text() == "There is nothing to do again."
    assert [text[-3:] for text in window.people.notes.texts()] == ["two"]
