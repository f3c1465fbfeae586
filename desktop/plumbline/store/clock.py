"""A boot's monotonic time on the UTC line.

An anchor says: the belt's monotonic clock showed `mono_ms` when it was `utc_ms`. Between
two anchors time runs linearly, which takes out the drift of the belt's crystal; before the
first and after the last it runs 1:1. A boot without an anchor is placed between its
neighbours where they leave it little room (see `plumbline.store.neighbours`) and is marked
as approximate; else its time is unknown, and is said to be.

Anchors can contradict each other: the computer's clock was wrong when one was set. The
largest set of anchors that agree is used, of equally large ones the latest.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

# Two anchors agree when they differ by no more than a crystal's drift and the jitter of a
# USB round trip: the ESP32-S3's 32 kHz RC oscillator in light sleep, calibrated against
# the crystal, stays within 1000 ppm; the crystal itself within 10 ppm.
DRIFT_PPM = 1000
JITTER_MS = 2000
BootKey = tuple[int, int, int]  # belt, log, boot
DRIFT_SPAN_MS = 3_600_000  # a USB round trip's 10 ms are 3 ppm of it: shorter ones say nothing


class Anchor(NamedTuple):
    """`mono_ms` of a boot's clock is `utc_ms` since 1970."""

    mono_ms: int
    utc_ms: int


class BootClock(NamedTuple):
    """Places the times of one boot; made of at least one anchor.

    `within_s`: 0, or how far off the whole boot may be, in seconds, where it was placed by
    its neighbours.
    """

    mono_ms: tuple[int, ...]
    utc_ms: tuple[int, ...]
    within_s: int = 0

    def place(self, t_s: NDArray[np.int64]) -> NDArray[np.int64]:
        """UTC seconds, rounded, for the belt's whole seconds `t_s` (same shape)."""
        if len(self.mono_ms) == 1:
            return t_s + (self.utc_ms[0] - self.mono_ms[0] + 500) // 1000
        ms = t_s.astype(np.float64) * 1000
        utc = np.interp(ms, self.mono_ms, self.utc_ms)
        utc += np.minimum(ms - self.mono_ms[0], 0) + np.maximum(ms - self.mono_ms[-1], 0)
        return np.floor(utc / 1000 + 0.5).astype(np.int64)

    def place_one(self, t_s: int) -> int:
        """UTC seconds for one time: the same as `place`, without numpy's price for a single one."""
        mono, utc = self.mono_ms, self.utc_ms
        if len(mono) == 1:
            return t_s + (utc[0] - mono[0] + 500) // 1000
        ms = 1000 * t_s
        if ms <= mono[0]:
            return math.floor((utc[0] + (ms - mono[0])) / 1000 + 0.5)
        if ms >= mono[-1]:
            return math.floor((utc[-1] + (ms - mono[-1])) / 1000 + 0.5)
        at = bisect_right(mono, ms) - 1
        slope = (utc[at + 1] - utc[at]) / (mono[at + 1] - mono[at])
        return math.floor((slope * (ms - mono[at]) + utc[at]) / 1000 + 0.5)


def place_each(clocks: Sequence[BootClock], *many: Sequence[int]) -> list[list[int]]:
    """`place_one` of each clock for the time at the same place in each of `many`, all at once."""
    if not clocks:
        return [[] for _times in many]
    counts = np.fromiter((len(clock.mono_ms) for clock in clocks), np.int64, len(clocks))
    mono = _joined(clock.mono_ms for clock in clocks)
    utc = _joined(clock.utc_ms for clock in clocks)
    lasts = np.cumsum(counts) - 1
    firsts = lasts - counts + 1
    since = mono - np.repeat(mono[firsts], counts)
    apart = int(since.max()) + 1  # so that one search does for all clocks
    line = since + np.repeat(np.arange(len(clocks)) * apart, counts)
    alone = (utc[firsts] - mono[firsts] + 500) // 1000
    found: list[list[int]] = []
    for times in many:
        t_s = np.array(times, dtype=np.int64)
        ms = 1000 * t_s
        ends = np.where(ms <= mono[firsts], firsts, lasts)
        exact = np.asarray(utc[ends] + (ms - mono[ends]), dtype=np.float64)
        inside = np.flatnonzero((ms > mono[firsts]) & (ms < mono[lasts]))
        sought = ms[inside] - mono[firsts[inside]] + inside * apart
        at = np.searchsorted(line, sought, side="right") - 1
        slope = (utc[at + 1] - utc[at]) / (mono[at + 1] - mono[at])
        exact[inside] = slope * (ms[inside] - mono[at]) + utc[at]
        rounded = np.floor(exact / 1000 + 0.5).astype(np.int64)
        found.append(np.where(counts == 1, t_s + alone, rounded).tolist())
    return found


def _joined(parts: Iterable[tuple[int, ...]]) -> NDArray[np.int64]:
    return np.fromiter(chain.from_iterable(parts), np.int64)


def boot_clocks(rows: Sequence[tuple[int, int, int, int, int]]) -> dict[BootKey, BootClock]:
    """The clock of each boot; `rows`: (belt, log, boot, mono_ms, utc_ms), sorted, each once."""
    if not rows:
        return {}
    table = np.array(rows, dtype=np.int64)
    step = np.diff(table, axis=0)
    other = np.any(step[:, :3] != 0, axis=1)
    far = ~agree_by(step[:, 3], step[:, 4]) & ~other
    cuts = [0, *(np.flatnonzero(other) + 1).tolist(), len(rows)]
    doubtful = set(np.cumsum(other)[far].tolist())
    mono, utc = table[:, 3].tolist(), table[:, 4].tolist()
    found = {}
    for number, (begin, end) in enumerate(pairwise(cuts)):
        clock = BootClock(tuple(mono[begin:end]), tuple(utc[begin:end]))
        if number in doubtful:
            clock = boot_clock(map(Anchor, clock.mono_ms, clock.utc_ms)) or clock
        found[rows[begin][:3]] = clock
    return found


def boot_clock(anchors: Iterable[Anchor]) -> BootClock | None:
    """The clock of a boot with these anchors, None when there are none."""
    used = consistent(sorted_anchors(anchors))
    if not used:
        return None
    mono_ms, utc_ms = zip(*used, strict=True)
    return BootClock(mono_ms, utc_ms)


def approximate_clock(start_utc_s: int, within_s: int) -> BootClock:
    """The clock of a boot that began at about this time."""
    return BootClock((0,), (1000 * start_utc_s,), within_s)


def consistent(anchors: Sequence[Anchor]) -> list[Anchor]:
    """The longest chain of `anchors` (sorted by mono_ms) whose neighbours agree."""
    if len(anchors) < 2 or all(agree(a, b) for a, b in pairwise(anchors)):
        return list(anchors)
    length = [1] * len(anchors)
    before = [-1] * len(anchors)
    for late, anchor in enumerate(anchors):
        for early in range(late):
            if length[early] >= length[late] and agree(anchors[early], anchor):
                length[late] = length[early] + 1
                before[late] = early
    at = max(range(len(anchors)), key=lambda number: (length[number], number))
    chain = []
    while at >= 0:
        chain.append(anchors[at])
        at = before[at]
    return chain[::-1]


def sorted_anchors(anchors: Iterable[Anchor]) -> list[Anchor]:
    """Each once, in the order of the belt's clock."""
    return sorted(set(anchors))


def mean_drift(chains: Iterable[Sequence[Anchor]]) -> tuple[float, float] | None:
    """Mean drift in ppm over boots' consistent anchors, and the hours it is of; None: not known.

    Only boots whose anchors lie DRIFT_SPAN_MS apart or more count, each by its length.
    """
    spans = [
        (chain[0], chain[-1])
        for chain in chains
        if chain and chain[-1].mono_ms - chain[0].mono_ms >= DRIFT_SPAN_MS
    ]
    total_ms = sum(last.mono_ms - first.mono_ms for first, last in spans)
    if not total_ms:
        return None
    gained_ms = sum(
        drift_ppm(first, last) * (last.mono_ms - first.mono_ms) for first, last in spans
    )
    return gained_ms / total_ms, total_ms / 3_600_000


def drift_ppm(first: Anchor, last: Anchor) -> float:
    """How much faster (+) the belt's clock runs than UTC, in parts per million."""
    mono = last.mono_ms - first.mono_ms
    return 1e6 * (mono - (last.utc_ms - first.utc_ms)) / mono if mono else 0.0


def agree(a: Anchor, b: Anchor) -> bool:
    """Whether both can be true; `b` is the later one on the belt's clock."""
    return bool(agree_by(b.mono_ms - a.mono_ms, b.utc_ms - a.utc_ms))


def agree_by(mono: Any, utc: Any) -> Any:
    """The same for anchors that are so many ms apart on either clock; numbers or arrays."""
    return abs(utc - mono) <= JITTER_MS + mono * DRIFT_PPM // 1_000_000
