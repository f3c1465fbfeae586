"""The register model itself, against what the data sheet (DS12140) says; no driver involved."""

import pytest
from virtual.lsm6dso import FIFO_WORDS, TAGS, Lsm6dso, tag_byte

from tests.device.bench import motion_of

SAMPLES = [[n, n + 1, n + 2, -n, -n - 1, -n - 2] for n in range(52 * 3)]


@pytest.fixture
def chip() -> Lsm6dso:
    return Lsm6dso(motion_of(SAMPLES))


def get(chip: Lsm6dso, register: int, count: int = 1) -> list[int]:
    data = bytearray(count)
    chip.read(register, data)
    return list(data)


def put(chip: Lsm6dso, register: int, *values: int) -> None:
    chip.write(register, bytearray(values))


def streaming(chip: Lsm6dso, mode: int = 6) -> None:
    """Both sensors on and settled, then the FIFO."""
    put(chip, 0x09, 0x33)
    put(chip, 0x10, 0x3C, 0x3C)
    chip.advance(100)
    put(chip, 0x0A, mode)


def test_reset_values(chip: Lsm6dso) -> None:
    assert get(chip, 0x0F) == [0x6C]
    assert get(chip, 0x12) == [0x04]
    assert get(chip, 0x18) == [0xE0]
    assert get(chip, 0x07, 4) == [0, 0, 0, 0]


def test_read_only_registers_stay(chip: Lsm6dso) -> None:
    put(chip, 0x0F, 0x55)
    put(chip, 0x3A, 0xFF)
    assert get(chip, 0x0F) == [0x6C]
    assert get(chip, 0x3A) == [0]


def test_software_reset_clears_the_registers_and_itself(chip: Lsm6dso) -> None:
    put(chip, 0x10, 0x3C)
    put(chip, 0x12, 0x01)
    assert get(chip, 0x10) == [0]
    assert get(chip, 0x12) == [0x04]


def test_addresses_count_up_only_with_if_inc(chip: Lsm6dso) -> None:
    put(chip, 0x10, 0x3C, 0x4C)
    assert get(chip, 0x10, 2) == [0x3C, 0x4C]
    put(chip, 0x12, 0x00)
    assert get(chip, 0x10, 2) == [0x3C, 0x3C]
    put(chip, 0x10, 0x11, 0x22)
    assert get(chip, 0x10) == [0x22]


def test_nothing_is_sampled_in_power_down(chip: Lsm6dso) -> None:
    put(chip, 0x09, 0x33)
    put(chip, 0x0A, 6)
    chip.advance(1000)
    assert get(chip, 0x3A, 2) == [0, 0]


def test_both_words_of_a_slot_carry_its_counter(chip: Lsm6dso) -> None:
    streaming(chip)
    chip.advance(100)
    words = [get(chip, 0x78, 7) for _ in range(10)]
    sensors = [word[0] >> 3 for word in words]
    slots = [word[0] >> 1 & 3 for word in words]
    assert sensors == [1, 2] * 5
    assert slots == [0, 0, 1, 1, 2, 2, 3, 3, 0, 0]


@pytest.mark.parametrize("sensor", [1, 2])
@pytest.mark.parametrize("slot", range(4))
def test_tags_have_even_parity(sensor: int, slot: int) -> None:
    tag = tag_byte(sensor, slot)
    assert bin(tag).count("1") % 2 == 0
    assert (tag >> 3, tag >> 1 & 3) == (sensor, slot)
    assert TAGS[sensor][slot] == tag


def test_a_burst_goes_on_from_word_to_word(chip: Lsm6dso) -> None:
    streaming(chip)
    chip.advance(100)
    burst = get(chip, 0x78, 28)
    single = Lsm6dso(motion_of(SAMPLES))
    streaming(single)
    single.advance(100)
    assert burst == [byte for _ in range(4) for byte in get(single, 0x78, 7)]
    one_by_one = Lsm6dso(motion_of(SAMPLES))
    streaming(one_by_one)
    one_by_one.advance(100)
    assert burst == get(one_by_one, 0x78, 29)[:28]


def test_an_empty_fifo_reads_as_zeros(chip: Lsm6dso) -> None:
    streaming(chip)
    assert get(chip, 0x78, 7) == [0] * 7


def test_the_watermark_flag_and_the_level(chip: Lsm6dso) -> None:
    put(chip, 0x07, 20)
    streaming(chip)
    chip.advance(170)
    assert get(chip, 0x3A, 2) == [18, 0]
    chip.advance(20)
    assert get(chip, 0x3A, 2) == [20, 0x80]


def test_the_latched_overrun_goes_when_it_is_read(chip: Lsm6dso) -> None:
    streaming(chip)
    chip.advance(6000)
    level = FIFO_WORDS
    assert get(chip, 0x3A, 2) == [level & 255, level >> 8 | 0x68]
    assert get(chip, 0x3B) == [level >> 8 | 0x20]


def test_fifo_mode_stops_when_full_and_continuous_mode_goes_on(chip: Lsm6dso) -> None:
    streaming(chip, mode=1)
    chip.advance(7000)
    first = get(chip, 0x78, 7)
    assert first[1:3] == [0, 0]
    other = Lsm6dso(motion_of(SAMPLES))
    streaming(other, mode=6)
    other.advance(7000)
    assert get(other, 0x78, 7) != first


def test_bypass_empties_the_fifo(chip: Lsm6dso) -> None:
    streaming(chip)
    chip.advance(500)
    put(chip, 0x0A, 0)
    assert get(chip, 0x3A, 2) == [0, 0]


def test_the_gyro_joins_after_its_turn_on_time(chip: Lsm6dso) -> None:
    put(chip, 0x09, 0x33)
    put(chip, 0x0A, 6)
    put(chip, 0x10, 0x3C, 0x3C)
    chip.advance(60)
    assert {get(chip, 0x78, 7)[0] >> 3 for _ in range(3)} == {2}


def test_the_recording_begins_with_the_first_batch(chip: Lsm6dso) -> None:
    streaming(chip)
    chip.advance(20)
    words = [get(chip, 0x78, 7), get(chip, 0x78, 7)]
    accel = next(word for word in words if word[0] >> 3 == 2)
    assert accel[1:] == [0, 0, 1, 0, 2, 0]


def test_interrupt_polarity(chip: Lsm6dso) -> None:
    put(chip, 0x07, 2)
    put(chip, 0x0D, 0x08)
    streaming(chip)
    assert chip.int1() == 0
    chip.advance(50)
    assert chip.int1() == 1
    put(chip, 0x12, 0x24)
    assert chip.int1() == 0


def test_an_absent_chip_does_not_acknowledge(chip: Lsm6dso) -> None:
    chip.absent = True
    with pytest.raises(OSError, match="19"):
        get(chip, 0x0F)


# --- what the chip recognises by itself


def armed(chip: Lsm6dso, rate: int = 6, cfg0: int = 0x4F, routed: int = 0x08) -> None:
    """Double taps of 1 g on all axes, latched, on INT1; the accelerometer at `rate`."""
    put(chip, 0x10, rate << 4 | 0x0C)
    put(chip, 0x56, cfg0)
    put(chip, 0x57, 4)
    put(chip, 0x59, 4, 0x7F, 0x80)
    put(chip, 0x5E, routed)
    put(chip, 0x58, 0x84)


def knock_at(chip: Lsm6dso, *times_ms: int, milli_g: int = 3000, shock_ms: int = 10) -> None:
    """Knocks so many ms from now, in order."""
    now = 0
    for at in times_ms:
        chip.advance(at - now)
        now = at
        chip.knock(milli_g=milli_g, shock_ms=shock_ms)


@pytest.mark.parametrize(
    ("times_ms", "double"),
    [((0, 200), True), ((0, 530), True), ((0, 560), False), ((0, 20), False), ((0,), False)],
)
def test_a_double_tap_is_two_in_time(
    chip: Lsm6dso, times_ms: tuple[int, ...], double: bool
) -> None:
    armed(chip)
    knock_at(chip, *times_ms)
    assert chip.int1() == (1 if double else 0)
    assert bool(get(chip, 0x1C)[0] & 0x10) is double


@pytest.mark.parametrize("rate", [3, 5])
def test_taps_need_416_hz(chip: Lsm6dso, rate: int) -> None:
    armed(chip, rate)
    knock_at(chip, 0, 200)
    assert get(chip, 0x1C) == [0]


@pytest.mark.parametrize(("milli_g", "shock_ms"), [(900, 10), (3000, 80)])
def test_too_soft_or_too_long_is_no_tap(chip: Lsm6dso, milli_g: int, shock_ms: int) -> None:
    armed(chip)
    knock_at(chip, 0, 200, milli_g=milli_g, shock_ms=shock_ms)
    assert get(chip, 0x1C) == [0]


def test_without_clear_on_read_the_flag_stays_for_the_sample(chip: Lsm6dso) -> None:
    armed(chip, cfg0=0x0F)
    knock_at(chip, 0, 200)
    assert get(chip, 0x1C)[0] & 0x10
    assert chip.int1() == 1
    chip.advance(40)
    assert chip.int1() == 0


def test_a_pulsed_interrupt_passes_by_itself(chip: Lsm6dso) -> None:
    armed(chip, cfg0=0x0E)
    knock_at(chip, 0, 200)
    chip.advance(40)
    assert chip.int1() == 0


def test_only_routed_events_raise_the_line(chip: Lsm6dso) -> None:
    armed(chip, routed=0x40)
    knock_at(chip, 0)
    assert chip.int1() == 1
    get(chip, 0x1C)
    knock_at(chip, 200)
    assert chip.int1() == 0


def test_an_accelerometer_in_a_wider_scale_gives_smaller_numbers(chip: Lsm6dso) -> None:
    numbers = []
    for scale in (0x3C, 0x38, 0x30):
        put(chip, 0x10, scale)
        chip.advance(20)
        low, high = get(chip, 0x28, 2)
        numbers.append(low | high << 8)
    streaming(chip)
    assert numbers[1] == 2 * numbers[0]
    assert numbers[2] == 4 * numbers[0]


def test_data_ready_is_told_until_the_sample_is_read(chip: Lsm6dso) -> None:
    put(chip, 0x10, 0x3C)
    assert get(chip, 0x1E) == [0]
    chip.advance(20)
    assert get(chip, 0x1E) == [1]
    get(chip, 0x28, 6)
    assert get(chip, 0x1E) == [0]


def test_the_self_test_takes_its_time_to_deflect(chip: Lsm6dso) -> None:
    put(chip, 0x10, 0x3C)
    chip.advance(20)
    before = get(chip, 0x28, 2)[0]
    put(chip, 0x14, 0x01)
    chip.advance(20)
    assert get(chip, 0x28, 2)[0] - before < 20
    chip.advance(100)
    low, high = get(chip, 0x28, 2)
    assert (low | high << 8) - before > 1500
