"""Trunk bands, hours of the week and two periods side by side: presenters, then the page."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from plumbline.analysis.hours import HourPart, week_sums
from plumbline.analysis.postures import Minutes
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import summaries
from plumbline.ui.main_window import MainWindow
from plumbline.ui.measure_plot import left_out_colour
from plumbline.ui.presenters.comparison import (
    Spans,
    before_and_after,
    present_comparison,
    preset,
)
from plumbline.ui.presenters.trends import Range, period, present_trends
from plumbline.ui.presenters.week_hours import present_week_hours
from plumbline.ui.trends_page import BANDS, COMPARE, MAP
from PyQt6.QtCore import QDate, Qt
from PyQt6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, minutes
from tests.ui.conftest import WAIT_MS
from tests.ui.folders import LAST_DAY

MONDAY = date(2026, 11, 2)
TWO_WEEKS = Spans((MONDAY, date(2026, 11, 8)), (date(2026, 11, 9), date(2026, 11, 15)))

NOTHING = minutes(0, "")


def _sorted(parts: list[Minutes]) -> Minutes:
    return np.sort(np.concatenate(parts), order="utc_s")


def worked(sat: list[int], more: Minutes = NOTHING) -> list[DaySummary]:
    """Days from Monday the 2nd with so many minutes sat and as many on foot, then six hours
    not recognised; 0 is no data."""
    rows = [
        minutes(
            BERLIN.bounds(MONDAY + timedelta(days=n))[0] + 9 * 3600,
            "S" * count + "W" * count + "?" * (360 if count else 0),
        )
        for n, count in enumerate(sat)
    ]
    first = TWO_WEEKS.reading[0]
    return summaries(_sorted([*rows, more]), [], BERLIN, first, TWO_WEEKS.second[1])


LESS = worked([200, 210, 190, 205, 195, 0, 0, 100, 110, 90, 105, 95, 0, 0])


def test_a_difference_is_told_with_its_interval() -> None:
    view = present_comparison(TWO_WEEKS, LESS)
    row = next(row for row in view.rows if row.name == "Sitting a day")
    assert (row.means, row.difference) == (("3 h 20 min", "1 h 40 min"), "−1 h 40 min")
    assert row.clear
    low, high = row.interval.split(" to ")
    assert low.startswith("−1 h 5")
    assert high.startswith("−1 h 2")
    assert row.percent is not None
    assert row.percent[0] == pytest.approx(-50)
    assert view.heads == ("2 Nov 2026 to 8 Nov 2026", "9 Nov 2026 to 15 Nov 2026")
    assert "Sitting a day −1 h 40 min" in view.sentence
    assert view.note.startswith("5 and 5 days with data.")


def test_the_difference_is_that_of_the_figures_beside_it() -> None:
    """2 h 55 min and 3 h 3 min are 8 minutes apart, though 7.3 lie between what was measured."""
    view = present_comparison(TWO_WEEKS, worked([175, 175, 176, 0, 0, 0, 0, 182, 183, 183]))
    row = view.rows[0]
    assert (row.means, row.difference) == (("2 h 55 min", "3 h 3 min"), "+8 min")
    assert row.interval.startswith("+6 min to ")
    assert "Sitting a day +8 min" in view.sentence


def test_less_than_a_minute_apart_is_no_difference_worth_a_word() -> None:
    days = worked([240] * 14)
    bent = [(0, 5 if day.day < TWO_WEEKS.second[0] else 25, 0, 0, 0) for day in days]
    held = [replace(day, band_s=each) for day, each in zip(days, bent, strict=True)]
    view = present_comparison(TWO_WEEKS, held)
    row = next(row for row in view.rows if row.name.startswith("Bent"))
    assert (row.means, row.difference) == (("0 min", "0 min"), "0 min")
    assert not row.clear
    assert "Bent" not in view.sentence


def test_the_same_twice_differs_in_nothing() -> None:
    view = present_comparison(TWO_WEEKS, worked([200, 210, 190, 205, 195, 0, 0] * 2))
    assert not [row for row in view.rows if row.clear]
    assert view.sentence == "No difference that is larger than what chance alone often gives."
    steps = next(row for row in view.rows if row.name == "Steps a day")
    assert (steps.difference, steps.percent) == ("0", None)


def test_a_period_without_data_and_one_of_two_days() -> None:
    view = present_comparison(TWO_WEEKS, worked([60, 70]))
    assert view.sentence == "One of the periods has no day that counts: choose another one."
    assert {row.means[1] for row in view.rows} == {"–"}
    assert {row.interval for row in view.rows} == {"too few days"}


def test_a_short_day_and_the_one_that_runs_are_left_out_and_said() -> None:
    short = minutes(BERLIN.bounds(date(2026, 11, 7))[0] + 9 * 3600, "S" * 5)
    rest = [200, 210, 190, 205, 195, 0, 0, 100, 110, 90, 105, 95, 0, 0]
    view = present_comparison(TWO_WEEKS, worked(rest, short), date(2026, 11, 13))
    assert view.rows[0].means == ("3 h 20 min", "1 h 41 min")
    assert view.note.startswith("5 and 4 days with data.")
    assert view.note.endswith(
        "2 days count in no mean: worn for less than 4 hours, or not over yet."
    )
    assert "count in no mean" not in present_comparison(TWO_WEEKS, LESS).note


def test_a_period_says_how_many_days_count_in_no_mean() -> None:
    short = minutes(BERLIN.bounds(date(2026, 11, 7))[0] + 9 * 3600, "S" * 5)
    shown = period(Range.WEEK, MONDAY, None)
    days = [day for day in worked([240] * 5, short) if shown.lead <= day.day <= shown.last]
    view = present_trends(shown, days)
    assert view.sentence == "6 days with data; on average 4 h 0 min of sitting and 0 steps a day."
    assert view.note == "1 day counts in no mean: worn for less than 4 hours, or not over yet."
    assert view.panels[0].text.startswith("Sitting, hours a day: mean 4.0, from 4.0 to 4.0.")


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("week", ("2026-11-09", "2026-11-15"), ("2026-11-16", "2026-11-22")),
        ("four", ("2026-09-28", "2026-10-25"), ("2026-10-26", "2026-11-22")),
        ("month", ("2026-10-01", "2026-10-31"), ("2026-11-01", "2026-11-30")),
    ],
)
def test_presets(kind: str, first: tuple[str, str], second: tuple[str, str]) -> None:
    spans = preset(kind, LAST_DAY, date(2026, 11, 16))
    assert tuple(map(str, spans.first)) == first
    assert tuple(map(str, spans.second)) == second
    assert spans.reading[0] <= spans.first[0]
    assert spans.reading[1] - spans.reading[0] >= timedelta(days=180)


def test_the_map_names_the_hours_with_most_and_least() -> None:
    view = present_week_hours(week_sums(LESS), HourPart.SITTING)
    assert view.text.startswith("Sitting: most on Monday 09:00 to 10:00 (100 %), least on ")
    assert view.hover(9.5, 0.5) == "Monday, 09:00 to 10:00\nSitting, share of worn time: 100 %"
    assert view.hover(3, 0) == "Monday, 03:00 to 04:00\nworn for less than half an hour"
    assert view.hover(24, 0) == view.hover(3, 7) == view.hover(-0.1, 0) == ""
    nothing = present_week_hours(week_sums([]), HourPart.BENT)
    assert nothing.text == "The belt was worn too little in this period."
    assert nothing.highest == nothing.scale == 1
    assert nothing.fullest == (0, 12)
    assert (view.highest, view.scale, view.fullest) == (1, 1, (0, 9))


@pytest.mark.parametrize(
    ("share", "scale"), [(0.01, 0.08), (0.19, 0.2), (0.38, 0.4), (0.5, 0.6), (0.94, 1.0), (1, 1)]
)
def test_the_colours_end_at_a_round_share(share: float, scale: float) -> None:
    shown = present_week_hours(week_sums(LESS), HourPart.SITTING)
    view = replace(shown, share=np.full((7, 24), share))
    assert view.scale == scale
    assert all(round(400 * scale * n / 4) % 4 == 0 for n in range(5))


def test_a_panel_says_its_measures_in_words() -> None:
    shown = period(Range.MONTH, LAST_DAY, None)
    days = summaries(minutes(0, ""), [], BERLIN, shown.lead, shown.last)
    assert [panel.text for panel in present_trends(shown, days).panels] == ["", ""]


def test_a_day_that_counts_in_no_mean_is_a_pale_dot(window: MainWindow, qtbot: QtBot) -> None:
    """The last of fifteen days is not over; the legend says what pale means."""
    page = window.trends
    window.tabs.setCurrentWidget(page)
    qtbot.waitUntil(lambda: bool(page.note.text()), timeout=WAIT_MS)
    steps = page.plots.measures[2]
    assert list(steps._left_out._x) == [LAST_DAY.toordinal()]
    assert len(steps._dots._x) == 14
    assert steps._left_out._colour.name() == left_out_colour(window.theme).lower()
    assert "a day left out" in page.legend.accessibleName()


def shown_texts(window: MainWindow) -> list[str]:
    table = window.trends.compare.table
    items = [table.item(row, 3) for row in range(table.rowCount())]
    return [item.text() for item in items if item]


def test_views_are_changed_by_keyboard_and_two_weeks_compared(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.trends
    window.tabs.setCurrentWidget(page)
    buttons: list[QAbstractButton] = page.kinds.buttons()
    place = buttons[COMPARE].y()
    qtbot.keyClick(buttons[BANDS], Qt.Key.Key_Space)
    assert page.plots.measures[0].titleLabel.text == "Reminders per worn hour"
    assert "Not worn, % of recorded time: mean" in page.plots.accessibleDescription()
    qtbot.keyClick(buttons[MAP], Qt.Key.Key_Space)
    assert page.map.isVisible()
    assert page.map.plots.accessibleDescription() == page.map.text.text()
    page.map.chooser.setFocus()
    qtbot.keyClick(page.map.chooser, Qt.Key.Key_Down)
    assert page.map.text.text().startswith("On your feet: most on ")
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        qtbot.keyClick(buttons[COMPARE], Qt.Key.Key_Space)
    compare = page.compare
    assert compare.view is not None
    assert compare.view.spans.second == (date(2026, 11, 16), date(2026, 11, 22))
    assert shown_texts(window) == [row.difference for row in compare.view.rows]
    assert page.title.text() == "Two periods side by side"
    assert buttons[COMPARE].y() == place  # the row has not moved
    edit = compare.edits[0]
    edit.setDate(QDate(2026, 11, 2))
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        edit.editingFinished.emit()
    assert compare.view.spans.first == (date(2026, 11, 2), date(2026, 11, 15))
    assert compare.kind.currentText() == "Other periods"
    qtbot.keyClick(buttons[0], Qt.Key.Key_Space)
    assert page.title.text() == "November 2026"


def test_before_and_after_a_date(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(COMPARE)
    compare = window.trends.compare
    assert not compare.turn.isVisible()
    compare.kind.setFocus()
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        for _kind in range(3):
            qtbot.keyClick(compare.kind, Qt.Key.Key_Down)
        assert compare.kind.currentText() == "Before and after a date"
    assert compare.turn.isVisible()
    assert not compare.edits[0].isVisible()
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        compare.turn.setDate(QDate(2026, 11, 9))
    assert compare.view is not None
    assert compare.view.spans.second == (date(2026, 11, 9), LAST_DAY)
    assert compare.view.spans.first == (date(2026, 10, 28), date(2026, 11, 8))


@pytest.mark.parametrize(
    ("turn", "last", "first", "second"),
    [
        ("2026-10-01", "2026-11-20", ("2026-09-03", "2026-09-30"), ("2026-10-01", "2026-10-28")),
        ("2026-11-18", "2026-11-20", ("2026-11-15", "2026-11-17"), ("2026-11-18", "2026-11-20")),
        ("2026-12-24", "2026-11-20", ("2026-12-23", "2026-12-23"), ("2026-12-24", "2026-12-24")),
    ],
)
def test_as_many_days_before_as_after(
    turn: str, last: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    spans = before_and_after(date.fromisoformat(turn), date.fromisoformat(last))
    assert tuple(map(str, spans.first)) == first
    assert tuple(map(str, spans.second)) == second


def test_only_what_differs_by_a_part_takes_a_line_in_the_plot(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(COMPARE)
    compare = window.trends.compare
    qtbot.waitUntil(lambda: compare.view is not None, timeout=WAIT_MS)
    assert compare.view is not None
    rows = [
        replace(row, percent=None) if at % 2 else row for at, row in enumerate(compare.view.rows)
    ]
    compare.show_comparison(replace(compare.view, rows=tuple(rows)), window.theme, window.font())
    low, high = compare.plot.viewRange()[1]
    assert high - low == pytest.approx(len(rows[::2]) + 0.2)
    assert compare.table.rowCount() == len(rows)
