"""Ergonomic load against hand-worked tables: bands, holding times, slouch, sitting bouts."""

import re
from pathlib import Path

import pytest
from beltcore import params
from beltcore.ergonomics import (
    Dose,
    Limits,
    Load,
    SittingBout,
    band_of,
    beyond_limit,
    holding_s,
    is_slouched,
    is_upright,
)
from beltwire import codes

SIT, STAND, WALK = codes.SITTING, codes.STANDING, codes.WALKING


@pytest.mark.parametrize(
    ("flexion", "lateral", "band"),
    [
        (0, 0, codes.UPRIGHT),
        (1999, 1000, codes.UPRIGHT),  # limits belong to the better band
        (2000, 0, codes.MODERATE),
        (5999, 0, codes.MODERATE),
        (6000, 0, codes.HIGH),
        (17999, 0, codes.HIGH),
        (-500, 0, codes.UPRIGHT),
        (-501, 0, codes.BACKWARD),
        (-9000, 0, codes.BACKWARD),
        (0, 1001, codes.LATERAL),
        (0, -1001, codes.LATERAL),
        (3000, 4000, codes.MODERATE),  # side lean wins over upright only
        (-2000, 4000, codes.BACKWARD),
    ],
)
def test_band_without_a_past(flexion: int, lateral: int, band: int) -> None:
    assert band_of(flexion, lateral, codes.NO_BAND) == band


@pytest.mark.parametrize(
    ("before", "flexion", "lateral", "band"),
    [
        (codes.MODERATE, 1800, 0, codes.MODERATE),
        (codes.MODERATE, 1799, 0, codes.UPRIGHT),
        (codes.UPRIGHT, 1999, 0, codes.UPRIGHT),
        (codes.HIGH, 5800, 0, codes.HIGH),
        (codes.HIGH, 5799, 0, codes.MODERATE),
        (codes.HIGH, 1850, 0, codes.MODERATE),
        (codes.BACKWARD, -301, 0, codes.BACKWARD),
        (codes.BACKWARD, -300, 0, codes.UPRIGHT),
        (codes.LATERAL, 0, 801, codes.LATERAL),
        (codes.LATERAL, 0, 800, codes.UPRIGHT),
        (codes.LATERAL, 0, -801, codes.LATERAL),
    ],
)
def test_a_band_is_left_two_degrees_beyond_its_limit(
    before: int, flexion: int, lateral: int, band: int
) -> None:
    assert band_of(flexion, lateral, before) == band


@pytest.mark.parametrize("limit", [params.MODERATE_CDEG, params.HIGH_CDEG, params.BACKWARD_CDEG])
def test_sway_about_a_limit_does_not_chatter(limit: int) -> None:
    band = codes.NO_BAND
    changes = 0
    for second in range(200):
        now = band_of(limit + (90 if second % 2 else -90), 0, band)
        changes += now != band
        band = now
    assert changes <= 2  # the first band, and at most one change to the other side


@pytest.mark.parametrize(
    ("degrees", "seconds"),
    # ISO 11226: 4 min at 20 degrees, 1 min at 60, a line between them.
    [(0, 240), (20, 240), (30, 195), (40, 150), (50, 105), (60, 60), (90, 60), (-30, 240)],
)
def test_holding_time_of_iso_11226(degrees: int, seconds: int) -> None:
    assert holding_s(100 * degrees, 240) == seconds


@pytest.mark.parametrize(
    ("degrees", "seconds"), [(20, 120), (30, 97), (40, 75), (60, 30), (170, 30)]
)
def test_holding_time_of_the_default_delay(degrees: int, seconds: int) -> None:
    assert holding_s(100 * degrees, 120) == seconds


def test_holding_time_never_grows_with_the_angle() -> None:
    for delay in (3, 120, 600):
        times = [holding_s(angle, delay) for angle in range(-18000, 18001, 50)]
        assert times == sorted(times, reverse=True)
        assert times[-1] >= 1


@pytest.mark.parametrize("allowed", [1, 3, 7, 30, 97, 120, 599, 600])
def test_a_dose_is_full_after_exactly_its_holding_time(allowed: int) -> None:
    dose = Dose()
    for _ in range(allowed - 1):
        dose.hold(allowed)
    assert not dose.full()
    dose.hold(allowed)
    assert dose.full()
    assert dose.held_s == allowed


def test_relief_takes_a_quarter_of_the_holding_time() -> None:
    dose = Dose()
    for _ in range(120):
        dose.hold(120)
    for _ in range(29):
        dose.relieve(120)
    assert dose.level > 0
    dose.relieve(120)
    assert dose.level == 0
    assert dose.held_s == 0


def test_a_glance_up_does_not_wipe_out_what_was_held() -> None:
    load, limits = Load(), Limits()
    for _ in range(100):
        load.second(SIT, 2500, 0, limits, True)
    for _ in range(3):
        load.second(SIT, 500, 0, limits, True)
    held = 0
    while not load.strain.full():
        load.second(SIT, 2500, 0, limits, True)
        held += 1
    assert 10 < held < 60


@pytest.mark.parametrize("activity", [codes.WALKING, codes.RUNNING, codes.LYING, codes.TRANSITION])
def test_a_posture_is_only_held_sitting_or_standing(activity: int) -> None:
    load = Load()
    for _ in range(600):
        load.second(activity, 7000, 3000, Limits(), True)
    assert not load.strained
    assert load.strain.level == 0


def test_no_answer_is_neither_load_nor_relief() -> None:
    load, limits = Load(), Limits()
    for _ in range(50):
        load.second(SIT, 3000, 0, limits, True)
    before = load.strain.level
    for known, activity in ((False, SIT), (True, codes.UNKNOWN)):
        for _ in range(30):
            load.second(activity, 0, 0, limits, known)
    assert load.strain.level == before


def test_the_limit_has_three_degrees_of_hysteresis() -> None:
    limits = Limits()
    assert beyond_limit(2000, 0, limits, False)
    assert not beyond_limit(1999, 0, limits, False)
    assert beyond_limit(1700, 0, limits, True)
    assert not beyond_limit(1699, 0, limits, True)
    assert beyond_limit(0, -1001, limits, False)
    assert beyond_limit(0, 701, limits, True)
    assert not beyond_limit(0, 700, limits, True)


def test_slouch_is_judged_against_the_own_seated_neutral() -> None:
    assert not is_slouched(SIT, -2500, codes.NO_ANGLE, False)  # nobody has sat for us yet
    assert is_slouched(SIT, -1500, -500, False)
    assert not is_slouched(SIT, -1499, -500, False)
    assert is_slouched(SIT, -1200, -500, True)
    assert not is_slouched(SIT, -1199, -500, True)
    assert not is_slouched(STAND, -3000, -500, True)


def bout_after(*runs: tuple[int, int]) -> int:
    bout = SittingBout()
    for activity, seconds in runs:
        for _ in range(seconds):
            bout.second(activity, activity >= 0)
    return bout.seconds


MISSING = -1


@pytest.mark.parametrize(
    ("runs", "seconds"),
    [
        ([(SIT, 600)], 600),
        ([(SIT, 600), (STAND, 59), (SIT, 1)], 660),  # too short for a break: still one bout
        ([(SIT, 600), (STAND, 60)], 0),
        ([(SIT, 600), (STAND, 60), (SIT, 5)], 5),
        ([(SIT, 600), (STAND, 30), (WALK, 30), (SIT, 5)], 5),  # standing and moving count alike
        ([(SIT, 600), (codes.TRANSITION, 3), (WALK, 50), (codes.TRANSITION, 3), (SIT, 1)], 651),
        ([(SIT, 600), (codes.UNKNOWN, 300), (SIT, 10)], 610),  # unknown: no sitting, no break
        ([(SIT, 600), (MISSING, 59), (SIT, 1)], 601),
        ([(SIT, 600), (MISSING, 60), (SIT, 1)], 1),
        ([(SIT, 600), (codes.LYING, 60), (SIT, 1)], 1),
        ([(SIT, 600), (codes.NOT_WORN, 60), (SIT, 1)], 1),
        ([(SIT, 60), (STAND, 40), (SIT, 1), (STAND, 40), (SIT, 1)], 142),
    ],
)
def test_sitting_bouts(runs: list[tuple[int, int]], seconds: int) -> None:
    assert bout_after(*runs) == seconds


def test_the_trunk_is_upright_load_on_feet_and_seat_only() -> None:
    loaded = [codes.ACTIVITY_NAMES[code] for code in range(10) if is_upright(code)]
    assert loaded == [
        "sitting",
        "standing",
        "walking",
        "stairs_up",
        "stairs_down",
        "running",
        "transition",
    ]


def test_every_parameter_states_unit_and_source() -> None:
    text = Path(params.__file__).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.match(r"[A-Z_]+ = ", line)]
    assert len(lines) >= 20
    for line in lines:
        assert re.search(r"= -?\d+  # \S+.*;|= -?\d+  # own", line), line
