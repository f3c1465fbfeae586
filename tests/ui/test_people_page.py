"""The page People is as long as what there is to say, and short for one wearer."""

from dataclasses import replace

from plumbline.ui.entry_list import AT_FIRST, MORE, EntryList
from plumbline.ui.main_window import MainWindow
from plumbline.ui.name_dialog import NameDialog
from plumbline.ui.presenters.people import Line
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS
from tests.ui.folders import LAST_DAY


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
