"""`plumbline replay`: its output, its options, its refusals, and both runtimes byte for byte."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from plumbline.__main__ import main
from plumbline.motion_file import COLUMNS
from plumbline.recording import read_recording

from tests.core.played import beginning_of

KEYS = [
    "t_s",
    "activity",
    "confidence",
    "flexion_deg",
    "lateral_deg",
    "band",
    "steps",
    "worn",
]
WHOLE = 2


def write_bend(path: Path, seconds: int = 200, bent_from: int = 60, degrees: float = 40) -> Path:
    """A sitter at 50 Hz, x up and z backward, who bends forward and stays there."""
    lines = [",".join(COLUMNS)]
    rng = np.random.default_rng(3)
    for k in range(50 * seconds):
        done = min(max(k / 50 - bent_from + 1, 0.0), 1.0)
        lean = np.radians(degrees * done)
        rate = degrees if 0 < done < 1 else 0.0
        noise = rng.normal(0, 0.004, 4)
        row = (
            np.cos(lean) + noise[0],
            noise[1],
            np.sin(lean) + noise[2],
            0.0,
            rate + 20 * noise[3],
            0.0,
        )
        lines.append(f"{k / 50:.2f}," + ",".join(f"{value:.5f}" for value in row))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def replay(*args: object) -> int:
    return main(["replay", *map(str, args)])


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bend(tmp_path_factory.mktemp("motion") / "bend.csv", 30, 20)


def test_a_line_a_second_with_exactly_the_keys_that_are_promised(
    recordings: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert replay(recordings[0], "--upright", "10:12", "-o", out) == 0
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(lines) == read_recording(recordings[0]).seconds
    for at, line in enumerate(lines):
        assert [key for key in line if key != "reminder"] == KEYS
        assert line["t_s"] == at
        assert 0 <= line["confidence"] <= 1
        assert (line["band"] is None) == (line["activity"] in ("lying", "not_worn", "unknown"))
    assert {"lying", "sitting", "standing", "walking"} <= {line["activity"] for line in lines}
    assert sum(line["steps"] for line in lines) > 100
    upright = [line["flexion_deg"] for line in lines[10:12]]
    assert all(abs(angle) < 2 for angle in upright)


@pytest.mark.parametrize("number", range(4))
def test_both_runtimes_give_the_same_bytes(
    number: int, recordings: list[Path], tmp_path: Path
) -> None:
    """One recording to its end, two and a half minutes of the others."""
    here, there = tmp_path / "cpython.jsonl", tmp_path / "micropython.jsonl"
    what = [["--upright", "20:22"], ["--samples"], ["--minutes"], ["--mount", "+x+y"]][number]
    recording = recordings[number]
    if number != WHOLE:
        recording = beginning_of(recording, 150, tmp_path / "beginning.csv.gz")
    assert replay(recording, *what, "-o", here) == 0
    assert replay(recording, *what, "--on", "micropython", "-o", there) == 0
    assert here.read_bytes() == there.read_bytes()
    assert here.stat().st_size > 1000


def test_samples_are_unit_vectors_in_the_recordings_axes(short: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert replay(short, "--samples", "-o", out) == 0
    assert out.read_text().splitlines()[0] == "t_s,ux,uy,uz"
    table = np.genfromtxt(out, delimiter=",", names=True)
    assert len(table) == 30 * 52
    assert table["t_s"][52] == pytest.approx(1.0)
    ups = np.stack([table["ux"], table["uy"], table["uz"]], axis=1)
    assert np.abs(np.linalg.norm(ups, axis=1) - 1).max() < 1e-5
    lean = np.degrees(np.arctan2(ups[:, 2], ups[:, 0]))
    assert np.abs(lean[10 * 52 : 18 * 52]).max() < 0.5
    assert np.abs(lean[25 * 52 :] - 40).max() < 1.0


@pytest.mark.parametrize(
    ("mount", "flexion", "lateral"),
    [("+x-z", 40, 0), ("+x+z", -40, 0), ("+x-y", 0, -40), ("+x+y", 0, 40), ("+z+x", -50, 0)],
)
def test_the_mounting_says_what_forward_is(
    mount: str, flexion: float, lateral: float, short: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    assert replay(short, "--mount", mount, "-o", out) == 0
    last = json.loads(out.read_text().splitlines()[-1])
    assert last["flexion_deg"] == pytest.approx(flexion, abs=1.0)
    assert last["lateral_deg"] == pytest.approx(lateral, abs=1.0)


def test_the_upright_pose_takes_any_mounting_away(tmp_path: Path) -> None:
    tilted = write_bend(tmp_path / "tilted.csv", 30, 0, 25)
    out = tmp_path / "out.jsonl"
    assert replay(tilted, "--upright", "10:12", "-o", out) == 0
    assert json.loads(out.read_text().splitlines()[-1])["flexion_deg"] == pytest.approx(0, abs=0.5)


def test_settings_decide_whether_and_when_one_is_reminded(tmp_path: Path) -> None:
    path = write_bend(tmp_path / "long.csv")
    settings = tmp_path / "settings.toml"
    when = []
    for text in ("reminder_delay_s = 60", "reminder_delay_s = 90", "reminder_mode = 1"):
        settings.write_text(text)
        out = tmp_path / "out.jsonl"
        assert replay(path, "--upright", "10:12", "--settings", settings, "-o", out) == 0
        lines = [json.loads(line) for line in out.read_text().splitlines()]
        told = [line["t_s"] for line in lines if "reminder" in line]
        assert {line["reminder"] for line in lines if "reminder" in line} <= {"flexion"}
        when.append(told[0] if told else None)
        dark = [line["t_s"] for line in lines if line["flexion_deg"] is None]
        assert {at + 1 for at in told} <= set(dark)  # the motor runs, as on the belt
    first, second, third = when
    if first is None:
        pytest.fail("nobody was reminded")
    assert second is None or second > first
    assert third is None


def test_json_settings_are_read_too(short: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"quiet_from_min": -1, "hourly_budget": 0}')
    assert replay(short, "--settings", settings, "-o", tmp_path / "out.jsonl") == 0


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("s.toml", "reminder_delay_s = 1", "takes 3 to 600"),
        ("s.toml", "buzz = 1", "there is no setting buzz"),
        ("s.toml", 'pattern = "x"', "takes a whole number"),
        ("s.toml", "pattern = true", "takes a whole number"),
        ("s.toml", "pattern", "is not valid TOML"),
        ("s.json", "[1]", "must hold names and values"),
        ("s.json", "{", "is not valid JSON"),
    ],
)
def test_settings_that_do_not_fit_are_refused(
    name: str,
    text: str,
    reason: str,
    short: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    path.write_text(text)
    refused(capsys, reason, tmp_path, short, "--settings", path)


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["--upright", "5"], "give two times"),
        (["--upright", "5:5.5"], "at least one second"),
        (["--upright", "29:31"], "lies outside"),
        (["--upright=-5:-2"], "lies outside"),
        (["--upright", "nan:3"], "at least one second"),
        (["--upright", "inf:inf"], "at least one second"),
        (["--seated", "5:7"], "--seated needs --upright"),
        (["--mount", "up"], "name the sensor axis"),
        (["--mount", "+x-x"], "name the sensor axis"),
        (["--on", "belt"], "is not known"),
        (["--on", "board:"], "is not known"),
        (["--on", "board:/nowhere/port"], "There is no port /nowhere/port"),
        (["--settings", "/nowhere/s.toml"], "cannot be read"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    args: list[str],
    reason: str,
    short: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    refused(capsys, reason, tmp_path, short, *args)


def refused(capsys: pytest.CaptureFixture[str], reason: str, folder: Path, *args: object) -> None:
    out = folder / "out.jsonl"
    out.write_text("from before")
    before = sorted(folder.iterdir())
    assert replay(*args, "-o", out) == 2
    said = capsys.readouterr()
    assert reason in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert out.read_text() == "from before"
    assert sorted(folder.iterdir()) == before


def test_a_bad_recording_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(",".join(COLUMNS) + "\n0,1,0,0,0,0,0\n0.02,x,0,0,0,0,0\n")
    refused(capsys, "row 3: ax_g is 'x'", tmp_path, bad)


def test_an_output_that_cannot_be_written_is_said(
    short: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(short, "-o", tmp_path / "none" / "out.jsonl") == 2
    assert "cannot be written" in capsys.readouterr().err
    assert replay(short, "-o", tmp_path) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_an_output_that_is_no_file_is_written_to_and_stays(short: Path, tmp_path: Path) -> None:
    """As `-o /dev/stdout`, which an administrator's rename would replace by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert replay(short, "-o", pipe) == 0
        assert os.read(reader, 16).startswith(b'{"t_s": 0.0')
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_without_output_file_the_lines_go_to_standard_output(
    short: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay(short) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 30
    assert said.err == ""


def test_who_moves_in_the_pose_is_told(
    recordings: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    walking = tmp_path / "walking.csv"
    motion = read_recording(recordings[0])
    lines = [",".join(COLUMNS)]
    for at, row in enumerate(motion.counts[: 52 * 10]):
        values = [*(row[:3] * 0.000244), *(row[3:] * 0.07 + 60)]
        lines.append(f"{at / 52:.5f}," + ",".join(f"{value:.4f}" for value in values))
    walking.write_text("\n".join(lines))
    assert replay(walking, "--upright", "3:5", "-o", tmp_path / "out.jsonl") == 0
    assert "the wearer moves" in capsys.readouterr().err


def test_minutes_are_the_records_of_the_log(recordings: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert replay(recordings[1], "--minutes", "-o", out) == 0
    minutes = [json.loads(line) for line in out.read_text().splitlines()]
    assert [minute["start_s"] for minute in minutes] == list(range(0, 60 * len(minutes), 60))
    assert sum(sum(minute["seconds"]) for minute in minutes) <= 343
    assert all(sum(minute["seconds"]) >= 58 for minute in minutes[:-1])
    assert set(minutes[0]) == {
        "start_s",
        "seconds",
        "bands",
        "flexion_cdeg",
        "lateral_cdeg",
        "spread",
        "steps",
        "slouched_s",
        "flags",
        "lying_side",
    }
