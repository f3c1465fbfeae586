"""What stands on Trends, People, Belt and Live is what their presenters say, whole."""

from dataclasses import replace

import pytest
from plumbline.people.changes import exclude, keep_bookmark, keep_note, keep_wearer
from plumbline.people.subjects import subject_of_belt
from plumbline.store.database import Store
from plumbline.ui.belt_page import BeltPage
from plumbline.ui.live_page import LivePage
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.live import LiveView
from plumbline.ui.theme import LIGHT
from plumbline.ui.today_page import TodayPage
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.analysis.build import at
from tests.ui.conftest import WAIT_MS, Opened
from tests.ui.folders import LAST_DAY, Path, session


def test_today_shows_no_plots_before_there_is_a_day(window: MainWindow, qtbot: QtBot) -> None:
    page = TodayPage()
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert not page.plots.isVisible()
    view = window.today._view
    assert view is not None
    page.show_day(view, LIGHT)
    assert page.plots.isVisible()


@pytest.mark.parametrize("panel", [0, 1])
def test_trends(window: MainWindow, qtbot: QtBot, panel: int) -> None:
    page = window.trends
    window.tabs.setCurrentWidget(page)
    page.choose_kind(panel)
    qtbot.waitUntil(lambda: window.trend_view is not None, timeout=WAIT_MS)
    view = window.trend_view
    assert view is not None
    shown = view.panels[panel]
    assert page.title.text() == view.period.title == "November 2026"
    assert (page.sentence.text(), page.note.text()) == (view.sentence, view.note)
    assert page.note.isVisible() is bool(view.note) is True
    assert page.plots.stack.titleLabel.text == shown.stacks.title
    titles = [plot.titleLabel.text for plot in page.plots.measures]
    assert titles == [chart.title for chart in shown.charts]
    assert len(set(titles)) == 3
    names = [shown.part_name(part) for part in shown.parts]
    assert page.legend.accessibleName().split(", ")[: len(names)] == names
    assert page.plots.accessibleDescription() == f"{view.said} {shown.text}"


def test_the_comparison(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS) as came:
        window.trends.choose_kind(3)
    page = window.trends.compare
    qtbot.waitUntil(lambda: page.view is not None, timeout=WAIT_MS)
    assert came.args is not None
    view = page.view
    assert view is not None
    assert (page.sentence.text(), page.note.text()) == (view.sentence, view.note)
    table = page.table
    cells = [
        tuple(item.text() for n in range(5) if (item := table.item(row, n)) is not None)
        for row in range(table.rowCount())
    ]
    assert cells == [(r.name, *r.means, r.difference, r.interval) for r in view.rows]
    assert len(cells) > 5
    heads = [item.text() for n in range(5) if (item := table.horizontalHeaderItem(n)) is not None]
    assert heads[1:3] == list(view.heads)
    assert all(heads)


def test_people(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    with Store.open(folder) as store:
        keep_wearer(store, "Ada")
        (belt,) = store.belts()
        nobody = subject_of_belt(belt.id)
        noon = int(at(f"{LAST_DAY} 12:00"))
        keep_note(store, nobody, "moved the screen", LAST_DAY.isoformat())
        keep_bookmark(store, nobody, "meeting", noon, noon + 1800)
        exclude(store, nobody, noon + 3600, noon + 5400, "worn by somebody else")
    window = opened(session(folder))
    window.tabs.setCurrentWidget(window.people)
    page = window.people
    qtbot.waitUntil(lambda: page.view is not None, timeout=WAIT_MS)
    view = page.view
    assert view is not None
    listed = [item.text() for n in range(page.people.count()) if (item := page.people.item(n))]
    assert listed == [line.text for line in view.people]
    assert len(listed) == 2
    assert (page.hint.text(), page.title.text()) == (view.hint, view.title)
    assert page.belts.text() == ("\n".join(line.text for line in view.belts) or view.beltless)
    lists = (page.notes, page.bookmarks, page.excluded)
    for shown, lines in zip(lists, (view.notes, view.bookmarks, view.excluded), strict=True):
        assert shown.texts() == [line.text for line in lines]
        assert len(lines) == 1
    assert "moved the screen" in view.notes[0].text


def test_the_belts_rows(qtbot: QtBot) -> None:
    page = BeltPage()
    qtbot.addWidget(page)
    rows = [("Belt", "Anna"), ("Battery", "about 50 %"), ("Memory", "room for 3 more days")]
    for shown in (rows, rows[:2]):
        page.show_state(shown, ["20 Nov 12:00: a fault", "another one"])
        texts = [label.text() for label in page.findChildren(QLabel)]
        for name, value in shown:
            assert texts.index(value) == texts.index(name) + 1
        assert ("Memory" in texts) is (len(shown) == 3)
    assert page.told.text().splitlines() == ["20 Nov 12:00: a fault", "another one"]


def test_live(qtbot: QtBot) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    view = LiveView("", 12.0, -3.0, "12° forward", "3° left", "Sitting", ("a", "b"), "25 a second")
    page.show_live(replace(view, delay="It follows."), LIGHT)
    assert (page.posture.text(), page.delay.text()) == ("Sitting", "It follows.")
    assert (page.quality.text(), page.notes.text()) == ("25 a second", "a\nb")
    assert page.figure.accessibleDescription() == "Sitting, 12° forward, 3° left"
    page.show_live(LiveView("Connect it.", None, None, "", "", "", (), ""), LIGHT)
    assert page.message.text() == page.figure.accessibleDescription() == "Connect it."
    assert (page.quality.text(), page.notes.text(), page.delay.text()) == ("", "", "")
