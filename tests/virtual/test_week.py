"""A week of a belt's life in real MicroPython, firmware unchanged, with everything that can fail.

The story is told by `week/story.py`; here is judged what came of it. By hand, with each day worn
for hours instead of minutes (an hour of belt time takes about a minute):

    PLUMBLINE_WEEK_HOURS=10 python -m pytest -n0 tests/virtual/test_week.py
"""

import json
import os
import subprocess
from array import array
from pathlib import Path
from typing import Any

import pytest
from beltwire import codes, settings
from plumbline.node import node_command
from plumbline.recording import read_recording

from tests.device.bench import STILL, as_sensed

HOURS = int(os.environ.get("PLUMBLINE_WEEK_HOURS", "0"))
LIFE_S = 360
DAY_MS = 86_400_000
GAP_MS = 300_000
HOUR_MS = 3_600_000
CARRIED_S = 40


def liveliest(samples: list[list[int]]) -> list[list[int]]:
    """The seconds in a row with the most motion: walking or running."""
    turns = [sum(abs(value) for value in sample[3:]) for sample in samples]
    starts = range(0, len(samples) - 52 * CARRIED_S, 52)
    best = max(starts, key=lambda at: sum(turns[at : at + 52 * CARRIED_S]))
    return samples[best : best + 52 * CARRIED_S]


def scenes(recording: Path) -> tuple[bytes, dict[str, tuple[int, int]]]:
    """The motion file, and where each scene lies in it: (first second, seconds)."""
    worn = read_recording(recording)
    whole = [list(map(int, sample)) for sample in worn.counts]
    life = whole[: 52 * LIFE_S]
    played = {
        "sit": as_sensed([STILL] * 52 * 30),
        "lean": as_sensed([[3549, 0, 2049, 0, 0, 0]] * 52 * 30),
        "table": as_sensed([[0, 0, 4098, 0, 0, 0]] * 52 * 10),
        "carried": liveliest(whole),
        "life": life[: len(life) // 52 * 52],
    }
    places = {}
    data = array("h")
    for name, samples in played.items():
        places[name] = (len(data) // 312, len(samples) // 52)
        data.extend(value for sample in samples for value in sample)
    return data.tobytes(), places


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory, recordings: list[Path]) -> dict[str, Any]:
    """What the story tells of itself; an uncaught exception ends it here."""
    motion, places = scenes(recordings[0])
    path = tmp_path_factory.mktemp("week") / "motion"
    path.write_bytes(motion)
    script = Path(__file__).parent / "week" / "week.mjs"
    told = subprocess.run(
        [*node_command(), str(script), str(path), json.dumps(places), str(HOURS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    findings: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return findings


def test_the_whole_week_was_lived(week: dict[str, Any]) -> None:
    assert week["days"] == pytest.approx(7, abs=0.1)
    marks = week["marks"]
    assert marks.pop("over_the_wrap_s") in (59, 60, 61)
    assert marks.pop("looks_in_the_night") >= 30
    assert all(marks.values()), marks
    assert {
        codes.RESET_POWER_ON,
        codes.RESET_WATCHDOG,
        codes.RESET_BROWN_OUT,
        codes.RESET_DEEP_SLEEP,
        codes.RESET_SOFTWARE,
    } <= set(week["boots"])
    assert {codes.SHUTDOWN_NOT_WORN, codes.SHUTDOWN_LOW_BATTERY} <= set(week["ends"])


def test_no_second_allocated_by_the_sample(week: dict[str, Any]) -> None:
    """The heap is locked while a second is unpacked and decided: it would have raised."""
    assert week["locked_seconds"] > 2000


def test_every_fault_of_the_sensor_is_in_the_log(week: dict[str, Any]) -> None:
    expected = {
        codes.SENSOR_NO_ANSWER,
        codes.SENSOR_WRONG_CHIP,
        codes.SENSOR_OVERRUN,
        codes.SENSOR_BUS_STUCK,
        codes.SENSOR_RESET,
        codes.SENSOR_STUCK,
    }
    assert expected <= {int(fault) for fault in week["faults"]}
    assert codes.STORAGE_WRITE_FAILED in week["storage"]


def test_no_acknowledged_record_is_lost_doubled_or_altered(week: dict[str, Any]) -> None:
    assert week["records"] > 100
    assert week["minutes"] > 30
    assert week["acked_gone"] == []
    assert week["altered"] == []
    assert week["doubled"] == []


def test_what_is_missing_was_lost_to_the_full_flash_alone(week: dict[str, Any]) -> None:
    """Numbers that never came: pages that found no place, and unacknowledged ones overwritten."""
    lost = len(week["missing"])
    assert lost <= 30 + week["overwritten"]


def test_no_reminder_out_of_policy(week: dict[str, Any]) -> None:
    given = week["reminders"]
    for _, cause, scene in given:
        assert (cause, scene) != (codes.CAUSE_FLEXION, "table")
        assert scene not in ("table", "carried")
    times = [ms for ms, _, _ in given]
    budget = settings.TABLE[settings.HOURLY_BUDGET][4]
    for at, ms in enumerate(times):
        assert at == 0 or ms - times[at - 1] >= GAP_MS - 2000
        assert sum(1 for other in times if ms <= other < ms + HOUR_MS - 2000) <= budget
    assert {why for _, _, why in week["barred"]} == {"snoozed", "quiet", "tracking only"}
    for start, end, why in week["barred"]:
        assert [ms for ms in times if start + 2000 <= ms <= end] == [], why
    assert week["snoozes"] == 1


def test_strain_is_told_on_every_day(week: dict[str, Any]) -> None:
    assert {ms // DAY_MS for ms, _, _ in week["reminders"]} == set(range(7))
