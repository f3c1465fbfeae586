"""The past of a virtual belt: workdays, plausible, the same for a seed, in the belt's own log."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from beltwire import codes, events
from beltwire.pages import Record
from beltwire.records import Event, Minute, unpack_event, unpack_minute
from device.board_table import PINS
from device.files import Files
from device.flashlog import FlashLog
from plumbline.errors import UserError
from plumbline.virtual_belt import cache, clips
from plumbline.virtual_belt.clips import Library, make_library
from plumbline.virtual_belt.history import Day, workdays_before, write_history
from plumbline.virtual_belt.office import Bout, Wearer

from tests.device.logs import all_records

TODAY = date(2026, 11, 22)  # a Sunday
DAYS = 3


@pytest.fixture(scope="module")
def library(recordings: list[Path]) -> Library:
    """The clips of one recording."""
    return make_library(recordings[1:2], lambda done, total: None)


def history(folder: Path, library: Library, seed: int = 1) -> list[Record]:
    """A past, read back from the log it was written to."""
    flash = folder / "flash"
    flash.mkdir()
    assert write_history(flash, DAYS, seed, TODAY, library)
    log = FlashLog(Files(str(flash)), PINS["virtual"]["log_segments"])
    log.start()
    assert log.boot == DAYS + 1
    return all_records(log)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory, library: Library) -> list[Record]:
    return history(tmp_path_factory.mktemp("past"), library)


def events_of(past: list[Record], boot: int) -> list[Event]:
    return [unpack_event(r.payload) for r in past if r.kind == 2 and r.boot == boot]


def minutes_of(past: list[Record], boot: int) -> list[tuple[int, Minute]]:
    return [(r.t_s, unpack_minute(r.payload)) for r in past if r.kind == 1 and r.boot == boot]


def test_workdays_are_monday_to_friday_before_today() -> None:
    found = workdays_before(TODAY, 7)
    assert [day.day for day in found] == [12, 13, 16, 17, 18, 19, 20]
    assert workdays_before(date(2026, 11, 24), 1) == [date(2026, 11, 23)]


def test_every_day_is_a_boot_with_an_anchor_and_an_orderly_end(past: list[Record]) -> None:
    assert [record.seq for record in past] == list(range(1, len(past) + 1))
    for boot, day in enumerate(workdays_before(TODAY, DAYS), start=1):
        found = events_of(past, boot)
        names = [event.code for event in found]
        assert names[0] == codes.EVENT_BOOT
        assert names[-1] == codes.EVENT_SHUTDOWN
        (anchor,) = [events.arguments(e) for e in found if e.code == codes.EVENT_CLOCK_SET]
        begun = datetime.fromtimestamp((anchor["utc_ms"] - anchor["mono_ms"]) / 1000, UTC)
        local = begun.astimezone()
        assert local.date() == day
        assert 8 * 60 <= local.hour * 60 + local.minute <= 9 * 60


def test_a_day_looks_like_a_day_at_an_office(past: list[Record]) -> None:
    for boot in range(1, DAYS + 1):
        minutes = minutes_of(past, boot)
        starts = [start for start, _ in minutes]
        assert starts == [60 * n for n in range(len(minutes))]
        assert 7.5 * 60 < len(minutes) < 10.5 * 60
        seconds = np.sum([minute.seconds for _, minute in minutes], axis=0) / 60
        assert seconds[codes.SITTING] > 0.6 * len(minutes)
        assert 10 < seconds[codes.WALKING] < 120
        assert seconds[codes.STANDING] > 5
        assert seconds[codes.UNKNOWN] + seconds[codes.LYING] < 0.05 * len(minutes)
        assert 1000 < sum(minute.steps for _, minute in minutes) < 15000
        leans = [m.flexion_cdeg for _, m in minutes if m.flexion_cdeg != codes.NO_ANGLE]
        assert np.std(leans) > 200
        assert -1000 < np.mean(leans) < 2000


def test_days_differ_from_each_other(past: list[Record]) -> None:
    first, second = (minutes_of(past, boot) for boot in (1, 2))
    same = sum(a == b for a, b in zip(first, second, strict=False))
    assert same < 0.5 * min(len(first), len(second))


def test_reminders_keep_to_the_policy(past: list[Record]) -> None:
    for boot in range(1, DAYS + 1):
        given = [
            record.t_s
            for record in past
            if record.boot == boot
            and record.kind == 2
            and unpack_event(record.payload).code == codes.EVENT_REMINDER
        ]
        assert all(b - a >= 60 for a, b in pairwise(given))
        for at, start in enumerate(given):
            assert sum(start <= later < start + 3600 for later in given[at:]) <= 6


def sets_of(found: list[tuple[int, Event]]) -> list[tuple[int, int, dict[str, int]]]:
    """The sets of repetitions among events: when told, which, and what."""
    kinds = (codes.EVENT_CHAIR_RISES, codes.EVENT_HIP_HINGES)
    return [(t, e.code, events.arguments(e)) for t, e in found if e.code in kinds]


def test_who_sits_down_all_day_rises_as_often(past: list[Record], library: Library) -> None:
    """One range and one duration: the one rise that the core counts in the one recording."""
    (rise,) = library.rows[np.flatnonzero(library.rows[:, clips.REPEATED]), clips.REPEATED :]
    assert rise[0] == codes.CHAIR_RISE
    for boot in range(1, DAYS + 1):
        told = sets_of([(r.t_s, unpack_event(r.payload)) for r in past if is_event(r, boot)])
        assert 8 <= sum(each["count"] for _, _, each in told) <= 60
        for _, code, each in told:
            assert code == codes.EVENT_CHAIR_RISES
            assert (each["range_cdeg"], each["duration_ms"]) == tuple(rise[1:])
            assert each["ago_s"] == 20


def is_event(record: Record, boot: int) -> bool:
    return record.kind == codes.KIND_EVENT and record.boot == boot


class Scripted(Wearer):
    """Plays what it is told to, and does not heed the belt."""

    def __init__(self, library: Library, postures: str) -> None:
        places = {clip.posture: clip for clip in library.clips}
        names = {"s": "standing", "r": "sit_to_stand", "d": "stand_to_sit"}
        self._clips_in_order = [places[names[each]] for each in postures]

    def seconds(self, plan: list[Bout]) -> Iterator[int]:
        """Five seconds of standing for an s; for r and d the whole transition."""
        for clip in self._clips_in_order:
            last = clip.first + (5 if clip.posture == "standing" else clip.count)
            yield from range(clip.first, last)

    def feel(self, cause: int) -> None:
        raise AssertionError("nobody reminds in so short a time")


def lived(folder: Path, library: Library, postures: str) -> list[tuple[int, Event]]:
    """What the log tells of a day that goes by a script."""
    log = FlashLog(Files(str(folder)), PINS["virtual"]["log_segments"])
    log.start()
    Day(log, library, Random(1), 9 * 60, TODAY).run(Scripted(library, postures), [])
    log.flush()
    return [(r.t_s, unpack_event(r.payload)) for r in all_records(log) if r.kind == 2]


@pytest.mark.parametrize(
    ("postures", "counts"),
    [
        ("sss", []),
        ("sdsss", []),
        ("sdsr" + "s" * 9, [1]),
        ("sdsr" + "s" * 9 + "dsr" + "s" * 9, [1, 1]),
        ("sdrdrdr" + "s" * 9, [3]),
        ("sdsr" + "s" * 9 + "dr", [1, 1]),
    ],
)
def test_rises_close_together_are_one_set(
    tmp_path: Path, library: Library, postures: str, counts: list[int]
) -> None:
    found = lived(tmp_path, library, postures)
    told = sets_of(found)
    assert [each["count"] for _, _, each in told] == counts
    assert found[-1][1].code == codes.EVENT_SHUTDOWN
    clip = next(clip for clip in library.clips if clip.posture == "sit_to_stand")
    before = postures.index("r") if counts else 0
    first = 5 * postures[:before].count("s") + clip.count - 1
    first += sum(c.count for c in library.clips if c.posture == "stand_to_sit")
    if counts == [1]:
        assert told[0][0] == first + 20
    if counts == [3]:
        assert told[0][2]["span_s"] > 2 * clip.count


def test_the_same_seed_gives_the_same_days(
    tmp_path: Path, library: Library, past: list[Record]
) -> None:
    (tmp_path / "same").mkdir()
    (tmp_path / "other").mkdir()
    assert history(tmp_path / "same", library) == past
    assert history(tmp_path / "other", library, seed=2) != past


def test_a_belt_with_a_past_keeps_it(tmp_path: Path, library: Library) -> None:
    history(tmp_path, library)
    before = {path: path.read_bytes() for path in (tmp_path / "flash").rglob("*.seg")}
    assert not write_history(tmp_path / "flash", DAYS, 2, TODAY, library)
    assert {path: path.read_bytes() for path in (tmp_path / "flash").rglob("*.seg")} == before


@pytest.mark.parametrize("days", [0, -1, 76])
def test_a_past_that_does_not_fit_is_refused(tmp_path: Path, library: Library, days: int) -> None:
    with pytest.raises(UserError, match="1 to 75"):
        write_history(tmp_path, days, 1, TODAY, library)
    assert list(tmp_path.iterdir()) == []


def test_leaning_clips_lean_as_wanted(library: Library) -> None:
    leans = sorted(clip.lean_deg for clip in library.clips if clip.posture == "sitting")
    assert leans[0] < -10
    assert leans[-1] > 20
    for clip in library.clips:
        rows = library.rows[clip.first : clip.first + clip.count]
        assert abs(rows[:, clips.FLEXION].mean() / 100 - clip.lean_deg) < 0.01
        if clip.posture in ("sitting", "standing"):
            wanted = codes.ACTIVITY_NAMES.index(clip.posture)
            assert set(rows[:, clips.DECIDED].tolist()) == {wanted}


def test_the_library_is_computed_once(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    computed = []

    def compute(_recordings: list[Path], _progress: object) -> Library:
        computed.append(1)
        return library

    monkeypatch.setattr(cache, "make_library", compute)
    first = cache.load_library()
    second = cache.load_library()
    assert len(computed) == 1
    assert first.clips == second.clips == library.clips
    assert np.array_equal(second.rows, library.rows)
    (kept,) = (tmp_path / "plumbline").iterdir()
    kept.write_bytes(b"rubbish")
    assert cache.load_library().clips == library.clips
    assert len(computed) == 2
