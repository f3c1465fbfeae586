"""What an export holds comes back as it was, in every form."""

import builtins
import json
import locale
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from beltwire import codes
from plumbline import i18n
from plumbline.__main__ import main
from plumbline.store.archive import ArchiveWriter, archive_path
from plumbline.store.database import Store

from tests.link.belt import BELT, NOON_MS, MemoryBelt
from tests.store.filling import archive

FORMS = ("csv", "jsonl", "parquet")
EVER = (-(1 << 40), 1 << 40)
TABLES = ("minutes", "events", "records", "clocks")


def fill(folder: Path) -> None:
    """Two belts; boots of known and unknown time, a wiped log, kinds not known, holes, drift."""
    belt = MemoryBelt(name='Gürtel, "der zweite"')
    belt.minutes(100)
    belt.event(codes.EVENT_CHARGE, 1)
    belt.reboot()
    belt.minutes(45)
    belt.event(codes.EVENT_REMINDER, codes.CAUSE_FLEXION, -2345, 120)
    belt.event(codes.EVENT_CLOCK_SET, NOON_MS, belt.mono_s * 1000)
    belt.log(9, b"from the future\0", belt.mono_s)
    belt.log(codes.KIND_MINUTE, b"\xff", belt.mono_s)
    del belt.pages[1]
    archive(folder, belt)
    belt.minutes(100)
    archive(folder, belt, NOON_MS + 6_000_070)
    belt.wiped()
    belt.minutes(70)
    with ArchiveWriter(folder, BELT) as writer:
        writer.append_fact(fact="new_log", utc_ms=0)
    archive(folder, belt, NOON_MS + 86_400_000)
    other = MemoryBelt(bytes(range(8)), "other")
    other.minutes(7)
    archive(folder, other, None)


def run(folder: Path, *argv: str) -> None:
    assert main(["--data", str(folder), *argv]) == 0


def rows(folder: Path) -> dict[str, list]:
    """All tables that say anything of the records."""
    with Store.open(folder) as store:
        belts = "(SELECT hex FROM belts WHERE id = belt), "
        queries = {
            "records": "log, boot, seq, t_s, kind, payload",
            "events": "log, boot, seq, t_s, code, args",
            "minutes": "log, boot, day, first_t_s, last_t_s, count, rows",
            "anchors": "log, boot, mono_ms, utc_ms",
            "syncs": "utc_ms, utc_offset_min, boot, mono_ms, battery_mv",
        }
        found = {
            table: sorted(store._all(f"SELECT {belts}{columns} FROM {table}"))
            for table, columns in queries.items()
        }
        found["belts"] = sorted(store._all("SELECT hex, name, board, firmware, boot FROM belts"))
        return found


@pytest.mark.parametrize("form", FORMS)
def test_an_export_comes_back_as_it_was(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, out, again = (tmp_path / name for name in ("here", "there", "out", "again"))
    fill(here)
    run(here, "export", "--out", str(out), "--format", form)
    capsys.readouterr()
    run(there, "import", str(out))
    before = rows(here)
    minutes = sum(row[6] for row in before["minutes"])
    assert capsys.readouterr().out == (
        f"{minutes} new minutes, {len(before['events'])} new events; 0 records were here already.\n"
    )
    assert rows(there) == before
    with Store.open(here) as a, Store.open(there) as b:
        assert a.minutes(*EVER).tobytes() == b.minutes(*EVER).tobytes()
        assert a.unplaced() == b.unplaced() > 0
        assert a.events(*EVER) == b.events(*EVER)
    run(there, "export", "--out", str(again), "--format", form)
    for table in TABLES:
        name = f"{table}.{form}"
        assert (out / name).read_bytes() == (again / name).read_bytes(), name


@pytest.fixture
def with_commas(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """German, in the catalogues and, where the system has it, in the C library."""
    before = locale.setlocale(locale.LC_NUMERIC)
    for name in ("de_DE.UTF-8", "de_DE", "German_Germany.1252", "nl_NL.UTF-8", "fr_FR.UTF-8"):
        with suppress(locale.Error):
            locale.setlocale(locale.LC_NUMERIC, name)
            break
    spoken = i18n.language()
    i18n.use_language("de")
    monkeypatch.setenv("LANGUAGE", "de")
    yield
    i18n.use_language(spoken)
    locale.setlocale(locale.LC_NUMERIC, before)


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_decimals_have_points_whatever_the_locale(
    tmp_path: Path, form: str, request: pytest.FixtureRequest
) -> None:
    here, plain, commas, there = (tmp_path / name for name in ("here", "plain", "commas", "there"))
    fill(here)
    run(here, "export", "--out", str(plain), "--format", form)
    request.getfixturevalue("with_commas")
    run(here, "export", "--out", str(commas), "--format", form)
    for table in TABLES:
        name = f"{table}.{form}"
        assert (plain / name).read_bytes() == (commas / name).read_bytes(), name
    run(there, "import", str(commas))
    assert rows(there) == rows(here)


def test_the_same_import_twice_adds_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    fill(here)
    run(here, "export", "--out", str(out))
    run(there, "import", str(out))
    archived = archive_path(there, BELT).read_bytes()
    capsys.readouterr()
    run(there, "import", str(out))
    assert capsys.readouterr().out.startswith("0 new minutes, 0 new events; ")
    assert archive_path(there, BELT).read_bytes() == archived
    with Store.open(there) as store:
        before = store.dump()
        store.rebuild(lambda done, total: None)
        assert store.dump() == before


def test_an_import_fills_what_is_missing_and_leaves_the_rest(tmp_path: Path) -> None:
    """Exported while the belt had more days; the newer sync here keeps its word on the belt."""
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    belt = MemoryBelt()
    belt.minutes(300)
    archive(here, belt)
    run(here, "export", "--out", str(out))
    belt.pages = belt.pages[3:]
    belt.minutes(30)
    belt.name = "a new name"
    archive(there, belt, NOON_MS + 1_800_000)
    run(there, "import", str(out))
    with Store.open(there) as store:
        assert store.minutes(*EVER)["seq"].tolist() == list(range(1, 331))
        assert [known.name for known in store.belts()] == ["a new name"]
        assert store.coverage(BELT).intervals() == [(1, 330)]


def test_logs_are_recognised_by_what_is_in_them(tmp_path: Path) -> None:
    """This computer met the belt after its wipe: its first log is the export's second."""
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    belt = MemoryBelt()
    belt.minutes(50)
    archive(here, belt)
    belt.wiped()
    belt.minutes(60)
    with ArchiveWriter(here, BELT) as writer:
        writer.append_fact(fact="new_log", utc_ms=0)
    archive(here, belt, NOON_MS + 86_400_000)
    archive(there, belt, NOON_MS + 86_400_000)
    run(here, "export", "--out", str(out))
    run(there, "import", str(out))
    with Store.open(there) as store:
        assert len(store.minutes(*EVER)) == 110
        assert sorted(store.logs(BELT)) == [-1, 0]
        assert store.coverage(BELT).intervals() == [(1, 60)]


def test_records_that_contradict_are_refused_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    fill(here)
    run(here, "export", "--out", str(out))
    other = MemoryBelt()
    other.log(9, b"something else", 0)
    archive(there, other)
    before = rows(there)
    capsys.readouterr()
    assert main(["--data", str(there), "import", str(out)]) == 2
    assert capsys.readouterr().err == (
        f"The records of belt {BELT} contradict those that are here: import them into a folder "
        "of their own with --data.\n"
    )
    assert rows(there) == before


def test_an_export_of_some_days_holds_their_records_alone(tmp_path: Path) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    belt = MemoryBelt()
    belt.minutes(1440)
    archive(here, belt)
    run(here, "export", "--out", str(out), "--zone", "UTC", "--from", "2026-11-21")
    run(there, "import", str(out))
    with Store.open(there) as store:
        assert store.span() == (NOON_MS // 1000 - 43_200, NOON_MS // 1000 - 60)


def test_minutes_of_unknown_time_are_exported(tmp_path: Path) -> None:
    belt = MemoryBelt()
    belt.minutes(3)
    archive(tmp_path / "data", belt, None)
    out = tmp_path / "out"
    run(tmp_path / "data", "export", "--out", str(out), "--format", "jsonl")
    found = [json.loads(line) for line in (out / "minutes.jsonl").read_text().splitlines()]
    assert [(row["utc"], row["within_s"], row["t_s"]) for row in found] == [
        (None, None, 0),
        (None, None, 60),
        (None, None, 120),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_export_is_refused_whole(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    fill(here)
    run(here, "export", "--out", str(out), "--format", form)
    capsys.readouterr()
    file = out / f"records.{form}"
    whole = file.read_bytes()
    for damaged in (whole[: len(whole) // 2 + 3], whole[:-9] + b"\xffnonsense", b"\0\1"):
        file.write_bytes(damaged)
        assert main(["--data", str(there), "import", str(out)]) == 2
        err = capsys.readouterr().err
        assert err.startswith(f"{file} is not as plumbline export wrote it, near row "), err
        assert not there.exists()
    file.unlink()
    assert main(["--data", str(there), "import", str(out)]) == 2
    assert capsys.readouterr().err.startswith(f"There is no export in {out}: ")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("table", ["records", "clocks"])
def test_an_export_that_is_cut_at_a_line_s_end_is_refused(
    tmp_path: Path, form: str, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    fill(here)
    run(here, "export", "--out", str(out), "--format", form)
    file = out / f"{table}.{form}"
    lines = file.read_bytes().splitlines(keepends=True)
    rows = len(lines) - (form == "csv")
    file.write_bytes(b"".join(lines[:-1]))
    capsys.readouterr()
    assert main(["--data", str(there), "import", str(out)]) == 2
    assert capsys.readouterr().err == (
        f"{file} has {rows - 1} rows where {rows} were written: export anew.\n"
    )
    assert not there.exists()
    file.write_bytes(b"".join(lines))
    (out / "manifest.json").rename(out / "away")
    assert main(["--data", str(there), "import", str(out)]) == 2
    assert "manifest.json is missing" in capsys.readouterr().err


def test_two_forms_in_one_folder_have_one_manifest(tmp_path: Path) -> None:
    here, there, out = (tmp_path / name for name in ("here", "there", "out"))
    fill(here)
    for form in FORMS:
        run(here, "export", "--out", str(out), "--format", form, "--overwrite")
    for form in FORMS:
        run(there, "import", str(out), "--format", form)
    assert rows(there) == rows(here)


@pytest.mark.parametrize(
    ("column", "value"),
    [("seq", 0), ("seq", -1), ("boot", 65536), ("t_s", 1.5), ("belt", "xyz"), ("payload_hex", "f")],
)
def test_values_out_of_range_are_refused(
    tmp_path: Path, column: str, value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"belt": BELT, "log": 0, "boot": 1, "seq": 1, "t_s": 0, "kind": 9, "payload_hex": ""}
    (tmp_path / "clocks.jsonl").write_text("")
    (tmp_path / "records.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "manifest.json").write_text('{"format": 1, "rows": {"records.jsonl": 1}}')
    data = tmp_path / "data"
    run(data, "import", str(tmp_path))
    (tmp_path / "records.jsonl").write_text(json.dumps(row | {column: value}) + "\n")
    assert main(["--data", str(data), "import", str(tmp_path)]) == 2
    assert "near row 1: export anew." in capsys.readouterr().err


def test_without_pyarrow_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    really = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.split(".")[0] == "pyarrow":
            raise ImportError(name)
        return really(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    for loaded in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, loaded)
    archive(tmp_path / "data", MemoryBelt())
    out = tmp_path / "out"
    argv = ["--data", str(tmp_path / "data"), "export", "--out", str(out), "--format", "parquet"]
    assert main(argv) == 2
    assert capsys.readouterr().err == (
        "Parquet needs the package pyarrow, which is not installed: install it with "
        "pip install pyarrow, or choose csv or jsonl.\n"
    )
    assert not out.exists()
