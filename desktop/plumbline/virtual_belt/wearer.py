"""Whoever wears the virtual belt: presses its button, does what a calibration or a session asks.

The belt hears "stand" from the host; whoever wears a real belt reads it in the window and stands.
So the wearer here listens to the line, takes the pose, and lives on as the recording tells. What
the wearer is to do is told before the belt hears of it, so that both begin together, however busy
the computer is.
Standing and sitting are the recording's own labelled stretches; the bow is the standing, turned
about the body's left axis, because nobody in the bundled recordings bows.

That a session counts a real belt is never told; the wearer here is, on the same line
(`plumbline.link.wearer`), and does the exercise (`exercises`).
"""

import json
import threading
from array import array
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from beltwire import codes, messages
from beltwire.decoder import FrameDecoder
from beltwire.errors import WireError

from plumbline import private
from plumbline.link.wearer import REST, exercise_of
from plumbline.recording import RATE_HZ, Recording
from plumbline.virtual_belt.calibrated import Stretch
from plumbline.virtual_belt.clips import Counts, learn_mounting, turned_forward
from plumbline.virtual_belt.exercises import exercises

POSES_FILE = "poses.bin"
WISHES_FILE = "wishes.json"
POSES = (codes.STEP_STAND, codes.STEP_SIT, codes.STEP_BOW)
POSE_S = 20
"""So long a pose is kept: no step of the calibration waits longer."""
BOW_DEG = 45.0
BOW_S = 4
STILL_S = 1
"""Upright before and after the bow."""


@dataclass(frozen=True)
class Poses:
    """`counts` (N, 6) to live through, and which whole seconds of them make each STEP_*.

    `exercises`: which make each kind of repetition, several of it.
    """

    counts: Counts
    seconds: dict[int, list[int]]
    exercises: dict[int, list[int]] = field(default_factory=dict)


class Wearer:
    """`heard` what goes to the belt; `press` its button. Wishes are told through a file."""

    def __init__(self, folder: Path, recording: Recording, stretches: list[Stretch]) -> None:
        self._folder, self._recording, self._stretches = folder, recording, stretches
        self._decoder = FrameDecoder()
        self._poses: Poses | None = None
        self._learning: threading.Thread | None = None
        self._lock = threading.Lock()
        self._button = False
        self._pose: list[int] = []
        self._number = 0
        self.wishes.unlink(missing_ok=True)

    @property
    def wishes(self) -> Path:
        """The file in which the belt's own process reads what the wearer is to do."""
        return self._folder / WISHES_FILE

    def heard(self, data: bytes) -> None:
        """Bytes that the belt will get next: do what a calibration's step or a session asks."""
        for frame in self._decoder.feed(data):
            kind = exercise_of(frame)
            if kind is not None:
                self._exercise(kind)
            if frame.type != messages.CALIBRATE:
                continue
            with suppress(WireError):  # the belt will say so
                message = messages.unpack(frame)
                if isinstance(message, messages.Calibrate) and message.step in POSES:
                    self._take(message.step)

    def press(self, seconds: float) -> None:
        """Hold the belt's button for so long."""
        self._hold(True)
        release = threading.Timer(seconds, self._hold, (False,))
        release.daemon = True
        release.start()

    def _take(self, step: int) -> None:
        self._learn()
        if step == codes.STEP_BOW and self._learning is not None:
            self._learning.join()
        if self._poses is not None:
            self._live_through(self._poses.seconds.get(step))

    def _exercise(self, kind: int) -> None:
        if kind == REST:
            self._live_through([] if self._poses else None)
            return
        self._learn()
        if self._learning is not None:
            self._learning.join()
        if self._poses is not None:
            self._live_through(self._poses.exercises.get(kind))

    def _live_through(self, seconds: list[int] | None) -> None:
        """Where the folder is gone or full, the wearer lives on as the recording tells."""
        if seconds is None:
            return
        with self._lock, suppress(OSError):
            self._number += 1
            self._pose = seconds
            self._tell()

    def _learn(self) -> None:
        """The still poses at once, what moves behind them."""
        with self._lock, suppress(OSError):
            if self._poses is None:
                self._keep(make_still_poses(self._recording, self._stretches))
                self._learning = threading.Thread(target=self._learn_moves, daemon=True)
                self._learning.start()

    def _learn_moves(self) -> None:
        """It takes some tenths of a second, in which the line would not wait for standing."""
        if self._poses is not None:
            poses = add_moves(self._poses, self._recording, self._stretches)
            with self._lock, suppress(OSError):
                self._keep(poses)

    def _keep(self, poses: Poses) -> None:
        """Write the poses where the belt's process reads them. OSError: gone or full folder."""
        waiting = self._folder / (POSES_FILE + ".new")
        waiting.write_bytes(poses.counts.tobytes())
        waiting.replace(self._folder / POSES_FILE)
        self._poses = poses

    def _hold(self, down: bool) -> None:
        with self._lock, suppress(OSError):  # a belt that has ended has no button
            self._button = down
            self._tell()

    def _tell(self) -> None:
        """Replace the file of wishes in one step. OSError: the folder is gone or full."""
        wish = {"button": self._button, "number": self._number, "pose": self._pose}
        waiting = self.wishes.with_suffix(".new")
        private.write_file(waiting, json.dumps(wish).encode())
        waiting.replace(self.wishes)


def make_poses(recording: Recording, stretches: list[Stretch]) -> Poses:
    """The poses of a recording with labels; without a labelled pose there is none."""
    return add_moves(make_still_poses(recording, stretches), recording, stretches)


def make_still_poses(recording: Recording, stretches: list[Stretch]) -> Poses:
    """Standing and sitting, as far as they are labelled."""
    parts = [np.zeros((0, 6), np.int16)]
    seconds: dict[int, list[int]] = {}
    for step, activity in ((codes.STEP_STAND, "standing"), (codes.STEP_SIT, "sitting")):
        stretch = _longest(stretches, activity)
        if stretch is not None:
            seconds[step] = _for_long(_add(parts, _whole_seconds(recording, stretch)))
    return Poses(np.concatenate(parts), seconds)


def add_moves(poses: Poses, recording: Recording, stretches: list[Stretch]) -> Poses:
    """With the bow and the exercises, where there is standing to begin from."""
    standing = _longest(stretches, "standing")
    if standing is None:
        return poses
    parts = [poses.counts]
    mounting = learn_mounting(recording, stretches)
    bow = _add(parts, _bow(_whole_seconds(recording, standing), mounting))
    upright = poses.seconds[codes.STEP_STAND]
    seconds = {**poses.seconds, codes.STEP_BOW: [*bow, *upright][:POSE_S]}
    done: dict[int, list[int]] = {}
    for kind, (counts, order) in exercises(recording, stretches, mounting).items():
        places = _add(parts, counts)
        done[kind] = [places[second] for second in order]
    return Poses(np.concatenate(parts), seconds, done)


def _longest(stretches: list[Stretch], activity: str) -> Stretch | None:
    found = [stretch for stretch in stretches if stretch.activity == activity]
    return max(found, key=lambda stretch: stretch.end_s - stretch.start_s, default=None)


def _whole_seconds(recording: Recording, stretch: Stretch) -> Counts:
    """The stretch without its first and last second, in which the wearer still moves."""
    first, last = int(stretch.start_s) + 2, int(stretch.end_s) - 1
    return recording.counts[first * RATE_HZ : max(first + 2, last) * RATE_HZ]


def _bow(upright: Counts, mounting: "array[int]") -> Counts:
    still = np.zeros(STILL_S * RATE_HZ)
    phase = np.arange(BOW_S * RATE_HZ) / (BOW_S * RATE_HZ)
    angle = np.concatenate([still, BOW_DEG * (1 - np.cos(2 * np.pi * phase)) / 2, still])
    rows = upright[np.arange(len(angle)) % len(upright)]
    return turned_forward(rows, mounting, angle)


def _add(parts: list[Counts], counts: Counts) -> list[int]:
    """Append whole seconds; which ones they are."""
    first = sum(len(part) for part in parts) // RATE_HZ
    parts.append(counts)
    return list(range(first, first + len(counts) // RATE_HZ))


def _for_long(seconds: list[int]) -> list[int]:
    """Repeated to POSE_S, there and back."""
    round_trip = [*seconds, *reversed(seconds)]
    return [round_trip[n % len(round_trip)] for n in range(POSE_S)]
