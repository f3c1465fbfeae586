"""Whoever wears the virtual belt: presses the button, takes the poses, moves as a body can."""

import io
import json
import math
import time
from pathlib import Path

import numpy as np
import pytest
from beltwire import codes, events, messages
from beltwire.records import unpack_event
from plumbline.link import belt, keys
from plumbline.link.conversation import Conversation
from plumbline.link.port import Port
from plumbline.recording import Recording, read_recording
from plumbline.virtual_belt import VirtualBelt
from plumbline.virtual_belt.button import seconds_of
from plumbline.virtual_belt.calibrated import Stretch, read_stretches
from plumbline.virtual_belt.clips import learn_mounting
from plumbline.virtual_belt.wearer import POSES_FILE, Poses, make_poses
from plumbline.virtual_belt.wearer import Wearer as Listener
from virtual.wearer import TURN, Turn, Wearer

from tests.device.bench import Bench

PATIENCE_S = 60.0


def test_a_new_belt_is_paired_by_its_button_and_calibrated_by_who_wears_it(
    tmp_path: Path, recordings: list[Path]
) -> None:
    """The whole way of a new belt: no key, its button, stand, sit, bow."""
    with (
        VirtualBelt(tmp_path, recordings[0], speed="5", unpaired=True) as worn,
        Port(worn.port) as opened,
    ):
        talk = Conversation(opened)
        hello = talk.hello()
        assert not hello.flags & codes.HELLO_PAIRED
        assert keys.find(hello.belt_id) is None
        worn.press()
        belt.pair(talk, hello, lambda _left: None, lambda: False)
        assert talk.hello().flags & codes.HELLO_PAIRED
        reached = [_calibrate(talk, step) for step in (codes.STEP_STAND, *_LATER)]
        logged = [unpack_event(r.payload) for r in belt.read_log(talk) if r.kind == 2]
    assert worn.failure == ""
    assert reached == sorted(reached)
    assert reached[-1] >= 80
    found = [events.arguments(one) for one in logged if one.code == codes.EVENT_CALIBRATION][-1]
    rows = np.array([found[f"m{row}{column}"] for row in range(3) for column in range(3)])
    recording = read_recording(recordings[0])
    walked = np.array(learn_mounting(recording, read_stretches(recordings[0])))
    assert _turn_deg(rows, walked) < 12  # the way of the bow is the way of walking


_LATER = (codes.STEP_SIT, codes.STEP_BOW)


def _calibrate(talk: Conversation, step: int) -> int:
    """Go through a step; the quality it reached."""
    reply = talk.ask(lambda: talk.session.calibrate(step), messages.CalibrateReply)
    end = time.monotonic() + PATIENCE_S
    while reply.status == codes.CALIBRATION_COLLECTING and time.monotonic() < end:
        time.sleep(0.05)
        reply = talk.ask(lambda: talk.session.calibrate(codes.STEP_QUERY), messages.CalibrateReply)
    assert (reply.status, reply.reason) == (codes.CALIBRATION_DONE, 0)
    return int(reply.quality)


def _turn_deg(one: np.ndarray, other: np.ndarray) -> float:
    turn = (one.reshape(3, 3) / 16384) @ (other.reshape(3, 3) / 16384).T
    return math.degrees(math.acos(min(1.0, (np.trace(turn) - 1) / 2)))


@pytest.fixture(scope="module")
def person(recordings: list[Path]) -> tuple[Recording, list[Stretch], Poses]:
    """Whom the bundled virtual belt is worn by."""
    recording, stretches = read_recording(recordings[0]), read_stretches(recordings[0])
    return recording, stretches, make_poses(recording, stretches)


def test_the_wearer_is_told_before_the_belt_is(
    tmp_path: Path, person: tuple[Recording, list[Stretch], Poses]
) -> None:
    """What `heard` has returned from is in the file that the belt's process reads first."""
    recording, stretches, poses = person
    worn = Listener(tmp_path, recording, stretches)
    seen = []
    for step in (codes.STEP_STAND, *_LATER, codes.STEP_QUERY):
        worn.heard(messages.Calibrate(step=step).frame(1))
        wish = json.loads(worn.wishes.read_text(encoding="utf-8"))
        assert max(wish["pose"]) < (tmp_path / POSES_FILE).stat().st_size // 624
        seen.append((wish["number"], wish["pose"]))
    assert [number for number, _pose in seen] == [1, 2, 3, 3]
    asked = (codes.STEP_STAND, *_LATER)
    assert [pose for _number, pose in seen[:3]] == [poses.seconds[step] for step in asked]


@pytest.mark.parametrize("late_s", [-3.3, -1.0, -0.4, 0.0, 1.3, 3.2])
def test_early_or_late_the_wearer_is_measured_in_the_pose(
    tmp_path: Path, person: tuple[Recording, list[Stretch], Poses], late_s: float
) -> None:
    """The belt looks while the wearer has not moved yet, is on the way, or has arrived."""
    recording, _stretches, poses = person
    wearer = Wearer(_file(recording.counts), recording.seconds)
    bench = Bench(tmp_path, wearer).start()
    bench.run(12)
    for step in (codes.STEP_STAND, *_LATER):
        if late_s >= 0:
            bench.belt.guide.begin(step)
            bench.run(late_s)
        wearer.pose(_file(poses.counts), poses.seconds[step])
        if late_s < 0:
            bench.run(-late_s)
            bench.belt.guide.begin(step)
        for _tenth in range(200):
            bench.run(0.1)
            if bench.belt.guide.status != codes.CALIBRATION_COLLECTING:
                break
        assert bench.belt.guide.status == codes.CALIBRATION_DONE
    assert bench.belt.guide.quality >= 80
    kept = bench.belt.store.calibration
    assert kept is not None
    upright = poses.counts.reshape(-1, 52, 6)[poses.seconds[codes.STEP_STAND], :, :3]
    mean = upright.mean((0, 1)) / np.linalg.norm(upright.mean((0, 1)))
    assert math.degrees(math.acos(min(1.0, np.array(kept.rows[6:9]) / 16384 @ mean))) < 3
    assert -3500 < kept.seated_cdeg < -2500  # the recorded seat, not the standing before it


def _file(counts: np.ndarray) -> io.BufferedReader:
    whole = counts[: len(counts) // 52 * 52].astype("<i2")
    return io.BufferedReader(io.BytesIO(whole.tobytes()))  # type: ignore[arg-type]


@pytest.mark.parametrize("end", [[0.0, 4098.0, 0.0], [4000.0, 0.0, 900.0], [-4098.0, 0.0, 0.0]])
def test_a_turn_ends_where_it_should_and_the_gyroscope_saw_it(end: list[float]) -> None:
    turn = Turn([4098.0, 0.0, 0.0], end)
    up = np.array([4098.0, 0.0, 0.0])
    sample = bytearray(12)
    for at in range(TURN + 1):
        turn.load(at, sample)
        words = np.frombuffer(sample, "<i2").astype(float)
        rate = np.radians(words[3:] * 0.070) / 52
        up = up - np.cross(rate, up)  # what a sensor that turns so sees of a fixed vector
        up *= 4098.0 / np.linalg.norm(up)
    away = np.degrees(np.arccos(np.clip(up @ words[:3] / 4098.0 / 4098.0, -1, 1)))
    assert away < 3
    assert np.degrees(np.arccos(np.clip(words[:3] @ np.array(end) / 4098**2, -1, 1))) < 14


def test_the_wearer_goes_on_as_the_recording_tells() -> None:
    lying, standing = [np.tile(np.array(g, "<i2"), (52, 1)) for g in ([0, 4098, 0], [4098, 0, 0])]
    still = [
        np.hstack([each, np.zeros((52, 3), "<i2")]).astype("<i2") for each in (lying, standing)
    ]
    wearer = Wearer(io.BufferedReader(io.BytesIO(still[0].tobytes())), 1)  # type: ignore[arg-type]
    poses = io.BufferedReader(io.BytesIO(still[1].tobytes()))  # type: ignore[arg-type]
    sample = bytearray(12)
    seen = []
    for index in range(700):
        if index == 100:
            wearer.pose(poses, [0, 0, 0])
        wearer.load(index, sample)
        seen.append(np.frombuffer(bytes(sample), "<i2")[:3].tolist())
    assert seen[99] == [0, 4098, 0]
    assert seen[100 + TURN : 100 + TURN + 156] == [[4098, 0, 0]] * 156
    assert seen[-1] == [0, 4098, 0]
    steps = np.linalg.norm(np.diff(np.array(seen), axis=0), axis=1)
    assert steps.max() < 120  # never a jump


def test_a_recording_without_labels_has_no_poses(recordings: list[Path]) -> None:
    assert make_poses(read_recording(recordings[0]), []).seconds == {}


@pytest.mark.parametrize(
    ("line", "seconds"), [("", 1.0), ("12", 12.0), ("2,5", 2.5), ("-1", None), ("press", None)]
)
def test_enter_is_the_button(line: str, seconds: float | None) -> None:
    assert seconds_of(line) == seconds
