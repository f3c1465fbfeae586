"""A session counts, and whoever wears the virtual belt does the exercise: on the real firmware."""

import io
import json
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from beltcore.pipeline import Pipeline
from beltwire import codes, messages
from beltwire.messages import LiveRepetition, LiveReply
from plumbline.link.port import Port
from plumbline.link.wearer import EXERCISE, REST, exercise_frame
from plumbline.recording import RATE_HZ, Recording, read_recording
from plumbline.ui.belt_talk import LiveConversation
from plumbline.virtual_belt import VirtualBelt
from plumbline.virtual_belt.calibrated import Stretch, read_stretches
from plumbline.virtual_belt.clips import KNOWN_FORWARD, learn_mounting
from plumbline.virtual_belt.exercises import exercises
from plumbline.virtual_belt.wearer import Poses, make_poses
from plumbline.virtual_belt.wearer import Wearer as Listener
from virtual.wearer import TURN, Wearer

SPEED = "20"
WITHIN_S = 60
TIMES = 3
ROUNDS = 400  # of listening; each ends as soon as something has come


@contextmanager
def session_on(folder: Path, recording: Path) -> Iterator[tuple[LiveConversation, list[object]]]:
    """A talk as the window has it, and all that the belt tells in it."""
    told: list[object] = []
    with VirtualBelt(folder, recording, speed=SPEED) as worn, Port(worn.port) as opened:
        talk = LiveConversation(opened, lambda sample, _at_s: told.append(sample), told.append)
        talk.hello()
        talk.ask(lambda: talk.session.live(1), LiveReply)
        yield talk, told
    assert worn.failure == ""


@pytest.mark.parametrize(
    ("kind", "least_deg", "most_deg", "longest_s"),
    [(codes.HIP_HINGE, 50, 70, 4.0), (codes.CHAIR_RISE, 20, 60, 6.0)],
)
def test_a_session_counts_what_the_wearer_does(
    tmp_path: Path,
    recordings: list[Path],
    kind: int,
    least_deg: int,
    most_deg: int,
    longest_s: float,
) -> None:
    """The belt is talked to as the window does it; time is the belt's own.

    The belt itself drops the frame: the answer that comes is the next request's.
    """
    assert EXERCISE >= 0x80
    with session_on(tmp_path, recordings[0]) as (talk, told):
        talk.port.write(exercise_frame(kind))
        assert talk.ask(talk.session.list, messages.ListReply).capacity_pages > 0
        begun_ms = _newest_ms(talk, told)
        while _newest_ms(talk, told) < begun_ms + WITHIN_S * 1000 and len(_of(kind, told)) < TIMES:
            talk.events()
    counted = _of(kind, told)
    assert len(counted) >= TIMES
    assert all(least_deg <= one.range_cdeg / 100 <= most_deg for one in counted)
    assert all(1.5 <= one.duration_ms / 1000 <= longest_s for one in counted)


def _of(kind: int, told: list[object]) -> list[LiveRepetition]:
    return [one for one in told if isinstance(one, LiveRepetition) and one.kind == kind]


def _newest_ms(talk: LiveConversation, told: list[object]) -> int:
    """The belt's clock as it was last told."""
    for _round in range(ROUNDS):
        if told:
            break
        talk.events()
    last = told[-1]
    assert isinstance(last, messages.LiveSample | LiveRepetition)
    return int(last.mono_ms)


@pytest.fixture(scope="module")
def person(recordings: list[Path]) -> tuple[Recording, list[Stretch], Poses]:
    """Whom the bundled virtual belt is worn by."""
    recording, stretches = read_recording(recordings[0]), read_stretches(recordings[0])
    return recording, stretches, make_poses(recording, stretches)


@pytest.mark.parametrize(
    ("kind", "begin_s"),
    [
        (codes.CHAIR_RISE, 30),
        (codes.HIP_HINGE, 80),
        (codes.CHAIR_RISE, 155),
        (codes.HIP_HINGE, 405),
    ],
)
def test_from_whatever_the_wearer_was_doing(
    person: tuple[Recording, list[Stretch], Poses], kind: int, begin_s: int
) -> None:
    """Sitting, lying, walking, or where the recording ends: nearly all ten are counted."""
    recording, stretches, poses = person
    wearer = Wearer(_file(recording.counts), recording.seconds)
    pipeline = Pipeline()
    pipeline.calibrate(learn_mounting(recording, stretches), codes.NO_ANGLE, KNOWN_FORWARD)
    found = pipeline.samples.repetitions
    seen: list[float] = []
    for second in range(begin_s - 10, begin_s + len(poses.exercises[kind]) + 14):
        if second == begin_s:
            wearer.pose(_file(poses.counts), poses.exercises[kind])
        pipeline.samples.second(_second(wearer, second))
        if found.kind == kind and second - found.ago_s > begin_s + 8:  # not the standing up
            seen.append(found.range_cdeg / 100)
    assert 9 <= len(seen) <= 10
    assert max(seen) <= 70


def test_who_has_enough_ends_standing_and_goes_on(
    person: tuple[Recording, list[Stretch], Poses],
) -> None:
    recording, _stretches, poses = person
    order = poses.exercises[codes.HIP_HINGE]
    wearer = Wearer(_file(recording.counts), recording.seconds)
    standing = poses.counts.reshape(-1, RATE_HZ, 6)[order[-1]].astype(int)
    bowing_s = TURN // RATE_HZ + order.index(order[-1]) + 3  # in the midst of the first bow
    wearer.leave()  # of nothing: nothing happens
    seen = []
    for second in range(bowing_s + 10):
        if second == 0:
            wearer.pose(_file(poses.counts), order)
        if second == bowing_s:
            wearer.leave()
        seen.append(np.frombuffer(_second(wearer, second).tobytes(), "<i2").reshape(-1, 6))
    upright = np.array([np.array_equal(each, standing) for each in seen])
    (ended,) = (second for second in np.flatnonzero(upright) if second > bowing_s)
    assert ended == bowing_s + 3  # the bow is done to its end, and is the only one
    on = ended + 1 + TURN // RATE_HZ
    assert np.array_equal(seen[on], recording.counts[on * RATE_HZ : (on + 1) * RATE_HZ])


def _file(counts: np.ndarray) -> io.BufferedReader:
    whole = counts[: len(counts) // RATE_HZ * RATE_HZ].astype("<i2")
    return io.BufferedReader(io.BytesIO(whole.tobytes()))  # type: ignore[arg-type]


def _second(wearer: Wearer, second: int) -> "array[int]":
    block, sample = array("h"), bytearray(12)
    for at in range(RATE_HZ):
        wearer.load(second * RATE_HZ + at, sample)
        block.frombytes(bytes(sample))
    return block


def test_the_wearer_hears_the_exercise_on_the_line(
    tmp_path: Path, person: tuple[Recording, list[Stretch], Poses]
) -> None:
    recording, stretches, poses = person
    worn = Listener(tmp_path, recording, stretches)
    seen = []
    worn.heard(exercise_frame(REST))  # before anything was asked: there is nothing to end
    assert not worn.wishes.exists()
    for kind in (codes.HIP_HINGE, REST, codes.CHAIR_RISE, 77):
        worn.heard(exercise_frame(kind))
        wish = json.loads(worn.wishes.read_text(encoding="utf-8"))
        seen.append((wish["number"], wish["pose"]))
    hinges, rises = poses.exercises[codes.HIP_HINGE], poses.exercises[codes.CHAIR_RISE]
    assert seen == [(1, hinges), (2, []), (3, rises), (3, rises)]


def test_without_labels_nothing_is_repeated(
    person: tuple[Recording, list[Stretch], Poses],
) -> None:
    recording, stretches, _poses = person
    mounting = learn_mounting(recording, stretches)
    still = [one for one in stretches if one.activity == "standing"]
    assert list(exercises(recording, still, mounting)) == [codes.HIP_HINGE]
    assert exercises(recording, [], mounting) == {}
