"""The LSM6DSO driver against the register model, in good order and under every fault."""

from array import array
from collections.abc import Callable

import pytest
from beltwire import codes
from device import imu
from virtual.lsm6dso import Lsm6dso

from tests.device.bench import motion_of

ADDRESS = 0x6A
NUMBERED = [[n, -n, 2 * n, 3 * n, n - 32768, 32767 - n] for n in range(52 * 7)]


class Bus:
    """One chip on an I2C bus."""

    def __init__(self, chip: Lsm6dso) -> None:
        self.chip = chip
        self.reads = 0

    def readfrom_mem_into(self, address: int, register: int, buffer: bytearray) -> None:
        assert address == ADDRESS
        self.reads += 1
        self.chip.read(register, buffer)

    def writeto_mem(self, address: int, register: int, data: bytearray) -> None:
        assert address == ADDRESS
        self.chip.write(register, data)


class Rig:
    """A driver, its chip and a block."""

    def __init__(self) -> None:
        self.chip = Lsm6dso(motion_of(NUMBERED))
        self.bus = Bus(self.chip)
        self.driver = imu.Imu(self.bus, ADDRESS, self.chip.advance)
        self.block = array("h", [0] * imu.BLOCK_VALUES)

    def started(self) -> "Rig":
        assert self.driver.start() == imu.READY
        return self

    def read(self) -> int:
        return self.driver.read_block(self.block)


def test_the_registers_say_52_hz_8_g_2000_dps_and_a_watermark_of_a_second() -> None:
    rig = Rig().started()
    value = bytearray(1)
    expected = {0x07: 104, 0x08: 0, 0x09: 0x33, 0x0A: 0x06, 0x0D: 0x08, 0x10: 0x6E, 0x11: 0x3C}
    for register, wanted in {**expected, 0x12: 0x44, 0x17: 0x40, 0x18: 0xE2}.items():
        rig.chip.read(register, value)
        assert value[0] == wanted, hex(register)


def test_the_interrupt_line_rises_with_a_full_second_and_falls_when_it_is_read() -> None:
    rig = Rig().started()
    rig.chip.advance(960)
    assert (rig.chip.int1(), rig.read()) == (0, imu.PENDING)
    rig.chip.advance(40)
    assert rig.chip.int1() == 1
    assert rig.read() == imu.READY
    assert rig.chip.int1() == 0


def test_blocks_hold_the_samples_in_order_signs_and_axes_included() -> None:
    rig = Rig().started()
    for second in range(6):
        rig.chip.advance(1000)
        assert rig.read() == imu.READY
        expected = [v for sample in NUMBERED[second * 52 : second * 52 + 52] for v in sample]
        assert list(rig.block) == expected


def test_a_late_reader_gets_every_second_that_the_fifo_holds() -> None:
    rig = Rig().started()
    rig.chip.advance(4000)
    for second in range(4):
        assert rig.read() == imu.READY
        assert rig.block[0] == NUMBERED[second * 52][0]
    assert rig.read() == imu.PENDING


def test_a_block_is_left_alone_until_a_second_is_there() -> None:
    rig = Rig().started()
    rig.chip.advance(500)
    assert rig.read() == imu.PENDING
    assert set(rig.block) == {0}


def absent(chip: Lsm6dso) -> None:
    chip.absent = True


def overrun(chip: Lsm6dso) -> None:
    chip.advance(6000)


def skew(chip: Lsm6dso) -> None:
    """One word is taken by somebody else."""
    chip.advance(1500)
    chip.read(0x78, bytearray(7))


@pytest.mark.parametrize(
    ("disturb", "fault"),
    [
        (absent, codes.SENSOR_NO_ANSWER),
        (overrun, codes.SENSOR_OVERRUN),
        (skew, codes.SENSOR_BAD_TAG),
    ],
)
def test_a_fault_while_reading_is_named(disturb: Callable[[Lsm6dso], None], fault: int) -> None:
    rig = Rig().started()
    disturb(rig.chip)
    assert rig.read() == imu.FAULT
    assert (rig.driver.fault, rig.driver.running) == (fault, False)
    rig.chip.absent = False
    rig.started()
    rig.chip.advance(1000)
    assert rig.read() == imu.READY


def freeze(chip: Lsm6dso) -> None:
    chip.frozen = True


def swap(chip: Lsm6dso) -> None:
    chip.chip_id = 0x69


@pytest.mark.parametrize(
    ("disturb", "fault"),
    [
        (Lsm6dso.brown_out, codes.SENSOR_RESET),
        (freeze, codes.SENSOR_STUCK),
        (absent, codes.SENSOR_NO_ANSWER),
        (swap, codes.SENSOR_WRONG_CHIP),
    ],
)
def test_silence_is_explained(disturb: Callable[[Lsm6dso], None], fault: int) -> None:
    rig = Rig().started()
    disturb(rig.chip)
    rig.chip.advance(1500)
    assert rig.driver.diagnose_silence() == imu.FAULT
    assert rig.driver.fault == fault


@pytest.mark.parametrize(
    ("disturb", "fault"),
    [(absent, codes.SENSOR_NO_ANSWER), (swap, codes.SENSOR_WRONG_CHIP)],
)
def test_a_chip_that_is_not_ours_is_not_started(
    disturb: Callable[[Lsm6dso], None], fault: int
) -> None:
    rig = Rig()
    disturb(rig.chip)
    assert rig.driver.start() == imu.FAULT
    assert (rig.driver.fault, rig.driver.running) == (fault, False)


def test_without_waiting_for_the_gyro_the_first_slots_would_be_unusable() -> None:
    """The model's quirk that the wait in the set-up is for."""
    rig = Rig()
    rig.driver = imu.Imu(rig.bus, ADDRESS, lambda ms: rig.chip.advance(0))
    assert rig.driver.start() == imu.READY
    rig.chip.advance(1100)
    assert rig.read() == imu.FAULT
    assert rig.driver.fault == codes.SENSOR_BAD_TAG


def test_stopping_powers_both_sensors_down() -> None:
    rig = Rig().started()
    rig.driver.stop()
    rig.chip.advance(5000)
    status = bytearray(2)
    rig.chip.read(0x3A, status)
    assert status[0] == 0


def test_reading_a_second_takes_two_transfers() -> None:
    rig = Rig().started()
    rig.chip.advance(1000)
    rig.bus.reads = 0
    assert rig.read() == imu.READY
    assert rig.bus.reads == 2
