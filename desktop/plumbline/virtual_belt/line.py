"""A serial port made of software: a pty where the system has them, a TCP port elsewhere.

A `Line` has a `port` that any serial program can open, and moves raw bytes: `read` waits for
what the other side wrote, `write` waits until it has room. `close` ends both.
"""

import os
import select
import socket
from contextlib import suppress
from typing import Protocol

try:
    import pty
    import tty
except ImportError:  # Windows has no pty: its belt is reached over TCP
    HAS_PTY = False
else:
    HAS_PTY = True

CHUNK = 4096
LOOPBACK = "127.0.0.1"


class Line(Protocol):
    """One end of a serial line; `port` is the name of the other end."""

    port: str

    def read(self) -> bytes:
        """Wait for bytes from the other end; empty when the line has been closed."""

    def write(self, data: bytes) -> None:
        """Hand all of `data` over; what nobody takes waits until the line is closed."""

    def close(self) -> None:
        """End waiting reads and writes. May be called from any thread."""


class _Stop:
    """Wakes a `select` that waits for something else."""

    def __init__(self) -> None:
        self._read, self._write = socket.socketpair()
        self.given = False

    def fileno(self) -> int:
        """For `select`."""
        return self._read.fileno()

    def give(self) -> None:
        """Wake everybody, for good."""
        self.given = True
        self._write.send(b"x")

    def close(self) -> None:
        """Release the sockets."""
        self._read.close()
        self._write.close()


class PtyLine:
    """A pseudo-terminal in raw mode; its other end stays open when programs come and go."""

    def __init__(self) -> None:
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.port = os.ttyname(self._slave)
        self._stop = _Stop()

    def read(self) -> bytes:
        """See `Line`."""
        while not self._stop.given:
            select.select([self._master, self._stop.fileno()], [], [])
            with suppress(BlockingIOError):
                return b"" if self._stop.given else os.read(self._master, CHUNK)
        return b""

    def write(self, data: bytes) -> None:
        """See `Line`."""
        while data and not self._stop.given:
            select.select([self._stop.fileno()], [self._master], [])
            with suppress(BlockingIOError):
                data = data[os.write(self._master, data) :]

    def close(self) -> None:
        """See `Line`."""
        self._stop.give()

    def release(self) -> None:
        """Give the system its handles back, once nobody reads or writes any more."""
        os.close(self._master)
        os.close(self._slave)
        self._stop.close()


class SocketLine:
    """A TCP port on this computer, which pyserial opens as `socket://`; one program at a time."""

    def __init__(self) -> None:
        self._server = socket.create_server((LOOPBACK, 0))
        self.port = f"socket://{LOOPBACK}:{self._server.getsockname()[1]}"
        self._client: socket.socket | None = None
        self._stop = _Stop()

    def read(self) -> bytes:
        """See `Line`."""
        while not self._stop.given:
            waiting = self._client or self._server
            select.select([waiting.fileno(), self._stop.fileno()], [], [])
            if self._stop.given:
                break
            if self._client is None:
                self._client = self._server.accept()[0]
                continue
            with suppress(OSError):
                data = self._client.recv(CHUNK)
                if data:
                    return data
            self._hang_up()
        return b""

    def write(self, data: bytes) -> None:
        """See `Line`; without a program on the line, what the belt says is lost."""
        client = self._client
        if client is not None:
            with suppress(OSError):
                client.sendall(data)

    def close(self) -> None:
        """See `Line`."""
        self._stop.give()
        self._hang_up()

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            client.close()

    def release(self) -> None:
        """Give the system its handles back."""
        self._server.close()
        self._stop.close()


def open_line(over_tcp: bool = False) -> PtyLine | SocketLine:
    """A new line: a pty where there are any and `over_tcp` does not ask for the other."""
    return PtyLine() if HAS_PTY and not over_tcp else SocketLine()
