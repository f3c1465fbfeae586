"""Chair rises and hip hinges: counted once, told apart, and nothing else counted."""

from array import array
from pathlib import Path

import numpy as np
import pytest
from beltcore.mounting import Mounting
from beltcore.pipeline import Pipeline
from beltcore.repetitions import Repetitions
from beltcore.sets import Set
from beltwire import codes
from scipy.spatial.transform import Rotation

from tests.conftest import MicroPython
from tests.core.played import PEOPLE, ROOT, Counts, block, counts, person
from tests.core.wearer import Wearer

Told = list[tuple[int, int, int, int]]

FACING_BACK = np.array([[0.0, 0, -1], [0, 1, 0], [1, 0, 0]])  # x up, z backward: the default
MOUNTINGS = [FACING_BACK, Rotation.from_rotvec([0.0, 0, 0.9]).as_matrix() @ FACING_BACK]


def told(samples: Counts, rows: Counts | None = None) -> tuple[Told, Pipeline]:
    """What was completed: (second, kind, range in degrees, duration in ms), and the pipeline."""
    pipeline = Pipeline()
    if rows is not None:
        pipeline.calibrate(array("h", rows.ravel().tolist()))
    found = pipeline.samples.repetitions
    completed: Told = []
    for second in range(len(samples) // 52):
        pipeline.second(block(samples[52 * second : 52 * second + 52]), False, -1)
        if found.kind:
            kind, ago = found.kind, found.ago_s
            completed.append((second - ago, kind, found.range_cdeg // 100, found.duration_ms))
    return completed, pipeline


def q14(mounting: np.ndarray) -> Counts:
    """A rotation as the nine numbers of a mounting."""
    return np.asarray(np.rint(mounting * 16384), np.int64)


def bows(wearer: Wearer, depths: tuple[float, ...], pause_s: int) -> Counts:
    """Comes walking, bows as deep as asked with a pause after each, stands on."""
    parts = [wearer.walk(12), wearer.hold(4)]
    for depth in depths:
        parts += [wearer.bow(depth, 3), *[wearer.hold(1)] * pause_s]
    return np.concatenate([*parts, wearer.hold(30)])


@pytest.mark.parametrize("mounting", MOUNTINGS)
@pytest.mark.parametrize("pause_s", [0, 2])
def test_bows_are_hip_hinges_with_range_and_duration(mounting: np.ndarray, pause_s: int) -> None:
    wearer = Wearer(mounting)
    completed, pipeline = told(bows(wearer, (50, 60, 70, 50), pause_s), q14(mounting))
    assert [kind for _, kind, _, _ in completed] == [codes.HIP_HINGE] * 4
    assert [each[2] for each in completed] == pytest.approx([50, 60, 70, 50], abs=4)
    assert all(1800 <= each[3] <= 3500 for each in completed)
    assert pipeline.samples.repetitions.hinges == 4


def test_what_is_no_bow_is_none() -> None:
    wearer = Wearer(FACING_BACK)
    nodding = bows(wearer, (12, 14, 12), 1)
    stooping = np.concatenate([wearer.hold(6), wearer.move(0, 50), wearer.hold(60, 50)])
    walking = np.concatenate([wearer.hold(3), wearer.walk(60)])
    for samples in (nodding, stooping, walking):
        assert told(samples, q14(FACING_BACK))[0] == []


def test_a_set_is_told_when_it_is_complete() -> None:
    wearer = Wearer(FACING_BACK)
    samples = bows(wearer, (50, 55, 60), 1)
    pipeline = Pipeline()
    found = pipeline.samples.repetitions
    ended = []
    for second in range(len(samples) // 52):
        pipeline.second(block(samples[52 * second : 52 * second + 52]), False, -1)
        if found.ended:
            done = found.set_of()
            mean = done.range_sum // done.count
            ended.append((found.ended, done.count, mean // 100, done.span_s, done.ago_s))
    assert len(ended) == 1
    kind, count, mean, span_s, ago_s = ended[0]
    assert (kind, count, ago_s) == (codes.HIP_HINGE, 3, 20)
    assert mean == pytest.approx(55, abs=4)
    assert 10 <= span_s <= 13


def test_the_span_of_a_set_is_that_of_its_movements() -> None:
    one = Set()
    one.add(3000, 2000, 0)
    assert one.span_s == 2
    one.ago_s += 9  # noticed 9 s later that another ended 3 s ago
    one.add(5000, 2000, 3)
    assert (one.count, one.span_s, one.ago_s, one.range_sum) == (2, 8, 3, 8000)


def upright(name: str) -> Counts:
    """The mounting that a bundled recording's first seconds of standing give."""
    start, end = labelled(name, "standing")[0]
    still = counts(person(name))[int(52 * (start + 2)) : int(52 * (end - 2)), :3].mean(axis=0)
    mounting = Mounting()
    mounting.from_upright(array("i", [int(k) for k in still]))
    return np.array(mounting.rows)


def labelled(name: str, activity: str) -> list[tuple[float, float]]:
    """The stretches of an activity in a bundled recording."""
    rows = [r.split(",") for r in (ROOT / "data/recordings/labels.csv").read_text().splitlines()]
    return [(float(r[3]), float(r[4])) for r in rows if r[0] == name and r[2] == activity]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_rise_from_their_chair_once(name: str) -> None:
    (rising,) = labelled(name, "sit_to_stand")
    (sitting,) = labelled(name, "stand_to_sit")
    start = int(sitting[0]) - 10
    samples = counts(person(name))[52 * start : 52 * int(rising[1] + 20)]
    completed, _ = told(samples, upright(name))
    rises = [each for each in completed if each[1] == codes.CHAIR_RISE]
    assert len(rises) == 1
    assert rising[0] - 1 <= start + rises[0][0] <= rising[1] + 4
    assert 15 <= rises[0][2] <= 80
    assert 1000 <= rises[0][3] <= 5000


def quick_set(name: str) -> int:
    """Rises told of five: one's own sitting down and standing up with next to no pause."""
    (rising,) = labelled(name, "sit_to_stand")
    (sitting,) = labelled(name, "stand_to_sit")
    samples = counts(person(name))
    down = samples[int(52 * sitting[0]) : int(52 * sitting[1])]
    up = samples[int(52 * rising[0]) : int(52 * (rising[1] + 0.3))]
    before = samples[int(52 * (sitting[0] - 8)) : int(52 * sitting[0])]
    after = np.tile(samples[int(52 * (rising[1] + 0.3)) : int(52 * (rising[1] + 4.3))], (4, 1))
    _, pipeline = told(np.concatenate([before, *[down, up] * 5, after]), upright(name))
    return pipeline.samples.repetitions.rises


def test_quick_rises_are_told_one_by_one() -> None:
    """The pieces do not quite fit where they were joined, which costs some."""
    told_of_five = [quick_set(name) for name in PEOPLE]
    assert max(told_of_five) <= 5
    assert sum(told_of_five) >= 13


@pytest.mark.parametrize("name", PEOPLE[::2])
def test_nobody_rises_or_bows_while_walking(name: str) -> None:
    walks = labelled(name, "walking") + labelled(name, "stairs_up") + labelled(name, "stairs_down")
    completed, _ = told(counts(person(name)), upright(name))
    assert [t for t, *_ in completed if any(a <= t <= b for a, b in walks)] == []


def test_a_gap_ends_what_was_under_way() -> None:
    wearer = Wearer(FACING_BACK)
    bent = np.concatenate([wearer.walk(12), wearer.move(0, 50), wearer.hold(1, 50)])
    back = np.concatenate([wearer.hold(1, 50), wearer.move(50, 0), wearer.hold(20)])
    pipeline = Pipeline()
    for samples in (bent, back):
        for at in range(0, len(samples), 52):
            pipeline.second(block(samples[at : at + 52]), False, -1)
        pipeline.missing()
    assert pipeline.samples.repetitions.hinges == 0


def test_at_the_end_of_a_run_what_is_held_back_is_counted() -> None:
    wearer = Wearer(FACING_BACK)
    samples = np.concatenate([wearer.walk(12), wearer.hold(4), wearer.bow(40, 3), wearer.hold(1)])
    _, pipeline = told(samples, q14(FACING_BACK))
    found: Repetitions = pipeline.samples.repetitions
    assert found.hinges == 0
    assert found.flush()
    assert (found.ended, found.set_of().count, found.hinges) == (codes.HIP_HINGE, 1, 1)
    assert not found.flush()


ON_A_BELT = """
import sys
from array import array
from beltcore.pipeline import Pipeline
data = open("/counts.bin", "rb").read()
pipeline = Pipeline()
pipeline.calibrate(array("h", [int(word) for word in sys.argv[1].split(",")]))
found = pipeline.samples.repetitions
for second in range(len(data) // 624):
    pipeline.second(array("h", data[624 * second : 624 * second + 624]), False, -1)
    if found.kind:
        print(second - found.ago_s, found.kind, found.range_cdeg // 100, found.duration_ms)
"""


def test_both_interpreters_count_the_same(micropython: MicroPython, tmp_path: Path) -> None:
    name = PEOPLE[1]
    samples = np.tile(counts(person(name))[52 * 20 : 52 * 75], (3, 1))
    rows = upright(name)
    file = tmp_path / "counts.bin"
    file.write_bytes(samples.astype("<i2").tobytes())
    printed = micropython(ON_A_BELT, [",".join(str(k) for k in rows)], put=[(file, "/counts.bin")])
    there = [tuple(int(word) for word in line.split()) for line in printed.splitlines()]
    here, _ = told(samples, rows)
    assert there == here
    assert len(here) >= 3
