"""Nothing moves under the mouse: what comes and goes leaves every button where it was."""

from datetime import date

from plumbline.ui.main_window import MainWindow
from plumbline.ui.settings_form import SettingsForm
from PyQt6.QtCore import QPoint
from PyQt6.QtWidgets import QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS


def place(widget: QWidget, window: MainWindow) -> QPoint:
    return widget.mapTo(window, QPoint(0, 0))


def test_a_passing_message_moves_nothing_on_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.people)
    qtbot.wait(1)  # layouts
    bar = window.statusBar()
    assert bar is not None
    page = window.people
    qtbot.waitUntil(lambda: page.view is not None, timeout=WAIT_MS)
    qtbot.wait(1)
    buttons = (page.add_first, page.rename, page.keep_note, page.mark)
    before = [place(button, window) for button in buttons]
    window.passing.say("The note is saved.", True)
    qtbot.waitUntil(window.passing.button.isVisible, timeout=WAIT_MS)
    qtbot.wait(1)
    assert bar.isHidden()
    assert window.passing.belt.isVisible()
    assert window.passing.belt.text() == window.belt.text() != ""
    assert [place(button, window) for button in buttons] == before
    window.passing._timer.timeout.emit()
    qtbot.waitUntil(bar.isVisible, timeout=WAIT_MS)
    qtbot.wait(1)
    assert window.passing.isHidden()
    assert [place(button, window) for button in buttons] == before


def test_the_way_to_today_stays_whatever_the_day_is_called(
    window: MainWindow, qtbot: QtBot
) -> None:
    header = window.today.header
    places = {place(header.today, window).x()}
    for _step in range(3):
        with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
            window.step(-1)
        qtbot.wait(1)
        places.add(place(header.today, window).x())
    assert len(places) == 1


def test_a_day_without_data_offers_nothing_to_do_with_data(
    window: MainWindow, qtbot: QtBot
) -> None:
    header = window.today.header
    offers = (header.stretch, header.more, header.less, header.whole)
    assert all(button.isEnabled() for button in offers)
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        window.director.choose_day(date(2026, 11, 15))
    assert not any(button.isEnabled() for button in offers)


def test_what_the_settings_mean_begins_in_one_line(qtbot: QtBot) -> None:
    form = SettingsForm()
    qtbot.addWidget(form)
    form.resize(900, 600)
    with qtbot.waitExposed(form):
        form.show()
    places = [field._meaning.mapTo(form, QPoint(0, 0)).x() for field in form.fields.values()]
    assert len(set(places)) == 1
    assert places[0] > 0


def test_the_comparison_has_no_empty_rows(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(3)
    table: QTableWidget = window.trends.compare.table
    last = table.visualItemRect(table.item(table.rowCount() - 1, 0))
    viewport = table.viewport()
    assert viewport is not None
    qtbot.waitUntil(lambda: viewport.height() - last.bottom() < 4, timeout=WAIT_MS)
