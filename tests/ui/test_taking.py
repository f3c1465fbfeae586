"""Tables are taken elsewhere: onto the clipboard as people read them, into a file for programs."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from plumbline import i18n
from plumbline.errors import UserError
from plumbline.people.changes import keep_wearer
from plumbline.store.database import Store
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.comparison import present_comparison
from plumbline.ui.presenters.comparison_sheet import NAMES, comparison_sheet
from plumbline.ui.presenters.sheet import Sheet
from plumbline.ui.tables.saving import write
from plumbline.ui.titles import MADE_UP
from plumbline.ui.trends_page import COMPARE
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import session
from tests.ui.test_comparing import LESS, TWO_WEEKS, worked


def cells(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.splitlines()]


def taken() -> str:
    board = QGuiApplication.clipboard()
    assert board is not None
    return board.text()


def test_a_comparison_is_numbers_with_units_and_both_periods() -> None:
    sheet = comparison_sheet(present_comparison(TWO_WEEKS, LESS))
    heads, *rows = cells(sheet.text())
    assert heads[1:4] == ["Unit", "2 Nov 2026 to 8 Nov 2026", "9 Nov 2026 to 15 Nov 2026"]
    assert rows[0][:5] == ["Sitting a day", "minutes", "200", "100", "-100"]
    assert rows[-1] == ["Days that count", "number", "5", "5"]
    assert {len(row) for row in rows[:-1]} == {len(heads)}


def test_numbers_are_the_countrys_for_people_and_plain_for_programs() -> None:
    i18n.use_language("de")
    try:
        sheet = comparison_sheet(present_comparison(TWO_WEEKS, LESS))
        german = cells(sheet.text())
    finally:
        i18n.use_language("en")
    unknown = next(row for row in german if row[0].startswith("Nicht erkannt"))
    assert unknown[2:4] == ["47,4", "64,3"]
    columns, rows = sheet.table()
    by_name = [dict(zip((each.name for each in columns), row, strict=True)) for row in rows]
    assert by_name[0]["measure"] == "sitting_min"
    assert (by_name[0]["first_mean"], by_name[0]["second_mean"]) == (200, 100)
    assert by_name[7]["unit"] == "%"
    assert by_name[7]["first_mean"] == 47.4
    assert by_name[0]["second_begin"] == "2026-11-09"
    assert by_name[0]["made_up"] == 0


def test_what_is_not_known_is_an_empty_cell() -> None:
    sheet = comparison_sheet(present_comparison(TWO_WEEKS, worked([240])))
    assert cells(sheet.text())[1][2:] == ["240", "", "", "", ""]
    assert sheet.values[0][NAMES.index("low_95")] is None


SHEET = Sheet("list", ("a", "b"), (("1", "2"), ("3", "4")), ("a",), ((1,), (3,)), (("all", "5"),))


def test_chosen_rows_have_their_headings_and_no_total() -> None:
    assert SHEET.text() == "a\tb\n1\t2\n3\t4\nall\t5\n"
    assert SHEET.text({1}) == "a\tb\n3\t4\n"


def test_a_cell_is_one_cell_and_no_formula() -> None:
    odd = Sheet("list", ("a\tb", "=c"), (("1\n2", "+d"), ("-3", "+4")), (), ())
    assert odd.text() == "a b\t'=c\n1 2\t'+d\n-3\t+4\n"


def test_a_demo_is_marked_everywhere() -> None:
    made = replace(SHEET, is_made_up=True, whose="Anna")
    assert made.text().splitlines()[0].startswith("DEMO DATA")
    assert made.text({0}).splitlines()[1] == "Anna"
    assert made.file_name() == "Plumbline demo data list.csv"
    assert SHEET.file_name() == "Plumbline list.csv"
    columns, rows = made.table()
    assert [each.name for each in columns] == ["a", "wearer", "made_up"]
    assert rows[0] == [1, "Anna", 1]


@pytest.fixture
def compared(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with two weeks side by side."""
    show_comparison(window, qtbot)
    return window


def show_comparison(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(COMPARE)
    qtbot.waitUntil(lambda: window.trends.compare.view is not None, timeout=WAIT_MS)


def test_keys_copy_the_rows_chosen_and_the_button_all(compared: MainWindow, qtbot: QtBot) -> None:
    compare = compared.trends.compare
    compare.table.clearSelection()
    qtbot.mouseClick(compare.taking.copy, Qt.MouseButton.LeftButton)
    assert len(cells(taken())) == 1 + compare.table.rowCount() + 1
    assert compared.passing.label.text() == "9 rows are on the clipboard."
    compare.table.setFocus()
    compare.table.selectRow(4)
    qtbot.keyClick(compare.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    heads, row = cells(taken())
    assert row[0] == "Steps a day"
    assert heads[2] == compare.view.heads[0] if compare.view else False
    assert [each.text() for each in compare.table.actions()] == ["Copy table", "Save as CSV …"]


def test_a_file_is_asked_for_and_written(
    compared: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    compared.setProperty(MADE_UP, True)
    qtbot.mouseClick(compared.trends.compare.taking.save, Qt.MouseButton.LeftButton)
    dialog = compared.tables.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Save the table – demo data"
    file = tmp_path / "mine.csv"
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    told = f"The table is in {file}."
    qtbot.waitUntil(lambda: compared.passing.label.text() == told, timeout=WAIT_MS)
    with file.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == compared.trends.compare.table.rowCount()
    assert {row["made_up"] for row in rows} == {"1"}
    assert "wearer" not in rows[0]


def test_one_of_several_is_named(opened: Opened, folder: Path, qtbot: QtBot) -> None:
    with Store.open(folder) as store:
        keep_wearer(store, "Grün, Åsa")
    window = MainWindowAwaiter(opened, qtbot).open(session(folder))
    show_comparison(window, qtbot)
    sheet = window.trends.compare.taking.sheet
    assert sheet is not None
    assert sheet.whose == "Test belt"


def test_a_disk_that_refuses_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="choose another one"):
        write(SHEET, tmp_path / "file" / "table.csv")
