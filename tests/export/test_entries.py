"""What people entered leaves with an export and comes in with an import, once."""

from pathlib import Path

import pytest
from plumbline.__main__ import main
from plumbline.people import records
from plumbline.store.database import Store

from tests.store.filling import archive, worn_belt


def run(folder: Path, *argv: str) -> int:
    return main(["--data", str(folder), *argv])


def test_entries_come_back_with_their_history(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    archive(here, worn_belt(10))
    with Store.open(here) as store:
        anna = store.put(records.WEARER, {"name": "Anna “Ä”\u2028 'x'"})
        note = store.put(records.NOTE, {"text": "one\ntwo"}, wearer=anna)
        store.put(records.NOTE, {"text": "three"}, id=note)
        before = store.all_changes()
    assert run(here, "export", "--out", str(out)) == 0
    assert (out / "entries.jsonl").read_text(encoding="utf-8").count("\n") == 3
    for told in ("3 new changes", "0 new changes"):
        capsys.readouterr()
        assert run(there, "import", str(out)) == 0
        assert f"{told} of what was entered.\n" in capsys.readouterr().out
    with Store.open(there) as store:
        assert store.all_changes() == before
        assert [entry.fields["text"] for entry in store.entries(records.NOTE)] == ["three"]


@pytest.mark.parametrize("line", [b"{", b"[1]", b'{"n": 1}', b"\xff"])
def test_an_export_that_was_changed_is_refused_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: bytes
) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    archive(here, worn_belt(10))
    with Store.open(here) as store:
        store.put(records.WEARER, {"name": "Anna"})
    run(here, "export", "--out", str(out))
    with (out / "entries.jsonl").open("ab") as file:
        file.write(line + b"\n")
    assert run(there, "import", str(out)) == 2
    told = capsys.readouterr().err
    assert told == (
        f"{out / 'entries.jsonl'} is not as plumbline export wrote it, near row 2: export anew.\n"
    )
    assert not there.exists()


def test_an_entry_of_a_known_kind_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    archive(here, worn_belt(10))
    with Store.open(here) as store:
        store.put(records.WORN, {"belt": "ff", "from_utc_s": 3}, wearer="w")
    run(here, "export", "--out", str(out))
    path = out / "entries.jsonl"
    path.write_text(path.read_text().replace('"ff"', '"no belt"'))
    assert run(there, "import", str(out)) == 2
    assert "An entry of the kind worn is not as Plumbline writes it" in capsys.readouterr().err
    with Store.open(there) as store:
        assert store.all_changes() == []
        assert store.belts() == []
