"""A backup that is looked at touches nothing; what fails on the way in leaves the data whole."""

import errno
import os
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plumbline.errors import StoreError
from plumbline.people.contents import contents
from plumbline.store import beside, sealing
from plumbline.store.backup import back_up
from plumbline.store.database import Store
from plumbline.store.protecting import decrypt, encrypt
from plumbline.store.restoring import restore, unpack
from plumbline.store.sealing import Locked

from tests.link.belt import BELT
from tests.store.cutting import CALLS, empty
from tests.store.filling import archive, worn_belt
from tests.store.keyrings import memory_keyring

WORDS = "correct horse battery"
EVERY = 13

pytestmark = pytest.mark.usefixtures("cheap_scrypt")


class Enough(Exception):
    """Whoever looks on wants no more."""


def silent(done: int, total: int) -> None:
    """Progress nobody looks at."""


def stop(done: int, total: int) -> None:
    raise Enough


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    archive(folder, worn_belt(300))
    Store.open(folder).close()
    return folder


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    archive(folder, worn_belt(120))
    Store.open(folder).close()
    return folder


@pytest.fixture
def file(there: Path, tmp_path: Path) -> Path:
    back_up(there, tmp_path / "b.zip", silent)
    return tmp_path / "b.zip"


def dump(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return store.dump()


def protect(folder: Path, *, keyring: bool = False) -> None:
    words = None if keyring else WORDS
    encrypt(folder, words, keyring=keyring, keep_backups=False, tell=silent)


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_what_a_backup_holds_is_told_beside_an_open_window(here: Path, file: Path) -> None:
    before = dump(here)
    with Store.open(here), unpack(file, here, silent) as found:
        with found.open() as store:
            held = contents(store)
        assert (held.belts, held.wearers) == (("test belt",), ())
        assert held.span is not None
        assert held.span[1] - held.span[0] == 119 * 60
        assert found.manifest.made is not None
        assert (found.manifest.is_made_up, found.is_encrypted) == (False, False)
        assert found.needs_passphrase is False
        Store.open(here).close()  # it is in use: nobody sweeps it
        assert hidden(here)
        with pytest.raises(StoreError, match="open elsewhere, in another window"):
            found.put_in_place(silent)
    assert hidden(here) == []
    assert dump(here) == before


def test_what_was_looked_at_is_put_in_place(here: Path, there: Path, file: Path) -> None:
    with unpack(file, here, silent) as found:
        assert found.put_in_place(silent) is not None
    assert dump(here) == dump(there)
    assert hidden(here) == []


def test_what_a_killed_process_had_unpacked_is_swept(here: Path, file: Path) -> None:
    child = os.fork()
    if not child:
        unpack(file, here, silent)
        os._exit(0)
    os.waitpid(child, 0)
    assert hidden(here)
    Store.open(here).close()
    assert hidden(here) == []


def test_a_backup_with_another_passphrase(here: Path, there: Path, tmp_path: Path) -> None:
    protect(there)
    file = tmp_path / "sealed.zip"
    back_up(there, file, silent)
    sealing._keys.clear()
    with unpack(file, here, silent) as found:
        assert found.is_encrypted
        assert found.needs_passphrase
        with pytest.raises(Locked) as told:
            found.unlock("another one")
        assert str(told.value) == f"That is not the passphrase of the backup {file}: try again."
        found.unlock(WORDS)
        assert not found.needs_passphrase
        found.put_in_place(silent)
    assert dump(here) == dump(there)
    assert sealing.protection(here).encrypted


def test_a_backup_whose_key_is_in_another_keyring(here: Path, there: Path, tmp_path: Path) -> None:
    file = tmp_path / "sealed.zip"
    with memory_keyring():
        protect(there, keyring=True)
        back_up(there, file, silent)
    sealing._keys.clear()
    with (
        memory_keyring(),
        unpack(file, here, silent) as found,
        pytest.raises(StoreError, match="restore it there"),
    ):
        assert found.needs_passphrase


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"version": 1, "sha256": {}}', b'"x"'])
def test_zip_files_that_only_look_like_backups(here: Path, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as out:
        out.writestr("manifest.json", content)
    with pytest.raises(StoreError, match="is not a whole backup of Plumbline"):
        unpack(bad, here, silent)
    assert hidden(here) == []


def test_who_stops_it_has_the_data_as_they_were(here: Path, file: Path) -> None:
    before = dump(here)
    with pytest.raises(Enough):
        unpack(file, here, stop)
    with memory_keyring() as kept:
        with pytest.raises(Enough):
            encrypt(here, WORDS, keyring=True, keep_backups=False, tell=stop)
        assert not kept.kept
        assert dump(here) == before
        protect(here)
        sealed = dump(here)
        with pytest.raises(Enough):
            decrypt(here, stop)
        with unpack(file, here, silent) as found, pytest.raises(Enough):
            found.put_in_place(stop)
        assert dump(here) == sealed
    assert hidden(here) == []


def failing(folder: Path, work: Callable[[], object]) -> Iterator[int]:
    """Do `work` in processes in which another call to the disk fails each time, as on a full one.

    A StoreError is what is to come of it. In between the folder is put back.
    """
    start = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    at, code = 0, 1
    while code:
        child = os.fork()
        if not child:
            os._exit(_fails_at(folder, work, at))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 1), at
        yield at
        empty(folder)
        for path, data in start.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        at += EVERY


def _fails_at(folder: Path, work: Callable[[], object], at: int) -> int:
    """0: it was done, the call was not reached; 1: a sentence; 2: something else."""
    left = at

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event in CALLS and str(folder) in str(args[0]):
            left -= 1
            if left == -1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(args[0]))

    try:
        sys.addaudithook(watch)
        work()
    except StoreError:
        return 1
    except BaseException:  # noqa: BLE001 - a forked test must not go on
        traceback.print_exc()
        return 2
    return 0 if left >= 0 else 1


@pytest.mark.parametrize("direction", ["encrypt", "decrypt", "restore"])
def test_on_a_disk_that_refuses_nothing_is_lost(
    here: Path, there: Path, file: Path, direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", WORDS)
    works: dict[str, Callable[[], object]] = {
        "encrypt": lambda: protect(here),
        "decrypt": lambda: decrypt(here, silent),
        "restore": lambda: restore(file, here, silent),
    }
    if direction == "decrypt":
        protect(here)

    def held(folder: Path) -> int:
        with Store.open(folder) as store:
            return len(store.minutes(-(1 << 40), 1 << 40, BELT))

    sides = {held(here), held(there)}
    for at in failing(here, works[direction]):
        assert held(here) in (sides if direction == "restore" else {300}), at
        assert hidden(here) == [], at


def test_the_lock_beside_says_that_it_is_used(tmp_path: Path) -> None:
    with beside.Beside(tmp_path) as own:
        beside.sweep(tmp_path)
        assert own.place.is_dir()
        assert beside.is_any(tmp_path)
    assert list(tmp_path.iterdir()) == []
