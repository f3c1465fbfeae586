"""The program makes no connection of its own: watched from inside, by an audit hook."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.link.belt import MemoryBelt, on_pty
from tests.store.filling import archive

# Loaded by Python before anything else. What resolves or reaches another machine ends the
# process at once, whoever would have caught an exception.
WATCH = """
import os, sys

ALLOWED = os.environ.get("WATCH_ALLOWED", "")

def watch(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        place = "%s:%s" % address[:2] if isinstance(address, tuple) else "unix"
        reached = place != "unix" and place != ALLOWED
    else:
        place = str(args)
        reached = event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")
        reached = reached and str(args[0]) not in ("127.0.0.1", "localhost")
    if reached:
        sys.stderr.write("REACHED OUT: %s %s\\n" % (event, place))
        sys.stderr.flush()
        os._exit(77)

sys.addaudithook(watch)
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python watches itself."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(WATCH)
    return os.environ | {"PYTHONPATH": str(hooks), "QT_QPA_PLATFORM": "offscreen"}


def run(watched: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *argv],
        env=watched,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
        "import urllib.request as u\ntry: u.urlopen('http://192.0.2.1/', timeout=1)\n"
        "except OSError: pass",
    ],
    ids=["connect", "name", "datagram", "caught"],
)
def test_the_watch_sees_who_reaches_out(watched: dict[str, str], code: str) -> None:
    ended = run(watched, "-c", code)
    assert ended.returncode == 77, ended.stderr
    assert ended.stderr.startswith("REACHED OUT: ")


# One process after the other would say the same ten seconds later.
ALL_IN_ONE = """
import json, sys
from plumbline.__main__ import main
for command in json.loads(sys.argv[1]):
    status = main(command)
    if status:
        sys.exit(f"{command}: {status}")
"""


def test_no_command_reaches_out(watched: dict[str, str], tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    del watched["PYTHON_KEYRING_BACKEND"]  # whatever keyring this computer has, or none
    words = {"PLUMBLINE_PASSPHRASE": "correct horse", "PLUMBLINE_NEW_PASSPHRASE": "correct horse"}
    watched |= words
    belt = MemoryBelt()
    belt.minutes(600)
    with on_pty(belt) as port:
        commands = [
            ["ports"],
            ["sync", "--port", port],
            ["days"],
            ["export", "--out", str(out)],
            ["import", str(out)],
            ["backup", str(tmp_path / "all.zip")],
            ["rebuild"],
            ["restore", str(tmp_path / "all.zip")],
            ["encrypt"],
            ["passphrase"],
            ["days"],
            ["decrypt", "--yes"],
            ["erase", "--belt", belt.belt_id.hex(), "--yes"],
        ]
        lines = [["--data", str(data), *command] for command in commands]
        ended = run(watched, "-c", ALL_IN_ONE, json.dumps(lines))
    assert ended.returncode == 0, ended.stderr


def test_the_window_reaches_out_to_nobody(watched: dict[str, str], tmp_path: Path) -> None:
    """It looks for belts, syncs the one there is and draws its day."""
    belt = MemoryBelt()
    belt.minutes(600)
    archive(tmp_path / "data", belt)
    belt.minutes(30)
    with on_pty(belt) as port:
        watched["PLUMBLINE_PORT"] = port
        picture = str(tmp_path / "window.png")
        command = ("--data", str(tmp_path / "data"), "gui", "--screenshot", picture)
        ended = run(watched, "-m", "plumbline", *command)
    assert ended.returncode == 0, ended.stderr
    assert belt.acked >= 630  # it did its work


def test_a_belt_behind_a_tcp_port_is_reached_and_nothing_else(
    watched: dict[str, str], tmp_path: Path
) -> None:
    """The one connection is to the address that the user named."""
    closed = "127.0.0.1:9"
    argv = ("-m", "plumbline", "--data", str(tmp_path), "sync", "--port", f"socket://{closed}")
    assert run(watched, *argv).returncode == 77
    watched["WATCH_ALLOWED"] = closed
    ended = run(watched, *argv)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_nothing_in_the_program_knows_how_to_ask_the_net() -> None:
    """The watch sees Python's sockets; of Qt's own only those within the computer are imported."""
    asking = re.compile(
        r"QtNetwork(?! import QLocalServer, QLocalSocket\n)|QtWeb"
        r"|\b(urllib\.request|http\.client|requests|smtplib|ftplib)\b"
    )
    sources = (ROOT / "desktop").rglob("*.py")
    assert not [path for path in sources if asking.search(path.read_text(encoding="utf-8"))]
