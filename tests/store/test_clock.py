"""A boot's minutes on the UTC line."""

import random

import numpy as np
import pytest
from plumbline.store.clock import (
    Anchor,
    boot_clock,
    boot_clocks,
    consistent,
    drift_ppm,
    place_each,
)

UTC = 1_795_262_400_000
HOUR = 3_600_000
DAY = 24 * HOUR


def place(anchors: list[Anchor], *t_s: int) -> list[int]:
    clock = boot_clock(anchors)
    assert clock is not None
    return [utc_s - UTC // 1000 for utc_s in clock.place(np.array(t_s, dtype=np.int64))]


def test_without_an_anchor_there_is_no_time() -> None:
    assert boot_clock([]) is None


def test_one_anchor_places_everything_one_to_one() -> None:
    assert place([Anchor(HOUR, UTC)], 0, 3600, 7200, 400_000) == [-3600, 0, 3600, 396_400]


def test_drift_is_spread_between_two_anchors() -> None:
    """The belt lost 8.64 s on a day: 100 ppm."""
    anchors = [Anchor(0, UTC), Anchor(DAY - 8640, UTC + DAY)]
    assert place(anchors, 0, 43_196, 86_391) == [0, 43_200, 86_400]
    assert drift_ppm(*anchors) == pytest.approx(-100, abs=0.1)


def test_outside_the_anchors_time_runs_one_to_one() -> None:
    anchors = [Anchor(DAY, UTC + DAY), Anchor(2 * DAY, UTC + 2 * DAY + 8640)]
    assert place(anchors, 0, 86_399, 172_800, 259_200) == [0, 86_399, 172_809, 259_209]


def test_milliseconds_are_rounded_not_cut() -> None:
    assert place([Anchor(0, UTC + 499)], 10) == [10]
    assert place([Anchor(0, UTC + 500)], 10) == [11]


def test_a_wrong_clock_that_was_mended_is_outvoted() -> None:
    """The computer was three days ahead at the first sync, right at the two after."""
    anchors = [
        Anchor(HOUR, UTC + HOUR + 3 * DAY),
        Anchor(DAY, UTC + DAY),
        Anchor(2 * DAY, UTC + 2 * DAY),
    ]
    assert consistent(anchors) == anchors[1:]
    assert place(anchors, 3600) == [3600]


def test_of_two_that_contradict_each_other_the_later_counts() -> None:
    """Who mends a clock mends it after it was wrong."""
    anchors = [Anchor(HOUR, UTC + HOUR + 3 * DAY), Anchor(DAY, UTC + DAY)]
    assert place(anchors, 3600, 86_400) == [3600, 86_400]


def test_a_clock_wrong_for_once_in_the_middle_is_left_out() -> None:
    good = [Anchor(n * DAY, UTC + n * DAY) for n in range(5)]
    wrong = Anchor(2 * DAY + HOUR, UTC)
    anchors = sorted([*good, wrong], key=lambda anchor: anchor.mono_ms)
    assert consistent(anchors) == good


@pytest.mark.parametrize(
    ("off_ms", "agree"), [(2000, True), (2001, False), (-2000, True), (-2001, False)]
)
def test_how_far_anchors_may_differ_at_once(off_ms: int, agree: bool) -> None:
    anchors = [Anchor(5, UTC), Anchor(5, UTC + off_ms)]
    anchors.sort(key=lambda anchor: anchor.utc_ms)
    assert (len(consistent(anchors)) == 2) is agree


def test_two_anchors_at_one_instant_do_not_divide_by_zero() -> None:
    assert place([Anchor(HOUR, UTC), Anchor(HOUR, UTC + 40)], 3600, 7200) in ([0, 3600],)


def test_a_flight_and_a_change_of_the_clock_do_not_touch_utc() -> None:
    """12 hours of jet lag, summer time and a leap day change local time; anchors are UTC."""
    leap = 1_835_308_800_000  # 2028-02-28T00:00:00Z
    clock = boot_clock([Anchor(0, leap), Anchor(2 * DAY, leap + 2 * DAY)])
    assert clock is not None
    assert clock.place_one(36 * 3600) == leap // 1000 + 36 * 3600


@pytest.mark.parametrize("count", [1, 2, 5])
def test_one_time_is_placed_as_many_are(count: int) -> None:
    chance = random.Random(count)
    for _ in range(50):
        monos = sorted(chance.sample(range(1, 10**9), count))
        anchors = [Anchor(mono, UTC + mono + number % 2) for number, mono in enumerate(monos)]
        clock = boot_clock(anchors)
        assert clock is not None
        times = [0, *(mono // 1000 + step for mono in monos for step in (-1, 0, 1)), 10**6 + 7]
        many = clock.place(np.array(times, dtype=np.int64)).tolist()
        assert [clock.place_one(t_s) for t_s in times] == many


def any_anchors(random_: random.Random) -> list[Anchor]:
    """Up to five anchors of a boot; some of them contradict the others."""
    monos = random_.sample(range(0, 30 * DAY), random_.randint(1, 5))
    wrong = random_.choice((0, 0, 5 * DAY))
    return [
        Anchor(mono, UTC + mono + random_.randint(-900, 900) + random_.choice((0, wrong)))
        for mono in monos
    ]


def test_all_boots_at_once_are_as_each_by_itself() -> None:
    random_ = random.Random(7)
    boots = {(1, n % 3, n): any_anchors(random_) for n in range(400)}
    rows = sorted((*key, *anchor) for key, anchors in boots.items() for anchor in set(anchors))
    clocks = boot_clocks(rows)
    assert clocks == {key: boot_clock(anchors) for key, anchors in boots.items()}
    assert boot_clocks([]) == {}

    own = list(clocks.values())
    many = [[random_.randint(0, 31 * DAY // 1000) for _clock in own] for _n in range(20)]
    many.append([clock.mono_ms[0] // 1000 for clock in own])
    many.append([clock.mono_ms[-1] // 1000 for clock in own])
    placed = place_each(own, *many)
    for times, found in zip(many, placed, strict=True):
        assert found == [clock.place_one(t) for clock, t in zip(own, times, strict=True)]
    assert place_each([], [], []) == [[], []]
