"""Summaries are read once, and again only where something has changed."""

import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from plumbline.analysis.days import DayRule
from plumbline.analysis.postures import Minutes
from plumbline.analysis.trends import summaries
from plumbline.people.records import EXCLUDED
from plumbline.people.subjects import subject_of_belt
from plumbline.store.database import Store
from plumbline.store.entries import EVERYBODY, Entry, Wearer
from plumbline.store.placing import Stretch
from plumbline.store.rows import StoredEvent
from plumbline.ui import summary_cache
from plumbline.ui.summary_cache import SummaryCache

from tests.analysis.build import BERLIN, minutes
from tests.ui.folders import LAST_DAY, fill, office

FIRST = LAST_DAY - timedelta(days=40)
FIRST_WITH_DATA = LAST_DAY - timedelta(days=32)
BELT = "0102030405060708"


class Counting(SummaryCache):
    """Notes which minutes are read."""

    def __init__(self, store: Store) -> None:
        super().__init__(BERLIN)
        self._store = store
        self.readings: list[tuple[date, date]] = []

    def get(self, first: date = FIRST, last: date = LAST_DAY) -> list:
        return self.summaries(self, subject_of_belt(BELT), first, last)

    def entries(self, kind: str, *, wearer: Wearer = EVERYBODY) -> list[Entry]:
        return self._store.entries(kind, wearer=wearer)

    def stretches(self, belt: str | None = None) -> Sequence[Stretch]:
        return self._store.stretches(belt)

    def take_kept(self, name: str) -> bytes | None:
        return self._store.take_kept(name)

    def keep(self, name: str, data: bytes) -> None:
        self._store.keep(name, data)

    def minutes(self, start: int, end: int, belt: str | None = None) -> Minutes:
        self.readings.append((BERLIN.day_of(start), BERLIN.day_of(end - 1)))
        return self._store.minutes(start, end, belt)

    def events(self, start: int, end: int, belt: str | None = None) -> list[StoredEvent]:
        return self._store.events(start, end, belt)


@pytest.fixture
def cache(folder: Path) -> Iterator[Counting]:
    with Store.open(folder) as store:
        yield Counting(store)


def test_it_says_what_reading_says(cache: Counting, folder: Path) -> None:
    cache.get(LAST_DAY - timedelta(days=10))
    begin, end = BERLIN.bounds(FIRST)[0], BERLIN.bounds(LAST_DAY)[1]
    with Store.open(folder) as store:
        read = summaries(
            store.minutes(begin, end), store.events(begin, end), BERLIN, FIRST, LAST_DAY
        )
    assert cache.get() == read
    assert cache.readings == [
        (LAST_DAY - timedelta(days=10), LAST_DAY),
        (FIRST_WITH_DATA, LAST_DAY - timedelta(days=11)),
    ]
    assert any(day.reminders for day in read)


def test_what_is_known_is_not_read_again(cache: Counting) -> None:
    before = cache.get()
    assert cache.get() == before
    assert cache.get(LAST_DAY) == before[-1:]
    assert len(cache.readings) == 1


def test_what_has_not_changed_is_not_even_compared_by_its_digest(
    cache: Counting, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five years are 1,800 of them, at each look at all."""
    first = cache.get()
    taken: list[object] = []
    digest = summary_cache._digest
    note = lambda found: taken.append(found) or digest(found)  # noqa: E731
    monkeypatch.setattr(summary_cache, "_digest", note)
    assert cache.get() == first
    assert taken == []


def test_a_sync_makes_its_own_days_anew(cache: Counting, folder: Path) -> None:
    before = cache.get()
    weeks = office()
    evening = minutes("2026-11-20 20:00", "S" * 30)
    fill(folder, np.concatenate((weeks.minutes, evening)), weeks.events)
    after = cache.get()
    assert cache.readings[1:] == [(LAST_DAY, LAST_DAY)]
    assert after[:-1] == before[:-1]
    assert after[-1].sitting_s == before[-1].sitting_s + 30 * 60


def test_an_exclusion_makes_its_own_day_anew(cache: Counting, folder: Path) -> None:
    before = cache.get()
    begin = BERLIN.bounds(LAST_DAY)[0]
    stretch = {"belts": [BELT], "begin_utc_s": begin, "end_utc_s": begin + 43_200}
    with Store.open(folder) as store:
        name = store.put(EXCLUDED, stretch)
        after = cache.get()
        assert cache.readings[1:] == [(LAST_DAY, LAST_DAY)]
        assert after[:-1] == before[:-1]
        assert 0 < after[-1].sitting_s < before[-1].sitting_s
        store.remove(EXCLUDED, name)
    assert cache.get() == before


def test_the_next_start_reads_what_was_kept(cache: Counting, folder: Path) -> None:
    before = cache.get()
    assert not list((folder / "cache").glob("days-*"))
    cache.keep_all(cache)
    assert list((folder / "cache").glob("days-*-2026.kept"))
    with Store.open(folder) as store:
        again = Counting(store)
        assert again.get() == before
        assert again.readings == []
        begin = BERLIN.bounds(LAST_DAY)[0]
        stretch = {"belts": [BELT], "begin_utc_s": begin, "end_utc_s": begin + 43_200}
        store.put(EXCLUDED, stretch)
        assert again.get()[-1] != before[-1]
        assert again.readings == [(LAST_DAY, LAST_DAY)]


@pytest.mark.parametrize("data", [b"", b"x", zlib.compress(b"[[1, [2]]]"), zlib.compress(b"3")])
def test_what_was_kept_and_is_damaged_is_computed_again(
    cache: Counting, folder: Path, data: bytes
) -> None:
    before = cache.get()
    cache.keep_all(cache)
    for path in (folder / "cache").glob("days-*"):
        path.write_bytes(data)
    with Store.open(folder) as store:
        again = Counting(store)
        assert again.get() == before
        assert len(again.readings) == 1


def test_another_zone_has_files_of_its_own(cache: Counting, folder: Path) -> None:
    cache.get()
    cache.keep_all(cache)
    with Store.open(folder) as store:
        again = Counting(store)
        again._rule = DayRule(ZoneInfo("Pacific/Auckland"))
        again.get()
        again.keep_all(again)
        assert len(again.readings) == 1
    assert len(list((folder / "cache").glob("days-*-2026.kept"))) == 2
