"""The page People is as long as what there is to say, and short for one wearer."""

from dataclasses import replace
from datetime import timedelta

from plumbline.ui.entry_list import AT_FIRST, MORE, EntryList
from plumbline.ui.main_window import MainWindow
from plumbline.ui.name_dialog import NameDialog
from plumbline.ui.presenters.people import Line
from plumbline.ui.wrapped import Wrapped
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.link.belt import BELT
from tests.ui.conftest import WAIT_MS
from tests.ui.folders import LAST_DAY
from tests.ui.test_people import Drawn, named
from tests.ui.test_people import drawn as drawn


def lines(count: int) -> list[Line]:
    return [Line(f"id{n}", f"20 Nov 2026: note {n}", LAST_DAY) for n in range(count)]


def shown(qtbot: QtBot, count: int) -> EntryList:
    """Two acts with each of the lines."""
    entries = EntryList(lambda: "Notes", {"edit": lambda: "Edit", "remove": lambda: "Remove"})
    qtbot.addWidget(entries)
    entries.show_lines(lines(count))
    with qtbot.waitActive(entries):
        entries.show()
    return entries


def said(root: QWidget) -> list[str]:
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible()]


def test_one_wearer_without_a_name_finds_a_short_page(window: MainWindow, qtbot: QtBot) -> None:
    page = window.people
    window.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.view is not None, timeout=WAIT_MS)
    assert not page.left.isVisible()
    texts = said(page)
    assert sum("Test belt" in text for text in texts) == 1
    assert "none" not in texts
    lists = (page.notes, page.excluded, page.bookmarks, page.deleted)
    assert not any(each.isVisible() for each in lists)
    assert page.marks.isVisible()
    qtbot.mouseClick(page.mark, Qt.MouseButton.LeftButton)
    assert window.today.panel.isVisible()  # it helps at once


def test_undo_and_redo_work_right_after_a_wearer_was_added(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    page = window.people
    window.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.view is not None, timeout=WAIT_MS)
    page.add_first.setFocus()
    named(window, qtbot, drawn, page.add_first, "Anna")
    assert QApplication.focusWidget() is page.belt  # what is to be said next
    redo = QKeySequence(QKeySequence.StandardKey.Redo)
    for empty_text in (False, True):
        if empty_text:
            page.note.setFocus()  # has nothing of its own to take back
        drawn(lambda: QTest.keySequence(QApplication.focusWidget(), QKeySequence("Ctrl+Z")))
        assert page.title.text() == "Test belt"
        assert window.director.day == LAST_DAY  # not the day on which Anna has nothing
        drawn(lambda: QTest.keySequence(QApplication.focusWidget(), redo))
        assert page.people.count() == 2


def test_what_was_typed_into_a_note_is_taken_back_there(window: MainWindow, qtbot: QtBot) -> None:
    page = window.people
    window.tabs.setCurrentWidget(page)
    page.note.setFocus()
    qtbot.keyClicks(page.note, "ab")
    QTest.keySequence(page.note, QKeySequence("Ctrl+Z"))
    assert page.note.toPlainText() == ""
    assert window.passing.isHidden()
    QTest.keySequence(page.note, QKeySequence(QKeySequence.StandardKey.Redo))
    assert page.note.toPlainText() == "ab"
    page.clear_note()


def test_who_gets_a_belt_is_shown_with_the_newest_day(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    page = window.people
    drawn(lambda: page.wearer_wanted.emit("Anna"))
    window.director.choose_day(LAST_DAY - timedelta(days=7))
    drawn(lambda: page.belt_wanted.emit(BELT, None))
    assert (page.title.text(), window.director.day) == ("Anna", LAST_DAY)


def test_a_stretch_is_marked_from_any_page(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.people)
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentWidget() is window.today
    assert window.today.panel.isVisible()


def test_a_note_gone_back_to_leads_where_the_first_way_came_from(
    window: MainWindow, drawn: Drawn
) -> None:
    for _ctrl_n_and_then_from_the_box in range(2):
        window.people_director.write_note()
    window.people.note.setPlainText("new chair")
    drawn(window.people.keep_note.click)
    assert window.tabs.currentWidget() is window.today


def test_before_the_first_belt_the_page_says_who_will_be_here(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = window.people
    qtbot.waitUntil(lambda: page.view is not None, timeout=WAIT_MS)
    assert page.view is not None
    page.show_people(replace(page.view, shown="", title="Nobody is here yet"))
    window.tabs.setCurrentWidget(page)
    assert not page.of_one.isVisible()
    assert page.add_first.isVisible()


def test_no_line_is_squeezed_where_there_is_little_room(window: MainWindow, qtbot: QtBot) -> None:
    page = window.people
    window.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.view is not None, timeout=WAIT_MS)
    assert page.view is not None
    text = "20 Nov 2026: a long drive, with a break every hour and a walk around the car park"
    notes = [Line(f"id{n}", f"{text} {n}", LAST_DAY, text) for n in range(AT_FIRST)]
    page.show_people(replace(page.view, notes=tuple(notes), deleted=tuple(lines(3))))
    window.resize(760, 560)

    def whole() -> bool:
        labels = page.notes.findChildren(QLabel)
        seen = [label for label in labels if label.isVisible()]
        assert len(seen) == AT_FIRST
        return all(each.height() >= each.heightForWidth(each.width()) for each in seen)

    qtbot.waitUntil(whole, timeout=WAIT_MS)
    assert page.notes.findChildren(QLabel)[1].height() > 1.5 * page.fontMetrics().height()


def test_a_label_gives_back_the_room_that_it_needs_no_more(qtbot: QtBot) -> None:
    label = Wrapped()
    qtbot.addWidget(label)
    label.resize(600, 100)
    label.setText("a belt")
    one = label.minimumHeight()
    label.setText("a belt\nanother belt\na third one")
    assert label.minimumHeight() == 3 * one > 0
    label.setText("a belt")
    assert label.minimumHeight() == one
    label.setText("")
    assert label.minimumHeight() == 0


def test_of_many_entries_a_few_are_shown_and_a_button_brings_more(qtbot: QtBot) -> None:
    entries = shown(qtbot, AT_FIRST + MORE + 3)
    assert len(entries.texts()) == AT_FIRST
    assert entries.more.text() == f"Show {MORE} more"
    entries.more.click()
    assert len(entries.texts()) == AT_FIRST + MORE
    assert entries.more.text() == "Show 3 more"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleDescription().endswith(f"note {AT_FIRST}")
    entries.more.click()
    assert not entries.more.isVisible()
    entries.show_lines([])
    assert not entries.isVisible()


def test_whoever_removes_entries_by_keyboard_stays_among_them(qtbot: QtBot) -> None:
    entries = shown(qtbot, 3)
    removed: list[tuple[str, str]] = []
    entries.acted.connect(lambda act, name: removed.append((act, name)))
    left = lines(3)
    for place in (1, 1, 0):
        entries.button("remove", place).setFocus()
        entries.button("remove", place).click()
        left = [line for line in left if ("remove", line.name) not in removed]
        entries.show_lines(left)
        if left:
            assert entries.button("remove", min(place, len(left) - 1)).hasFocus()
    assert [name for _act, name in removed] == ["id1", "id2", "id0"]


def test_an_entry_leads_to_its_day(qtbot: QtBot) -> None:
    entries = shown(qtbot, 1)
    with qtbot.waitSignal(entries.opened) as opened:
        entries.button("show").click()
    assert opened.args == [LAST_DAY]


def test_a_name_that_is_needed_is_waited_for(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = NameDialog(parent, title="Add a wearer", main="Add", name=" ")
    named: list[str] = []
    dialog.named.connect(named.append)
    assert dialog.main is not None
    assert not dialog.main.isEnabled()
    dialog.given.setText("Änne")
    assert dialog.main.isEnabled()
    dialog.main.click()
    assert named == ["Änne"]
    bookmark = NameDialog(parent, title="Rename", main="Rename", may_be_empty=True)
    assert bookmark.main is not None
    assert bookmark.main.isEnabled()
