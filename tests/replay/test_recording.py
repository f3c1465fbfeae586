"""Recordings: what is accepted, what is refused and how, and how true the resampling is."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from plumbline.errors import UserError
from plumbline.motion_file import COLUMNS, Motion, read_motion
from plumbline.recording import read_recording, resample, to_counts

HEADER = ",".join(COLUMNS)
ROW = "1,0,0,0,0,0"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows(rate: float, seconds: float) -> list[str]:
    return [f"{k / rate:.4f},{ROW}" for k in range(int(rate * seconds))]


REFUSED = {
    "missing column": ([HEADER.replace("gx_dps,", ""), "0,1,0,0,0,0"], "row 1: the column gx_dps"),
    "column twice": ([HEADER + ",ax_g", f"0,{ROW},1"], "row 1: the column ax_g is there twice"),
    "text": ([HEADER, f"0,{ROW}", "0.02,up,0,0,0,0,0"], "row 3: ax_g is 'up', not a number"),
    "blank": ([HEADER, f"0,{ROW}", "0.02,,0,0,0,0,0"], "row 3: ax_g is '', not a number"),
    "short row": ([HEADER, f"0,{ROW}", "", "0.02,1,0"], "row 4: the value of az_g is missing"),
    "nan": ([HEADER, f"0,{ROW}", "0.02,1,nan,0,0,0,0"], "row 3: ay_g is nan"),
    "infinite": ([HEADER, f"0,{ROW}", "", "0.02,1,0,0,0,0,-inf"], "row 4: gz_dps is -inf"),
    "backwards": ([HEADER, f"0,{ROW}", f"0.02,{ROW}", f"0.01,{ROW}"], "row 4: time runs backwards"),
    "standing": ([HEADER, f"0,{ROW}", f"0.02,{ROW}", f"0.02,{ROW}"], "row 4: time stands still"),
    "gap": ([HEADER, f"0,{ROW}", f"0.02,{ROW}", f"0.53,{ROW}"], "row 4: a gap longer than 0.5 s"),
    "too slow": ([HEADER, *rows(19, 3)], "19.0 samples a second"),
    "too fast": ([HEADER, *rows(420, 3)], "420.0 samples a second"),
    "one sample": ([HEADER, f"0,{ROW}"], "fewer than two samples"),
    "header only": ([HEADER], "fewer than two samples"),
    "no header": ([f"0,{ROW}", f"0.02,{ROW}"], "row 1: the column t_s is missing"),
    "short": ([HEADER, *rows(50, 0.9)], "shorter than one second"),
    "nothing": ([""], "is empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_recording_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    lines, reason = REFUSED[name]
    path = write(tmp_path / "bad.csv", *lines)
    with pytest.raises(UserError) as caught:
        read_recording(path)
    assert str(caught.value).startswith(str(path))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_csv_file_is_refused(tmp_path: Path) -> None:
    noise = tmp_path / "noise.csv"
    noise.write_bytes(bytes(range(256)) * 20)
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(b"t_s,ax_g\n" * 1000)[:60])
    for path, reason in (
        (noise, "not text"),
        (broken, "not a whole gzip"),
        (tmp_path, "is a folder"),
        (tmp_path / "none.csv", "There is no recording"),
    ):
        with pytest.raises(UserError, match=reason):
            read_recording(path)


def test_columns_come_in_any_order_and_others_are_ignored(tmp_path: Path) -> None:
    names = ["note", *reversed(COLUMNS), "ref_x"]
    lines = [",".join(names)]
    for k in range(60):
        values = {"t_s": k / 50, "ax_g": 1, "ay_g": 0.5, "gz_dps": -7, "note": "x", "ref_x": ""}
        lines.append(",".join(str(values.get(name, 0)) for name in names))
    motion = read_motion(write(tmp_path / "odd.csv", *lines))
    assert motion.values[:, 0].tolist() == [1.0] * 60
    assert motion.values[:, 1].tolist() == [0.5] * 60
    assert motion.values[:, 5].tolist() == [-7.0] * 60
    assert motion.rate_hz == pytest.approx(50)


def test_plain_and_packed_files_read_the_same(tmp_path: Path, recordings: list[Path]) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_bytes(b"\xef\xbb\xbf" + gzip.decompress(recordings[0].read_bytes()))
    assert np.array_equal(read_recording(plain).counts, read_recording(recordings[0]).counts)


def test_the_bundled_recordings_become_whole_seconds(recordings: list[Path]) -> None:
    for path in recordings:
        recording = read_recording(path)
        blocks = list(recording.blocks())
        assert len(blocks) == recording.seconds > 300
        assert all(len(block) == 312 and block.typecode == "h" for block in blocks)
        assert blocks[7][6] == recording.counts[7 * 52 + 1, 0]
        assert 3900 < np.median(np.linalg.norm(recording.counts[:, :3], axis=1)) < 4400


def tone(rate: float, hertz: float, seconds: float = 20.0) -> Motion:
    t = np.arange(int(rate * seconds)) / rate
    wave = np.sin(2 * np.pi * hertz * t)
    return Motion(t, np.stack([wave] * 6, axis=1))


@pytest.mark.parametrize("rate", [20, 50, 57.142857, 100, 208, 400])
@pytest.mark.parametrize("hertz", [0.5, 3, 8])
def test_what_bodies_do_survives_without_delay_or_loss(rate: float, hertz: float) -> None:
    result = resample(tone(rate, hertz))[60:-60, 0]
    expected = np.sin(2 * np.pi * hertz * np.arange(60, 60 + len(result)) / 52)
    limit = 0.03 if hertz > rate / 4 else 0.004
    assert np.abs(result - expected).max() < limit


@pytest.mark.parametrize("hertz", [35, 52, 70, 180])
def test_what_the_belt_cannot_sample_is_not_folded_down(hertz: float) -> None:
    result = resample(tone(400, hertz))[60:-60, 0]
    assert np.abs(result).max() < 0.02


def test_the_turned_angle_is_kept() -> None:
    t = np.arange(0, 30, 1 / 57.142857)
    rate = 900 * np.sin(2 * np.pi * 2.1 * t) + 300 * np.sin(2 * np.pi * 5.3 * t)
    result = resample(Motion(t, np.stack([rate] * 6, axis=1)))
    angle = np.cumsum(result[:, 3]) / 52
    true = -900 / 13.195 * (np.cos(13.195 * np.arange(len(angle)) / 52) - 1)
    true += -300 / 33.301 * (np.cos(33.301 * np.arange(len(angle)) / 52) - 1)
    apart = (angle - true)[52:-52]
    assert np.ptp(apart - apart.mean()) < 2 * 900 / 52  # the last sample's share, no drift
    assert abs(np.polyfit(np.arange(len(apart)) / 52, apart, 1)[0]) < 0.02


def test_a_wobbling_clock_is_evened_out() -> None:
    still = tone(50, 2)
    rng = np.random.default_rng(7)
    jitter = np.round(still.t_s + rng.uniform(-0.0004, 0.0004, len(still.t_s)), 3)
    jitter[0] = 0.0
    jitter[-1] = still.t_s[-1]
    apart = resample(Motion(jitter, still.values)) - resample(still)
    assert np.abs(apart).max() < 1e-6


def test_lost_samples_are_bridged() -> None:
    whole = tone(100, 0.5)
    keep = np.ones(len(whole.t_s), dtype=bool)
    keep[500:520] = False
    holey = Motion(whole.t_s[keep], whole.values[keep])
    result = resample(holey)
    count = min(len(result), 1000)
    expected = np.sin(2 * np.pi * 0.5 * np.arange(count) / 52)
    assert np.abs(result[:count, 0] - expected)[30:-30].max() < 0.06


def test_counts_are_rounded_and_clipped_as_the_sensor_does() -> None:
    values = np.array([[1.0, -1.0, 0.000123, 70.0, 0.034, 0.036], [9.0, -9.0, 0, 3000, -3000, 0]])
    assert to_counts(values).tolist() == [
        [4098, -4098, 1, 1000, 0, 1],
        [32767, -32768, 0, 32767, -32768, 0],
    ]


def test_absurd_numbers_do_not_break_anything(tmp_path: Path) -> None:
    lines = [HEADER] + [f"{k / 50},1e300,-1e300,0,1e308,0,0" for k in range(100)]
    counts = read_recording(write(tmp_path / "absurd.csv", *lines)).counts
    assert counts[50].tolist() == [32767, -32768, 0, 32767, 0, 0]
