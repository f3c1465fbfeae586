"""A million streams into each end: python -m tests.fuzz.million [STREAMS] [--seed N]

Ends with status 1 and the stream in hex at the first thing that does not hold. Fixed seeds: the
same run is the same run everywhere.
"""

import argparse
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from tests.fuzz import streams
from tests.fuzz.targets import BeltEnd, HostEnd

HANG_S = 30
WARM = 2000  # streams after which the process has its size


@contextmanager
def ending() -> Iterator[None]:
    """Raises AssertionError where the block takes so long that it must hang."""

    def hangs(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"no end within {HANG_S} s")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANG_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def run(name: str, count: int, source: streams.Streams, take: Callable[[str, bytes], None]) -> bool:
    """Throw `count` streams; whether all held."""
    kinds: Counter[str] = Counter()
    size, warm_kb = 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, cpu = time.monotonic(), time.process_time()
    for number in range(count):
        kind, stream = source.next()
        try:
            with ending():
                take(kind, stream)
        except BaseException as error:
            print(f"{name}: stream {number} ({kind}): {error!r}\n{stream.hex()}", flush=True)
            raise
        kinds[kind] += 1
        size += len(stream)
        if number == WARM:
            warm_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - warm_kb
    print(
        f"{name}: {count:,} streams, {size / 1e6:.0f} MB, {time.monotonic() - began:.0f} s "
        f"({time.process_time() - cpu:.0f} s CPU); {dict(kinds)}; "
        f"largest size grew by {grown_kb} KB",
        flush=True,
    )
    return True


def belt(count: int, seed: int, *, guarded: bool) -> None:
    """Into a belt's session."""
    end = BeltEnd(guarded=guarded, seed=seed)
    run(
        f"belt, {'guarded' if guarded else 'open'}",
        count,
        streams.of_hosts(seed),
        lambda kind, stream: end.take(stream),
    )
    assert end.answers_still(), "the belt has fallen silent"
    print(f"  {end.answered:,} answers, of them {end.refused:,} refusals; {end.damaged:,} damaged")


def host(count: int, seed: int) -> None:
    """Into a host's session."""
    end = HostEnd(seed)
    run(
        "host",
        count,
        streams.of_belts(seed, end.frames),
        lambda kind, stream: end.take(stream, honest=kind in ("spoilt", "noise")),
    )
    print(
        f"  {end.events:,} events, of them {end.pages:,} pages taken; "
        f"{end.damaged:,} damaged, {end.malformed:,} malformed"
    )


def main() -> int:
    """0 when everything held."""
    parser = argparse.ArgumentParser(prog="million", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("streams", type=int, nargs="?", default=1_000_000, help="into each end")
    parser.add_argument("--seed", type=int, default=20261122)
    args = parser.parse_args()
    belt(args.streams // 2, args.seed, guarded=False)
    belt(args.streams - args.streams // 2, args.seed + 1, guarded=True)
    host(args.streams, args.seed + 2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
