"""The belt's inclination filter in floats, to choose parameters and to hold the integers to.

The same steps as beltcore.inclination, with exact rotations and without its provisions for a
failing sensor.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 52
RADIAN = math.radians(0.070) / RATE_HZ  # of rotation in one sample, per count
Floats = NDArray[np.float64]
Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Parameters:
    """What the study varies; times in samples of 1/52 s.

    stage: time constant of each of the two stages; lead: part of a sample by which the
    acceleration is turned on; coning: factor of the cross product with the rotation before;
    learning: bias per second and radian between the stages, in motion.
    """

    stage: float = 96.0
    lead: float = 9 / 16
    coning: float = 1 / 12
    learning: float = 1 / 400
    rest_rate: float = 20.0
    rest_acc: float = 100.0


def cross(a: Vector, b: Vector) -> Vector:
    """The cross product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def turned(v: Vector, w: Vector) -> Vector:
    """v as seen after the sensor has turned by w (radian)."""
    t2 = w[0] * w[0] + w[1] * w[1] + w[2] * w[2]
    if t2 < 1e-14:
        return v
    t = math.sqrt(t2)
    s, c = math.sin(t) / t, (1 - math.cos(t)) / t2
    p = cross(w, v)
    q = cross(w, p)
    return tuple(v[k] - s * p[k] + c * q[k] for k in range(3))  # type: ignore[return-value]


class FloatInclination:
    """The filter; bias in counts."""

    def __init__(self, parameters: Parameters | None = None) -> None:
        self.parameters = parameters or Parameters()
        self.bias = np.zeros(3)
        self._learnt = 0

    def run(self, samples: NDArray[np.int64]) -> Floats:
        """Up vectors (N, 3) in counts for counts (N, 6)."""
        par = self.parameters
        out = np.empty((len(samples), 3))
        rows = samples.astype(float).tolist()
        v = u = tuple(rows[0][:3])
        last = (0.0, 0.0, 0.0)
        age = 2
        for i, row in enumerate(rows):
            w: Vector = tuple((row[3 + k] - self.bias[k]) * RADIAN for k in range(3))
            bent = cross(last, w)
            last = w
            r: Vector = tuple(w[k] + par.coning * bent[k] for k in range(3))  # type: ignore[assignment]
            age = min(age + 1, int(par.stage))
            gain = 1 / age
            lead = cross(r, row[:3])
            v = turned(v, r)
            v = tuple(v[k] + gain * (row[k] - par.lead * lead[k] - v[k]) for k in range(3))
            u = turned(u, r)
            gain = gain if age >= int(par.stage) else 1.0
            u = tuple(u[k] + gain * (v[k] - u[k]) for k in range(3))
            out[i] = u
            if i % RATE_HZ == RATE_HZ - 1:
                self._learn(samples[i - RATE_HZ + 1 : i + 1], v, u, age)
        return out

    def _learn(self, window: NDArray[np.int64], v: Vector, u: Vector, age: int) -> None:
        """Move the bias after each second: from its mean at rest, else from the stages."""
        par = self.parameters
        off = np.abs(window - window[0])
        still = off[:, :3].max() <= par.rest_acc and off[:, 3:].max() <= par.rest_rate
        mean = window[:, 3:].mean(0)
        if still and np.abs(mean).max() <= 71:
            self.bias += (mean - self.bias) / (1 << self._learnt)
            self._learnt = min(self._learnt + 1, 2)
        elif not still and age >= int(par.stage):
            rate = par.learning if self._learnt else 8 * par.learning
            angle = np.array(cross(v, u)) / 4098**2
            self.bias -= rate * angle / RADIAN / RATE_HZ
