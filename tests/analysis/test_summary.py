"""A day's numbers, worked out by hand."""

from datetime import date

import pytest
from beltwire import codes
from hypothesis import given
from hypothesis import strategies as st
from plumbline.analysis.postures import Posture
from plumbline.analysis.summary import summarise
from plumbline.analysis.trends import Measure, values_of
from plumbline.analysis.wording import (
    bout_duration,
    bout_text,
    day_sentence,
    day_text,
    duration,
)
from plumbline.coaching.belt_day import BeltDay
from plumbline.ui.presenters.day import tiles

from tests.analysis.build import BERLIN, at, event, minutes, reminder

DAY = date(2026, 11, 18)
# 09:00 walk 2, sit 10, stand 2, sit 3 with half a minute up, unknown 1, off 2
LETTERS = "WW SSSSSSSSSS UU S{S30 U30}S ? NN"


def test_a_day_by_hand() -> None:
    rows = minutes("2026-11-18 09:00", LETTERS)
    rows["steps"][:2] = 100, 90
    rows["bands"][2:12, codes.UPRIGHT] = 50
    rows["bands"][2:12, codes.MODERATE] = 10
    events = [
        reminder(at("2026-11-18 09:08")),
        event(at("2026-11-18 09:09"), codes.EVENT_CORRECTED, b"\x01"),
        event(at("2026-11-18 09:00"), codes.EVENT_BOOT, bytes(4)),
        event(None, codes.EVENT_REMINDER, bytes(5)),
        reminder(at("2026-11-19 09:08")),
    ]
    day = summarise(DAY, rows, events, BERLIN)
    assert day.posture_s[Posture.SITTING] == day.sitting_s == 12 * 60 + 30
    assert day.posture_s[Posture.WALKING] == 120
    assert day.upright_s == 120 + 120 + 30
    assert day.recorded_s == 20 * 60
    assert day.worn_s == 18 * 60
    assert day.unknown_share == pytest.approx(1 / 18)
    assert day.steps == 190
    assert day.band_s == (500, 100, 0, 0, 0)
    assert [bout.seconds for bout in day.bouts] == [600, 180]
    assert day.longest == day.bouts[0]
    assert day.breaks == (at("2026-11-18 09:12"),)
    assert [(r.utc_s, r.cause, r.flexion_deg, r.held_s) for r in day.reminders] == [
        (at("2026-11-18 09:08"), codes.CAUSE_FLEXION, 31.5, 120)
    ]
    assert day.corrected_s == (at("2026-11-18 09:09"),)
    assert day.reminders_per_worn_hour == pytest.approx(60 / 18)
    assert day_sentence(day, BERLIN) == "Longest sitting 10 min, 09:02 to 09:12."
    assert day_text(day, BERLIN) == (
        "Wednesday, 18 November 2026\n"
        "Longest sitting 10 min, 09:02 to 09:12.\n"
        "Worn 18 min, 190 steps, 1 break from sitting, 1 reminder, 6 % of it not recognised."
    )


def test_the_longest_sitting_is_the_same_wherever_it_is_told() -> None:
    """From 9:00:40 to 9:05:20 are 4 min 40 s, and 4 minutes on the clock; the other is 4 min 30 s
    and 5 minutes on the clock. What is told is the clock's."""
    letters = "{U40 S20}SSSS{S20 U40}UUU{U20 S40}SSS{S50 U10}U"
    day = summarise(DAY, minutes("2026-11-18 09:00", letters), [], BERLIN)
    assert [bout.seconds for bout in day.bouts] == [280, 270]
    assert [bout.minutes for bout in day.bouts] == [4, 5]
    assert day.longest == day.bouts[1]
    trends = values_of([day], Measure.LONGEST_MIN)
    assert day.longest_min == BeltDay.of(day).longest_min == trends[0] == 5
    tile = next(each for each in tiles(day, BERLIN) if each.name == "Longest sitting")
    assert tile.value == bout_duration(day.longest) == "5 min"
    assert day_sentence(day, BERLIN).startswith("Longest sitting 5 min, 09:09 to 09:14")


def test_what_is_missing_lies_between_first_and_last_minute() -> None:
    day = summarise(DAY, minutes("2026-11-18 09:00", "SS------SS"), [], BERLIN)
    assert day.span is not None
    assert day.span[1] - day.span[0] - day.recorded_s == 360


def test_an_empty_day() -> None:
    day = summarise(DAY, minutes("2026-11-18 09:00", ""), [], BERLIN)
    assert (day.worn_s, day.steps, day.longest, day.span) == (0, 0, None, None)
    assert (day.unknown_share, day.reminders_per_worn_hour) == (0, 0)
    assert day_text(day, BERLIN) == "Wednesday, 18 November 2026\nNo data for this day."


def test_a_belt_in_a_drawer() -> None:
    day = summarise(DAY, minutes("2026-11-18 09:00", "NNN"), [], BERLIN)
    assert day_sentence(day, BERLIN) == "The belt was not worn."


def test_sitting_over_midnight_is_cut_at_the_day() -> None:
    rows = minutes("2026-11-18 23:50", "S" * 20)
    before = summarise(DAY, rows, [], BERLIN)
    after = summarise(date(2026, 11, 19), rows, [], BERLIN)
    assert (before.sitting_s, after.sitting_s) == (600, 600)
    assert bout_text(before.bouts[0], BERLIN) == "10 min, 23:50 to 00:00"


def test_a_reminder_cut_short_still_counts() -> None:
    rows = minutes("2026-11-18 09:00", "SS")
    torn = event(at("2026-11-18 09:01"), codes.EVENT_REMINDER, b"\x01")
    (reminded,) = summarise(DAY, rows, [torn], BERLIN).reminders
    assert (reminded.cause, reminded.held_s) == (codes.CAUSE_NONE, 0)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 min"),
        (29, "29 s"),
        (60, "1 min"),
        (95, "2 min"),
        (3569, "59 min"),
        (3571, "1 h 0 min"),
    ],
)
def test_durations(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@given(st.text("SUWLN?-RT^", max_size=120))
def test_parts_add_up(letters: str) -> None:
    day = summarise(DAY, minutes("2026-11-18 09:00", letters), [], BERLIN)
    assert day.recorded_s == 60 * len(letters.replace("-", ""))
    assert day.sitting_s + day.upright_s <= day.worn_s <= day.recorded_s
    assert 0 <= day.unknown_share <= 1
    if day.span:
        assert day.recorded_s <= day.span[1] - day.span[0]
