"""One single minute, a year without data, long and odd names: every view says something."""

from datetime import date
from pathlib import Path

from plumbline.people import records
from plumbline.store.database import Store
from plumbline.ui.presenters.trends import Range
from plumbline.ui.trends_page import COMPARE
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.analysis.build import minutes
from tests.link.belt import BELT
from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import fill, session

ODD = 'Änne "O\'Hara" <b>&amp;</b> \u05e9\u05dc\u05d5\u05dd ' + "x" * 150


def test_one_single_minute_in_every_view(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    fill(tmp_path, minutes("2026-11-20 09:00", "S"), [])
    window = MainWindowAwaiter(opened, qtbot).open(session(tmp_path))
    assert dict(window.today.tiles.texts())["Worn"] == "1 min"
    window.tabs.setCurrentWidget(window.trends)
    for kind in Range:
        with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
            window.trends.choose(kind)
        for view in range(COMPARE):
            window.trends.choose_kind(view)
        window.trends.choose_kind(0)
        assert window.trends.sentence.text().startswith("1 day counts in no mean")
    assert window.trends.map.text.text() == "The belt was worn too little in this period."
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(COMPARE)
    assert window.trends.compare.sentence.text().startswith("One of the periods has no day")
    window.trends.choose_kind(0)
    begin = window.today._view.limits[0]  # type: ignore[union-attr]
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.people_director.exclude(begin, begin + 86_400, ODD)
    assert window.trends.sentence.text() == "No data in this period."
    assert window.today.sentence.text() == "All that was recorded on this day is excluded."


def test_a_year_without_data(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    fill(tmp_path, minutes("2024-02-29 23:59", "SS"), [])
    window = MainWindowAwaiter(opened, qtbot).open(session(tmp_path))
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.trends.choose(Range.YEAR)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.director.step_period(1)
    assert window.trends.title.text() == "2025"
    for view in range(COMPARE):
        window.trends.choose_kind(view)
    assert window.trends.sentence.text() == "No data in this period."


def test_odd_names_are_shown_as_they_are(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    with Store.open(folder) as store:
        anna = store.put(records.WEARER, {"name": ODD}, id="a" * 32, wearer="a" * 32)
        store.put(records.WORN, {"belt": BELT, "from_utc_s": None}, wearer=anna)
    window = MainWindowAwaiter(opened, qtbot).open(session(folder))
    qtbot.waitUntil(lambda: window.people.title.text() == ODD, timeout=WAIT_MS)
    assert window.chooser.itemText(0) == ODD
    assert window.people.people.item(0).text() == ODD  # type: ignore[union-attr]
    assert window.people.title.textFormat() == Qt.TextFormat.PlainText
    assert window.width() < 1400
    assert window.director.overview.span == (date(2026, 10, 19), date(2026, 11, 20))
