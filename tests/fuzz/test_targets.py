"""A small share of what `python -m tests.fuzz.million` does, and that it finds what is wrong."""

import pytest
from beltwire import messages
from beltwire.host import HostSession
from beltwire.pairing import Guard

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


def test_pages_of_any_kind() -> None:
    assert take_page(LOG[0])
    assert not take_page(LOG[0][:-1])
    assert not take_page(b"")
