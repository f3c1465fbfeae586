"""Driver for the LSM6DSO inertial sensor (ST data sheet DS12140), read through its FIFO.

Accelerometer and gyro at 52 Hz, +-8 g (0.244 mg/LSB) and +-2000 deg/s (70 mdps/LSB), both
batched into the hardware FIFO. One second is 104 words of 7 bytes (a tag and three
little-endian int16). The accelerometer itself runs at 416 Hz, which its tap detection needs and
which costs nothing in high-performance mode; its second filter takes off what lies above 20.8 Hz
before every eighth sample is batched.
The bus object is `machine.I2C` or anything with its two memory calls.
A second is read at once, or for a live view in parts that end up in the same block of 52.
Reading allocates nothing.
"""

from array import array

from beltwire import codes

from device import imu_events, imu_test
from device.chip import Chip

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bus, Lever

SAMPLES_PER_SECOND = 52
VALUES_PER_SAMPLE = 6
BLOCK_VALUES = SAMPLES_PER_SECOND * VALUES_PER_SAMPLE
WORD_BYTES = 7
WORDS_PER_SECOND = 2 * SAMPLES_PER_SECOND

FIFO_CTRL1 = 0x07
FIFO_CTRL2 = 0x08
FIFO_CTRL3 = 0x09
FIFO_CTRL4 = 0x0A
INT1_CTRL = 0x0D
WHO_AM_I = 0x0F
CTRL1_XL = 0x10
CTRL2_G = 0x11
CTRL3_C = 0x12
CTRL8_XL = 0x17
CTRL9_XL = 0x18
FIFO_STATUS1 = 0x3A
FIFO_DATA_OUT_TAG = 0x78

CHIP_ID = 0x6C
ODR_416_HZ_8_G_FILTERED = 0x6E
FILTER_ODR_20 = 0x40
ODR_52_HZ_2000_DPS = 0x3C
SOFTWARE_RESET = 0x01
BLOCK_DATA_UPDATE_AND_INCREMENT = 0x44
I3C_OFF = 0xE2
BATCH_BOTH_52_HZ = 0x33
FIFO_BYPASS = 0x00
FIFO_CONTINUOUS = 0x06
INT1_ON_WATERMARK = 0x08
STATUS2_OVERRUN = 0x48
"""FIFO_OVR_IA and FIFO_OVR_LATCHED: words were overwritten before they were read."""
TAG_GYRO = 0x01
TAG_ACCEL = 0x02

RESET_WAIT_MS = 10
GYRO_TURN_ON_MS = 80
"""The gyro's first 70 ms are not to be used; batching starts after them."""

PENDING = 0
READY = 1
FAULT = 2
PART = 3

STEPS = (52, 26, 13, 4, 2)
"""Samples that can be read at a time; each divides a second."""


class Imu:
    """One LSM6DSO at `address` on `bus`; `sleep_ms` waits during set-up only."""

    def __init__(self, bus: "Bus", address: int, sleep_ms: "Lever") -> None:
        self._chip = Chip(bus, address)
        self._sleep_ms = sleep_ms
        self._status = bytearray(2)
        self._words = bytearray(WORDS_PER_SECOND * WORD_BYTES)
        self._part = self._words
        self._wished = SAMPLES_PER_SECOND
        self.running = False
        self.step = SAMPLES_PER_SECOND
        """Samples that are read at a time."""
        self.filled = 0
        """Samples of the present second that the block holds already."""
        self.fault = 0
        """Reason of the last FAULT answer: a SENSOR_* value of `beltwire.codes`."""

    def start(self) -> int:
        """Reset, check and configure the sensor and start the FIFO; returns READY or FAULT."""
        self.running = False
        self.filled = 0
        try:
            return self._configure()
        except OSError:
            return self._failed(codes.SENSOR_NO_ANSWER)

    def _configure(self) -> int:
        if self._read(WHO_AM_I) != CHIP_ID:
            return self._failed(codes.SENSOR_WRONG_CHIP)
        self._write(CTRL3_C, SOFTWARE_RESET)
        self._sleep_ms(RESET_WAIT_MS)
        self._write(CTRL3_C, BLOCK_DATA_UPDATE_AND_INCREMENT)
        self._write(CTRL9_XL, I3C_OFF)
        self._write(FIFO_CTRL4, FIFO_BYPASS)
        self._take_step()
        self._write(FIFO_CTRL2, 0)
        self._write(FIFO_CTRL3, BATCH_BOTH_52_HZ)
        self._write(INT1_CTRL, INT1_ON_WATERMARK)
        self._write(CTRL8_XL, FILTER_ODR_20)
        self._write(CTRL1_XL, ODR_416_HZ_8_G_FILTERED)
        self._write(CTRL2_G, ODR_52_HZ_2000_DPS)
        self._sleep_ms(GYRO_TURN_ON_MS)
        imu_events.watch_taps(self._chip)
        self._write(FIFO_CTRL4, FIFO_CONTINUOUS)
        self.running = True
        return READY

    def read_by(self, samples: int) -> None:
        """From the next second on read so many samples at a time, one of `STEPS`."""
        self._wished = samples

    def _take_step(self) -> None:
        """Put the wished step in force: the watermark is that many words of each sensor."""
        step = self._wished
        self._write(FIFO_CTRL1, 2 * step)
        if step != self.step:
            self.step = step
            whole = step == SAMPLES_PER_SECOND
            self._part = self._words if whole else bytearray(2 * step * WORD_BYTES)

    def due_ms(self) -> int:
        """Milliseconds after the present second's beginning at which there is more to read."""
        return (self.filled + self.step) * 1000 // SAMPLES_PER_SECOND

    def read_block(self, block: "array[int]") -> int:
        """Fill `block` (312 int16: ax, ay, az, gx, gy, gz per sample) with the next second.

        READY: the block holds 52 samples. PART: `step` more samples are in it, `filled` in all.
        PENDING: the FIFO does not hold as many yet; the block is untouched. FAULT: `fault` says
        why, the block is worthless, the sensor must be started again.
        """
        try:
            if self.filled == 0 and self.step != self._wished:
                self._take_step()
            self._chip.read_into(FIFO_STATUS1, self._status)
            if self._status[1] & STATUS2_OVERRUN:
                return self._failed(codes.SENSOR_OVERRUN)
            if self._status[0] + ((self._status[1] & 3) << 8) < 2 * self.step:
                return PENDING
            self._chip.read_into(FIFO_DATA_OUT_TAG, self._part)
        except OSError:
            return self._failed(codes.SENSOR_NO_ANSWER)
        if not self._unpack(block):
            return self._failed(codes.SENSOR_BAD_TAG)
        self.filled += self.step
        if self.filled < SAMPLES_PER_SECOND:
            return PART
        self.filled = 0
        return READY

    def diagnose_silence(self) -> int:
        """Why no second has come in time: returns FAULT with `fault` set."""
        try:
            if self._read(WHO_AM_I) != CHIP_ID:
                return self._failed(codes.SENSOR_WRONG_CHIP)
            if self._read(CTRL1_XL) != ODR_416_HZ_8_G_FILTERED:
                return self._failed(codes.SENSOR_RESET)
        except OSError:
            return self._failed(codes.SENSOR_NO_ANSWER)
        return self._failed(codes.SENSOR_STUCK)

    def _unpack(self, block: "array[int]") -> bool:
        """Sort tagged words into samples; False if one slot is not a gyro and accel pair.

        Both words of a time slot carry the same two-bit slot counter, which goes up by one from
        slot to slot; their order inside the slot is the sensor's affair.
        """
        words = self._part
        expected = (words[0] >> 1) & 3
        out = VALUES_PER_SAMPLE * self.filled
        at = 0
        for _ in range(self.step):
            seen = 0
            for _ in range(2):
                tag = words[at]
                if (tag >> 1) & 3 != expected:
                    return False
                sensor = tag >> 3
                if sensor != TAG_GYRO and sensor != TAG_ACCEL:
                    return False
                seen |= sensor
                to = out + 3 if sensor == TAG_GYRO else out
                for axis in range(3):
                    value = words[at + 1] | words[at + 2] << 8
                    block[to + axis] = value - 65536 if value > 32767 else value
                    at += 2
                at += 1
            if seen != TAG_GYRO | TAG_ACCEL:
                return False
            out += VALUES_PER_SAMPLE
            expected = (expected + 1) & 3
        return True

    def tapped(self) -> bool:
        """The belt was tapped twice since the last call; a bus that fails is found elsewhere."""
        try:
            return imu_events.tapped(self._chip)
        except OSError:
            return False

    def watch_motion(self) -> bool:
        """Sleep, and raise INT1 on motion; False where the chip does not answer."""
        self.running = False
        try:
            self._write(CTRL3_C, BLOCK_DATA_UPDATE_AND_INCREMENT)
            imu_events.watch_motion(self._chip)
        except OSError:
            return False
        return True

    def moved(self) -> bool:
        """It has moved since the last call; also where the chip does not answer any more."""
        try:
            return imu_events.moved(self._chip)
        except OSError:
            return True

    def self_test(self) -> bool:
        """The data sheet's test of both sensors, half a second; then starts the sensor anew."""
        try:
            passed = imu_test.passes(self._chip, self._sleep_ms)
        except OSError:
            passed = False
        return self.start() == READY and passed

    def stop(self) -> None:
        """Power both sensors down (before the end). Errors: OSError if the bus is gone."""
        self.running = False
        self._write(CTRL1_XL, 0)
        self._write(CTRL2_G, 0)

    def _failed(self, fault: int) -> int:
        self.running = False
        self.fault = fault
        return FAULT

    def _read(self, register: int) -> int:
        return self._chip.read(register)

    def _write(self, register: int, value: int) -> None:
        self._chip.write(register, value)
