"""From the archive into the database and out again."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from beltwire import codes
from beltwire.records import unpack_minute
from plumbline.store.archive import ArchiveWriter, archive_path
from plumbline.store.database import Store
from plumbline.store.opening import database_path
from plumbline.store.rows import MINUTE_DTYPE, BeltInfo
from plumbline.store.sqlite import engine as sqlite3

from tests.link.belt import BELT, NOON_MS, MemoryBelt
from tests.store.filling import archive, worn_belt

EVER = (-(1 << 40), 1 << 40)
NOON = NOON_MS // 1000


def test_minutes_come_out_as_the_belt_logged_them(tmp_path: Path) -> None:
    belt = worn_belt(300)
    archive(tmp_path, belt)
    with Store.open(tmp_path) as store:
        rows = store.minutes(*EVER)
    assert rows.dtype == MINUTE_DTYPE
    assert len(rows) == 300
    for row, record in zip(rows, belt.records(), strict=True):
        minute = unpack_minute(record.payload)
        assert int(row["utc_s"]) == NOON - 300 * 60 + record.t_s
        assert (int(row["boot"]), int(row["seq"])) == (record.boot, record.seq)
        assert row["seconds"].tolist() == minute.seconds
        assert row["bands"].tolist() == minute.bands
        for name in ("flexion_cdeg", "lateral_cdeg", "spread", "steps", "slouched_s", "flags"):
            assert int(row[name]) == getattr(minute, name), name
        assert int(row["lying_side"]) == minute.lying_side


def test_a_range_of_minutes_is_half_open(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(10))
    with Store.open(tmp_path) as store:
        first = NOON - 600
        assert store.minutes(first, first + 120)["seq"].tolist() == [1, 2]
        assert store.minutes(first + 1, first + 121)["seq"].tolist() == [2, 3]
        assert len(store.minutes(NOON, NOON + 86_400)) == 0
        assert store.span() == (first, NOON - 60)


def test_boots_follow_each_other_on_the_utc_line(tmp_path: Path) -> None:
    belt = worn_belt(100)
    archive(tmp_path, belt)
    belt.reboot()
    belt.minutes(50)
    archive(tmp_path, belt, NOON_MS + 3 * 3_600_000)
    with Store.open(tmp_path) as store:
        rows = store.minutes(*EVER)
        assert np.all(np.diff(rows["utc_s"]) >= 60)
        assert rows["boot"].tolist() == [1] * 100 + [2] * 50
        assert int(rows["utc_s"][100]) == NOON + 3 * 3600 - 50 * 60
        (boot,) = store.events(*EVER)
        assert (boot.utc_s, boot.boot, boot.code) == (NOON + 7800, 2, codes.EVENT_BOOT)


def test_a_boot_that_never_met_a_clock_has_no_time(tmp_path: Path) -> None:
    belt = worn_belt(20)
    belt.event(codes.EVENT_CHARGE, 1)
    belt.reboot()
    belt.minutes(5)
    archive(tmp_path, belt, NOON_MS)
    with Store.open(tmp_path) as store:
        assert len(store.minutes(*EVER)) == 5
        assert store.unplaced() == store.unplaced(BELT) == 20
        (event,) = store.unplaced_events(BELT)
        assert (event.utc_s, event.t_s, event.code) == (None, 1200, codes.EVENT_CHARGE)
        assert store.unplaced("no such belt") == 0


def test_a_clock_set_event_places_its_boot(tmp_path: Path) -> None:
    belt = worn_belt(20)
    belt.event(codes.EVENT_CLOCK_SET, NOON_MS, belt.mono_s * 1000)
    archive(tmp_path, belt, None)
    with Store.open(tmp_path) as store:
        assert store.span() == (NOON - 1200, NOON - 60)
        assert store.unplaced() == 0


def test_reading_the_same_page_again_adds_nothing(tmp_path: Path) -> None:
    belt = worn_belt(30)
    archive(tmp_path, belt)
    with Store.open(tmp_path) as store:
        before = store.dump()
    archive(tmp_path, belt)
    with Store.open(tmp_path) as store:
        after = store.dump()
    changed = set(before) ^ set(after)
    assert all('INTO "belts"' in line for line in changed)  # only how far the archive was read
    assert len(changed) == 2


def test_the_open_page_grows_without_doubling(tmp_path: Path) -> None:
    belt = worn_belt(5)
    archive(tmp_path, belt)
    belt.minutes(3)
    archive(tmp_path, belt)
    with Store.open(tmp_path) as store:
        assert store.minutes(*EVER)["seq"].tolist() == list(range(1, 9))


def test_pages_in_any_order_give_the_same_minutes(tmp_path: Path) -> None:
    belt = worn_belt(100)
    turned = MemoryBelt()
    turned.pages = [*reversed(belt.all_pages())]
    turned.mono_s = belt.mono_s
    archive(tmp_path, turned)
    with Store.open(tmp_path) as store:
        assert store.minutes(*EVER)["seq"].tolist() == list(range(1, 101))
        assert store.coverage(BELT).intervals() == [(1, 100)]


def test_two_belts_are_kept_apart(tmp_path: Path) -> None:
    other = MemoryBelt(bytes(range(8)), "other")
    other.minutes(7)
    archive(tmp_path, worn_belt(5))
    archive(tmp_path, other, NOON_MS + 60_000)
    with Store.open(tmp_path) as store:
        both = store.minutes(*EVER)
        assert len(both) == 12
        assert np.all(np.diff(both["utc_s"]) >= 0)
        assert len(store.minutes(*EVER, BELT)) == 5
        assert len(store.minutes(*EVER, other.belt_id.hex())) == 7
        assert len(store.minutes(*EVER, "ff")) == 0
        assert store.span(BELT) == (NOON - 300, NOON - 60)
        assert [belt.name for belt in store.belts()] == ["test belt", "other"]


def test_what_is_known_of_a_belt(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(1))
    with Store.open(tmp_path) as store:
        assert store.belts() == [BeltInfo(BELT, "test belt", NOON, "0.1.0", 3920, 1)]


def test_days_with_data_are_local_days(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(30))  # 11:30 to 12:00 UTC on the 21st
    with Store.open(tmp_path) as store:
        assert store.days_with_data(ZoneInfo("Europe/Berlin")) == {date(2026, 11, 21)}
        assert store.days_with_data(ZoneInfo("Pacific/Kiritimati")) == {date(2026, 11, 22)}
        assert store.days_with_data(ZoneInfo("Pacific/Auckland")) == {date(2026, 11, 22)}


def test_a_night_lies_on_two_dates(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(60), NOON_MS + 12 * 3_600_000 + 1_800_000)  # 23:30 to 00:30
    with Store.open(tmp_path) as store:
        assert store.days_with_data(ZoneInfo("UTC")) == {date(2026, 11, 21), date(2026, 11, 22)}


def test_unknown_kinds_and_layouts_are_kept_as_records(tmp_path: Path) -> None:
    belt = MemoryBelt()
    belt.log(9, b"from the future", 0)
    belt.log(codes.KIND_MINUTE, b"\xff", 0)
    belt.log(codes.KIND_EVENT, b"", 0)
    belt.log(codes.KIND_EVENT, bytes([codes.EVENT_CLOCK_SET, 1, 2]), 0)
    belt.log(codes.KIND_EVENT, b"\xf0abc", 0)
    belt.minutes(1)
    archive(tmp_path, belt)
    with Store.open(tmp_path) as store:
        assert store.minutes(*EVER)["seq"].tolist() == [6]
        assert [(e.code, e.args) for e in store.events(*EVER)] == [
            (codes.EVENT_CLOCK_SET, b"\x01\x02"),
            (0xF0, b"abc"),
        ]
        assert store.coverage(BELT).intervals() == [(1, 6)]


def test_a_page_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    belt = worn_belt(60)
    good = belt.all_pages()
    with ArchiveWriter(tmp_path, BELT) as writer:
        writer.append_page(NOON_MS, good[0])
        writer.append_page(NOON_MS, b"PL\x01rubbish")
        writer.append_page(NOON_MS, good[1])
    with Store.open(tmp_path) as store:
        assert store.rebuild(lambda done, total: None).unreadable == 1
        assert store.unplaced() + len(store.minutes(*EVER)) == sum(page[3] for page in good[:2])


def test_a_log_begun_anew_doubles_and_loses_nothing(tmp_path: Path) -> None:
    belt = worn_belt(40)
    archive(tmp_path, belt)
    belt.wiped(boot=1)  # even if the boots are counted anew
    belt.minutes(30)
    with ArchiveWriter(tmp_path, BELT) as writer:
        writer.append_fact(fact="new_log")
    archive(tmp_path, belt, NOON_MS + 86_400_000)
    with Store.open(tmp_path) as store:
        rows = store.minutes(*EVER)
        assert len(rows) == 70
        assert int(rows["utc_s"][39]) == NOON - 60
        assert int(rows["utc_s"][40]) == NOON + 86_400 - 1800
        assert store.coverage(BELT).intervals() == [(1, 30)]
        newest = store.last_record(BELT)
        assert newest is not None
        assert (newest.seq, newest.t_s) == (30, 29 * 60)


def test_facts_of_a_later_version_are_left_alone(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(3))
    with ArchiveWriter(tmp_path, BELT) as writer:
        writer.append_fact(fact="moon phase", full=True)
        writer.append_fact(nothing=1)
    with Store.open(tmp_path) as store:
        assert len(store.minutes(*EVER)) == 3


@pytest.mark.parametrize("keep", [True, False], ids=["in place", "after losing the database"])
def test_a_rebuild_gives_the_same_database(tmp_path: Path, keep: bool) -> None:
    belt, other = worn_belt(3000), MemoryBelt(bytes(8), "other")
    other.minutes(10)
    archive(tmp_path, belt)
    archive(tmp_path, other, NOON_MS + 1000)
    Store.open(tmp_path).close()
    belt.minutes(10)
    belt.reboot()
    belt.minutes(100)
    archive(tmp_path, belt, NOON_MS + 86_400_000)
    with Store.open(tmp_path) as store:
        before = store.dump()
    if not keep:
        database_path(tmp_path).unlink()
    told = []
    with Store.open(tmp_path) as store:
        total = store.rebuild(lambda done, size: told.append((done, size)))
        assert store.dump() == before
    assert total.minutes == 3120
    size = sum(archive_path(tmp_path, b.belt_id.hex()).stat().st_size for b in (belt, other))
    assert told[-1] == (size, size)


def test_another_process_sees_what_was_added(tmp_path: Path) -> None:
    belt = worn_belt(5)
    archive(tmp_path, belt)
    with Store.open(tmp_path) as reader, Store.open(tmp_path) as writer:
        assert len(reader.minutes(*EVER)) == 5
        belt.minutes(5)
        archive(tmp_path, belt)
        writer.ingest(BELT)
        assert len(reader.minutes(*EVER)) == 10
        assert len(writer.minutes(*EVER)) == 10


def test_the_database_is_durable_and_strict(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(1))
    with Store.open(tmp_path) as store:
        connection = store._connection
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        assert [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == [
            "wal",
            2,
            1,
        ]
        query = "SELECT name, strict FROM pragma_table_list WHERE type != 'view'"
        tables = connection.execute(query).fetchall()
        assert {strict for name, strict in tables if not name.startswith("sqlite_")} == {1}
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO syncs VALUES (99, 0, 0, 0, 0, 0)")
