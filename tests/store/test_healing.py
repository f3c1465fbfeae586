"""What damage takes from archive or journal and the database still has is put back."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from plumbline.__main__ import main
from plumbline.people.changes import keep_note, keep_wearer
from plumbline.people.subjects import subjects
from plumbline.store import keyfile, opening
from plumbline.store.archive import archive_path, archived_belts, read_frames
from plumbline.store.database import Store
from plumbline.store.frames import FACT
from plumbline.store.journal import journal_path
from plumbline.store.opening import database_path
from plumbline.store.protecting import encrypt
from plumbline.store.upkeep import keep_up

from tests.link.belt import BELT, NOON_MS, MemoryBelt
from tests.store.filling import archive

WORDS = "correct horse battery"
DAMAGED = "could not be read whole; what the database has of it was put back."
Harm = Callable[[Path], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two logs of a belt, with a hole in the second, and entries; the same encrypted."""
    folder = tmp_path_factory.mktemp("made") / "plain"
    belt = MemoryBelt()
    belt.minutes(400)
    archive(folder, belt)
    with Store.open(folder) as store, opening_archive(folder) as writer:
        writer.append_fact(fact="new_log", utc_ms=NOON_MS)
        belt.wiped()
        belt.minutes(100)
        writer.append_fact(fact="hole", first_seq=1, last_seq=40)
        for page in belt.all_pages():
            if page[4] > 40:
                writer.append_page(NOON_MS, page)
        store.ingest(BELT)
    archive(folder, MemoryBelt(), NOON_MS + 86_400_000)
    with Store.open(folder) as store:
        keep_wearer(store, "Anna")
        for number in range(20):
            keep_note(store, subjects(store, [BELT])[0], f"note {number}", None)
    sealed = folder.with_name("encrypted")
    shutil.copytree(folder, sealed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyfile, "LOG_N", 7)
        encrypt(sealed, WORDS, keyring=False, keep_backups=False, tell=lambda done, total: None)
    return {"plain": folder, "encrypted": sealed}


def opening_archive(folder: Path):
    from plumbline.store.archive import ArchiveWriter

    return ArchiveWriter(folder, BELT)


@pytest.fixture(params=["plain", "encrypted"])
def folder(
    made: dict[str, Path],
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A copy, on a day on which archive and journal were not read through yet."""
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", WORDS)
    copy = tmp_path / "data"
    shutil.copytree(made[request.param], copy)
    return copy


def content(folder: Path) -> list[str]:
    """All tables; but where in a file something stands, and the journal's name, may differ."""
    with Store.open(folder) as store:
        lines = [line for line in store.dump() if 'INTO "journal"' not in line]
    return [re.sub(r",\d+\);$", ",END);", line) if '"belts"' in line else line for line in lines]


def damage(path: Path, part: float) -> None:
    data = bytearray(path.read_bytes())
    at = int(len(data) * part)
    data[at : at + 60] = bytes(byte ^ 0x55 for byte in data[at : at + 60])
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_the_new_log(path: Path) -> None:
    """As if nobody had ever written that the log was begun anew."""
    (frame,) = (
        f for f in read_frames(path) if f.kind == FACT and f.fact().get("fact") == "new_log"
    )
    data = bytearray(path.read_bytes())
    data[frame.start + 5] ^= 1
    path.write_bytes(data)


HARMS: dict[str, Harm] = {
    "head": lambda path: damage(path, 0.0),
    "middle": lambda path: damage(path, 0.5),
    "cut": cut,
    "gone": Path.unlink,
}


@pytest.mark.parametrize("harm", [*HARMS, "new log"])
def test_an_archive_gets_back_what_the_database_has(folder: Path, harm: str) -> None:
    before = content(folder)
    (HARMS | {"new log": without_the_new_log})[harm](archive_path(folder, BELT))
    notices = keep_up(folder).notices
    with Store.open(folder) as store:
        notices += store.notices
    assert [notice.endswith(DAMAGED) for notice in notices] == [True]
    assert archived_belts(folder) == [BELT]
    assert content(folder) == before
    assert (folder / "quarantine" / "report.txt").exists() == (harm not in ("gone",))
    assert_rebuilt(folder, before)


@pytest.mark.parametrize("harm", HARMS)
def test_a_journal_gets_back_what_the_database_has(folder: Path, harm: str) -> None:
    before = content(folder)
    HARMS[harm](journal_path(folder))
    notices = keep_up(folder).notices
    assert [notice.endswith(DAMAGED) for notice in notices] == [True]
    assert content(folder) == before
    assert_rebuilt(folder, before)


def assert_rebuilt(folder: Path, before: list[str]) -> None:
    """A database made of nothing but archive and journal is the same; and all is well now."""
    database_path(folder).unlink()
    assert content(folder) == before
    (folder / "cache" / "archives-read").unlink()
    assert keep_up(folder) == (True, [])


def test_a_rebuild_does_not_lose_what_the_archive_lost(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(folder)
    damage(archive_path(folder, BELT), 0.4)
    damage(journal_path(folder), 0.7)
    assert main(["--data", str(folder), "rebuild"]) == 0
    said = capsys.readouterr().out
    assert said.count(DAMAGED) == 2
    assert content(folder) == before
    report = (folder / "quarantine" / "report.txt").read_text()
    assert "a stretch of an archive that cannot be read" in report
    assert "a stretch of the journal that cannot be read" in report


def test_a_rebuild_of_a_damaged_database_puts_it_away(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(folder)
    opening._checked.clear()
    (folder / "cache" / "checked.json").unlink(missing_ok=True)
    damage(database_path(folder), 0.3)
    assert main(["--data", str(folder), "rebuild"]) == 0
    assert "Rebuilt from the archive" in capsys.readouterr().out
    assert content(folder) == before


def test_text_that_is_none_is_damage(folder: Path) -> None:
    """Where only a letter was hit, SQLite's own check finds nothing."""
    with Store.open(folder) as store:
        store._connection.execute("UPDATE entry_changes SET fields = CAST(x'7bff7d' AS TEXT)")
        with pytest.raises(Exception, match="cannot be read: close Plumbline, then rebuild it"):
            store.all_changes()


def test_a_rebuild_of_a_database_that_contradicts_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SQLite's check of the file knows nothing of what rows mean to each other."""
    before = content(folder)
    with Store.open(folder) as store:
        store._connection.execute(
            "CREATE TRIGGER harm AFTER INSERT ON records BEGIN SELECT RAISE(ABORT, 'twice'); END"
        )
    assert main(["--data", str(folder), "rebuild"]) == 0
    assert "Rebuilt from the archive" in capsys.readouterr().out
    assert content(folder) == before
