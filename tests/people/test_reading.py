"""Every number follows: wearers, their belts, exclusions, deleted days."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from beltwire import codes
from plumbline.errors import UserError
from plumbline.people import records
from plumbline.people.reading import cuts, days_with_data, prints, read
from plumbline.people.subjects import Subject, Worn, subject_of_belt, subjects
from plumbline.store.database import Store

from tests.analysis.build import BERLIN, at, event, minutes
from tests.link.belt import BELT
from tests.ui.folders import fill

OTHER = "ff00ff00ff00ff00"
BEGIN = at("2026-11-20 08:00")
HOUR = 3600
EVER = (0, 1 << 34)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    fill(tmp_path, minutes(BEGIN, "S" * 120), [event(BEGIN + 1800, codes.EVENT_SNOOZE, b"\x1e")])
    other = bytes.fromhex(OTHER)
    fill(tmp_path, minutes(BEGIN + HOUR, "N" * 120), [], "other", other)
    return Store.open(tmp_path)


def ids(store: Store) -> list[str]:
    return [belt.id for belt in store.belts()]


def exclude(store: Store, begin: int, end: int, kind: str = records.EXCLUDED) -> str:
    fields = {"belts": [BELT], "begin_utc_s": begin, "end_utc_s": end, "reason": "driving"}
    return store.put(kind, fields)


def count(store: Store, subject: Subject) -> int:
    return len(read(store, subject, *EVER).minutes)


def test_without_set_up_each_belt_stands_for_its_wearer(store: Store) -> None:
    with store:
        mine, other = subjects(store, ids(store))
        assert (mine.key, mine.wearer, mine.belt) == (f"belt:{BELT}", None, BELT)
        assert mine == subject_of_belt(BELT)
        assert other.belt == OTHER
        assert count(store, mine) == count(store, other) == 120
        assert len(read(store, mine, BEGIN + 60, BEGIN + 180).minutes) == 2


def test_an_excluded_stretch_does_not_count_until_it_is_included_again(store: Store) -> None:
    with store:
        mine = subject_of_belt(BELT)
        whole = read(store, mine, *EVER)
        snoozes = [e for e in whole.events if e.code == codes.EVENT_SNOOZE]
        assert len(snoozes) == 1
        name = exclude(store, BEGIN + 1770, BEGIN + 1830)  # touches two minutes
        found = read(store, mine, *EVER)
        assert len(found.minutes) == 118
        assert found.left_out is not None
        assert found.left_out["utc_s"].tolist() == [BEGIN + 1740, BEGIN + 1800]
        assert len(found.events) == len(whole.events) - 1
        assert [(cut.id, cut.reason) for cut in found.cuts] == [(name, "driving")]
        assert count(store, subject_of_belt(OTHER)) == 120
        store.remove(records.EXCLUDED, name)
        assert count(store, mine) == 120
        store.undo(records.EXCLUDED, name)
        assert count(store, mine) == 118


def test_a_deleted_day_is_out_of_sight_and_comes_back(store: Store) -> None:
    with store:
        mine, day = subject_of_belt(BELT), date(2026, 11, 20)
        assert days_with_data(store, mine, BERLIN) == {day}
        name = exclude(store, *BERLIN.bounds(day), kind=records.DELETED)
        found = read(store, mine, *EVER)
        assert (len(found.minutes), found.cuts) == (0, ())
        assert found.left_out is not None
        assert len(found.left_out) == 0
        assert days_with_data(store, mine, BERLIN) == frozenset()
        store.undo(records.DELETED, name)
        assert days_with_data(store, mine, BERLIN) == {day}


def test_an_exclusion_on_a_deleted_day_is_out_of_sight_too(store: Store) -> None:
    with store:
        mine = subject_of_belt(BELT)
        exclude(store, BEGIN, BEGIN + HOUR)
        exclude(store, BEGIN + 1800, BEGIN + 3 * HOUR)
        exclude(store, *BERLIN.bounds(date(2026, 11, 20)), records.DELETED)
        reading = read(store, mine, *EVER)
        assert reading.left_out is not None
        assert len(reading.minutes) == len(reading.left_out) == len(reading.cuts) == 0


def test_a_day_excluded_whole_can_still_be_reached(store: Store) -> None:
    with store:
        mine, day = subject_of_belt(BELT), date(2026, 11, 20)
        exclude(store, *BERLIN.bounds(day))
        assert count(store, mine) == 0
        assert days_with_data(store, mine, BERLIN) == {day}


def test_a_belt_is_a_wearers_from_a_date_until_anothers(store: Store) -> None:
    with store:
        anna, ben = (store.put(records.WEARER, {"name": name}) for name in (" Anna  B ", "ben"))
        for wearer in (anna, ben):
            assert store.entry(records.WEARER, wearer)
        store.put(records.WORN, {"belt": BELT, "from_utc_s": None}, wearer=anna)
        assert [each.key for each in subjects(store, ids(store))] == [
            f"wearer:{anna}",
            f"wearer:{ben}",
            f"belt:{OTHER}",
        ]
        store.put(records.WORN, {"belt": BELT, "from_utc_s": BEGIN + HOUR}, wearer=ben)
        store.put(records.WORN, {"belt": BELT, "from_utc_s": BEGIN + 6000}, wearer=None)
        first, second, nobody, _other = subjects(store, ids(store))
        assert [first.name, second.name, nobody.name] == ["Anna B", "ben", ""]
        assert [count(store, each) for each in (first, second, nobody)] == [60, 40, 20]
        assert second.belts_in(BEGIN, BEGIN + HOUR) == []
        assert second.belts_in(BEGIN, BEGIN + HOUR + 1) == [BELT]
        store.remove(records.WEARER, ben)
        assert [count(store, each) for each in subjects(store, ids(store))[:2]] == [60, 60]


def test_two_belts_at_once_count_once_and_the_one_on_the_body_wins(store: Store) -> None:
    with store:
        both = Subject("x", "w", "Anna", (Worn(OTHER), Worn(BELT)))
        found = read(store, both, *EVER).minutes
        assert found["utc_s"].tolist() == [BEGIN + 60 * n for n in range(180)]
        assert (found["seconds"][:120, codes.SITTING] == 60).all()
        assert (found["seconds"][120:, codes.NOT_WORN] == 60).all()


def test_prints_change_with_what_a_day_is_made_of_and_only_then(store: Store) -> None:
    with store:
        mine, day = subject_of_belt(BELT), date(2026, 11, 20)
        before = prints(store, mine, BERLIN, *YEAR)
        assert list(before) == [day]
        exclude(store, BEGIN - 86_400, BEGIN - 86_000)
        assert prints(store, mine, BERLIN, *YEAR) == before
        name = exclude(store, BEGIN, BEGIN + 60)
        assert prints(store, mine, BERLIN, *YEAR) != before
        store.remove(records.EXCLUDED, name)
        assert prints(store, mine, BERLIN, *YEAR) == before
        shorter = replace(mine, worn=(Worn(BELT, BEGIN + 60),))
        assert prints(store, shorter, BERLIN, *YEAR) != before


def test_cuts_are_of_the_belts_they_name(store: Store) -> None:
    with store:
        exclude(store, 20, 30)
        exclude(store, 10, 12, records.DELETED)
        found = cuts(store, subject_of_belt(BELT))
        assert [(cut.begin_utc_s, cut.hidden) for cut in found] == [(10, True), (20, False)]
        assert cuts(store, subject_of_belt(OTHER)) == []
        assert cuts(store) == found


def test_what_is_entered_is_made_clean_or_refused(store: Store) -> None:
    with store:
        for fields in ({"name": " \n "}, {"name": "x" * 201}):
            with pytest.raises(UserError):
                store.put(records.WEARER, fields)
        with pytest.raises(UserError, match="ends before it begins"):
            exclude(store, 100, 100)
        with pytest.raises(UserError, match="empty"):
            store.put(records.NOTE, {"text": "  "})
        name = store.put(records.NOTE, {"text": "\u202e'\";-- ü" + "x" * 9000, "day": "2026-11-20"})
        kept = store.entry(records.NOTE, name)
        assert kept is not None
        assert (kept.fields["day"], len(kept.fields["text"])) == ("2026-11-20", 9008)
        mark = {"name": "a\nb", "begin_utc_s": 1, "end_utc_s": 1, "belt": BELT}
        store.put(records.BOOKMARK, mark)
        (bookmark,) = store.entries(records.BOOKMARK)
        assert bookmark.fields["name"] == "a b"
        assert subject_of_belt(BELT).owns(bookmark)
        assert not subject_of_belt(OTHER).owns(bookmark)
