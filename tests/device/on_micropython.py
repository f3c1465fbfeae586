"""Runs in MicroPython: the log on a folder, and a second from the sensor with the heap locked."""

# MicroPython has no pathlib.
# ruff: noqa: PTH102, PTH123, PTH208
import os
from array import array

import micropython
from beltwire.pages import parse_page
from device import imu
from device.files import Files
from device.flashlog import FlashLog
from virtual.lsm6dso import Lsm6dso


class Ramp:
    """Motion whose values count up."""

    def load(self, index, sample):
        for at in range(12):
            sample[at] = (index * 7 + at * 31) & 255


class Bus:
    """The chip's FIFO words, laid out beforehand: reading them allocates nothing."""

    def __init__(self, chip):
        self._chip = chip
        self._ready = False
        self._status = bytearray(2)
        self._words = bytearray(imu.WORDS_PER_SECOND * imu.WORD_BYTES)

    def fetch(self):
        self._chip.read(imu.FIFO_STATUS1, self._status)
        self._chip.read(imu.FIFO_DATA_OUT_TAG, self._words)
        self._ready = True

    def readfrom_mem_into(self, address, register, buffer):
        if not self._ready:
            self._chip.read(register, buffer)
            return
        source = self._status if register == imu.FIFO_STATUS1 else self._words
        for at in range(len(source)):
            buffer[at] = source[at]

    def writeto_mem(self, address, register, data):
        self._chip.write(register, data)


def log_like_on_the_host():
    """What the test on CPython does, and the bytes it leaves."""
    os.mkdir("/flash")
    for _ in range(3):
        log = FlashLog(Files("/flash"), 3, 2)
        log.start()
        for _ in range(30):
            log.append(1, 60 * log.next_seq, bytes([log.next_seq & 255]) * 40)
        log.acknowledge(log.next_seq - 5)
    seqs = []
    seq = 1
    page = log.read_page(seq)
    while page is not None:
        parsed = parse_page(page)
        seqs += [record.seq for record in parsed.records]
        seq = parsed.next_seq
        page = log.read_page(seq)
    print("log", log.boot, log.oldest_seq, log.next_seq, log.acked_seq, log.overwritten)
    print("seqs", seqs[0], seqs[-1], len(seqs))
    for name in sorted(os.listdir("/flash/log")):
        with open("/flash/log/" + name, "rb") as source:
            print("file", name, source.read().hex())


def read_a_second_with_the_heap_locked():
    """The driver's way from FIFO words to a block."""
    chip = Lsm6dso(Ramp())
    bus = Bus(chip)
    driver = imu.Imu(bus, 0x6A, chip.advance)
    assert driver.start() == imu.READY
    chip.advance(1000)
    bus.fetch()
    block = array("h", bytes(2 * imu.BLOCK_VALUES))
    micropython.heap_lock()
    outcome = driver.read_block(block)
    micropython.heap_unlock()
    assert outcome == imu.READY
    print("block", sum([value * (at + 1) for at, value in enumerate(block)]))


log_like_on_the_host()
read_a_second_with_the_heap_locked()
