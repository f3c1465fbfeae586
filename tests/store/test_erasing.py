"""What is erased is gone: from the archive, the database's pages, the backups."""

import os
from pathlib import Path

import pytest
from beltwire import codes
from plumbline.__main__ import main
from plumbline.store.archive import ArchiveWriter, archive_path, archived_belts
from plumbline.store.backup import back_up
from plumbline.store.database import Store
from plumbline.store.erasing import erase_belt
from plumbline.store.export_list import exports
from plumbline.store.journal import journal_path
from plumbline.store.opening import database_path

from tests.link.belt import BELT, MemoryBelt
from tests.store.filling import archive, worn_belt

EVER = (-(1 << 40), 1 << 40)
OTHER = "ff00ff00ff00ff00"
SECRET = b"what nobody else should find out"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Two belts, a backup, something in quarantine; one belt's log has a telling record."""
    folder = tmp_path / "data"
    secret = worn_belt(500)
    for _ in range(50):
        secret.log(codes.KIND_EVENT, b"\xf0" + SECRET, secret.mono_s)
    other = MemoryBelt(bytes.fromhex(OTHER), "other")
    other.minutes(60)
    archive(folder, secret)
    archive(folder, other)
    with Store.open(folder):
        pass
    back_up(folder, folder / "backups" / "plumbline-20260101T000000Z.zip", lambda done, total: None)
    (folder / "quarantine").mkdir()
    (folder / "quarantine" / "tail.bin").write_bytes(SECRET)
    return folder


def holds_secret(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if SECRET in path.read_bytes()]


def said(capsys: pytest.CaptureFixture[str], folder: Path, *argv: str) -> tuple[int, str, str]:
    status = main(["--data", str(folder), "erase", *argv])
    output = capsys.readouterr()
    return status, output.out, output.err


def test_one_belt_goes_the_other_stays(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert database_path(filled) in holds_secret(filled)
    assert said(capsys, filled, "--belt", BELT, "--yes") == (
        0,
        f"The data and all backups in {filled} are erased.\n",
        "",
    )
    assert holds_secret(filled) == []
    assert archived_belts(filled) == [OTHER]
    assert not (filled / "backups").exists()
    assert not (filled / "quarantine").exists()
    with Store.open(filled) as store:
        assert [belt.id for belt in store.belts()] == [OTHER]
        assert len(store.minutes(*EVER)) == 60


def test_pages_are_overwritten_not_only_let_go(filled: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    os.link(database_path(filled), kept / "database")
    os.link(archive_path(filled, BELT), kept / "archive")
    assert len(holds_secret(kept)) == 2
    erase_belt(filled, BELT)
    assert holds_secret(kept) == []
    with Store.open(filled) as store:
        assert store._all("PRAGMA freelist_count") == [(0,)]


def test_the_list_of_exports_is_told_and_goes(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        main(["--data", str(filled), "export", "--out", str(out), "--overwrite"])
    assert str(out) not in (out / "entries.jsonl").read_text()
    capsys.readouterr()
    assert said(capsys, filled, "--belt", BELT, "--yes")[1] == (
        f"The data and all backups in {filled} are erased.\n"
        f"Exports were written to these places, and are still there:\n  {out}\n"
    )
    with Store.open(filled) as store:
        assert exports(store) == []
    assert str(out).encode() not in journal_path(filled).read_bytes()


def test_everything_goes(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, filled, "--everything", "--yes")[0] == 0
    assert list(filled.iterdir()) == []


def test_nothing_goes_unless_it_is_meant(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, filled, "--everything") == (
        2,
        "",
        f"This cannot be taken back: add --yes to erase the data in {filled}.\n",
    )
    assert len(holds_secret(filled)) >= 3


def test_a_belt_that_is_not_there(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, filled, "--belt", "beef", "--yes") == (
        2,
        "",
        f"There is no belt beef in {filled}: name one of {BELT} (test belt), {OTHER} (other).\n",
    )
    assert len(holds_secret(filled)) >= 3


def test_not_while_a_belt_is_being_fetched(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ArchiveWriter(filled, BELT):
        assert said(capsys, filled, "--belt", BELT, "--yes")[0] == 2
        assert said(capsys, filled, "--everything", "--yes")[0] == 2
    with Store.open(filled) as store:
        assert len(store.minutes(*EVER)) == 560
