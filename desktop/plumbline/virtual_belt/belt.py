"""The belt's own firmware in real MicroPython, behind a serial port.

This process turns a recording into the sensor's samples, starts the interpreter
(`firmware/virtual/belt.mjs`) on them and carries bytes between it and a serial port made of
software. The belt's flash is a folder, so a belt started again on it remembers everything.
"""

import re
import subprocess
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from plumbline.closing import Closing
from plumbline.errors import UserError
from plumbline.i18n import _
from plumbline.node import node_command
from plumbline.recording import read_recording
from plumbline.root import recordings_dir, repo_root
from plumbline.virtual_belt.calibrated import pose, read_stretches
from plumbline.virtual_belt.folder import BeltFolder
from plumbline.virtual_belt.history import write_history
from plumbline.virtual_belt.line import CHUNK, open_line
from plumbline.virtual_belt.wearer import Wearer

DEFAULT_RECORDING = "hapt_exp01_user01.csv.gz"
AS_FAST_AS_IT_GOES = "max"
READY = "virtual belt: ready"
PLAYED = "virtual belt: played"
PERCENT = re.compile(r"virtual belt: (\d+) %")
GO_WITHIN_S = 5.0
KEPT_LINES = 200
PRESS_S = 1.0


class VirtualBelt(Closing):
    """A running virtual belt; a context manager. `port` opens in any serial program.

    folder        its memory: flash and identity, kept between starts
    recording     what its wearer does, over and over; a bundled recording by default
    speed         times real time, or "max": the recording once as fast as it goes, then 1
    history_days  workdays to find in the log, if it is empty; `seed` picks them
    progress      told how much of 100 the rush at full speed has done
    making_past   told how much of a total the making of the past has done
    unpaired      begin as a belt that nobody has a key for; else it has one, and it is known here
    upright, seated  seconds "T0:T1" of the recording in which the wearer stands and sits upright,
                  from `labels.csv` beside the recording if not given

    `replay` with the same recording, `belt.upright` and `belt.seated` gives the same minutes.
    After the end, `failure` is the firmware's traceback, or empty if it ended well.
    """

    def __init__(
        self,
        folder: Path,
        recording: Path | None = None,
        speed: str = "1",
        history_days: int = 0,
        seed: int = 1,
        upright: str | None = None,
        seated: str | None = None,
        over_tcp: bool = False,
        unpaired: bool = False,
        progress: Callable[[int, int], None] | None = None,
        making_past: Callable[[int, int], None] | None = None,
    ) -> None:
        self._folder = BeltFolder(folder)
        self.recording = recording or recordings_dir() / DEFAULT_RECORDING
        self._stretches = read_stretches(self.recording)
        labelled = self._stretches if upright is None else []
        self.upright = upright or pose(labelled, "standing")
        self.seated = seated or pose(labelled, "sitting")
        self._speed = speed
        self._history_days = history_days
        self._seed = seed
        self._over_tcp = over_tcp
        self._unpaired = unpaired
        self._progress = progress
        self._making_past = making_past
        self._errors: deque[str] = deque(maxlen=KEPT_LINES)
        self._threads: list[threading.Thread] = []
        self._stopping = False
        self._cleanup = ExitStack()
        self._ready = threading.Event()
        self.played = threading.Event()
        self.ended = threading.Event()
        self.port = ""
        self.failure = ""
        self.has_new_past = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        """Start the belt; returns when it can be talked to (at full speed: has played).

        UserError where the folder, the recording or Node.js is not usable.
        """
        node = node_command()
        recording = read_recording(self.recording)
        with ExitStack() as stack:
            stack.enter_context(self._folder.locked())
            if self._unpaired:
                self._folder.forget_key()
            else:
                self._folder.provision()
            self._folder.calibrate(recording, self.upright, self.seated)
            if self._history_days:
                self.has_new_past = write_history(
                    self._folder.flash, self._history_days, self._seed, told=self._making_past
                )
            motion = self._folder.write_motion(recording)
            self._wearer = Wearer(self._folder.path, recording, self._stretches)
            self._line = open_line(self._over_tcp)
            stack.callback(self._line.release)
            self._child = self._spawn(node, motion)
            self._cleanup = stack.pop_all()
        self.port = self._line.port
        for work in (self._to_host, self._to_belt, self._listen):
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            self._threads.append(thread)
        self._ready.wait()
        if self._speed == AS_FAST_AS_IT_GOES:
            self.played.wait()

    def close(self) -> None:
        """As `stop`."""
        self.stop()

    def stop(self) -> None:
        """End the belt, as a pulled battery would; nothing that it has logged is lost."""
        self._stopping = True
        child = getattr(self, "_child", None)
        if child is None:
            return
        with suppress(OSError):
            child.stdin.close()
        try:
            child.wait(GO_WITHIN_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        self._line.close()
        for thread in self._threads:
            thread.join()
        child.stdout.close()
        child.stderr.close()
        self._cleanup.close()

    def press(self, seconds: float = PRESS_S) -> None:
        """Hold the belt's button for so long."""
        self._wearer.press(seconds)

    def _spawn(self, node: tuple[str, ...], motion: Path) -> "subprocess.Popen[bytes]":
        if not (repo_root() / "node_modules" / "@micropython").exists():
            raise UserError(_("MicroPython is not set up here: run `make run` once."))
        script = repo_root() / "firmware" / "virtual" / "belt.mjs"
        options = ["--flash", str(self._folder.flash), "--motion", str(motion)]
        options += ["--id", self._folder.belt_id().hex(), "--speed", self._speed]
        options += ["--wishes", str(self._wearer.wishes)]
        return subprocess.Popen(
            [*node, str(script), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is ours to handle
        )

    # --- one thread each

    def _to_host(self) -> None:
        assert self._child.stdout is not None
        while data := self._child.stdout.read(CHUNK):
            self._line.write(data)

    def _to_belt(self) -> None:
        assert self._child.stdin is not None
        while data := self._line.read():
            self._wearer.heard(data)
            with suppress(OSError, ValueError):  # the belt has ended: so will the line
                self._child.stdin.write(data)

    def _listen(self) -> None:
        """What the interpreter says: that it has played, or the firmware's last words."""
        assert self._child.stderr is not None
        for raw in self._child.stderr:
            line = raw.decode("utf-8", "replace").rstrip("\n")
            if line == READY:
                self._ready.set()
            elif line == PLAYED:
                self.played.set()
            elif percent := PERCENT.fullmatch(line):
                if self._progress:
                    self._progress(int(percent[1]), 100)
            else:
                self._errors.append(line)
        status = self._child.wait()
        if status and not self._stopping:
            self.failure = "\n".join(self._errors) or f"the virtual belt ended with {status}"
        for event in (self.ended, self.played, self._ready):
            event.set()
