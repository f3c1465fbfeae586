"""A page that grows while the belt is plugged in costs the archive what it grew by."""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from beltwire.errors import WireError
from plumbline.link.engine import sync
from plumbline.store.archive import archive_path, read_frames, whole_pages
from plumbline.store.database import Store
from plumbline.store.frames import PAGE, TAIL
from plumbline.store.opening import database_path

from tests.link.belt import BELT, NOON_MS, MemoryBelt, on_pty


def sync_now(belt: MemoryBelt, folder: Path) -> None:
    with on_pty(belt) as path:
        sync(path, folder, lambda told: None, lambda: False, lambda: NOON_MS + belt.mono_s * 1000)


def plugged_in(folder: Path, syncs: int) -> tuple[MemoryBelt, list[int]]:
    """A belt that is synced every five minutes, and the archive's size after each sync."""
    belt = MemoryBelt()
    sizes = []
    for _ in range(syncs):
        belt.minutes(5)
        sync_now(belt, folder)
        sizes.append(archive_path(folder, BELT).stat().st_size)
    return belt, sizes


def test_five_minutes_more_cost_little(tmp_path: Path) -> None:
    belt, sizes = plugged_in(tmp_path, 12)
    grown = [after - before for before, after in pairwise(sizes)]
    payload = 5 * (4 + len(belt.records()[-1].payload))
    assert sorted(grown)[5] <= payload + 44  # a frame, the time, the page's head and its CRC
    with Store.open(tmp_path) as store:
        assert len(store.minutes(0, 1 << 40)) == 60
        before = store.dump()
        store.rebuild(lambda done, total: None)
        assert store.dump() == before


def test_the_pages_are_byte_for_byte_the_belts(tmp_path: Path) -> None:
    belt, _sizes = plugged_in(tmp_path, 12)
    frames = list(read_frames(archive_path(tmp_path, BELT)))
    assert {frame.kind for frame in frames} >= {PAGE, TAIL}
    latest = {page[4:8]: page for page in whole_pages(frames)}
    assert list(latest.values()) == belt.all_pages()


def test_a_lost_frame_costs_the_records_in_it_and_no_more(tmp_path: Path) -> None:
    plugged_in(tmp_path, 4)
    path = archive_path(tmp_path, BELT)
    frames = list(read_frames(path))
    begun = [0, *(frame.end for frame in frames)]
    hit = random.Random(3).choice([n for n, frame in enumerate(frames) if frame.kind == PAGE])
    data = bytearray(path.read_bytes())
    data[begun[hit] + 20] ^= 1
    path.write_bytes(data)
    left = list(read_frames(path))
    assert len(left) == len(frames) - 1
    with pytest.raises(WireError):
        list(whole_pages(left))
    database_path(tmp_path).unlink()  # else it would have them still
    with Store.open(tmp_path) as store:
        total = store.rebuild(lambda done, size: None)
    assert (total.minutes, total.unreadable) == (15, 0)


def test_a_page_that_differs_in_what_is_here_is_kept_whole(tmp_path: Path) -> None:
    """The newest record agrees, one before it does not: nothing is left out."""
    belt = MemoryBelt()
    belt.anchored = True
    belt.minutes(5)
    sync_now(belt, tmp_path)
    other = MemoryBelt()
    other.anchored = True
    other.log(9, b"something else", 0)
    other.mono_s = 60
    other.minutes(6)
    sync_now(other, tmp_path)
    pages = [f.page()[1] for f in read_frames(archive_path(tmp_path, BELT)) if f.kind == PAGE]
    assert pages == [belt.all_pages()[0], other.all_pages()[0]]
