"""A wearer made of formulas: stands, bows, sits and walks with the belt at any mounting."""

from array import array

import numpy as np
from beltcore.calibration import Calibration
from beltcore.inclination import Inclination
from numpy.typing import NDArray

from tests.core.played import Counts, block

Floats = NDArray[np.float64]
ONE_G = 4098
RATE_COUNTS = np.degrees(1) / 0.070  # of 1 rad/s


class Wearer:
    """Wears a belt whose sensor -> body rotation is `mounting` (3, 3), rows forward, left, up."""

    def __init__(self, mounting: Floats, seed: int = 1) -> None:
        self.mounting = mounting
        self.core = Inclination()
        self._rng = np.random.default_rng(seed)

    def lean(self, flexion_deg: Floats, lateral_deg: Floats | float = 0.0) -> Counts:
        """Counts (N, 6) of a trunk with this flexion and lateral angle at each sample."""
        f = np.radians(flexion_deg)
        s = np.radians(lateral_deg) * np.ones_like(f)
        up = np.stack([-np.sin(f) * np.cos(s), np.sin(s), np.cos(f) * np.cos(s)], 1)
        rate = np.stack([-np.gradient(s), np.gradient(f), 0 * f], 1) * 52
        return self._sensor(ONE_G * up, rate * RATE_COUNTS)

    def hold(self, seconds: int, flexion_deg: float = 0.0) -> Counts:
        """A trunk that keeps still."""
        return self.lean(np.full(52 * seconds, flexion_deg))

    def move(self, start_deg: float, end_deg: float, seconds: int = 2) -> Counts:
        """From one flexion to another, smoothly."""
        phase = np.arange(1, 52 * seconds + 1) / (52 * seconds)
        return self.lean(start_deg + (end_deg - start_deg) * (1 - np.cos(np.pi * phase)) / 2)

    def bow(self, depth_deg: float = 50.0, seconds: int = 4) -> Counts:
        """Down and up again, smoothly; a negative depth is a crouch that rolls the pelvis back."""
        phase = np.arange(52 * seconds) / (52 * seconds)
        return self.lean(depth_deg * (1 - np.cos(2 * np.pi * phase)) / 2)

    def walk(self, seconds: int, pitch_deg: float = 3.0, pace_hz: float = 1.8) -> Counts:
        """An inverted pendulum: vertical and forward at the pace, sideways at half of it."""
        t = np.arange(52 * seconds) / 52
        phase = 2 * np.pi * pace_hz * t
        acc = np.stack([0.15 * np.sin(phase), 0.12 * np.sin(phase / 2), -0.25 * np.cos(phase)], 1)
        tilt = np.radians(pitch_deg)
        turn = np.array(
            [[np.cos(tilt), 0, -np.sin(tilt)], [0, 1, 0], [np.sin(tilt), 0, np.cos(tilt)]]
        )
        body = (acc + np.array([0.0, 0.0, 1.0])) @ turn.T
        return self._sensor(ONE_G * body, np.zeros_like(body))

    def seconds(self, samples: Counts) -> list[tuple["array[int]", "array[int]"]]:
        """The samples through the belt's filter: (block, ups) of each second."""
        found = []
        for at in range(0, len(samples), 52):
            words = block(samples[at : at + 52])
            ups = array("h", bytes(2 * 156))
            self.core.update(words, 52, ups)
            found.append((words, ups))
        return found

    def guide(self, calibration: Calibration, step: int, samples: Counts) -> int:
        """Go through a step of the calibration with these samples; return its status."""
        calibration.begin(step)
        for words, ups in self.seconds(samples):
            calibration.add(words, 52, ups)
        return calibration.status

    def _sensor(self, acc: Floats, rate: Floats) -> Counts:
        noise = np.hstack(
            [self._rng.integers(-3, 4, acc.shape), self._rng.integers(-2, 3, rate.shape)]
        )
        turned = np.hstack([acc @ self.mounting, rate @ self.mounting])
        return np.asarray(np.clip(np.rint(turned) + noise, -32768, 32767), np.int64)


def turn_of(calibration: Calibration, mounting: Floats) -> float:
    """The angle in degrees between the mounting found and the true one."""
    rows = np.array(calibration.mounting.rows).reshape(3, 3) / 16384
    cosine = (np.trace(rows @ mounting.T) - 1) / 2
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
