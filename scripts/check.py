"""Format, lint and types of the whole tree; run in the project's environment by `make check`.

Types are checked twice: the desktop and the protocol as CPython sees them, the firmware and
the protocol as an ESP32 sees them, through micropython-esp32-stubs.
"""

import importlib.metadata
import importlib.resources
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STUBS = ROOT / "build" / "micropython-stubs"
STUB_PACKAGES = ("micropython-esp32-stubs", "micropython-stdlib-stubs")
BIN = Path(sys.executable).parent


def lay_out_stubs() -> None:
    """Copy the MicroPython stubs out of site-packages: mypy's path must not name that folder."""
    versions = "\n".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("mypy", *STUB_PACKAGES)
    )
    note = STUBS / "versions.txt"
    if note.exists() and note.read_text(encoding="utf-8") == versions:
        return
    shutil.rmtree(STUBS, ignore_errors=True)
    for name in STUB_PACKAGES:
        for file in importlib.metadata.files(name) or ():
            if file.suffix == ".pyi" or file.name == "VERSIONS":
                target = STUBS / str(file)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), target)
    # The stubs' `open` leans on CPython's _io, which they leave out: without it, files are Any.
    typeshed = importlib.resources.files("mypy") / "typeshed" / "stdlib"
    (STUBS / "stdlib" / "_io.pyi").write_bytes((typeshed / "_io.pyi").read_bytes())
    note.write_text(versions, encoding="utf-8")


def passes(name: str, command: Sequence[str]) -> bool:
    """Run one check; show its output only where it fails."""
    ran = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(f"check: {name}: {'ok' if ran.returncode == 0 else 'FAILED'}", flush=True)
    if ran.returncode:
        print(ran.stdout)
    return ran.returncode == 0


def main() -> int:
    """Run every check; 1 where one fails."""
    lay_out_stubs()
    results = [
        passes("format (ruff)", ["ruff", "format", "--check", "--quiet", "--diff", "."]),
        passes("lint (ruff)", ["ruff", "check", "--quiet", "."]),
        passes("types on CPython (mypy)", ["mypy", "--config-file", "mypy.ini"]),
        passes("types on ESP32 (mypy)", ["mypy", "--config-file", "mypy-firmware.ini"]),
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
