"""Runs `replay_core` in real MicroPython (wasm, under node)."""

import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plumbline import replay_core
from plumbline.node import node_command
from plumbline.root import repo_root

FOLDER = "/replay/"


class GuestError(RuntimeError):
    """The core failed in MicroPython: a bug, with MicroPython's traceback."""


def run_in_micropython(
    plan: dict[str, object],
    counts: NDArray[np.int16],
    progress: Callable[[int, int], None],
) -> tuple[int, list[bytes]]:
    """The outcome and the outputs of `replay_core.run`, computed in MicroPython."""
    with tempfile.TemporaryDirectory(prefix="plumbline-") as name:
        folder = Path(name)
        (folder / "plan.json").write_text(json.dumps(plan))
        (folder / "counts.bin").write_bytes(np.ascontiguousarray(counts).tobytes())
        outcome = _run(_command(folder), progress)
        return outcome, [(folder / f"{output}.bin").read_bytes() for output in replay_core.OUTPUTS]


def _command(folder: Path) -> list[str]:
    command = [*node_command(), str(repo_root() / "firmware" / "virtual" / "run.mjs")]
    for name in ("plan.json", "counts.bin"):
        command += ["--put", f"{folder / name}:{FOLDER}{name}"]
    for output in replay_core.OUTPUTS:
        command += ["--get", f"{FOLDER}{output}.bin:{folder / output}.bin"]
    return [*command, str(replay_core.__file__)]


def _run(command: list[str], progress: Callable[[int, int], None]) -> int:
    outcome = -1
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        for line in process.stdout:
            word, *numbers = line.split()
            if word == "progress":
                progress(int(numbers[0]), int(numbers[1]))
            elif word == "outcome":
                outcome = int(numbers[0])
        errors = process.stderr.read()
    if process.returncode or outcome < 0:
        raise GuestError(f"the core failed in MicroPython:\n{errors}")
    return outcome
