"""`make bench-ui`: the window on five years of minutes; prints docs/speed.md's table.

Every number comes from a process of its own, several times; the best and the middle are told.
"Work" is the time that the window's own thread (at the start: the whole process) was at work,
which says what the program costs also where other programs keep the machine busy. Python's
bytecode is there, as it is at every start of a program but its first.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from statistics import median

from bench import years

TRIES = int(os.environ.get("TRIES", "5"))
BYTECODE = years.FOLDER / "bytecode"
LABELS = {
    "day": "another day",
    "week": "another week",
    "month": "another month",
    "year": "another year",
    "all": "all five years",
}
SYNCS = {
    "sync today": "sync at the start, on Today",
    "sync trends": "sync, on Trends",
    "sync coach": "sync, on Coach",
    "first-sync": "the first sync of all",
}
PAGE_NAMES = {
    "trends": "Trends",
    "live": "Live",
    "belt": "Belt",
    "coach": "Coach",
    "people": "People",
}


def measured(part: str, folder: str, command: list[str], platform_name: str) -> dict[str, object]:
    """One run of `bench.window`; `part` may have a second word."""
    first, *more = part.split()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform_name,
        "LANGUAGE": "en",
        "PYTHONPYCACHEPREFIX": str(BYTECODE),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    ran = subprocess.run(
        [*command, sys.executable, "-m", "bench.window", first, folder, *more],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise SystemExit(f"bench-ui: {part} failed:\n{ran.stdout}{ran.stderr}")
    found: dict[str, object] = json.loads(ran.stdout.strip().splitlines()[-1])
    return found


def both(runs: list[dict[str, object]], name: str) -> str:
    """Best and middle of a number."""
    values = [float(run[name]) for run in runs]  # type: ignore[arg-type]
    return f"{min(values):.0f} ({median(values):.0f})"


def row(label: str, runs: list[dict[str, object]], key: str | None = None) -> list[str]:
    """Label; until drawn, blocked, at work, as far as there is such a number."""
    found: list[dict[str, object]] = [run[key] if key else run for run in runs]  # type: ignore[misc]
    names = ("middle_ms", "stall_ms", "work_ms")
    return [label, *(both(found, name) if name in found[0] else "" for name in names)]


def rows(command: list[str], platform_name: str) -> tuple[list[list[str]], list[str]]:
    """The table's rows for one kind of screen, and sentences below it."""
    folder = str(years.folder())

    def runs(part: str, count: int) -> list[dict[str, object]]:
        return [measured(part, folder, command, platform_name) for _try in range(count)]

    few = max(1, TRIES // 2)
    runs("pages", 1)  # leaves the bytecode
    start, change = runs("start", TRIES), runs("changes", TRIES)
    later, at_once = runs("pages", few), runs("at-once", few)
    found = [row("cold start to Today", start)]
    found += [row(label, change, key) for key, label in LABELS.items()]
    found += [row(f"{name}, for the first time", later, key) for key, name in PAGE_NAMES.items()]
    found += [row(f"{name}, at once", at_once, key) for key, name in PAGE_NAMES.items()]
    found += [row(label, runs(part, few)) for part, label in SYNCS.items()]
    live = runs("live", 1)[0]
    drawn, late, worst = (
        float(live[name])  # type: ignore[arg-type]
        for name in ("rate", "late_ms", "late_worst_twentieth_ms")
    )
    return found, [
        f"memory at most {both(change, 'memory_mb')} MB",
        f"live: {drawn:.0f} samples a second drawn, {late:.0f} ms late, the worst in twenty "
        f"{worst:.0f} ms",
    ]


def main() -> int:
    """Offscreen, and in a real window under Xvfb where it is installed, side by side."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {load:.1f} at the beginning\n")
    xvfb = shutil.which("xvfb-run")
    screens = {"offscreen": rows([], "offscreen")}
    if xvfb:
        screens["Xvfb"] = rows([xvfb, "-a"], "xcb")
    print("| best (middle), ms |", " | ".join("drawn | blocked | work" for _ in screens), "|")
    print("|---" * (1 + 3 * len(screens)) + "|")
    for same in zip(*(found for found, _told in screens.values()), strict=True):
        print("|", " | ".join([same[0][0], *(cell for each in same for cell in each[1:])]), "|")
    print()
    for name, (_found, told) in screens.items():
        print(f"- {name}: {'; '.join(told)}")
    if xvfb is None:
        print("- Xvfb is not installed: no real window was measured.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
