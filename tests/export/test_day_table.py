"""`days` of an export: reckoned here anew from the exported minutes, with other means."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from beltwire import codes
from plumbline.export.exporting import Export, bounds, export
from plumbline.people.changes import assign, exclude, keep_wearer
from plumbline.people.subjects import subject_of_belt
from plumbline.store.database import Store

from tests.analysis.build import BERLIN
from tests.ui.folders import fill, office

TURN = date(2026, 11, 9)
SUMS = {
    "sitting_s": ("sitting_s",),
    "lying_s": ("lying_s",),
    "not_worn_s": ("not_worn_s",),
    "upright_s": ("standing_s", "walking_s", "stairs_up_s", "stairs_down_s", "running_s"),
    "recorded_s": tuple(f"{name}_s" for name in codes.ACTIVITY_NAMES),
    "bent_s": ("band_flexed_20_60_s", "band_flexed_over_60_s"),
    "steps": ("steps",),
    "slouched_s": ("slouched_s",),
}
"""Columns of days, and those of minutes that add up to them."""
Rows = list[dict[str, str]]


def rows(file: Path) -> Rows:
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five weeks which two wore in turn, an hour of them excluded, exported."""
    folder = tmp_path_factory.mktemp("exported")
    weeks = office()
    fill(folder / "data", weeks.minutes, weeks.events)
    with Store.open(folder / "data") as store:
        belt = store.belts()[0].id
        for name, since in (("Kim", None), ("Bo", BERLIN.bounds(TURN)[0])):
            assign(store, belt, keep_wearer(store, name).id, since)
        begin = BERLIN.bounds(TURN)[0] + 10 * 3600
        exclude(store, subject_of_belt(belt), begin, begin + 3600, "on the table")
        export(store, Export(folder / "all", rule=BERLIN), lambda done, total: None)
        two = bounds(date(2026, 11, 4), date(2026, 11, 5), BERLIN)
        export(store, Export(folder / "two", "csv", two, rule=BERLIN), lambda done, total: None)
    return folder


def by_day(minutes: Rows) -> dict[str, Rows]:
    """Minutes by the day of Berlin's clock, without the excluded hour."""
    found: dict[str, Rows] = defaultdict(list)
    for row in minutes:
        utc = datetime.strptime(row["utc"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        local = utc.astimezone(ZoneInfo("Europe/Berlin"))
        if (local.date(), local.hour) != (TURN, 10):
            found[local.date().isoformat()].append(row)
    return found


def test_each_day_has_the_sums_of_its_minutes_without_what_is_excluded(out: Path) -> None:
    minutes = by_day(rows(out / "all" / "minutes.csv"))
    days = rows(out / "all" / "days.csv")
    assert [day["day"] for day in days if day["wearer"] == "Bo"] == sorted(
        day for day in minutes if day >= TURN.isoformat()
    )
    assert [day["day"] for day in days if day["wearer"] == "Kim"] == sorted(
        day for day in minutes if day < TURN.isoformat()
    )
    for day in days:
        for column, parts in SUMS.items():
            expected = sum(int(row[part]) for row in minutes[day["day"]] for part in parts)
            assert int(day[column]) == expected, (day["day"], column)
        worn = int(day["recorded_s"]) - int(day["not_worn_s"])
        assert (int(day["worn_s"]), int(day["enough"])) == (worn, int(worn >= 4 * 3600))
        first = min(row["utc"] for row in minutes[day["day"]])
        assert (day["first_utc"], day["belts"]) == (first, minutes[day["day"]][0]["belt"])


def test_reminders_are_those_of_the_events(out: Path) -> None:
    events = [row for row in rows(out / "all" / "events.csv") if row["event"] == "reminder"]
    days = rows(out / "all" / "days.csv")
    in_the_hour = [row for row in events if row["utc"].startswith(f"{TURN}T09")]  # 10 in Berlin
    assert sum(int(day["reminders"]) for day in days) == len(events) - len(in_the_hour) > 0


def test_only_the_days_asked_for(out: Path) -> None:
    days = rows(out / "two" / "days.csv")
    assert [(day["day"], day["wearer"]) for day in days] == [
        ("2026-11-04", "Kim"),
        ("2026-11-05", "Kim"),
    ]
