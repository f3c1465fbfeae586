"""The ribbon: runs of the posture a minute was mostly spent in."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline.analysis.postures import MINUTE_S, Posture, dominant, posture_seconds
from plumbline.analysis.ribbon import ribbon

from tests.analysis.build import Office, at, minutes

NINE = "2026-11-18 09:00"


def found(letters: str) -> list[tuple[int, int, str]]:
    start = at(NINE)
    return [
        (part.begin_s - start, part.end_s - start, part.posture.name)
        for part in ribbon(minutes(NINE, letters))
    ]


@pytest.mark.parametrize(
    ("letters", "parts"),
    [
        ("", []),
        ("S", [(0, 60, "SITTING")]),
        ("SSUW", [(0, 120, "SITTING"), (120, 180, "STANDING"), (180, 240, "WALKING")]),
        ("SS-SS", [(0, 120, "SITTING"), (180, 300, "SITTING")]),
        ("{S31 U29}{S29 U31}", [(0, 60, "SITTING"), (60, 120, "STANDING")]),
        # what is known wins a tie against what is not, and a posture against a change of it
        ("{S30 ?30}", [(0, 60, "SITTING")]),
        ("{U20 T40}", [(0, 60, "STANDING")]),
        ("T", [(0, 60, "TRANSITION")]),
        ("{?59 T1}", [(0, 60, "UNKNOWN")]),
        ("^", [(0, 60, "STAIRS")]),
    ],
)
def test_ribbon_by_hand(letters: str, parts: list[tuple[int, int, str]]) -> None:
    assert found(letters) == parts


def test_minutes_a_second_apart_from_full_still_adjoin() -> None:
    rows = minutes(NINE, "SSU")
    rows["utc_s"][1:] += 1
    ends = [(part.begin_s, part.end_s) for part in ribbon(rows)]
    assert ends[0][1] == ends[1][0]


def test_up_and_down_stairs_count_together() -> None:
    rows = minutes(NINE, "S")
    rows["seconds"][0] = 0
    rows["seconds"][0, 6:8] = 20, 15
    assert posture_seconds(rows)[0, Posture.STAIRS] == 35
    assert dominant(posture_seconds(rows))[0] == Posture.STAIRS


@given(st.text("SUWLN?-RT", max_size=200))
def test_the_ribbon_covers_each_record_once(letters: str) -> None:
    rows = minutes(NINE, letters)
    parts = ribbon(rows)
    assert sum(part.end_s - part.begin_s for part in parts) == MINUTE_S * len(rows)
    assert all(a.end_s <= b.begin_s for a, b in pairwise(parts))
    neighbours = [(a, b) for a, b in pairwise(parts) if a.end_s == b.begin_s]
    assert all(a.posture != b.posture for a, b in neighbours)


def test_dominant_is_the_posture_with_most_seconds() -> None:
    seconds = posture_seconds(Office(date(2026, 11, 20), 1).minutes)
    usual = [p for p in Posture if p not in (Posture.TRANSITION,)]
    assert np.array_equal(
        seconds[np.arange(len(seconds)), dominant(seconds)], seconds[:, usual].max(axis=1)
    )
