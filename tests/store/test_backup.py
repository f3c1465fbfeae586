"""Backups and the way back, tried on the result."""

import errno
import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from plumbline.__main__ import main
from plumbline.errors import StoreError
from plumbline.store import backup as backing
from plumbline.store.archive import ArchiveWriter, archive_path
from plumbline.store.backup import back_up, back_up_if_due, backups
from plumbline.store.database import Store
from plumbline.store.migrations import MIGRATIONS
from plumbline.store.restoring import restore

from tests.link.belt import BELT
from tests.store.filling import archive, worn_belt

EVER = (-(1 << 40), 1 << 40)


def silent(done: int, total: int) -> None:
    """Progress nobody looks at."""


def contents(folder: Path) -> tuple[list[str], bytes]:
    with Store.open(folder) as store:
        return store.dump(), archive_path(folder, BELT).read_bytes()


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    archive(folder, worn_belt(2000))
    return folder


def test_a_restore_gives_the_same_data(filled: Path, tmp_path: Path) -> None:
    before = contents(filled)
    told: list[tuple[int, int]] = []
    back_up(filled, tmp_path / "b.zip", lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 50_000
    assert restore(tmp_path / "b.zip", tmp_path / "elsewhere", silent) is None
    assert contents(tmp_path / "elsewhere") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_restore_puts_the_present_data_away(filled: Path, tmp_path: Path) -> None:
    before = contents(filled)
    back_up(filled, tmp_path / "b.zip", silent)
    belt = worn_belt(3000)
    archive(filled, belt)
    later = contents(filled)
    kept = restore(tmp_path / "b.zip", filled, silent)
    assert contents(filled) == before
    assert kept is not None
    assert kept.parent == filled / "quarantine"
    assert (kept / f"{BELT}.plumb").read_bytes() == later[1]
    (database,) = (filled / "quarantine").glob("*.sqlite3")
    assert database.stat().st_size > 0
    assert not list(filled.glob(".restore-*"))


def test_an_unfinished_frame_is_left_out(filled: Path, tmp_path: Path) -> None:
    with archive_path(filled, BELT).open("ab") as file:
        file.write(b"PLF1 torn")
    back_up(filled, tmp_path / "b.zip", silent)
    restore(tmp_path / "b.zip", tmp_path / "x", silent)
    with ArchiveWriter(tmp_path / "x", BELT) as writer:
        assert writer.mended is None


NOT_WHOLE = "{file} is not a whole backup of Plumbline: choose another one."


@pytest.mark.parametrize("at", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_damaged_backup_is_refused_and_changes_nothing(
    filled: Path, tmp_path: Path, at: float
) -> None:
    before = contents(filled)
    file = tmp_path / "b.zip"
    back_up(filled, file, silent)
    data = bytearray(file.read_bytes())
    place = int(len(data) * at)
    data[place : place + 40] = bytes(255 - byte for byte in data[place : place + 40])
    file.write_bytes(bytes(data))
    with pytest.raises(StoreError) as told:
        restore(file, filled, silent)
    assert str(told.value) == NOT_WHOLE.format(file=file)
    assert contents(filled) == before
    assert not (filled / "quarantine").exists()
    assert not list(filled.glob(".restore-*"))


def test_a_member_that_was_exchanged_is_found_out(filled: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    back_up(filled, good, silent)
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[:-1] if name.endswith(".plumb") else content)
    with pytest.raises(StoreError) as told:
        restore(bad, filled, silent)
    assert str(told.value) == NOT_WHOLE.format(file=bad)


def test_what_is_no_backup_is_refused(filled: Path, tmp_path: Path) -> None:
    other = tmp_path / "photos.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("beach.txt", "sand")
    with pytest.raises(StoreError) as told:
        restore(other, filled, silent)
    assert str(told.value) == NOT_WHOLE.format(file=other)
    with pytest.raises(StoreError) as told:
        restore(tmp_path / "missing.zip", filled, silent)
    assert str(told.value) == (
        f"The backup {tmp_path / 'missing.zip'} cannot be read ({os.strerror(errno.ENOENT)}): "
        "choose another one."
    )


@pytest.mark.parametrize("name", ["archive/../../evil", "../evil", "evil"])
def test_a_backup_writes_nowhere_else(filled: Path, tmp_path: Path, name: str) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as file:
        file.writestr("manifest.json", json.dumps({"version": 1, "sha256": {name: "0"}}))
        file.writestr(name, "boo")
    with pytest.raises(StoreError):
        restore(bad, filled, silent)
    assert not list(tmp_path.rglob("evil"))


def test_a_restore_that_fails_makes_no_folder(tmp_path: Path) -> None:
    bad, elsewhere = tmp_path / "bad.zip", tmp_path / "elsewhere"
    bad.write_bytes(b"no zip at all")
    for source in (bad, tmp_path / "missing.zip"):
        with pytest.raises(StoreError):
            restore(source, elsewhere, silent)
        assert not elsewhere.exists()


def test_a_backup_of_a_newer_plumbline(filled: Path, tmp_path: Path) -> None:
    newer = tmp_path / "b.zip"
    with zipfile.ZipFile(newer, "w") as file:
        file.writestr("manifest.json", json.dumps({"version": 3}))
    with pytest.raises(StoreError) as told:
        restore(newer, filled, silent)
    assert str(told.value) == (
        f"The backup {newer} was made by a newer Plumbline: update Plumbline."
    )


def test_a_backup_with_a_newer_database(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(filled, tmp_path / "b.zip", silent)
    before = contents(filled)
    monkeypatch.setattr("plumbline.store.migrations.MIGRATIONS", MIGRATIONS[:-1])
    with pytest.raises(StoreError, match="was made by a newer Plumbline: update Plumbline"):
        restore(tmp_path / "b.zip", filled, silent)
    monkeypatch.undo()
    assert contents(filled) == before


def test_no_restore_while_a_belt_is_being_fetched(filled: Path, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.zip", silent)
    with ArchiveWriter(filled, BELT), pytest.raises(StoreError, match="Another Plumbline is"):
        restore(tmp_path / "b.zip", filled, silent)


def test_a_backup_a_week_and_the_last_five(filled: Path) -> None:
    start = datetime(2026, 1, 1, 12, tzinfo=UTC)
    made = [back_up_if_due(filled, start + timedelta(days=day)) for day in range(50)]
    assert [day for day, path in enumerate(made) if path] == [0, 7, 14, 21, 28, 35, 42, 49]
    assert [path.name for path in backups(filled)] == [
        f"plumbline-2026{date}T120000Z.zip" for date in ("0122", "0129", "0205", "0212", "0219")
    ]


def test_what_a_killed_backup_left_is_swept(filled: Path) -> None:
    place = filled / backing.FOLDER
    (place / ".plumbline-scratch").mkdir(parents=True)
    (place / ".plumbline-x.zip.1.part").write_text("half")
    back_up_if_due(filled, datetime.now(UTC))
    assert len(list(place.iterdir())) == 3
    back_up_if_due(filled, datetime.now(UTC) + timedelta(days=8))
    assert [path for path in place.iterdir() if path.name.startswith(".")] == []
    assert len(backups(filled)) == 2


def test_the_commands(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, elsewhere = tmp_path / "b.zip", tmp_path / "elsewhere"
    assert main(["--data", str(filled), "backup", str(file)]) == 0
    size = file.stat().st_size / 1e6
    assert capsys.readouterr().out == (
        f"The backup is {file} ({size:.1f} MB).\n"
        "It is not encrypted: whoever has the file can read the data.\n"
    )
    assert main(["--data", str(filled), "backup", str(file)]) == 2
    assert capsys.readouterr().err == f"{file} exists already: choose another name.\n"
    assert main(["--data", str(elsewhere), "restore", str(file)]) == 0
    assert capsys.readouterr().out == f"The data of {file} are in {elsewhere}.\n"
    assert main(["--data", str(elsewhere), "restore", str(file)]) == 0
    assert capsys.readouterr().out == (
        f"The data of {file} are in {elsewhere}.\n"
        f"What was there before is kept in {elsewhere / 'quarantine'}.\n"
    )
    assert main(["--data", str(filled), "backup"]) == 0
    assert len(backups(filled)) == 1


def test_a_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        back_up(tmp_path / "empty", tmp_path / "b.zip", silent)
    assert str(told.value) == (
        f"There is no data in {tmp_path / 'empty'} yet: fetch some with plumbline sync."
    )
    assert list(tmp_path.iterdir()) == []
