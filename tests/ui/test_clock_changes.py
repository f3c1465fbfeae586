"""Days of 23 and 25 hours, and days lived in another time zone, up to the window."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from plumbline import i18n
from plumbline.analysis.days import DayRule
from plumbline.store.database import Store
from plumbline.ui.presenters.day import DayView, present_day
from plumbline.ui.presenters.remarks import Remarks
from plumbline.ui.presenters.trends import Range
from plumbline.ui.trends_page import COMPARE, MAP
from pytestqt.qtbot import QtBot

from tests.analysis.build import BERLIN, minutes
from tests.link.belt import BELT_ID
from tests.store.filling import archive
from tests.ui.conftest import WAIT_MS, MainWindowAwaiter, Opened
from tests.ui.folders import MemoryBelt, fill, session

BACK, FORWARD = date(2026, 10, 25), date(2026, 3, 29)
NOON_S = 12 * 3600


def whole_day(day: date, remarks: Remarks | None = None, rule: DayRule = BERLIN) -> DayView:
    """Sat through from midnight to midnight."""
    begin, end = rule.bounds(day)
    return present_day(
        day, minutes(begin, "S" * ((end - begin) // 60)), [], rule, remarks or Remarks()
    )


@pytest.mark.parametrize(
    ("day", "worn_h", "text"),
    [
        (BACK, 25, "The clock was set back on this day, which has 25 hours."),
        (FORWARD, 23, "The clock was set forward on this day, which has 23 hours."),
        (date(2026, 10, 26), 24, ""),
    ],
)
def test_a_day_with_another_length_says_why(day: date, worn_h: int, text: str) -> None:
    view = whole_day(day)
    assert view.summary.worn_s == worn_h * 3600
    assert view.time_text == text


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    view, begin = whole_day(BACK), BERLIN.bounds(BACK)[0]
    hours = [view.hover(begin + 3600 * hour + 1800).splitlines()[0] for hour in range(5)]
    assert hours == [
        "00:30  Sitting",
        "01:30  Sitting",
        "02:30, before the clock was set back  Sitting",
        "02:30, after the clock was set back  Sitting",
        "03:30  Sitting",
    ]
    spring = whole_day(FORWARD)
    begin = BERLIN.bounds(FORWARD)[0]
    assert [spring.hover(begin + 3600 * h + 60).split()[0] for h in (1, 2)] == ["01:01", "03:01"]


@pytest.mark.parametrize(
    ("ahead_min", "there"),
    [(60, ""), (-300, "12:00 here was 06:00 there."), (345, "12:00 here was 16:45 there.")],
)
def test_a_day_lived_in_another_zone_says_what_the_clock_was_there(
    ahead_min: int, there: str
) -> None:
    day = date(2026, 11, 18)
    synced = ((BERLIN.bounds(day)[0] + NOON_S, ahead_min),)
    text = whole_day(day, Remarks(synced=synced)).time_text
    assert text.endswith(there)
    assert bool(text) is bool(there)


def test_a_summer_seen_in_winter_is_no_other_zone() -> None:
    day = date(2026, 7, 15)
    summer = whole_day(day, Remarks(synced=((BERLIN.bounds(day)[0] + NOON_S, 120),)))
    assert summer.time_text == ""


def test_the_sync_nearest_to_a_day_is_found(tmp_path: Path) -> None:
    noon = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo("UTC"))
    belt = MemoryBelt(BELT_ID, "Test belt")
    for days, ahead in ((0, 60), (4, -300)):
        utc_s = int((noon + timedelta(days=days)).timestamp())
        archive(tmp_path, belt, utc_s * 1000, utc_offset_min=ahead)
    at = int(noon.timestamp())
    with Store.open(tmp_path) as store:
        store.ingest(BELT_ID.hex())
        assert store.nearest_sync(BELT_ID.hex(), at + 3600, 7200) == (at, 60)
        assert store.nearest_sync(BELT_ID.hex(), at + 3 * 86400, 86400) == (at + 4 * 86400, -300)
        assert store.nearest_sync(BELT_ID.hex(), at + 86400, 9 * 86400) == (at, 60)
        assert store.nearest_sync(BELT_ID.hex(), at + 7200, 3600) is None
        assert store.nearest_sync("00", at, 3600) is None


@pytest.mark.parametrize("change", [BACK, FORWARD])
def test_the_change_in_the_window(
    change: date, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    begin, end = BERLIN.bounds(change)
    rows = minutes(begin, "S" * ((end - begin) // 60))
    fill(tmp_path, rows, [])
    at_night = replace(session(tmp_path), now_utc_s=lambda: end + 3600)
    window = MainWindowAwaiter(opened, qtbot).open(at_night)
    with qtbot.waitSignal(window.day_drawn, timeout=WAIT_MS):
        window.director.choose_day(change)
    assert "which has" in window.today.remarks.times.text()
    assert window.today.tiles.isVisible()
    window.tabs.setCurrentWidget(window.trends)
    with qtbot.waitSignal(window.trends_drawn, timeout=WAIT_MS):
        window.trends.choose(Range.WEEK)
    assert window.trend_view is not None
    hours = (end - begin) / 3600
    assert window.trend_view.stacks.hours.sum(axis=1).max() == hours
    window.trends.choose_kind(MAP)
    assert f"({i18n.number(100)} %)" in window.trends.map.text.text()
    with qtbot.waitSignal(window.director.comparison_ready, timeout=WAIT_MS):
        window.trends.choose_kind(COMPARE)
