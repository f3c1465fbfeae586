"""Both ends back to back: a sync over lines that are clean, cut, faulty, or lose whole frames."""

import random

import pytest
from beltwire import messages, pages
from beltwire.decoder import FrameDecoder
from beltwire.host import PageReceived

from tests.protocol.belts import (
    FaultyLine,
    Joined,
    Line,
    MemoryBelt,
    build_pages,
)
from tests.protocol.syncing import GaveUp, Syncer


def records_of(log: list[bytes]) -> dict[int, pages.Record]:
    """What the log holds, by sequence number."""
    return {record.seq: record for page in log for record in pages.parse_page(page).records}


def test_a_clean_sync() -> None:
    log = build_pages(2000)
    backend = MemoryBelt(log)
    syncer = Syncer(Joined(backend)).run()
    assert syncer.records == records_of(log)
    assert backend.acked == 2000
    assert (syncer.retries, syncer.gaps) == (0, [])


def test_a_second_sync_brings_nothing() -> None:
    backend = MemoryBelt(build_pages(200))
    joined = Joined(backend)
    Syncer(joined).run()
    second = Syncer(joined).run(from_seq=201)
    assert second.records == {}
    assert second.retries == 0


def test_a_sync_goes_on_where_one_stopped() -> None:
    log = build_pages(500)
    first = Syncer(Joined(MemoryBelt(log[: len(log) // 2]))).run()
    expected = max(first.records) + 1
    second = Syncer(Joined(MemoryBelt(log))).run(from_seq=expected)
    assert first.records | second.records == records_of(log)
    assert min(second.records) == expected


def test_the_open_page_grows_between_two_syncs() -> None:
    full, part = build_pages(40), build_pages(30)
    first = Syncer(Joined(MemoryBelt(part))).run()
    second = Syncer(Joined(MemoryBelt(full))).run(from_seq=31)
    assert len(first.records) == 30
    assert first.records | second.records == records_of(full)
    for seq in first.records.keys() & second.records.keys():
        assert first.records[seq] == second.records[seq]


def test_gaps_in_the_log_are_gaps_and_no_losses() -> None:
    """Damaged pages on flash, pages overwritten at the front, and a boot in between."""
    log = build_pages(300, first_seq=1000, per_page=10)
    log += build_pages(50, first_seq=1300, boot=2, per_page=10)
    del log[0], log[5:8], log[20]
    syncer = Syncer(Joined(MemoryBelt(log))).run()
    assert syncer.records == records_of(log)
    assert syncer.gaps == [(1, 1010), (1060, 1090), (1240, 1250)]
    assert syncer.retries == 0


def test_the_log_ends_with_something_unreadable() -> None:
    class Belt(MemoryBelt):
        def log_state(self) -> messages.ListReply:
            state = super().log_state()
            state.next_seq += 25
            return state

    joined = Joined(Belt(build_pages(10))).greet()
    *_, end = joined.say(joined.host.fetch(1, 9))
    assert end == messages.FetchEnd(follows=11, next_seq=36)
    assert not joined.host.fetching


@pytest.mark.parametrize("seed", range(6))
def test_one_percent_of_all_bytes_faulty_both_ways(seed: int) -> None:
    """Changed, dropped, doubled and swapped bytes: the log arrives whole, nothing else does."""
    log = build_pages(700, per_page=4)
    up, down = FaultyLine(seed, 0.01), FaultyLine(1000 + seed, 0.01)
    joined = Joined(MemoryBelt(log), up=up, down=down)
    syncer = Syncer(joined).run()
    assert syncer.records == records_of(log)
    assert syncer.gaps == []
    assert syncer.retries > 10
    assert down.faults > 300
    assert joined.host.damaged > 50
    assert joined.belt.damaged > 0


def test_full_pages_pass_a_line_that_is_bad_in_bursts() -> None:
    """1 % of all bytes leaves no page of 512 bytes alone; a line that is bad at times does."""
    log = build_pages(900)
    dice = random.Random(3)
    bad = FaultyLine(4, 0.02)

    def bursts(data: bytes) -> bytes:
        return bad(data) if dice.random() < 0.3 else data

    syncer = Syncer(Joined(MemoryBelt(log), up=bursts, down=bursts)).run()
    assert syncer.records == records_of(log)
    assert syncer.retries > 5


def lose(chance: float, seed: int) -> Line:
    """A line that loses whole frames."""
    dice = random.Random(seed)
    return lambda data: b"" if dice.random() < chance else data


@pytest.mark.parametrize("seed", range(4))
def test_whole_frames_lost_both_ways(seed: int) -> None:
    log = build_pages(600, per_page=6)
    joined = Joined(MemoryBelt(log), up=lose(0.2, seed), down=lose(0.2, 50 + seed))
    syncer = Syncer(joined).run()
    assert syncer.records == records_of(log)
    assert syncer.retries > 5


def test_frames_doubled_and_out_of_order() -> None:
    """A line that repeats old frames at random: nothing is taken twice or at the wrong place."""
    log = build_pages(300, per_page=6)
    dice = random.Random(9)
    seen: list[bytes] = []

    def replay(data: bytes) -> bytes:
        seen.append(data)
        return data + b"".join(dice.choice(seen) for _ in range(dice.randrange(3)))

    joined = Joined(MemoryBelt(log), up=replay, down=replay)
    syncer = Syncer(joined).run()
    assert syncer.records == records_of(log)
    assert joined.host.stale > 10


def test_a_dead_line_is_given_up() -> None:
    joined = Joined(MemoryBelt(build_pages(5)), down=lambda data: b"")
    with pytest.raises(GaveUp):
        Syncer(joined, patience=20).run()


def test_a_belt_that_restarts_in_mid_fetch() -> None:
    log = build_pages(400, per_page=5)
    count = 0
    joined: Joined

    def restarting(data: bytes) -> bytes:
        nonlocal count
        count += 1
        if count % 17 == 0:
            joined.belt.reset()
        return data

    joined = Joined(MemoryBelt(log), down=restarting)
    syncer = Syncer(joined).run()
    assert syncer.records == records_of(log)
    assert syncer.retries > 3


@pytest.mark.parametrize("size", [1, 3, 64, 4096])
def test_chunks_of_any_size(size: int) -> None:
    """Each end gets its bytes in pieces, as a driver would give them."""
    log = build_pages(120)
    joined = Joined(MemoryBelt(log)).greet()
    request = joined.host.fetch(1, 200)
    for at in range(0, len(request), size):
        joined.belt.receive(request[at : at + size])
    stream = b""
    while (frame := joined.belt.pull()) is not None:
        stream += frame
    found: list[object] = []
    for at in range(0, len(stream), size):
        found += joined.host.receive(stream[at : at + size])
    assert [event.data for event in found if isinstance(event, PageReceived)] == log
    assert isinstance(found[-1], messages.FetchEnd)


def test_two_belts_joined_by_mistake_fall_silent() -> None:
    one, two = Joined(MemoryBelt()).belt, Joined(MemoryBelt()).belt
    one.receive(messages.List().frame(1))
    for _ in range(5):
        for here, there in ((one, two), (two, one)):
            while (frame := here.pull()) is not None:
                there.receive(frame)
    assert one.pull() is None
    assert two.pull() is None


def test_every_frame_of_a_sync_is_within_the_limit() -> None:
    joined = Joined(MemoryBelt(build_pages(100))).greet()
    joined.belt.receive(joined.host.fetch(1, 255))
    while (frame := joined.belt.pull()) is not None:
        assert len(frame) <= 2 + 522 + 3
        assert len(FrameDecoder().feed(frame)) == 1
