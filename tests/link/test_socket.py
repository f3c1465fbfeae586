"""A belt behind a TCP port, as where there are no ptys."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from beltwire.belt import BeltSession
from plumbline.errors import LinkError
from plumbline.link.engine import sync

from tests.link.belt import NOON_MS, MemoryBelt, belt_answers


@contextmanager
def on_tcp(belt: MemoryBelt, hang_up_after: int = 1 << 40) -> Iterator[str]:
    """The belt behind a TCP port for one caller; gives its pyserial URL."""
    answer = belt_answers(BeltSession(belt))

    def serve() -> None:
        left = hang_up_after
        caller, _ = server.accept()
        with caller:
            while left > 0 and (data := caller.recv(4096)):
                for frame in answer(data):
                    caller.sendall(frame)
                    left -= len(frame)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"socket://127.0.0.1:{server.getsockname()[1]}"
        thread.join()


def run(path: str, folder: Path) -> int:
    return sync(path, folder, lambda told: None, lambda: False, lambda: NOON_MS).new_minutes


def test_a_sync_over_tcp(tmp_path: Path) -> None:
    belt = MemoryBelt()
    belt.minutes(3000)
    with on_tcp(belt) as path:
        assert run(path, tmp_path) == 3000
    with on_tcp(belt) as path:
        assert run(path, tmp_path) == 0


def test_a_caller_cut_off(tmp_path: Path) -> None:
    belt = MemoryBelt()
    belt.minutes(3000)
    with on_tcp(belt, hang_up_after=20_000) as path, pytest.raises(LinkError) as told:
        run(path, tmp_path)
    assert str(told.value).startswith(f"The port {path} went away: plug the belt in and try again.")
