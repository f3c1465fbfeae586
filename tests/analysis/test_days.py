"""Local days against hand-worked bounds, clock changes included."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline.analysis import days
from plumbline.analysis.days import DayRule, days_between, local_zone

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


@pytest.mark.parametrize(
    ("day", "split_min", "begin", "hours"),
    [
        (date(2026, 11, 22), 0, "2026-11-21T23:00+00:00", 24),
        (date(2026, 3, 29), 0, "2026-03-28T23:00+00:00", 23),
        (date(2026, 10, 25), 0, "2026-10-24T22:00+00:00", 25),
        (date(2026, 3, 28), 240, "2026-03-28T03:00+00:00", 23),
        (date(2026, 3, 29), 240, "2026-03-29T02:00+00:00", 24),
        (date(2026, 10, 24), 240, "2026-10-24T02:00+00:00", 25),
    ],
)
def test_bounds(day: date, split_min: int, begin: str, hours: int) -> None:
    first, after = DayRule(BERLIN, split_min).bounds(day)
    assert datetime.fromtimestamp(first, UTC) == datetime.fromisoformat(begin)
    assert after - first == hours * 3600


@pytest.mark.parametrize(
    ("instant", "split_min", "day"),
    [
        ("2026-11-21T22:59:59+00:00", 0, date(2026, 11, 21)),
        ("2026-11-21T23:00:00+00:00", 0, date(2026, 11, 22)),
        ("2026-11-22T02:59:59+00:00", 240, date(2026, 11, 21)),
        ("2026-11-22T03:00:00+00:00", 240, date(2026, 11, 22)),
        ("2026-03-29T01:59:59+00:00", 240, date(2026, 3, 28)),
        ("2026-03-29T02:00:00+00:00", 240, date(2026, 3, 29)),
    ],
)
def test_day_of(instant: str, split_min: int, day: date) -> None:
    utc_s = datetime.fromisoformat(instant).timestamp()
    assert DayRule(BERLIN, split_min).day_of(utc_s) == day


@given(
    st.sampled_from(ZONES),
    st.integers(0, 24 * 60 - 1),
    st.integers(1_600_000_000, 2_000_000_000),
)
def test_every_instant_lies_in_its_day(zone: str, split_min: int, utc_s: int) -> None:
    rule = DayRule(ZoneInfo(zone), split_min)
    begin, end = rule.bounds(rule.day_of(utc_s))
    assert begin <= utc_s < end


@given(st.sampled_from(ZONES), st.integers(0, 24 * 60 - 1), st.dates(date(2020, 1, 1)))
def test_days_adjoin(zone: str, split_min: int, day: date) -> None:
    if day.year > 2100:
        return
    rule = DayRule(ZoneInfo(zone), split_min)
    assert rule.bounds(day)[1] == rule.bounds(day + timedelta(days=1))[0]


def test_a_day_begins_within_a_day() -> None:
    with pytest.raises(ValueError, match="1440"):
        DayRule(BERLIN, 1440)


def test_days_between_holds_both_ends() -> None:
    assert days_between(date(2026, 2, 27), date(2026, 3, 1)) == [
        date(2026, 2, 27),
        date(2026, 2, 28),
        date(2026, 3, 1),
    ]


def test_the_zone_is_taken_by_name_then_variable_then_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TZ", ":Asia/Kathmandu")
    assert local_zone("Europe/Berlin") == BERLIN
    assert local_zone() == ZoneInfo("Asia/Kathmandu")
    monkeypatch.setenv("TZ", "no such place")
    system = tmp_path / "zoneinfo" / "America" / "St_Johns"
    system.parent.mkdir(parents=True)
    system.touch()
    link = tmp_path / "localtime"
    link.symlink_to(system)
    monkeypatch.setattr(days, "LOCALTIME", link)
    assert local_zone() == ZoneInfo("America/St_Johns")
    monkeypatch.setattr(days, "LOCALTIME", tmp_path / "nowhere")
    assert local_zone().utcoffset(datetime.now()) is not None
