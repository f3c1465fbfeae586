"""The check of the whole file is spared only where the file is as it was left, today."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from plumbline.store import opening, whole
from plumbline.store.database import Store
from plumbline.store.opening import database_path

from tests.store.filling import archive, worn_belt


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    archive(tmp_path, worn_belt(300))
    Store.open(tmp_path).close()
    opening._checked.clear()  # as in another process
    return tmp_path


def checks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether an opening reads the file through."""
    asked = []
    real = whole.is_as_left
    monkeypatch.setattr(opening, "is_as_left", lambda path: asked.append(real(path)) or asked[-1])
    Store.open(folder).close()
    return not asked[0]


def test_as_left_it_is_not_read_through(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not checks(filled, monkeypatch)


def test_touched_it_is(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database_path(filled)
    later = path.stat().st_mtime_ns + 1
    os.utime(path, ns=(later, later))
    assert checks(filled, monkeypatch)


def test_tomorrow_it_is(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2031, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(whole, "datetime", Tomorrow)
    assert checks(filled, monkeypatch)


@pytest.mark.parametrize("note", ["", "[]", "{}", None])
def test_without_a_sensible_note_it_is(
    filled: Path, monkeypatch: pytest.MonkeyPatch, note: str | None
) -> None:
    place = filled / "cache" / "checked.json"
    place.unlink()
    if note is not None:
        place.write_text(note)
    assert checks(filled, monkeypatch)


def test_damage_is_found_although_it_was_noted(filled: Path) -> None:
    path = database_path(filled)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 8192 * 8192
    data[middle : middle + 4096] = bytes(4096)
    path.write_bytes(data)
    with Store.open(filled) as store:
        assert any("rebuilt from the archive" in notice for notice in store.notices)
        assert len(store.minutes(-(1 << 40), 1 << 40)) == 300


def test_while_others_write_nothing_is_noted(filled: Path) -> None:
    (filled / "cache" / "checked.json").unlink()
    with Store.open(filled) as other:
        other._connection.execute("UPDATE belts SET name = 'x'")
        Store.open(filled).close()
        assert not (filled / "cache" / "checked.json").exists()
    assert (filled / "cache" / "checked.json").exists()
