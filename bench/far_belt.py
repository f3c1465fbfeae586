"""A belt with a month on it, in a process of its own as a real one is: `python -m bench.far_belt`.

Prints the port that it is behind, and ends when nothing is left to read on its standard input.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.link.belt import MemoryBelt, on_pty

DAYS = 30


@contextmanager
def month_on_a_belt() -> Iterator[str]:
    """The port of such a belt."""
    belt = subprocess.Popen(
        [sys.executable, "-m", "bench.far_belt"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert belt.stdin
    assert belt.stdout
    with belt.stdout:
        yield belt.stdout.readline().strip()
        belt.stdin.close()
        belt.wait()


def main() -> int:
    """Be the belt."""
    belt = MemoryBelt(bytes([7] * 8), "second belt")
    for _day in range(DAYS):
        belt.minutes(1440)
        belt.reboot()
    with on_pty(belt) as port:
        print(port, flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
