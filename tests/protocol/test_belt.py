"""The belt's end: one answer to each request, an ERROR to what cannot be done, never the end."""

import pytest
from beltwire import belt, codes, messages, pages, rules
from beltwire.decoder import FrameDecoder, encode_frame
from beltwire.errors import Refused, WireError
from beltwire.messages import Message, RemoteError
from beltwire.session import Backend, BeltSession

from tests.protocol.belts import BELT_ID, MemoryBelt, build_pages


class Wire:
    """Talks to a belt session in single frames."""

    def __init__(self, backend: Backend | None = None, *, greeted: bool = True) -> None:
        self.backend = backend if backend is not None else MemoryBelt(build_pages(60))
        self.belt = BeltSession(self.backend)
        if greeted:
            self.ask(messages.Hello(min_version=1, max_version=1))

    def raw(self, data: bytes) -> list[tuple[int, Message]]:
        """(tag, message) of everything that comes back."""
        self.belt.receive(data)
        return self.drain()

    def drain(self, at_most: int = 1000) -> list[tuple[int, Message]]:
        """(tag, message) of up to `at_most` frames the belt has to send."""
        found: list[tuple[int, Message]] = []
        while len(found) < at_most and (data := self.belt.pull()) is not None:
            for frame in FrameDecoder().feed(data):
                message = messages.unpack(frame)
                assert message is not None
                found.append((frame.tag, message))
        return found

    def ask(self, message: Message, tag: int = 1) -> list[Message]:
        """The answers to one request, all of which carry its tag."""
        answers = self.raw(message.frame(tag))
        assert {tag_back for tag_back, _ in answers} <= {tag}
        return [answer for _, answer in answers]

    def refusal(self, message: Message) -> tuple[int, int, str]:
        """Code, detail and text of the ERROR that is the only answer."""
        (error,) = self.ask(message)
        assert isinstance(error, RemoteError)
        return error.code, error.detail, error.text


def test_hello_says_who_the_belt_is() -> None:
    wire = Wire(greeted=False)
    (answer,) = wire.ask(messages.Hello(min_version=1, max_version=9))
    assert isinstance(answer, messages.HelloReply)
    assert (answer.version, answer.belt_id) == (1, BELT_ID)
    assert wire.belt.state == rules.OPEN


def test_versions_that_do_not_meet() -> None:
    wire = Wire()
    code, detail, _ = wire.refusal(messages.Hello(min_version=2, max_version=7))
    assert (code, detail) == (codes.REFUSAL_VERSION, 0x0101)
    assert wire.belt.state == rules.NEW


@pytest.mark.parametrize(
    "request_",
    [
        messages.List(),
        messages.Fetch(from_seq=1, credit=1),
        messages.Wipe(key=messages.WIPE_KEY, what=1),
        messages.SettingsGet(),
    ],
    ids=lambda request: type(request).__name__,
)
def test_a_belt_that_was_not_greeted_does_nothing(request_: Message) -> None:
    backend = MemoryBelt(build_pages(3))
    wire = Wire(backend, greeted=False)
    assert wire.refusal(request_)[:2] == (codes.REFUSAL_HELLO_FIRST, request_.TYPE)
    assert backend.wiped == 0
    wire.belt.receive(messages.Grant(allowed=5).frame(1))
    assert wire.belt.pull() is None


def test_list_ack_and_time() -> None:
    backend = MemoryBelt(build_pages(60))
    wire = Wire(backend)
    (listed,) = wire.ask(messages.List())
    assert isinstance(listed, messages.ListReply)
    assert (listed.oldest_seq, listed.next_seq) == (1, 61)
    assert wire.ask(messages.Ack(through_seq=60)) == [messages.AckReply(acked_seq=60)]
    assert wire.ask(messages.Ack(through_seq=10)) == [messages.AckReply(acked_seq=60)]
    now = messages.Time(utc_ms=1795344000000, utc_offset_min=-300)
    assert wire.ask(now) == [messages.TimeReply(boot=1, mono_ms=60_000, logged=1)]
    assert backend.times == [(1795344000000, -300)]


@pytest.mark.parametrize(
    "request_",
    [
        messages.Ack(through_seq=61),
        messages.Time(utc_ms=1577836799999, utc_offset_min=0),
        messages.Time(utc_ms=4102444800000, utc_offset_min=0),
        messages.Time(utc_ms=2**48 - 1, utc_offset_min=0),
        messages.Time(utc_ms=1795344000000, utc_offset_min=841),
        messages.Fetch(from_seq=0, credit=1),
        messages.SettingsSet(pairs=[(2, 60), (1, 3)]),
        messages.Wipe(key=messages.WIPE_KEY ^ 1, what=1),
        messages.Wipe(key=messages.WIPE_KEY, what=0),
        messages.Wipe(key=messages.WIPE_KEY, what=4),
    ],
    ids=repr,
)
def test_values_that_are_not_allowed_change_nothing(request_: Message) -> None:
    backend = MemoryBelt(build_pages(60))
    wire = Wire(backend)
    code, detail, text = wire.refusal(request_)
    assert (code, detail) == (codes.REFUSAL_RANGE, request_.TYPE)
    assert text
    assert (backend.acked, backend.times, backend.wiped) == (0, [], 0)
    assert backend.stored == MemoryBelt().stored


def test_settings_are_stored_and_unknown_ones_passed_over() -> None:
    backend = MemoryBelt()
    wire = Wire(backend)
    (answer,) = wire.ask(messages.SettingsSet(pairs=[(2, 300), (222, 5), (8, -1)]))
    assert answer == messages.SettingsSetReply(pairs=[(2, 300), (8, -1)])
    assert 222 not in backend.stored
    assert wire.ask(messages.SettingsGet()) == [
        messages.SettingsReply(pairs=[(1, 2), (2, 300), (8, -1)])
    ]


def test_of_several_values_for_one_setting_the_last_is_stored() -> None:
    taken = []

    class Listening(MemoryBelt):
        def change_settings(self, pairs: list[tuple[int, int]]) -> None:
            taken.append(pairs)
            super().change_settings(pairs)

    wire = Wire(Listening())
    wish = messages.SettingsSet(pairs=[(8, 60), (2, 300), (222, 5), (8, -1), (2, 200)])
    assert wire.ask(wish) == [messages.SettingsSetReply(pairs=[(2, 200), (8, -1)])]
    assert taken == [[(2, 200), (8, -1)]]
    wish = messages.SettingsSet(pairs=[(2, 9999), (2, 200)])
    assert wire.refusal(wish)[0] == codes.REFUSAL_RANGE


def test_the_other_requests() -> None:
    wire = Wire()
    assert wire.ask(messages.Selftest()) == [messages.SelftestReply(tested=5, failed=4)]
    assert wire.ask(messages.Calibrate(step=1)) == [
        messages.CalibrateReply(status=1, quality=0, reason=0)
    ]
    assert wire.ask(messages.Wipe(key=messages.WIPE_KEY, what=1)) == [messages.WipeReply(what=1)]
    code, detail, text = wire.refusal(messages.Wipe(key=messages.WIPE_KEY, what=2))
    assert (code, detail) == (codes.REFUSAL_BUSY, messages.WIPE)
    assert text == "not while it is measuring"


def test_unknown_and_malformed_requests_get_an_error() -> None:
    wire = Wire()
    for kind in (0x00, 0x0D, 0x3F, 0x7E):
        ((tag, error),) = wire.raw(encode_frame(kind, 9, b"whatever"))
        assert tag == 9
        assert isinstance(error, RemoteError)
        assert (error.code, error.detail) == (codes.REFUSAL_UNKNOWN, kind)
    ((_, error),) = wire.raw(encode_frame(messages.FETCH, 9, b"\x01"))
    assert isinstance(error, RemoteError)
    assert (error.code, error.detail) == (codes.REFUSAL_MALFORMED, messages.FETCH)
    assert wire.ask(messages.List())


def test_answers_are_not_answered() -> None:
    """Two belts on one line, or one on a line that echoes, must not talk for ever."""
    wire = Wire()
    for kind in (0x81, 0xFF, 0x80):
        assert wire.raw(encode_frame(kind, 1, b"")) == []
    assert wire.raw(encode_frame(messages.GRANT, 1, b"\x01")) == []
    assert wire.belt.ignored == 4


def test_waiting_answers_are_bounded() -> None:
    wire = Wire()
    wire.belt.receive(messages.List().frame(1) * 500)
    assert len(wire.drain()) == belt.MAX_ANSWERS
    assert wire.belt.dropped == 500 - belt.MAX_ANSWERS
    assert wire.ask(messages.List())


def test_a_fetch_keeps_to_its_credit() -> None:
    wire = Wire(MemoryBelt(build_pages(60, per_page=10)))
    assert len(wire.ask(messages.Fetch(from_seq=1, credit=2), tag=7)) == 2
    assert wire.belt.fetch_state == rules.WAITING
    wire.belt.receive(messages.Grant(allowed=2).frame(7) + messages.Grant(allowed=9).frame(8))
    assert wire.drain() == []
    assert len(wire.ask(messages.Grant(allowed=3), tag=7)) == 1
    wire.belt.receive(messages.Grant(allowed=3).frame(7))
    assert wire.drain() == []
    *rest, end = wire.ask(messages.Grant(allowed=100), tag=7)
    assert len(rest) == 3
    assert end == messages.FetchEnd(follows=61, next_seq=61)
    assert wire.belt.fetch_state == rules.IDLE
    assert wire.ask(messages.Grant(allowed=200), tag=7) == []


def test_fetch_end_needs_no_credit() -> None:
    wire = Wire(MemoryBelt(build_pages(20, per_page=10)))
    assert wire.ask(messages.Fetch(from_seq=21, credit=1)) == [
        messages.FetchEnd(follows=21, next_seq=21)
    ]
    found = wire.ask(messages.Fetch(from_seq=1, credit=2))
    assert len(found) == 2
    assert wire.ask(messages.Grant(allowed=3)) == [messages.FetchEnd(follows=21, next_seq=21)]


def test_credit_0_waits_for_a_grant() -> None:
    wire = Wire()
    assert wire.ask(messages.Fetch(from_seq=1, credit=0)) == []
    assert len(wire.ask(messages.Grant(allowed=1))) == 1


def test_pages_are_read_when_they_are_sent() -> None:
    backend = MemoryBelt(build_pages(60, per_page=10))
    wire = Wire(backend)
    wire.belt.receive(messages.Fetch(from_seq=1, credit=200).frame(1))
    assert backend.reads == 0
    wire.drain(at_most=2)
    assert backend.reads == 2
    backend.log += build_pages(10, first_seq=61)
    assert wire.drain()[-1][1] == messages.FetchEnd(follows=71, next_seq=71)


def test_a_page_with_the_middle_comes_whole() -> None:
    wire = Wire(MemoryBelt(build_pages(30, per_page=10)))
    first, *_ = wire.ask(messages.Fetch(from_seq=15, credit=9))
    assert isinstance(first, messages.PageMessage)
    assert first.follows == 15
    assert pages.parse_head(first.page).first_seq == 11


def test_a_new_fetch_replaces_the_running_one() -> None:
    wire = Wire(MemoryBelt(build_pages(60, per_page=10)))
    wire.belt.receive(messages.Fetch(from_seq=1, credit=100).frame(1))
    wire.drain(at_most=2)
    assert len(wire.ask(messages.Fetch(from_seq=51, credit=100), tag=2)) == 2


@pytest.mark.parametrize(
    "stopper",
    [
        messages.Hello(min_version=1, max_version=1),
        messages.Wipe(key=messages.WIPE_KEY, what=1),
    ],
    ids=lambda message: type(message).__name__,
)
def test_hello_and_wipe_end_a_fetch(stopper: Message) -> None:
    wire = Wire(MemoryBelt(build_pages(60, per_page=10)))
    wire.belt.receive(messages.Fetch(from_seq=1, credit=100).frame(1))
    wire.drain(at_most=2)
    assert len(wire.ask(stopper, tag=2)) == 1


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (OSError("flash"), codes.REFUSAL_FAILED),
        (WireError("page"), codes.REFUSAL_FAILED),
        (Refused(codes.REFUSAL_NOT_PAIRED, "pair first"), codes.REFUSAL_NOT_PAIRED),
    ],
    ids=["os", "wire", "refused"],
)
def test_a_log_that_fails_ends_the_fetch_with_an_error(failure: Exception, code: int) -> None:
    backend = MemoryBelt(build_pages(20))
    wire = Wire(backend)
    backend.failure = failure
    assert wire.refusal(messages.Fetch(from_seq=1, credit=5))[:2] == (code, messages.FETCH)
    assert wire.belt.fetch_state == rules.IDLE
    backend.failure = None
    assert len(wire.ask(messages.Fetch(from_seq=1, credit=5))) == 2


def test_a_log_that_does_not_get_on_ends_the_fetch() -> None:
    backend = MemoryBelt(build_pages(20))
    backend.read_page = lambda from_seq: backend.log[0]  # type: ignore[method-assign]
    *_, error = Wire(backend).ask(messages.Fetch(from_seq=1, credit=50))
    assert isinstance(error, RemoteError)
    assert error.code == codes.REFUSAL_FAILED


def test_flash_that_fails_is_an_error_and_no_more() -> None:
    backend = MemoryBelt(build_pages(20))
    wire = Wire(backend)
    backend.failure = OSError(5, "EIO")
    code, detail, text = wire.refusal(messages.Ack(through_seq=3))
    assert (code, detail) == (codes.REFUSAL_FAILED, messages.ACK)
    assert "EIO" in text


def test_a_bug_in_the_backend_is_not_hidden() -> None:
    backend = MemoryBelt(build_pages(20))
    wire = Wire(backend)
    backend.failure = KeyError("bug")
    with pytest.raises(KeyError):
        wire.ask(messages.Ack(through_seq=3))


def sample(mono_ms: int) -> messages.LiveSample:
    return messages.LiveSample(
        mono_ms=mono_ms,
        flexion_cdeg=100,
        lateral_cdeg=-5,
        activity=codes.SITTING,
        confidence=200,
        band=codes.UPRIGHT,
        flags=0,
    )


def test_live_samples_come_until_they_are_ended() -> None:
    backend = MemoryBelt()
    wire = Wire(backend)
    wire.belt.offer_sample(sample(1))
    assert wire.drain() == []
    assert wire.ask(messages.Live(rate=10), tag=4) == [messages.LiveReply(rate=1)]
    wire.belt.offer_sample(sample(2))
    wire.belt.offer_sample(sample(3))
    assert wire.drain() == [(4, sample(3))]
    assert wire.ask(messages.Live(rate=0), tag=5) == [messages.LiveReply(rate=0)]
    wire.belt.offer_sample(sample(4))
    assert wire.drain() == []


def repetition(number: int) -> messages.LiveRepetition:
    return messages.LiveRepetition(
        mono_ms=7, kind=codes.CHAIR_RISE, number=number, range_cdeg=3000, duration_ms=1500
    )


def test_repetitions_are_told_to_who_watches_and_the_latest_wins() -> None:
    wire = Wire(MemoryBelt())
    wire.belt.offer_repetition(repetition(1))
    assert wire.drain() == []
    wire.ask(messages.Live(rate=10), tag=4)
    wire.belt.offer_repetition(repetition(2))
    wire.belt.offer_repetition(repetition(3))
    wire.belt.offer_sample(sample(2))
    assert wire.drain() == [(4, repetition(3)), (4, sample(2))]
    wire.belt.offer_repetition(repetition(4))
    wire.ask(messages.Live(rate=0), tag=5)
    assert wire.drain() == []


def test_live_samples_pass_a_fetch() -> None:
    wire = Wire(MemoryBelt(build_pages(60, per_page=10)))
    wire.ask(messages.Live(rate=1), tag=4)
    wire.belt.receive(messages.Fetch(from_seq=1, credit=100).frame(5))
    wire.drain(at_most=2)
    wire.belt.offer_sample(sample(2))
    assert wire.drain(at_most=1) == [(4, sample(2))]
    assert len(wire.drain()) == 5


def test_hello_and_reset_end_the_live_view() -> None:
    backend = MemoryBelt()
    wire = Wire(backend)
    for end in (lambda: wire.ask(messages.Hello(min_version=1, max_version=1)), wire.belt.reset):
        wire.ask(messages.Hello(min_version=1, max_version=1))
        wire.ask(messages.Live(rate=1))
        wire.belt.offer_sample(sample(1))
        assert backend.live_rate == 1
        end()
        assert backend.live_rate == 0
        assert wire.drain() == []
    assert wire.belt.state == rules.NEW


def test_reset_forgets_what_was_to_be_sent() -> None:
    wire = Wire()
    wire.belt.receive(messages.List().frame(1) + messages.Fetch(from_seq=1, credit=9).frame(2))
    wire.belt.receive(b"\x00half a fra")
    wire.belt.reset()
    assert wire.drain() == []
    assert wire.refusal(messages.List())[0] == codes.REFUSAL_HELLO_FIRST


@pytest.mark.parametrize("message", messages.ALL, ids=lambda message: message.__name__)
def test_a_backend_that_can_do_nothing_says_so(message: type[Message]) -> None:
    wire = Wire(greeted=False)
    wire.belt.state = rules.OPEN
    wire.belt.backend = Backend()
    if message.TYPE & messages.ANSWER or message is messages.Grant:
        return
    sane = {"min_version": 1, "max_version": 1, "utc_ms": 1795344000000, "pairs": [(1, 1)]}
    sane |= {"key": messages.WIPE_KEY, "what": 1, "from_seq": 1, "credit": 3}
    sane |= {"board": "memory", "data": b""}
    sane |= {name: bytes(int(kind[1:])) for name, kind in message.LAYOUT if kind[0] == "b"}
    fields = {name: sane.get(name, 0) for name, _ in message.LAYOUT}
    assert wire.refusal(message(**fields))[0] == codes.REFUSAL_UNSUPPORTED


def test_a_step_of_the_core_is_never_taken_twice_nor_left_out() -> None:
    backend = MemoryBelt()
    wire = Wire(backend)
    wire.ask(messages.CoreBegin(mount=0, rows=bytes(18), samples=1, pairs=[(2, 60)]))
    first = messages.CoreStep(number=0, what=0, data=b"abc")
    answer = wire.ask(first)
    assert answer == [messages.CoreStepReply(number=0, status=0, rows=b"cba")]
    assert wire.ask(first) == answer
    assert backend.steps == 1
    assert wire.refusal(messages.CoreStep(number=2, what=0, data=b""))[0] == codes.REFUSAL_RANGE
    wire.ask(messages.CoreStep(number=1, what=3, data=b""))
    assert backend.steps == 2
    wire.ask(messages.CoreBegin(mount=0, rows=bytes(18), samples=0, pairs=[]))
    assert isinstance(wire.ask(first)[0], messages.CoreStepReply)


def test_a_core_takes_only_settings_that_a_belt_may_have() -> None:
    wire = Wire()
    wish = messages.CoreBegin(mount=0, rows=bytes(18), samples=0, pairs=[(2, 2_000_000_000)])
    assert wire.refusal(wish)[0] == codes.REFUSAL_RANGE
