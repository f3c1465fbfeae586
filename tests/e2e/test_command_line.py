"""The command line from the port to the files, on a belt behind a real pty."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from beltwire import codes
from beltwire.belt import BeltSession
from plumbline.__main__ import main
from plumbline.people import daily
from plumbline.people.changes import exclude
from plumbline.people.subjects import subject_of_belt
from plumbline.store.database import Store

from tests.link.belt import BELT, MemoryBelt, PtyEnd, belt_answers, on_pty
from tests.store.filling import archive

EVER = (-(1 << 40), 1 << 40)


def said(capsys: pytest.CaptureFixture[str], folder: Path, *argv: str) -> tuple[int, str, str]:
    status = main(["--data", str(folder), *argv])
    output = capsys.readouterr()
    return status, output.out, output.err


@pytest.fixture
def worn() -> MemoryBelt:
    """Half an hour of sitting until noon on the 21st of November 2026, UTC, with a reminder."""
    belt = MemoryBelt()
    belt.event(codes.EVENT_BOOT, codes.RESET_POWER_ON, 0, 1, 0)
    belt.minutes(30)
    belt.event(codes.EVENT_REMINDER, codes.CAUSE_FLEXION, 2345, 120)
    return belt


@pytest.fixture
def filled(tmp_path: Path, worn: MemoryBelt) -> Path:
    archive(tmp_path / "data", worn)
    return tmp_path / "data"


def test_sync_says_what_it_brought(
    tmp_path: Path, worn: MemoryBelt, capsys: pytest.CaptureFixture[str]
) -> None:
    with on_pty(worn) as path:
        status, out, err = said(capsys, tmp_path, "sync", "--port", path)
        assert (status, err) == (0, "")
        plain, brought = out.splitlines()
        assert plain.startswith("The data are not encrypted: ")
        assert brought.startswith("test belt: 30 new minutes, 3 new events, ")
        status, out, err = said(capsys, tmp_path, "sync", "--port", path)
        assert out.startswith("test belt: 0 new minutes, 0 new events, ")


def test_sync_takes_a_port_file(
    tmp_path: Path, worn: MemoryBelt, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "port"
    with on_pty(worn) as path:
        file.write_text(path + "\n")
        assert said(capsys, tmp_path / "data", "sync", "--port", str(file))[0] == 0


def test_ports_lists_the_named_port(
    tmp_path: Path,
    worn: MemoryBelt,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with on_pty(worn) as path:
        monkeypatch.setenv("PLUMBLINE_PORT", path)
        status, out, err = said(capsys, tmp_path, "ports")
        assert (status, err) == (0, "")
        assert out.splitlines()[0] == (
            f"{path}\tnamed by PLUMBLINE_PORT\tbelt test belt, firmware 0.1.0, battery 3.92 V"
        )
        assert said(capsys, tmp_path, "sync")[0] == 0  # and sync finds it there


def test_an_unknown_port_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = str(tmp_path / "nothing")
    assert said(capsys, tmp_path / "data", "sync", "--port", port) == (
        2,
        "",
        f"There is no port {port}: plug the belt in, and see with plumbline ports what it is "
        "called.\n",
    )


def test_ctrl_c_ends_a_sync_in_good_order(tmp_path: Path, worn: MemoryBelt) -> None:
    worn.minutes(3000)
    answer = belt_answers(BeltSession(worn))

    def slowly(data: bytes):
        for frame in answer(data):
            time.sleep(0.02)
            yield frame

    with PtyEnd(slowly) as end:
        command = [sys.executable, "-m", "plumbline", "--data", str(tmp_path), "sync"]
        with subprocess.Popen(
            [*command, "--port", end.path],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stderr is not None
            first = process.stderr.readline()  # after a second it says how far it is
            assert first.startswith("Fetching ")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in err
    assert out.endswith("Stopped before the end; the next sync goes on from there.\n")
    with Store.open(tmp_path) as store:
        kept = len(store.minutes(*EVER)) + store.unplaced()
    assert 0 < kept < 3030


def test_days_are_a_table(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, filled, "days", "--zone", "UTC") == (
        0,
        "day           worn  sitting  longest  steps  reminders\n"
        "2026-11-21  30 min   30 min   30 min     85          1\n",
        "",
    )


def test_days_of_a_range(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ("days", "--zone", "UTC", "--from", "2026-11-01", "--to", "2026-11-20")
    assert said(capsys, filled, *argv) == (
        2,
        "",
        "There are no days to show: choose others, or fetch with plumbline sync.\n",
    )
    argv = ("days", "--zone", "UTC", "--from", "2026-11-21", "--to", "2026-11-21")
    assert said(capsys, filled, *argv)[0] == 0


def test_days_of_no_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    for argv in (["days"], ["export", "--out", str(tmp_path / "x")], ["rebuild"], ["backup"]):
        assert said(capsys, data, *argv) == (
            2,
            "",
            f"There is no data in {data} yet: fetch some with plumbline sync.\n",
        )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_which_nothing_was_ever_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.open(tmp_path).close()
    for argv in (["days"], ["export", "--out", str(tmp_path / "x")], ["rebuild"], ["backup"]):
        status, out, err = said(capsys, tmp_path, *argv)
        assert (status, out) == (2, ""), argv
        assert err.startswith(f"There is no data in {tmp_path} yet")
    assert not (tmp_path / "backups").exists()


def test_days_of_several_belts_are_tables_of_their_own(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = MemoryBelt(bytes(8), "the other")
    other.minutes(90)
    archive(filled, other)
    line = "2026-11-21  {} min   {} min   {} min"
    out = said(capsys, filled, "days", "--zone", "UTC")[1]
    assert out.startswith("the other:\n")
    second, first = out.split("test belt:\n")
    assert line.format(30, 30, 30) in first
    assert "1 h 30 min" in second
    out = said(capsys, filled, "days", "--zone", "UTC", "--belt", "00" * 8)[1]
    assert line.format(30, 30, 30) not in out
    assert "1 h 30 min" in out
    assert said(capsys, filled, "days", "--belt", "12")[2] == (
        f"There is no belt 12 here: name one of {'00' * 8}, {BELT}.\n"
    )


def test_what_does_not_count_is_not_in_the_days(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(filled) as store:
        begin = int(store.minutes(*EVER)["utc_s"][0])
        exclude(store, subject_of_belt(BELT), begin, begin + 600)
    assert "20 min" in said(capsys, filled, "days", "--zone", "UTC")[1]


def test_many_days_are_those_of_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    belt = MemoryBelt()
    belt.minutes(60 * 24 * 6)
    archive(tmp_path, belt)
    whole = said(capsys, tmp_path, "days", "--zone", "UTC")[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(daily, "DAYS_AT_ONCE", 1)
        assert said(capsys, tmp_path, "days", "--zone", "UTC")[1] == whole
    assert len(whole.splitlines()) == 8


def test_the_named_port_is_told_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLUMBLINE_PORT", "/dev/nope")
    status, out, err = said(capsys, tmp_path, "sync")
    assert (status, out) == (2, "")
    assert err.startswith("There is no port /dev/nope: plug the belt in")


def as_nobody(argv: list[str], output: Path) -> tuple[int, str]:
    """Status and output of the command in a process that may not write what others own."""
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return status, output.read_text()
    try:
        handle = os.open(output, os.O_WRONLY | os.O_CREAT, 0o666)
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        for standard in (1, 2):
            os.dup2(handle, standard)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        status = main(argv)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    except BaseException:  # noqa: BLE001 - a forked test must not go on
        os._exit(99)


@pytest.fixture
def public(filled: Path) -> Iterator[Path]:
    """A folder that anybody may enter, with the data; pytest closes its own to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(filled, folder / "data")
        yield folder


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_folder_that_may_only_be_read(
    public: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data, out = public / "data", public / "out"
    # Here first, so that nobody has to load a module from where only its owner may look.
    expected = said(capsys, data, "days", "--zone", "UTC")[1]
    assert said(capsys, data, "export", "--out", str(tmp_path / "own"))[0] == 0
    assert said(capsys, data, "rebuild")[0] == 0
    out.mkdir()
    out.chmod(0o777)
    opened = [data, *data.rglob("*")]
    for path in opened:
        path.chmod(0o555 if path.is_dir() else 0o444)
    argv = ["--data", str(data)]
    days = as_nobody([*argv, "days", "--zone", "UTC"], tmp_path / "days.txt")
    written = as_nobody([*argv, "export", "--out", str(out)], tmp_path / "out.txt")
    refused = as_nobody([*argv, "rebuild"], tmp_path / "rebuild.txt")
    for path in opened:
        path.chmod(0o755)
    assert days == (0, expected)
    assert written == (0, f"30 minutes and 2 events are in {out}.\n")
    assert refused == (
        2,
        f"The data folder {data} cannot be written: change its permissions or give another one "
        "with --data.\n",
    )


def test_a_zone_that_is_none(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for zone in ("Mars/Olympus", "../etc/passwd", ""):
        status, out, err = said(capsys, filled, "days", "--zone", zone)
        assert (status, out) == (2, "")
        assert err == f"{zone} is not a time zone: name one like Europe/Amsterdam.\n"


def test_minutes_of_unknown_time_are_told(
    tmp_path: Path, worn: MemoryBelt, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(tmp_path, worn, None)
    status, out, _ = said(capsys, tmp_path, "days")
    assert status == 0
    assert out.splitlines()[-1] == (
        "30 minutes have no known time: the belt's clock was never set while they ran."
    )


def test_an_export_as_csv(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = filled / "export"
    assert said(capsys, filled, "export", "--out", str(out)) == (
        0,
        f"30 minutes and 2 events are in {out}.\n",
        "",
    )
    assert sorted(path.name for path in out.iterdir()) == [
        "clocks.csv",
        "days.csv",
        "dictionary.csv",
        "entries.jsonl",
        "events.csv",
        "manifest.json",
        "minutes.csv",
        "records.csv",
    ]
    with (out / "minutes.csv").open(newline="") as file:
        minutes = list(csv.DictReader(file))
    assert len(minutes) == 30
    first = minutes[0]
    assert (first["belt"], first["utc"], first["seq"]) == (BELT, "2026-11-21T11:30:00Z", "2")
    assert (first["sitting_s"], first["walking_s"], first["band_upright_s"]) == ("60", "0", "60")
    assert (first["flexion_deg"], first["lateral_deg"], first["spread_deg"]) == (
        "1.0",
        "-0.5",
        "1.0",
    )
    assert (first["lying_side"], first["reminder"]) == ("", "0")
    with (out / "events.csv").open(newline="") as file:
        events = list(csv.DictReader(file))
    assert [event["event"] for event in events] == ["boot", "reminder"]
    assert json.loads(events[1]["arguments"]) == {
        "cause": 1,
        "flexion_cdeg": 2345,
        "held_s": 120,
    }
    with (out / "dictionary.csv").open(newline="") as file:
        known = [(row["table"], row["column"]) for row in csv.DictReader(file)]
    headings = []
    for table in ("days", "minutes", "events", "records", "clocks"):
        with (out / f"{table}.csv").open(newline="") as file:
            headings += [(table, name) for name in next(csv.reader(file))]
    assert known == headings


def test_an_export_as_json_lines(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = filled / "export"
    assert said(capsys, filled, "export", "--out", str(out), "--format", "jsonl")[0] == 0
    minutes = [json.loads(line) for line in (out / "minutes.jsonl").read_text().splitlines()]
    assert len(minutes) == 30
    assert minutes[29]["utc"] == "2026-11-21T11:59:00Z"
    assert minutes[29]["flexion_deg"] == 1.29
    assert minutes[29]["lying_side"] is None


def test_an_export_of_some_days(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ("export", "--out", str(filled / "x"), "--zone", "UTC", "--from", "2026-11-22")
    assert said(capsys, filled, *argv)[1].startswith("0 minutes and 0 events ")
    argv = ("export", "--out", str(filled / "y"), "--zone", "UTC", "--to", "2026-11-21")
    assert said(capsys, filled, *argv)[1].startswith("30 minutes and 2 events ")


def test_points_stay_points_in_a_german_shell(filled: Path) -> None:
    environment = os.environ | {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    out = filled / "export"
    command = [
        sys.executable,
        "-m",
        "plumbline",
        "--data",
        str(filled),
        "export",
        "--out",
        str(out),
    ]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert ",1.29,-0.5," in (out / "minutes.csv").read_text().splitlines()[30]


def test_an_export_replaces_nothing_unasked(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = filled / "export"
    out.mkdir()
    (out / "events.csv").write_text("precious")
    status, _, err = said(capsys, filled, "export", "--out", str(out))
    assert (status, err) == (
        2,
        f"{out / 'events.csv'} exists already: choose another folder, or take --overwrite.\n",
    )
    assert [path.name for path in out.iterdir()] == ["events.csv"]
    assert (out / "events.csv").read_text() == "precious"
    assert said(capsys, filled, "export", "--out", str(out), "--overwrite")[0] == 0
    assert (out / "events.csv").read_text() != "precious"


def test_an_export_into_a_file(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = filled / "file"
    out.write_text("")
    assert said(capsys, filled, "export", "--out", str(out)) == (
        2,
        "",
        f"{out} is not a folder: choose another one.\n",
    )


def test_an_export_onto_a_full_disk_leaves_nothing(tmp_path: Path, worn: MemoryBelt) -> None:
    worn.minutes(3000)
    data, out = tmp_path / "data", tmp_path / "export"
    archive(data, worn)
    Store.open(data).close()
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); "
        "from plumbline.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--data", str(data), "export", "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (
        2,
        "",
        f"There is no room left on the disk of {out}: free some space and try again.\n",
    )
    assert list(out.iterdir()) == []


def test_rebuild(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(filled) as store:
        before = store.dump()
    assert said(capsys, filled, "rebuild") == (
        0,
        "Rebuilt from the archive: 30 minutes, 2 events.\n",
        "",
    )
    with Store.open(filled) as store:
        assert store.dump() == before
