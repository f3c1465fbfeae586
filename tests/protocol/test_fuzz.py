"""Fuzzing. The invariant: whatever comes, each end parses it or counts it as damaged, malformed,
stale or refused; it never raises, never grows, never falls silent, and never takes a record that
was not sent.

PLUMBLINE_FUZZ sets the number of streams into each end (default 10000). A million, faster:
`python -m tests.fuzz.million`; guided by coverage: `tests.fuzz.coverage_guided`.
"""

import os
import random

import pytest
from beltwire import belt, decoder, events, messages, pages, records, rules
from beltwire.errors import WireError
from beltwire.host import HostSession, PageReceived
from beltwire.session import BeltSession

from tests.protocol.belts import MemoryBelt, build_pages
from tests.protocol.mutate import hurt_frame, hurt_page, hurt_stream

STREAMS = int(os.environ.get("PLUMBLINE_FUZZ", "10000"))
LOG = build_pages(24, per_page=6)
SENT = {record for page in LOG for record in pages.parse_page(page).records}
# Sessions are replaced now and then, so that each state is fuzzed from its beginning too.
LIFETIME = 50


def host_stream(dice: random.Random) -> list[bytes]:
    """Valid frames of a host, in an order that makes sense."""
    host = HostSession(first_tag=dice.randrange(1, 256))
    frames = [host.hello()]
    reply = MemoryBelt().hello()
    reply.version = 1
    host.receive(reply.frame(frames[0][3]))
    frames += [host.list(), host.fetch(dice.randrange(1, 30), dice.randrange(1, 6))]
    frames += [host.grant(3), host.ack(dice.randrange(30)), host.time(1795344000000, 60)]
    frames += [host.settings_set([(2, 60), (1, 2)]), host.settings_get(), host.live(1)]
    frames += [host.calibrate(1), host.selftest()]
    return frames[: dice.randrange(1, len(frames) + 1)]


class FuzzedHost:
    """A host that waits for the answers to a whole sync, and the frames that would bring them."""

    def __init__(self, dice: random.Random) -> None:
        self.session = HostSession(first_tag=dice.randrange(1, 256))
        other = BeltSession(MemoryBelt(LOG))
        self.frames: list[bytes] = []
        self._ask(other, self.session.hello(), answered=True)
        for request in (self.session.list(), self.session.fetch(1, 20), self.session.ack(24)):
            self._ask(other, request)
        self._ask(other, self.session.time(1795344000000, 60))
        self._ask(other, self.session.live(1))

    def _ask(self, other: BeltSession, request: bytes, *, answered: bool = False) -> None:
        other.receive(request)
        while (frame := other.pull()) is not None:
            self.frames.append(frame)
            if answered:
                self.session.receive(frame)


@pytest.mark.parametrize("inside", [False, True], ids=["on_the_line", "inside_valid_frames"])
def test_the_belt_survives_anything(inside: bool) -> None:
    dice = random.Random(20 + inside)
    backend = MemoryBelt(LOG)
    session = BeltSession(backend)
    answers = 0
    for number in range(STREAMS // 2):
        if number % LIFETIME == 0:
            backend = MemoryBelt(LOG)
            session = BeltSession(backend)
        frames = host_stream(dice)
        if inside:
            stream = b"".join(hurt_frame(f, dice) if dice.random() < 0.5 else f for f in frames)
        else:
            stream = hurt_stream(b"".join(frames), dice)
        session.receive(stream)
        for _ in range(belt.MAX_ANSWERS + 1 + 255 + 2):
            frame = session.pull()
            if frame is None:
                break
            answers += 1
            (sent,) = decoder.FrameDecoder().feed(frame)
            message = messages.unpack(sent)
            if isinstance(message, messages.PageMessage):
                assert message.page in LOG
        else:
            pytest.fail("the belt does not stop sending")
        assert backend.log == LOG or backend.wiped
    assert answers > STREAMS // 4
    session.receive(b"\0" + messages.Hello(min_version=1, max_version=1).frame(1))
    assert session.pull() is not None
    assert session.state == rules.OPEN


def test_the_host_takes_nothing_that_was_not_sent() -> None:
    dice = random.Random(30)
    taken = 0
    for number in range(STREAMS // 2):
        if number % 10 == 0:
            fuzzed = FuzzedHost(random.Random(number))
        host = FuzzedHost(dice) if number % 7 == 0 else fuzzed
        for event in host.session.receive(hurt_stream(b"".join(host.frames), dice)):
            if isinstance(event, PageReceived):
                taken += 1
                assert event.data in LOG
                assert set(event.page.records) <= SENT
    assert taken > STREAMS // 100


def test_the_host_survives_liars() -> None:
    """Frames with valid checksums and nonsense inside: events or counters, never an exception."""
    dice = random.Random(40)
    seen: set[str] = set()
    for number in range(STREAMS // 2):
        if number % 10 == 0:
            host = FuzzedHost(dice)
        stream = b"".join(hurt_frame(f, dice) if dice.random() < 0.3 else f for f in host.frames)
        for event in host.session.receive(stream):
            seen.add(type(event).__name__)
            if isinstance(event, PageReceived):
                assert event.page.next_seq > event.follows
    assert {"PageReceived", "PagesLost", "ListReply"} <= seen


def test_pages_with_nonsense_inside() -> None:
    """A valid checksum over nonsense: a page whose records add up, or WireError; then records."""
    dice = random.Random(50)
    parsed = refused = 0
    for _ in range(STREAMS):
        data = hurt_page(dice.choice(LOG), dice)
        try:
            page = pages.parse_page(data)
        except WireError:
            refused += 1
            continue
        parsed += 1
        assert len(page.records) == page.count
        assert sum(4 + len(record.payload) for record in page.records) == len(data) - 20
        for record in page.records:
            try:
                records.unpack_minute(record.payload)
                events.arguments(records.unpack_event(record.payload))
            except WireError:
                refused += 1
    assert parsed > STREAMS // 20
    assert refused > STREAMS // 20


def test_nothing_grows() -> None:
    """A million bytes of noise, half of it without a zero, leave both ends as small as before."""
    dice = random.Random(60)
    host, session = HostSession(), BeltSession(MemoryBelt(LOG))
    host.hello()
    for number in range(250):
        noise = dice.randbytes(4096)
        if number % 2:
            noise = noise.replace(b"\0", b"\x01")
        assert host.receive(noise) == []
        session.receive(noise)
        assert session.pull() is None
        for end in (host, session):
            cutter = end._decoder
            assert cutter.held <= decoder.MAX_ENCODED
    assert host.damaged > 1000
    assert session.damaged > 1000
    assert len(host._awaited) == 1
