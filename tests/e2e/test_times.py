"""What the command line says of times that are not sure."""

from pathlib import Path

import pytest
from plumbline.__main__ import main

from tests.link.belt import BELT, NOON_MS, MemoryBelt
from tests.store.filling import archive, flat_battery


def days(capsys: pytest.CaptureFixture[str], folder: Path, *argv: str) -> list[str]:
    assert main(["--data", str(folder), "days", "--zone", "UTC", *argv]) == 0
    return capsys.readouterr().out.splitlines()


def test_days_with_approximate_times_are_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flat_battery(tmp_path, off_min=5)
    _head, day, *told = days(capsys, tmp_path)
    assert day.startswith("2026-11-21~  ")
    assert told == [
        "~ 30 minutes are placed by what was measured before and after them, and may be off by up "
        "to 6 min: the belt's clock was not set while they ran."
    ]


def test_days_with_too_wide_a_gap_leave_the_minutes_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flat_battery(tmp_path, off_min=16)
    _head, day, told = days(capsys, tmp_path)
    assert day.startswith("2026-11-21  ")
    assert told.startswith("30 minutes have no known time: ")


def test_the_drift_of_the_belts_clock_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    belt = MemoryBelt()
    belt.minutes(1)
    archive(tmp_path, belt, NOON_MS)
    belt.minutes(1440)
    archive(tmp_path, belt, NOON_MS + 86_400_000 + 4320)
    assert days(capsys, tmp_path)[-1] == (
        f"The clock of belt {BELT} runs -50.0 ppm; this is corrected."
    )


def test_the_day_begins_when_its_wearer_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    belt = MemoryBelt()
    belt.minutes(60)
    archive(tmp_path, belt, NOON_MS + 14 * 3_600_000)  # 01:00 to 02:00 on the 22nd
    assert days(capsys, tmp_path)[1].startswith("2026-11-22")
    assert days(capsys, tmp_path, "--day-begins", "04:00")[1].startswith("2026-11-21")
    assert main(["days", "--day-begins", "25:00"]) == 2
    assert "25:00 is not a time like 04:00" in capsys.readouterr().err
