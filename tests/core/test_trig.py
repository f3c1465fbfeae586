"""Integer angles against math.atan2: exhaustively, at the step of the input."""

import math
import random
from array import array
from itertools import pairwise

import pytest
from beltcore.fixed import LIMIT
from beltcore.inclination import UP_ONE_G
from beltcore.trig import angle_cdeg, atan2_cdeg, flexion_cdeg, lateral_cdeg

TARGET_CDEG = 5.0  # 0.05 degrees
ROUNDING_CDEG = 0.5


def error_cdeg(y: int, x: int) -> float:
    off = atan2_cdeg(y, x) - 100 * math.degrees(math.atan2(y, x))
    return abs((off + 18000) % 36000 - 18000)


def circle(radius: int) -> list[tuple[int, int]]:
    """Every point of the grid next to a circle: no step of either input is left out."""
    points = []
    for a in range(-radius, radius + 1):
        b = math.isqrt(radius * radius - a * a)
        points += [(a, b), (a, -b), (b, a), (-b, a)]
    return points


@pytest.mark.parametrize("radius", [1, 2, 7, 100, 4098, UP_ONE_G, 32767])
def test_atan2_over_the_whole_circle(radius: int) -> None:
    assert max(error_cdeg(y, x) for y, x in circle(radius)) < 1.0 < TARGET_CDEG


def test_atan2_of_every_small_vector() -> None:
    small = range(-90, 91)
    assert max(error_cdeg(y, x) for y in small for x in small if x or y) < 1.0


def test_atan2_of_large_vectors() -> None:
    rng = random.Random(4)
    for _ in range(20_000):
        y, x = rng.randint(-LIMIT, LIMIT), rng.randint(-LIMIT, LIMIT)
        assert error_cdeg(y, x) < 1.0
    assert error_cdeg(LIMIT, -LIMIT) <= ROUNDING_CDEG


def test_atan2_on_the_axes_and_nowhere() -> None:
    assert [atan2_cdeg(0, 1), atan2_cdeg(1, 0), atan2_cdeg(0, -1), atan2_cdeg(-1, 0)] == [
        0,
        9000,
        18000,
        -9000,
    ]
    assert atan2_cdeg(0, 0) == 0


def up_of(flexion_deg: float, lateral_deg: float) -> tuple[int, int, int]:
    """The up vector in the body of a trunk that leans forward, then to the right."""
    f, s = math.radians(flexion_deg), math.radians(lateral_deg)
    x, y, z = -math.sin(f) * math.cos(s), math.sin(s), math.cos(f) * math.cos(s)
    return round(UP_ONE_G * x), round(UP_ONE_G * y), round(UP_ONE_G * z)


@pytest.mark.parametrize("flexion", range(-175, 180, 5))
@pytest.mark.parametrize("lateral", [-80, -45, -10, 0, 10, 45, 80])
def test_the_trunk_angles_come_back(flexion: int, lateral: int) -> None:
    ux, uy, uz = up_of(flexion, lateral)
    steep = math.cos(math.radians(lateral))
    assert abs(flexion_cdeg(ux, uz, UP_ONE_G) - 100 * flexion) < 1 + 0.5 / steep
    assert abs(lateral_cdeg(ux, uy, uz) - 100 * lateral) < 2


def test_lying_has_the_angles_of_the_side_that_is_up() -> None:
    assert flexion_cdeg(-UP_ONE_G, 0, UP_ONE_G) == 9000, "on the belly"
    assert flexion_cdeg(UP_ONE_G, 0, UP_ONE_G) == -9000, "on the back"
    assert lateral_cdeg(0, UP_ONE_G, 0) == 9000, "on the right"
    assert lateral_cdeg(0, -UP_ONE_G, 0) == -9000, "on the left"


def test_flexion_says_nothing_on_a_side() -> None:
    for ux, uz in ((900, 0), (-900, 900), (0, -900)):
        assert flexion_cdeg(ux, uz, UP_ONE_G) == 0


def test_lateral_is_smooth_through_lying_on_a_side() -> None:
    angles = [lateral_cdeg(*up_of(3, s / 10)) for s in range(800, 901)]
    assert all(0 <= b - a <= 20 for a, b in pairwise(angles))


def test_angle_between_vectors() -> None:
    rng = random.Random(5)
    for _ in range(3000):
        a = array("i", [rng.randint(-18000, 18000) for _ in range(3)])
        b = array("i", [rng.randint(-18000, 18000) for _ in range(3)])
        lengths = math.hypot(*a), math.hypot(*b)
        if min(lengths) < 4000:
            continue
        cross = [
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        ]
        dot = sum(p * q for p, q in zip(a, b, strict=True))
        true = 100 * math.degrees(math.atan2(math.hypot(*cross), dot))
        assert abs(angle_cdeg(a, b) - true) < 3
    same = array("i", [3, -16000, 500])
    assert angle_cdeg(same, same) == 0
    assert angle_cdeg(same, array("i", [-3, 16000, -500])) == 18000
