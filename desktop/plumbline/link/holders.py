"""Who has a serial port open, where the system tells (Linux: /proc)."""

import os
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Holder(NamedTuple):
    """A process that has the port open."""

    pid: int
    name: str


def holders(path: str) -> list[Holder]:
    """The other processes that have the device open, the one that locked it in front."""
    try:
        device = Path(path).stat()
    except OSError:
        return []
    locking = _locking(device)
    found = sorted(set(locking) | set(_opening(device)), key=lambda pid: (pid not in locking, pid))
    return [Holder(pid, _name(pid)) for pid in found if pid != os.getpid()]


def _locking(device: os.stat_result) -> list[int]:
    """Processes that hold a lock on the device, by /proc/locks."""
    place = f"{os.major(device.st_dev):02x}:{os.minor(device.st_dev):02x}:{device.st_ino}"
    try:
        lines = (PROC / "locks").read_text().splitlines()
    except OSError:
        return []
    fields = [line.split() for line in lines if "->" not in line]
    return [int(field[4]) for field in fields if len(field) > 5 and field[5] == place]


def _opening(device: os.stat_result) -> list[int]:
    """Processes with a file descriptor on the device, as far as we may look."""
    found = []
    for process in PROC.glob("[0-9]*"):
        try:
            handles = list((process / "fd").iterdir())
        except OSError:
            continue  # not ours to look at, or gone meanwhile
        if any(_same(handle, device) for handle in handles):
            found.append(int(process.name))
    return found


def _same(handle: Path, device: os.stat_result) -> bool:
    try:
        other = handle.stat()
    except OSError:
        return False
    return (other.st_dev, other.st_ino) == (device.st_dev, device.st_ino)


def _name(pid: int) -> str:
    try:
        return (PROC / str(pid) / "comm").read_text().strip()
    except OSError:
        return "?"
