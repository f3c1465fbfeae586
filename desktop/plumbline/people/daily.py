"""The days of a subject in numbers, read some at a time: years need no more memory than weeks."""

from collections.abc import Iterator
from datetime import date

from plumbline.analysis.days import DayRule
from plumbline.analysis.summary import DaySummary
from plumbline.analysis.trends import summaries
from plumbline.people.reading import Records, days_with_data, read
from plumbline.people.subjects import Subject

DAYS_AT_ONCE = 100


def daily(
    records: Records,
    who: Subject,
    rule: DayRule,
    first: date | None = None,
    last: date | None = None,
) -> Iterator[DaySummary]:
    """The subject's days on which minutes count, by date, from `first` to `last`; None: all."""
    here = sorted(
        day
        for day in days_with_data(records, who, rule)
        if (first is None or day >= first) and (last is None or day <= last)
    )
    for at in range(0, len(here), DAYS_AT_ONCE):
        some = here[at : at + DAYS_AT_ONCE]
        reading = read(records, who, rule.bounds(some[0])[0], rule.bounds(some[-1])[1])
        wanted = set(some)
        for day in summaries(reading.minutes, reading.events, rule, some[0], some[-1]):
            if day.day in wanted and day.span:
                yield day
