"""The LSM6DSO's own self-test as its application note AN5192 (chapter 11) describes it.

An electrostatic force deflects the sensing masses; the mean of five samples with it and of five
without must differ by what the data sheet (DS12140, tables 2 and 3) allows. The belt must lie or
sit still for the half second it takes.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.chip import Chip
    from device.parts import Lever

CTRL1_XL = 0x10
CTRL2_G = 0x11
CTRL3_C = 0x12
CTRL5_C = 0x14
STATUS_REG = 0x1E
OUTX_L_G = 0x22
OUTX_L_A = 0x28

SOFTWARE_RESET = 0x01
BLOCK_DATA_UPDATE_AND_INCREMENT = 0x44
ACCEL_52_HZ_4_G = 0x38
GYRO_208_HZ_2000_DPS = 0x5C
ACCEL_POSITIVE = 0x01
GYRO_POSITIVE = 0x04
ACCEL_READY = 0x01
GYRO_READY = 0x02

RESET_WAIT_MS = 10
SETTLE_MS = 100
SAMPLES = 5
LOOKS = 60
"""So many milliseconds at most until a sample is ready: 52 Hz are 20 ms."""

# Limits of the difference in counts: 0.122 mg at +-4 g, 70 mdps at +-2000 dps.
ACCEL_LEAST = 50 * 1000 // 122
ACCEL_MOST = 1700 * 1000 // 122
GYRO_LEAST = 150 * 1000 // 70
GYRO_MOST = 700 * 1000 // 70


def passes(chip: "Chip", sleep_ms: "Lever") -> bool:
    """Both sensors pass. Leaves the chip reset and off. OSError: it does not answer."""
    try:
        chip.write(CTRL3_C, SOFTWARE_RESET)
        sleep_ms(RESET_WAIT_MS)
        chip.write(CTRL3_C, BLOCK_DATA_UPDATE_AND_INCREMENT)
        chip.write(CTRL1_XL, ACCEL_52_HZ_4_G)
        well = _differs(chip, sleep_ms, ACCEL_READY, OUTX_L_A, ACCEL_POSITIVE)
        if not _within(well, ACCEL_LEAST, ACCEL_MOST):
            return False
        chip.write(CTRL1_XL, 0)
        chip.write(CTRL2_G, GYRO_208_HZ_2000_DPS)
        well = _differs(chip, sleep_ms, GYRO_READY, OUTX_L_G, GYRO_POSITIVE)
        return _within(well, GYRO_LEAST, GYRO_MOST)
    finally:
        chip.write(CTRL3_C, SOFTWARE_RESET)
        sleep_ms(RESET_WAIT_MS)


def _differs(chip: "Chip", sleep_ms: "Lever", ready: int, out: int, test: int) -> "list[int]":
    """The deflection of the three axes in counts; zeros where no samples come."""
    before = _mean(chip, sleep_ms, ready, out)
    chip.write(CTRL5_C, test)
    after = _mean(chip, sleep_ms, ready, out)
    chip.write(CTRL5_C, 0)
    if not before or not after:
        return [0, 0, 0]
    return [after[axis] - before[axis] for axis in range(3)]


def _mean(chip: "Chip", sleep_ms: "Lever", ready: int, out: int) -> "list[int]":
    """The mean of five samples once they have settled, the first one thrown away."""
    total = [0, 0, 0]
    raw = bytearray(6)
    sleep_ms(SETTLE_MS)
    for sample in range(SAMPLES + 1):
        if not _wait(chip, sleep_ms, ready):
            return []
        chip.read_into(out, raw)
        for axis in range(3 if sample else 0):
            value = raw[2 * axis] | raw[2 * axis + 1] << 8
            total[axis] += value - 65536 if value > 32767 else value
    return [each // SAMPLES for each in total]


def _wait(chip: "Chip", sleep_ms: "Lever", ready: int) -> bool:
    for _ in range(LOOKS):
        if chip.read(STATUS_REG) & ready:
            return True
        sleep_ms(1)
    return False


def _within(deflection: "list[int]", least: int, most: int) -> bool:
    for each in deflection:
        if not least <= abs(each) <= most:
            return False
    return True
