"""Sitting bouts against hand-worked tables, and against the belt's own rule second by second."""

from datetime import date
from itertools import pairwise

import pytest
from beltcore.ergonomics import SittingBout
from hypothesis import given
from hypothesis import strategies as st
from plumbline.analysis.bouts import UNKNOWN_S, Bout, End, sitting_bouts
from plumbline.analysis.postures import MINUTE_S, Posture, posture_seconds

from tests.analysis.build import CODE, Office, at, minutes

NINE = "2026-11-18 09:00"


def found(letters: str) -> list[tuple[int, int, str]]:
    """(begin, end, what ended it) of each bout, in seconds after nine."""
    start = at(NINE)
    return [
        (bout.begin_s - start, bout.end_s - start, bout.end.name)
        for bout in sitting_bouts(minutes(NINE, letters))
    ]


@pytest.mark.parametrize(
    ("letters", "bouts"),
    [
        ("", []),
        ("UUWW", []),
        ("SSS", [(0, 180, "UNCERTAIN")]),
        ("USSSU", [(60, 240, "BREAK")]),
        ("SSWSS", [(0, 120, "BREAK"), (180, 300, "UNCERTAIN")]),
        ("SS^SS", [(0, 120, "BREAK"), (180, 300, "UNCERTAIN")]),
        # 50 s on one's feet are no break
        ("SS{S10 U50}SS", [(0, 300, "UNCERTAIN")]),
        # 40 s and 30 s in neighbouring minutes are one, and the edges lie where they were sat
        ("SS{S20 U40}{U30 S30}SS", [(0, 140, "BREAK"), (210, 360, "UNCERTAIN")]),
        # 30 s and 20 s are not
        ("SS{S30 U30}{U20 S40}SS", [(0, 360, "UNCERTAIN")]),
        ("SSLSS", [(0, 120, "LYING"), (180, 300, "UNCERTAIN")]),
        ("SSNNN", [(0, 120, "NOT_WORN")]),
        # a minute without a record ends it as it does on the belt
        ("SS-SS", [(0, 120, "UNCERTAIN"), (180, 300, "UNCERTAIN")]),
        ("SS???SS", [(0, 420, "UNCERTAIN")]),
        ("SS" + "?" * 16 + "SS", [(0, 120, "UNCERTAIN"), (1080, 1200, "UNCERTAIN")]),
        ("??SSS??", [(120, 300, "UNCERTAIN")]),
        ("{U20 S40}SS", [(20, 180, "UNCERTAIN")]),
        ("{U20 S40}", []),
        ("UU{U20 S40}UU", []),
        ("SS{S30 T5 W25}{W45 T5 S10}S", [(0, 150, "BREAK"), (230, 300, "UNCERTAIN")]),
    ],
)
def test_bouts_by_hand(letters: str, bouts: list[tuple[int, int, str]]) -> None:
    assert found(letters) == bouts


def test_a_record_of_no_seconds_is_no_record() -> None:
    rows = minutes(NINE, "SSS")
    rows["seconds"][1] = 0
    assert len(sitting_bouts(rows)) == 2


def belts_rule(letters: str) -> list[int]:
    """Seconds sat in each bout by `beltcore`, fed second by second."""
    bout, seconds, sat = SittingBout(), 0, []
    for letter in letters:
        for _second in range(MINUTE_S):
            bout.second(CODE.get(letter, 0), letter != "-")
            if bout.seconds == 0 and seconds:
                sat.append(seconds)
            seconds = bout.seconds
    return [*sat, seconds] if seconds else sat


@given(st.text("SSSSUWLN?-R", min_size=1, max_size=60))
def test_whole_minutes_give_what_the_belt_counts(letters: str) -> None:
    if "?" * (UNKNOWN_S // MINUTE_S) in letters:
        return
    ours = []
    for begin, end, _ending in found(letters):
        inside = letters[begin // MINUTE_S : end // MINUTE_S]
        ours.append(MINUTE_S * inside.count("S"))
    assert ours == belts_rule(letters)


minute_of = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(
    lambda cuts: f"{{S{min(cuts)} U{abs(cuts[0] - cuts[1])} ?{60 - max(cuts)}}}"
)


@given(st.lists(minute_of | st.sampled_from("SUWLN?-"), max_size=80))
def test_bouts_are_in_order_apart_and_inside_the_records(tokens: list[str]) -> None:
    rows = minutes(NINE, " ".join(tokens))
    bouts = sitting_bouts(rows)
    edges = [edge for bout in bouts for edge in (bout.begin_s, bout.end_s)]
    assert edges == sorted(edges)
    assert all(bout.seconds >= 60 for bout in bouts)
    if bouts:
        assert int(rows["utc_s"][0]) <= edges[0]
        assert edges[-1] <= int(rows["utc_s"][-1]) + MINUTE_S


def test_bouts_of_a_long_stretch_are_those_of_its_days() -> None:
    office = Office(date(2026, 11, 20), 2)
    whole = sitting_bouts(office.minutes)
    night = [at(f"2026-11-{day:02} 03:00") for day in range(9, 22)]
    start = office.minutes["utc_s"]
    parts: list[Bout] = []
    for begin, end in pairwise(night):
        parts += sitting_bouts(office.minutes[(start >= begin) & (start < end)])
    assert whole == parts


def test_sitting_time_is_mostly_in_bouts() -> None:
    office = Office(date(2026, 11, 20), 2)
    sat = int(posture_seconds(office.minutes)[:, Posture.SITTING].sum())
    bouts = sitting_bouts(office.minutes)
    assert sat <= sum(bout.seconds for bout in bouts) < 1.1 * sat
    assert {bout.end for bout in bouts} == {End.BREAK}
