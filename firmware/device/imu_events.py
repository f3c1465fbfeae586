"""What the LSM6DSO sees by itself: a double tap while it is worn, a motion while it is not.

Registers and units: ST data sheet DS12140 (chapter 9) and application note AN5192 (5.5, 5.6). The
interrupts are latched (LIR) and let go as soon as their source register is read
(INT_CLR_ON_READ), so that a level on INT1 always says that there is something to read.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.chip import Chip

CTRL1_XL = 0x10
CTRL2_G = 0x11
CTRL3_C = 0x12
CTRL6_C = 0x15
WAKE_UP_SRC = 0x1B
TAP_SRC = 0x1C
FIFO_CTRL4 = 0x0A
INT1_CTRL = 0x0D
TAP_CFG0 = 0x56
TAP_CFG1 = 0x57
TAP_CFG2 = 0x58
TAP_THS_6D = 0x59
INT_DUR2 = 0x5A
WAKE_UP_THS = 0x5B
WAKE_UP_DUR = 0x5C
MD1_CFG = 0x5E

LATCHED = 0x41
"""INT_CLR_ON_READ and LIR."""
TAP_ON_ALL_AXES = 0x0E
TAP_THRESHOLD = 4
"""1 LSB is the full scale / 32, here 250 mg: 1 g from one sample (2.4 ms) to the next but one. A
finger's tap on the housing is several g, a step at the small of the back changes by a tenth."""
TAP_TIMES = 0x7F
"""The second tap within 7 * 32 samples (0.54 s), 12 samples of quiet, a shock of at most 24."""
INTERRUPTS_ON = 0x80
DOUBLE_TAPS = 0x80
DOUBLE_TAP_ON_INT1 = 0x08
DOUBLE_TAP = 0x10

ODR_26_HZ_2_G = 0x20
LOW_POWER = 0x10
"""XL_HM_MODE: the accelerometer's high-performance mode is off."""
WAKE_THRESHOLD = 2
"""1 LSB is the full scale / 64: 62.5 mg of slope, half the change between two samples."""
MOTION_ON_INT1 = 0x20
MOTION = 0x08


def watch_taps(chip: "Chip") -> None:
    """Have double taps raise INT1. OSError: the chip does not answer."""
    chip.write(TAP_CFG0, LATCHED | TAP_ON_ALL_AXES)
    chip.write(TAP_CFG1, TAP_THRESHOLD)
    chip.write(TAP_THS_6D, TAP_THRESHOLD)
    chip.write(INT_DUR2, TAP_TIMES)
    chip.write(WAKE_UP_THS, DOUBLE_TAPS)
    chip.write(MD1_CFG, DOUBLE_TAP_ON_INT1)
    chip.write(TAP_CFG2, INTERRUPTS_ON | TAP_THRESHOLD)


def tapped(chip: "Chip") -> bool:
    """There was a double tap since the last call. OSError: the chip does not answer."""
    return chip.read(TAP_SRC) & DOUBLE_TAP != 0


def watch_motion(chip: "Chip") -> None:
    """Gyro off, accelerometer in low power, INT1 on motion. OSError: the chip does not answer.

    For a chip that has been started or reset before: only what differs is written.
    """
    chip.write(FIFO_CTRL4, 0)
    chip.write(INT1_CTRL, 0)
    chip.write(CTRL2_G, 0)
    chip.write(CTRL6_C, LOW_POWER)
    chip.write(CTRL1_XL, ODR_26_HZ_2_G)
    chip.write(TAP_CFG0, LATCHED)
    chip.write(WAKE_UP_THS, WAKE_THRESHOLD)
    chip.write(WAKE_UP_DUR, 0)
    chip.write(MD1_CFG, MOTION_ON_INT1)
    chip.write(TAP_CFG2, INTERRUPTS_ON)
    chip.read(TAP_SRC)
    chip.read(WAKE_UP_SRC)


def moved(chip: "Chip") -> bool:
    """There was a motion since the last call. OSError: the chip does not answer."""
    return chip.read(WAKE_UP_SRC) & MOTION != 0
