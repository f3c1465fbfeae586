"""Ports that are missing, busy, silent or not a belt's: one sentence each."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from plumbline.__main__ import main
from plumbline.errors import LinkError
from plumbline.link import conversation, discovery
from plumbline.link.discovery import PortInfo, candidates, find_belts, identify, resolve_port
from plumbline.link.holders import Holder, holders
from plumbline.link.port import Port
from plumbline.link.ports_command import describe
from plumbline.link.sync_command import chosen_ports
from plumbline.store.database import Store
from serial.tools.list_ports_common import ListPortInfo

from tests.link.belt import BELT_ID, MemoryBelt, PtyEnd, on_pty

NOT_A_BELT = (
    "The device on {port} is not a Plumbline belt (it sends something else): choose another port, "
    "plumbline ports lists them."
)
SILENT = (
    "Nothing answers on {port}: switch the belt on, or choose another port, plumbline ports lists "
    "them."
)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "HELLO_S", 0.1)
    monkeypatch.delenv(discovery.PORT_VARIABLE, raising=False)


def sentence(path: str) -> str:
    with pytest.raises(LinkError) as told:
        identify(path)
    return str(told.value)


def test_a_belt_is_identified() -> None:
    with on_pty(MemoryBelt()) as path:
        belt = identify(path)
    assert (belt.port, belt.name, belt.hello.belt_id) == (path, "test belt", BELT_ID)


def test_a_belt_without_a_name_goes_by_its_id() -> None:
    with on_pty(MemoryBelt(name="")) as path:
        assert identify(path).name == "0102030405060708"


def test_an_unknown_port(tmp_path: Path) -> None:
    missing = str(tmp_path / "ttyACM9")
    assert sentence(missing) == (
        f"There is no port {missing}: plug the belt in, and see with plumbline ports what it is "
        "called."
    )


def test_a_file_that_is_no_port(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no port here")
    assert sentence(str(file)) == (
        f"{file} is not a serial port: see with plumbline ports which there are."
    )


def test_an_address_nobody_listens_at() -> None:
    said = sentence("socket://127.0.0.1:9")
    assert said.startswith("The port socket://127.0.0.1:9 cannot be opened (")


def test_a_name_that_is_no_address() -> None:
    assert sentence("teapot://x") == (
        "The port teapot://x cannot be opened (invalid URL, protocol 'teapot' not known): see "
        "with plumbline ports which there are."
    )


def test_a_device_that_echoes() -> None:
    with PtyEnd(lambda data: [data]) as end:
        assert sentence(end.path) == NOT_A_BELT.format(port=end.path)


def test_a_device_that_sends_something_else() -> None:
    with PtyEnd(lambda data: [b"OK\r\n>>> \x00\x01\x02\x00"]) as end:
        assert sentence(end.path) == NOT_A_BELT.format(port=end.path)


def test_a_device_that_is_silent() -> None:
    with PtyEnd(lambda data: []) as end:
        assert sentence(end.path) == SILENT.format(port=end.path)


def test_a_device_that_vanishes_before_it_answers() -> None:
    with PtyEnd(lambda data: [b"x"], hang_up_after=1) as end:
        said = sentence(end.path)
    assert said == f"The port {end.path} went away: plug the belt in and try again."


def test_a_belt_that_speaks_a_later_protocol(monkeypatch: pytest.MonkeyPatch) -> None:
    from beltwire import belt

    monkeypatch.setattr(belt.messages, "agree", lambda *versions: 0)
    with on_pty(MemoryBelt()) as path:
        assert sentence(path) == (
            "The belt speaks protocol version 1, this program version 1: update the belt's "
            "firmware."
        )


HOLD = """
import sys, fcntl, os
handle = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY)
if "lock" in sys.argv:
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
print("ready", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: str, *words: str) -> Iterator[int]:
    """Another process that has the port open; gives its number."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, path, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process.pid
        process.kill()


def in_use(path: str, pid: int) -> str:
    name = Path(f"/proc/{pid}/comm").read_text().strip()
    return f"The port {path} is in use by {name} (process {pid}): close that program and try again."


def test_a_port_that_another_program_has_locked() -> None:
    with on_pty(MemoryBelt()) as path, held(path, "lock") as pid:
        assert holders(path)[0].pid == pid
        assert sentence(path) == in_use(path, pid)


def test_a_silent_port_that_another_program_has_open() -> None:
    """It may be reading our answers away."""
    with PtyEnd(lambda data: []) as end, held(end.path) as pid:
        assert sentence(end.path) == in_use(end.path, pid)


def test_a_port_that_plumbline_itself_has_open() -> None:
    with on_pty(MemoryBelt()) as path, Port(path):
        assert sentence(path) == (
            f"The port {path} is in use by another program: close it and try again."
        )


def test_holders_of_nothing(tmp_path: Path) -> None:
    assert holders(str(tmp_path / "missing")) == []
    file = tmp_path / "file"
    file.write_text("")
    assert holders(str(file)) == []
    with file.open():
        assert holders(str(file)) == []  # we ourselves do not count
    with held(str(file)) as pid:
        assert holders(str(file)) == [Holder(pid, Path(f"/proc/{pid}/comm").read_text().strip())]


AS_NOBODY = """
import os, sys
from plumbline.errors import LinkError
from plumbline.link.discovery import identify
if os.getuid() == 0:  # root may open everything
    os.setgid(65534)
    os.setuid(65534)
try:
    identify(sys.argv[1])
except LinkError as error:
    print(error, end="")
"""


def test_a_port_one_may_not_open() -> None:
    with on_pty(MemoryBelt()) as path:
        Path(path).chmod(0)
        ran = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, path], capture_output=True, text=True, check=True
        )
    assert ran.stdout == (
        f"You may not open the port {path}: add yourself to the group that owns it (often "
        "dialout), log in again and try again."
    )


# Discovery


def listed(device: str, vid: int | None = None, pid: int | None = None) -> ListPortInfo:
    port = ListPortInfo(device)
    port.vid, port.pid = vid, pid
    return port


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> list[ListPortInfo]:
    """What the system lists; tests fill it."""
    ports: list[ListPortInfo] = []
    monkeypatch.setattr(discovery.list_ports, "comports", lambda: ports)
    return ports


def test_belts_are_looked_for_where_their_usb_ids_are(usb: list[ListPortInfo]) -> None:
    usb += [
        listed("/dev/ttyS0"),
        listed("/dev/ttyUSB1", 0x1A86, 0x7523),
        listed("/dev/ttyUSB0", 0x10C4, 0xEA60),
        listed("/dev/ttyACM1", 0x2341, 0x0043),
        listed("/dev/ttyACM0", 0x303A, 0x1001),
    ]
    assert [(port.path, port.is_belt_usb) for port in candidates()] == [
        ("/dev/ttyACM0", True),
        ("/dev/ttyACM1", False),
        ("/dev/ttyS0", False),
        ("/dev/ttyUSB0", True),
        ("/dev/ttyUSB1", True),
    ]


def test_several_belts_are_found_at_once(usb: list[ListPortInfo]) -> None:
    with (
        on_pty(MemoryBelt(name="left")) as one,
        on_pty(MemoryBelt(bytes(8), "right")) as two,
        PtyEnd(lambda data: []) as silent,
    ):
        usb += [listed(path, 0x303A) for path in (one, two, silent.path)]
        assert {(belt.port, belt.name) for belt in find_belts()} == {(one, "left"), (two, "right")}
        assert chosen_ports(None, take_all=True) == sorted([one, two])
        with pytest.raises(LinkError) as told:
            chosen_ports(None, take_all=False)
        found = sorted([(one, "left"), (two, "right")])
        names = ", ".join(f"{name} ({port})" for port, name in found)
        assert str(told.value) == (
            f"Several belts are here: {names}. Name one with --port, or take --all."
        )


def test_all_belts_are_synced_at_once_and_one_that_fails_keeps_none_back(
    usb: list[ListPortInfo], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    belts = [MemoryBelt(bytes([number] * 8), f"belt {number}") for number in range(3)]
    for number, belt in enumerate(belts):
        belt.minutes(2000 + number)
    gone = MemoryBelt(bytes([9] * 8), "gone")
    gone.minutes(3000)
    with (
        on_pty(belts[0]) as one,
        on_pty(belts[1]) as two,
        on_pty(belts[2]) as three,
        on_pty(gone, hang_up_after=20_000) as cut,
    ):
        usb += [listed(path, 0x303A) for path in (one, two, three, cut)]
        status = main(["--data", str(tmp_path), "sync", "--all"])
    out, err = capsys.readouterr()
    assert status == 2, err
    assert f"\nThe port {cut} went away" in f"\n{err}"
    for number in range(3):
        assert f"belt {number}: {2000 + number:,} new minutes" in out
    with Store.open(tmp_path) as store:
        counts = {belt.id: len(store.log_records(belt.id, 0)) for belt in store.belts()}
        for belt in belts:
            assert counts[belt.belt_id.hex()] == len(belt.records())
        assert 0 < counts[gone.belt_id.hex()] < 3000


def test_no_belt_at_all(usb: list[ListPortInfo]) -> None:
    usb.append(listed("/dev/ttyS0"))
    with pytest.raises(LinkError) as told:
        chosen_ports(None, take_all=False)
    assert str(told.value) == (
        "No belt was found: plug it in and switch it on, or name its port with --port "
        "(plumbline ports lists them)."
    )


def test_a_port_named_by_the_environment_comes_first(
    usb: list[ListPortInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    usb += [listed("/dev/ttyACM0", 0x303A), listed("/dev/pts/77")]
    monkeypatch.setenv(discovery.PORT_VARIABLE, "/dev/pts/77")
    assert candidates() == [
        PortInfo("/dev/pts/77", "named by PLUMBLINE_PORT", True),
        PortInfo("/dev/ttyACM0", "", True),
    ]


def test_several_ports_can_be_named(
    usb: list[ListPortInfo], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "anna.port"
    file.write_text("/dev/pts/5\n")
    monkeypatch.setenv(discovery.PORT_VARIABLE, f"{file};socket://localhost:4000;;/dev/pts/5")
    named = [port.path for port in candidates() if port.is_belt_usb]
    assert named == ["/dev/pts/5", "socket://localhost:4000"]


def test_a_port_file_names_a_port(tmp_path: Path) -> None:
    file = tmp_path / "port"
    file.write_text("/dev/pts/5\n")
    assert resolve_port(str(file)) == "/dev/pts/5"
    assert resolve_port("/dev/ttyACM0") == "/dev/ttyACM0"
    assert resolve_port("socket://localhost:4000") == "socket://localhost:4000"
    for text in ("\n", "two words", b"\xff\xfe".decode("latin-1")):
        file.write_text(text, encoding="latin-1")
        with pytest.raises(LinkError) as told:
            resolve_port(str(file))
        assert str(told.value) == (
            f"{file} names no port: start the virtual belt with --port-file again."
        )


def test_what_is_said_of_a_port(usb: list[ListPortInfo]) -> None:
    with on_pty(MemoryBelt()) as path:
        port = PortInfo(path, "USB JTAG", True)
        (belt,) = discovery.probe([port])
        assert describe(belt) == (
            f"{path}\tUSB JTAG\tbelt test belt, firmware 0.1.0, battery 3.92 V"
        )
    (gone,) = discovery.probe([port])
    assert gone.belt is None
    assert describe(gone).startswith(f"{path}\tUSB JTAG\tThere is no port {path}: ")
    (other,) = discovery.probe([PortInfo("/dev/ttyS0", "", False)])
    assert describe(other) == "/dev/ttyS0\t-\tno belt by its USB id; not tried"


def test_a_write_that_nobody_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    from plumbline.link import port

    monkeypatch.setattr(port, "WRITE_WAIT_S", 0.1)
    far, near = os.openpty()
    try:
        with Port(os.ttyname(near)) as opened, pytest.raises(LinkError) as told:
            opened.write(bytes(1 << 20))
        assert str(told.value) == (
            f"The device on {os.ttyname(near)} takes no data: unplug it, plug it in and try again."
        )
    finally:
        os.close(far)
        os.close(near)
