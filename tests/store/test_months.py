"""Minutes by the month, out of files: the same as out of the database, whatever happens to them."""

from pathlib import Path

import numpy as np
import pytest
from plumbline.store import placing
from plumbline.store.database import Store
from plumbline.store.erasing import erase_belt
from plumbline.store.exchange import CACHE
from plumbline.store.placing import DAYS

from tests.link.belt import BELT, NOON_MS, MemoryBelt
from tests.store.filling import archive

EVER = (-(1 << 40), 1 << 40)
DAY_S = 86_400


def days(folder: Path, count: int, *, first: int = 0, belt_id: bytes | None = None) -> None:
    """A boot a day with three minutes, each anchored."""
    belt = MemoryBelt(belt_id) if belt_id else MemoryBelt()
    belt.boot = first
    belt.next_seq = 1 + 4 * first
    for day in range(first, first + count):
        belt.reboot()
        belt.minutes(3)
        belt.close_page()
        archive(folder, belt, NOON_MS + 1000 * DAY_S * day)
        belt.pages = []


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    days(tmp_path, 90)
    return tmp_path


def by_months(folder: Path, *span: int) -> np.ndarray:
    with Store.open(folder) as store:
        return store.minutes(*(span or EVER))


def one_by_one(folder: Path, *span: int) -> np.ndarray:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "FEW", 1 << 30)
        return by_months(folder, *span)


def cached(folder: Path) -> list[Path]:
    return sorted((folder / CACHE).glob("*.rows*"))


def test_months_are_kept_and_the_same(filled: Path) -> None:
    expected = one_by_one(filled)
    assert len(expected) == 270
    assert cached(filled) == []
    for _ in range(2):
        assert by_months(filled).tobytes() == expected.tobytes()
    assert [path.name for path in cached(filled)] == [
        "1-202611.rows",
        "1-202612.rows",
        "1-202701.rows",
        "1-202702.rows",
    ]
    start = NOON_MS // 1000 + 20 * DAY_S + 61
    span = (start, start + 40 * DAY_S)
    assert by_months(filled, *span).tobytes() == one_by_one(filled, *span).tobytes()


def test_what_is_kept_is_read(filled: Path) -> None:
    by_months(filled)
    path = cached(filled)[0]
    data = bytearray(path.read_bytes())
    data[-1] ^= 1  # the lying side of the month's last minute
    path.write_bytes(data)
    assert by_months(filled).tobytes() != one_by_one(filled).tobytes()


def test_more_minutes_make_their_month_anew(filled: Path) -> None:
    by_months(filled)
    before = {path.name: path.stat().st_mtime_ns for path in cached(filled)}
    days(filled, 10, first=90)
    assert by_months(filled).tobytes() == one_by_one(filled).tobytes()
    after = {path.name: path.stat().st_mtime_ns for path in cached(filled)}
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"1-202702.rows"}


def test_a_clock_that_moves_its_minutes_makes_the_month_anew(filled: Path) -> None:
    by_months(filled)
    belt = MemoryBelt()
    belt.boot = 45
    belt.mono_s = 100_000
    late_ms = NOON_MS + 1000 * DAY_S * 44 - 180_000 + 100_050_000  # 500 ppm slow
    archive(filled, belt, late_ms)
    moved = by_months(filled)
    assert moved.tobytes() == one_by_one(filled).tobytes()


@pytest.mark.parametrize("harm", ["cut", "empty", "noise", "folder"])
def test_a_file_that_is_no_good_is_made_anew(filled: Path, harm: str) -> None:
    by_months(filled)
    path = cached(filled)[1]
    data = path.read_bytes()
    if harm == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes({"cut": data[:-38], "empty": b"", "noise": bytes(5000)}[harm])
    assert by_months(filled).tobytes() == one_by_one(filled).tobytes()
    if harm != "folder":
        assert path.read_bytes() == data


def test_several_belts_are_sorted_together(filled: Path) -> None:
    days(filled, 90, belt_id=bytes(8))
    rows = by_months(filled)
    assert len(rows) == 540
    assert (np.diff(rows["utc_s"]) >= 0).all()
    with Store.open(filled) as store:
        assert len(store.minutes(*EVER, belt=BELT)) == 270


def test_rebuild_and_erasure_remove_them(filled: Path) -> None:
    by_months(filled)
    with Store.open(filled) as store:
        store.rebuild(lambda done, total: None)
    assert cached(filled) == []
    by_months(filled)
    assert cached(filled) != []
    erase_belt(filled, BELT)
    assert cached(filled) == []
    assert len(by_months(filled)) == 0


def test_where_minutes_lie_is_read_without_their_rows(tmp_path: Path) -> None:
    """Else half of the database would be read, and decrypted, before the first picture."""
    with Store.open(tmp_path) as store:
        plans = store._connection.execute(f"EXPLAIN QUERY PLAN {DAYS}").fetchall()
    assert [plan[-1] for plan in plans] == ["SCAN minutes USING COVERING INDEX stretches"]
