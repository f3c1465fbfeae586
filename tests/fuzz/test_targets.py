"""A small share of what `python -m tests.fuzz.million` does, and that it finds what is wrong."""

import pytest
from beltwire import messages
from beltwire.host import HostSession
from beltwire.pairing import Guard
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import million, streams
from tests.fuzz.targets import LOG, BeltEnd, HostEnd, checksum, take_page

COUNT = 1500


def test_a_share_of_the_million() -> None:
    million.belt(COUNT, 1, guarded=False)
    million.belt(COUNT, 2, guarded=True)
    million.host(COUNT, 3)


def test_the_same_seed_gives_the_same_streams() -> None:
    one, other = streams.of_hosts(5), streams.of_hosts(5)
    assert [one.next() for _ in range(200)] == [other.next() for _ in range(200)]


def test_every_kind_of_stream_gets_through_to_something() -> None:
    end, source = BeltEnd(guarded=False), streams.of_hosts(7)
    answered = {}
    for _ in range(1500):
        kind, stream = source.next()
        before = end.answered
        end.take(stream)
        answered[kind] = answered.get(kind, 0) + end.answered - before
    assert answered["spoilt"] > 100
    assert answered["lying"] > 100
    assert answered["generated"] > 20


def found(work) -> bool:
    try:
        work()
    except AssertionError:
        return True
    return False


def test_a_stream_without_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(million, "HANG_S", 1)

    def hang() -> None:
        with million.ending():
            while True:
                pass

    assert found(hang)


def test_a_guard_that_lets_everybody_in_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Guard, "check", lambda guard: None)
    assert found(lambda: million.belt(COUNT, 2, guarded=True))


def test_a_page_that_nobody_sent_is_found() -> None:
    end = HostEnd()
    page = bytearray(LOG[0])
    page[40] ^= 1
    frame = messages.PageMessage(
        follows=1, page=bytes(page[:-4]) + checksum(bytes(page[:-4]))
    ).frame(end.session._fetch_tag)
    assert found(lambda: end.take(frame, honest=True))


def test_a_session_that_keeps_everything_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    request = HostSession._request

    def growing(session: HostSession, message: messages.Message) -> bytes:
        frame = request(session, message)
        session._awaited[200 + len(session._awaited)] = 1
        return frame

    def answering(session: HostSession, data: bytes) -> list[object]:
        growing(session, messages.List())
        return []

    end = HostEnd()
    monkeypatch.setattr(HostSession, "receive", answering)
    assert found(lambda: end.take(b"\0", honest=True))


REQUESTS, HOST = streams.requests(10), HostEnd()
ANY = st.binary(max_size=40)
FRAMED = st.binary(max_size=80).map(streams.framed)


@given(st.lists(st.one_of(ANY, FRAMED, st.sampled_from(REQUESTS)), max_size=12), st.booleans())
def test_whatever_a_host_says(parts: list[bytes], guarded: bool) -> None:
    end = BeltEnd(guarded=guarded)
    for part in parts:
        end.take(part)
    assert end.answers_still()


@given(st.lists(st.one_of(ANY, st.sampled_from(HOST.frames)), max_size=12))
def test_whatever_a_line_makes_of_a_belt_s_frames(parts: list[bytes]) -> None:
    HOST.take(b"".join(parts), honest=True)


@given(st.lists(st.one_of(ANY, FRAMED, st.sampled_from(HOST.frames)), max_size=12))
def test_whatever_a_lying_belt_says(parts: list[bytes]) -> None:
    HOST.take(b"".join(parts), honest=False)


def test_pages_of_any_kind() -> None:
    assert take_page(LOG[0])
    assert not take_page(LOG[0][:-1])
    assert not take_page(b"")


def test_the_host_waits_for_an_answer_to_everything_it_can_ask() -> None:
    """Pairing, updates and rehearsals too: else their answers are thrown away unread."""
    end = HostEnd()
    asked = {name for name in dir(HostSession) if not name.startswith("_")}
    asked -= {"receive", "damaged", "fetching", "grant", "wipe"}
    heard = [type(event).__name__ for event in end.session.receive(b"".join(end.frames[1:]))]
    owners = {name for name in heard if name.endswith("Reply")}
    assert {
        "PairReply",
        "ProveReply",
        "UpdateBeginReply",
        "UpdateEndReply",
        "CoreEndReply",
    } < owners
    assert len(owners) == len(asked) - 2  # hello is over; a fetch's answer is pages and an end
