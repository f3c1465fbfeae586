"""The flash: how often the log erases its blocks, on real littlefs, against what a block bears.

A record a minute of day and night and a boot a day, on a partition as MicroPython mounts it. The
counts are exact and the same on every machine.
"""

from collections.abc import Iterator

from device.flashlog import FlashLog

from tests.device.little import Flash, LittleFiles

BLOCKS = 512
"""2 MB: what the ESP32 boards of 4 MB leave for files."""
SEGMENTS = 60
CYCLES = 100_000
"""Erases a block bears: the flash chips' data sheets (GD25, W25Q), minimum."""
RECORD_BYTES = 16
RECORDS_A_DAY = 24 * 60
RECORDS_A_YEAR = 365 * RECORDS_A_DAY
HEADER = "| | |\n|---|---|"


def wear(days: int) -> tuple[int, list[int]]:
    """Live so many days; records logged, and the erases of each block."""
    flash = Flash(BLOCKS)
    files = LittleFiles(flash, fresh=True)
    flash.erases = [0] * BLOCKS
    records = 0
    for _ in range(days):
        log = FlashLog(files, SEGMENTS)
        log.start()
        for minute in range(RECORDS_A_DAY):
            log.append(1, 60 * minute, bytes(RECORD_BYTES))
            records += 1
        log.acknowledge(log.next_seq - 1)
    return records, flash.erases


def report(days: int = 3) -> Iterator[str]:
    """A table: erases a record, a year and block, and the years until the mean block is worn."""
    records, erases = wear(days)
    a_year = RECORDS_A_YEAR / records
    mean = sum(erases) / BLOCKS * a_year
    yield HEADER
    yield f"| days lived | {days} |"
    yield f"| erases a record | {sum(erases) / records:.2f} |"
    yield f"| erases a year and block, mean | {mean:.0f} of {CYCLES} |"
    yield f"| busiest block in these days (littlefs moves on at 100) | {max(erases)} |"
    yield f"| years until the mean block is worn | {CYCLES / mean:.0f} |"
