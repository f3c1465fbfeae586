"""Puts MicroPython and the firmware onto a board, then checks the belt and says how it is.

usage: python scripts/flash.py --board c3 --port PORT [--image micropython.bin] [--developer]
       python scripts/flash.py --check --port PORT

    esptool    erases the flash and writes MicroPython, where an image is given
    mpremote   copies the firmware and a key: who flashes a belt owns it
    the check  hello, the proof of the key, the self-test

Without --image the board must give mpremote its prompt: a new MicroPython does, and a belt that is
open to developers after `plumbline belt developer repl`.
"""

import argparse
import secrets
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from beltwire import codes
from beltwire.messages import HelloReply
from beltwire.pairing import KEY_BYTES
from plumbline.errors import LinkError, UserError
from plumbline.link import belt, keys
from plumbline.link.conversation import Conversation, NotOurs
from plumbline.link.discovery import resolve_port
from plumbline.link.port import Port
from plumbline.link.update import version_text

import build

PYTHON = sys.executable
RESTART_S = 30.0
BAUD = "460800"
FORGET_SLOTS = (
    "import os\n"
    "for name in ('fw/state', 'repl', 'boot.py', 'main.py'):\n"
    "    try:\n"
    "        os.remove(name)\n"
    "    except OSError:\n"
    "        pass\n"
)
"""Whatever was on the board, the slot that is written now is the one that runs."""


def image_commands(table: dict[str, Any], port: str, image: Path) -> list[list[str]]:
    """The esptool commands that write MicroPython onto an erased flash."""
    tool = [PYTHON, "-m", "esptool", "--chip", str(table["flash_chip"]), "--port", port]
    offset = hex(int(table["flash_offset"]))
    return [
        [*tool, "erase-flash"],
        [*tool, "--baud", BAUD, "write-flash", offset, str(image)],
    ]


def copy_commands(port: str, flash: Path, key: Path) -> list[list[str]]:
    """The mpremote commands that copy the firmware; what starts it comes last, then the restart."""
    tool = [PYTHON, "-m", "mpremote", "connect", port]
    folders = [str(path) for path in sorted(flash.iterdir()) if path.is_dir()]
    files = [str(path) for path in sorted(flash.iterdir()) if path.is_file()]
    return [
        [*tool, "exec", FORGET_SLOTS],
        [*tool, "cp", "-r", *folders, ":"],
        [*tool, "cp", str(key), ":key", "+", "cp", *files, ":", "+", "reset"],
    ]


def key_file(folder: Path, key: bytes) -> Path:
    """The file that the belt keeps its key in: the key and its CRC-32."""
    file = folder / "key"
    file.touch(mode=0o600)
    file.write_bytes(key + zlib.crc32(key).to_bytes(4, "little"))
    return file


def run(commands: Sequence[Sequence[str]]) -> None:
    """Run them in order; UserError with what the tool said where one fails."""
    for command in commands:
        print("$", *(word.splitlines()[0] for word in command[2:]), flush=True)
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            lines = [line for line in (ran.stderr or ran.stdout).splitlines() if line.strip()]
            told = [line for line in lines if "rror" in line] or lines[-1:] or ["it says nothing"]
            raise UserError(
                f"{command[2]} failed ({told[0]}): see that the port is the board's, that no "
                "other program holds it, and that the board is in its bootloader (esptool) or at "
                "its prompt (mpremote; plumbline belt developer repl brings it there)."
            )


def check(port: str, key: bytes | None = None, patience_s: float = RESTART_S) -> bool:
    """Meet the belt, keep its key, have it test itself; prints a verdict; True: all is well."""
    hello, result = _meet(port, key, time.monotonic() + patience_s)
    print(
        f"belt      {hello.belt_id.hex()}, {hello.board}, firmware {version_text(hello.firmware)}"
    )
    kind = "developer" if hello.flags & codes.HELLO_DEVELOPER else "production"
    print(f"build     {kind}, {'paired with this account' if hello.flags & 1 else 'NOT paired'}")
    for part in result.tested:
        print(f"{part:9} {'FAILED' if part in result.failed else 'ok'}")
    if result.passed:
        print("verdict   the belt works: calibrate it when it is worn.")
    else:
        print(f"verdict   look at {', '.join(result.failed)} in hardware/BRINGUP.md.")
    return result.passed


def _meet(port: str, key: bytes | None, end: float) -> tuple[HelloReply, belt.SelftestResult]:
    """Until the belt has come back from its restart; UserError where it does not."""
    while True:
        try:
            with Port(port) as opened:
                talk = Conversation(opened)
                if key is not None:
                    keys.keep(talk.greet().belt_id, key)
                hello = talk.hello()
                return hello, belt.selftest(talk)
        except LinkError as error:
            if isinstance(error, NotOurs):
                raise
            if time.monotonic() > end:
                raise UserError(
                    f"The belt does not answer after it was flashed. {error}"
                ) from error
            time.sleep(0.5)


def flash(board: str, port: str, image: Path | None, developer: bool) -> bool:
    """All of it; True where the belt works."""
    boards = build.read_boards()
    if boards[board]["mpy_arch"] == build.NO_ARCH:
        raise UserError(f"{board} is no board that can be flashed.")
    if image is not None and not image.is_file():
        raise UserError(
            f"There is no image {image}: fetch MicroPython for the {boards[board]['chip']}."
        )
    build.build(board, boards, developer)
    if image is not None:
        run(image_commands(boards[board], port, image))
    key = secrets.token_bytes(KEY_BYTES)
    with tempfile.TemporaryDirectory(prefix="plumbline-") as folder:
        run(copy_commands(port, build.OUT / board / "flash", key_file(Path(folder), key)))
    return check(port, key)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; 0 where the belt works, 1 where it does not, 2 for a mistake."""
    parser = argparse.ArgumentParser(description="Flash a board and check the belt.")
    parser.add_argument("--board", choices=sorted(build.read_boards()))
    parser.add_argument("--port", required=True, help="the board's serial port, or a port file")
    parser.add_argument("--image", type=Path, help="MicroPython to write first; erases the flash")
    parser.add_argument("--developer", action="store_true", help="a build open to developers")
    parser.add_argument("--check", action="store_true", help="only meet the belt and test it")
    args = parser.parse_args(argv)
    try:
        port = resolve_port(args.port)
        if args.check:
            return 0 if check(port) else 1
        if args.board is None:
            raise UserError("Name the board with --board.")
        return 0 if flash(args.board, port, args.image, args.developer) else 1
    except UserError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
