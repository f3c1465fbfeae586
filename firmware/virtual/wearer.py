"""Who wears the virtual belt: lives as a recording tells, takes a pose when asked, and goes on.

From one motion to the next the wearer turns smoothly, gyroscope and all: a sensor that jumps is
nothing that the belt's filter could follow.
"""

import math
import struct

from virtual.lsm6dso import RATE_HZ, SAMPLE_BYTES
from virtual.world import SECOND_BYTES, Motion, mean_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import BufferedReader

    from device.parts import Bytes

TURN = 2 * RATE_HZ
"""Samples that a change of pose takes."""
RATE_COUNTS = 180 / math.pi / 0.070
"""Gyroscope counts of 1 rad/s."""
STRAIGHT = 1e-6
"""Below this the turn has no axis of its own."""


class Turn:
    """The sensor turns so that "up" goes from one vector to another, both in its counts."""

    def __init__(self, start: "list[float]", end: "list[float]") -> None:
        self._size = math.sqrt(_dot(start, start)) or 1.0
        self._from = [value / self._size for value in start]
        axis = _cross(start, end)
        length = math.sqrt(_dot(axis, axis))
        self._angle = math.atan2(length, _dot(start, end))
        if length < STRAIGHT * self._size * self._size:
            least = min(range(3), key=lambda k: abs(start[k]))  # any axis across will do
            axis = _cross(start, [1.0 if k == least else 0.0 for k in range(3)])
            length = math.sqrt(_dot(axis, axis)) or 1.0
        self._axis = [value / length for value in axis]
        self._aside = _cross(self._axis, self._from)
        self.up = list(start)

    def load(self, at: int, sample: "Bytes") -> None:
        """Sample `at` of TURN; `up` is the vertical by then."""
        phase = math.pi * at / TURN
        angle = self._angle * (1 - math.cos(phase)) / 2
        rate = self._angle * math.sin(phase) / 2 * math.pi / TURN * RATE_HZ * RATE_COUNTS
        for k in range(3):
            level = math.cos(angle) * self._from[k] + math.sin(angle) * self._aside[k]
            self.up[k] = self._size * level
        words = [round(value) for value in self.up]
        # "up" turns about the axis, so the sensor turns the other way
        words += [round(-rate * value) for value in self._axis]
        struct.pack_into("<6h", sample, 0, *words)


class Wearer(Motion):
    """Moves as the recording, or as the seconds of `poses` that were last asked for."""

    def __init__(self, source: "BufferedReader", seconds: int) -> None:
        super().__init__(source, seconds)
        self._poses: "BufferedReader | None" = None
        self._wished: "list[int]" = []
        self._begun = -1
        self._turn: "Turn | None" = None
        self._pose_held = -1
        self._pose = bytearray(SECOND_BYTES)
        self._at = 0

    def pose(self, poses: "BufferedReader", seconds: "list[int]") -> None:
        """Take these seconds of the file `poses` in turn, then go on as the recording tells."""
        up = self._present_up()
        self._poses, self._wished, self._pose_held = poses, seconds, -1
        self._begun = self._at
        self._turn = Turn(up, self._mean_of(seconds[0]))

    def leave(self) -> None:
        """Enough of it: the pose ends where its last second comes by the next time."""
        if self._begun >= 0:
            end = max(0, (self._at - self._begun - TURN) // RATE_HZ) + 1
            while end < len(self._wished) and self._wished[end - 1] != self._wished[-1]:
                end += 1
            self._wished = self._wished[:end]

    def load(self, index: int, sample: "Bytes") -> None:
        """Put the 12 bytes of sample `index` into `sample`."""
        self._at = index
        if self._begun < 0:
            super().load(index, sample)
            return
        at = index - self._begun
        length = TURN + RATE_HZ * len(self._wished)
        if at < TURN:
            self._turned().load(at, sample)
        elif at < length:
            self._turn = None
            self._load_pose(at - TURN, sample)
        elif at < length + TURN:
            if self._turn is None:
                self._turn = Turn(mean_up(self._pose), self.up(index + TURN))
            self._turn.load(at - length, sample)
        else:
            self._begun, self._turn = -1, None
            super().load(index, sample)

    def _turned(self) -> Turn:
        if self._turn is None:
            raise RuntimeError("a pose begins with a turn")
        return self._turn

    def _load_pose(self, at: int, sample: "Bytes") -> None:
        self._read_pose(self._wished[at // RATE_HZ])
        begin = at % RATE_HZ * SAMPLE_BYTES
        sample[:] = self._pose[begin : begin + SAMPLE_BYTES]

    def _read_pose(self, second: int) -> None:
        if second != self._pose_held and self._poses is not None:
            self._poses.seek(second * SECOND_BYTES)
            self._poses.readinto(self._pose)
            self._pose_held = second

    def _mean_of(self, second: int) -> "list[float]":
        self._read_pose(second)
        return mean_up(self._pose)

    def _present_up(self) -> "list[float]":
        """Where up is now."""
        if self._begun < 0:
            return self.up(self._at)
        return self._turn.up if self._turn is not None else mean_up(self._pose)


def _dot(one: "list[float]", other: "list[float]") -> float:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def _cross(one: "list[float]", other: "list[float]") -> "list[float]":
    return [
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    ]
