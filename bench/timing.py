"""Times the core and the float filter on the same seconds; runs in CPython and in MicroPython.

Prints one line a part: its name and the microseconds a second of motion takes. A part's best
round counts: what else the machine does only ever makes it slower.
"""

import sys
import time
from array import array

from beltcore.pipeline import Pipeline

if sys.implementation.name == "micropython":
    from madgwick import Madgwick  # type: ignore[import-not-found]  # beside this file
else:
    from collections.abc import Callable

    from bench.madgwick import Madgwick

ROUNDS = 5
SECONDS = 40


def now_us() -> int:
    """Microseconds of a clock that never steps back."""
    ticks_us = getattr(time, "ticks_us", None)
    return ticks_us() if ticks_us else time.perf_counter_ns() // 1000


def read_blocks(path: str) -> "list[array[int]]":
    """The seconds in a file of int16 counts."""
    with open(path, "rb") as file:  # noqa: PTH123 - MicroPython has no pathlib
        data = file.read()
    return [array("h", data[at : at + 624]) for at in range(0, len(data) - 623, 624)]


def parts(pipeline: Pipeline) -> "dict[str, Callable[[array[int]], None]]":
    """What is timed, by name: functions of a block."""
    samples = pipeline.samples
    ups = array("h", bytes(312))
    body = array("h", bytes(624))
    body_ups = array("h", bytes(312))
    madgwick = Madgwick()

    def rotation(block: "array[int]") -> None:
        samples.mounting.rotate(block, 52, body)
        samples.mounting.rotate(ups, 52, body_ups, 3)

    return {
        "whole core": lambda block: pipeline.second(block, False, 600),
        "of it inclination": lambda block: samples.inclination.update(block, 52, ups),
        "of it rotation": rotation,
        "of it activity and steps": lambda block: samples.activity.second(body, body_ups),
        "of it load and reminders": lambda block: pipeline.seconds.live(samples.live, 600),
        "float Madgwick filter": madgwick.second,
    }


def run(path: str) -> None:
    """Time every part on the seconds in `path` and print the results."""
    blocks = read_blocks(path)[:SECONDS]
    for name, part in parts(Pipeline()).items():
        best = 0
        for _ in range(ROUNDS):
            began = now_us()
            for block in blocks:
                part(block)
            took = now_us() - began
            if not best or took < best:
                best = took
        print("time", best // len(blocks), name)


if __name__ == "__main__":
    run(sys.argv[1])
