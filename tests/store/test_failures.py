"""What goes wrong with a data folder: one sentence each, and nothing half-written."""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from plumbline.errors import StoreError
from plumbline.store import opening
from plumbline.store.archive import archive_path
from plumbline.store.database import Store
from plumbline.store.failures import DamagedInUse
from plumbline.store.migrations import MIGRATIONS
from plumbline.store.opening import database_path
from plumbline.store.sqlite import engine as sqlite3

from tests.link.belt import BELT
from tests.store.filling import archive, worn_belt

EVER = (-(1 << 40), 1 << 40)

OPEN = """
import os, sys
from collections.abc import Iterator
from pathlib import Path
from plumbline.errors import StoreError
from plumbline.store.database import Store
from plumbline.store.failures import DamagedInUse
if "as nobody" in sys.argv and os.getuid() == 0:  # root may write everywhere, nobody may not
    os.setgid(65534)
    os.setuid(65534)
try:
    with Store.open(Path(sys.argv[1])) as store:
        print(len(store.minutes(0, 1 << 40)))
except StoreError as error:
    print(error)
"""


def open_elsewhere(folder: Path, *words: str, limit: int | None = None) -> str:
    """What opening says in another process; `limit`: the longest file that it may write."""
    longest = resource.RLIM_INFINITY if limit is None else limit
    ran = subprocess.run(
        [sys.executable, "-c", OPEN, str(folder), *words],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (longest, longest)),
    )
    return ran.stdout.strip()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = database_path(tmp_path)
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError) as told:
            Store.open(tmp_path, read_only=read_only)
        assert str(told.value) == (
            f"The database {path} was written by a newer Plumbline (its version is "
            f"{len(MIGRATIONS) + 1}, this program knows {len(MIGRATIONS)}): update Plumbline, or "
            "give another folder with --data."
        )
    assert path.read_bytes() == before


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that anybody may enter; pytest closes its own to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_read_only_folder(public: Path) -> None:
    locked = public / "locked"
    locked.mkdir(mode=0o555)
    assert open_elsewhere(locked, "as nobody") == (
        f"The data folder {locked} cannot be written: change its permissions or give another "
        "one with --data."
    )
    assert list(locked.iterdir()) == []
    missing = locked / "missing"
    assert open_elsewhere(missing, "as nobody") == (
        f"The data folder {missing} cannot be written: change its permissions or give another "
        "one with --data."
    )


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    place = tmp_path / "data"
    place.write_text("not a folder")
    assert open_elsewhere(place) == (
        f"The data folder {place} is not a folder: move the file of that name away or give "
        "another one with --data."
    )


@pytest.mark.parametrize("limit", [1, 4096, 20_000, 60_000])
def test_a_full_disk_leaves_the_database_whole(tmp_path: Path, limit: int) -> None:
    archive(tmp_path, worn_belt(3000))
    said = open_elsewhere(tmp_path, limit=limit)
    assert said in (
        f"There is no room left on the disk of {tmp_path}: free some space and try again.",
        f"The disk of {tmp_path} reports an error (disk I/O error): check its free space and its "
        "health, then try again.",
    )
    with Store.open(tmp_path) as store:
        assert len(store.minutes(*EVER)) == 3000
        assert store.notices == []


def test_a_really_full_disk(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(3000))
    with Store.open(tmp_path) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        belt = worn_belt(9000)
        archive(tmp_path, belt)
        with pytest.raises(StoreError) as told:
            store.ingest(BELT)
        assert str(told.value) == (
            f"There is no room left on the disk of {tmp_path}: free some space and try again."
        )
        store._connection.execute("PRAGMA max_page_count = 1000000")
        store.ingest(BELT)
        assert len(store.minutes(*EVER)) == 9000


def test_a_database_that_another_program_keeps(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(5))
    Store.open(tmp_path).close()
    other = sqlite3.connect(database_path(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with Store.open(tmp_path, wait_s=0.05) as store:  # nothing to write: no need to wait
            assert len(store.minutes(*EVER)) == 5
        archive(tmp_path, worn_belt(6))
        with pytest.raises(StoreError) as told:
            Store.open(tmp_path, wait_s=0.05)
    finally:
        other.close()
    assert str(told.value) == (
        f"The database in {tmp_path} is in use by another program: wait until it is done or "
        "close it, then try again."
    )


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process: no database has been checked yet."""
    monkeypatch.setattr(opening, "_checked", {})


def damage_head(path: Path) -> None:
    path.write_bytes(b"this was a database" + path.read_bytes()[19:])


def damage_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for page in range(4096, len(data), 4096):
        data[page : page + 200] = b"\xa5" * 200
    path.write_bytes(bytes(data))


def damage_a_leaf(path: Path) -> None:
    """One page that opening has no need of."""
    data = bytearray(path.read_bytes())
    at = len(data) // 2 // 8192 * 8192
    data[at : at + 200] = b"\xa5" * 200
    path.write_bytes(bytes(data))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


@pytest.mark.parametrize("harm", [damage_head, damage_middle, damage_a_leaf, cut])
@pytest.mark.usefixtures("unchecked")
def test_a_damaged_database_is_rebuilt_from_the_archive(tmp_path: Path, harm: object) -> None:
    archive(tmp_path, worn_belt(2000))
    with Store.open(tmp_path) as store:
        before = store.dump()
    path = database_path(tmp_path)
    harm(path)  # type: ignore[operator]
    damaged = path.read_bytes()
    opening._checked.clear()
    with Store.open(tmp_path) as store:
        assert store.dump() == before
        (kept,) = (tmp_path / "quarantine").glob("*.sqlite3")
        assert store.notices == [
            "The database could not be read; it was rebuilt from the archive, the old file is kept "
            f"as {kept}."
        ]
    assert kept.read_bytes() == damaged
    line = (tmp_path / "quarantine" / "report.txt").read_text().splitlines()[0]
    assert line.split("\t")[1] == kept.name
    assert line.split("\t")[2].startswith("a damaged database: ")


@pytest.mark.usefixtures("unchecked")
def test_damage_found_after_opening_is_mended_by_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window shows the day first and has the file read through then."""
    monkeypatch.setattr(opening, "_doubted", set())
    archive(tmp_path, worn_belt(2000))
    with Store.open(tmp_path) as store:
        before = store.dump()
    opening._checked.clear()
    assert opening.is_whole(tmp_path)
    damage_a_leaf(database_path(tmp_path))
    opening._checked.clear()
    with Store.open(tmp_path, check=False) as store:
        assert not store.notices
        assert not opening.is_whole(tmp_path)
    with Store.open(tmp_path, check=False) as store:
        assert store.dump() == before
        assert store.notices[0].startswith("The database could not be read; it was rebuilt")


def test_damage_found_while_reading_is_a_sentence(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(2000))
    Store.open(tmp_path).close()
    with Store.open(tmp_path) as store:  # checked already: damage is met only when reading
        damage_middle(database_path(tmp_path))
        with pytest.raises(StoreError) as told:
            store.minutes(*EVER)
    assert str(told.value) == (
        f"The database in {tmp_path} cannot be read: close Plumbline, then rebuild it with "
        "plumbline rebuild."
    )


def test_an_archive_that_lost_its_end(tmp_path: Path) -> None:
    """As after a power cut on a disk that only said it had written."""
    archive(tmp_path, worn_belt(2000))
    Store.open(tmp_path).close()
    path = archive_path(tmp_path, BELT)
    path.write_bytes(path.read_bytes()[:-700])
    with Store.open(tmp_path) as store:
        assert store.notices == [
            f"The archive {path} could not be read whole; what the database has of it was put back."
        ]
        assert len(store.minutes(*EVER)) == 2000
        assert store.coverage(BELT).intervals() == [(1, 2000)]
    database_path(tmp_path).unlink()
    with Store.open(tmp_path) as store:
        assert len(store.minutes(*EVER)) == 2000


def test_reading_only_touches_nothing(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(5))
    with pytest.raises(StoreError) as told:
        Store.open(tmp_path, read_only=True)
    assert str(told.value) == (
        f"There is no data in {tmp_path} yet: fetch some with plumbline sync."
    )
    assert not database_path(tmp_path).exists()
    Store.open(tmp_path).close()
    before = database_path(tmp_path).read_bytes()
    with Store.open(tmp_path, read_only=True) as store:
        assert len(store.minutes(*EVER)) == 5
        with pytest.raises(StoreError):
            store.rebuild(lambda done, total: None)
    assert database_path(tmp_path).read_bytes() == before


def damage_rows(path: Path) -> None:
    """Leaves whose rows are nothing but zeros: SQLite reads them, and finds NULL everywhere."""
    data = bytearray(path.read_bytes())
    for page in range(8192, len(data), 8192):
        if data[page] == 0x0D:
            data[page + 100 : page + 8192] = bytes(8192 - 100)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("opened", [False, True])
def test_rows_that_make_no_sense_are_damage(tmp_path: Path, opened: bool) -> None:
    """Met by an opening that reads nothing through first, or by one that is open already."""
    archive(tmp_path, worn_belt(300))
    Store.open(tmp_path).close()
    if opened:
        with Store.open(tmp_path) as store:
            damage_rows(database_path(tmp_path))
            with pytest.raises(DamagedInUse):
                store.minutes(*EVER)
    else:
        damage_rows(database_path(tmp_path))
    with Store.open(tmp_path, check=False) as store:
        assert store.notices[0].startswith("The database could not be read; it was rebuilt")
        assert len(store.minutes(*EVER)) == 300
