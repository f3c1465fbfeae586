"""What people enter is never lost: torn ends, other programs, edits, undo, unknown kinds."""

import json
import multiprocessing
import shutil
from pathlib import Path
from typing import Any

import pytest
from plumbline.errors import StoreError, UserError
from plumbline.store import entries, journal, keyfile, kinds, sealing
from plumbline.store.archive import archived_belts
from plumbline.store.backup import back_up
from plumbline.store.database import Store
from plumbline.store.entries import Entry
from plumbline.store.frames import ENTRY, FACT, pack_frame
from plumbline.store.journal import Change, JournalWriter, changes, journal_path
from plumbline.store.opening import database_path
from plumbline.store.protecting import encrypt
from plumbline.store.restoring import restore

from tests.store.filling import archive, worn_belt


def clean_thought(fields: kinds.Fields) -> kinds.Fields:
    return {"text": kinds.text(fields, "text", 10_000)}


kinds.register("thought", clean_thought)


def texts(store: Store, **about: Any) -> list[str]:
    return [entry.fields["text"] for entry in store.entries("thought", **about)]


def test_an_entry_comes_back_as_it_was_put(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        name = store.put("thought", {"text": "  Grüße \u05e9\u05dc\u05d5\u05dd \ud800 '\" "})
        other = store.put("thought", {"text": "b"}, wearer="w1")
    with Store.open(tmp_path) as store:
        first, second = store.entries("thought")
        assert (first.id, first.wearer) == (name, None)
        assert first.fields == {"text": "Grüße \u05e9\u05dc\u05d5\u05dd \ud800 '\""}
        assert first.at_utc_ms == first.made_utc_ms > 1_700_000_000_000
        assert texts(store, wearer=None) == [first.fields["text"]]
        assert texts(store, wearer="w1") == ["b"]
        assert store.entry("thought", other) == second
        assert store.entries("note") == []
    assert archived_belts(tmp_path) == []


def test_edits_are_kept_and_undone_one_by_one(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        name = store.put("thought", {"text": "1"}, wearer="w")
        for text in "23":
            assert store.put("thought", {"text": text}, id=name) == name
        store.remove("thought", name)
        assert store.entries("thought") == []
        numbers = [change.n for change in store.history("thought", name)]
        for n, expected in zip(reversed(numbers), (["3"], ["2"], ["1"], []), strict=True):
            store.undo("thought", name, n)
            assert texts(store, wearer="w") == expected
        past = store.history("thought", name)
        assert [(change.op, change.fields.get("text")) for change in past] == [
            ("put", "1"), ("put", "2"), ("put", "3"), ("remove", None),
            ("put", "3"), ("put", "2"), ("put", "1"), ("remove", None),
        ]  # fmt: skip
        assert [change.n for change in past] == list(range(1, 9))
        times = [change.at_utc_ms for change in past]
        assert sorted(set(times)) == times
        with pytest.raises(KeyError):
            store.remove("thought", name)
        store.undo("thought", name)
        assert texts(store) == ["1"]


def test_what_cannot_be_kept(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        with pytest.raises(UserError, match="has 10001 characters, 10000 can be kept"):
            store.put("thought", {"text": "x" * 10_001})
        store.put("thought", {"text": "\u05e9" * 10_000})
        with pytest.raises(KeyError):
            store.put("nobody registered this", {})
        name = store.put("thought", {"text": "a"}, wearer="w1")
        with pytest.raises(ValueError, match="w2"):
            store.put("thought", {"text": "b"}, id=name, wearer="w2")
        assert len(store.all_changes()) == 2


def test_a_crash_at_any_byte_of_an_append_costs_that_entry_alone(tmp_path: Path) -> None:
    whole, torn = tmp_path / "whole", tmp_path / "torn"
    with Store.open(whole) as store:
        store.put("thought", {"text": "kept"})
    before = journal_path(whole).stat().st_size
    shutil.copytree(whole, torn)
    with Store.open(whole) as store:
        store.put("thought", {"text": "torn"})
    data = journal_path(whole).read_bytes()
    with Store.open(torn) as store:
        for size in range(before, len(data)):
            journal_path(torn).write_bytes(data[:size])
            found = [change.fields["text"] for change in changes(journal.read_journal(torn))]
            assert found == ["kept"]
            with JournalWriter(torn) as writer:
                assert (writer.mended is not None) == (size > before)
                if writer.mended:
                    assert writer.mended.read_bytes() == data[before:size]
            assert journal_path(torn).read_bytes() == data[:before]
    with Store.open(torn) as store:
        store.put("thought", {"text": "next"})
        assert texts(store) == ["kept", "next"]
        assert [change.n for change in store.all_changes()] == [1, 2]


@pytest.mark.parametrize("size", [0, 1, 15, 60])
def test_a_crash_while_the_journal_is_made(tmp_path: Path, size: int) -> None:
    with Store.open(tmp_path / "other") as store:
        store.put("thought", {"text": "x"})
    journal_path(tmp_path).parent.mkdir()
    journal_path(tmp_path).write_bytes(journal_path(tmp_path / "other").read_bytes()[:size])
    with Store.open(tmp_path) as store:
        store.put("thought", {"text": "kept"})
    with Store.open(tmp_path) as store:
        assert texts(store) == ["kept"]


def test_an_entry_that_the_database_missed_is_read_at_the_next_start(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put("thought", {"text": "1"})
        with JournalWriter(tmp_path) as writer:
            writer.append(Change(2, 5, "thought", "x", None, "put", {"text": "2"}))
        assert texts(store) == ["1"]
    with Store.open(tmp_path) as store:
        assert texts(store) == ["2", "1"]


def test_damage_costs_only_what_it_hit(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for number in range(5):
            store.put("thought", {"text": f"number {number}"})
    data = bytearray(journal_path(tmp_path).read_bytes())
    data[data.index(b"number 2")] ^= 1
    journal_path(tmp_path).write_bytes(data)
    database_path(tmp_path).unlink()  # else it would have it still
    with Store.open(tmp_path) as store:
        assert texts(store) == [f"number {number}" for number in (0, 1, 3, 4)]
        store.put("thought", {"text": "after"})
        assert texts(store)[-1] == "after"


def test_a_rebuild_gives_the_same_rows(tmp_path: Path) -> None:
    archive(tmp_path, worn_belt(30))
    with Store.open(tmp_path) as store:
        name = store.put("thought", {"text": "a"}, wearer="w")
        store.put("thought", {"text": "b"}, id=name)
        store.put("thought", {"text": "c"})
        before, seen = store.dump(), store.entries("thought")
        store.rebuild(lambda done, total: None)
        assert store.dump() == before
        assert store.entries("thought") == seen
    (tmp_path / "plumbline.sqlite3").unlink()
    with Store.open_existing(tmp_path) as store:
        assert store.dump() == before


def test_kinds_and_frames_of_a_newer_program_are_kept(tmp_path: Path) -> None:
    strange = Change(7, 9, "tomorrow", "t", "w", "put", {"deep": {"list": [1, None, 2.5]}})
    with JournalWriter(tmp_path) as writer:
        writer.append(strange)
        writer._append(77, b"what only a newer one knows")
        writer._append(ENTRY, b'{"n": 1, "op": "swap"}')
    with Store.open(tmp_path) as store:
        assert store.entries("tomorrow") == [Entry("t", "w", 9, strange.fields, 9)]
        store.put("thought", {"text": "a"})
        assert [change.n for change in store.all_changes()] == [7, 8]
        store.rebuild(lambda done, total: None)
        assert store.all_changes()[0] == strange
    kinds_of_frames = [frame.kind for frame in journal.read_journal(tmp_path)]
    assert kinds_of_frames == [FACT, ENTRY, 77, ENTRY, ENTRY]


def test_a_folder_of_entries_alone_is_data(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Store.open_existing(tmp_path)
    with Store.open(tmp_path) as store:
        store.put("thought", {"text": "a"})
    (tmp_path / "plumbline.sqlite3").unlink()
    with Store.open_existing(tmp_path) as store:
        assert texts(store) == ["a"]


def test_a_backup_brings_the_entries_back(tmp_path: Path) -> None:
    folder, target = tmp_path / "data", tmp_path / "b.zip"
    with Store.open(folder) as store:
        name = store.put("thought", {"text": "a"})
        back_up(folder, target, lambda done, total: None)
        store.put("thought", {"text": "b"}, id=name)
    restore(target, folder, lambda done, total: None)
    with Store.open(folder) as store:
        assert texts(store) == ["a"]
        store.put("thought", {"text": "c"}, id=name)
        assert texts(store) == ["c"]
    assert list((folder / "quarantine").glob("*archive*"))


def write_many(folder: Path, letter: str) -> None:
    with Store.open(folder) as store:
        for number in range(20):
            store.put("thought", {"text": f"{letter}{number}"})


def test_two_programs_write_at_once(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        context = multiprocessing.get_context("spawn")
        programs = [context.Process(target=write_many, args=(tmp_path, name)) for name in "ab"]
        for program in programs:
            program.start()
        for program in programs:
            program.join()
        assert [program.exitcode for program in programs] == [0, 0]
        expected = {f"{letter}{number}" for letter in "ab" for number in range(20)}
        assert sorted(texts(store)) == sorted(expected)
        assert [change.n for change in changes(journal.read_journal(tmp_path))] == [*range(1, 41)]


def test_who_holds_the_journal_too_long_is_named(tmp_path: Path) -> None:
    with JournalWriter(tmp_path), pytest.raises(StoreError, match="Another Plumbline is writing"):
        JournalWriter(tmp_path, wait_s=0)


def test_what_another_computer_wrote_comes_in_once_and_in_any_order(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a") as one, Store.open(tmp_path / "b") as other:
        name = one.put("thought", {"text": "first"}, wearer="w")
        one.put("thought", {"text": "second"}, id=name)
        one.put("thought", {"text": "alone"})
        found = [Change.from_fields(json.loads(c.to_bytes())) for c in one.all_changes()]
        assert other.bring_in_changes(found[::-1]) == 3
        assert other.bring_in_changes(found) == 0
        assert texts(other) == texts(one) == ["second", "alone"]
        other.undo("thought", name)
        assert texts(other, wearer="w") == ["first"]
        assert one.bring_in_changes(other.all_changes()) == 1
        assert texts(one) == texts(other)


def test_a_journal_written_anew_is_read_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, Store.open(tmp_path) as other:
        for wearer, text in (("w", "secret"), ("v", "stays"), ("w", "secret too")):
            store.put("thought", {"text": text}, wearer=wearer)
        with JournalWriter(tmp_path) as writer:
            writer._append(77, b"unknown")
            writer.rewrite(lambda c: c.wearer != "w", lambda p: p.unlink(missing_ok=True))
        assert sorted(p.name for p in (tmp_path / "archive").iterdir()) == [
            "journal.lock",
            "journal.plj",
        ]
        assert b"secret" not in journal_path(tmp_path).read_bytes()
        other.put("thought", {"text": "new"}, wearer="v")
        assert texts(store) == texts(other) == ["stays", "new"]


def test_a_body_that_is_no_change_is_refused() -> None:
    good = Change(1, 2, "k", "i", None, "put", {})._asdict()
    assert Change.from_fields({**good, "more": 1}) == Change(1, 2, "k", "i", None, "put", {})
    for name, value in {"n": "1", "op": "swap", "fields": [], "wearer": 3, "id": ""}.items():
        with pytest.raises(ValueError, match="k"):
            Change.from_fields({**good, name: value})
    with pytest.raises(ValueError, match=r"^x"):
        Change.from_fields("x")
    assert pack_frame(ENTRY, b"")[4] == ENTRY


def test_what_was_known_of_another_journal_cuts_nothing_off(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.put("thought", {"text": "the only one"})
    size = journal_path(tmp_path).stat().st_size
    with JournalWriter(tmp_path, ("the name before an erasure", size - 3)) as writer:
        assert writer.mended is None
    assert journal_path(tmp_path).stat().st_size == size


def test_a_clock_that_goes_back_puts_no_edit_before_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([5_000_000_000, 3_000_000_000, 3_000_000_000, 4_000_000_000])
    monkeypatch.setattr(entries.time, "time_ns", lambda: next(times))
    with Store.open(tmp_path) as store:
        name = store.put("thought", {"text": "1"})
        for text in "23":
            store.put("thought", {"text": text}, id=name)
        assert texts(store) == ["3"]
        assert [c.at_utc_ms for c in store.history("thought", name)] == [5000, 5001, 5002]
        store.put("thought", {"text": "another"})
        assert texts(store) == ["another", "3"]


def test_encrypted_entries_are_edited_rebuilt_and_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile, "LOG_N", 7)  # a thousandth of scrypt's cost
    monkeypatch.setattr(sealing, "_keys", {})
    secret, folder = "nobody else should read this", tmp_path / "data"
    with Store.open(folder) as store:
        name = store.put("thought", {"text": secret})
    encrypt(folder, "a passphrase", keyring=False, keep_backups=False, tell=lambda done, all: None)
    with Store.open(folder) as store:
        store.put("thought", {"text": f"{secret}, edited"}, id=name)
        store.keep("days", secret.encode())
        store.put("thought", {"text": "another's"}, wearer="w")
        assert store.take_kept("days") == secret.encode()
    found = [path.name for path in folder.rglob("*") if path.is_file()]
    assert {"journal.plj", "days.kept"} <= set(found)
    for path in folder.rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes(), path
    with JournalWriter(folder) as writer:
        writer.rewrite(lambda c: c.wearer != "w", lambda p: p.unlink(missing_ok=True))
    with Store.open(folder) as store:
        store.rebuild(lambda done, total: None)
        assert texts(store) == [f"{secret}, edited"]
        assert len(store.history("thought", name)) == 2
