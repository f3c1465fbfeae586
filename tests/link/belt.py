"""A belt in memory, and a pty that it sits on: the far end of a real serial port."""

import os
import pty
import select
import threading
import tty
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Self

from beltwire import codes
from beltwire.belt import Backend, BeltSession
from beltwire.events import make
from beltwire.messages import HelloReply, ListReply
from beltwire.pages import PageWriter, parse_page
from beltwire.records import Minute, pack_event, pack_minute

BELT_ID = bytes.fromhex("0102030405060708")
BELT = BELT_ID.hex()
NOON_MS = 1_795_262_400_000  # 2026-11-21T12:00:00Z


@cache
def next_seq_of(page: bytes) -> int:
    """The sequence number behind the page's last record."""
    return parse_page(page).next_seq


class MemoryBelt(Backend):
    """A belt whose log is a list of pages, the last of them open; time moves when told."""

    def __init__(self, belt_id: bytes = BELT_ID, name: str = "test belt") -> None:
        self.belt_id = belt_id
        self.name = name
        self.boot = 1
        self.mono_s = 0
        self.pages: list[bytes] = []
        self.open = PageWriter()
        self.next_seq = 1
        self.acked = 0
        self.anchored = False
        self.open.begin(self.boot, 1, 0)

    # The log

    def log(self, kind: int, payload: bytes, t_s: int) -> None:
        if not self.open.add(kind, t_s, payload):
            self.close_page()
            assert self.open.add(kind, t_s, payload)
        self.next_seq += 1

    def close_page(self) -> None:
        if self.open.count:
            self.pages.append(self.open.to_bytes())
        self.open.begin(self.boot, self.next_seq, self.mono_s)

    def minutes(self, count: int) -> None:
        """Wear the belt for `count` minutes, sitting, bending a little more each minute."""
        for _ in range(count):
            seconds = [0] * 10
            seconds[codes.SITTING] = 60
            number = self.mono_s // 60
            minute = Minute(seconds, [60, 0, 0, 0, 0], 100 + number % 2000, -50, 4, number % 7)
            self.log(codes.KIND_MINUTE, pack_minute(minute), self.mono_s)
            self.mono_s += 60

    def event(self, code: int, *values: int) -> None:
        self.log(codes.KIND_EVENT, pack_event(make(code, *values)), self.mono_s)

    def reboot(self) -> None:
        self.boot += 1
        self.mono_s = 0
        self.anchored = False
        self.close_page()
        self.event(codes.EVENT_BOOT, codes.RESET_POWER_ON, 0, 1, 0)

    def wiped(self, boot: int | None = None) -> None:
        self.pages = []
        self.next_seq = 1
        self.acked = 0
        self.open = PageWriter()
        self.boot = self.boot + 1 if boot is None else boot
        self.mono_s = 0
        self.open.begin(self.boot, 1, 0)

    def all_pages(self) -> list[bytes]:
        return [*self.pages, *([self.open.to_bytes()] if self.open.count else [])]

    def records(self) -> list:
        return [record for page in self.all_pages() for record in parse_page(page).records]

    # What the session asks

    def hello(self) -> HelloReply:
        return HelloReply(
            version=1,
            belt_id=self.belt_id,
            firmware=bytes((0, 1, 0)),
            flags=codes.HELLO_VIRTUAL,
            boot=self.boot,
            mono_ms=self.mono_s * 1000,
            battery_mv=3920,
            max_page=512,
            board="memory",
            name=self.name,
        )

    def log_state(self) -> ListReply:
        pages = self.all_pages()
        oldest = parse_page(pages[0]).first_seq if pages else self.next_seq
        return ListReply(
            oldest_seq=oldest,
            next_seq=self.next_seq,
            acked_seq=self.acked,
            pages=len(pages),
            capacity_pages=4096,
            overwritten=oldest - 1,
        )

    def read_page(self, from_seq: int) -> bytes | None:
        for page in self.all_pages():
            if next_seq_of(page) > from_seq:
                return page
        return None

    def acknowledge(self, through_seq: int) -> int:
        self.acked = max(self.acked, through_seq)
        return self.acked

    def set_time(self, utc_ms: int, utc_offset_min: int) -> tuple[int, int, bool]:
        logged = not self.anchored
        if logged:
            self.event(codes.EVENT_CLOCK_SET, utc_ms, self.mono_s * 1000)
        self.anchored = True
        return self.boot, self.mono_s * 1000, logged

    def settings(self) -> list[tuple[int, int]]:
        return []


Answer = Callable[[bytes], Iterable[bytes]]


class PtyEnd:
    """A pty whose far end is served by a thread: `answer(bytes)` gives the chunks to send."""

    def __init__(self, answer: Answer, *, hang_up_after: int | None = None) -> None:
        self._answer = answer
        self._left = hang_up_after  # bytes sent until the line is cut
        self._far, self._near = pty.openpty()
        tty.setraw(self._near)
        self.path = os.ttyname(self._near)
        self._stop_read, self._stop_write = os.pipe()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.write(self._stop_write, b"x")
        self._thread.join()
        os.close(self._stop_read)
        os.close(self._stop_write)
        self._cut()

    def _cut(self) -> None:
        for handle in (self._far, self._near):
            if handle >= 0:
                os.close(handle)
        self._far = self._near = -1

    def _serve(self) -> None:
        while self._far >= 0:
            ready, _, _ = select.select([self._far, self._stop_read], [], [])
            if self._stop_read in ready:
                return
            for chunk in self._answer(os.read(self._far, 4096)):
                if not self._send(chunk):
                    return

    def _send(self, chunk: bytes) -> bool:
        if self._left is not None:
            chunk = chunk[: self._left]
            self._left -= len(chunk)
        while chunk:
            ready, writable, _ = select.select([self._stop_read], [self._far], [])
            if ready:
                return False
            assert writable
            chunk = chunk[os.write(self._far, chunk[:512]) :]
        if self._left == 0:
            self._cut()
            return False
        return True


def belt_answers(session: BeltSession) -> Answer:
    """What a belt sends back."""

    def answer(data: bytes) -> Iterable[bytes]:
        session.receive(data)
        while (frame := session.pull()) is not None:
            yield frame

    return answer


@contextmanager
def on_pty(belt: Backend, *, hang_up_after: int | None = None):
    """The belt behind a pty; gives its path."""
    with PtyEnd(belt_answers(BeltSession(belt)), hang_up_after=hang_up_after) as end:
        yield end.path
