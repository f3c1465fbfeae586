"""What a process does to files, cut off at its first, second, third ... call, as kill -9 would."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

CALLS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "os.link"}
ALL = 20  # the first calls are taken one by one, then each `step`th


def cut_offs(folder: Path, work: Callable[[], object], step: int = 3) -> Iterator[int]:
    """Do `work` to the folder again and again, cut off at another call each time: its number.

    In between the folder is put back; after the last one the work is done to its end.
    """
    start = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    at = 0
    while not cut_off(folder, work, at):
        yield at
        empty(folder)
        for path, data in start.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        at += 1 if at < ALL else step
    assert at > ALL


def cut_off(folder: Path, work: Callable[[], object], at: int) -> bool:
    """Do `work` in a process that ends at its call number `at`; whether it came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    left = at

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event in CALLS and str(folder) in str(args[0]):
            left -= 1
            if left < 0:
                os._exit(9)

    try:
        sys.addaudithook(watch)
        work()
    except BaseException:  # noqa: BLE001 - a forked test must not go on
        os._exit(1)
    os._exit(0)


def empty(folder: Path) -> None:
    """Remove what is in the folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
