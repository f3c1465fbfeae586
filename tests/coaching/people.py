"""Invented people who keep a diary for three weeks; everything random comes from a seed.

`python -m tests.coaching.people` prints the table of docs/coaching.md (some minutes).
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from plumbline.coaching import records as r
from plumbline.coaching.course import Answer, course, diary_trend, increases

from tests.coaching.make import day, episode

DAYS = 21
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Kind:
    """How people waver: `sd` of a day's score in points, each day like the day before to
    `likeness`; `common` of the variance is the same for all scores of a day. Own activities and
    taking part are scored, a day is `missed` with this probability; `gain` in three weeks."""

    sd: float = 1.0
    likeness: float = 0.0
    missed: float = 0.2
    activities: int = 3
    common: float = 0.36
    gain: float = 0.0
    walk: bool = False


def wavering(rng: np.random.Generator, kind: Kind, scores: int) -> Values:
    """Days around zero; or a random walk, whose steps have `sd`."""
    noise = rng.normal(0, kind.sd, (scores, DAYS))
    if kind.walk:
        return np.asarray(np.cumsum(noise, axis=1), np.float64)
    for n in range(1, DAYS):
        new = noise[:, n] * np.sqrt(1 - kind.likeness**2)
        noise[:, n] = kind.likeness * noise[:, n - 1] + new
    return noise


def person(rng: np.random.Generator, kind: Kind) -> list[r.DiaryEntry]:
    """One person's entries, in whole numbers from 0 to 10."""
    own = wavering(rng, kind, kind.activities + 1)
    days = wavering(rng, kind, 1) * np.sqrt(kind.common) + own * np.sqrt(1 - kind.common)
    rise = 4 + kind.gain * np.arange(DAYS) / (DAYS - 1)
    scores = np.clip(np.round(rise + days), 0, 10).astype(int)
    return [
        r.DiaryEntry(
            f"d{n}",
            day(int(n)),
            activities={f"a{k}": int(scores[k, n]) for k in range(kind.activities)},
            participation=int(scores[-1, n]),
        )
        for n in np.flatnonzero(rng.random(DAYS) >= kind.missed)
    ]


def increasing(kind: Kind, people: int = 100, seed: int = 2007) -> float:
    """How many of 100 are told that their course is increasing."""
    rng = np.random.default_rng(seed)
    return 100 * sum(told(person(rng, kind)) for _n in range(people)) / people


def told(diary: list[r.DiaryEntry]) -> bool:
    """Whether the course is increasing. The whole answer is asked for only where the trend makes
    it possible, as it reckons much that is shown beside."""
    if not increases(diary_trend(diary)):
        return False
    found = course(episode(), diary, [], day(DAYS - 1))
    return found is not None and found.answer is Answer.INCREASING


def main() -> None:
    """The table, of 200 people a number."""
    for activities, common in ((3, 0.36), (1, 0.0), (1, 1.0)):
        for likeness in (0.0, 0.3, 0.5):
            for sd in (0.5, 0.8, 1.0, 1.3):
                row = []
                for missed in (0.0, 0.2, 0.4):
                    kind = Kind(sd, likeness, missed, activities, common)
                    rates = [increasing(replace(kind, gain=g), 200) for g in (0.0, 2.0)]
                    row.append("{:4.1f} {:5.1f}".format(*rates))
                print(f"{activities} {common:4} {likeness} {sd} | " + " | ".join(row), flush=True)
    for sd in (0.2, 0.4):
        print("walk", sd, increasing(Kind(sd, missed=0.0, walk=True), 200))


if __name__ == "__main__":
    main()
