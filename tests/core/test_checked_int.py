"""The checked integers themselves, and the core on them: nothing leaves +-(2**30 - 1)."""

from array import array
from collections.abc import Callable

import numpy as np
import pytest
from beltcore.calibration import Calibration
from beltcore.fixed import LIMIT
from beltcore.inclination import Inclination
from beltcore.mounting import Mounting
from beltcore.trig import atan2_cdeg, flexion_cdeg, lateral_cdeg
from beltcore.walking import Walk
from beltwire import codes

from tests.core import played
from tests.core.checked_int import CheckedArray, CheckedInt, check_state
from tests.core.played import Counts

LOW, HIGH = -32768, 32767


@pytest.mark.parametrize(
    "leave",
    [
        lambda n: n + 1,
        lambda n: 1 + n,
        lambda n: -n - 1,
        lambda n: n * 2,
        lambda n: n << 1,
        lambda n: 2 << (n >> 25),
        lambda n: (n * 2) >> 2,
        lambda n: ~n,
    ],
)
def test_leaving_the_range_raises(leave: Callable[[int], int]) -> None:
    with pytest.raises(OverflowError):
        leave(CheckedInt(LIMIT))


def test_results_stay_checked() -> None:
    n = CheckedInt(5)
    for result in (n + 1, 1 - n, n // 2, 7 % n, n >> 1, 1 << n, -n, abs(n), n & 3, 3 ^ n):
        assert type(result) is CheckedInt


@pytest.mark.parametrize("slip", [lambda n: n / 2, lambda n: n * 0.5, lambda n: float(n)])
def test_floats_are_refused(slip: Callable[[int], float]) -> None:
    with pytest.raises(TypeError):
        slip(CheckedInt(5))


def test_arrays_check_what_goes_in_and_out() -> None:
    checked = CheckedArray("h", [1, 2])
    assert type(checked[1]) is CheckedInt
    with pytest.raises(OverflowError):
        checked[0] = 32768
    with pytest.raises(OverflowError):
        CheckedArray("i", [0])[0] = 1 << 30


def square(period: int, acc: int, rate: int) -> Counts:
    """Acceleration and rate on every axis as square waves of so many samples."""
    sign = np.where(np.arange(520) // period % 2, 1, -1)[:, None]
    wave = np.hstack([np.tile(sign * acc, 3), np.tile(-sign * rate, 3)])
    return np.asarray(np.clip(wave, LOW, HIGH), np.int64)


def flips(seed: int) -> Counts:
    """Every word at one rail or the other, by chance."""
    return np.random.default_rng(seed).choice([LOW, HIGH], (520, 6)).astype(np.int64)


def constant(*words: int) -> Counts:
    """The same sample for ten seconds."""
    return np.tile(np.array(words, np.int64), (520, 1))


HOSTILE = {
    "rails by chance": flips(1),
    "noise": np.random.default_rng(2).integers(LOW, HIGH + 1, (520, 6)),
    "8 g square wave, 13 samples": square(13, 32787, 0),
    "8 g and 2000 deg/s square wave, 2 samples": square(2, 32787, 28571),
    "square wave, 26 samples": square(26, 32787, 32767),
    "0x8000 everywhere": constant(*[LOW] * 6),
    "stuck high": constant(*[HIGH] * 6),
    "stuck turning": constant(HIGH, LOW, HIGH, LOW, HIGH, LOW),
    "nothing": constant(0, 0, 0, 0, 0, 0),
    "one axis turns at the rail": constant(HIGH, HIGH, HIGH, 0, 0, 28571),
    "turning while the rate's sign flips": np.hstack(
        [constant(HIGH, LOW, HIGH, 0, 0, 0)[:, :3], flips(3)[:, 3:]]
    ),
    "after rest": np.vstack([played.still(12), flips(4), played.still(3)]),
}


class Chain:
    """What runs on each second in this part of the core, on checked integers or plain ones."""

    def __init__(self, checked: bool) -> None:
        self.array: Callable[..., array[int]] = CheckedArray if checked else array  # type: ignore[assignment]
        self.core = Inclination()
        self.mounting = Mounting()
        self.walk = Walk()
        self.calibration = Calibration(self.mounting)
        if checked:
            for part in (self.core, self.mounting, self.walk, self.calibration):
                check_state(part)
        self.step = 0

    def second(self, samples: Counts) -> list[int]:
        """Run one second; return all that came out."""
        words = self.array("h", samples.ravel().tolist())
        ups = self.array("h", bytes(2 * 156))
        body = self.array("h", bytes(2 * 312))
        self.core.update(words, 52, ups)
        self.mounting.rotate(words, 52, body)
        body_up = self.array("h", bytes(2 * 156))
        self.mounting.rotate(ups, 52, body_up, 3)
        x, y, z = body_up[153], body_up[154], body_up[155]
        self._guide(words, ups)
        event = self.walk.add(words, 52, ups, True, self.mounting)
        angles = flexion_cdeg(x, z, 16384), lateral_cdeg(x, y, z), atan2_cdeg(words[0], words[1])
        return [*map(int, ups), *map(int, body), *map(int, angles), event, self.calibration.quality]

    def _guide(self, words: "array[int]", ups: "array[int]") -> None:
        if self.calibration.status != codes.CALIBRATION_COLLECTING:
            steps = (codes.STEP_STAND, codes.STEP_BOW, codes.STEP_SIT)
            self.calibration.begin(steps[self.step % 3])
            self.step += 1
        self.calibration.add(words, 52, ups)


def run_both(samples: Counts) -> None:
    """Checked and plain integers give the same numbers; the checked ones raise outside."""
    checked, plain = Chain(True), Chain(False)
    for at in range(0, len(samples), 52):
        piece = samples[at : at + 52]
        assert checked.second(piece) == plain.second(piece)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_stays_in_range(name: str) -> None:
    run_both(HOSTILE[name])


@pytest.mark.parametrize(
    ("name", "start_s", "seconds"),
    [
        (played.FAST, 30, 25),
        (played.MAGNET, 44, 15),
        (played.WALK, 0, 30),
        (played.person("hapt_exp13_user07"), 0, 40),
    ],
)
def test_recordings_stay_in_range(name: str, start_s: int, seconds: int) -> None:
    run_both(played.counts(name)[52 * start_s : 52 * (start_s + seconds)])
