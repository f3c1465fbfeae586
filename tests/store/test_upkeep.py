"""The day's check and the week's backup come behind the sync, and in this order."""

from datetime import date
from pathlib import Path

import pytest
from plumbline.__main__ import main
from plumbline.link.engine import sync
from plumbline.store import opening
from plumbline.store.backup import backups
from plumbline.store.database import Store
from plumbline.store.opening import database_path
from plumbline.store.restoring import restore
from plumbline.store.upkeep import keep_up

from tests.link.belt import NOON_MS, MemoryBelt, on_pty
from tests.store.test_failures import damage_a_leaf, damage_middle

REBUILT = "The database could not be read; it was rebuilt from the archive, the old file is kept"


@pytest.fixture
def belt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MemoryBelt:
    """A belt whose log is in the folder; then another process begins, on another day."""
    for name, value in (("_checked", {}), ("_doubted", set())):
        monkeypatch.setattr(opening, name, value)
    belt = MemoryBelt()
    belt.minutes(2000)
    fetch(belt, tmp_path)
    keep_up(tmp_path)
    opening._checked.clear()
    (tmp_path / "cache" / "checked.json").unlink()
    return belt


def fetch(belt: MemoryBelt, folder: Path) -> list[str]:
    with on_pty(belt) as port:
        result = sync(port, folder, lambda told: None, lambda: False, lambda: NOON_MS)
    return result.notices


def dump(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return store.dump()


def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read through from now on."""
    found: list[Path] = []
    real = opening._check

    def check(connection: object, path: Path) -> None:
        if not opening._is_known(path):
            found.append(path)
        real(connection, path)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "_check", check)
    return found


def test_a_sync_does_not_wait_for_the_check(
    tmp_path: Path, belt: MemoryBelt, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = checks(monkeypatch)
    assert fetch(belt, tmp_path) == []
    assert found == []
    assert keep_up(tmp_path) == (True, [])
    assert found == [database_path(tmp_path)]


def test_it_is_checked_once_a_day(
    tmp_path: Path, belt: MemoryBelt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whichever process; what a sync adds is no reason to read all of it again."""
    keep_up(tmp_path)
    opening._checked.clear()
    belt.minutes(5)
    fetch(belt, tmp_path)
    found = checks(monkeypatch)
    keep_up(tmp_path)
    assert found == []
    monkeypatch.setattr(opening, "_today", lambda: date(2100, 1, 1))  # a window left open
    keep_up(tmp_path)
    assert found == [database_path(tmp_path)]


def test_damage_the_sync_did_not_meet_is_mended_behind_it(tmp_path: Path, belt: MemoryBelt) -> None:
    damage_a_leaf(database_path(tmp_path))  # writes 200 bytes of 0xa5
    belt.minutes(5)
    assert fetch(belt, tmp_path) == []
    (made,) = backups(tmp_path)
    made.unlink()
    kept = keep_up(tmp_path)
    assert not kept.whole
    assert [notice.startswith(REBUILT) for notice in kept.notices] == [True]
    (old,) = (tmp_path / "quarantine").glob("*.sqlite3")
    assert b"\xa5" * 200 in old.read_bytes()
    with Store.open(tmp_path) as store:
        assert store.record_count() == len(belt.records())
    (made,) = backups(tmp_path)  # made of the mended one
    restored = tmp_path / "restored"
    restore(made, restored, lambda done, total: None)
    assert not (restored / "quarantine").exists()
    assert dump(restored) == dump(tmp_path)


def test_damage_the_sync_meets_does_not_stop_it(tmp_path: Path, belt: MemoryBelt) -> None:
    before = dump(tmp_path)
    damage_middle(database_path(tmp_path))
    opening._checked.clear()
    (tmp_path / "cache" / "checked.json").unlink(missing_ok=True)
    notices = fetch(belt, tmp_path)
    assert [notice.startswith(REBUILT) for notice in notices] == [True]
    assert dump(tmp_path) == before


def test_the_result_is_told_before_the_check(
    tmp_path: Path,
    belt: MemoryBelt,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damage_a_leaf(database_path(tmp_path))
    with on_pty(belt) as port:
        assert main(["--data", str(tmp_path), "sync", "--port", port]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("test belt: 0 new minutes, 0 new events")
    assert lines[1].startswith(REBUILT)
