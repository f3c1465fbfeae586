"""Flashing: the tools' command lines, the key that comes with it, the check and its verdict."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import flash
import pytest
from device.files import Files
from device.pairing import KEY_FILE
from device.store import load_checked
from plumbline.errors import UserError
from plumbline.link import keys
from plumbline.node import node_command
from plumbline.virtual_belt import VirtualBelt
from plumbline.virtual_belt.line import open_line

import build

TOOL = """#!{python}
import os, shutil, sys
words = sys.argv[1:]
with open({log!r}, "a") as log:
    log.write(repr(words) + chr(10))
if ":key" in words:
    shutil.copy(words[words.index(":key") - 1], {key!r})
if {fails!r} in words:
    sys.exit("Timed out waiting for packet header")
"""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "still.csv"
    rows = [f"{n / 52:.5f},{0.99 + n % 5 * 0.004},0,0,0,0,0" for n in range(52 * 20)]
    path.write_text("t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def small_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A build of one package, into a folder of the test's own."""
    monkeypatch.setattr(build, "OUT", tmp_path / "out")
    monkeypatch.setattr(build, "PARTS", {"device": tmp_path / "device"})
    monkeypatch.setattr(build, "firmware_version", lambda: (0, 1, 0))
    (tmp_path / "device").mkdir()
    for name in build.LOADER:
        (tmp_path / "device" / f"{name}.py").write_text("A = 1\n")


def tool(folder: Path, fails: str = "nothing") -> Path:
    """A program in the place of Python that notes how it was called, and copies the key."""
    file = folder / "tool"
    flash_folder = folder / "belt" / "flash"
    flash_folder.mkdir(parents=True, exist_ok=True)
    key = str(flash_folder / KEY_FILE)
    text = TOOL.format(python=sys.executable, log=str(folder / "log"), key=key, fails=fails)
    file.write_text(text)
    file.chmod(0o700)
    return file


def test_the_command_lines_of_the_tools() -> None:
    boards = build.read_boards()
    image = Path("mp.bin")
    esptool = [" ".join(line[1:]) for line in flash.image_commands(boards["esp32"], "P", image)]
    assert esptool == [
        "-m esptool --chip esp32 --port P erase-flash",
        "-m esptool --chip esp32 --port P --baud 460800 write-flash 0x1000 mp.bin",
    ]
    c3 = flash.image_commands(boards["c3"], "P", image)[1]
    assert c3[3:5] == ["--chip", "esp32c3"]
    assert c3[-2:] == ["0x0", "mp.bin"]


def test_what_starts_the_firmware_is_copied_last(tmp_path: Path) -> None:
    for name in ("loader", "fw"):
        (tmp_path / name).mkdir()
    for name in ("boot.py", "main.py"):
        (tmp_path / name).touch()
    first, folders, rest = flash.copy_commands("P", tmp_path, Path("key"))
    assert first[1:6] == ["-m", "mpremote", "connect", "P", "exec"]
    compile(first[6], "on the board", "exec")
    assert [Path(word).name for word in folders[5:]] == ["cp", "-r", "fw", "loader", ":"]
    words = [Path(word).name for word in rest[5:]]
    assert words == ["cp", "key", ":key", "+", "cp", "boot.py", "main.py", ":", "+", "reset"]


def test_a_board_is_flashed_paired_and_checked(
    tmp_path: Path,
    recording: Path,
    small_build: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The tools are stand-ins; the key they copy goes to a virtual belt, which is then checked."""
    monkeypatch.setattr(flash, "PYTHON", str(tool(tmp_path)))
    image = tmp_path / "micropython.bin"
    image.touch()
    real_check = flash.check

    def check_virtual(port: str, key: bytes) -> bool:
        assert port == "PORT"
        with VirtualBelt(tmp_path / "belt", recording) as worn:
            keys.forget(bytes.fromhex((tmp_path / "belt" / "belt.id").read_text()))
            return bool(real_check(worn.port, key))

    monkeypatch.setattr(flash, "check", check_virtual)
    argv = ["--board", "c3", "--port", "PORT", "--image", str(image)]
    assert flash.main(argv) == 0
    calls = (tmp_path / "log").read_text().splitlines()
    assert ["esptool" in call for call in calls] == [True, True, False, False, False]
    out = capsys.readouterr().out
    assert "paired with this account" in out
    assert "sensor    ok" in out
    assert out.splitlines()[-1] == "verdict   the belt works: calibrate it when it is worn."


def test_a_belt_is_checked_through_its_port_file(
    tmp_path: Path, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with VirtualBelt(tmp_path / "belt", recording) as worn:
        (tmp_path / "port").write_text(worn.port)
        assert flash.main(["--check", "--port", str(tmp_path / "port")]) == 0
        assert "developer, paired" in capsys.readouterr().out
        keys.keep(bytes.fromhex((tmp_path / "belt" / "belt.id").read_text()), bytes(32))
        assert flash.main(["--check", "--port", worn.port]) == 2
        assert "does not have the key" in capsys.readouterr().err


def test_a_tool_that_fails_is_one_sentence_and_nothing_follows(
    tmp_path: Path, small_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flash, "PYTHON", str(tool(tmp_path, fails="erase-flash")))
    image = tmp_path / "micropython.bin"
    image.touch()
    with pytest.raises(UserError, match=r"esptool failed .Timed out waiting for packet header"):
        flash.flash("c3", "PORT", image, developer=False)
    assert len((tmp_path / "log").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["--board", "virtual"], "virtual is no board that can be flashed"),
        (["--board", "c3", "--image", "none.bin"], "fetch MicroPython for the ESP32-C3"),
        ([], "Name the board"),
    ],
)
def test_mistakes_are_one_sentence(
    argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert flash.main(["--port", "PORT", *argv]) == 2
    shown = capsys.readouterr().err
    assert sentence in shown
    assert len(shown.splitlines()) == 1


def test_a_belt_that_does_not_come_back_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="does not answer after it was flashed"):
        flash.check(str(tmp_path / "nothing"), None, patience_s=0)


@contextmanager
def prompt(folder: Path, root: Path) -> Iterator[str]:
    """A fresh board: MicroPython's own prompt behind a serial port, its files in `folder`."""
    line = open_line(over_tcp=False)
    command = [*node_command(), str(root / "tests" / "device" / "prompt.mjs"), str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0) as child:
        assert child.stdin
        assert child.stdout
        assert child.stderr
        assert child.stderr.readline() == b"ready\n"
        moves = (
            threading.Thread(target=carry, args=(lambda: child.stdout.read(4096), line.write)),
            threading.Thread(target=carry, args=(line.read, child.stdin.write)),
        )
        for thread in moves:
            thread.start()
        try:
            yield line.port
        finally:  # a prompt left behind would wait for ever, and keep a core busy
            line.close()
            child.kill()
    for thread in moves:
        thread.join()
    line.release()


def carry(read: Callable[[], bytes], write: Callable[[bytes], object]) -> None:
    """Move bytes until there are no more."""
    with suppress(OSError, ValueError):
        while data := read():
            write(data)


def test_mpremote_itself_copies_everything(
    tmp_path: Path, root: Path, small_build: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """The maintained tool, with our command lines, on MicroPython's own prompt."""
    board = tmp_path / "board"
    (board / "fw").mkdir(parents=True)
    (board / "fw" / "state").write_text("of the firmware before")
    assert build.main(["c3"]) == 0
    source = tmp_path / "out" / "c3" / "flash"
    key = flash.key_file(tmp_path, bytes(range(32)))
    with prompt(board, root) as port:
        flash.run(flash.copy_commands(port, source, key))
    copied = {path.relative_to(board): path for path in board.rglob("*") if path.is_file()}
    wanted = {path.relative_to(source): path for path in source.rglob("*") if path.is_file()}
    wanted[Path("key")] = key
    assert set(copied) == set(wanted)
    for name, path in wanted.items():
        assert copied[name].read_bytes() == path.read_bytes(), name
    assert load_checked(Files(str(board)), KEY_FILE) == bytes(range(32))


def test_esptool_itself_understands_the_command_lines(tmp_path: Path) -> None:
    image = tmp_path / "micropython.bin"
    image.write_bytes(bytes(16))
    port = str(tmp_path / "none")
    for command in flash.image_commands(build.read_boards()["c3"], port, image):
        with pytest.raises(UserError, match="esptool failed") as told:
            flash.run([command])
        assert port in str(told.value)
