"""Boots without a clock: between their neighbours, or nowhere."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from beltwire import codes
from plumbline.analysis.days import DayRule
from plumbline.store.clock import Anchor, boot_clock
from plumbline.store.database import Store
from plumbline.store.neighbours import (
    SLACK_LIMIT_S,
    Extent,
    approximate_clocks,
    contradicted,
)
from plumbline.store.rows import BootPlace

from tests.link.belt import NOON_MS, MemoryBelt
from tests.store.filling import archive, flat_battery

EVER = (-(1 << 40), 1 << 40)
NOON = NOON_MS // 1000
HOUR = 3600
DAY = 86_400


def key(boot: int, log: int = 0, belt: int = 1) -> tuple[int, int, int]:
    return belt, log, boot


def clocks(**starts: int) -> dict:
    """Clocks of boots b1, b2 ... that began at these UTC seconds."""
    return {
        key(int(name[1:])): boot_clock([Anchor(0, 1000 * utc_s)]) for name, utc_s in starts.items()
    }


def starts(found: dict) -> dict[int, tuple[int, int]]:
    return {boot: (clock.place_one(0), clock.within_s) for (_, _, boot), clock in found.items()}


def extents(*lengths: int) -> list[Extent]:
    return [Extent(key(boot), boot, last_s) for boot, last_s in enumerate(lengths, 1)]


def test_a_boot_between_two_lies_in_the_middle_of_the_room() -> None:
    """It ran 600 s in 1000 s: off for 400 s, nobody knows before or behind."""
    found = approximate_clocks(extents(100, 600, 50), clocks(b1=0, b3=1100))
    assert starts(found) == {2: (300, 260)}


def test_several_boots_share_the_room_in_their_order() -> None:
    found = approximate_clocks(extents(100, 200, 300, 50), clocks(b1=0, b4=700))
    assert starts(found) == {2: (150, 140), 3: (350, 140)}


@pytest.mark.parametrize(
    ("slack", "placed"),
    [
        (SLACK_LIMIT_S, True),
        (SLACK_LIMIT_S + 1, False),
        (0, True),
        (-120, True),  # two last minutes that were cut short
        (-121, False),
    ],
)
def test_how_much_room_is_too_much(slack: int, placed: bool) -> None:
    found = approximate_clocks(extents(100, 600, 50), clocks(b1=0, b3=700 + slack))
    assert bool(found) is placed


def test_without_a_neighbour_on_either_side_there_is_no_time() -> None:
    assert approximate_clocks(extents(100, 100, 100), clocks(b1=0)) == {}
    assert approximate_clocks(extents(100, 100, 100), clocks(b3=200)) == {}


def test_another_belts_boots_are_no_neighbours() -> None:
    mixed = [Extent(key(1, belt=1), 1, 100), Extent(key(2, belt=2), 2, 60), Extent(key(3), 3, 50)]
    found = approximate_clocks(mixed, clocks(b1=0, b3=160))
    assert found == {}


def test_the_order_is_that_of_the_log_not_of_the_boots_number() -> None:
    """Boot 1 follows boot 65535."""
    wrapped = [Extent(key(1), 900, 60), Extent(key(65_535), 100, 100), Extent(key(2), 950, 10)]
    assert starts(approximate_clocks(wrapped, clocks(b65535=0, b2=160))) == {1: (100, 60)}


def test_a_boot_out_of_its_order_has_met_a_wrong_clock() -> None:
    """The computer was three days ahead when boot 2 met it."""
    lengths = extents(HOUR, HOUR, HOUR, HOUR)
    placed = clocks(b1=0, b2=3 * DAY, b3=2 * HOUR, b4=DAY)
    assert contradicted(lengths, placed) == {key(2)}
    del placed[key(2)]
    assert starts(approximate_clocks(lengths, placed)) == {2: (HOUR, 60)}


def test_a_clock_in_the_past_is_outvoted() -> None:
    placed = clocks(b1=DAY, b2=2 * DAY, b3=0, b4=3 * DAY)
    assert contradicted(extents(HOUR, HOUR, HOUR, HOUR), placed) == {key(3)}


def test_of_two_boots_that_contradict_each_other_the_later_counts() -> None:
    assert contradicted(extents(HOUR, HOUR), clocks(b1=3 * DAY, b2=DAY)) == {key(1)}


def test_boots_in_order_contradict_nothing() -> None:
    lengths = extents(*[DAY] * 50)
    placed = clocks(**{f"b{n}": n * DAY for n in range(1, 51)})
    assert contradicted(lengths, placed) == set()
    placed |= clocks(b7=7 * DAY - 900)  # the computer's clock was a quarter of an hour slow
    assert contradicted(lengths, placed) == set()
    placed |= clocks(b7=7 * DAY - 901)
    assert contradicted(lengths, placed) == {key(6)}


def test_minutes_after_a_flat_battery_are_placed_and_marked(tmp_path: Path) -> None:
    flat_battery(tmp_path, off_min=5)
    with Store.open(tmp_path) as store:
        rows = store.minutes(*EVER)
        assert store.unplaced() == 0
        assert len(rows) == 100
        assert np.all(np.diff(rows["utc_s"]) >= 60)
        assert int(rows[rows["boot"] == 2]["utc_s"][0]) == NOON + 300
        assert store.boots() == [
            BootPlace(0, 1, (NOON - HOUR, NOON), 0, 60),
            BootPlace(0, 2, (NOON + 300, NOON + 2100), 360, 30),
            BootPlace(0, 3, (NOON + 2400, NOON + 3000), 0, 10),
        ]
        booted = [event.utc_s for event in store.events(*EVER) if event.code == codes.EVENT_BOOT]
        assert booted == [NOON + 300, NOON + 2400]


def test_minutes_with_too_much_room_have_no_time(tmp_path: Path) -> None:
    flat_battery(tmp_path, off_min=16)
    with Store.open(tmp_path) as store:
        assert len(store.minutes(*EVER)) == 70
        assert store.unplaced() == 30
        ((log, rows),) = store.unplaced_minutes()
        assert log == 0
        assert rows["utc_s"].tolist() == list(range(0, 1800, 60))  # the belt's own clock
        assert store.boots()[1] == BootPlace(0, 2, None, None, 30)


def test_a_wrong_computer_clock_that_was_mended(tmp_path: Path) -> None:
    """Both syncs of one boot: three days ahead at first, right an hour later and a day later."""
    belt = MemoryBelt()
    belt.minutes(60)
    archive(tmp_path, belt, NOON_MS + 3 * DAY * 1000)
    belt.minutes(60)
    archive(tmp_path, belt, NOON_MS + HOUR * 1000)
    with Store.open(tmp_path) as store:
        assert store.span() == (NOON - HOUR, NOON + HOUR - 60)
        assert store.drifts() == []


def test_drift_is_taken_out_between_syncs_and_told(tmp_path: Path) -> None:
    """The belt's clock is 50 ppm fast: on 10 days it gains 43.2 s."""
    belt = MemoryBelt()
    belt.mono_s = 60
    archive(tmp_path, belt, NOON_MS)
    belt.minutes(14_400)
    archive(tmp_path, belt, NOON_MS + round(belt.mono_s * 1000 / (1 + 50e-6)) - 60_000)
    with Store.open(tmp_path) as store:
        (drift,) = store.drifts()
        assert drift.ppm == pytest.approx(50, abs=0.2)
        assert drift.hours == pytest.approx(240)
        rows = store.minutes(*EVER)
        middle = int(rows["utc_s"][7200]) - NOON
        assert middle == pytest.approx(7200 * 60 - 21.6, abs=1)
        assert store.drifts("no such belt") == []


def worn_through(folder: Path, start: datetime, hours: int) -> DayRule:
    """A belt worn without a break from `start` on."""
    belt = MemoryBelt()
    belt.minutes(60 * hours)
    archive(folder, belt, round(start.timestamp() * 1000) + hours * HOUR * 1000)
    return DayRule(ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (datetime(2026, 3, 29, tzinfo=UTC), 23),
        (datetime(2026, 10, 25, tzinfo=UTC), 25),
        (datetime(2028, 2, 29, tzinfo=UTC), 24),
    ],
    ids=["to summer time", "to winter time", "leap day"],
)
@pytest.mark.parametrize("split_min", [0, 240], ids=["midnight", "four o'clock"])
def test_days_have_as_many_minutes_as_the_wearers_clock(
    tmp_path: Path, day: datetime, hours: int, split_min: int
) -> None:
    zone = worn_through(tmp_path, day - timedelta(days=1), 96).zone
    rule = DayRule(zone, split_min)
    with Store.open(tmp_path) as store:
        counts = [len(store.minutes(*rule.bounds(day.date() + timedelta(days=n)))) for n in (0, 1)]
    # Until four o'clock it is still the day before, which the change then falls into.
    if split_min and hours != 24:
        before = day.date() - timedelta(days=1)
        with Store.open(tmp_path) as store:
            assert len(store.minutes(*rule.bounds(before))) == hours * 60
        hours = 24
    assert counts == [hours * 60, 24 * 60]


def test_a_flight_of_twelve_hours_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Synced in Amsterdam, flown to Auckland (12 hours on), synced there; then back."""
    belt = MemoryBelt()
    for day, offset in ((1, 60), (2, 780), (3, 60)):
        belt.minutes(1440)
        archive(tmp_path, belt, NOON_MS + day * DAY * 1000, utc_offset_min=offset)
    with Store.open(tmp_path) as store:
        times = store.minutes(*EVER)["utc_s"]
        assert np.diff(times).tolist() == [60] * (3 * 1440 - 1)
        home, away = (DayRule(ZoneInfo(name)) for name in ("Europe/Amsterdam", "Pacific/Auckland"))
        for rule in (home, away):
            days = sorted(store.days_with_data(rule.zone))
            assert sum(len(store.minutes(*rule.bounds(day))) for day in days) == 3 * 1440
