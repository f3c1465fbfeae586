"""Save, restore, continue equals the uninterrupted run, in both runtimes."""

from array import array
from pathlib import Path
from typing import Any

import pytest
from beltcore import state
from beltcore.pipeline import Pipeline
from plumbline.recording import read_recording

from tests.conftest import MicroPython


def seen(pipeline: Pipeline) -> list[Any]:
    """Everything a second gives to the belt."""
    found: list[Any] = [pipeline.action, pipeline.cause, pipeline.held_s, pipeline.minute_start_s]
    found.append(repr(pipeline.minute))
    for second in (pipeline.live, pipeline.decided):
        found.append(None if second is None else dict(vars(second)))
    return found


def second(pipeline: Pipeline, number: int, blocks: list["array[int]"]) -> list[Any]:
    """Second `number` of a day with a gap and a motor that runs now and then."""
    if 70 <= number < 74:
        pipeline.missing(600)
    else:
        pipeline.second(blocks[number], number % 41 == 40, 600)
    return seen(pipeline)


CUTS = (0, 1, 13, 60, 72, 75, 118, 131)
SECONDS = 150


class Whole:
    """The uninterrupted run: what each second gave, and what was saved at each cut."""

    def __init__(self, blocks: list["array[int]"]) -> None:
        self.blocks = blocks
        self.saved: dict[int, array[int]] = {}
        self.seen: list[list[Any]] = []
        pipeline, twin = Pipeline(), Pipeline()  # the twin is saved: that could leave a trace
        for each in (pipeline, twin):
            each.configure(2, 10)
            each.calibrate(array("h", (0, 0, -16384, 0, 16384, 0, 16384, 0, 0)), -200)
        for number in range(SECONDS):
            if number in CUTS:
                self.saved[number] = array("i", twin.save())
            self.seen.append(second(pipeline, number, blocks))
            second(twin, number, blocks)
        while pipeline.flush():
            self.seen.append(seen(pipeline))


@pytest.fixture(scope="module")
def whole(recordings: list[Path]) -> Whole:
    return Whole(list(read_recording(recordings[0]).blocks())[:SECONDS])


@pytest.mark.parametrize("cut", CUTS)
def test_a_belt_that_resets_goes_on(cut: int, whole: Whole) -> None:
    other = Pipeline()
    for number in range(40, 40 + cut % 50):  # the other belt has a past of its own
        second(other, number, whole.blocks)
    other.restore(whole.saved[cut])
    if cut:
        *_, live, decided = whole.seen[cut - 1]
        assert vars(other.live) == live
        assert (other.decided is None) == (decided is None)
    for number in range(cut, SECONDS):
        assert second(other, number, whole.blocks) == whole.seen[number]
    for flushed in whole.seen[SECONDS:]:
        assert other.flush()
        assert seen(other) == flushed
    assert not other.flush()


def test_a_state_of_another_size_is_refused() -> None:
    pipeline = Pipeline()
    with pytest.raises(ValueError, match="does not fit"):
        pipeline.restore(array("i", [0, 1, 2]))


class Part:
    """A part of made-up content."""

    VIEWS = ("look",)

    def __init__(self) -> None:
        self.number = 1
        self.flag = False
        self.name = "kept"
        self.look = 7
        self.nothing = None
        self.many = [array("h", (1, 2)), bytearray(b"ab")]
        self.plain = [1, 2, 3]
        self.twice = self.many


def test_what_counts_as_state() -> None:
    one, other = Part(), Part()
    one.number, one.flag, one.look = 5, True, 8
    one.many[0][1] = -9
    one.many[1][0] = 200
    one.plain[2] = 30
    saved = state.save(one)
    assert len(saved) == state.size(other) == 1 + 1 + 4 + 3 + 4
    state.restore(other, saved)
    assert (other.number, other.flag, other.look, other.name) == (5, True, 7, "kept")
    assert other.many == [array("h", (1, -9)), bytearray(b"\xc8b")]
    assert other.plain == [1, 2, 30]
    assert other.flag is True


def test_micropython_goes_on_too(
    micropython: MicroPython, recordings: list[Path], tmp_path: Path
) -> None:
    counts = tmp_path / "counts.bin"
    counts.write_bytes(read_recording(recordings[2]).counts[: 52 * 50].tobytes())
    script = """
from array import array
from beltcore.pipeline import Pipeline
data = open("/counts.bin", "rb").read()
blocks = [array("h", data[624 * k : 624 * k + 624]) for k in range(50)]
one, other = Pipeline(), Pipeline()
for k in range(25):
    one.second(blocks[k], False, -1)
other.restore(one.save())
same = 0
for k in range(25, 50):
    for pipeline in (one, other):
        pipeline.second(blocks[k], False, -1)
    same += one.live.__dict__ == other.live.__dict__
    same += one.decided.__dict__ == other.decided.__dict__
    same += list(one.save()) == list(other.save())
print(same, len(one.save()))
"""
    said = micropython(script, put=[(counts, "/counts.bin")]).split()
    assert said[0] == "75"
    assert int(said[1]) == state.size(Pipeline())
