# Plumbline belt core: integer arithmetic within small integers
"""Integer arithmetic that stays within small integers.

Every argument, result and intermediate lies within +-LIMIT (31 bits with sign), so that
MicroPython on a 32-bit board allocates nothing and a compiled build computes the same bits.
A number called "Q14" holds its value times 2**14.
"""

from array import array

LIMIT = (1 << 30) - 1  # largest small integer of a 32-bit MicroPython
ONE_Q14 = 1 << 14


def clamp(value: int, limit: int) -> int:
    """Return value held within +-limit (limit >= 0)."""
    if value > limit:
        return limit
    if value < -limit:
        return -limit
    return value


def isqrt(value: int) -> int:
    """Return the largest r with r * r <= value, for value in 0..LIMIT.

    Digit by digit: no division, 15 turns at most. A negative value raises ValueError.
    """
    if value < 0:
        raise ValueError("isqrt takes no negative number")
    root = 0
    bit = 1 << 28
    while bit > value:
        bit >>= 2
    while bit:
        if value >= root + bit:
            value -= root + bit
            root = (root >> 1) + bit
        else:
            root >>= 1
        bit >>= 2
    return root


def norm3(x: int, y: int, z: int) -> int:
    """Return the length of (x, y, z), to 1 part in 2**12 or better from length 4096 on.

    Components within +-LIMIT: large ones are shifted down until their squares fit.
    """
    shift = 0
    largest = max(abs(x), abs(y), abs(z))
    while largest > 18000:  # 3 * 18000**2 < 2**30
        largest >>= 1
        shift += 1
    x >>= shift
    y >>= shift
    z >>= shift
    return isqrt(x * x + y * y + z * z) << shift


def mean_of(vectors: "array[int]", count: int, mean: "array[int]") -> None:
    """Write the mean of `count` vectors of three, one after the other, to mean[0:3]."""
    for k in range(3):
        total = 0
        for at in range(k, 3 * count, 3):
            total += vectors[at]
        mean[k] = total // count


def unit_q14(vector: "array[int]", at: int = 0) -> bool:
    """Scale vector[at:at+3] to length 2**14 in place; False (untouched) when it is shorter than 16.

    Components within +-LIMIT. Two passes: the first brings the length near 2**14, the second
    removes the rounding of the first length, which leaves an error of about one unit.
    """
    x = vector[at]
    y = vector[at + 1]
    z = vector[at + 2]
    largest = max(abs(x), abs(y), abs(z))
    if largest < 16:
        return False
    while largest > 32767:
        x >>= 1
        y >>= 1
        z >>= 1
        largest >>= 1
    while largest < 9000:
        x <<= 1
        y <<= 1
        z <<= 1
        largest <<= 1
    length = norm3(x, y, z)
    half = length >> 1
    vector[at] = ((x << 14) + half) // length
    vector[at + 1] = ((y << 14) + half) // length
    vector[at + 2] = ((z << 14) + half) // length
    return True
