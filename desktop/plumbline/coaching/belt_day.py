"""What the belt saw of a day, as the coaching rules need it."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from plumbline.analysis.postures import Posture
from plumbline.analysis.summary import LEAST_WORN_S, DaySummary

LEAST_WORN_H = LEAST_WORN_S / 3600
"""A day that was worn for less says little about the day."""


@dataclass(frozen=True)
class BeltDay:
    """Minutes, hours and counts of one day; walking includes stairs and running."""

    day: date
    worn_h: float = 0.0
    walking_min: float = 0.0
    standing_min: float = 0.0
    steps: float = 0.0
    sitting_h: float = 0.0
    breaks: float = 0.0
    longest_min: float = 0.0

    @classmethod
    def of(cls, summary: DaySummary) -> Self:
        """From the day's numbers."""
        posture = summary.posture_s
        walked = sum(posture[p] for p in (Posture.WALKING, Posture.STAIRS, Posture.RUNNING))
        return cls(
            day=summary.day,
            worn_h=summary.worn_s / 3600,
            walking_min=walked / 60,
            standing_min=posture[Posture.STANDING] / 60,
            steps=float(summary.steps),
            sitting_h=summary.sitting_s / 3600,
            breaks=float(len(summary.breaks)),
            longest_min=float(summary.longest_min),
        )

    @property
    def upright_min(self) -> float:
        """Walking and standing together."""
        return self.walking_min + self.standing_min

    @property
    def tells(self) -> bool:
        """Whether it was worn long enough to count."""
        return self.worn_h >= LEAST_WORN_H
