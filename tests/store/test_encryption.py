"""Encrypted data: nobody reads them without the key, everything works with it, nothing is lost."""

import os
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from plumbline.errors import StoreError
from plumbline.link.engine import sync
from plumbline.store import keyfile, placing, sealing, sqlite
from plumbline.store.archive import ArchiveWriter, archive_path, read_frames
from plumbline.store.backup import back_up, back_up_if_due, backups
from plumbline.store.database import Store
from plumbline.store.erasing import erase_belt, erase_everything
from plumbline.store.frames import PAGE
from plumbline.store.opening import database_path
from plumbline.store.protecting import change, decrypt, encrypt
from plumbline.store.restoring import restore
from plumbline.store.sealing import Locked

from tests.link.belt import BELT, NOON_MS, MemoryBelt, on_pty
from tests.store.cutting import cut_offs
from tests.store.filling import archive, worn_belt
from tests.store.keyrings import MemoryKeyring, memory_keyring

WORDS = "correct horse battery"
EVER = (-(1 << 40), 1 << 40)
MARK = b"\x7fHEALTH DATA IN THE CLEAR\x7f"

pytestmark = pytest.mark.usefixtures("cheap_scrypt")


def silent(done: int, total: int) -> None:
    pass


@pytest.fixture
def keyring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as own:
        yield own


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    """A folder with a record that is easy to find in files."""
    folder = tmp_path / "data"
    belt = worn_belt(200)
    belt.log(9, MARK, belt.mono_s)
    archive(folder, belt)
    with Store.open(folder):
        pass
    return folder


def protect(folder: Path, words: str | None = WORDS, *, keyring: bool = False) -> None:
    encrypt(folder, words, keyring=keyring, keep_backups=False, tell=silent)


def holds_mark(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if MARK in path.read_bytes())


def content(folder: Path) -> list[str]:
    """Everything in the database but the offsets into files whose frames have another length."""
    with Store.open(folder) as store:
        offsets = {str(store.archive_end(belt.id)) for belt in store.belts()}
        lines = store.dump()
        for offset in offsets:
            lines = [line.replace(f",{offset})", ",END)") for line in lines]
        return lines


def test_nothing_readable_is_left_and_nothing_lost(marked: Path) -> None:
    assert holds_mark(marked) == [f"{BELT}.plumb", "plumbline.sqlite3"]
    before, pages = content(marked), list(read_frames(archive_path(marked, BELT)))
    protect(marked)
    assert holds_mark(marked) == []
    assert not sqlite.is_plain(database_path(marked))
    assert content(marked) == before
    sealed = list(read_frames(archive_path(marked, BELT)))
    assert [(f.kind, f.body) for f in sealed] == [(f.kind, f.body) for f in pages]
    with Store.open(marked) as store:
        store.rebuild(silent)
    assert content(marked) == before
    decrypt(marked, silent)
    assert content(marked) == before
    assert holds_mark(marked) == [f"{BELT}.plumb", "plumbline.sqlite3"]
    assert not keyfile.key_path(marked).exists()


def test_the_old_files_are_overwritten(marked: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for path in (database_path(marked), archive_path(marked, BELT)):
        os.link(path, kept / path.name)
    protect(marked)
    assert holds_mark(kept) == []
    assert [path.stat().st_size > 0 for path in kept.iterdir()] == [True, True]


def test_backups_that_anybody_can_read_go(marked: Path) -> None:
    back_up_if_due(marked, datetime(2026, 11, 22, tzinfo=UTC))
    (plain,) = backups(marked)
    protect(marked)
    assert backups(marked) == []
    decrypt(marked, silent)
    back_up_if_due(marked, datetime(2026, 11, 22, tzinfo=UTC))
    encrypt(marked, WORDS, keyring=False, keep_backups=True, tell=silent)
    assert backups(marked) == [plain]


@pytest.mark.parametrize("words", ["correct horse batter", "", "Correct horse battery"])
def test_another_passphrase_opens_nothing(marked: Path, words: str) -> None:
    protect(marked)
    sealing._keys.clear()
    with pytest.raises(Locked) as told:
        sealing.unlock(marked, words)
    assert str(told.value) == f"That is not the passphrase of the data in {marked}: try again."
    with pytest.raises(Locked, match="PLUMBLINE_PASSPHRASE"):
        Store.open(marked)
    with pytest.raises(Locked):
        ArchiveWriter(marked, BELT)
    assert sealing.needs_passphrase(marked)
    sealing.unlock(marked, WORDS)
    assert not sealing.needs_passphrase(marked)
    with Store.open(marked) as store:
        assert store.protection.encrypted


def test_where_the_passphrase_may_come_from(marked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    protect(marked)
    sealing._keys.clear()
    typed = iter(["no", "neither", WORDS])
    monkeypatch.setattr(sealing, "ask", lambda question: next(typed))
    Store.open(marked).close()
    sealing._keys.clear()
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", WORDS)
    Store.open(marked).close()
    sealing._keys.clear()
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", "another one")
    with pytest.raises(Locked, match="not the passphrase"):
        Store.open(marked)


def test_the_keyring_opens_without_asking(marked: Path, keyring: MemoryKeyring) -> None:
    protect(marked, None, keyring=True)
    (kept,) = keyring.kept.values()
    assert kept not in keyfile.key_path(marked).read_text()
    sealing._keys.clear()
    Store.open(marked).close()
    with pytest.raises(StoreError, match="Nothing else opens the data"):
        change(marked, None, keyring=False)
    change(marked, WORDS, keyring=False)
    assert keyring.kept == {}
    sealing._keys.clear()
    with pytest.raises(Locked):
        Store.open(marked)
    sealing.unlock(marked, WORDS)
    change(marked, None, keyring=True)
    sealing._keys.clear()
    Store.open(marked).close()
    keyring.kept.clear()  # another computer, or a keyring made anew
    sealing._keys.clear()
    sealing.unlock(marked, WORDS)


def test_without_a_keyring_a_passphrase_is_needed(marked: Path) -> None:
    with pytest.raises(StoreError, match="no keyring"):
        protect(marked, None, keyring=True)
    with pytest.raises(StoreError, match="Nothing would open"):
        protect(marked, None, keyring=False)
    with pytest.raises(StoreError, match="too short"):
        protect(marked, "seven77")
    assert holds_mark(marked) == [f"{BELT}.plumb", "plumbline.sqlite3"]


def test_a_new_passphrase(marked: Path, tmp_path: Path) -> None:
    protect(marked)
    old = tmp_path / "old.zip"
    back_up(marked, old, silent)
    change(marked, "another horse", keyring=None)
    sealing._keys.clear()
    with pytest.raises(Locked):
        sealing.unlock(marked, WORDS)
    sealing.unlock(marked, "another horse")
    restore(old, marked, silent)  # the same key: today's passphrase stays
    sealing._keys.clear()
    with pytest.raises(Locked):
        sealing.unlock(marked, WORDS)
    sealing.unlock(marked, "another horse")
    Store.open(marked).close()


def test_a_backup_is_encrypted_and_opens_elsewhere(
    marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(marked)
    protect(marked)
    copy, elsewhere = tmp_path / "b.zip", tmp_path / "elsewhere"
    back_up(marked, copy, silent)
    with zipfile.ZipFile(copy) as members:
        assert not [name for name in members.namelist() if MARK in members.read(name)]
        assert keyfile.NAME in members.namelist()
    sealing._keys.clear()
    with pytest.raises(Locked):
        restore(copy, elsewhere, silent)
    assert not elsewhere.exists()
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", WORDS)
    restore(copy, elsewhere, silent)
    assert content(elsewhere) == before
    assert sealing.protection(elsewhere).encrypted


def test_a_plain_backup_is_encrypted_on_its_way_in(marked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "plain.zip"
    back_up(marked, copy, silent)
    before = content(marked)
    protect(marked)
    restore(copy, marked, silent)
    assert holds_mark(marked) == []
    assert content(marked) == before


def test_sync_import_and_erase_work(marked: Path) -> None:
    protect(marked)
    belt = worn_belt(200)
    belt.log(9, MARK, belt.mono_s)
    belt.minutes(300)
    with on_pty(belt) as path:
        for _ in range(2):
            sync(path, marked, lambda told: None, lambda: False, lambda: NOON_MS)
    with Store.open(marked) as store:
        assert len(store.minutes(*EVER)) == 500
    assert holds_mark(marked) == []
    erase_belt(marked, BELT)
    with Store.open(marked) as store:
        assert store.belts() == []
        assert store.protection.encrypted


def test_months_in_files_are_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data"
    archive(folder, worn_belt(4000))
    monkeypatch.setattr(placing, "FEW", 1)
    with Store.open(folder) as store:
        plain = store.minutes(*EVER).tobytes()
    (kept,) = (folder / "cache").glob("*.rows")
    assert plain[:400] in kept.read_bytes()
    protect(folder)
    for _ in range(2):
        with Store.open(folder) as store:
            assert store.minutes(*EVER).tobytes() == plain
    (kept,) = (folder / "cache").glob("*.rows")
    assert plain[:38] not in kept.read_bytes()


def test_whoever_erases_everything_needs_no_passphrase(
    marked: Path, keyring: MemoryKeyring
) -> None:
    protect(marked, WORDS, keyring=True)
    sealing._keys.clear()
    erase_everything(marked)
    assert list(marked.iterdir()) == []
    assert keyring.kept == {}


def test_frames_cannot_be_moved_or_changed(marked: Path) -> None:
    protect(marked)
    path = archive_path(marked, BELT)
    frames = list(read_frames(path))
    data = path.read_bytes()
    first, second = frames[1], frames[2]
    moved = (
        data[: first.start]
        + data[second.start : second.end]
        + data[first.start : first.end]
        + data[second.end :]
    )
    path.write_bytes(moved)
    assert len(list(read_frames(path))) == len(frames) - 2
    other = path.with_name("ffffffffffffffff.plumb")
    other.write_bytes(data)
    assert list(read_frames(other)) == []


def test_damage_goes_along(marked: Path) -> None:
    path = archive_path(marked, BELT)
    data = bytearray(path.read_bytes())
    third = list(read_frames(path))[2]
    data[third.start + 20] ^= 1
    path.write_bytes(data)
    pages = [f.body for f in read_frames(path) if f.kind == PAGE]
    protect(marked)
    decrypt(marked, silent)
    assert [f.body for f in read_frames(path) if f.kind == PAGE] == pages
    assert bytes(data[third.start : third.end]) in [f.body for f in read_frames(path)]


def test_without_its_key_file_nothing_is_touched(marked: Path) -> None:
    protect(marked)
    keyfile.key_path(marked).rename(marked / "away")
    before = {path.name: path.read_bytes() for path in marked.rglob("*") if path.is_file()}
    for attempt in (lambda: Store.open(marked), lambda: ArchiveWriter(marked, BELT)):
        with pytest.raises(StoreError, match=r"plumbline.key is missing: bring it back"):
            attempt()
    assert before == {path.name: path.read_bytes() for path in marked.rglob("*") if path.is_file()}


def test_plain_files_are_not_taken_for_encrypted_ones(marked: Path, tmp_path: Path) -> None:
    belt = MemoryBelt(bytes(8))
    belt.minutes(5)
    archive(tmp_path / "other", belt)
    protect(marked)
    name = "0000000000000000.plumb"
    (tmp_path / "other" / "archive" / name).rename(marked / "archive" / name)
    with pytest.raises(StoreError, match="is not encrypted as the other data are"):
        Store.open(marked)


@pytest.mark.parametrize("text", ["", "{}", '{"format": 1}', "[]", '{"format": 2}'])
def test_a_key_file_that_makes_no_sense(marked: Path, text: str) -> None:
    protect(marked)
    keyfile.key_path(marked).write_text(text)
    with pytest.raises(StoreError, match=r"cannot be read: bring it back|newer Plumbline"):
        Store.open(marked)


def test_not_under_an_open_window(marked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "b.zip"
    back_up(marked, copy, silent)
    with Store.open(marked) as window:
        for attempt in (
            lambda: protect(marked),
            lambda: restore(copy, marked, silent),
            lambda: erase_everything(marked),
        ):
            with pytest.raises(StoreError, match="open elsewhere"):
                attempt()
        assert len(window.minutes(*EVER)) == 200


@pytest.mark.parametrize("direction", ["encrypt", "decrypt", "restore"])
def test_cut_off_anywhere_it_is_done_or_not_done(
    marked: Path, tmp_path: Path, direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", WORDS)
    copy = tmp_path / "b.zip"
    before = content(marked)
    if direction == "decrypt":
        protect(marked)
    if direction == "restore":
        back_up(marked, copy, silent)
    works: dict[str, Callable[[], object]] = {
        "encrypt": lambda: protect(marked),
        "decrypt": lambda: decrypt(marked, silent),
        "restore": lambda: restore(copy, marked, silent),
    }
    sides = set()
    for at in cut_offs(marked, works[direction]):
        assert content(marked) == before, at
        encrypted = sealing.protection(marked).encrypted
        sides.add(encrypted)
        assert (holds_mark(marked) == []) == encrypted
        assert not [path for path in marked.iterdir() if path.name.startswith(".")], at
    if direction != "restore":
        assert sides == {False, True}
    assert content(marked) == before
