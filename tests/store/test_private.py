"""What is kept about people's health is for the account alone that keeps it, from its beginning."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plumbline import private
from plumbline.errors import log_bug
from plumbline.people.changes import keep_wearer
from plumbline.people.erasing import erase_wearer
from plumbline.store import keyfile, sealing
from plumbline.store.backup import back_up
from plumbline.store.database import Store
from plumbline.store.protecting import encrypt
from plumbline.store.quarantine import put_away
from plumbline.store.restoring import restore
from plumbline.store.upkeep import keep_up
from plumbline.ui.preferences import Preferences
from plumbline.ui.session import SETTINGS_NAME
from plumbline.virtual_belt.folder import BeltFolder

from tests.store.filling import archive, worn_belt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="closed by the user's folder there")


@pytest.fixture(autouse=True)
def open_handed() -> Iterator[None]:
    """An account whose files everybody may read and write unless a program says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def silent(done: int, total: int) -> None:
    """Progress nobody looks at."""


def readable_by_others(folder: Path) -> list[str]:
    found = [folder, *folder.rglob("*")]
    return [f"{oct(path.stat().st_mode)} {path}" for path in found if path.stat().st_mode & 0o077]


def demo_first(folder: Path) -> None:
    belt = BeltFolder(folder / "demo" / "belt")
    with belt.locked():
        belt.belt_id()


def sync_first(folder: Path) -> None:
    archive(folder, worn_belt(20))


def entry_first(folder: Path) -> None:
    with Store.open(folder) as store:
        keep_wearer(store, "Ada")


def window_first(folder: Path) -> None:
    Preferences(folder / SETTINGS_NAME).keep(page="1")
    assert Preferences(folder / SETTINGS_NAME).text("page") == "1"


def bug_first(folder: Path) -> None:
    log_bug(ValueError("once"), folder)


def quarantine_first(folder: Path) -> None:
    put_away(folder, b"debris", "debris.bin", "a test")


def restore_first(folder: Path) -> None:
    other = folder.parent / "other"
    sync_first(other)
    entry_first(other)
    back_up(other, folder.parent / "b.zip", silent)
    restore(folder.parent / "b.zip", folder, silent)


FIRST = [
    demo_first,
    sync_first,
    entry_first,
    window_first,
    bug_first,
    quarantine_first,
    restore_first,
]


@pytest.mark.parametrize("first", FIRST)
def test_whoever_comes_first_makes_a_folder_for_one_account(
    tmp_path: Path, first: Callable[[Path], None]
) -> None:
    folder = tmp_path / "share" / "plumbline"
    first(folder)
    assert folder.is_dir()
    assert readable_by_others(folder) == []
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_a_folders_whole_life_leaves_nothing_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plumbline"
    window_first(folder)
    demo_first(folder)
    sync_first(folder)
    entry_first(folder)
    assert keep_up(folder).whole
    bug_first(folder)
    quarantine_first(folder)
    names = {path.name for path in folder.rglob("*")}
    assert {"backups", "checked.json", "journal.plj", "report.txt"} <= names
    assert readable_by_others(folder) == []
    back_up(folder, tmp_path / "copies" / "b.zip", silent)
    assert readable_by_others(tmp_path / "copies") == []
    restore(tmp_path / "copies" / "b.zip", folder, silent)
    entry_first(folder)
    assert readable_by_others(folder) == []
    with Store.open(folder) as store:
        ada, *_ = store.entries("wearer")
    erase_wearer(folder, ada.id)
    assert [path.name for path in (folder / "archive").glob("*.plumb")]
    assert readable_by_others(folder) == []
    monkeypatch.setattr(sealing, "_keys", {})
    monkeypatch.setattr(keyfile, "LOG_N", 7)  # scrypt with a thousandth of its cost
    encrypt(folder, "correct horse battery", keyring=False, keep_backups=False, tell=silent)
    keep_up(folder)
    assert readable_by_others(folder) == []


def test_a_folder_that_others_could_read_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "plumbline"
    sync_first(folder)
    entry_first(folder)
    window_first(folder)
    demo_first(folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755)
    entry_first(folder)
    parts = [folder, folder / "archive", folder / "plumbline.sqlite3"]
    assert [stat.S_IMODE(part.stat().st_mode) for part in parts] == [0o700] * 3


def test_a_folder_that_holds_other_things_stays_as_open_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("for all")
    tmp_path.chmod(0o755)
    entry_first(tmp_path)
    entry_first(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert readable_by_others(tmp_path / "archive") == []
    assert not (tmp_path / "plumbline.sqlite3").stat().st_mode & 0o077


def test_neither_a_public_place_nor_a_links_target_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    target, link = tmp_path / "target", tmp_path / "link"
    target.mkdir(0o755)
    link.symlink_to(target)
    for path in (tmp_path, link, tmp_path / "nowhere"):
        private.close_to_others(path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileExistsError):
        private.make_folder(tmp_path / "file")
