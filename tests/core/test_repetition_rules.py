"""What makes a swing a chair rise or a hip hinge, rule by rule: the state machine is scripted."""

from itertools import pairwise

import numpy as np
import pytest
from beltcore import sequence
from beltcore.motion import Motion
from beltcore.repetitions import Repetitions
from beltwire import codes

from tests.core.played import Counts
from tests.core.wearer import Wearer

Found = list[tuple[int, int]]

ST, SI, SU = sequence.STANDING, sequence.SITTING, sequence.STANDING_UP
SD, WA, RU, LY = sequence.SITTING_DOWN, sequence.WALKING, sequence.RUNNING, sequence.LYING
RISE, HINGE = codes.CHAIR_RISE, codes.HIP_HINGE


@pytest.fixture
def wearer() -> Wearer:
    """Wears the belt so that its axes are the body's."""
    return Wearer(np.eye(3))


def driven(
    wearer: Wearer, parts: list[tuple[Counts, int]], paces: int = 0
) -> tuple[Found, Repetitions]:
    """Played with the state that each part is in; paces: steps a second while in a gait."""
    motion, found = Motion(), Repetitions()
    told: Found = []
    samples = np.concatenate([part for part, _ in parts])
    states = [state for part, state in parts for _ in range(len(part) // 52)]
    for second, (block, ups) in enumerate(wearer.seconds(samples)):
        motion.add(block, ups)
        state = states[second]
        found.second(motion, state, paces if state in (WA, RU) else 0)
        if found.kind:
            told.append((second - found.ago_s, found.kind))
    return told, found


def kinds(wearer: Wearer, parts: list[tuple[Counts, int]], paces: int = 0) -> list[int]:
    """The kinds told, in order."""
    return [kind for _, kind in driven(wearer, parts, paces)[0]]


def path(wearer: Wearer, *flexions_deg: float) -> Counts:
    """A second from each angle to the next."""
    return np.concatenate([wearer.move(a, b, 1) for a, b in pairwise(flexions_deg)])


def test_a_bow_that_is_held_is_a_hinge(wearer: Wearer) -> None:
    stand = (wearer.hold(4), ST)
    held = [(path(wearer, 0, 60), ST), (wearer.hold(2, 60), ST), (path(wearer, 60, 0), ST)]
    assert kinds(wearer, [stand, *held, (wearer.hold(12), ST)]) == [HINGE]


@pytest.mark.parametrize(
    ("seat_deg", "kind"), [(60, HINGE), (57, HINGE), (52, RISE), (36, RISE), (30, RISE)]
)
def test_who_leans_back_again_has_met_a_seat(wearer: Wearer, seat_deg: float, kind: int) -> None:
    """Forward, then back by a swing and more, and at rest there (Zijlstra et al. 2012)."""
    down = [(path(wearer, 0, 70, seat_deg), SD), (wearer.hold(3, seat_deg), SD)]
    up = [(path(wearer, seat_deg, 85, 0), ST), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(4), ST), *down, *up]) == [kind]


def test_rising_from_long_sitting_is_known_from_the_state(wearer: Wearer) -> None:
    sit = [(wearer.hold(8, -10), SI)]
    rise = [(path(wearer, -10, 30, 0), SU), (wearer.hold(3), SU), (wearer.hold(10), ST)]
    told, found = driven(wearer, sit + rise)
    assert [kind for _, kind in told] == [RISE]
    assert 8 <= told[0][0] <= 11
    assert 2800 <= found.range_cdeg <= 4300
    assert 1500 <= found.duration_ms <= 3200


def test_sitting_to_and_fro_is_nothing(wearer: Wearer) -> None:
    rocking = path(wearer, 0, 30, 0, 30, 0, 25, -10, 30, 0)
    assert kinds(wearer, [(wearer.hold(8), SI), (rocking, SI), (wearer.hold(30), SI)]) == []


def strides(wearer: Wearer, seconds: int) -> Counts:
    """The trunk sways with each stride, so a swing that is under way does not end."""
    t = np.arange(52 * seconds) / 52
    return wearer.lean(4 * np.sin(2 * np.pi * 0.9 * t), 3 * np.sin(2 * np.pi * 0.9 * t))


@pytest.mark.parametrize("sat_s", [3, 8])
def test_who_rises_and_walks_off_has_risen(wearer: Wearer, sat_s: int) -> None:
    """On a tilted seat, taken before the eyes of the belt or long ago."""
    known = SI if sat_s > 4 else SD
    down = [
        (wearer.hold(4), ST),
        (path(wearer, 0, 30, -20), known),
        (wearer.hold(sat_s, -20), known),
    ]
    off = [(path(wearer, -20, 25, 0), SU), (strides(wearer, 2), SU), (strides(wearer, 12), WA)]
    told, found = driven(wearer, down + off, paces=2)
    assert [kind for _, kind in told] == [RISE]
    begun = 6 + sat_s
    assert begun <= told[0][0] <= begun + 4
    assert 1500 <= found.duration_ms <= 8000


def test_a_bow_at_the_end_of_a_walk_is_a_hinge(wearer: Wearer) -> None:
    """Footfalls are no seat, and what comes to rest leant is no stride."""
    walk = wearer.walk(10)
    bow = [
        (jolted(path(wearer, 0, 50), 26), WA),
        (wearer.hold(2, 50), WA),
        (path(wearer, 50, 0), ST),
    ]
    assert kinds(wearer, [(walk, WA), *bow, (wearer.hold(12), ST)], paces=2) == [HINGE]


def test_a_stride_is_nothing_however_it_swings(wearer: Wearer) -> None:
    swaying = path(wearer, 0, 30, 0, 30, 0, 18, 18, 0)
    assert kinds(wearer, [(wearer.walk(8), WA), (swaying, WA), (wearer.hold(9), WA)], 2) == []


@pytest.mark.parametrize(("state", "told"), [(WA, [HINGE]), (RU, [])])
def test_who_runs_does_neither(wearer: Wearer, state: int, told: list[int]) -> None:
    bow = [(path(wearer, 0, 50), state), (wearer.hold(2, 50), state), (path(wearer, 50, 0), state)]
    assert kinds(wearer, [(wearer.walk(8), state), *bow, (wearer.hold(12), state)], 2) == told


def test_what_looked_like_a_bow_was_a_rise_where_the_wearer_was_known_to_sit(
    wearer: Wearer,
) -> None:
    lean = path(wearer, 0, 30, 0)
    stood = [(lean, ST), (wearer.hold(1), SI), (wearer.hold(3), SU), (wearer.hold(9), ST)]
    assert kinds(wearer, [(wearer.hold(6), ST), *stood]) == [RISE]
    crouched = [(lean, SD), (wearer.hold(3), SU), (wearer.hold(9), ST)]
    assert kinds(wearer, [(wearer.hold(6), ST), *crouched]) == [HINGE]


def test_the_sitting_down_is_not_counted_with_the_rising(wearer: Wearer) -> None:
    """On an upright seat both look like a bow; the state machine saw the wearer sit."""
    lean = path(wearer, 0, 35, 0)
    parts = [(wearer.hold(6), ST), (lean, SD), (wearer.hold(2), SI), (lean, SU)]
    assert kinds(wearer, [*parts, (wearer.hold(2), SU), (wearer.hold(9), ST)]) == [RISE]


def test_who_turns_out_to_sit_has_neither_bowed_nor_risen(wearer: Wearer) -> None:
    lean = path(wearer, 0, 35, 0)
    assert kinds(wearer, [(wearer.hold(6), ST), (lean, SD), (wearer.hold(20), SI)]) == []


def test_lying_down_ends_the_sitting(wearer: Wearer) -> None:
    """Who sat, lay, and gets up and walks off has not risen from a chair."""
    lain = [(wearer.hold(8), SI), (path(wearer, 0, -80), LY), (wearer.hold(8, -80), LY)]
    off = [(path(wearer, -80, 0), sequence.RISING_TO_STAND), (strides(wearer, 12), WA)]
    assert kinds(wearer, lain + off, paces=2) == []


def test_what_takes_too_long_is_nothing(wearer: Wearer) -> None:
    slow = [(path(wearer, 0, 40), ST), (wearer.hold(20, 40), ST), (path(wearer, 40, 0), ST)]
    assert kinds(wearer, [(wearer.hold(4), ST), *slow, (wearer.hold(9), ST)]) == []


def jolted(samples: Counts, at: int, counts: int = 3700) -> Counts:
    """The seat is met: 0.9 g upwards for a tenth of a second from sample `at` on."""
    samples[at : at + 5, 2] += counts
    return samples


def test_a_nod_is_no_bow(wearer: Wearer) -> None:
    nod = [(path(wearer, 0, 17.5, 0), ST), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(6), ST), *nod]) == []


def test_a_jolt_is_a_seat(wearer: Wearer) -> None:
    """Sat down on a seat that tilts one by 30 degrees, with a jolt or held there like a bow."""
    for hit, kind in ((jolted, RISE), (lambda samples, at: samples, HINGE)):
        down = hit(path(wearer, 0, 30), 40)
        seat = [(down, SD), (wearer.hold(2, 30), SD), (path(wearer, 30, 0), ST)]
        assert kinds(wearer, [(wearer.hold(4), ST), *seat, (wearer.hold(12), ST)]) == [kind]


@pytest.mark.parametrize(("forward_deg", "kind"), [(8, HINGE), (16, RISE)])
def test_forward_and_then_back_is_a_seat(wearer: Wearer, forward_deg: float, kind: int) -> None:
    down = [(path(wearer, 0, forward_deg, -30), SD), (wearer.hold(2, -30), SD)]
    up = [(path(wearer, -30, 0), ST), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(4), ST), *down, *up]) == [kind]


def test_going_down_to_an_upright_seat_is_half_a_repetition(wearer: Wearer) -> None:
    """0.4 m lower with a lean of 30 degrees: the next swing is the rise."""
    t = np.arange(104) / 52
    acc = 0.4 * (2 * np.pi / 2) ** 2 / (2 * np.pi) * np.sin(2 * np.pi * t / 2) * np.pi / 9.81
    down, up = path(wearer, 0, 30, 0), path(wearer, 0, 30, 0)
    down[:, 2] -= np.rint(4098 * acc).astype(np.int64)
    up[:, 2] += np.rint(4098 * acc).astype(np.int64)
    parts = [(wearer.hold(6), ST), (down, ST), (wearer.hold(2), ST), (up, ST)]
    assert kinds(wearer, [*parts, (wearer.hold(12), ST)]) == [RISE]
    assert kinds(wearer, [*parts[:2], (wearer.hold(12), ST)]) == []


def test_a_rise_in_walking_off_ends_before_the_walk(wearer: Wearer) -> None:
    """The state machine is DELAY late, and so late the rise is told as ended."""
    sit = [(wearer.hold(4), ST), (path(wearer, 0, -20), SI), (wearer.hold(8, -20), SI)]
    off = [(path(wearer, -20, 25, 0), SU), (strides(wearer, 2), SU), (strides(wearer, 12), WA)]
    told, found = driven(wearer, sit + off, paces=2)
    assert told == [(17 - 2, RISE)]
    assert 1500 <= found.duration_ms <= 3600


def test_a_gap_ends_the_knowledge_of_sitting(wearer: Wearer) -> None:
    motion, found = Motion(), Repetitions()
    parts = [(wearer.hold(8, -10), SI), (path(wearer, -10, 30, 0), SU), (wearer.hold(9), ST)]
    samples = np.concatenate([part for part, _ in parts])
    states = [state for part, state in parts for _ in range(len(part) // 52)]
    for second, (block, ups) in enumerate(wearer.seconds(samples)):
        motion.add(block, ups)
        if second == 9:
            found.missing()
        else:
            found.second(motion, states[second], 0)
    assert (found.rises, found.hinges) == (0, 0)


@pytest.mark.parametrize(("ends_deg", "told"), [(7, [HINGE]), (13, [])])
def test_who_comes_upright_slowly_is_upright_at_rest(
    wearer: Wearer, ends_deg: float, told: list[int]
) -> None:
    """Too slow for a swing; then he has to come nearer than a seat can be."""
    slowly = wearer.move(40, ends_deg, 8)
    parts = [(wearer.hold(6), ST), (path(wearer, 0, 40), ST), (slowly, ST)]
    assert kinds(wearer, [*parts, (wearer.hold(20, ends_deg), ST)]) == told
