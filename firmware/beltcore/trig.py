# Plumbline belt core: integer angles
"""Integer angles in centidegrees (1/100 degree), within small integers and without allocation.

The trunk's angles, from the up vector u = (ux, uy, uz) in the body frame
(x forward, y to the wearer's left, z along the calibrated upright trunk):

      seen from the wearer's left            seen from behind

            up                                     up
             ^   / trunk (z)                 \\      ^
             |  /                     trunk   \\     |
             |f/  f = flexion           (z)    \\ -l |   l = lateral
             |/   forward +                     \\   |   to the right +
             +-----> forward                     \\--+-----> right

    flexion = atan2(-ux, uz)               the lean in the sagittal plane, -180..180 degrees:
                                           90 = bent to the horizontal or lying on the belly,
                                           -90 = lying on the back
    lateral = atan2(uy, hypot(ux, uz))     the lean out of the sagittal plane, -90..90 degrees:
                                           90 = lying on the right side

Lateral is smooth everywhere. Flexion has no meaning when the sagittal plane lies level
(lying on a side): within about 7 degrees of that it is given as 0.
"""

from array import array

from .fixed import norm3

HALF_TURN = 18000
QUARTER_TURN = 9000

# atan(k / 64) in 1/8 centidegree, k = 0..64; between them the line is 0.0011 degrees off at most.
_ATAN = array(
    "H",
    [
        0,
        716,
        1432,
        2147,
        2861,
        3574,
        4285,
        4994,
        5700,
        6404,
        7105,
        7802,
        8496,
        9186,
        9871,
        10552,
        11229,
        11901,
        12567,
        13228,
        13883,
        14533,
        15176,
        15814,
        16445,
        17069,
        17688,
        18299,
        18904,
        19501,
        20092,
        20676,
        21252,
        21821,
        22384,
        22939,
        23486,
        24027,
        24560,
        25086,
        25604,
        26116,
        26620,
        27117,
        27607,
        28090,
        28565,
        29034,
        29496,
        29951,
        30399,
        30840,
        31275,
        31703,
        32125,
        32540,
        32949,
        33351,
        33748,
        34138,
        34522,
        34900,
        35272,
        35639,
        36000,
    ],
)


def atan2_cdeg(y: int, x: int) -> int:
    """Return the angle of (x, y) in centidegrees, -17999..18000; 0 for (0, 0).

    Arguments within +-LIMIT. Off by at most 0.015 degrees from the true angle of arguments up
    to 2**15; larger ones are first shifted down to 15 bits (a further 0.004 degrees).
    """
    ax = x if x >= 0 else -x
    ay = y if y >= 0 else -y
    low = ax if ax < ay else ay
    high = ay if ax < ay else ax
    if high == 0:
        return 0
    while high > 32767:
        high >>= 1
        low >>= 1
    ratio = (low << 15) // high
    if ratio > 32767:
        angle = 36000
    else:
        k = ratio >> 9
        base = _ATAN[k]
        angle = base + (((_ATAN[k + 1] - base) * (ratio & 511)) >> 9)
    angle = (angle + 4) >> 3
    if ay > ax:
        angle = QUARTER_TURN - angle
    if x < 0:
        angle = HALF_TURN - angle
    return angle if y >= 0 else -angle


def flexion_cdeg(ux: int, uz: int, length: int) -> int:
    """Return the flexion in centidegrees from the body-frame up vector of the given length."""
    if (abs(ux) + abs(uz)) * 8 < length:
        return 0
    return atan2_cdeg(-ux, uz)


def lateral_cdeg(ux: int, uy: int, uz: int) -> int:
    """Return the lateral angle in centidegrees from the body-frame up vector."""
    return atan2_cdeg(uy, norm3(ux, 0, uz))


def angle_cdeg(a: "array[int]", b: "array[int]") -> int:
    """Return the angle between two vectors (3 numbers, within +-18000 each), 0..18000.

    From both their products, so it is exact at 0 and at 180 degrees; 0 when one has no length.
    """
    x = a[1] * b[2] - a[2] * b[1]
    y = a[2] * b[0] - a[0] * b[2]
    z = a[0] * b[1] - a[1] * b[0]
    dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
    return atan2_cdeg(norm3(x, y, z), dot)
