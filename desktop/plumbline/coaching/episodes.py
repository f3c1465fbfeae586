"""Which episode a day belongs to."""

from collections.abc import Iterable
from datetime import date

from plumbline.coaching.records import Episode


def covers(episode: Episode, day: date) -> bool:
    """Whether the day lies in the episode, first and last day included."""
    return episode.begin <= day and (episode.end is None or day <= episode.end)


def on_day(episodes: Iterable[Episode], day: date) -> Episode | None:
    """The episode that holds the day; they do not overlap."""
    return next((each for each in episodes if covers(each, day)), None)


def running(episodes: Iterable[Episode], today: date) -> Episode | None:
    """The episode of today."""
    return on_day(episodes, today)


def overlap(one: Episode, other: Episode) -> bool:
    """Whether two episodes share a day."""
    ends = one.end or date.max, other.end or date.max
    return one.begin <= ends[1] and other.begin <= ends[0]
