"""A Madgwick filter in plain Python floats: what the core's time is held against.

S. Madgwick, "An efficient orientation filter for inertial and inertial/magnetic sensor arrays",
University of Bristol, 2010, equations 11 to 33 for gyroscope and accelerometer. It estimates
inclination and nothing else. Runs in CPython and in MicroPython.
"""

import math
from array import array

BETA = 0.1
STEP_S = 1 / 52
RADIANS_PER_COUNT = math.radians(0.070)


class Madgwick:
    """Orientation quaternion from blocks of 52 samples, six int16 counts each."""

    def __init__(self) -> None:
        self.q0 = 1.0
        self.q1 = 0.0
        self.q2 = 0.0
        self.q3 = 0.0

    def second(self, block: "array[int]") -> None:
        """Take one second of samples."""
        for at in range(0, 312, 6):
            self.sample(
                block[at],
                block[at + 1],
                block[at + 2],
                block[at + 3] * RADIANS_PER_COUNT,
                block[at + 4] * RADIANS_PER_COUNT,
                block[at + 5] * RADIANS_PER_COUNT,
            )

    def sample(self, ax: float, ay: float, az: float, gx: float, gy: float, gz: float) -> None:
        """Take one sample: acceleration in any unit, rate in radian per second."""
        q0 = self.q0
        q1 = self.q1
        q2 = self.q2
        q3 = self.q3
        d0 = 0.5 * (-q1 * gx - q2 * gy - q3 * gz)
        d1 = 0.5 * (q0 * gx + q2 * gz - q3 * gy)
        d2 = 0.5 * (q0 * gy - q1 * gz + q3 * gx)
        d3 = 0.5 * (q0 * gz + q1 * gy - q2 * gx)
        length = math.sqrt(ax * ax + ay * ay + az * az)
        if length > 0:
            f1 = 2 * (q1 * q3 - q0 * q2) - ax / length
            f2 = 2 * (q0 * q1 + q2 * q3) - ay / length
            f3 = 1 - 2 * (q1 * q1 + q2 * q2) - az / length
            s0 = 2 * (q1 * f2 - q2 * f1)
            s1 = 2 * (q3 * f1 + q0 * f2) - 4 * q1 * f3
            s2 = 2 * (q3 * f2 - q0 * f1) - 4 * q2 * f3
            s3 = 2 * (q1 * f1 + q2 * f2)
            slope = math.sqrt(s0 * s0 + s1 * s1 + s2 * s2 + s3 * s3)
            if slope > 0:
                d0 -= BETA * s0 / slope
                d1 -= BETA * s1 / slope
                d2 -= BETA * s2 / slope
                d3 -= BETA * s3 / slope
        q0 += d0 * STEP_S
        q1 += d1 * STEP_S
        q2 += d2 * STEP_S
        q3 += d3 * STEP_S
        length = math.sqrt(q0 * q0 + q1 * q1 + q2 * q2 + q3 * q3)
        self.q0 = q0 / length
        self.q1 = q1 / length
        self.q2 = q2 / length
        self.q3 = q3 / length

    def up(self) -> "list[float]":
        """The vertical in sensor axes, a unit vector."""
        q0 = self.q0
        q1 = self.q1
        q2 = self.q2
        q3 = self.q3
        return [
            2 * (q1 * q3 - q0 * q2),
            2 * (q0 * q1 + q2 * q3),
            q0 * q0 - q1 * q1 - q2 * q2 + q3 * q3,
        ]
