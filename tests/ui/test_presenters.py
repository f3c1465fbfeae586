"""The presenters as tables: words, numbers, ways, states."""

from datetime import date
from math import isnan

import numpy as np
import pytest
from beltwire import codes
from plumbline import i18n
from plumbline.analysis.postures import Posture
from plumbline.analysis.summary import Reminder
from plumbline.analysis.trends import summaries
from plumbline.analysis.wording import duration
from plumbline.store.rows import BeltInfo
from plumbline.ui.presenters import words
from plumbline.ui.presenters.bands import band_edges, band_ticks
from plumbline.ui.presenters.belts import (
    NEW_NAME,
    battery_percent,
    belt_names,
    belt_text,
    met_last,
    shown_name,
)
from plumbline.ui.presenters.day import MarkKind, percents, present_day
from plumbline.ui.presenters.navigation import first_shown, navigate
from plumbline.ui.presenters.trends import Range, neighbour, period, present_trends

from tests.analysis.build import BERLIN, Office, at, minutes, reminder

DAY = date(2026, 11, 18)
LETTERS = "WW" + "S" * 30 + "UU" + "S" * 12 + "W" + "S" * 4 + "?NN"


@pytest.fixture
def view():
    """Wednesday morning: two long sittings and a short one."""
    rows = minutes("2026-11-18 09:00", LETTERS)
    rows["flexion_cdeg"][2:32] = 1240
    rows["lateral_cdeg"][2:32] = -310
    rows["spread"][2:32] = 8
    rows["steps"][:2] = 95
    rows["bands"][2:32, codes.UPRIGHT] = 45
    rows["bands"][2:32, codes.MODERATE] = 15
    return present_day(DAY, rows, [reminder(at("2026-11-18 09:20"))], BERLIN)


def test_tiles(view) -> None:
    assert {tile.name: tile.value for tile in view.tiles} == {
        "Worn": "52 min",
        "Sitting": "46 min",
        "Longest sitting": "30 min",
        "On your feet": "5 min",
        "Steps": "190",
        "Breaks": "2",
        "Reminders": "1",
    }
    assert view.tiles[2].explanation == "30 min, 09:02 to 09:32"


def test_bouts_of_ten_minutes_get_a_bracket_and_the_longest_stands_out(view) -> None:
    assert [(bout.text, bout.longest) for bout in view.bouts] == [
        ("30 min", True),
        ("12 min", False),
    ]


def test_marks_are_in_order_and_say_what_they_are(view) -> None:
    assert [(mark.kind, mark.text) for mark in view.marks] == [
        (
            MarkKind.REMINDER,
            "09:20  Reminder at 32° held for 2 min: time to vary your position",
        ),
        (MarkKind.BREAK, "09:32  Break from sitting"),
        (MarkKind.BREAK, "09:46  Break from sitting"),
    ]


def test_shares_have_names_and_parts_of_the_whole(view) -> None:
    assert [(share.name, share.text) for share in view.bands] == [
        ("up to 20°", "22 min (75 %)"),
        ("20 to 60°", "8 min (25 %)"),
    ]
    assert [share.name for share in view.postures] == [
        "Sitting",
        "Standing",
        "Walking",
        "Not recognised",
        "Not worn",
    ]


@pytest.mark.parametrize(
    ("begin", "count", "first", "last"),
    [
        ("09:00", 60, "08:30", "10:30"),
        ("09:10", 150, "09:00", "12:00"),
        ("00:05", 480, "00:00", "08:30"),
        ("09:00", 52, "08:50", "10:00"),
        ("09:07", 1, "09:00", "09:30"),
        ("23:59", 1, "23:30", "24:00"),
    ],
)
def test_what_is_shown_first_is_round_and_around_the_records(
    begin: str, count: int, first: str, last: str
) -> None:
    shown = present_day(DAY, minutes(f"2026-11-18 {begin}", "S" * count), [], BERLIN)
    midnight = at("2026-11-18 00:00")
    times = [(edge - midnight) / 60 for edge in shown.view]
    assert [f"{minute // 60:02.0f}:{minute % 60:02.0f}" for minute in times] == [first, last]


def test_limits_are_the_day(view) -> None:
    assert view.limits == (at("2026-11-18 00:00"), at("2026-11-19 00:00"))
    assert view.angle_range == (-20, 70)


@pytest.mark.parametrize(
    ("clock", "text"),
    [
        (
            "09:05",
            "09:05  Sitting\ntrunk 12° forward, 3° to the left\n"
            "sitting from 09:02 to 09:32: 30 min",
        ),
        ("09:00", "09:00  Walking\n95 steps"),
        ("09:52", "09:52  Not worn"),
        ("08:59", ""),
        ("09:55", ""),
    ],
)
def test_hover(view, clock: str, text: str) -> None:
    assert view.hover(at(f"2026-11-18 {clock}") + 20) == text


def test_hover_near_a_reminder_tells_it(view) -> None:
    assert "time to vary your position" in view.hover(at("2026-11-18 09:21"))


@pytest.mark.parametrize(
    ("angles", "ends"),
    [
        ((), (-20, 70)),
        ((0, 4000), (-20, 70)),
        ((-2000, 7000), (-20, 70)),
        ((-2001, 7001), (-60, 100)),
        ((-9900, 14100), (-100, 180)),
    ],
)
def test_days_have_one_scale_of_angles_and_further_ones_take_a_step(
    angles: tuple[int, ...], ends: tuple[int, int]
) -> None:
    rows = minutes("2026-11-18 09:00", "S" * len(angles))
    rows["flexion_cdeg"] = angles
    assert present_day(DAY, rows, [], BERLIN).angle_range == ends


def test_a_scale_that_is_not_that_of_other_days_says_so() -> None:
    rows = minutes("2026-11-18 09:00", "SS")
    rows["flexion_cdeg"] = 1200, 1300
    assert present_day(DAY, rows, [], BERLIN).angle_title == "Trunk angle, degrees forward"
    rows["flexion_cdeg"] = 7100, -2600
    shown = present_day(DAY, rows, [], BERLIN)
    assert shown.angle_title.endswith("on this day the scale goes from −60° to 100°")
    assert shown.spread.tolist() == [0, 0]
    assert not shown.bands


def test_unknown_angles_are_gaps() -> None:
    shown = present_day(DAY, minutes("2026-11-18 09:00", "L?"), [], BERLIN)
    assert all(isnan(angle) for angle in shown.flexion)
    assert shown.hover(at("2026-11-18 09:00")) == "09:00  Lying"


def test_a_day_that_ends_at_midnight_shows_no_other_day() -> None:
    shown = present_day(DAY, minutes("2026-11-18 23:50", "S" * 10), [], BERLIN)
    assert shown.view == (at("2026-11-18 23:30"), at("2026-11-19 00:00"))
    assert not present_day(DAY, minutes("2026-11-18 23:50", ""), [], BERLIN).has_data


@pytest.mark.parametrize(
    ("degrees", "text"),
    [(12.4, "12° forward"), (-3.0, "3° back"), (0.4, "upright"), (-0.4, "upright")],
)
def test_angle_text(degrees: float, text: str) -> None:
    assert words.angle_text(degrees) == text


@pytest.mark.parametrize(
    ("degrees", "text"), [(1.2, ""), (2.6, "3° to the right"), (-7, "7° to the left")]
)
def test_side_text(degrees: float, text: str) -> None:
    assert words.side_text(degrees) == text


@pytest.mark.parametrize("cause", [0, 1, 2, 3, 99])
def test_reminders_never_scold(cause: int) -> None:
    text = words.reminder_text(Reminder(0, cause, 31.0, 45)).lower()
    assert "time to vary your position" in text
    assert not {"bad", "wrong", "poor", "should", "must"} & set(text.replace(":", "").split())


@pytest.mark.parametrize(
    ("low", "high", "edges"),
    [
        (-15, 40, [(3, -15, -5), (0, -5, 20), (1, 20, 40)]),
        (-5, 80, [(0, -5, 20), (1, 20, 60), (2, 60, 80)]),
    ],
)
def test_band_edges(low: float, high: float, edges: list) -> None:
    assert band_edges(low, high) == edges
    assert len(band_ticks(low, high)) == len(edges)


def test_a_new_belts_name_is_in_the_users_language() -> None:
    assert (shown_name("  Plumbline   belt "), shown_name("Annas")) == ("Plumbline belt", "Annas")
    i18n.use_language("de")
    try:
        assert shown_name(NEW_NAME) == "Plumbline-Gürtel"
        assert "Plumbline-Gürtel" in belt_names([BeltInfo("0a", NEW_NAME, None, "", None, None)])
        assert shown_name("Annas") == "Annas"
    finally:
        i18n.use_language("en")


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([35, 930, 35], [4, 93, 3]),
        ([1, 1, 1], [34, 33, 33]),
        ([22.4, 526.4, 20.4, 0], [4, 92, 4, 0]),
        ([0, 0], [0, 0]),
        ([7], [100]),
    ],
)
def test_the_parts_of_a_whole_make_a_hundred_percent(parts: list, whole: list) -> None:
    assert percents(parts) == whole


DATA = {date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 20)}


@pytest.mark.parametrize(
    ("day", "today", "before", "after", "nearest"),
    [
        (16, 22, None, 17, None),
        (17, 22, 16, 18, 16),
        (19, 22, 18, 20, 18),
        (22, 22, 21, None, 20),
        # a clock that was ahead: what lies in the future can be reached
        (18, 17, 17, 19, None),
    ],
)
def test_navigation(
    day: int, today: int, before: int | None, after: int | None, nearest: int | None
) -> None:
    ways = navigate(date(2026, 11, day), DATA, date(2026, 11, today))
    assert [way and way.day for way in (ways.before, ways.after, ways.nearest)] == [
        before,
        after,
        nearest,
    ]
    assert ways.today == (None if day == today else date(2026, 11, today))


def test_navigation_without_data() -> None:
    ways = navigate(DAY, set(), DAY)
    assert (ways.before, ways.after, ways.today, ways.nearest) == (None, None, None, None)


@pytest.mark.parametrize(("today", "day"), [(20, 20), (22, 20), (19, 18), (10, 20)])
def test_first_shown(today: int, day: int) -> None:
    assert first_shown(DATA, date(2026, 11, today)) == date(2026, 11, day)


def test_first_shown_without_data() -> None:
    assert first_shown(set(), DAY) == DAY


@pytest.mark.parametrize(
    ("kind", "first", "last", "title"),
    [
        (Range.WEEK, date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 to 3 Jan 2027"),
        (Range.MONTH, date(2026, 12, 1), date(2026, 12, 31), "December 2026"),
        (Range.YEAR, date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (Range.ALL, date(2026, 9, 7), date(2026, 12, 31), "7 Sept to 31 Dec 2026"),
    ],
)
def test_periods(kind: Range, first: date, last: date, title: str) -> None:
    data = (date(2026, 9, 9), date(2026, 12, 31))
    shown = period(kind, date(2026, 12, 30), data)
    assert (shown.first, shown.last, shown.title) == (first, last, title)
    assert (shown.first - shown.lead).days == 28


def test_neighbouring_periods_adjoin() -> None:
    shown = period(Range.MONTH, date(2026, 3, 31), None)
    before = period(Range.MONTH, neighbour(shown, -1), None)
    after = period(Range.MONTH, neighbour(shown, 1), None)
    assert (before.title, after.title) == ("February 2026", "April 2026")
    assert period(Range.ALL, DAY, None).title == "2026"


def test_trend_view() -> None:
    office = Office(date(2026, 11, 20), 9)
    shown = period(Range.MONTH, DAY, None)
    view = present_trends(
        shown, summaries(office.minutes, office.events, BERLIN, shown.lead, shown.last)
    )
    assert view.stacks.hours.shape == (30, len(view.postures))
    assert view.has_data
    worn = [day for day in view.summaries if day.worn_s]
    assert len(worn) == 15
    assert view.sentence.startswith("15 days with data; on average ")
    # October counts for the means and ordinary days from the first of November on
    assert all(not np.isnan(chart.trend.low[0]) for chart in view.charts)
    assert view.hover(DAY.toordinal() + 0.3).startswith("Wednesday, 18 November 2026\nworn ")
    assert view.hover(date(2026, 11, 15).toordinal()) == "Sunday, 15 November 2026\nno data"
    assert view.hover(1.0) == ""


def test_many_days_are_stacked_by_week() -> None:
    office = Office(date(2026, 11, 20), 3)
    shown = period(Range.YEAR, DAY, None)
    days = summaries(office.minutes, [], BERLIN, shown.lead, shown.last)
    view = present_trends(shown, days)
    assert view.stacks.title == "Time per posture, hours a day (mean of each week)"
    assert len(view.stacks.x) == 53
    # Calendar weeks: 1 January 2026 is a Thursday, and the week of 16 November begins on a Monday.
    assert view.stacks.weeks[0][:2] == (date(2026, 1, 1), date(2026, 1, 4))
    assert list(view.stacks.width[:2]) == pytest.approx([3.2, 5.6])
    index = view.stacks.week_at(DAY.toordinal() + 0.4)
    assert index is not None
    first, last, count = view.stacks.weeks[index]
    assert (first, last, count) == (date(2026, 11, 16), date(2026, 11, 22), 5)
    week = [day for day in view.summaries if first <= day.day <= last and day.worn_s]
    mean = sum(day.sitting_s for day in week) / len(week) / 3600
    assert view.stacks.hours[index, view.postures.index(Posture.SITTING)] == pytest.approx(mean)
    told = view.week_hover(DAY.toordinal(), 0).splitlines()
    assert told[:3] == [
        "16 Nov to 22 Nov 2026",
        "mean of 5 days",
        f"Sitting {duration(mean * 3600)}",
    ]
    assert "20 to 60°" in view.week_hover(DAY.toordinal(), 1)
    assert view.week_hover(date(2026, 3, 3).toordinal(), 0).endswith("\nno day that counts")
    assert view.week_at(DAY.toordinal()) == (first, last)


def test_a_week_s_bar_is_the_same_in_a_year_and_in_all() -> None:
    office = Office(date(2026, 11, 20), 5)
    year = period(Range.YEAR, DAY, None)
    everything = period(Range.ALL, DAY, (date(2026, 5, 6), date(2026, 11, 20)))
    found = []
    for shown in (year, everything):
        days = summaries(office.minutes, [], BERLIN, shown.lead, shown.last)
        view = present_trends(shown, days)
        index = view.stacks.week_at(DAY.toordinal())
        assert index is not None
        found.append(list(view.stacks.hours[index]))
    assert found[0] == pytest.approx(found[1])


def test_trends_without_data() -> None:
    shown = period(Range.WEEK, DAY, None)
    view = present_trends(shown, summaries(minutes(0, ""), [], BERLIN, shown.lead, shown.last))
    assert not view.has_data
    assert view.sentence == "No data in this period."
    assert view.stacks.hours.shape == (7, 0)


@pytest.mark.parametrize(
    ("millivolts", "percent"), [(3000, 0), (3300, 0), (3725, 50), (4150, 100), (4250, 100)]
)
def test_battery_percent(millivolts: int, percent: int) -> None:
    assert battery_percent(millivolts) == percent


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Anna", "Ben"], ["Anna", "Ben"]),
        (["Anna", "Anna", ""], ["Anna 000A", "Anna 000B", "000C"]),
        (["line\nbreak", "x" * 200], ["line break", "x" * 40]),
    ],
)
def test_belts_are_told_apart(names: list[str], shown: list[str]) -> None:
    ids = ["000a", "000b", "000c"]
    belts = [BeltInfo(i, name, None, "0.1.0", None, 1) for i, name in zip(ids, names, strict=False)]
    assert belt_names(belts) == shown


def test_belt_text() -> None:
    older = BeltInfo("0a", "Older", at("2026-11-01 08:00"), "0.1.0", 4000, 1)
    newer = BeltInfo("0b", "", at("2026-11-18 17:02"), "0.1.0", None, 1)
    assert belt_text(None, BERLIN) == ""
    assert met_last([newer, older]) == newer
    assert met_last([]) is None
    assert belt_text(newer, BERLIN) == "0b · last sync 18 Nov 17:02"
    assert belt_text(older, BERLIN) == "Older · battery about 82 % · last sync 1 Nov 08:00"
