"""Samples through inclination, mounting, calibration and walking; runs in both interpreters.

As a script: chain_script.py SAMPLES OUT [LOCK]; SAMPLES are little-endian int16 counts, six to
a sample; OUT gets, for each second, the up vectors, the body samples and some state. With LOCK
(MicroPython) every second but the first two runs with the heap locked.
"""

import sys
from array import array

from beltcore.calibration import Calibration
from beltcore.inclination import STATE_SIZE, Inclination
from beltcore.mounting import Mounting
from beltcore.trig import flexion_cdeg, lateral_cdeg
from beltcore.walking import Walk

STAND, SIT, BOW = 1, 2, 3
STEPS = (STAND, BOW, SIT, STAND, SIT, BOW)


class Chain:
    """This part of the core, second by second; `out` is what a second gave."""

    def __init__(self):
        self.core = Inclination()
        self.mounting = Mounting()
        self.calibration = Calibration(self.mounting)
        self.walk = Walk()
        self.ups = array("h", bytes(2 * 156))
        self.body = array("h", bytes(2 * 312))
        self.body_up = array("h", bytes(2 * 156))
        self.state = array("i", bytes(4 * STATE_SIZE))
        self.out = array("i", bytes(4 * 9))
        self.count = 0

    def second(self, block):
        """Take one second of 52 samples."""
        if self.count % 20 == 0:
            self.calibration.begin(STEPS[self.count // 20 % len(STEPS)])
        self.count += 1
        self.core.update(block, 52, self.ups)
        self.core.save(self.state)
        self.mounting.rotate(block, 52, self.body)
        self.mounting.rotate(self.ups, 52, self.body_up, 3)
        out = self.out
        out[0] = self.calibration.add(block, 52, self.ups)
        out[1] = self.calibration.quality
        out[2] = self.calibration.seated_cdeg
        out[3] = self.walk.add(block, 52, self.ups, self.count % 90 > 20, self.mounting)
        out[4] = self.walk.quality
        out[5] = flexion_cdeg(self.body_up[153], self.body_up[155], 16384)
        out[6] = lateral_cdeg(self.body_up[153], self.body_up[154], self.body_up[155])
        out[7] = self.core.fault
        out[8] = self.calibration.progress


def run(source, target, guard):
    """Read samples from one file, write what they give to another; return the seconds."""
    chain = Chain()
    block = array("h", bytes(2 * 312))
    while source.readinto(block) == 624:
        if chain.count > 1:
            guard(chain, block)
        else:
            chain.second(block)
        for words in (chain.ups, chain.body, chain.out, chain.state):
            target.write(words)
    return chain.count


def unlocked(chain, block):
    """A second without a lock."""
    chain.second(block)


def locked(chain, block):
    """A second that must allocate nothing."""
    import micropython

    micropython.heap_lock()
    try:
        chain.second(block)
    finally:
        micropython.heap_unlock()


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as target:  # noqa: PTH123 - no pathlib
        print(run(source, target, locked if len(sys.argv) > 3 else unlocked))
