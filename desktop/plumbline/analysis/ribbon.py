"""The day as a ribbon: runs of minutes spent mostly in one posture."""

from dataclasses import dataclass

import numpy as np

from plumbline.analysis.postures import (
    MINUTE_S,
    Minutes,
    Posture,
    dominant,
    posture_seconds,
)

SLACK_S = 2
"""Minute records may lie this far apart beyond their 60 s (clock drift) and still adjoin."""


@dataclass(frozen=True)
class Segment:
    """A stretch of one posture, in UTC seconds."""

    begin_s: int
    end_s: int
    posture: Posture


def ribbon(minutes: Minutes) -> list[Segment]:
    """Segments in order of time; missing stretches have none."""
    minutes = minutes[minutes["seconds"].sum(axis=1) > 0]
    if not len(minutes):
        return []
    start = minutes["utc_s"].astype(np.int64)
    posture = dominant(posture_seconds(minutes))
    adjoining = np.diff(start) <= MINUTE_S + SLACK_S
    new = np.concatenate(([True], (np.diff(posture) != 0) | ~adjoining))
    firsts = np.flatnonzero(new)
    lasts = np.concatenate((firsts[1:] - 1, [len(start) - 1]))
    ends = start[lasts] + MINUTE_S
    # Where the next minute follows, the segment reaches to it: no hairlines, no overlaps.
    follows = np.append(adjoining[lasts[:-1]], False)
    ends[follows] = start[firsts[1:]][follows[:-1]]
    return [
        Segment(int(start[first]), int(end), Posture(int(posture[first])))
        for first, end in zip(firsts, ends, strict=True)
    ]
