"""Databases of every released schema are upgraded; a step is taken wholly or not at all."""

import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from plumbline.errors import StoreError
from plumbline.store import migrations, sqlite
from plumbline.store.database import Store
from plumbline.store.migrations import APPLICATION_ID, MIGRATIONS, Migration, migrate
from plumbline.store.opening import database_path
from plumbline.store.sqlite import engine as sqlite3

from tests.store.make_schema import KEPT, fill

EVER = (-(1 << 40), 1 << 40)


def test_every_released_schema_is_kept() -> None:
    assert sorted(path.name for path in KEPT.iterdir()) == [
        f"{number}.zip" for number in range(1, len(MIGRATIONS) + 1)
    ]


@pytest.mark.parametrize("kept", sorted(KEPT.iterdir()), ids=lambda path: path.stem)
def test_an_old_database_becomes_what_a_new_one_would_be(tmp_path: Path, kept: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    with zipfile.ZipFile(kept) as backup:
        backup.extractall(old)
    version = sqlite3.connect(database_path(old))
    assert version.execute("PRAGMA user_version").fetchone() == (int(kept.stem),)
    version.close()
    fill(new)
    with Store.open(old) as upgraded, Store.open(new) as fresh:
        assert upgraded.notices == []
        assert upgraded.dump() == fresh.dump()
        assert upgraded.minutes(*EVER).tobytes() == fresh.minutes(*EVER).tobytes()
        assert len(fresh.minutes(*EVER)) == 45
        assert upgraded.events(*EVER) == fresh.events(*EVER)
        assert upgraded.unplaced() == 15


def database(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_steps_are_taken_once_and_counted(tmp_path: Path) -> None:
    connection = database(tmp_path / "db")
    migrate(connection)
    migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    connection.close()


def test_a_step_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migration("broken", ("CREATE TABLE half (a INTEGER) STRICT", "CREATE NONSENSE"))
    connection, new = database(tmp_path / "db"), database(tmp_path / "new")
    migrate(connection)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, broken))
    for each in (connection, new):
        with pytest.raises(sqlite3.OperationalError):
            migrate(each)
    assert new.execute("SELECT name FROM sqlite_schema").fetchall() == []  # not half made
    new.close()
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    assert "records" in names
    assert "half" not in names
    connection.close()


def test_a_copy_is_kept_before_an_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    with Store.open(tmp_path) as store:
        before = store.dump()
    assert not (tmp_path / "backups").exists()
    step = Migration("notes", ("CREATE TABLE notes (text TEXT NOT NULL) STRICT",))
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, step))
    with Store.open(tmp_path) as store:
        assert store.dump() != before
    kept = database(tmp_path / "backups" / f"before-upgrade-from-{len(MIGRATIONS)}.sqlite3")
    assert sorted(sqlite.dump(kept)) == before
    kept.close()


@pytest.mark.parametrize("version", [0, 1])
def test_several_who_open_at_once_make_or_upgrade_one_database(
    tmp_path: Path, version: int
) -> None:
    if version:
        with zipfile.ZipFile(KEPT / f"{version}.zip") as kept:
            kept.extractall(tmp_path)

    def opened(_number: int) -> list[str]:
        with Store.open(tmp_path) as store:
            return store.dump()

    with ThreadPoolExecutor(8) as pool:
        dumps = list(pool.map(opened, range(16)))
    assert all(dump == dumps[0] for dump in dumps)
    copies = {path.name for path in tmp_path.glob("backups/*")}
    known = {f"before-upgrade-from-{old}.sqlite3" for old in range(1, len(MIGRATIONS))}
    assert copies <= (known if version else set())
    assert version == 0 or "before-upgrade-from-1.sqlite3" in copies


def test_names_are_told_apart() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert len(set(names)) == len(names)


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    path = database_path(tmp_path)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE tomorrow (a)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    known = f"its version is 99, this program knows {len(MIGRATIONS)}"
    with pytest.raises(StoreError, match=known):
        Store.open(tmp_path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
