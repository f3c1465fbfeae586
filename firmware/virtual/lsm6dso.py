"""Register-level model of ST's LSM6DSO as its data sheet (DS12140) describes it.

Modelled: the register file with its reset values and read-only registers, software reset,
auto-increment (IF_INC), both sensors' data rate and power-down, the gyro's turn-on time, the FIFO
of 512 words with tags, slot counter and parity, watermark, full and overrun flags with their
latch, the reading order of FIFO words, data-ready flags, full scales, the self-test's deflection
with the time it takes to settle, the INT1 line; taps and motion in `lsm6dso_events`. The motion
comes from a `Motion`, whose samples are those of +-8 g and +-2000 deg/s at 52 Hz.
"""

from virtual.lsm6dso_events import MD1_CFG, TAP_CFG2, TAP_SRC, WAKE_UP_SRC, Events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from device.parts import Bytes

    from virtual.world import Motion

FIFO_CTRL1 = 0x07
FIFO_CTRL2 = 0x08
FIFO_CTRL3 = 0x09
FIFO_CTRL4 = 0x0A
INT1_CTRL = 0x0D
WHO_AM_I = 0x0F
CTRL1_XL = 0x10
CTRL2_G = 0x11
CTRL3_C = 0x12
CTRL5_C = 0x14
CTRL9_XL = 0x18
STATUS_REG = 0x1E
OUTX_L_G = 0x22
OUTX_L_A = 0x28
FIFO_STATUS1 = 0x3A
FIFO_STATUS2 = 0x3B
FIFO_DATA_OUT_TAG = 0x78
FIFO_DATA_OUT_Z_H = 0x7E
LAST_REGISTER = 0x7F

# Registers with a reset value other than 0 (data sheet, table 20).
RESET_VALUES = {WHO_AM_I: 0x6C, CTRL3_C: 0x04, CTRL9_XL: 0xE0}
WRITABLE = (0x01, 0x02) + tuple(range(0x07, 0x0F)) + tuple(range(0x10, 0x1A))
WRITABLE = WRITABLE + tuple(range(0x56, 0x60)) + (0x62, 0x63, 0x6F) + tuple(range(0x70, 0x76))

# The motion comes at 52 Hz, and so does everything the model does with samples: a sensor that
# runs faster gives each sample once, as its FIFO at 52 Hz would; at 26 Hz every second one.
ODR_26 = 2
ODR_52 = 3
RATE_HZ = 52
MG_SHIFT = 12
MG_PER_COUNT = 999
"""0.244 mg are 999 / 2**12 mg."""
ST_SETTLE_SAMPLES = 4
GYRO_TURN_ON_MS = 70
FIFO_WORDS = 512
WORD = 7
TAG_GYRO = 1
TAG_ACCEL = 2
MODE_BYPASS = 0
MODE_FIFO = 1
MODE_CONTINUOUS = 6
SAMPLE_BYTES = 12
NO_DEVICE = 19


def tag_byte(sensor: int, slot: int) -> int:
    """TAG_SENSOR in bits 7:3, the slot counter in 2:1, and bit 0 that makes the parity even."""
    tag = sensor << 3 | (slot & 3) << 1
    bits = tag
    parity = 0
    while bits:
        parity ^= bits & 1
        bits >>= 1
    return tag | parity


TAGS = [[tag_byte(sensor, slot) for slot in range(4)] for sensor in range(3)]


class Lsm6dso:
    """The chip on the bus. `motion.load(index, buffer)` fills 12 bytes of sample `index`.

    Faults to be thrown by a test: `absent` (no acknowledge), `chip_id`, `brown_out()` (the chip
    loses its registers), `frozen` (its oscillator stands still), `accel_test_mg` and
    `gyro_test_dps` (what the self-test deflects the masses by). `knock` taps the housing.
    """

    def __init__(self, motion: "Motion") -> None:
        self._motion = motion
        self._sample = bytearray(SAMPLE_BYTES)
        self._fifo = bytearray(FIFO_WORDS * WORD)
        self._registers = bytearray(LAST_REGISTER + 1)
        self.absent = False
        self.frozen = False
        self.chip_id = RESET_VALUES[WHO_AM_I]
        self.index = 0
        self.accel_test_mg = 400
        self.gyro_test_dps = 350
        self._started = False
        self._ready = 0
        self._now_ms = 0
        self._test_age = 0
        self._mg = [0, 0, 0]
        self._events = Events(self._registers)
        self.brown_out()

    def brown_out(self) -> None:
        """Power-on or software reset: every register and the FIFO lose what they held."""
        for address in range(LAST_REGISTER + 1):
            self._registers[address] = RESET_VALUES.get(address, 0)
        self._phase = 0
        self._gyro_on_ms = 0
        self._ready = 0
        self._events.reset()
        self._empty_fifo()

    def knock(self, axis: int = 2, milli_g: int = 4000, shock_ms: int = 10) -> None:
        """Someone taps the housing along an axis (0 to 2)."""
        self._events.knock(self._now_ms, axis, milli_g, shock_ms)

    def _empty_fifo(self) -> None:
        self._head = 0
        self._level = 0
        self._slot = 0
        self._overrun = False

    # --- time

    def advance(self, ms: int) -> None:
        """Let `ms` go by: sample and batch as the registers say."""
        registers = self._registers
        self._now_ms += ms
        accel_on = registers[CTRL1_XL] >> 4 != 0
        gyro_on = registers[CTRL2_G] >> 4 != 0
        if self.frozen or not (accel_on or gyro_on):
            return
        if (
            not gyro_on
            and getattr(self._motion, "quiet", False)
            and registers[FIFO_CTRL4] & 7 == MODE_BYPASS
        ):
            return
        if gyro_on and self._gyro_on_ms < GYRO_TURN_ON_MS:
            step = min(ms, GYRO_TURN_ON_MS - self._gyro_on_ms)
            self._sample_for(step, accel_on, False)
            self._gyro_on_ms += step
            ms -= step
        self._sample_for(ms, accel_on, gyro_on)

    def _sample_for(self, ms: int, accel_on: bool, gyro_on: bool) -> None:
        self._phase += ms * RATE_HZ
        slots = self._phase // 1000
        self._phase %= 1000
        for _ in range(slots):
            self._take_sample(accel_on, gyro_on)

    def _take_sample(self, accel_on: bool, gyro_on: bool) -> None:
        registers = self._registers
        batching = registers[FIFO_CTRL4] & 7 != MODE_BYPASS
        if batching or registers[MD1_CFG]:
            self._started = True
        self._motion.load(self.index, self._sample)
        if self._started:
            self.index += 1
        if accel_on:
            self._feel()
        if registers[CTRL5_C]:
            self._deflect(registers[CTRL5_C])
        self._ready |= (1 if accel_on else 0) | (2 if gyro_on else 0)
        if not batching:
            return
        slot = self._slot & 3
        self._slot += 1
        if gyro_on and registers[FIFO_CTRL3] >> 4 == ODR_52:
            self._push(TAGS[TAG_GYRO][slot], 6)
        if accel_on and registers[CTRL1_XL] >> 4 != ODR_26 and registers[FIFO_CTRL3] & 15 == ODR_52:
            self._push(TAGS[TAG_ACCEL][slot], 0)

    def _feel(self) -> None:
        """Give the new sample to the chip's own detectors, where anyone would hear of it."""
        registers = self._registers
        if not registers[TAP_CFG2] & 0x80 or not (registers[MD1_CFG] & 0x20 or self._events.busy):
            return
        if registers[CTRL1_XL] >> 4 == ODR_26 and self.index & 1:
            return
        mg = self._mg
        for axis in range(3):
            mg[axis] = self._value(2 * axis) * MG_PER_COUNT >> MG_SHIFT
        self._events.sample(mg)

    def _value(self, at: int) -> int:
        value = self._sample[at] | self._sample[at + 1] << 8
        return value - 65536 if value > 32767 else value

    def _deflect(self, test: int) -> None:
        """The self-test pulls at the masses; it takes some samples to get there."""
        self._test_age += 1
        if self._test_age < ST_SETTLE_SAMPLES:
            return
        if test & 3 in (1, 2):
            self._shift(0, self.accel_test_mg * 4098 // 1000 * (1 if test & 3 == 1 else -1))
        if test >> 2 & 3 in (1, 3):
            self._shift(6, self.gyro_test_dps * 1000 // 70 * (1 if test >> 2 & 3 == 1 else -1))

    def _shift(self, at: int, counts: int) -> None:
        for place in range(at, at + 6, 2):
            value = max(-32768, min(32767, self._value(place) + counts)) & 0xFFFF
            self._sample[place] = value & 255
            self._sample[place + 1] = value >> 8

    def _scaled(self, register: int) -> int:
        """A byte of an acceleration at the full scale that is set."""
        value = self._value((register - OUTX_L_A) & 6)
        scale = self._registers[CTRL1_XL] >> 2 & 3
        value = value >> 1 if scale == 1 else value << (0 if scale == 3 else 1 if scale == 2 else 2)
        value = max(-32768, min(32767, value)) & 0xFFFF
        return value >> 8 if register & 1 else value & 255

    def _push(self, tag: int, offset: int) -> None:
        if self._level == FIFO_WORDS:
            self._overrun = True
            if self._registers[FIFO_CTRL4] & 7 == MODE_FIFO:
                return
            self._head = (self._head + 1) % FIFO_WORDS
            self._level -= 1
        at = (self._head + self._level) % FIFO_WORDS * WORD
        self._fifo[at] = tag
        self._fifo[at + 1 : at + WORD] = self._sample[offset : offset + 6]
        self._level += 1

    def _watermark(self) -> int:
        return self._registers[FIFO_CTRL1] | (self._registers[FIFO_CTRL2] & 1) << 8

    def _status2(self) -> int:
        status = self._level >> 8 & 3
        if self._watermark() and self._level >= self._watermark():
            status |= 0x80
        if self._overrun:
            status |= 0x48
        if self._level == FIFO_WORDS:
            status |= 0x20
        return status

    def int1(self) -> int:
        """Level of the INT1 line, active high unless H_LACTIVE is set."""
        enabled = self._registers[INT1_CTRL]
        status = self._status2()
        high = (enabled & 0x08 and status & 0x80) or (enabled & 0x10 and status & 0x40)
        high = high or (enabled & 0x20 and status & 0x20) or self._events.line()
        active_low = self._registers[CTRL3_C] >> 5 & 1
        return (1 if high else 0) ^ active_low

    # --- bus

    def read(self, register: int, buffer: "Bytes") -> None:
        """Fill `buffer` from `register` on. OSError(ENODEV): no acknowledge."""
        self._acknowledge()
        if register == FIFO_DATA_OUT_TAG and len(buffer) % WORD == 0 and self._increments():
            self._read_words(buffer)
            return
        for at in range(len(buffer)):
            buffer[at] = self._read_one(register)
            register = self._after(register)

    def _read_words(self, buffer: "Bytes") -> None:
        """Whole FIFO words: the address wraps from 7Eh to 78h, so a burst reads on and on."""
        fifo = self._fifo
        for at in range(0, len(buffer), WORD):
            if self._level == 0:
                buffer[at : at + WORD] = bytes(WORD)
                continue
            start = self._head * WORD
            buffer[at : at + WORD] = fifo[start : start + WORD]
            self._pop()

    def _pop(self) -> None:
        if self._level:
            self._head = (self._head + 1) % FIFO_WORDS
            self._level -= 1

    def _read_one(self, register: int) -> int:
        if register == WHO_AM_I:
            return self.chip_id
        if register == FIFO_STATUS1:
            return self._level & 255
        if register == FIFO_STATUS2:
            status = self._status2()
            self._overrun = False
            return status
        if register == TAP_SRC or register == WAKE_UP_SRC:
            return self._events.read(register)
        if register == STATUS_REG:
            return self._ready
        if FIFO_DATA_OUT_TAG <= register <= FIFO_DATA_OUT_Z_H:
            at = self._head * WORD + register - FIFO_DATA_OUT_TAG
            value = self._fifo[at] if self._level else 0
            if register == FIFO_DATA_OUT_Z_H:
                self._pop()
            return value
        if OUTX_L_G <= register < OUTX_L_G + 6:
            self._ready &= ~2
            return self._sample[6 + register - OUTX_L_G]
        if OUTX_L_A <= register < OUTX_L_A + 6:
            self._ready &= ~1
            return self._scaled(register)
        return self._registers[register]

    def _increments(self) -> bool:
        return bool(self._registers[CTRL3_C] & 0x04)

    def _after(self, register: int) -> int:
        if not self._increments():
            return register
        return FIFO_DATA_OUT_TAG if register == FIFO_DATA_OUT_Z_H else register + 1 & 127

    def write(self, register: int, data: "Bytes") -> None:
        """Write `data` from `register` on; read-only registers stay as they are."""
        self._acknowledge()
        for value in data:
            self._write_one(register, value)
            register = self._after(register)

    def _write_one(self, register: int, value: int) -> None:
        if register not in WRITABLE:
            return
        if register == CTRL3_C and value & 0x81:
            self.brown_out()
            return
        was_off = self._registers[CTRL2_G] >> 4 == 0
        self._registers[register] = value
        if register == CTRL2_G and was_off:
            self._gyro_on_ms = 0
        if register == CTRL1_XL:
            self._events.restart()
        if register == CTRL5_C:
            self._test_age = 0
        if register == FIFO_CTRL4 and value & 7 == MODE_BYPASS:
            self._empty_fifo()

    def _acknowledge(self) -> None:
        if self.absent:
            raise OSError(NO_DEVICE)
