"""Activity from bundled recordings, the decoder's codes, steps, and the model's tables.

The people in the bundled recordings are also in the training, so these are no measure of how well
the core recognises others (docs/accuracy.md has that); they fail when something has broken.
"""

import csv
from array import array
from functools import cache
from pathlib import Path

import pytest
from beltcore import activity_model as model
from beltcore import ensemble, sequence
from beltcore.activity import (
    CONFIDENCE,
    LAG,
    UNKNOWN_BELOW,
    Activity,
    Decoder,
    confidence,
    may_step,
    temper,
)
from beltcore.features import COUNT
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from beltcore.sequence import BOW, SITTING, STANDING, WALKING
from beltwire import codes

from tests.core import played
from tests.core.played import Counts

ROOT = Path(__file__).resolve().parents[2]
GAIT = "tests/data/gait_HA001_Test5_Trial1.csv.gz"
ONE = 64


@cache
def labels(name: str) -> list[tuple[str, float, float]]:
    """The labelled stretches of a bundled recording: activity, start and end in seconds."""
    with (ROOT / "data" / "recordings" / "labels.csv").open() as handle:
        rows = [row for row in csv.DictReader(handle) if row["recording"] == name]
    return [(row["activity"], float(row["start_s"]), float(row["end_s"])) for row in rows]


def run(samples: Counts, upright_s: float, gap: range = range(0)) -> list[tuple[int, int]]:
    """Decided (activity, steps) of every second; the pose at upright_s calibrates."""
    start = int(upright_s * 52)
    mounting = Mounting()
    mounting.from_upright(array("i", samples[start : start + 104, :3].mean(0).astype(int).tolist()))
    core, activity = Inclination(), Activity()
    ups, up = array("h", bytes(312)), array("h", bytes(312))
    body = array("h", bytes(624))
    told = []
    seconds = len(samples) // 52
    for second in range(seconds + LAG):
        if second >= seconds or second in gap:
            activity.missing()
        else:
            block = played.block(samples[52 * second : 52 * second + 52])
            core.update(block, 52, ups)
            mounting.rotate(block, 52, body)
            mounting.rotate(ups, 52, up, 3)
            activity.second(body, up)
        if second >= LAG:
            told.append((activity.decided, activity.steps))
    return told


@cache
def person(name: str) -> list[tuple[int, int]]:
    """What the core says of a bundled recording."""
    standing = next(s for s in labels(name) if s[0] == "standing" and s[2] - s[1] > 5)
    return run(played.counts(played.person(name)), standing[1] + 0.5)


@pytest.mark.parametrize("name", played.PEOPLE)
def test_activities_of_bundled_recordings(name: str) -> None:
    told = person(name)
    right = wrong = 0
    for activity, start, end in labels(name):
        if activity not in codes.ACTIVITY_NAMES:
            continue
        for second in range(len(told)):
            if second >= start and second + 1 <= end:
                same = codes.ACTIVITY_NAMES[told[second][0]] == activity
                right, wrong = right + same, wrong + (not same)
    assert right / (right + wrong) > 0.97


@pytest.mark.parametrize("name", played.PEOPLE)
def test_transitions_are_told_between_postures(name: str) -> None:
    told = person(name)
    for activity, start, end in labels(name):
        if "_to_" in activity:
            said = [told[second][0] for second in range(int(start) - 1, int(end) + 2)]
            assert codes.TRANSITION in said, f"{activity} at {start} s"


@pytest.mark.parametrize("name", played.PEOPLE)
def test_no_steps_while_sitting_or_lying(name: str) -> None:
    told = person(name)
    for activity, start, end in labels(name):
        if activity in ("sitting", "lying"):
            assert sum(steps for _, steps in told[int(start) + 1 : int(end)]) == 0


@pytest.mark.parametrize("name", played.PEOPLE)
def test_steps_while_walking_come_at_a_walkers_cadence(name: str) -> None:
    told = person(name)
    walks = [(int(a) + 1, int(b)) for activity, a, b in labels(name) if activity == "walking"]
    steps = sum(told[second][1] for a, b in walks for second in range(a, b))
    assert 1.4 < steps / sum(b - a for a, b in walks) < 2.3


def test_steps_agree_with_measured_contacts() -> None:
    with (ROOT / "tests" / "data" / "gait_initial_contacts.csv").open() as handle:
        times = [float(r["t_s"]) for r in csv.DictReader(handle) if r["recording"] in GAIT]
    told = run(played.counts(GAIT), 1.0)
    within = told[int(min(times)) : int(max(times)) + 1]
    assert len(times) == 9
    assert abs(sum(steps for _, steps in within) - len(times)) <= 1


def test_a_gap_is_bridged_and_heals() -> None:
    name = played.PEOPLE[0]
    standing = next(s for s in labels(name) if s[0] == "standing")
    whole = person(name)
    gapped = run(played.counts(played.person(name)), standing[1] + 0.5, range(80, 84))
    same = [a[0] == b[0] for a, b in zip(whole, gapped, strict=True)]
    assert sum(same) > len(same) - 12
    assert sum(same[110:]) >= len(same[110:]) - 4  # a boundary may move by a second


def decoded(rows: list[list[int]], known: bool = True) -> Decoder:
    decoder = Decoder()
    for scores in rows:
        decoder.add(array("i", scores), known)
    return decoder


def ahead(state: int, by: int) -> list[int]:
    return [by * ONE if k == state else 0 for k in range(model.CLASSES)]


def test_nothing_known_is_unknown() -> None:
    decoder = decoded([ahead(WALKING, 9)] * 40, known=False)
    assert decoder.live == decoder.decided == codes.UNKNOWN
    assert decoder.live_confidence == 0
    assert decoder.decided_confidence < UNKNOWN_BELOW


def test_confidence_grows_with_the_scores() -> None:
    weak, strong = decoded([ahead(WALKING, 1)] * 3), decoded([ahead(WALKING, 6)] * 30)
    assert strong.live == strong.decided == codes.WALKING
    assert weak.live_confidence < 80 < 95 < strong.live_confidence
    assert list(CONFIDENCE) == sorted(CONFIDENCE)
    assert confidence(0) < UNKNOWN_BELOW <= confidence(20)


def test_sitting_against_standing_counts_for_less_than_others() -> None:
    scores = array("i", [-8 * ONE] * model.CLASSES)
    scores[SITTING] = 0
    scores[STANDING] = -4 * ONE
    scores[WALKING] = -4 * ONE
    temper(scores)
    assert scores[SITTING] > scores[STANDING] > scores[WALKING]
    assert scores[SITTING] - scores[STANDING] < (scores[SITTING] - scores[WALKING]) * 2 // 3


def test_rises_are_steps_only_near_a_gait() -> None:
    scores = array("i", ahead(BOW, 5))
    assert not may_step(scores)
    scores[WALKING] = 2 * ONE
    assert may_step(scores)


def counted(settled: int, stepping: bool) -> int:
    """Steps told of a second with two rises, in the midst of seconds like it."""
    activity = Activity()
    activity.decided = codes.UNKNOWN
    activity._decoder.sequence.settled = settled
    return [activity._count_steps(2, stepping) for _ in range(30)][-1]


def test_rises_are_steps_in_a_gait_however_unsure_and_near_one_on_ones_feet() -> None:
    for gait in (sequence.WALKING, sequence.STAIRS_UP, sequence.STAIRS_DOWN, sequence.RUNNING):
        assert counted(gait, False) == 2
    for afoot in (sequence.STANDING, sequence.BOW, sequence.STANDING_UP, sequence.LYING_DOWN):
        assert counted(afoot, True) == 2
        assert counted(afoot, False) == 0
    for seated in (sequence.SITTING, sequence.LYING, sequence.BOW_SEATED):
        assert counted(seated, True) == 0


def test_the_model_takes_at_most_16_kb() -> None:
    size = len(model.FEATURES) + len(model.LIMITS) + len(model.LEAVES)
    assert len(model.FEATURES) == len(model.LIMITS) == 7 * model.TREES
    assert len(model.LEAVES) == 8 * model.TREES
    assert model.TREES % model.CLASSES == 0
    assert size <= 16384
    assert max(model.FEATURES) < COUNT


def test_a_tree_leads_to_the_leaf_its_limits_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "TREES", model.CLASSES)
    monkeypatch.setattr(model, "FEATURES", bytes([0, 1, 2, 3, 4, 5, 6] * model.CLASSES))
    monkeypatch.setattr(model, "LIMITS", bytes([10, 20, 30, 40, 50, 60, 70] * model.CLASSES))
    leaves = [128 + k for k in range(8)] * model.CLASSES
    monkeypatch.setattr(model, "LEAVES", bytes(leaves))
    scores = array("i", bytes(4 * model.CLASSES))
    for features, leaf in (
        ([10, 20, 0, 40, 0, 0, 0], 0),
        ([10, 20, 0, 41, 0, 0, 0], 1),
        ([10, 21, 0, 0, 50, 0, 0], 2),
        ([11, 0, 30, 0, 0, 61, 0], 5),
        ([11, 0, 31, 0, 0, 0, 71], 7),
    ):
        ensemble.score(bytearray(features), scores)
        assert list(scores) == [leaf] * model.CLASSES
