"""How fast a month's log comes over a serial line, beside what a developer would else use:
the same bytes by stop-and-wait, as XMODEM-1K sends them, and by mpremote's copy of a file, which
asks the board's REPL for 256 bytes at a time and gets them as the text of a Python literal.

The line is a pty whose far end is paced: 10 bits a byte at the given rate, either way. The
belt is `beltwire`'s session on a log in memory, so that the protocol is measured and not a
board. The records of 30 days are worn minutes of ordinary length.
"""

import ast
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from beltwire.belt import BeltSession
from plumbline.link.engine import sync
from plumbline.link.port import Port

from tests.link.belt import MemoryBelt, PtyEnd, belt_answers

MONTH_MIN = 30 * 24 * 60
RATES = (921_600, 115_200)
SHORT_MIN = MONTH_MIN // 8  # at the slow rate, for patience
BITS_PER_BYTE = 10
SENT_AHEAD_S = 0.02  # what a sender's buffer holds: the line does not idle while it sleeps
BLOCK = 1024
ACK = b"\x06"
REPL_BLOCK = 256  # mpremote's fs_readfile
REPL_ASK = b"print(r(256))\x04"
REPL_END = b"\r\n\x04\x04>"
Answer = Callable[[bytes], Iterable[bytes]]


class Paced:
    """Passes on what `answer` gives no faster than a line of `baud`."""

    def __init__(self, answer: Answer, baud: int) -> None:
        self._answer = answer
        self._byte_s = BITS_PER_BYTE / baud
        self._free_at = 0.0

    def __call__(self, data: bytes) -> Iterator[bytes]:
        self._spend(len(data))
        for frame in self._answer(data):
            yield frame
            self._spend(len(frame))

    def _spend(self, count: int) -> None:
        now = time.monotonic()
        self._free_at = max(self._free_at, now) + count * self._byte_s
        time.sleep(max(0.0, self._free_at - now - SENT_AHEAD_S))


def worn(minutes: int) -> MemoryBelt:
    """A belt that was worn for so long."""
    belt = MemoryBelt()
    belt.minutes(minutes)
    return belt


def fetch_s(belt: MemoryBelt, baud: int) -> float:
    """Seconds of a first sync, database and all."""
    paced = Paced(belt_answers(BeltSession(belt)), baud)
    with tempfile.TemporaryDirectory() as folder, PtyEnd(paced) as end:
        began = time.monotonic()
        sync(end.path, Path(folder), lambda told: None, lambda: False)
        return time.monotonic() - began


def stop_and_wait_s(size: int, baud: int) -> float:
    """Seconds for so many bytes as XMODEM-1K sends them: a block, an answer, the next block."""
    left = [size]

    def blocks(data: bytes) -> Iterator[bytes]:
        if left[0] > 0:
            left[0] -= BLOCK
            yield bytes(BLOCK + 5)

    with PtyEnd(Paced(blocks, baud)) as end, Port(end.path) as port:
        began = time.monotonic()
        for _ in range(-(-size // BLOCK)):
            port.write(ACK)
            came = 0
            while came < BLOCK + 5:
                came += len(port.read())
        return time.monotonic() - began


def repl_copy_s(data: bytes, baud: int) -> float:
    """Seconds for `data` as mpremote copies a file: one evaluation in the raw REPL after the other.

    In the copy's favour: the board answers at once, and raw paste's extra exchange is left out.
    """
    blocks = iter([data[at : at + REPL_BLOCK] for at in range(0, len(data), REPL_BLOCK)] + [b""])

    def board(asked: bytes) -> Iterator[bytes]:
        if asked.endswith(b"\x04"):
            yield b"OK" + repr(next(blocks)).encode() + REPL_END

    copied = bytearray()
    with PtyEnd(Paced(board, baud)) as end, Port(end.path) as port:
        began = time.monotonic()
        while True:
            port.write(REPL_ASK)
            answer = bytearray()
            while not answer.endswith(REPL_END):
                answer += port.read()
            block = ast.literal_eval(answer[2 : -len(REPL_END)].decode())
            if not block:
                break
            copied += block
        took = time.monotonic() - began
    assert copied == data
    return took


def report() -> Iterator[str]:
    """The table's lines."""
    yield (
        "| baud | log | bytes | first sync | of the line rate | stop-and-wait, 1 KB blocks "
        "| mpremote's way |"
    )
    yield "|---|---|---|---|---|---|---|"
    for baud in RATES:
        minutes = MONTH_MIN if baud == RATES[0] else SHORT_MIN
        belt = worn(minutes)
        data = b"".join(belt.all_pages())
        size = len(data)
        took = fetch_s(belt, baud)
        share = 100 * size * BITS_PER_BYTE / baud / took
        yield (
            f"| {baud:,} | {minutes / 1440:.2f} days | {size:,} | {took:.1f} s | {share:.0f} % "
            f"| {stop_and_wait_s(size, baud):.1f} s | {repl_copy_s(data, baud):.1f} s |"
        )
