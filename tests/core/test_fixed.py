"""Integer arithmetic against exact arithmetic."""

import math
import random
from array import array

import pytest
from beltcore.fixed import LIMIT, clamp, isqrt, norm3, unit_q14


def test_limit_is_a_small_integer_of_a_32_bit_board() -> None:
    assert LIMIT == 2**30 - 1


@pytest.mark.parametrize("value", [-LIMIT, -6, -5, -1, 0, 1, 5, 6, LIMIT])
def test_clamp_holds_within_the_limit(value: int) -> None:
    assert clamp(value, 5) == min(max(value, -5), 5)


def test_isqrt_of_every_small_number() -> None:
    assert all(isqrt(n) == math.isqrt(n) for n in range(70_000))


def test_isqrt_around_every_square() -> None:
    for root in range(1, 32768, 7):
        for n in (root * root - 1, root * root, root * root + 1):
            if n <= LIMIT:
                assert isqrt(n) == math.isqrt(n)
    assert isqrt(LIMIT) == 32767


def test_isqrt_refuses_a_negative_number() -> None:
    with pytest.raises(ValueError, match="negative"):
        isqrt(-1)


def test_norm3_of_any_size_is_right_to_1_in_4096() -> None:
    rng = random.Random(2)
    for _ in range(5000):
        size = 1 << rng.randint(13, 29)
        v = [rng.randint(-size, size) for _ in range(3)]
        true = math.hypot(*v)
        if 4096 <= true <= LIMIT:
            assert abs(norm3(*v) - true) <= true / 4096 + 1


def test_norm3_of_small_vectors_is_the_whole_part() -> None:
    for x in range(-40, 41, 3):
        for y in range(-40, 41, 5):
            assert norm3(x, y, 7) == math.isqrt(x * x + y * y + 49)


def test_unit_q14_has_the_direction_and_the_length() -> None:
    rng = random.Random(3)
    for _ in range(3000):
        size = 1 << rng.randint(5, 29)
        v = [rng.randint(-size, size) for _ in range(3)]
        if max(map(abs, v)) < 16:
            continue
        work = array("i", [9, *v, 9])
        assert unit_q14(work, 1)
        assert (work[0], work[4]) == (9, 9)
        length = math.hypot(*v)
        for k in range(3):
            assert abs(work[1 + k] - 16384 * v[k] / length) <= 4


def test_unit_q14_leaves_what_has_no_length() -> None:
    work = array("i", [15, -15, 3])
    assert not unit_q14(work)
    assert list(work) == [15, -15, 3]
