"""Wearers, notes, exclusions and deleted days in the window: by keyboard, and taken back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from plumbline.people import records
from plumbline.store.database import Store
from plumbline.ui.day_view_box import DayViewBox
from plumbline.ui.main_window import MainWindow
from plumbline.ui.name_dialog import NameDialog
from PyQt6.QtCore import QPointF, Qt, QTime
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.link.belt import BELT
from tests.ui.conftest import WAIT_MS
from tests.ui.folders import LAST_DAY

HOUR = 3600
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def drawn(window: MainWindow, qtbot: QtBot) -> Callable[..., None]:
    """`drawn(act)`: do it and wait until everything was drawn anew."""

    idle: list[bool] = []
    window.director.when_done(lambda: idle.append(True))
    qtbot.waitUntil(lambda: bool(idle), timeout=WAIT_MS)

    def wait(act: Callable[[], object]) -> None:
        with qtbot.waitSignal(window.director.people_ready, timeout=WAIT_MS):  # comes last
            act()

    return wait


Drawn = Callable[[Callable[[], object]], None]


def number(window: MainWindow, name: str) -> str:
    return dict(window.today.tiles.texts())[name]


def named(window: MainWindow, qtbot: QtBot, drawn: Drawn, button: QPushButton, name: str) -> None:
    """The button asks for a name, which is typed and kept with Return."""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = window.people.dialog
    assert dialog is not None
    dialog.given.clear()
    qtbot.keyClicks(dialog.given, name)
    drawn(lambda: qtbot.keyClick(dialog.given, Qt.Key.Key_Return))
    back_in(window, qtbot)


def back_in(window: MainWindow, qtbot: QtBot) -> None:
    """As a desktop does when the dialogue is gone."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)


def press_undo(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)


def test_a_stretch_is_excluded_by_keyboard_and_every_number_follows(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    today = window.today.tiles.texts()
    qtbot.keyClick(window, Qt.Key.Key_Left)  # today is not over, and so in no mean
    qtbot.waitUntil(lambda: window.today.tiles.texts() != today)
    before, sentence = window.today.tiles.texts(), window.trends.sentence.text()
    panel = window.today.panel
    qtbot.keyClick(window, Qt.Key.Key_E, CONTROL)
    assert panel.isVisible()
    panel.begin.setTime(QTime(8, 0))
    panel.end.setTime(QTime(12, 0))
    qtbot.keyClicks(panel.reason, "driving")
    drawn(lambda: qtbot.keyClick(panel.reason, Qt.Key.Key_Return))
    assert not panel.isVisible()
    assert number(window, "Sitting") != dict(before)["Sitting"]
    assert window.trends.sentence.text() != sentence
    view = window._day_view
    assert view is not None
    assert [each.text for each in view.excluded] == ["08:00 to 12:00 (driving)"]
    assert view.pale
    assert view.hover(view.limits[0] + 9 * HOUR) == "Excluded: 08:00 to 12:00 (driving)"
    assert window.passing.label.text() == "08:00 to 12:00 is excluded."
    assert window.people.excluded.texts() == ["19 Nov 2026, 08:00 to 12:00 (driving)"]
    drawn(lambda: press_undo(window, qtbot))
    assert window.today.tiles.texts() == before
    assert window.trends.sentence.text() == sentence
    assert window.people.excluded.texts() == []


def test_what_is_excluded_is_included_again_by_its_button(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    before = window.today.tiles.texts()
    assert window._day_view is not None
    begin = window._day_view.limits[0]
    drawn(lambda: window.people_director.exclude(begin, begin + 24 * HOUR, ""))
    assert window.today.sentence.text() == "All that was recorded on this day is excluded."
    assert window.today.plots.isVisible()
    (button,) = window.today.remarks.findChildren(QPushButton)
    drawn(lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))
    assert window.today.tiles.texts() == before
    assert window.today.remarks.isHidden()


def test_a_bookmark_is_renamed_and_the_name_comes_back(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    assert window._day_view is not None
    begin = window._day_view.limits[0] + 9 * HOUR
    drawn(lambda: window.people_director.bookmark(begin, begin + HOUR, "Gespräch"))
    marks = window.people.bookmarks
    before = marks.texts()
    assert before == ["20 Nov 2026, 09:00 to 10:00 (Gespräch)"]
    marks.button("rename").click()
    (dialog,) = window.people.findChildren(NameDialog)
    assert dialog.given.text() == "Gespräch"
    dialog.given.setText('"Ärger" & שיחה')
    drawn(lambda: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert marks.texts() == ['20 Nov 2026, 09:00 to 10:00 ("Ärger" & שיחה)']
    back_in(window, qtbot)
    drawn(lambda: press_undo(window, qtbot))
    assert marks.texts() == before
    drawn(lambda: marks.button("remove").click())
    assert marks.texts() == []
    drawn(lambda: press_undo(window, qtbot))
    assert marks.texts() == before


def test_who_wears_a_nameless_belt_is_named_in_one_step_and_back(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    page, tiles = window.people, window.today.tiles.texts()
    before = [page.people.item(row).text() for row in range(page.people.count())]
    assert page.rename.text() == "Give a name …"
    named(window, qtbot, drawn, page.rename, "Anna")
    assert [page.people.item(row).text() for row in range(page.people.count())] == ["Anna"]
    assert (page.title.text(), page.rename.text()) == ("Anna", "Rename …")
    assert window.today.tiles.texts() == tiles
    drawn(lambda: press_undo(window, qtbot))
    assert [page.people.item(row).text() for row in range(page.people.count())] == before


def test_a_name_read_from_the_right_turns_no_line_round(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    name = "فاطمة الزهراء"
    drawn(lambda: window.people_director._add(name))
    assert window.passing.label.text() == f"\u2068{name}\u2069 is added."
    assert window.people.title.text() == name
    for label in (window.people.title, window.passing.label):
        assert label.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_shift_and_a_drag_mark_a_stretch(window: MainWindow, qtbot: QtBot) -> None:
    plots = window.today.plots
    view = plots.ribbon.getViewBox()
    panel = window.today.panel
    view.stretched.emit(11 * HOUR + 10, 10 * HOUR - 10, False)
    assert plots.region.shown
    assert not panel.isVisible()  # the plots stay where they are while the mouse draws in them
    view.stretched.emit(11 * HOUR + 10, 9 * HOUR - 10, True)
    assert panel.isVisible()
    assert (panel.begin.time(), panel.end.time()) == (QTime(9, 0), QTime(11, 0))
    panel.begin.setTime(QTime(10, 0))
    assert plots.region._regions[1].getRegion() == (10 * HOUR, 11 * HOUR)
    plots.region._regions[0].setRegion((10 * HOUR, 12 * HOUR))
    assert panel.end.time() == QTime(12, 0)
    qtbot.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    assert not plots.region.shown


class Drag:
    """What pyqtgraph tells a plot of a drag with the left button and Shift, from x to x."""

    def __init__(self, view: DayViewBox, begin_s: int, end_s: int) -> None:
        self.accepted = False
        self._ends = [view.mapFromView(QPointF(x, 1)) for x in (begin_s, end_s)]

    def modifiers(self) -> Qt.KeyboardModifier:
        return Qt.KeyboardModifier.ShiftModifier

    def button(self) -> Qt.MouseButton:
        return Qt.MouseButton.LeftButton

    def buttonDownPos(self) -> QPointF:
        return self._ends[0]

    def pos(self) -> QPointF:
        return self._ends[1]

    def isFinish(self) -> bool:
        return True

    def accept(self) -> None:
        self.accepted = True


def test_a_drag_with_shift_marks_and_moves_nothing(window: MainWindow) -> None:
    plots = window.today.plots
    view = plots.angle.getViewBox()
    shown = plots.angle.viewRange()[0]
    drag = Drag(view, 10 * HOUR, 12 * HOUR)
    view.mouseDragEvent(drag)
    assert drag.accepted
    assert plots.angle.viewRange()[0] == shown
    begin = window.today._view.limits[0]  # type: ignore[union-attr]
    assert window.today.panel.stretch() == (begin + 10 * HOUR, begin + 12 * HOUR)


def test_a_day_is_deleted_and_comes_back(
    window: MainWindow, qtbot: QtBot, drawn: Drawn, folder: Path
) -> None:
    before = window.today.tiles.texts()
    shift = Qt.KeyboardModifier.ShiftModifier
    drawn(lambda: qtbot.keyClick(window, Qt.Key.Key_Delete, CONTROL | shift))
    assert window.today.sentence.text() == "No data for this day."
    assert LAST_DAY not in window.director.overview.days
    assert window.people.deleted.texts() == ["Friday, 20 November 2026"]
    with Store.open(folder) as store:
        assert len(store.entries(records.DELETED)) == 1
    button = window.people.deleted.button("back")
    drawn(lambda: button.click())
    assert window.today.tiles.texts() == before
    drawn(lambda: press_undo(window, qtbot))
    assert window.today.sentence.text() == "No data for this day."
    drawn(lambda: press_undo(window, qtbot))
    assert window.today.tiles.texts() == before


def test_notes_are_kept_changed_removed_and_taken_back(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    page = window.people
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert window.tabs.currentWidget() is page
    page.note.setPlainText("“Rücken” 'fine' \u05e9\u05dc\u05d5\u05dd " + "x" * 9000)
    drawn(lambda: page.keep_note.click())
    assert page.notes.texts()[0].startswith("20 Nov 2026: “Rücken” 'fine'")
    assert window.today.remarks.notes.text().startswith("Note: “Rücken”")
    page.notes.button("edit").click()
    assert len(page.note.toPlainText()) > 9000
    page.note.setPlainText("short")
    drawn(lambda: page.keep_note.click())
    assert page.notes.texts() == ["20 Nov 2026: short"]
    drawn(lambda: page.notes.button("remove").click())
    assert page.notes.texts() == []
    for expected in (["20 Nov 2026: short"], ["20 Nov 2026: “Rücken”"]):
        drawn(lambda: press_undo(window, qtbot))
        assert [text[: len(expected[0])] for text in page.notes.texts()] == expected


def test_a_note_is_written_by_keys_alone_and_leads_back_to_the_day(
    window: MainWindow, qtbot: QtBot, drawn: Drawn
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    qtbot.keyClicks(window.people.note, "new desk")
    drawn(lambda: qtbot.keyClick(window.people.note, Qt.Key.Key_Return, CONTROL))
    assert window.tabs.currentWidget() is window.today
    assert window.today.remarks.notes.text() == "Note: new desk"
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    window.tabs.setCurrentWidget(window.today)
    window.tabs.setCurrentWidget(window.people)  # came here by itself, and so stays
    window.people.note.setPlainText("more")
    drawn(lambda: window.people.keep_note.click())
    assert window.tabs.currentWidget() is window.people


def test_a_text_that_is_too_long_is_told_and_stays(window: MainWindow, qtbot: QtBot) -> None:
    page = window.people
    page.note.setPlainText("x" * 10_001)
    with qtbot.waitSignal(window.director.failed, timeout=WAIT_MS):
        page.keep_note.click()
    assert "10001 characters, 10000 can be kept" in window.banner.label.text()
    assert len(page.note.toPlainText()) == 10_001


def test_what_was_begun_about_one_is_never_kept_with_another(
    window: MainWindow, drawn: Drawn
) -> None:
    page = window.people
    assert page.note_day.text() == "about Friday, 20 November 2026"
    page.note.setPlainText("first")
    drawn(lambda: page.keep_note.click())
    page.notes.button("edit").click()
    page.note.setPlainText("changed")
    page.show_day(date(2026, 11, 19))
    assert page.note_day.text() == "about Friday, 20 November 2026"  # the note's own day
    drawn(lambda: page.wearer_wanted.emit("Anna"))
    assert page.title.text() == "Anna"
    assert page.note.toPlainText() == ""
    page.note.setPlainText("of Anna")
    drawn(lambda: page.keep_note.click())
    assert [text[-7:] for text in page.notes.texts()] == ["of Anna"]
    drawn(lambda: page.people.setCurrentRow(1))
    assert page.note.toPlainText() == "changed"
    drawn(lambda: page.keep_note.click())
    assert page.notes.texts() == ["20 Nov 2026: changed"]


def test_wearers_have_belts_from_a_day(window: MainWindow, qtbot: QtBot, drawn: Drawn) -> None:
    page = window.people
    assert page.hint.text().startswith("Nothing needs to be set up for one wearer.")
    assert window.chooser.isHidden()
    named(window, qtbot, drawn, page.add_first, "Anna")
    assert [window.chooser.itemText(n) for n in range(2)] == ["Anna", "Test belt"]
    assert [page.people.item(n).text() for n in range(2)] == ["Anna", "No name yet: Test belt"]
    assert page.hint.isHidden()
    assert window.chooser.isVisible()
    assert page.title.text() == "Anna"  # who was added is shown at once
    assert page.belts.text().startswith("No belt is this person's yet")
    assert window.today.sentence.text() == (
        "No belt is this person's yet: choose one on the page People."
    )
    page.note.setPlainText("has no belt yet")
    drawn(lambda: page.keep_note.click())
    window.tabs.setCurrentWidget(window.today)
    assert window.today.remarks.notes.isVisible()  # though there is nothing to draw
    qtbot.mouseClick(window.today.to_people, Qt.MouseButton.LeftButton)
    assert window.tabs.currentWidget() is page
    drawn(lambda: page.people.setCurrentRow(1))
    assert page.title.text() == "Test belt"
    assert window.today.to_people.isHidden()
    drawn(lambda: page.people.setCurrentRow(0))
    assert page.title.text() == "Anna"
    drawn(lambda: page.belt_wanted.emit(BELT, date(2026, 11, 16)))
    assert page.belts.text() == "Test belt, from 16 Nov 2026"
    assert window.director.overview.days == {date(2026, 11, day) for day in range(16, 21)}
    drawn(lambda: page.belt_wanted.emit(BELT, None))
    drawn(lambda: press_undo(window, qtbot))
    assert len(window.director.overview.days) == 5
    drawn(lambda: page.remove_wanted.emit())
    assert len(window.director.overview.days) == 25
