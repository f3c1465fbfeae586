"""How long a charge lasts: from data-sheet currents and the work the code does each second.

usage: python hardware/power.py            write power.md
       python hardware/power.py --count    count the work of the code anew
       python hardware/power.py --check    fail where power.md or WORK no longer fits

The work is counted, not timed: bytecodes of the firmware's own files while a belt is worn, sitting
and walking by turns. That is the same on every machine.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
PAGE = Path(__file__).with_suffix(".md")

WORK = {"a worn second": 196000}
"""Bytecodes, as `--count` gave them."""
WORK_TOLERANCE = 0.25

# (name, value, unit, where it comes from); every one is named in power.md.
GIVEN = {
    "cpu_ma": (
        23.0,
        "mA",
        "ESP32-C3 data sheet: modem-sleep, 160 MHz, CPU running",
    ),
    "light_ma": (0.130, "mA", "ESP32-C3 data sheet, light sleep"),
    "deep_ma": (0.005, "mA", "ESP32-C3 data sheet: deep sleep, RTC timer and memory"),
    "imu_ma": (0.55, "mA", "LSM6DSO data sheet: both sensors, high-performance mode"),
    "imu_watch_ma": (
        0.026,
        "mA",
        "LSM6DSO data sheet: accelerometer, low power, 52 Hz",
    ),
    "haptic_off_ma": (0.004, "mA", "DRV2605L data sheet, shutdown by EN"),
    "motor_ma": (75.0, "mA", "a 10 mm coin ERM at 3 V with its driver: assumption"),
    "divider_ma": (0.009, "mA", "battery divider of 2 x 220 kOhm at 4 V (BRINGUP.md)"),
    "supply_ma": (0.040, "mA", "regulator and charger, XIAO class: assumption"),
    "bytecodes_per_ms": (
        1500.0,
        "1/ms",
        "MicroPython on a C3 at 160 MHz: assumption",
    ),
    "wake_ms": (1.5, "ms", "into light sleep and out again: assumption"),
    "bus_ms": (17.0, "ms", "104 FIFO words of 7 bytes of 9 clocks at 400 kHz"),
    "flash_ms": (
        60.0,
        "ms",
        "an erase and some programs a record: flash data sheets",
    ),
    "look_ms": (
        400.0,
        "ms",
        "a look out of deep sleep with its boot: assumption",
    ),
    "looks_an_hour": (6.0, "1/h", "firmware/device/rest.py: every ten minutes"),
    "battery_mah": (500.0, "mAh", "LiPo cell of the reference belt: assumption"),
    "usable": (0.85, "", "down to 3.3 V, cold and aged: assumption"),
    "worn_h": (10.0, "h", "a day on the belt: assumption"),
    "still_h": (1.0, "h", "until not worn is certain: firmware/beltcore/wear.py"),
    "reminders": (8.0, "1/day", "below the budget of 3 an hour"),
    "buzz_s": (0.65, "s", "the default pattern and now and then a thank-you"),
}


PAGE_TEXT = """# Power: days per charge

Written by `.venv/bin/python hardware/power.py`; a test holds the two together. No board has been
measured yet: what is marked as an assumption is to be replaced by a measurement (see `BRINGUP.md`).

**A charge lasts {days:.0f} days** at {worn_h:g} hours on the belt a day, of a cell of
{battery_mah:g} mAh; {days_always_worn:.0f} days worn day and night, {days_on_a_table:.0f} days
on a table.

## A worn second

The code does {work} bytecodes in a worn second (counted in firmware, core and protocol while a
belt is worn): {core_ms:.0f} ms of the chip. With reading the FIFO, waking and writing the log it
is awake {busy_ms:.0f} ms of every second, {duty_percent:.0f} %, and sleeps lightly the rest of the
time.

| state | mean current | a day |
|---|---|---|
| worn, and the hour until it knows that it is not | {worn_ma:.2f} mA | {awake_mah:.1f} mAh |
| not worn: deep sleep, the sensor on watch | {asleep_ma:.3f} mA | {asleep_mah:.1f} mAh |
| the motor | | {motor_mah:.2f} mAh |
| together | | {day_mah:.1f} mAh |

Most of it is the core's bytecode. Compiling its inner loops as native code (`mpy-cross` can) would
be the first thing to try where this is not enough.

## What it is computed from

| name | value | source |
|---|---|---|
{rows}
"""


def value(name: str) -> float:
    """The number of an entry of GIVEN."""
    return GIVEN[name][0]


def budget() -> dict[str, float]:
    """Mean currents in mA, charges in mAh a day, and the days per charge."""
    core_ms = WORK["a worn second"] / value("bytecodes_per_ms")
    flash_ms = value("flash_ms") / 60
    busy_ms = core_ms + value("bus_ms") + value("wake_ms") + flash_ms
    always = value("haptic_off_ma") + value("divider_ma") + value("supply_ma")
    duty = busy_ms / 1000
    worn_ma = duty * value("cpu_ma") + (1 - duty) * value("light_ma") + value("imu_ma") + always
    look_h = value("looks_an_hour") * value("look_ms") / 3_600_000
    asleep_ma = value("deep_ma") + value("imu_watch_ma") + always + look_h * value("cpu_ma")
    motor_mah = value("reminders") * value("buzz_s") / 3600 * value("motor_ma")
    awake_h = value("worn_h") + value("still_h")
    awake_mah = awake_h * worn_ma
    asleep_mah = (24 - awake_h) * asleep_ma
    day_mah = awake_mah + asleep_mah + motor_mah
    usable_mah = value("battery_mah") * value("usable")
    return {
        "core_ms": core_ms,
        "busy_ms": busy_ms,
        "duty_percent": 100 * duty,
        "worn_ma": worn_ma,
        "asleep_ma": asleep_ma,
        "awake_mah": awake_mah,
        "asleep_mah": asleep_mah,
        "motor_mah": motor_mah,
        "day_mah": day_mah,
        "days": usable_mah / day_mah,
        "days_always_worn": usable_mah / (24 * worn_ma + motor_mah),
        "days_on_a_table": usable_mah / (24 * asleep_ma),
    }


def page() -> str:
    """The text of power.md."""
    rows = [f"| `{name}` | {each[0]:g} {each[1]} | {each[2]} |" for name, each in GIVEN.items()]
    numbers = {name: each[0] for name, each in GIVEN.items()}
    return PAGE_TEXT.format(work=WORK["a worn second"], rows="\n".join(rows), **budget(), **numbers)


# --- counting


class Swaying:
    """Someone who sits and walks by turns, with a sensor's noise."""

    quiet = False
    chance = 1

    def load(self, index: int, sample: bytearray) -> None:
        """A sample: upright, swinging at 2 Hz in every other ten seconds."""
        swing = (index * 1260 % 32768 - 16384) // 16 if index // 520 % 2 else 0
        for axis in range(6):
            self.chance = (self.chance * 69069 + 1) & 0x3FFFFFFF
            noise = (self.chance >> 12) % 17 - 8
            number = noise + (4098 + swing if axis == 0 else swing // 2 if axis > 2 else 0)
            sample[2 * axis : 2 * axis + 2] = (number & 0xFFFF).to_bytes(2, "little")


class Silent:
    """No host."""

    def readinto(self, _buffer: bytearray) -> None:
        """Nothing waits."""

    def write(self, _data: memoryview) -> None:
        """Nobody takes it."""


def count() -> dict[str, int]:
    """Bytecodes of a worn second of the firmware, the mean of some."""
    from virtual import runner
    from virtual.world import World, enter

    with tempfile.TemporaryDirectory() as flash:
        world = World(runner.pins("virtual"), Swaying(), bytes(6))  # type: ignore[arg-type]
        world.stream = Silent()
        enter(world)
        belt = runner.Runner("virtual", flash, world)
        wait = belt.step(0)
        while world.now_ms < 30_000:
            wait = belt.step(wait)
        seconds = 20
        total = _bytecodes(lambda: _live(belt, wait, seconds))
    return {"a worn second": total // seconds}


def _live(belt: "object", wait: int, seconds: int) -> None:
    world = belt.world  # type: ignore[attr-defined]
    end = world.now_ms + 1000 * seconds
    while world.now_ms < end:
        wait = belt.step(wait)  # type: ignore[attr-defined]


def _bytecodes(work: Callable[[], None]) -> int:
    """How many bytecodes of the firmware's own files `work` runs."""
    own = (
        str(ROOT / "firmware" / "device"),
        str(ROOT / "firmware" / "beltcore"),
        str(ROOT / "protocol"),
    )
    counted = 0

    def each(_frame: FrameType, event: str, _what: object) -> Callable[..., object]:
        nonlocal counted
        counted += event == "opcode"
        return each

    def enter_frame(frame: FrameType, _event: str, _what: object) -> Callable[..., object] | None:
        if not frame.f_code.co_filename.startswith(own):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return each

    sys.settrace(enter_frame)
    try:
        work()
    finally:
        sys.settrace(None)
    return counted


def check() -> list[str]:
    """What does not fit any more."""
    found = []
    if PAGE.read_text("utf-8") != page():
        found.append("hardware/power.md is not what power.py writes: run python hardware/power.py")
    for name, now in count().items():
        if abs(now - WORK[name]) > WORK_TOLERANCE * WORK[name]:
            found.append(f"{name} takes {now} bytecodes, not {WORK[name]}: change WORK in power.py")
    return found


def main(arguments: list[str]) -> int:
    """Do what the arguments say."""
    if arguments == ["--count"]:
        print(count())
        return 0
    if arguments == ["--check"]:
        problems = check()
        print("\n".join(problems))
        return 1 if problems else 0
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
