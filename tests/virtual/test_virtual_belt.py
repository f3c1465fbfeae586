"""The virtual belt from outside: a real serial port, a real interpreter, a real folder."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from beltwire import codes
from beltwire.records import unpack_event
from plumbline.__main__ import main
from plumbline.errors import UserError
from plumbline.virtual_belt import VirtualBelt, belt, command

from tests.virtual.host import talking_to

PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute of standing still, x up, at 52 Hz."""
    path = tmp_path_factory.mktemp("recording") / "still.csv"
    rows = [f"{n / 52:.5f},1,0,0,0,0,0" for n in range(52 * 60)]
    path.write_text("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n" + "\n".join(rows) + "\n")
    return path


@pytest.mark.parametrize("over_tcp", [False, True], ids=["pty", "tcp"])
def test_any_serial_program_can_talk_to_it(tmp_path: Path, recording: Path, over_tcp: bool) -> None:
    with VirtualBelt(tmp_path, recording, speed="max", over_tcp=over_tcp) as worn:
        assert worn.port.startswith("socket://127.0.0.1:" if over_tcp else "/dev/")
        for _ in range(2):
            with talking_to(worn.port) as host:
                hello = host.hello()
                assert (hello.boot, len(hello.belt_id)) == (1, 8)
                assert hello.flags & codes.HELLO_VIRTUAL
                records = host.records()
        assert [record.seq for record in records] == list(range(1, len(records) + 1))
        assert [record.t_s for record in records if record.kind == codes.KIND_MINUTE] == [0]
    assert worn.failure == ""


def test_a_restart_is_a_new_boot_of_the_same_belt(tmp_path: Path, recording: Path) -> None:
    seen = []
    for _ in range(2):
        with (
            VirtualBelt(tmp_path, recording) as worn,
            talking_to(worn.port) as host,
        ):
            seen.append((host.hello(), host.records()))
    (first, before), (second, after) = seen
    assert second.belt_id == first.belt_id
    assert (first.boot, second.boot) == (1, 2)
    assert after[: len(before)] == before
    assert {record.boot for record in after[len(before) :]} == {2}


def test_two_belts_are_two_belts(tmp_path: Path, recording: Path) -> None:
    ids = []
    for name in ("one", "two"):
        with VirtualBelt(tmp_path / name, recording) as worn, talking_to(worn.port) as host:
            ids.append(host.hello().belt_id)
    assert ids[0] != ids[1]


def test_killing_the_interpreter_loses_nothing_that_was_told(
    tmp_path: Path, recording: Path
) -> None:
    worn = VirtualBelt(tmp_path, recording)
    worn.start()
    with talking_to(worn.port) as host:
        host.hello()
        before = host.records()
    worn._child.kill()
    assert worn.ended.wait(PATIENCE_S)
    worn.stop()
    with VirtualBelt(tmp_path, recording) as again, talking_to(again.port) as host:
        host.hello()
        assert host.records()[: len(before)] == before


def test_one_folder_is_for_one_belt_at_a_time(tmp_path: Path, recording: Path) -> None:
    with (
        VirtualBelt(tmp_path, recording),
        pytest.raises(UserError, match="already running"),
        VirtualBelt(tmp_path, recording),
    ):
        pytest.fail("a second belt started")


def test_the_calibration_of_the_labelled_poses_is_in_force(
    tmp_path: Path, recordings: list[Path]
) -> None:
    with VirtualBelt(tmp_path, recordings[0]) as worn, talking_to(worn.port) as host:
        assert worn.upright is not None
        assert not host.hello().flags & codes.HELLO_UNCALIBRATED
        events = [unpack_event(r.payload) for r in host.records() if r.kind == codes.KIND_EVENT]
    assert codes.EVENT_CALIBRATION in [event.code for event in events]


# --- failures


@pytest.fixture
def broken_tree(tmp_path: Path, root: Path) -> Path:
    """A source tree whose firmware fails some seconds after its start."""
    tree = tmp_path / "tree"
    for part in ("firmware", "protocol"):
        shutil.copytree(root / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    (tree / "node_modules").symlink_to(root / "node_modules")
    main_file = tree / "firmware" / "device" / "main.py"
    text = main_file.read_text()
    seam = '        """The next second of samples has come."""\n'
    assert text.count(seam) == 1
    planted = (
        seam + "        if self.clock.seconds > 3:\n            raise RuntimeError('planted')\n"
    )
    main_file.write_text(text.replace(seam, planted))
    return tree


def test_an_exception_in_the_firmware_is_a_failure_with_its_traceback(
    tmp_path: Path, recording: Path, broken_tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(belt, "repo_root", lambda: broken_tree)
    with VirtualBelt(tmp_path / "belt", recording, speed="100") as worn:
        assert worn.ended.wait(PATIENCE_S)
    assert "Traceback" in worn.failure
    assert "take_second" in worn.failure
    assert worn.failure.splitlines()[-1] == "RuntimeError: planted"


def test_the_command_ends_with_status_1_and_the_traceback(
    tmp_path: Path,
    recording: Path,
    broken_tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(belt, "repo_root", lambda: broken_tree)
    monkeypatch.setattr(command.signal, "signal", lambda *_: None)
    argv = ["virtual-belt", "--recording", str(recording), "--speed", "100"]
    port_file = tmp_path / "port"
    argv += ["--flash", str(tmp_path / "belt"), "--port-file", str(port_file)]
    assert main(argv) == 1
    assert "RuntimeError: planted" in capsys.readouterr().err
    assert not port_file.exists()


def test_without_the_interpreter_it_says_what_to_run(
    tmp_path: Path, recording: Path, broken_tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (broken_tree / "node_modules").unlink()
    monkeypatch.setattr(belt, "repo_root", lambda: broken_tree)
    with pytest.raises(UserError, match="make run"), VirtualBelt(tmp_path / "belt", recording):
        pytest.fail("it started")


def test_a_flash_the_firmware_cannot_use_is_a_failure_too(tmp_path: Path, recording: Path) -> None:
    (tmp_path / "flash").mkdir()
    (tmp_path / "flash" / "log").write_text("not a folder")
    with VirtualBelt(tmp_path, recording) as worn:
        assert worn.ended.wait(PATIENCE_S)
    assert "OSError" in worn.failure


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--speed", "quick", "--speed takes a number"),
        ("--speed", "0", "--speed takes a number"),
        ("--recording", "nowhere.csv", "There is no recording"),
        ("--history", "400", "--history takes"),
        ("--upright", "5:900", "lies outside"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, words: str
) -> None:
    argv = ["virtual-belt", "--flash", str(tmp_path / "belt"), option, value]
    assert main(argv) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert len(told.err.strip().splitlines()) == 1
    assert told.out == ""


# --- ends


def started_command(tmp_path: Path, recording: Path) -> "tuple[subprocess.Popen[str], Path]":
    """The command in a process of its own, its port file there."""
    port_file = tmp_path / "port"
    argv = [sys.executable, "-m", "plumbline", "virtual-belt", "--recording", str(recording)]
    argv += ["--flash", str(tmp_path / "belt"), "--port-file", str(port_file)]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    until(port_file.exists)
    return process, port_file


def until(happens: object) -> None:
    """Wait until `happens()` is true."""
    end = time.monotonic() + PATIENCE_S
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """The processes that `pid` has started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def is_running(pid: int) -> bool:
    """Whether a process is there and is not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_interpreter_is_left_behind(tmp_path: Path, recording: Path, number: int) -> None:
    process, port_file = started_command(tmp_path, recording)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == port_file.read_text().strip()
    (node,) = children(process.pid)
    process.send_signal(number)
    status = process.wait(PATIENCE_S)
    process.stdout.close()
    until(lambda: not is_running(node))
    if number != signal.SIGKILL:
        assert status == 0
        assert not port_file.exists()


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path: Path, recording: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(UserError, match="cannot write"),
        VirtualBelt(tmp_path / "file" / "belt", recording),
    ):
        pytest.fail("it started")


def test_the_motion_is_the_recording_in_counts(tmp_path: Path, recording: Path) -> None:
    with VirtualBelt(tmp_path, recording):
        counts = np.fromfile(tmp_path / "motion.bin", "<i2").reshape(-1, 6)
    assert len(counts) == 52 * 60
    assert set(counts[:, 0].tolist()) == {4098}


def test_a_file_that_is_no_port_file_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("my back, day by day\n")
    argv = ["--flash", str(tmp_path / "belt"), "--port-file", str(notes)]
    assert main(["virtual-belt", *argv]) == 2
    assert capsys.readouterr().err == f"{notes} is there and is no port file: name another one.\n"
    assert notes.read_text() == "my back, day by day\n"
    assert not (tmp_path / "belt").exists()
    stale = tmp_path / "port"
    stale.write_text("/dev/pts/7\n")
    command.check_port_file(stale)
