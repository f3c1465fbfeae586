"""The window on a real database: its texts are the presenters', its ribbon is drawn."""

from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from plumbline.analysis.postures import Posture
from plumbline.store.database import Store
from plumbline.ui.day_plots import DayPlots
from plumbline.ui.main_window import MainWindow
from plumbline.ui.presenters.belts import belt_text
from plumbline.ui.presenters.day import DayView
from plumbline.ui.presenters.trends import Range
from plumbline.ui.reader import Reader
from plumbline.ui.trends_page import BANDS
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QImage, QWheelEvent
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, minutes
from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import LAST_DAY, fill, session

THURSDAY = date(2026, 11, 19)


def day_view(folder: Path, day: date) -> DayView:
    """What the presenter makes of the day, from the database itself."""
    reader = Reader(lambda: Store.open(folder, read_only=True), BERLIN)
    view = reader.day(day)
    reader.close()
    return view


def colours(image: QImage) -> Counter[str]:
    """How many pixels there are of each colour, of every second one in every second row."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    bits = plain.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asarray(plain.sizeInBytes()), "<u4").reshape(plain.height(), -1)
    values, counts = np.unique(rows[::2, : plain.width() : 2] & 0xFFFFFF, return_counts=True)
    pairs = zip(values.tolist(), counts.tolist(), strict=True)
    return Counter({f"#{value:06X}": count for value, count in pairs})


def visible_texts(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel) if label.isVisible()}


def test_today_says_what_the_presenter_says(window: MainWindow, folder: Path) -> None:
    view = day_view(folder, LAST_DAY)
    today = window.today
    assert today.header.title.text() == "Friday, 20 November 2026  ▾"
    assert today.sentence.text() == view.sentence
    assert today.tiles.texts() == [(tile.name, tile.value) for tile in view.tiles]
    assert len(view.tiles) == 7
    for share in (*view.postures, *view.bands):
        legend = today.bands_legend if share in view.bands else today.legend
        assert share.name.replace(" ", "\xa0") in legend.text().replace("&nbsp;", "\xa0")
        assert share.text.replace(" ", "&nbsp;") in legend.text()
    assert window.summary_text() == view.text


def test_the_ribbon_is_drawn_in_the_colours_of_the_postures(
    window: MainWindow, folder: Path, artefacts: Path
) -> None:
    picture = window.grab()
    assert picture.save(str(artefacts / "window-today.png"))
    seen = colours(window.today.plots.grab().toImage())
    view = day_view(folder, LAST_DAY)
    drawn = {part.posture for part in view.segments if part.end_s - part.begin_s >= 300}
    assert {Posture.SITTING, Posture.WALKING} <= drawn
    for posture in drawn:
        assert seen[window.theme.postures[posture]] > 20, posture.name
    # Sitting is most of the day, so it is most of the ribbon.
    sat = seen[window.theme.postures[Posture.SITTING]]
    assert sat == max(seen[window.theme.postures[posture]] for posture in drawn)


def test_trends_show_what_the_presenter_says(
    window: MainWindow, folder: Path, artefacts: Path
) -> None:
    window.tabs.setCurrentWidget(window.trends)
    assert window.grab().save(str(artefacts / "window-trends.png"))
    assert window.trends.title.text() == "November 2026"
    # the fifteenth day runs
    assert window.trends.sentence.text().startswith("15 days with data; on average ")
    assert "1 day counts in no mean" in window.trends.note.text()
    seen = colours(window.trends.plots.grab().toImage())
    for posture in (Posture.SITTING, Posture.STANDING, Posture.WALKING):
        assert seen[window.theme.postures[posture]] > 50


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (Range.WEEK, "16 Nov to 22 Nov 2026"),
        (Range.MONTH, "November 2026"),
        (Range.YEAR, "2026"),
        (Range.ALL, "19 Oct to 20 Nov 2026"),
    ],
)
def test_every_range_can_be_chosen_and_left(
    window: MainWindow, qtbot: QtBot, kind: Range, title: str
) -> None:
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.trends.choose(kind)
    assert window.trends.title.text() == title
    if kind is Range.ALL:
        assert not window.trends.before.isEnabled()
        return
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
            qtbot.keyClick(window, key)
    assert window.trends.title.text() == title


def test_arrow_keys_step_days(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Left)
    assert window.today.header.title.text().startswith("Thursday, 19 November 2026")
    assert window.today.sentence.text() == day_view(folder, THURSDAY).sentence
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Home)
    assert window.today.header.title.text().startswith("Friday")
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert window.today.header.title.text().startswith("Friday")
    assert not window.today.header.after.isEnabled()


def test_on_other_pages_the_keys_of_the_day_are_those_of_lists(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Left)
    window.tabs.setCurrentWidget(window.people)
    drawn: list[object] = []
    window.day_drawn.connect(drawn.append)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Left):
        qtbot.keyClick(window.people.people, key)
    window.tabs.setCurrentWidget(window.today)
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        qtbot.keyClick(window, Qt.Key.Key_Left)
    assert window.today.header.title.text().startswith("Wednesday, 18 November 2026")
    assert len(drawn) == 1


def test_buttons_step_days(window: MainWindow, qtbot: QtBot) -> None:
    header = window.today.header
    for button, day in ((header.before, "Thursday"), (header.after, "Friday")):
        with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert header.title.text().startswith(day)


def test_the_calendar_marks_days_with_data_and_leads_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    calendar = window.today.header.calendar.calendar
    marked = {
        day.toPyDate() for day, form in calendar.dateTextFormat().items() if form.fontUnderline()
    }
    assert marked == window.director.overview.days
    assert len(marked) == 25
    assert calendar.maximumDate().toPyDate() == LAST_DAY
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    days = QApplication.focusWidget()
    assert days is not None
    assert calendar.isAncestorOf(days)
    for _day in range(3):
        qtbot.keyClick(days, Qt.Key.Key_Left)
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        qtbot.keyClick(days, Qt.Key.Key_Return)
    assert not calendar.isVisible()
    assert window.today.header.title.text().startswith("Tuesday, 17 November 2026")
    window.today.header.open_calendar()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not calendar.isVisible()


def wheel(plots: DayPlots, notches: int, modifier: Qt.KeyboardModifier) -> None:
    """Turn the wheel over the middle of the angle's plot, up where positive."""
    area = plots.angle.getViewBox().sceneBoundingRect()
    place = QPointF(plots.mapFromScene(area.center()))
    event = QWheelEvent(
        place,
        plots.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plots.viewport(), event)


def test_a_day_without_data_offers_the_nearest_one(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        window.director.choose_day(date(2026, 11, 15))
    assert window.today.sentence.text() == "No data for this day."
    assert window.today.nearest.isVisible()
    assert not window.today.plots.isVisible()
    assert window.today.nearest.text() == "Go to Monday, 16 November 2026"
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        qtbot.mouseClick(window.today.nearest, Qt.MouseButton.LeftButton)
    assert window.today.plots.isVisible()


def test_the_wheel_and_the_keys_zoom_and_the_whole_day_comes_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    plots = window.today.plots
    whole = plots.angle.viewRange()[0]
    wheel(plots, 1, Qt.KeyboardModifier.NoModifier)
    first = plots.angle.viewRange()[0]
    assert first[1] - first[0] < 0.99 * (whole[1] - whole[0])
    wheel(plots, -1, Qt.KeyboardModifier.ShiftModifier)
    later = plots.angle.viewRange()[0]
    assert later[0] > first[0]
    assert later[1] - later[0] == pytest.approx(first[1] - first[0])
    plots.reset_view()
    qtbot.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    near = plots.angle.viewRange()[0]
    assert near[1] - near[0] < whole[1] - whole[0]
    assert plots.ribbon.viewRange()[0] == near
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plots.angle.viewRange()[0][0] > near[0]
    qtbot.mouseClick(window.today.header.whole, Qt.MouseButton.LeftButton)
    assert plots.angle.viewRange()[0] == pytest.approx(whole)


def test_hover_shows_the_minute_in_both_plots(window: MainWindow, folder: Path) -> None:
    plots = window.today.plots
    view = day_view(folder, LAST_DAY)
    sitting = next(p for p in view.segments if p.posture == Posture.SITTING)
    x = sitting.begin_s - view.limits[0] + 90
    scene = plots.ribbon.getViewBox().mapViewToScene(QPointF(x, 1))
    plots.hover.move_to(scene)
    assert plots.hover.text == view.hover(view.limits[0] + x)
    assert "Sitting" in plots.hover.text
    assert "trunk" in plots.hover.text
    plots.hover.move_to(QPointF(-5, -5))
    assert plots.hover.text == ""


def test_hover_in_trends_shows_the_day(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.trends)
    plots = window.trends.plots
    scene = plots.stack.getViewBox().mapViewToScene(QPointF(LAST_DAY.toordinal(), 2))
    plots.hover.move_to(scene)
    assert plots.hover.text.startswith("Friday, 20 November 2026\nworn ")


def test_the_status_bar_names_the_belt(window: MainWindow, folder: Path) -> None:
    with Store.open(folder, read_only=True) as store:
        assert window.belt.text() == belt_text(store.belts()[0], BERLIN)
    assert window.belt.text().startswith("Test belt · battery about 73 % · last sync 20 Nov ")
    assert window.status.text.text() == "Looking for a belt; connect it by USB"
    assert not window.banner.isVisible()


def test_every_control_has_a_name_and_a_way_in_by_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    def controls(page: QWidget) -> list[QAbstractButton]:
        return [each for each in page.findChildren(QAbstractButton) if each.isVisible()]

    def has_controls(page: QWidget) -> bool:
        return bool(controls(page))

    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        page = window.tabs.currentWidget()
        assert page is not None
        if page is not window.live:  # the coach's come when its book was read
            qtbot.waitUntil(partial(has_controls, page), timeout=WAIT_MS)
        for control in controls(page):
            assert control.accessibleName() or control.text(), control
            assert control.focusPolicy() != Qt.FocusPolicy.NoFocus, control.toolTip()
    assert window.today.plots.accessibleDescription() == window.summary_text()
    described = window.trends.plots.accessibleDescription()
    said = f"{window.trends.sentence.text()} {window.trends.note.text()}"
    assert described.startswith(f"{said} Sitting, hours a day: mean ")
    assert window.live.figure.accessibleDescription() == window.live.message.text()


def test_the_window_remembers_its_place_and_page(
    opened: Opened, qtbot: QtBot, folder: Path
) -> None:
    awaiter = MainWindowAwaiter(opened, qtbot)
    first = awaiter.open(session(folder))
    first.resize(780, 640)
    first.tabs.setCurrentIndex(1)
    first.trends.choose_kind(BANDS)
    first.coach.open("learn")
    first.close()
    assert (folder / "window.ini").is_file()
    second = awaiter.open(session(folder))
    assert (second.width(), second.height()) == (780, 640)
    assert second.tabs.currentWidget() is second.trends
    assert second.trends.kind == BANDS
    assert second.coach.front.key == "learn"


def test_whose_days_were_shown_is_remembered(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    fill(folder, minutes("2026-11-20 09:00", "S" * 90), [], "Other", bytes([7] * 8))
    awaiter = MainWindowAwaiter(opened, qtbot)
    first = awaiter.open(session(folder))
    shown = first.director.overview.subject
    other = next(each for each in first.director.overview.subjects if each != shown)
    with qtbot.waitSignal(first.trends_drawn, timeout=WAIT_MS):
        first.chooser.subject_chosen.emit(other.key)
    first.close()
    assert awaiter.open(session(folder)).director.overview.subject == other


def test_demo_data_are_marked(opened: Opened, qtbot: QtBot, folder: Path) -> None:
    window = MainWindowAwaiter(opened, qtbot).open(session(folder, demo=True))
    assert "DEMO DATA" in visible_texts(window)
    assert "demo data" in window.windowTitle()
    plain = MainWindowAwaiter(opened, qtbot).open(session(folder))
    assert "DEMO DATA" not in visible_texts(plain)


def test_dark_and_light_follow_the_desktop(window: MainWindow, artefacts: Path) -> None:
    light = window.theme
    palette = window.palette()
    palette.setColor(palette.ColorRole.Base, Qt.GlobalColor.black)
    palette.setColor(palette.ColorRole.Text, Qt.GlobalColor.white)
    window.setPalette(palette)
    assert window.theme != light
    seen = colours(window.today.plots.grab().toImage())
    assert seen[window.theme.postures[Posture.SITTING]] > 50
    assert seen[light.postures[Posture.SITTING]] == 0
    assert window.grab().save(str(artefacts / "window-dark.png"))
