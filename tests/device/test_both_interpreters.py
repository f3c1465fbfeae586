"""The log and the sensor driver do the same in MicroPython, and a second allocates nothing."""

from array import array
from collections.abc import Callable
from pathlib import Path

from device import imu
from device.files import Files
from device.flashlog import FlashLog
from virtual.lsm6dso import Lsm6dso

from tests.device.logs import all_records

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "firmware" / "virtual"


class Ramp:
    """The motion that the script wears."""

    def load(self, index: int, sample: bytearray) -> None:
        for at in range(12):
            sample[at] = (index * 7 + at * 31) & 255


class Bus:
    """The chip, directly."""

    def __init__(self, chip: Lsm6dso) -> None:
        self.readfrom_mem_into = lambda _address, register, buffer: chip.read(register, buffer)
        self.writeto_mem = lambda _address, register, data: chip.write(register, data)


def block_sum() -> int:
    """The checksum the script prints, from CPython."""
    chip = Lsm6dso(Ramp())  # type: ignore[arg-type]
    driver = imu.Imu(Bus(chip), 0x6A, chip.advance)
    driver.start()
    chip.advance(1000)
    block = array("h", [0] * imu.BLOCK_VALUES)
    assert driver.read_block(block) == imu.READY
    return sum(value * (at + 1) for at, value in enumerate(block))


def log_lines(folder: Path) -> list[str]:
    """The lines that the script prints about its log, from CPython."""
    for _ in range(3):
        log = FlashLog(Files(str(folder)), 3, 2)
        log.start()
        for _ in range(30):
            log.append(1, 60 * log.next_seq, bytes([log.next_seq & 255]) * 40)
        log.acknowledge(log.next_seq - 5)
    seqs = [record.seq for record in all_records(log)]
    state = (log.boot, log.oldest_seq, log.next_seq, log.acked_seq, log.overwritten)
    lines = ["log " + " ".join(str(number) for number in state)]
    lines.append(f"seqs {seqs[0]} {seqs[-1]} {len(seqs)}")
    files = sorted((folder / "log").iterdir())
    return lines + [f"file {file.name} {file.read_bytes().hex()}" for file in files]


def test_micropython_leaves_the_same_bytes(micropython: Callable[..., str], tmp_path: Path) -> None:
    flash = tmp_path / "flash"
    flash.mkdir()
    printed = micropython(HERE / "on_micropython.py", put=[(SOURCES, "/lib/virtual")])
    assert printed.splitlines() == [*log_lines(flash), f"block {block_sum()}"]
