"""The bench measures what it says: a filter that works, a memory count that is right."""

import math
from array import array
from pathlib import Path

import pytest
from beltcore import activity_model
from beltcore.pipeline import Pipeline
from plumbline.recording import read_recording

from bench.core import numbers
from bench.madgwick import Madgwick
from bench.memory import footprint


def test_the_float_filter_finds_the_same_vertical(recordings: list[Path]) -> None:
    madgwick, pipeline = Madgwick(), Pipeline()
    apart = []
    for second, block in enumerate(read_recording(recordings[0]).blocks()):
        if second == 60:
            break
        madgwick.second(block)
        pipeline.second(block, False, -1)
        up = pipeline.samples.up[-3:]
        length = math.sqrt(sum(part * part for part in up))
        cosine = sum(a * b for a, b in zip(madgwick.up(), up, strict=True)) / length
        apart.append(math.degrees(math.acos(min(cosine, 1.0))))
    assert max(apart[20:]) < 15
    assert sorted(apart[20:])[len(apart[20:]) // 2] < 3


def test_state_and_model_fit_their_budget() -> None:
    model = sum(len(getattr(activity_model, name)) for name in ("FEATURES", "LIMITS", "LEAVES"))
    assert model <= 16 * 1024
    assert model + sum(footprint(Pipeline()).values()) < 24 * 1024


class Part:
    def __init__(self) -> None:
        self.numbers = array("h", [0] * 9)  # 16 + 32
        self.same = self.numbers
        self.bytes = bytearray(16)  # 16 + 16
        self.none = None


def test_the_memory_count_knows_the_layout() -> None:
    assert footprint(Part()) == {"arrays": 80, "objects": 16 + 32}
    assert footprint([Part(), Part()])["arrays"] == 160


def test_lines_of_a_report_are_read_back() -> None:
    said = ["time 12 whole core", "time 3 a b", "memory 9 c"]
    assert numbers(said, "time") == {"whole core": 12, "a b": 3}


def test_the_reports_name_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    import bench.__main__ as command

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["bench", "speed"])
        with pytest.raises(SystemExit):
            command.main()
    assert "there is no report speed" in capsys.readouterr().err
