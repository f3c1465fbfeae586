"""The host's end: order is kept, stale and repeated answers are dropped, losses are told."""

from collections.abc import Callable

import pytest
from beltwire import codes, messages, pages, rules
from beltwire.decoder import encode_frame
from beltwire.errors import RangeError, StateError
from beltwire.host import HostSession, PageReceived, PagesLost, explain

from tests.protocol.belts import Joined, MemoryBelt, build_pages, event_page

Request = Callable[[HostSession], bytes]


@pytest.fixture
def host() -> HostSession:
    host = HostSession()
    host.hello()
    reply = MemoryBelt().hello()
    reply.version = 1
    assert host.receive(reply.frame(1)) == [reply]
    return host


def page(host: HostSession, tag: int, follows: int, data: bytes) -> list[object]:
    return host.receive(messages.PageMessage(follows=follows, page=data).frame(tag))


REQUESTS: dict[str, Request] = {
    "list": lambda host: host.list(),
    "fetch": lambda host: host.fetch(1, 1),
    "grant": lambda host: host.grant(1),
    "ack": lambda host: host.ack(1),
    "time": lambda host: host.time(1795344000000, 0),
    "settings_get": lambda host: host.settings_get(),
    "settings_set": lambda host: host.settings_set([(1, 1)]),
    "live": lambda host: host.live(1),
    "calibrate": lambda host: host.calibrate(1),
    "selftest": lambda host: host.selftest(),
    "wipe": lambda host: host.wipe(1),
    "developer": lambda host: host.developer(1),
    "update_begin": lambda host: host.update_begin(b"\x00\x02\x00", "memory", 3),
    "update_data": lambda host: host.update_data(0, b"abc"),
    "update_end": lambda host: host.update_end(),
    "update_state": lambda host: host.update_state(),
    "core_begin": lambda host: host.core_begin(bytes(18), True, [(2, 60)]),
    "core_step": lambda host: host.core_step(0, 0, b"samples"),
    "core_end": lambda host: host.core_end(),
    "pair": lambda host: host.pair(bytes(32)),
    "challenge": lambda host: host.challenge(bytes(16)),
    "prove": lambda host: host.prove(bytes(32)),
}


PAIRING = ("pair", "challenge", "prove")
"""Answered by a belt with a guard alone: `test_pairing.py`."""


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_hello_comes_first(name: str) -> None:
    with pytest.raises(StateError):
        REQUESTS[name](HostSession())


@pytest.mark.parametrize("name", sorted(set(REQUESTS) - {"fetch", "grant", *PAIRING}))
def test_every_request_is_answered_once(name: str) -> None:
    joined = Joined(MemoryBelt(build_pages(5))).greet()
    request = REQUESTS[name](joined.host)
    (answer,) = joined.say(request)
    assert isinstance(answer, messages.Message)
    assert request[2] == answer.TYPE & 0x7F
    # The same answer a second time, as from a line that doubles, is stale.
    stale = joined.host.stale
    assert joined.say(request) == []
    assert joined.host.stale == stale + 1


def test_versions_that_were_not_offered_are_not_taken() -> None:
    host = HostSession()
    host.hello()
    reply = MemoryBelt().hello()
    reply.version = 9
    assert host.receive(reply.frame(1)) == []
    assert host.malformed == 1
    assert host.state == rules.NEW


def test_only_the_latest_request_of_a_type_counts(host: HostSession) -> None:
    host.ack(1)
    host.ack(2)
    assert host.receive(messages.AckReply(acked_seq=1).frame(2)) == []
    assert host.receive(messages.AckReply(acked_seq=2).frame(3)) == [messages.AckReply(acked_seq=2)]
    assert host.stale == 1


def test_tags_run_from_1_to_255_and_over() -> None:
    host = HostSession(first_tag=254)
    tags = [host.hello()[3] for _ in range(3)]
    assert tags == [254, 255, 1]
    with pytest.raises(RangeError):
        HostSession(first_tag=0)


def test_unknown_and_malformed_messages_are_dropped(host: HostSession) -> None:
    host.list()
    assert host.receive(encode_frame(0xC0, 2, b"new")) == []
    assert host.receive(encode_frame(0x82, 2, b"short")) == []
    assert host.receive(b"\x00noise\x00") == []
    assert (host.unknown, host.malformed, host.damaged) == (1, 1, 1)


def test_an_echo_of_our_own_requests_is_dropped(host: HostSession) -> None:
    for request in (host.list(), host.ack(1), host.hello()):
        assert host.receive(request) == []
    assert host.stale == 3


def test_pages_in_order(host: HostSession) -> None:
    one, two = build_pages(20, per_page=10)
    host.fetch(1, 2)
    (first,) = page(host, 2, 1, one)
    assert isinstance(first, PageReceived)
    assert (first.data, first.page.first_seq, first.gap) == (one, 1, 0)
    (second,) = page(host, 2, 11, two)
    assert isinstance(second, PageReceived)
    assert host.expected == 21
    end = messages.FetchEnd(follows=21, next_seq=21)
    assert host.receive(end.frame(2)) == [end]
    assert not host.fetching
    assert host.receive(end.frame(2)) == []


def test_a_page_that_was_lost_on_the_wire_is_told(host: HostSession) -> None:
    one, _, three = build_pages(30, per_page=10)
    host.fetch(1, 3)
    page(host, 2, 1, one)
    (lost,) = page(host, 2, 21, three)
    assert isinstance(lost, PagesLost)
    assert (lost.expected, lost.follows) == (11, 21)
    assert not host.fetching
    assert page(host, 2, 11, three) == []
    assert host.fetch(lost.expected, 3)


def test_the_end_shows_that_the_last_page_was_lost(host: HostSession) -> None:
    host.fetch(1, 3)
    (lost,) = host.receive(messages.FetchEnd(follows=11, next_seq=11).frame(2))
    assert isinstance(lost, PagesLost)
    assert lost.expected == 1


def test_a_gap_in_the_log_is_no_loss(host: HostSession) -> None:
    host.fetch(5, 3)
    (found,) = page(host, 2, 5, build_pages(10, first_seq=50)[0])
    assert isinstance(found, PageReceived)
    assert found.gap == 45
    assert host.expected == 60
    assert host.fetching


def test_a_page_from_before_the_number_asked_for_is_whole(host: HostSession) -> None:
    host.fetch(5, 3)
    (found,) = page(host, 2, 5, build_pages(10)[0])
    assert isinstance(found, PageReceived)
    assert (found.gap, found.page.first_seq, host.expected) == (0, 1, 11)


def test_a_doubled_page_is_dropped(host: HostSession) -> None:
    one, two = build_pages(20, per_page=10)
    host.fetch(1, 3)
    assert len(page(host, 2, 1, one)) == 1
    assert page(host, 2, 1, one) == []
    assert len(page(host, 2, 11, two)) == 1
    assert host.receive(messages.FetchEnd(follows=11, next_seq=21).frame(2)) == []
    assert host.fetching


@pytest.mark.parametrize("tag", [0, 1, 3])
def test_pages_of_another_fetch_are_dropped(host: HostSession, tag: int) -> None:
    host.fetch(1, 3)
    assert page(host, tag, 1, build_pages(5)[0]) == []
    assert host.expected == 1


@pytest.mark.parametrize("data", [b"", b"no page", build_pages(4)[0][:-1]], ids=["", "no", "cut"])
def test_a_page_that_does_not_parse_counts_as_lost(host: HostSession, data: bytes) -> None:
    host.fetch(1, 3)
    (lost,) = page(host, 2, 1, data)
    assert isinstance(lost, PagesLost)
    assert host.malformed == 1


def test_a_page_that_brings_nothing_new_counts_as_lost(host: HostSession) -> None:
    host.fetch(11, 3)
    (lost,) = page(host, 2, 11, build_pages(10)[0])
    assert isinstance(lost, PagesLost)


def test_grants_add_up(host: HostSession) -> None:
    with pytest.raises(StateError):
        host.grant(1)
    host.fetch(1, 4)
    assert host.grant(3) == messages.Grant(allowed=7).frame(2)
    assert host.grant(3) == messages.Grant(allowed=10).frame(2)
    host.fetch(1, 4)
    assert host.grant(1) == messages.Grant(allowed=5).frame(3)


@pytest.mark.parametrize("credit", [0, 256])
def test_a_fetch_needs_a_credit(host: HostSession, credit: int) -> None:
    with pytest.raises(RangeError):
        host.fetch(1, credit)
    assert not host.fetching


def test_an_error_ends_what_it_belongs_to(host: HostSession) -> None:
    host.fetch(1, 4)
    error = messages.RemoteError(code=codes.REFUSAL_FAILED, detail=messages.FETCH, text="flash")
    assert host.receive(error.frame(77)) == []
    assert host.fetching
    assert host.receive(error.frame(2)) == [error]
    assert not host.fetching
    assert explain(error) == "The belt refused: flash."


def test_a_belt_that_restarted_wants_to_be_greeted_again() -> None:
    joined = Joined(MemoryBelt(build_pages(5))).greet()
    joined.belt.reset()
    (error,) = joined.say(joined.host.list())
    assert isinstance(error, messages.RemoteError)
    assert error.code == codes.REFUSAL_HELLO_FIRST
    with pytest.raises(StateError):
        joined.host.list()
    assert len(joined.greet().say(joined.host.list())) == 1


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (2, 3, "The belt speaks protocol version 2 to 3, this program version 1: update this "),
        (0, 0, "The belt speaks protocol version 0, this program version 1: update the belt's "),
    ],
)
def test_versions_that_do_not_meet_are_explained(low: int, high: int, sentence: str) -> None:
    host = HostSession()
    host.hello()
    error = messages.RemoteError(
        code=codes.REFUSAL_VERSION, detail=low | high << 8, text="versions"
    )
    assert host.receive(error.frame(1)) == [error]
    assert explain(error).startswith(sentence)
    with pytest.raises(StateError):
        host.list()


def test_live_samples_only_for_who_asked() -> None:
    backend = MemoryBelt()
    joined = Joined(backend).greet()
    live = messages.LiveSample(
        mono_ms=1, flexion_cdeg=2, lateral_cdeg=3, activity=4, confidence=5, band=0, flags=0
    )
    assert joined.host.receive(live.frame(2)) == []
    assert joined.say(joined.host.live(5)) == [messages.LiveReply(rate=1)]
    joined.belt.offer_sample(live)
    frame = joined.belt.pull()
    assert frame is not None
    assert joined.host.receive(frame) == [live]
    bow = messages.LiveRepetition(mono_ms=1, kind=2, number=3, range_cdeg=4, duration_ms=5)
    joined.belt.offer_repetition(bow)
    told = joined.belt.pull()
    assert told is not None
    assert joined.host.receive(told) == [bow]
    joined.say(joined.host.hello())
    assert joined.host.receive(told) == []
    assert joined.host.receive(frame) == []


def test_events_show_themselves(host: HostSession) -> None:
    host.fetch(1, 3)
    (found,) = page(host, 2, 1, event_page(codes.EVENT_CHARGE, 1))
    assert repr(found) == "PageReceived(1 to 2)"
    assert repr(PagesLost(3, 9)) == "PagesLost(expected 3, came 9)"
    assert pages.parse_page(event_page(codes.EVENT_CHARGE, 1)).count == 1
