"""The live view: as fast as it says, the same angles as the core's, and no trace in the log."""

from itertools import pairwise
from pathlib import Path

import pytest
from beltwire import codes, messages
from beltwire.messages import LiveSample
from beltwire.records import pack_minute

from tests.device.bench import STILL, Bench, motion_of
from tests.device.test_belt import HELLO, ask, calibrated

NOD = [
    (round(4098 * (1 - k / 200)), 0, round(16 * k), 0, 0, 0)
    for k in [*range(104), *range(104, 0, -1)]
]
"""Four seconds: bowing and coming up again."""


def samples_of(bench: Bench, rate: int, seconds: float) -> tuple[int, list[LiveSample]]:
    """The rate the belt promises for `rate`, and what comes in so many seconds."""
    (reply,) = [a for a in ask(bench, messages.Live(rate=rate)) if not isinstance(a, LiveSample)]
    assert isinstance(reply, messages.LiveReply)
    bench.run(seconds)
    return reply.rate, [a for a in ask(bench) if isinstance(a, LiveSample)]


@pytest.mark.parametrize(("rate", "promised"), [(1, 1), (3, 4), (25, 26), (200, 26)])
def test_samples_come_as_often_as_promised(tmp_path: Path, rate: int, promised: int) -> None:
    bench = Bench(tmp_path, motion_of(NOD)).start()
    bench.run(1.5)
    ask(bench, HELLO)
    told, samples = samples_of(bench, rate, 10)
    assert told == promised
    assert 9 * promised <= len(samples) <= 11 * promised
    apart = [b.mono_ms - a.mono_ms for a, b in pairwise(samples)]
    assert max(apart) <= 1.5 * 1000 / promised
    assert min(apart) > 0


def test_a_sample_is_on_the_line_within_150_ms(tmp_path: Path) -> None:
    bench = Bench(tmp_path, motion_of(NOD)).start()
    ask(bench, HELLO, messages.Live(rate=25))
    bench.run(2)
    ask(bench)
    late = []
    for _ in range(300):
        bench.run(0.01)
        late += [bench.world.now_ms - a.mono_ms for a in ask(bench) if isinstance(a, LiveSample)]
    assert len(late) >= 75
    assert max(late) < 100


def test_the_last_sample_of_a_second_shows_what_the_core_knows(tmp_path: Path) -> None:
    calibrated(tmp_path)
    bench = Bench(tmp_path, motion_of(NOD)).start()
    ask(bench, HELLO, messages.Live(rate=25))
    bench.run(8.02)
    ask(bench)
    _, samples = samples_of(bench, 25, 1)
    core = bench.belt.pipeline.samples.inclination.up
    live = bench.belt.live._filter
    assert live is not None
    assert list(live.up) != [0, 0, 0]
    assert bench.belt.imu.filled == 0
    assert list(live.up) == list(core)
    angles = [sample.flexion_cdeg for sample in samples]
    assert max(angles) - min(angles) > 200


def test_the_log_is_the_same_with_a_live_view_and_without(tmp_path: Path) -> None:
    kept = []
    for name, rate in (("without", 0), ("with", 25)):
        folder = tmp_path / name
        folder.mkdir()
        calibrated(folder)
        bench = Bench(folder, motion_of(NOD * 20)).start()
        bench.run(7.4)
        ask(bench, HELLO, messages.Live(rate=rate))
        bench.run(100)
        ask(bench, messages.Live(rate=0))
        bench.run(150)
        kept.append([(start, pack_minute(minute)) for start, minute in bench.minutes()])
    assert len(kept[0]) >= 3
    assert kept[0] == kept[1]


def test_a_second_without_samples_is_shown_as_a_gap(tmp_path: Path) -> None:
    bench = Bench(tmp_path).start()
    ask(bench, HELLO, messages.Live(rate=25))
    bench.run(3.2)
    ask(bench)
    bench.world.imu.absent = True
    bench.run(3)
    bench.world.imu.absent = False
    gaps = [a for a in ask(bench) if isinstance(a, LiveSample) and a.flags & codes.LIVE_SENSOR_GAP]
    assert len(gaps) >= 2
    assert all(gap.flexion_cdeg == codes.NO_ANGLE for gap in gaps)
    bench.run(6)
    assert any(isinstance(a, LiveSample) and a.flexion_cdeg != codes.NO_ANGLE for a in ask(bench))
    bench.run(100)
    assert sum(bench.minutes()[0][1].seconds) >= 54


def test_ending_the_view_gives_its_room_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path, motion_of([STILL] * 52)).start()
    ask(bench, HELLO, messages.Live(rate=25))
    bench.run(3)
    ask(bench, HELLO)
    assert bench.belt.live._filter is None
    bench.run(3)
    assert ask(bench) == []
    assert bench.belt.imu.step == 52
