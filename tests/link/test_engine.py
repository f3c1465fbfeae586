"""The sync engine against a belt on a real pty."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from beltwire import codes, messages
from beltwire.belt import BeltSession
from beltwire.decoder import FrameDecoder
from beltwire.errors import Refused
from beltwire.messages import ListReply
from beltwire.pages import parse_page
from plumbline.errors import LinkError
from plumbline.link import conversation, engine
from plumbline.link.engine import CREDIT, Progress, SyncResult, sync
from plumbline.store.archive import archive_path, read_frames
from plumbline.store.database import Store
from plumbline.store.frames import PAGE

from tests.link.belt import BELT, NOON_MS, MemoryBelt, PtyEnd, belt_answers, on_pty

EVER = (-(1 << 40), 1 << 40)
KEPT = "What had come is kept ({records} records); the next sync goes on from there."


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits of a tenth: what is lost stays lost however long one waits."""
    monkeypatch.setattr(engine, "STALL_S", 0.2)
    monkeypatch.setattr(conversation, "ANSWER_S", 0.2)
    monkeypatch.setattr(conversation, "HELLO_S", 0.1)


def run(path: str, folder: Path, **options: object) -> SyncResult:
    plain = {"progress": lambda told: None, "cancelled": lambda: False, "utc_ms": lambda: NOON_MS}
    return sync(path, folder, **plain | options)  # type: ignore[arg-type]


def sync_once(belt: MemoryBelt, folder: Path, **options: object) -> SyncResult:
    with on_pty(belt) as path:
        return run(path, folder, **options)


def records_in(folder: Path) -> list[tuple]:
    """The database's records of all logs, in order."""
    with Store.open(folder) as store:
        query = "SELECT log, seq, records.boot, t_s, kind, payload FROM records ORDER BY log, seq"
        return store._all(query)


def records_of(belt: MemoryBelt, log: int = 0) -> list[tuple]:
    return [(log, r.seq, r.boot, r.t_s, r.kind, r.payload) for r in belt.records()]


def everything(folder: Path) -> tuple[list[str], bytes]:
    with Store.open(folder) as store:
        return store.dump(), archive_path(folder, BELT).read_bytes()


def worn(minutes: int = 1000) -> MemoryBelt:
    belt = MemoryBelt()
    belt.minutes(minutes)
    return belt


def test_a_first_sync_brings_everything(tmp_path: Path) -> None:
    belt = worn(3000)
    result = sync_once(belt, tmp_path)
    assert (result.belt, result.name) == (BELT, "test belt")
    assert (result.new_minutes, result.new_events, result.records) == (3000, 1, 3001)
    assert not result.cancelled
    assert result.notices == []
    assert records_in(tmp_path) == records_of(belt)
    assert belt.acked == 3001
    archived = [f.page()[1] for f in read_frames(archive_path(tmp_path, BELT)) if f.kind == PAGE]
    assert archived == belt.all_pages()


def test_what_another_sync_reads_into_the_database_is_counted_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another belt, ended meanwhile: looking after the database reads all archives."""
    ingest = Store.ingest

    def after_another(store: Store, belt: str) -> object:
        with Store.open(store.folder) as other:
            ingest(other, belt)
        return ingest(store, belt)

    monkeypatch.setattr(Store, "ingest", after_another)
    belt = worn(1000)
    result = sync_once(belt, tmp_path)
    assert (result.new_minutes, result.records) == (1000, len(belt.records()))
    assert result.new_minutes + result.new_events == result.records


def test_a_second_sync_adds_nothing(tmp_path: Path) -> None:
    belt = worn(500)
    sync_once(belt, tmp_path)
    before = everything(tmp_path)
    result = sync_once(belt, tmp_path)
    assert (result.new_minutes, result.new_events, result.records) == (0, 0, 0)
    assert everything(tmp_path) == before


def test_a_meeting_that_brings_nothing_is_written_down_once_an_hour(tmp_path: Path) -> None:
    belt = worn(10)
    sync_once(belt, tmp_path)
    syncs = []
    for mono_s, utc_ms in ((0, 0), (1800, 1_800_000), (3600, 3_600_000), (3660, 9_000_000)):
        belt.mono_s = 600 + mono_s
        with on_pty(belt) as path:
            sync(path, tmp_path, lambda told: None, lambda: False, lambda ms=utc_ms: NOON_MS + ms)
        with Store.open(tmp_path) as store:
            syncs.append(len(store._all("SELECT * FROM syncs")))
    assert syncs == [1, 1, 2, 3]  # the last: the computer's clock was set meanwhile


def test_a_later_sync_brings_only_what_is_new(tmp_path: Path) -> None:
    belt = worn(500)
    sync_once(belt, tmp_path)
    belt.minutes(3)
    result = sync_once(belt, tmp_path)
    assert (result.new_minutes, result.new_events) == (3, 0)
    assert result.bytes < 1500  # one page and the talk around it
    assert records_in(tmp_path) == records_of(belt)


def test_an_empty_belt(tmp_path: Path) -> None:
    belt = MemoryBelt()
    belt.anchored = True  # or it would log the clock
    result = sync_once(belt, tmp_path)
    assert (result.new_minutes, result.new_events, result.cancelled) == (0, 0, False)
    assert sync_once(belt, tmp_path).records == 0


def test_minutes_are_placed_by_the_sync_itself(tmp_path: Path) -> None:
    belt = worn(10)
    belt.anchored = True  # no event: the sync is the only anchor
    sync_once(belt, tmp_path)
    with Store.open(tmp_path) as store:
        assert store.span(BELT) == (NOON_MS // 1000 - 600, NOON_MS // 1000 - 60)


def test_acknowledged_only_when_the_archive_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe: list[int] = []  # highest sequence number in the archive at each fsync
    really = os.fsync

    def fsync(handle: int) -> None:
        really(handle)
        if os.fstat(handle).st_ino == archive_path(tmp_path, BELT).stat().st_ino:
            pages = [f for f in read_frames(archive_path(tmp_path, BELT)) if f.kind == PAGE]
            safe.append(max((parse_page(f.page()[1]).next_seq - 1 for f in pages), default=0))

    monkeypatch.setattr(os, "fsync", fsync)
    belt = worn(5000)
    acked: list[tuple[int, int]] = []
    belt.acknowledge = lambda seq: acked.append((seq, safe[-1])) or seq  # type: ignore[assignment]
    sync_once(belt, tmp_path)
    assert acked == [(5001, 5001)]
    assert len(safe) >= 3  # and not only at the end
    assert safe == sorted(safe)


def test_progress_goes_forward_to_the_end(tmp_path: Path) -> None:
    told: list[Progress] = []
    sync_once(worn(2000), tmp_path, progress=told.append)
    assert [told[0].stage, told[-1].stage] == ["belt", "done"]
    assert all(step.stage == "fetch" for step in told[1:-1])
    done = [step.done for step in told]
    assert done == sorted(done)
    assert (told[-2].done, told[-2].total) == (2001, 2001)
    assert {step.total for step in told[1:-1]} == {2001}


def test_a_cancelled_sync_keeps_what_it_has(tmp_path: Path) -> None:
    belt = worn(3000)
    pages: list[int] = []
    result = sync_once(
        belt,
        tmp_path,
        progress=lambda told: pages.append(told.done),
        cancelled=lambda: len(pages) > 40,
    )
    assert result.cancelled
    assert 500 < result.records < 3001
    assert records_in(tmp_path) == records_of(belt)[: result.records]
    rest = sync_once(belt, tmp_path)
    assert result.records + rest.records == 3001
    assert records_in(tmp_path) == records_of(belt)


# What the belt does not have any more


def test_a_hole_in_the_belts_log_is_not_asked_for_again(tmp_path: Path) -> None:
    belt = worn(1000)
    lost = parse_page(belt.pages.pop(7))
    result = sync_once(belt, tmp_path)
    assert result.records == 1001 - lost.count
    with Store.open(tmp_path) as store:
        assert store.coverage(BELT).intervals() == [(1, 1001)]
    assert records_in(tmp_path) == records_of(belt)
    assert sync_once(belt, tmp_path).bytes < 1500


def test_a_log_whose_beginning_was_overwritten(tmp_path: Path) -> None:
    belt = worn(1000)
    del belt.pages[:10]
    sync_once(belt, tmp_path)
    assert records_in(tmp_path) == records_of(belt)
    belt.minutes(2000)
    del belt.pages[: len(belt.pages) - 5]  # everything that is here, and more, is gone
    sync_once(belt, tmp_path)
    with Store.open(tmp_path) as store:
        assert store.coverage(BELT).intervals() == [(1, 3001)]
    assert sync_once(belt, tmp_path).records == 0


@pytest.mark.parametrize("minutes", [0, 10, 700, 3000])
def test_a_wiped_belt_begins_a_new_log(tmp_path: Path, minutes: int) -> None:
    """Whether its new log is shorter, or has grown past the old one's end."""
    belt = worn(1000)
    sync_once(belt, tmp_path)
    before = records_of(belt)
    belt.wiped(boot=1)
    belt.minutes(minutes)
    later = {"utc_ms": lambda: NOON_MS + minutes * 60_000}
    result = sync_once(belt, tmp_path, **later)
    assert result.new_minutes == minutes
    assert result.notices == [
        "The belt's memory was wiped since the last sync; its log begins anew."
    ]
    assert records_in(tmp_path) == before + records_of(belt, log=1)
    with Store.open(tmp_path) as store:
        assert len(store.minutes(*EVER)) == 1000 + minutes  # the old ones kept their place
        assert store.unplaced() == 0
    again = sync_once(belt, tmp_path, **later)
    assert (again.records, again.notices) == (0, [])


def test_a_clean_fetch_is_asked_for_once_and_kept_going_by_grants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "STALL_S", 20.0)  # however busy the machine is
    belt = worn(3000)
    assert len(belt.all_pages()) > 3 * CREDIT
    asked: list[int] = []
    heard, answer = FrameDecoder(), belt_answers(BeltSession(belt))

    def listening(data: bytes) -> Iterable[bytes]:
        asked.extend(frame.type for frame in heard.feed(data))
        return answer(data)

    with PtyEnd(listening) as end:
        sync(end.path, tmp_path, lambda told: None, lambda: False, lambda: NOON_MS)
    assert asked.count(messages.FETCH) == 1
    assert asked.count(messages.GRANT) >= 2


# What goes wrong on the wire


def spoilt(belt: MemoryBelt, spoil: Callable[[int, bytes], Iterable[bytes]]) -> PtyEnd:
    """The belt behind a line that does `spoil(number, frame)` to each frame it sends."""
    answer, count = belt_answers(BeltSession(belt)), iter(range(1 << 30))

    def spoiling(data: bytes) -> Iterable[bytes]:
        for frame in answer(data):
            yield from spoil(next(count), frame)

    return PtyEnd(spoiling)


def flip(frame: bytes) -> bytes:
    return frame[:-9] + bytes([frame[-9] ^ 0xFF or 1]) + frame[-8:]


SPOILINGS = {
    "every 7th lost": lambda n, frame: [] if n % 7 == 3 else [frame],
    "every 7th damaged": lambda n, frame: [flip(frame)] if n % 7 == 3 else [frame],
    "every 3rd doubled": lambda n, frame: [frame] * (1 + (n % 3 == 0)),
    "garbage between": lambda n, frame: [b"\x00\x07garbage\x00", frame, b"boot: x\r\n"],
    "one byte at a time": lambda n, frame: [frame[i : i + 1] for i in range(len(frame))],
    "the first hellos lost": lambda n, frame: [] if n < 2 else [frame],
}


@pytest.mark.parametrize("spoil", SPOILINGS.values(), ids=SPOILINGS.keys())
def test_a_bad_line_loses_and_doubles_nothing(
    tmp_path: Path, spoil: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TRIES", 50)  # however busy the machine is
    belt = worn(700)
    with spoilt(belt, spoil) as end:  # type: ignore[arg-type]
        run(end.path, tmp_path)
    assert records_in(tmp_path) == records_of(belt)


def test_a_belt_that_falls_silent(tmp_path: Path) -> None:
    belt = worn(3000)
    with spoilt(belt, lambda n, frame: [frame] if n < 30 else []) as end:
        with pytest.raises(LinkError) as told:
            run(end.path, tmp_path)
        kept = len(records_in(tmp_path))
        assert str(told.value) == (
            f"The belt on {end.path} stopped answering: check its cable and its battery, then "
            f"try again. {KEPT.format(records=kept)}"
        )
    assert records_in(tmp_path) == records_of(belt)[:kept]
    assert kept > 100  # of some 540 sent; what the pty still held went with the cable
    sync_once(belt, tmp_path)
    assert records_in(tmp_path) == records_of(belt)


def test_a_cable_pulled_in_mid_fetch(tmp_path: Path) -> None:
    belt = worn(3000)
    with on_pty(belt, hang_up_after=20_000) as path, pytest.raises(LinkError) as told:
        run(path, tmp_path)
    kept = len(records_in(tmp_path))
    assert kept > 100  # of some 540 sent; what the pty still held went with the cable
    assert str(told.value) == (
        f"The port {path} went away: plug the belt in and try again. {KEPT.format(records=kept)}"
    )
    assert records_in(tmp_path) == records_of(belt)[:kept]
    sync_once(belt, tmp_path)
    assert records_in(tmp_path) == records_of(belt)


def test_a_belt_that_restarts_in_mid_fetch(tmp_path: Path) -> None:
    belt = worn(3000)
    session = BeltSession(belt)
    answer, sent = belt_answers(session), []

    def answering(data: bytes) -> Iterable[bytes]:
        for frame in answer(data):
            sent.append(frame)
            yield frame
            if len(sent) == 40:
                belt.reboot()
                session.reset()

    with PtyEnd(answering) as end:
        result = run(end.path, tmp_path)
    assert result.records == 3003  # the minutes, the start, and the clock set in either boot
    assert records_in(tmp_path) == records_of(belt)


def test_a_belt_exchanged_in_mid_sync(tmp_path: Path) -> None:
    belt = worn(3000)
    session = BeltSession(belt)
    answer, sent = belt_answers(session), []

    def answering(data: bytes) -> Iterable[bytes]:
        for frame in answer(data):
            sent.append(frame)
            yield frame
            if len(sent) == 40:
                belt.belt_id = bytes(8)
                session.reset()

    with PtyEnd(answering) as end, pytest.raises(LinkError) as told:
        run(end.path, tmp_path)
    assert str(told.value) == ("Another belt was plugged in during the sync: start the sync again.")
    with Store.open(tmp_path) as store:
        assert [info.id for info in store.belts()] == [BELT]


def test_a_busy_belt_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "BUSY_S", 0.0)
    belt = worn(10)
    really, asked = belt.set_time, []

    def busy_at_first(utc_ms: int, offset: int) -> tuple[int, int, bool]:
        asked.append(utc_ms)
        if len(asked) < 3:
            raise Refused(codes.REFUSAL_BUSY, "writing")
        return really(utc_ms, offset)

    belt.set_time = busy_at_first  # type: ignore[method-assign]
    assert sync_once(belt, tmp_path).new_minutes == 10
    assert len(asked) == 3
    monkeypatch.setattr(conversation, "BUSY_ATTEMPTS", 2)
    asked.clear()
    with on_pty(belt) as path, pytest.raises(LinkError) as told:
        run(path, tmp_path)
    assert str(told.value) == "The belt is busy: try again in a minute."


def test_a_refusal_is_told_in_the_belts_words(tmp_path: Path) -> None:
    class Stubborn(MemoryBelt):
        def log_state(self) -> ListReply:
            raise Refused(codes.REFUSAL_FAILED, "the flash is worn out")

    with on_pty(Stubborn()) as path, pytest.raises(LinkError) as told:
        run(path, tmp_path)
    assert str(told.value) == "The belt refused: the flash is worn out."


def test_a_computer_before_2020_is_told_to_set_its_clock(tmp_path: Path) -> None:
    with on_pty(worn(10)) as path, pytest.raises(LinkError) as told:
        sync(path, tmp_path, lambda told: None, lambda: False, utc_ms=lambda: 86_400_000)
    assert str(told.value) == ("This computer's clock shows 1970-01-02: set it, then sync again.")
