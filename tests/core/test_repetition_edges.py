"""Where each rule of the repetitions begins and ends: a little less, a little more."""

import numpy as np
import pytest
from beltcore.motion import Motion
from beltcore.repetitions import Repetitions

from tests.core.played import Counts
from tests.core.test_repetition_rules import (
    HINGE,
    LY,
    RISE,
    SD,
    SI,
    ST,
    SU,
    WA,
    driven,
    jolted,
    kinds,
    path,
)
from tests.core.wearer import Wearer

Parts = list[tuple[Counts, int]]


@pytest.fixture
def wearer() -> Wearer:
    """Wears the belt so that its axes are the body's."""
    return Wearer(np.eye(3))


def lifted(samples: Counts, height_m: float) -> Counts:
    """The same, and within it the trunk comes to rest so much higher."""
    seconds = len(samples) / 52
    t = np.arange(len(samples)) / 52
    acc_g = height_m * 2 * np.pi / seconds**2 * np.sin(2 * np.pi * t / seconds) / 9.81
    samples[:, 2] += np.rint(4098 * acc_g).astype(np.int64)
    return samples


@pytest.mark.parametrize(("lean_deg", "told"), [(55, []), (65, [HINGE])])
def test_after_a_deep_lean_nobody_turns_out_to_sit(
    wearer: Wearer, lean_deg: float, told: list[int]
) -> None:
    held = [(path(wearer, 0, lean_deg), ST), (wearer.hold(2, lean_deg), ST)]
    back = [(path(wearer, lean_deg, 0), SD), (wearer.hold(20), SI)]
    assert kinds(wearer, [(wearer.hold(4), ST), *held, *back]) == told


@pytest.mark.parametrize(("lean_deg", "told"), [(42, []), (48, [HINGE])])
def test_a_level_bow_is_none_of_a_seat(wearer: Wearer, lean_deg: float, told: list[int]) -> None:
    bow = [(path(wearer, 0, lean_deg, 0), ST), (wearer.hold(20), SI)]
    assert kinds(wearer, [(wearer.hold(4), ST), *bow]) == told


@pytest.mark.parametrize(
    ("height_m", "told"), [(-0.13, []), (-0.1, [HINGE]), (0.1, [HINGE]), (0.13, [])]
)
def test_a_level_bow_keeps_its_height(wearer: Wearer, height_m: float, told: list[int]) -> None:
    bow = [(lifted(path(wearer, 0, 50, 0), height_m), ST), (wearer.hold(20), SI)]
    assert kinds(wearer, [(wearer.hold(4), ST), *bow]) == told


@pytest.mark.parametrize(("seconds", "told"), [(3, [HINGE]), (4, [])])
def test_four_seconds_of_sitting_are_knowledge(
    wearer: Wearer, seconds: int, told: list[int]
) -> None:
    bow = [(path(wearer, 0, 35, 0), SD), (wearer.hold(seconds), SI), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(6), ST), *bow]) == told


@pytest.mark.parametrize(("seconds", "told"), [(2, []), (4, [HINGE])])
def test_who_stands_a_while_has_stood(wearer: Wearer, seconds: int, told: list[int]) -> None:
    """The state machine is late: standing that it tells at once was before the movement."""
    bow = [(path(wearer, 0, 35, 0), ST), (wearer.hold(seconds), ST), (wearer.hold(20), SI)]
    assert kinds(wearer, [(wearer.hold(6), ST), *bow]) == told


@pytest.mark.parametrize(("seconds", "told"), [(17, [RISE]), (21, [])])
def test_standing_may_be_known_late(wearer: Wearer, seconds: int, told: list[int]) -> None:
    rise = [(path(wearer, -10, 30, 0), SI), (wearer.hold(seconds), SI), (wearer.hold(9), ST)]
    assert kinds(wearer, [(wearer.hold(8, -10), SI), *rise]) == told


def test_who_stood_up_is_not_known_to_sit(wearer: Wearer) -> None:
    sat = [(wearer.hold(8), SI), (wearer.hold(6), ST)]
    assert kinds(wearer, [*sat, (path(wearer, 0, 30, 0), ST), (wearer.hold(12), ST)]) == [HINGE]


@pytest.mark.parametrize(("seconds", "told"), [(2, [HINGE]), (3, [])])
def test_lying_ends_what_was_held_back(wearer: Wearer, seconds: int, told: list[int]) -> None:
    bow = [(path(wearer, 0, 35, 0), SD), (wearer.hold(seconds), LY), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(6), ST), *bow]) == told


@pytest.mark.parametrize(("seconds", "told"), [(2, [HINGE]), (3, [])])
def test_lying_ends_what_was_under_way(wearer: Wearer, seconds: int, told: list[int]) -> None:
    out = [(path(wearer, 0, 40), ST), (wearer.hold(seconds, 40), LY), (path(wearer, 40, 0), ST)]
    assert kinds(wearer, [(wearer.hold(6), ST), *out, (wearer.hold(12), ST)]) == told


@pytest.mark.parametrize(("lean_deg", "kind"), [(50, RISE), (65, HINGE)])
def test_a_lean_as_long_as_sitting_is_a_seat_unless_it_is_deep(
    wearer: Wearer, lean_deg: float, kind: int
) -> None:
    out = [(path(wearer, 0, lean_deg), ST), (wearer.hold(6, lean_deg), SI)]
    back = [(path(wearer, lean_deg, 0), SU), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(4), ST), *out, *back]) == [kind]


@pytest.mark.parametrize(("ends_deg", "told"), [(13, [HINGE]), (17, [])])
def test_upright_again_is_within_15_degrees(
    wearer: Wearer, ends_deg: float, told: list[int]
) -> None:
    bow = [(path(wearer, 0, 50, ends_deg), ST), (wearer.hold(20, ends_deg), ST)]
    assert kinds(wearer, [(wearer.hold(6), ST), *bow]) == told


@pytest.mark.parametrize(("height_m", "told"), [(-0.13, [HINGE]), (-0.155, [])])
def test_who_comes_to_rest_lower_has_sat_down(
    wearer: Wearer, height_m: float, told: list[int]
) -> None:
    down = lifted(path(wearer, 0, 30, 0), height_m)
    assert kinds(wearer, [(wearer.hold(6), ST), (down, ST), (wearer.hold(12), ST)]) == told


@pytest.mark.parametrize(("lean_deg", "told"), [(45, []), (55, [HINGE])])
def test_nobody_leans_far_to_sit_down_upright(
    wearer: Wearer, lean_deg: float, told: list[int]
) -> None:
    down = lifted(path(wearer, 0, lean_deg, 0), -0.4)
    assert kinds(wearer, [(wearer.hold(6), ST), (down, ST), (wearer.hold(12), ST)]) == told


@pytest.mark.parametrize("off", [0, 160])
@pytest.mark.parametrize(("counts", "kind"), [(2100, HINGE), (2450, RISE)])
def test_a_seat_is_met_harder_than_a_bow_ends(
    wearer: Wearer, counts: int, kind: int, off: int
) -> None:
    """Whatever the sensor takes for 1 g."""
    down = [(jolted(path(wearer, 0, 30), 40, counts), SD), (wearer.hold(2, 30), SD)]
    parts = [(wearer.hold(8), ST), *down, (path(wearer, 30, 0), ST), (wearer.hold(12), ST)]
    for samples, _ in parts:
        samples[:, 2] += off
    assert kinds(wearer, parts) == [kind]


@pytest.mark.parametrize(("lean_deg", "told"), [(30, []), (45, []), (50, [RISE])])
def test_a_seat_met_and_left_in_one_swing_is_a_rise(
    wearer: Wearer, lean_deg: float, told: list[int]
) -> None:
    """Nearly upright on the seat, the way there is only half of it."""
    swing = jolted(path(wearer, 0, lean_deg, 0), 50)
    assert kinds(wearer, [(wearer.hold(6), ST), (swing, ST), (wearer.hold(12), ST)]) == told


@pytest.mark.parametrize(("forward_deg", "kind"), [(11, HINGE), (12, RISE)])
def test_a_seat_is_more_than_9_degrees_the_other_way(
    wearer: Wearer, forward_deg: float, kind: int
) -> None:
    """As the filter sees it, a swing there and back reaches less far."""
    down = [(path(wearer, 0, forward_deg, -30), SD), (wearer.hold(2, -30), SD)]
    up = [(path(wearer, -30, 0), ST), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(4), ST), *down, *up]) == [kind]


def test_what_goes_on_for_8_seconds_is_no_swing(wearer: Wearer) -> None:
    stirring = path(wearer, 0, 60, 30, 60, 30, 60, 30, 60, 30, 60, 0)
    assert kinds(wearer, [(wearer.hold(4), ST), (stirring, ST), (wearer.hold(12), ST)]) == []


def test_what_goes_on_for_less_is_one(wearer: Wearer) -> None:
    stirring = np.concatenate([path(wearer, 0, 60, 30, 60, 30, 60), wearer.move(60, 0, 3)])
    assert kinds(wearer, [(wearer.hold(4), ST), (stirring, ST), (wearer.hold(12), ST)]) == [HINGE]


def test_to_both_sides_and_level_is_a_seat_taken_and_left(wearer: Wearer) -> None:
    swing = (path(wearer, 0, 35, -20, 0), ST)
    assert kinds(wearer, [(wearer.hold(6), ST), swing, (wearer.hold(12), ST)]) == [RISE]


def test_at_the_end_of_a_run_a_swing_under_way_counts(wearer: Wearer) -> None:
    told, found = driven(wearer, [(wearer.hold(6), ST), (path(wearer, 0, 65, 0), ST)])
    assert told == []
    assert found.flush()
    assert found.hinges == 1


def test_upright_in_passing_is_not_upright(wearer: Wearer) -> None:
    twice = [(path(wearer, 0, 50), ST), (wearer.hold(1, 50), ST), (path(wearer, 50, 0, 50), ST)]
    up = [(wearer.hold(1, 50), ST), (path(wearer, 50, 0), ST), (wearer.hold(12), ST)]
    assert kinds(wearer, [(wearer.hold(4), ST), *twice, *up]) == [HINGE]


STRIDES = [([1, 1, 1, 1], []), ([1, 1, 1, 0], [HINGE]), ([8, 0, 0, 0], []), ([0, 0, 3, 0], [HINGE])]


@pytest.mark.parametrize(("steps", "told"), STRIDES)
def test_four_steps_in_four_seconds_are_a_gait(
    wearer: Wearer, steps: list[int], told: list[int]
) -> None:
    """Within which nobody comes to rest upright."""
    parts = [(wearer.hold(8), WA), (path(wearer, 0, 40, 12), WA), (wearer.hold(12, 12), WA)]
    motion, found = Motion(), Repetitions()
    samples = np.concatenate([part for part, _ in parts])
    for second, (block, ups) in enumerate(wearer.seconds(samples)):
        motion.add(block, ups)
        found.second(motion, WA, steps[second % 4])
    assert [HINGE] * found.hinges + [RISE] * found.rises == told


def played(wearer: Wearer, parts: Parts, gap_after: int, gap_s: int) -> Repetitions:
    """What is found where samples are missing for so long after so many seconds."""
    motion, found = Motion(), Repetitions()
    samples = np.concatenate([part for part, _ in parts])
    states = [state for part, state in parts for _ in range(len(part) // 52)]
    for second, (block, ups) in enumerate(wearer.seconds(samples)):
        motion.add(block, ups)
        found.second(motion, states[second], 0)
        for _ in range(gap_s if second == gap_after else 0):
            found.missing()
    return found


@pytest.mark.parametrize(("gap_s", "hinges"), [(4, 0), (9, 1)])
def test_time_goes_by_in_a_gap_too(wearer: Wearer, gap_s: int, hinges: int) -> None:
    bow = [(path(wearer, 0, 35, 0), ST), (wearer.hold(1), ST)]
    found = played(wearer, [(wearer.hold(6), ST), *bow], 8, gap_s)
    assert found.hinges == hinges


def test_after_a_gap_nobody_is_known_to_sit(wearer: Wearer) -> None:
    rise = [(path(wearer, -10, 30, 0), SU), (wearer.hold(3), SU), (wearer.hold(10), ST)]
    parts = [(wearer.hold(8, -10), SI), *rise]
    assert played(wearer, parts, 7, 0).rises == 1
    assert played(wearer, parts, 7, 1).rises == 0


def test_a_rise_in_walking_off_from_a_tilted_seat_ends_when_upright(wearer: Wearer) -> None:
    t = np.arange(52 * 14) / 52
    strides = wearer.lean(4 * np.sin(2 * np.pi * 0.9 * t), 3 * np.sin(2 * np.pi * 0.9 * t))
    down = [(wearer.hold(4), ST), (path(wearer, 0, 30, -20), SD), (wearer.hold(3, -20), SD)]
    off = [(path(wearer, -20, 25, 0), SU), (strides[:104], SU), (strides[104:], WA)]
    told, found = driven(wearer, down + off, paces=2)
    assert told == [(10, RISE)]
    assert found.duration_ms == pytest.approx(3700, abs=400)


@pytest.mark.parametrize(
    ("lean_deg", "shifts", "told"), [(97, 2, [RISE]), (106, 1, [RISE]), (106, 2, [])]
)
def test_nobody_takes_long_to_get_up_from_beyond_level(
    wearer: Wearer, lean_deg: float, shifts: int, told: list[int]
) -> None:
    """Who seems to has lain down, or has put the belt on or taken it off."""
    down = [(path(wearer, 0, lean_deg, 30), SD), (wearer.hold(2, 30), SD)]
    shifting = np.concatenate([wearer.move(30, 60, 2), wearer.move(60, 30, 2)])
    up = [(path(wearer, 30, 0), SD), (wearer.hold(12), ST)]
    parts = [(wearer.hold(8), ST), *down, *[(shifting, SD)] * shifts, *up]
    assert kinds(wearer, parts) == told


@pytest.mark.parametrize(("seconds", "told"), [(25, [HINGE]), (32, [])])
@pytest.mark.parametrize("held_s", [0, 2])
def test_who_sat_long_and_sits_on_bows_in_the_seat(
    wearer: Wearer, seconds: int, told: list[int], held_s: int
) -> None:
    """In a series somebody who stands is taken for seated, too, but not for so long."""
    held = [(wearer.hold(held_s, 60), SI)] if held_s else []
    bow = [(path(wearer, 0, 60), SI), *held, (path(wearer, 60, 0), SI)]
    parts = [(wearer.hold(4), ST), (wearer.hold(seconds), SI), *bow, (wearer.hold(25), SI)]
    assert kinds(wearer, parts) == told
