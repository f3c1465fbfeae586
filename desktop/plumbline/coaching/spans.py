"""Which of the belt's days are read: all that is shown or judged, so that no page knows fewer."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from plumbline.coaching.course import WINDOW_DAYS
from plumbline.coaching.episodes import running
from plumbline.coaching.records import Episode, Records
from plumbline.coaching.therapies import WINDOW

LOOK_BACK = timedelta(days=182)
"""So far back the page for a visit reaches, and with it everything of today."""

Span = tuple[date, date]


def judged(episodes: Sequence[Episode], today: date) -> Episode | None:
    """The episode whose course is told: today's, else the one before."""
    return running(episodes, today) or (episodes[-1] if episodes else None)


def course_span(records: Records, today: date) -> Span:
    """The three weeks that the course is told of, both ends included."""
    episode = judged(records.episodes, today)
    until = min(today, (episode and episode.end) or today)
    return until - timedelta(days=WINDOW_DAYS - 1), until


def own_spans(records: Records, today: date) -> list[Span]:
    """What a person's own pages need: the last half year, the course, and three weeks before and
    after every therapy; in order, none meeting another."""
    around = [(each.day - WINDOW, each.day + WINDOW) for each in records.therapies]
    return _merged([(today - LOOK_BACK, today), course_span(records, today), *around], today)


def client_spans(records: Records, today: date) -> list[Span]:
    """What is told of one person among many: the course, and how goals stand."""
    return _merged(
        [(today - timedelta(days=WINDOW_DAYS), today), course_span(records, today)], today
    )


def _merged(spans: Iterable[Span], today: date) -> list[Span]:
    found: list[Span] = []
    for first, last in sorted((first, min(last, today)) for first, last in spans):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first <= last:
            found.append((first, last))
    return found
