"""`make bench-ui`: the window on five years of minutes; prints docs/speed.md's tables.

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
from collections.abc import Iterator
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
    "sync today": "a month's sync at the start, Today in front",
    "sync trends": "a month's sync, Trends in front",
    "sync coach": "a month's sync, Coach in front",
    "first-sync": "the first sync, a month",
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


def cells(runs: list[dict[str, object]], key: str) -> str:
    """Until drawn, blocked, at work."""
    rows: list[dict[str, object]] = [run[key] for run in runs]  # type: ignore[misc]
    return " | ".join(both(rows, name) for name in ("middle_ms", "stall_ms", "work_ms"))


def tables(title: str, command: list[str], platform_name: str) -> Iterator[str]:
    """The lines for one kind of screen."""
    folder = str(years.folder())

    def runs(part: str, count: int) -> list[dict[str, object]]:
        return [measured(part, folder, command, platform_name) for _try in range(count)]

    few = max(1, TRIES // 2)
    runs("pages", 1)  # leaves the bytecode
    start, change = runs("start", TRIES), runs("changes", TRIES)
    later, at_once = runs("pages", few), runs("at-once", few)
    syncs = {label: runs(part, few) for part, label in SYNCS.items()}
    live = runs("live", 1)[0]
    yield f"### {title}\n"
    yield "| best (middle) | until drawn, ms | window's thread blocked, ms | of it work, ms |"
    yield "|---|---|---|---|"
    yield f"| cold start to Today | {both(start, 'drawn_ms')} | | {both(start, 'work_ms')} |"
    for key, label in LABELS.items():
        yield f"| {label} | {cells(change, key)} |"
    for key, name in PAGE_NAMES.items():
        yield f"| {name}, for the first time | {cells(later, key)} |"
    for key, name in PAGE_NAMES.items():
        yield f"| {name}, as soon as Today is there | {cells(at_once, key)} |"
    for label, found in syncs.items():
        yield f"| {label} | | {both(found, 'stall_ms')} | {both(found, 'work_ms')} |"
    yield ""
    yield f"- Memory after all of these at most: {both(change, 'memory_mb')} MB"
    yield (
        f"- Live: {float(live['rate']):.0f} samples a second drawn, "  # type: ignore[arg-type]
        f"{float(live['late_ms']):.0f} ms late, the worst in twenty "  # type: ignore[arg-type]
        f"{float(live['late_worst_twentieth_ms']):.0f} ms\n"  # type: ignore[arg-type]
    )


def main() -> int:
    """Offscreen, and in a real window under Xvfb where it is installed."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {load:.1f} at the beginning\n")
    for line in tables("Offscreen", [], "offscreen"):
        print(line, flush=True)
    xvfb = shutil.which("xvfb-run")
    if xvfb is None:
        print("Xvfb is not installed: no real window was measured.")
        return 0
    for line in tables("A real window (Xvfb)", [xvfb, "-a"], "xcb"):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
