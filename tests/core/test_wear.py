"""Not worn: a desk for an hour, vibrations included; never a body."""

from array import array
from pathlib import Path

import numpy as np
import pytest
from beltcore.inclination import Inclination
from beltcore.motion import Motion
from beltcore.wear import MINUTES, Wear

from tests.core import played
from tests.core.played import Counts


def desk(minutes: int, blows_a_minute: int, seed: int = 5) -> Counts:
    """A belt on a desk: the sensor's noise, and typing as bursts of ringing, up to 50 mg."""
    chance = np.random.default_rng(seed)
    count = minutes * 60 * 52
    samples = np.array([400, 200, 4060, 8, -5, 3]) + chance.normal(0, 2, (count, 6))
    ring = np.exp(-np.arange(40) / 4) * np.cos(np.arange(40) * 2.2)
    for at in chance.integers(0, count - 40, blows_a_minute * minutes):
        push = chance.normal(0, 0.6, 3) * chance.uniform(20, 200)
        samples[at : at + 40, :3] += np.outer(ring, push)
    return np.asarray(np.rint(samples), np.int64)


def worn(samples: Counts, minutes: int) -> list[bool]:
    """Whether the belt is not worn, after every second."""
    core, motion, wear = Inclination(), Motion(), Wear(minutes)
    ups = array("h", bytes(2 * 156))
    told = []
    for at in range(0, len(samples) - 51, 52):
        block = played.block(samples[at : at + 52])
        core.update(block, 52, ups)
        motion.add(block, ups)
        wear.add(motion.row)
        told.append(wear.not_worn)
    return told


@pytest.mark.parametrize("blows", [0, 60, 200])
def test_a_desk_is_no_body_even_with_typing_beside(blows: int) -> None:
    told = worn(desk(5, blows), 3)
    assert not any(told[:179])
    assert all(told[245:])  # the first minute may still be the filter's settling


def test_it_takes_an_hour() -> None:
    assert MINUTES == 60
    wear, row = Wear(), Motion().row
    told = []
    for _ in range(3700):
        wear.add(row)
        told.append(wear.not_worn)
    assert told.index(True) == 3599


def test_picking_it_up_ends_it_within_seconds() -> None:
    lifted = played.counts(played.person("hapt_exp13_user07"))[: 52 * 8]
    told = worn(np.vstack([desk(3, 20), lifted]), 1)
    assert told[179]
    assert not any(told[185:])


@pytest.mark.parametrize("name", [*map(played.person, played.PEOPLE), played.WALK])
def test_a_body_is_never_taken_for_a_desk(name: str) -> None:
    assert not any(worn(played.counts(name), 1))


def test_lying_and_sitting_still_moves_the_belt_most_of_the_time(root: Path) -> None:
    """The margin: a still minute allows 6 moved seconds, a lying body has 30 and more."""
    samples = played.counts(played.person("hapt_exp01_user01"))
    lying = samples[52 * 75 : 52 * 90]
    many = np.vstack([lying] * 9)
    assert not any(worn(many, 1))
