"""Places a boot that never met a clock by the boots before and after it.

Boots follow each other. Where those before and after are placed by anchors, the ones between
must lie in the room they leave:

    placed boot | off? | unplaced | off? | unplaced | off? | placed boot
                ^ end                                      ^ start

The room that the unplaced boots themselves do not fill is the slack: nobody knows where the
belt was off. With a slack of SLACK_LIMIT_S or less the boots are put where they can be wrong by
half of it at most, and are marked with that bound; with more, or without a neighbour on either
side, their time stays unknown. What the clocks drift before their first and after their last
anchor (9 s a day at 100 ppm, SPEC.md) is not part of the bound.

A boot can also be placed wrongly: the computer's clock was wrong when its only anchor was set.
Then the boots' order and their times contradict each other; the longest chain of boots whose
times agree with their order is believed, of equally long ones the latest, and the others are
treated as if they had never met a clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from plumbline.store.clock import (
    DRIFT_PPM,
    BootClock,
    BootKey,
    approximate_clock,
    place_each,
)

SLACK_LIMIT_S = 1800  # wrong by a quarter of an hour at most: no bout or day is misjudged by that
TOLERATED_S = SLACK_LIMIT_S // 2  # boots may overlap by what is put up with elsewhere
MINUTE_S = 60


class Extent(NamedTuple):
    """From when to when a boot wrote, in seconds of its own clock; `order` within its log."""

    key: BootKey
    order: int
    last_s: int  # when its last record was over, up to a minute less


def contradicted(extents: Sequence[Extent], clocks: Mapping[BootKey, BootClock]) -> set[BootKey]:
    """Boots whose clock cannot be right, as they follow or precede others out of their order."""
    found: set[BootKey] = set()
    placed = [each for each in sorted(extents, key=_in_order) if each.key in clocks]
    for _belt, of_belt in groupby(placed, key=lambda extent: extent.key[0]):
        found |= _off_chain(list(of_belt), clocks)
    return found


def _off_chain(placed: list[Extent], clocks: Mapping[BootKey, BootClock]) -> set[BootKey]:
    """All but the most boots of which each begins when the one before is over, or nearly so."""
    own = [clocks[each.key] for each in placed]
    begins, ends = place_each(own, [0] * len(own), [each.last_s for each in placed])
    starts = [begin + TOLERATED_S for begin in begins]
    if all(end <= start for end, start in zip(ends, starts[1:], strict=False)):
        return set()
    length = [1] * len(placed)
    before = [-1] * len(placed)
    for late, start in enumerate(starts):
        for early in reversed(range(late)):
            if ends[early] <= start and length[early] >= length[late]:
                length[late] = length[early] + 1
                before[late] = early
    found = {each.key for each in placed}
    at = max(range(len(placed)), key=lambda number: (length[number], number))
    while at >= 0:
        found.remove(placed[at].key)
        at = before[at]
    return found


def _in_order(extent: Extent) -> tuple[int, int, int]:
    return extent.key[0], extent.key[1], extent.order


def approximate_clocks(
    extents: Sequence[Extent], clocks: Mapping[BootKey, BootClock]
) -> dict[BootKey, BootClock]:
    """Clocks for those boots without one that their neighbours bound closely enough."""
    found: dict[BootKey, BootClock] = {}
    if all(extent.key in clocks for extent in extents):
        return found
    for before, run, after in _runs(extents, clocks):
        end = clocks[before.key].place_one(before.last_s)
        start = clocks[after.key].place_one(0)
        found.update(_placed(run, end, start))
    return found


def _runs(
    extents: Sequence[Extent], clocks: Mapping[BootKey, BootClock]
) -> Iterator[tuple[Extent, list[Extent], Extent]]:
    """Each run of boots without a clock that has a placed boot of the same belt on either side."""
    before: Extent | None = None
    run: list[Extent] = []
    for extent in sorted(extents, key=_in_order):
        if before is not None and before.key[0] != extent.key[0]:
            before, run = None, []
        if extent.key not in clocks:
            run.append(extent)
            continue
        if before is not None and run:
            yield before, run, extent
        before, run = extent, []


def _placed(run: list[Extent], end: int, start: int) -> dict[BootKey, BootClock]:
    """The run's clocks between two instants (UTC seconds), none where the room is too wide."""
    filled = sum(extent.last_s for extent in run)
    slack = start - end - filled
    # A last minute that was cut short was counted as a whole one, and clocks drift.
    rounding = MINUTE_S * (len(run) + 1)
    if not -rounding - filled * DRIFT_PPM // 1_000_000 <= slack <= SLACK_LIMIT_S:
        return {}
    at = end + slack // 2
    found = {}
    for extent in run:
        found[extent.key] = approximate_clock(at, (max(slack, 0) + rounding + 1) // 2)
        at += extent.last_s
    return found
