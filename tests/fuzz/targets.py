"""Both ends of the wire as targets of fuzzing: bytes in, and what must hold whatever they are.

Each end parses what comes or counts it as damaged, malformed, stale or refused. It never raises,
never grows, never falls silent, never takes a record that was not sent, and a belt does nothing
for a host that has not proved that it has the key.
"""

import random
import zlib

from beltwire import belt, decoder, messages, pages, pairing, rules
from beltwire.errors import WireError
from beltwire.host import HostSession, PageReceived
from beltwire.session import Backend, BeltSession

from tests.protocol.belts import MemoryBelt, MemoryKeeper, build_pages

LOG = build_pages(24, per_page=6)
SENT = {record for page in LOG for record in pages.parse_page(page).records}
KEY = bytes(range(32))
LIFETIME = 50  # streams into one session: every state is met from its beginning, too
MOST_FRAMES = belt.MAX_ANSWERS + 2 + 255 + 2  # that a belt may send for one stream


class WatchedBelt(MemoryBelt):
    """Counts what it was asked for beyond its name."""

    def __init__(self) -> None:
        super().__init__(LOG)
        self.touched = 0

    def __getattribute__(self, name: str) -> object:
        if name in _ASKED:
            object.__setattr__(self, "touched", object.__getattribute__(self, "touched") + 1)
        return object.__getattribute__(self, name)


_ASKED = frozenset(name for name in vars(Backend) if not name.startswith("_")) - {"hello"}


class DicedKeeper(MemoryKeeper):
    """Random bytes that no host has heard before."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__(KEY)
        self._dice = dice

    def draw(self, count: int) -> bytes:
        return self._dice.randbytes(count)


class BeltEnd:
    """A belt's session under fire; `guarded`: it asks for a proof, and no host can give one."""

    def __init__(self, *, guarded: bool, seed: int = 1) -> None:
        self._guarded = guarded
        self._dice = random.Random(seed)
        self._left = 0
        self.answered = self.damaged = self.refused = 0
        self._begin()

    def _begin(self) -> None:
        self.backend = WatchedBelt()
        self.keeper = DicedKeeper(self._dice)
        guard = pairing.Guard(self.keeper) if self._guarded else None
        self.session = BeltSession(self.backend, guard)
        self._left = LIFETIME

    def take(self, stream: bytes) -> None:
        """One stream; AssertionError where something does not hold."""
        self._left -= 1
        if self._left < 0:
            self.damaged += self.session.damaged
            self._begin()
        self.session.receive(stream)
        assert self.session._decoder.held <= decoder.MAX_ENCODED
        assert len(self.session._answers) <= belt.MAX_ANSWERS
        self._drain()
        assert self.backend.log == LOG or self.backend.wiped
        if self._guarded:
            assert self.session.guard is not None
            assert not self.session.guard.proved
            assert self.backend.touched <= 1  # live(0), when a hello ends a live view
            assert self.keeper.kept == KEY
        self._left = 0 if self.backend.wiped else self._left

    def _drain(self) -> None:
        for _ in range(MOST_FRAMES):
            frame = self.session.pull()
            if frame is None:
                return
            (sent,) = decoder.FrameDecoder().feed(frame)
            message = messages.unpack(sent)
            self.answered += 1
            self.refused += isinstance(message, messages.RemoteError)
            if isinstance(message, messages.PageMessage):
                assert message.page in LOG
        raise AssertionError("the belt does not stop sending")

    def answers_still(self) -> bool:
        """Whether it still answers a hello, whatever has come before."""
        self.session.receive(b"\0" + messages.Hello(min_version=1, max_version=1).frame(1))
        frame = self.session.pull()
        while self.session.pull() is not None:
            continue
        return frame is not None and self.session.state == rules.OPEN


class HostEnd:
    """A host's session that waits for a whole sync; `frames` would bring it what it waits for."""

    def __init__(self, seed: int = 1) -> None:
        start = HostSession(first_tag=1 + seed % 255)
        other = BeltSession(MemoryBelt(LOG))
        self.frames: list[bytes] = []
        self._ask(start, other, start.hello(), answered=True)
        for request in (
            start.list(),
            start.fetch(1, 20),
            start.ack(24),
            start.time(1795344000000, 60),
            start.settings_get(),
            start.live(1),
            start.selftest(),
            start.settings_set([(2, 60)]),
            start.calibrate(1),
        ):
            self._ask(start, other, request)
        for request in (
            start.pair(bytes(32)),
            start.challenge(bytes(16)),
            start.prove(bytes(32)),
            start.developer(1),
            start.update_begin(bytes(3), "c3", 1 << 16),
            start.update_data(0, bytes(10)),
            start.update_end(),
            start.update_state(),
            start.core_begin(bytes(18), True, [(2, 60)]),
            start.core_step(1, 1, bytes(10)),
            start.core_end(),
        ):
            self.frames.append(granted(request))
        self._start = start
        self.pages = self.events = self.damaged = self.malformed = 0
        self._begin()

    def _ask(
        self, host: HostSession, other: BeltSession, request: bytes, *, answered: bool = False
    ) -> None:
        other.receive(request)
        while (frame := other.pull()) is not None:
            self.frames.append(frame)
            if answered:
                host.receive(frame)

    def _begin(self) -> None:
        self.session = HostSession()
        self.session.__dict__.update(self._start.__dict__)
        self.session.__dict__.update(
            _awaited=dict(self._start._awaited), _decoder=decoder.FrameDecoder()
        )

    def take(self, stream: bytes, *, honest: bool) -> None:
        """One stream; `honest`: no checksum in it was made by anybody but a belt."""
        self._begin()
        for event in self.session.receive(stream):
            self.events += 1
            if isinstance(event, PageReceived):
                self.pages += 1
                assert event.page.next_seq > event.follows
                if honest:
                    assert event.data in LOG
                    assert set(event.page.records) <= SENT
        assert self.session._decoder.held <= decoder.MAX_ENCODED
        assert len(self.session._awaited) <= len(self._start._awaited)
        self.damaged += self.session.damaged
        self.malformed += self.session.malformed


def granted(request: bytes) -> bytes:
    """The frame a belt that grants the request would answer with, its fields all one."""
    (sent,) = decoder.FrameDecoder().feed(request)
    answer = messages.unpack(decoder.Frame(sent.type | 0x80, sent.tag, bytes([1] * 64)))
    assert answer is not None
    return answer.frame(sent.tag)


def take_page(data: bytes) -> bool:
    """A page's bytes: what it says adds up, or WireError; False for the latter."""
    try:
        page = pages.parse_page(data)
    except WireError:
        return False
    assert len(page.records) == page.count
    assert sum(pages.ENTRY + len(r.payload) for r in page.records) == len(data) - 20
    return True


def checksum(data: bytes) -> bytes:
    """What ends a page."""
    return zlib.crc32(data).to_bytes(4, "little")
