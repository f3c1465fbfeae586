"""An erasure that is cut off anywhere was done or was not; what is erased is in no file."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plumbline.errors import LOG_NAME, log_bug
from plumbline.people.erasing import erase_wearer
from plumbline.people.records import NOTE, WEARER
from plumbline.store import sealing
from plumbline.store.archive import archived_belts
from plumbline.store.database import Store
from plumbline.store.erasing import erase_belt, erase_everything
from plumbline.store.exchange import hold

from tests.people.test_erasing import EVER, OWN, SECRET, filled, minutes_by_day
from tests.store.cutting import cut_offs

__all__ = ["filled"]  # a fixture
PIECE = 32  # bytes; two encrypted files have no such piece in common by chance


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a place: hundreds of erasures wait for the disk else."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place, prefix="plumbline-") as name:
        yield Path(name)


@pytest.fixture
def used(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Much was entered about Ben and erased again; the window has shown all; a bug was noted."""
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", "correct horse")
    with Store.open(filled) as store:
        wearer = wearer_of(store, "Ben")
        for number in range(40):
            fields = {"text": f"Ben's note {number} " + "Ben " * 250, "day": "2026-11-20"}
            note = store.put(NOTE, fields, wearer=wearer)
            if number % 2:
                store.remove(NOTE, note)
        store.minutes(*EVER)
        store.keep("summaries", b"Ben's year")
    (filled / "quarantine").mkdir()
    (filled / "quarantine" / "old.bin").write_bytes(SECRET)
    log_bug(ValueError("Ben"), filled)
    return filled


def wearer_of(store: Store, name: str) -> str:
    (found,) = (e.id for e in store.entries(WEARER) if e.fields["name"] == name)
    return found


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pieces(content: dict[Path, bytes]) -> set[bytes]:
    """Of files that hold nothing but what is encrypted."""
    sealed = [data for path, data in content.items() if path.suffix in (".plumb", ".plj", ".rows")]
    sealed += [data[4096:] for path, data in content.items() if path.suffix == ".sqlite3"]
    found = {data[at : at + PIECE] for data in sealed for at in range(0, len(data), PIECE)}
    return {piece for piece in found if len(piece) == PIECE and len(set(piece)) > 8}


def assert_nothing_left(folder: Path, before: set[bytes]) -> None:
    content = b"".join(files(folder).values())
    assert b"Ben" not in content
    assert SECRET not in content
    assert not [piece for piece in before if piece in content]
    assert not (folder / "backups").exists()
    assert not (folder / "quarantine").exists()
    assert not (folder / LOG_NAME).exists()


def test_no_byte_of_a_wearer_is_left(used: Path) -> None:
    encrypted = sealing.protection(used).encrypted
    before = pieces(files(used)) if encrypted else set()
    assert encrypted == (len(before) > 500)
    with Store.open(used) as store:
        wearer = wearer_of(store, "Ben")
    erase_wearer(used, wearer)
    assert_nothing_left(used, before)
    assert minutes_by_day(used) == [60, 0, 60]
    with Store.open(used) as store:
        assert store._all("PRAGMA freelist_count") == [(0,)]


def test_no_byte_of_anybody_is_left(used: Path) -> None:
    erase_everything(used)
    assert list(used.iterdir()) == []


@pytest.fixture
def found(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As it is, with the key at hand."""
    monkeypatch.setenv("PLUMBLINE_PASSPHRASE", "correct horse")
    return filled


def step(folder: Path, plain: int) -> int:
    """Encrypted data take another way through few of the calls.

    The exchange is the same for all: it is cut off at each of its calls where everything goes.
    """
    return 12 if sealing.protection(folder).encrypted else plain


def test_a_wearers_erasure_that_is_cut_off(found: Path) -> None:
    with Store.open(found) as store:
        wearer = wearer_of(store, "Ben")
    seen = set()
    for at in cut_offs(found, lambda: erase_wearer(found, wearer), step(found, 3)):
        with Store.open(found) as store:
            names = sorted(e.fields["name"] for e in store.entries(WEARER))
        seen.add(len(names))
        assert not [path for path in found.iterdir() if path.name.startswith(".")], at
        if len(names) == 3:
            assert minutes_by_day(found) == [60, 60, 60], at
            assert (found / "backups").exists()
        else:
            assert_nothing_left(found, set())
            assert minutes_by_day(found) == [60, 0, 60], at
            assert names == ["Anna", "Clara"]
    assert seen == {2, 3}


@pytest.mark.parametrize("whose", ["belt", "everything"])
def test_an_erasure_that_is_cut_off(found: Path, whose: str) -> None:
    works: dict[str, Callable[[], None]] = {
        "belt": lambda: erase_belt(found, OWN),
        "everything": lambda: erase_everything(found),
    }
    left = {"belt": 1, "everything": 0}[whose]
    seen = set()
    for at in cut_offs(found, works[whose], step(found, {"belt": 6, "everything": 1}[whose])):
        hold(found, 0).release()
        belts = archived_belts(found)
        seen.add(len(belts))
        if len(belts) == 2:
            assert minutes_by_day(found) == [60, 60, 60], at
            assert (found / "backups").exists(), at
        elif whose == "everything":
            assert list(found.iterdir()) == [], at
        else:
            assert minutes_by_day(found) == [60, 60, 60], at
            assert not (found / "backups").exists()
    assert seen == {left, 2}
