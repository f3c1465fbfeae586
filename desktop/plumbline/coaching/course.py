"""The course of an episode over three weeks, and never more than is known.

KNGF 2013: the course is normal when activities and participation increase gradually; it deviates
when for three weeks there is no clear increase in activities and no decrease in participation
problems. KNGF 2021 went on to risk profiles, never judged by a screening tool alone (B.2.1).
Hendrick, Milosavljevic, Hale and others 2013 (BMC Musculoskeletal Disorders 14:126, n = 101):
measured activity neither changed nor predicted recovery, the own report of a return to normal
activities went with it. So the diary decides, and the belt may only contradict.

The change that matters on scales of own activities is 1.3 points for what people call a small
change, 2.3 for a medium one (Abbott and Schmitt 2014, J Orthop Sports Phys Ther 44:560, Patient-
Specific Functional Scale, n = 1708). The trend of the scores' mean must reach the small one: were
two points asked for, half of those who truly gain two would go unseen. Its interval is one-sided
as the question is (does it increase?), 96 % at its lower end; what that finds and what it takes
for an increase on invented people stands in docs/coaching.md, as tests/coaching/test_people.py
measures it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from statistics import mean, median

from plumbline.coaching.belt_day import BeltDay
from plumbline.coaching.records import DiaryEntry, Episode
from plumbline.coaching.trend import Slope, slope

WINDOW_DAYS = 21
WEEK_DAYS = 7
LEAST_ENTRIES = 8
LEAST_A_WEEK = 1
CHANGE_THAT_MATTERS = 1.3
GOOD_LEVEL = 8.0
"""Two points from the top, where no change that matters is left to gain."""
BELT_SHARE = 0.2
"""Of the middle day's minutes on one's feet: what counts as a change (our own choice)."""

Series = list[tuple[date, float]]


class Answer(Enum):
    """What three weeks say."""

    INCREASING = "increasing"
    STEADY = "steady"
    NO_CLEAR_INCREASE = "no_clear_increase"
    NOT_ENOUGH = "not_enough"


class Reason(Enum):
    """Why."""

    YOUNG = "young"
    FEW_ENTRIES = "few_entries"
    DIARY_UP = "diary_up"
    DIARY_SAME = "diary_same"
    DIARY_DOWN = "diary_down"
    GOOD_LEVEL = "good_level"
    BELT_UP = "belt_up"
    BELT_UP_ALONE = "belt_up_alone"
    BELT_SAME = "belt_same"
    BELT_DOWN = "belt_down"
    NO_BELT = "no_belt"
    DISAGREE = "disagree"


class Belt(Enum):
    """Minutes on one's feet over the three weeks."""

    UP = "up"
    SAME = "same"
    DOWN = "down"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Course:
    """The answer for the three weeks that end with `until`, and what it rests on.

    Trends are over three weeks: of the `diary`'s scores together, of `own` activities,
    `participation` and `pain` each, and of minutes on one's feet a day (`belt`).
    """

    answer: Answer
    reasons: tuple[Reason, ...]
    since: date
    until: date
    entries: int = 0
    diary: Slope | None = None
    own: Slope | None = None
    participation: Slope | None = None
    pain: Slope | None = None
    belt: Slope | None = None


def course(
    episode: Episode | None, diary: Sequence[DiaryEntry], belt: Sequence[BeltDay], today: date
) -> Course | None:
    """What the last three weeks of the episode say; None without one or without a complaint."""
    if episode is None or not episode.complaint:
        return None
    until = min(today, episode.end or today)
    since = until - timedelta(days=WINDOW_DAYS - 1)
    if since < episode.begin:
        return Course(Answer.NOT_ENOUGH, (Reason.YOUNG,), since, until)
    entries = [e for e in diary if since <= e.day <= until]
    scores = scores_together(entries)
    if not _enough(scores, since):
        return Course(Answer.NOT_ENOUGH, (Reason.FEW_ENTRIES,), since, until, len(scores))
    seen, says = _belt([d for d in belt if since <= d.day <= until and d.tells])
    trend = diary_trend(entries)
    answer, reasons = _answer(trend, median(v for _day, v in scores), says)
    return Course(
        answer,
        reasons,
        since,
        until,
        len(scores),
        diary=trend,
        own=slope(own_series(entries), WINDOW_DAYS),
        participation=slope(_scored(entries, lambda e: e.participation), WINDOW_DAYS),
        pain=slope(pain_series(entries), WINDOW_DAYS),
        belt=seen,
    )


def diary_trend(entries: Sequence[DiaryEntry]) -> Slope | None:
    """Of own activities and participation together, over three weeks."""
    return slope(scores_together(entries), WINDOW_DAYS, _always(entries))


def increases(trend: Slope | None) -> bool:
    """Whether the diary's trend is clear and of a size that matters."""
    return trend is not None and trend.rises and trend.change >= CHANGE_THAT_MATTERS


def _answer(trend: Slope | None, level: float, belt: Belt) -> tuple[Answer, tuple[Reason, ...]]:
    up = increases(trend)
    down = trend is not None and trend.falls and trend.change <= -CHANGE_THAT_MATTERS
    good = level >= GOOD_LEVEL and not down
    if (up or good) and belt is Belt.DOWN:
        return Answer.NOT_ENOUGH, (Reason.DISAGREE, Reason.BELT_DOWN)
    if up:
        return Answer.INCREASING, (Reason.DIARY_UP, _BELT[belt])
    if good:
        return Answer.STEADY, (Reason.GOOD_LEVEL, _BELT[belt])
    beside = Reason.BELT_UP_ALONE if belt is Belt.UP else _BELT[belt]
    first = Reason.DIARY_DOWN if down else Reason.DIARY_SAME
    return Answer.NO_CLEAR_INCREASE, (first, beside)


_BELT = {
    Belt.UP: Reason.BELT_UP,
    Belt.SAME: Reason.BELT_SAME,
    Belt.DOWN: Reason.BELT_DOWN,
    Belt.UNKNOWN: Reason.NO_BELT,
}


def _enough(scores: Series, since: date) -> bool:
    """Eight days with scores, and one in each of the three weeks."""
    weeks = [(day - since).days // WEEK_DAYS for day, _value in scores]
    each = all(weeks.count(n) >= LEAST_A_WEEK for n in range(WINDOW_DAYS // WEEK_DAYS))
    return len(scores) >= LEAST_ENTRIES and each


def _belt(days: Sequence[BeltDay]) -> tuple[Slope | None, Belt]:
    if len(days) < LEAST_ENTRIES:
        return None, Belt.UNKNOWN
    found = slope([(day.day, day.upright_min) for day in days], WINDOW_DAYS)
    if found is None:
        return None, Belt.UNKNOWN
    matters = abs(found.change) >= BELT_SHARE * median(day.upright_min for day in days)
    if matters and (found.rises or found.falls):
        return found, Belt.UP if found.rises else Belt.DOWN
    return found, Belt.SAME


def scores_together(entries: Sequence[DiaryEntry]) -> Series:
    """A day's own activities and participation in one mean."""
    return _together([(e.day, e.activities | _participation(e)) for e in entries])


def own_series(entries: Sequence[DiaryEntry]) -> Series:
    """The mean of a day's own activities."""
    return _together([(e.day, e.activities) for e in entries])


def _always(entries: Sequence[DiaryEntry]) -> list[list[float]]:
    """Each score that was given on every day with scores, in the order of the days."""
    days = [scores for e in entries if (scores := e.activities | _participation(e))]
    names = [name for name in (days[0] if days else {}) if all(name in day for day in days)]
    return [[float(day[name]) for day in days] for name in names]


def _participation(entry: DiaryEntry) -> dict[str, int]:
    return {} if entry.participation is None else {"": entry.participation}


def _together(days: Sequence[tuple[date, dict[str, int]]]) -> Series:
    """Each score counts by how it differs from its own middle day, so that one that is added or
    left out between does not look like a change; the middles' mean puts them back on the scale."""
    names = {name for _day, scores in days for name in scores}
    middles = {name: median(s[name] for _day, s in days if name in s) for name in names}
    level = mean(middles.values()) if middles else 0.0
    return [
        (day, level + mean(score - middles[name] for name, score in scores.items()))
        for day, scores in days
        if scores
    ]


def pain_series(entries: Iterable[DiaryEntry]) -> Series:
    """A day's average pain, else the pain at the time of entry."""
    return _scored(entries, lambda e: e.pain_now if e.pain_average is None else e.pain_average)


def _scored(entries: Iterable[DiaryEntry], score: Callable[[DiaryEntry], int | None]) -> Series:
    found = ((entry.day, score(entry)) for entry in entries)
    return [(day, float(value)) for day, value in found if value is not None]
